"""What only the day shows: ended collection, reviews that are due, and what keeps what longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

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
