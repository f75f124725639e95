"""The leak check is independent of the detectors, sees every output, and costs what it may."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rufgate.sanitize import checked, leak_readings, leakcheck
from rufgate.sanitize.leakcheck import leaks, needles_from
from rufgate.sanitize.leaves import leaves_of
from rufgate.sanitize.sanitized import Tier
from tests import reports
from tests.sanitize.sanitizing import ANALYST, done, rules

PACKAGE = Path(leakcheck.__file__).parents[1]
SECOND = {"rufgate.sanitize.leakcheck", "rufgate.sanitize.leak_readings"}
MAY_USE_IT = {"sanitize/checked.py", "sanitize/draft.py", "sanitize/trial.py"}  # callers alone
TRIVIAL = 8  # a pattern as short as \\w+ is nobody's


# --- it shares nothing ---------------------------------------------------------------------------


def imported(source: str) -> set[str]:
    """The modules of this project that ``source`` imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return {name for name in found if name.startswith("rufgate")}


def patterns(source: str) -> set[str]:
    """The literal patterns that ``source`` hands to ``re``, with what is between the braces."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return {pattern for pattern in found if len(pattern) > TRIVIAL}


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text()


def breaches(name: str, source: str) -> list[str]:
    """What ``source``, at the place ``name``, shares that it must not."""
    if name in {"sanitize/leakcheck.py", "sanitize/leak_readings.py"}:
        return [
            module
            for module in imported(source)
            if not module.startswith(tuple(SECOND)) and module != "rufgate.sanitize"
        ]
    used = {module for module in imported(source) if module.startswith(tuple(SECOND))}
    return sorted(used) if name not in MAY_USE_IT else []


def test_it_imports_nothing_of_the_project_and_only_its_callers_import_it() -> None:
    assert {name: found for name, text in sources() if (found := breaches(name, text))} == {}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("sanitize/leakcheck.py", "from rufgate.sanitize.addresses import parse_mailboxes"),
        ("sanitize/leak_readings.py", "from rufgate.sanitize import fields"),
        ("sanitize/text.py", "from rufgate.sanitize.leakcheck import words_in"),
        ("recognize/presidio.py", "import rufgate.sanitize.leak_readings"),
    ],
)
def test_an_import_that_is_planted_is_seen(name: str, line: str) -> None:
    assert breaches(name, f"{dict(sources())[name]}\n{line}\n")


def test_no_pattern_stands_in_both() -> None:
    own, others = set(), {}
    for name, text in sources():
        if name in {"sanitize/leakcheck.py", "sanitize/leak_readings.py"}:
            own |= patterns(text)
        else:
            others.update(dict.fromkeys(patterns(text), name))
    assert own
    assert {pattern: others[pattern] for pattern in own & others.keys()} == {}


def test_names_are_read_by_its_own_means() -> None:
    """What the detectors' reader makes of a header does not matter: it is given nothing here."""
    values = [
        "=?utf-8?B?w6lsb8OvcyBXaGl0Y29tYmU=?= <eloise@home.example>",
        "=?iso-8859-1?Q?Zo=EB_Okonjo?= (=?utf-8?q?Marlowe?=) <z@home.example>",
        "=?utf-8?B?V2lsYg==?= =?utf-8?B?ZXJmb3JjZQ==?= <w@home.example>",
        '"Quill, Zebedee" <zq@home.example>, undisclosed members: Ottoline <o@home.example>;',
        "=?utf-8?Q?hidden=40home=2Eexample?=",
        "=?no-such-charset?Q?Peregrine?= <p@home.example>",
    ]
    found = needles_from(values, [], [])
    names = {"eloise", "whitcombe", "okonjo", "marlowe", "wilberforce", "quill", "zebedee"}
    assert names | {"ottoline", "peregrine"} <= found.words
    assert "undisclosed" not in found.words
    assert "example" not in found.words
    assert "hidden@home.example" in found.addresses


# --- it sees every output ------------------------------------------------------------------------


def test_every_leaf_of_the_row_and_every_copy_is_searched(monkeypatch) -> None:
    searched: Counter[tuple[str, str]] = Counter()

    def noting(needles, leaves, **options):
        leaves = list(leaves)
        searched.update(leaves)
        return leaks(needles, leaves, **options)

    monkeypatch.setattr(checked, "leaks", noting)
    readers = [
        replace(ANALYST, name=f"{tier.value}-{number}", tier=tier)
        for tier in Tier
        for number in range(2)
    ]
    for store_tier in Tier:
        searched.clear()
        outcome = done(reports.report(), rules(*readers, store_tier=store_tier))
        assert len(outcome.copies) == len(readers)
        assert set(leaves_of(outcome.report)) <= set(searched)
        for copy in outcome.copies:
            assert searched["mail", copy.content.decode()] == 1


def test_a_view_is_made_at_most_once_a_tier(monkeypatch) -> None:
    """The cost of one report is bounded by tiers and readers, whatever is found."""
    made: Counter[Tier] = Counter()

    def noting(draft, lens, stamp):
        made[lens.tier] += 1
        return view(draft, lens, stamp)

    view = checked.view
    monkeypatch.setattr(checked, "view", noting)
    monkeypatch.setattr(checked, "leaks", lambda needles, leaves, **_: {n for n, _ in leaves})
    done(reports.report(), rules(ANALYST, store_tier=Tier.TEXT))
    assert made[Tier.TEXT] == 2  # the row, and one copy
    assert max(made.values()) == 2


# --- at a bounded cost ---------------------------------------------------------------------------

NEEDLES = needles_from(["ada.whitcombe@home.example"], ["Ada Whitcombe"], ["203.0.113.9"])
LONGEST = 65_536  # characters that a text may have: Limits.text_chars
UNITS = [
    "a", "word ", "longerword ", "longerword\n", "A=", "%41", "%2541", "&#65;", "&amp;amp;", "=3D",
    "=\r\n", "YWRh", "WVdSaA==", "WVdSaA==\r\n", "V1ZkU2FBPT0=", "V1ZkU2FBPT0=\n> ", "-_", "\n",
    "%26amp;=3D", "ICAgICAg", "\u0414\u043c\u0438", "p1-" + "a" * 24,
]  # fmt: skip


def work(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many characters are searched for one text: all that is done is linear in them."""
    looked: list[int] = []

    def counting(needles, reading):
        looked.append(len(reading))
        return False

    with monkeypatch.context() as patch:
        patch.setattr(leakcheck, "_found", counting)
        leaks(NEEDLES, [("text", text)])
    return sum(looked)


@pytest.mark.parametrize("unit", UNITS)
def test_the_work_grows_with_the_length_and_no_faster(unit, monkeypatch) -> None:
    done_before = 0
    for length in (LONGEST // 8, LONGEST // 4, LONGEST // 2, LONGEST):
        now = work((unit * length)[:length], monkeypatch)
        assert now <= 16 * length
        if done_before:
            assert now <= 2.2 * done_before
        done_before = now


def test_a_text_that_reads_as_too_much_counts_as_a_hit(monkeypatch) -> None:
    text = "see %41 and &amp; and =41, that is all " * 2000
    assert not leaks(NEEDLES, [("text", text)])
    monkeypatch.setattr(leakcheck, "_MAX_GROWTH", 2)
    assert leaks(NEEDLES, [("text", text)]) == {"text"}


def test_no_step_makes_more_than_a_few_times_of_what_it_is_given() -> None:
    for unit in UNITS:
        text = (unit * 4096)[:4096]
        steps = [len(reading) for reading in leak_readings.readings(text, 1)][1:]
        assert sum(steps) <= 9 * len(text)
