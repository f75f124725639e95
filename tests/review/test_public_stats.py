"""Statistics to share: whoever has all of them cannot tell that a cell holds fewer than k."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count, product

import pytest

from rufgate.review.public_stats import (
    Atom,
    Fact,
    Mechanism,
    atoms,
    mechanism_of,
    tables,
    values,
)

Shape = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
Store = tuple[int, ...]  # how many reports each cell holds

SHAPES = [  # k, the most reports a cell holds, the values
    (2, 3, (("a", "b", "c"), ("x", "y"), ("m",))),
    (2, 2, (("a", "b", "c"), ("x", "y", "z"), ("m",))),
    (2, 2, (("a",), ("x", "y", "z"), ("m", "n", "o"))),
    (3, 4, (("a", "b", "c"), ("x", "y"), ("m",))),
    (2, 2, (("a", "b"), ("x", "y"), ("m", "n"))),
]
people = count()


def fact(cell: Sequence[str], *recipients: tuple[str, str]) -> Fact:
    guess, domain, mechanism = cell
    known = recipients or (("p1", str(next(people))),)
    return Fact(guess=guess, domain=domain, mechanism=mechanism, recipients=frozenset(known))


def facts(shape: Shape, store: Store) -> list[Fact]:
    """Each report with a recipient of its own: the most that can be told."""
    return [
        fact(cell)
        for cell, reports in zip(product(*shape), store, strict=True)
        for _ in range(reports)
    ]


def published(shape: Shape, store: Store, k: int) -> str:
    return repr(tables(atoms(facts(shape, store), shape, k)))


def cells_of(shape: Shape) -> Iterable[tuple[int, ...]]:
    """Every set of cells that a table could ask for, as places in a store: a cell, a row, all."""
    leaves = list(product(*shape))
    for asked in product(*(((*axis, None)) for axis in shape)):
        yield tuple(
            at
            for at, leaf in enumerate(leaves)
            if all(want in {None, has} for want, has in zip(asked, leaf, strict=True))
        )


def told_below_k(shape: Shape, k: int, most: int, publish) -> list[tuple]:
    """Questions to which somebody with all tables finds: more than none, and fewer than k.

    Exact: every store that could have led to the same tables is looked at.
    """
    stores = defaultdict(list)
    for store in product(range(most + 1), repeat=len(list(product(*shape)))):
        stores[publish(shape, store, k)].append(store)
    found = []
    for told, same in stores.items():
        for cell in cells_of(shape):
            sums = [sum(store[at] for at in cell) for store in same]
            if min(sums) > 0 and max(sums) < k:
                found.append((told, cell, min(sums), max(sums)))
    return found


@pytest.mark.parametrize(("k", "most", "shape"), SHAPES)
def test_no_cell_below_k_is_found_by_trying_every_store(k, most, shape):
    assert not told_below_k(shape, k, most, published)


def test_nor_a_number_of_persons_below_k():
    """A cell of many reports about few persons: (reports, persons)."""
    k, shape = 2, (("a", "b", "c"), ("x", "y"), ("m",))
    states = [(0, 0), (1, 1), (3, 1), (2, 2)]
    stores = defaultdict(list)
    leaves = list(product(*shape))
    for store in product(states, repeat=len(leaves)):
        mine = [
            fact(cell, ("p1", f"{cell} {number % persons}"))
            for cell, (reports, persons) in zip(leaves, store, strict=True)
            for number in range(reports)
        ]
        stores[repr(tables(atoms(mine, shape, k)))].append(store)
    for same in stores.values():
        for cell in cells_of(shape):
            for which in (0, 1):
                sums = [sum(store[at][which] for at in cell) for store in same]
                assert min(sums) == 0 or max(sums) >= k


def test_nor_by_asking_again_after_an_erasure_of_which_everything_is_known():
    """A month is told once; were it counted anew, the same attack would find a cell."""
    k, most, shape = SHAPES[0]
    counts = list(product(range(most + 1), repeat=6))
    told = {store: published(shape, store, k) for store in counts}
    for erased in (0, 5):
        once, twice = defaultdict(list), defaultdict(list)
        for store in counts:
            if store[erased]:
                after = tuple(one - (at == erased) for at, one in enumerate(store))
                once[told[store]].append(after)
                twice[told[store], told[after]].append(after)
        assert not small(once.values(), shape, k)
        assert small(twice.values(), shape, k)


def small(alike: Iterable[list[Store]], shape: Shape, k: int) -> bool:
    """Whether of some stores that look alike all hold from 1 to k - 1 in the same place."""
    return any(
        0 < min(sums) <= max(sums) < k
        for same in alike
        for cell in cells_of(shape)
        for sums in [[sum(store[at] for at in cell) for store in same]]
    )


def test_the_attack_finds_what_simpler_ways_give_away():
    shape, k = (("a", "b", "c"), ("x",), ("m",)), 3

    def with_the_total(shape, store, k):
        cells = tuple(one if one >= k else None for one in store)
        return repr((cells, sum(store)))

    def rounded_with_the_total_rounded(shape, store, k):
        return repr((tuple(one // k * k for one in store), sum(store) // k * k))

    def pooled_without_a_bound(shape, store, k):
        rest = sum(one for one in store if one < k)
        return repr((tuple(one // k * k for one in store), rest // k * k))

    for publish in (with_the_total, rounded_with_the_total_rounded, pooled_without_a_bound):
        assert told_below_k(shape, k, 4, publish), publish.__name__


def test_what_is_told_is_true_and_not_nothing():
    chance, possible = random.Random(7), values(["example.org", "example.net"])
    for _ in range(60):
        mine = [
            fact([chance.choice(axis) for axis in possible])
            for _ in range(chance.choice([20, 90, 400]))
        ]
        told = tables(atoms(mine, possible, 5))
        assert 0 < told["reports"] <= len(mine)
        for at, name in enumerate(("guess", "domain", "mechanism")):
            for value, reports in told[name].items():
                true = sum(one.cell[at] == value for one in mine)
                assert 5 <= reports <= true
                assert reports % 5 == 0


def test_small_cells_are_told_together_where_they_are_many():
    possible = values(["a.example", "b.example", "c.example"])
    mine = [fact(("spoof", f"{name}.example", "spf")) for name in "abc" for _ in range(4)]
    told = tables(atoms(mine, possible, 5))
    assert told == {"reports": 10, "guess": {"spoof": 10}, "domain": {}, "mechanism": {}}
    ten = [fact(("spoof", "a.example", "spf")) for _ in range(12)]
    assert tables(atoms(ten, possible, 5))["domain"] == {"a.example": 10}


def test_the_same_person_counts_once_also_under_two_epochs():
    possible = values(["a.example"])
    cell = ("spoof", "a.example", "spf")
    one_person = [fact(cell, ("p1", "x")) for _ in range(50)]
    assert atoms(one_person, possible, 5) == ()
    three = [fact(cell, (epoch, str(n))) for epoch in ("p1", "p2") for n in range(4)]
    assert atoms(three, possible, 5) == ()  # 8 pseudonyms, maybe 4 persons
    five = [fact(cell, ("p2", str(n))) for n in range(5)]
    assert atoms([*three, *five], possible, 5) == (Atom(cell=cell, reports=10),)


def test_where_pseudonyms_are_gone_nothing_is_told():
    gone = Fact(guess="spoof", domain="other", mechanism="spf", recipients=frozenset())
    assert atoms([gone] * 100, values([]), 5) == ()


@pytest.mark.parametrize(
    ("failing", "mechanism"),
    [
        (["spf", "dmarc"], Mechanism.SPF),
        (["dkim"], Mechanism.DKIM),
        (["dkim", "spf", "dmarc"], Mechanism.SPF_AND_DKIM),
        (["dmarc"], Mechanism.DMARC_ALONE),
        (["arc"], Mechanism.NONE_STATED),
    ],
)
def test_a_report_has_one_mechanism(failing, mechanism):
    assert mechanism_of(failing) is mechanism
