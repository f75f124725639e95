"""The large store of ``rufgate bench speed``: whole reports, each with its own, in a sound file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bench.speed.filling import filled
from bench.speed.processes import CannotMeasure
from rufgate.review.reviewer import Reviewer
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from rufgate.store.reviews import Reviews
from rufgate.store.storms import StormKeys, StormRules
from tests.store.full_report import full_report, sanitized

NOW = datetime.now(UTC)


def made(file: Path, count: int) -> Path:
    """A store of ``count`` reports that were read."""
    engine = open_store(f"sqlite:///{file}")
    store = ReportStore(engine, rules=StormRules(after=20, rows_per_hour=1000))
    for _ in range(count):
        report = full_report(report_id=uuid4(), fingerprint=uuid4().hex, received_at=NOW)
        keys = StormKeys(storm=uuid4().hex, sender="s")
        store.record(replace(sanitized(), report=report, copies=()), keys)
    Reviewer(Reviews(engine), b"k" * 32).run()
    engine.dispose()
    return file


def test_each_report_is_whole_and_the_gate_opens_the_store(tmp_path: Path) -> None:
    few, many = made(tmp_path / "few.db", 20), tmp_path / "many.db"
    filled(few, many, 130, lambda _: None)
    with closing(sqlite3.connect(few)) as one, closing(sqlite3.connect(many)) as other:
        tables = [
            row[0] for row in one.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        of_reports = [name for name in tables if rows(one, name, "report_id")]
        assert {"report_headers", "report_tokens", "storms", "reviews"} <= set(of_reports)
        for name in ("reports", *of_reports):
            assert rows(other, name) == pytest.approx(rows(one, name) * 6.5)
        assert other.execute("PRAGMA foreign_key_check").fetchall() == []
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        indexes = "SELECT count(*) FROM sqlite_master WHERE type = 'index'"
        assert other.execute(indexes).fetchone() == one.execute(indexes).fetchone()
    engine = open_store(f"sqlite:///{many}")
    reviews = Reviews(engine)
    assert ReportStore(engine).count() == 130
    assert reviews.count_waiting(1) == 0
    oldest = ReportStore(engine).list(1, offset=129)[0].received_at
    assert NOW - timedelta(days=3) <= oldest <= NOW
    engine.dispose()


def rows(store: sqlite3.Connection, table: str, column: str = "*") -> int:
    """How many; 0 where there is no such column."""
    names = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
    if column != "*" and column not in names:
        return 0
    return int(store.execute(f"SELECT count({column}) FROM {table}").fetchone()[0])


def test_a_handful_of_reports_is_too_few(tmp_path: Path) -> None:
    few = made(tmp_path / "few.db", 3)
    with pytest.raises(CannotMeasure, match="holds 3 reports"):
        filled(few, tmp_path / "many.db", 100, lambda _: None)
