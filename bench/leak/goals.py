"""What the benchmark must show, and whether it did.

In:  the figures of a run.
Out: a row for each goal: what, the figure, presidio's, the bound, reached or not; None where it was
     not measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.leak import kinds

Figure = Mapping[str, Any]
_LEAK_BOUNDS = {kinds.STRUCTURED: 0.0, kinds.NON_LATIN: 0.05}
_LEAK_BOUND = 0.02  # of every other group
_KEPT_BOUNDS = {"appointment dates": 0.98, "metadata": 1.0}
_KEPT_BOUND = 0.97
_TEXTS = (("leaked", "personal letters leaked", 0.05), ("lost", "other letters covered", 0.03))
_PROSE = (("own", "this project's docs"), ("others", "other projects' descriptions"))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. Leaks and losses are bounded from above, what is kept from below."""

    group: str
    what: str
    bound: float
    figure: Figure | None
    stock: Figure | None
    at_least: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the share itself is within the bound; None where nothing was measured."""
        if self.figure is None or not self.figure["of"]:
            return None
        share = self.figure["share"]
        return bool(share >= self.bound if self.at_least else share <= self.bound)


def rows(figures: Figure) -> list[Row]:
    """Every goal beside its figure, and presidio's where that was measured."""
    return [*_reports(figures), *_independent(figures), *_prose(figures)]


def missed(figures: Figure) -> list[Row]:
    """The goals that were measured and not reached."""
    return [row for row in rows(figures) if row.reached is False]


def _reports(figures: Figure) -> Iterator[Row]:
    ours, theirs = figures["rufgate"], figures.get("stock") or {}
    group = f"reports, part {figures['run']['part']}"

    def row(what: str, bound: float, *path: str, at_least: bool = False) -> Row:
        return Row(
            group=group,
            what=what,
            bound=bound,
            figure=_at(ours, path),
            stock=_at(theirs, path),
            at_least=at_least,
        )

    yield row("strings leaked", 0.005, "string_leak")
    yield row("name tokens leaked", 0.005, "token_leak")
    yield row("reports without any leak", 0.9, "clean", at_least=True)
    for name in kinds.PERSONAL:
        bound = _LEAK_BOUNDS.get(name, _LEAK_BOUND)
        yield row(f"leaked: {name}", bound, "by_group", name)
    for name in kinds.HARMLESS:
        bound = _KEPT_BOUNDS.get(name, _KEPT_BOUND)
        yield row(f"kept: {name}", bound, "kept_by_group", name, at_least=True)


def _independent(figures: Figure) -> Iterator[Row]:
    found = figures.get("independent") or {}
    for key, what, bound in _TEXTS:
        yield Row(
            group="independent texts",
            what=what,
            bound=bound,
            figure=_at(found, ("rufgate", key)),
            stock=_at(found, ("stock", key)),
        )


def _prose(figures: Figure) -> Iterator[Row]:
    found = figures.get("prose") or {}
    for key, what in _PROSE:
        yield Row(
            group="technical prose, words covered",
            what=what,
            bound=0.01,
            figure=_at(found, ("rufgate", key)),
            stock=_at(found, ("stock", key)),
        )


def _at(figures: Figure, path: tuple[str, ...]) -> Figure | None:
    found: Any = figures
    for key in path:
        found = found.get(key) if found else None
    return found or None
