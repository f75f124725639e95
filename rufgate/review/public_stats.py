"""Statistics fit to share: of which nobody can tell that a cell holds fewer than k. Pure.

In:  a ``Fact`` for each report of one month, the values that a cell may have, k.
Out: ``Atom``, disjoint groups of reports; tables, which are sums of atoms and of nothing else.
SECURITY: a cell is told from k reports and k recipients on, rounded down to a multiple of k. What
     is too small is told together with its siblings (complementary suppression), and never so many
     of them that a single one could not be empty. So neither totals nor two tables side by side
     say more than the atoms do. The values a cell may have are those that everybody may know, not
     those that occur.
FAILS: never.

A person has another pseudonym in each epoch of keys: the largest number of one epoch counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, final

from rufgate.review.verdict import Guess

DEFAULT_K: Final = 5
FEWEST: Final = 2  # one is no anonymity
OTHER_DOMAIN: Final = "other"  # a report of none of the domains

Cell = tuple[str | None, ...]  # guess, domain, mechanism; None: not told apart


class Mechanism(StrEnum):
    """What failed, of what the reporter states."""

    SPF = "spf"
    DKIM = "dkim"
    SPF_AND_DKIM = "spf_and_dkim"
    DMARC_ALONE = "dmarc_alone"  # alignment
    NONE_STATED = "none_stated"


TABLES: Final = ("guess", "domain", "mechanism")  # in the order of a cell


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """What counts of a report."""

    guess: str
    domain: str
    mechanism: str
    recipients: frozenset[tuple[str, str]]  # epoch and digest

    @property
    def cell(self) -> tuple[str, ...]:
        """In the order of ``TABLES``."""
        return (self.guess, self.domain, self.mechanism)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Atom:
    """A group of reports that may be told: ``reports`` of them or up to k - 1 more."""

    cell: Cell
    reports: int


def mechanism_of(failing: Iterable[str]) -> Mechanism:
    """Of the methods that are stated and never passed."""
    failed = frozenset(failing)
    if {"spf", "dkim"} <= failed:
        return Mechanism.SPF_AND_DKIM
    for one in (Mechanism.SPF, Mechanism.DKIM):
        if one.value in failed:
            return one
    return Mechanism.DMARC_ALONE if "dmarc" in failed else Mechanism.NONE_STATED


def values(domains: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """What a cell may be made of, in the order of ``TABLES``."""
    guesses = tuple(guess.value for guess in Guess)
    mechanisms = tuple(mechanism.value for mechanism in Mechanism)
    return (guesses, (*sorted({*domains} - {OTHER_DOMAIN}), OTHER_DOMAIN), mechanisms)


def atoms(
    facts: Iterable[Fact], possible: Sequence[Sequence[str]], k: int = DEFAULT_K
) -> tuple[Atom, ...]:
    """The groups of one month that may be told; every fact's values are among ``possible``."""
    return _grouped(tuple(facts), (), possible, k).atoms


def tables(told: Iterable[Atom]) -> dict[str, Any]:
    """The month's total and its tables; what is not told is absent."""
    sums: dict[str, dict[str, int]] = {name: defaultdict(int) for name in TABLES}
    total = 0
    for atom in told:
        total += atom.reports
        for name, value in zip(TABLES, atom.cell, strict=True):
            if value is not None:
                sums[name][value] += atom.reports
    return {"reports": total, **{name: dict(sorted(sums[name].items())) for name in TABLES}}


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Of one node of the tree of cells: what is told, and what is left for the node above."""

    atoms: tuple[Atom, ...]
    rest: tuple[Fact, ...]
    is_open: bool  # whether a cell below it is told by nothing yet, be it empty or not


def _grouped(
    facts: Sequence[Fact], cell: tuple[str, ...], possible: Sequence[Sequence[str]], k: int
) -> _Grouped:
    depth = len(cell)
    if depth == len(possible):
        told = _told(facts, len(facts), k)
        return _closed((), cell, told) if told else _Grouped((), tuple(facts), is_open=True)
    by_value: Mapping[str, list[Fact]] = _by_value(facts, depth)
    below = [_grouped(by_value.get(one, ()), (*cell, one), possible, k) for one in possible[depth]]
    found = tuple(atom for node in below for atom in node.atoms)
    rest = tuple(fact for node in below for fact in node.rest)
    count = sum(node.is_open for node in below)
    # Each of them holds up to k - 1 where no cell is told: more than the others could hold would
    # show that none of them is empty.
    told = _told(rest, min(len(rest), (count - 1) * (k - 1)), k)
    if told:
        return _closed(found, (*cell, *(None for _ in possible[depth:])), told)
    return _Grouped(found, rest, is_open=count > 0)


def _closed(found: tuple[Atom, ...], cell: Cell, told: int) -> _Grouped:
    return _Grouped((*found, Atom(cell=cell, reports=told)), (), is_open=False)


def _told(facts: Sequence[Fact], at_most: int, k: int) -> int:
    """The number to be told, 0 where there is none."""
    return max(0, at_most // k * k) if _recipients(facts) >= k else 0


def _recipients(facts: Iterable[Fact]) -> int:
    epochs: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        for epoch, digest in fact.recipients:
            epochs[epoch].add(digest)
    return max(map(len, epochs.values()), default=0)


def _by_value(facts: Iterable[Fact], depth: int) -> Mapping[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.cell[depth]].append(fact)
    return found
