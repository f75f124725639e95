"""Collection that ends on a day: what comes later is answered 250, counted by the hour, dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from rufgate.govern.retention import apply_retention
from rufgate.receive.collection import Collection
from rufgate.receive.intake import Intake
from rufgate.receive.replies import Reply
from rufgate.sanitize.policy import OwnDomain
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import sanitize
from rufgate.store import schema
from rufgate.store.drops import dropped
from rufgate.store.engine import open_store, reading
from rufgate.store.reports import ReportStore
from tests import reports
from tests.sanitize.sanitizing import ANALYST, Finder, rules

LAST = date(2026, 11, 3)
OWNED = rules(ANALYST)
OWNED = replace(
    OWNED,
    policy=replace(
        OWNED.policy, own_domains=(OwnDomain(name="example.org"), OwnDomain(name="other.example"))
    ),
)


class Gate:
    """An intake whose collection for ``example.org`` ends on ``LAST``."""

    def __init__(self, engine, last_days) -> None:
        self.engine = engine
        self.told = 0
        self.recorded = 0
        self.intake = Intake(
            self,
            ReportStore(engine),
            new_id=uuid4,
            on_recorded=lambda *_: self.count("recorded"),
            unavailable=LookupError,
            collection=Collection(last_days, engine, lambda: self.count("told")),
        )

    def count(self, name) -> None:
        setattr(self, name, getattr(self, name) + 1)

    async def sanitize(self, message, report_id, *, dkim_keys=()):
        return sanitize(message, rules=OWNED, report_id=report_id, recognizer=Finder())

    async def take(self, content: bytes, at: datetime) -> Reply:
        return await self.intake.accept(RawMessage(content, received_at=at))


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield engine
    engine.dispose()


def rows(engine):
    with reading(engine) as connection:
        return {
            table.name: len(found)
            for table in schema.metadata.sorted_tables
            if (found := connection.execute(select(table)).all())
        }


@pytest.mark.parametrize(
    ("at", "is_kept"),
    [
        (datetime(2026, 11, 3, 23, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 4, tzinfo=UTC), False),
    ],
)
async def test_the_last_day_is_collected_and_what_comes_later_leaves_a_count(engine, at, is_kept):
    gate = Gate(engine, {"example.org": LAST})
    assert await gate.take(reports.report(), at) is Reply.OK
    assert (gate.recorded, gate.told) == (int(is_kept), int(not is_kept))
    assert (dropped(engine), "reports" in rows(engine)) == (int(not is_kept), is_kept)
    if not is_kept:
        assert rows(engine) == {"dropped_hours": 1}


async def test_drops_of_an_hour_are_one_row_which_goes_with_its_class(engine):
    gate = Gate(engine, {"example.org": LAST})
    at = datetime(2026, 12, 1, 10, 5, tzinfo=UTC)
    for number in range(3):
        assert await gate.take(reports.numbered(number), at + number * timedelta(minutes=9)) is (
            Reply.OK
        )
    await gate.take(reports.report(), at + timedelta(hours=1))
    assert (dropped(engine), rows(engine)) == (4, {"dropped_hours": 2})
    apply_retention(engine, (), at + timedelta(days=91))
    assert rows(engine) == {}


async def test_other_domains_and_what_is_nobodys_are_collected_on(engine):
    gate = Gate(engine, {"other.example": LAST})
    at = datetime(2026, 12, 1, tzinfo=UTC)
    assert await gate.take(reports.report(), at) is Reply.OK
    assert await gate.take(b"Subject: hello\r\n\r\nno report\r\n", at) is Reply.OK
    assert (gate.recorded, gate.told, dropped(engine)) == (2, 0, 0)


async def test_a_drop_that_cannot_be_counted_is_asked_for_again(engine):
    gate = Gate(engine, {"example.org": LAST})
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("DROP TABLE dropped_hours")
    at = datetime(2026, 12, 1, tzinfo=UTC)
    assert await gate.take(reports.report(), at) is Reply.TRY_LATER
    assert gate.told == 0
