"""What only the day shows: ended collection, reviews that are due, and what keeps what longer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rufgate import app as gate
from rufgate.cli import main
from rufgate.settings import slices
from rufgate.settings.load import check_all, load, load_with_warnings
from tests.settings.conftest import MINIMAL

Write = Callable[[str], Path]
TODAY = date(2026, 11, 25)


def told(path: Path, today: date | None = TODAY) -> set[str]:
    return {problem.key for problem in check_all(path, today) if problem.level == "warning"}


@pytest.mark.parametrize(("last", "is_over"), [("2026-11-24", True), ("2026-11-25", False)])
def test_ended_collection_is_a_warning_from_the_day_after(written: Write, last, is_over) -> None:
    path = written(f'{MINIMAL}[[domains]]\nname = "example.org"\ncollect_until = {last}\n')
    assert ("domains[0].collect_until" in told(path)) is is_over
    assert slices.ended_domains(load(path), TODAY) == (("example.org",) if is_over else ())
    _, warnings = load_with_warnings(path)  # keeps nothing from starting
    assert "domains[0].collect_until" not in {warning.key for warning in warnings}


@pytest.mark.parametrize(("day", "is_past"), [("2026-11-24", True), ("2026-11-25", False)])
def test_a_review_that_is_due_is_a_warning(written: Write, day: str, is_past: bool) -> None:
    rule = f'[[retention]]\nclass = "text"\ndays = 3\nowner = "desk"\nreview_by = {day}\n'
    path = written(MINIMAL + rule)
    assert ("retention[0].review_by" in told(path)) is is_past
    (found,) = [p for p in check_all(path, TODAY) if p.key == "retention[0].review_by"] or [None]
    assert (found is not None and found.line is not None) is is_past


def rule(name: str, days: int, **where: str) -> str:
    more = "".join(f'{key} = "{value}"\n' for key, value in where.items())
    return f'[[retention]]\nclass = "{name}"\ndays = {days}\nowner = "desk"\n{more}'


@pytest.mark.parametrize(
    ("rules", "late"),
    [
        ([rule("address", 90)], set()),  # as long as the built-in time
        ([rule("address", 91)], {0}),
        ([rule("time", 29)], {0}),  # before the built-in address
        ([rule("time", 200), rule("address", 100)], set()),
        ([rule("address", 91, domain="example.org")], {0}),
        (
            [rule("time", 10, domain="example.org"), rule("address", 10, domain="example.org")],
            set(),
        ),
        (
            [rule("time", 10, domain="example.org"), rule("address", 10, domain="sub.example.org")],
            {0},  # for the rest of example.org the built-in address holds
        ),
        ([rule("address", 50, domain="example.org"), rule("time", 40, reporter="r.example")], {0}),
    ],
)
def test_addresses_kept_longer_than_times_are_a_warning(written: Write, rules, late) -> None:
    keys = told(written(MINIMAL + "".join(rules)))
    assert {key for key in keys if key.endswith(".days")} == {f"retention[{n}].days" for n in late}


def test_check_looks_at_the_day(written: Write, monkeypatch, capsys) -> None:
    path = written(f'{MINIMAL}[[domains]]\nname = "example.org"\ncollect_until = 2026-11-24\n')
    for day, is_over in ((24, False), (25, True)):
        monkeypatch.setattr(gate, "now", lambda day=day: datetime(2026, 11, day, 23, tzinfo=UTC))
        main.run(["check", "--json", "--config", str(path)])
        keys = {problem["key"] for problem in json.loads(capsys.readouterr().out)}
        assert ("domains[0].collect_until" in keys) is is_over
