"""The main path with its real parts: the filter, the store, a database file."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text

from rufgate.receive.intake import Intake
from rufgate.receive.limits import Rate
from rufgate.receive.rates import Fairness
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import Rules, sanitize
from rufgate.sanitize.sanitized import Kind, Reason
from rufgate.store.engine import open_store
from rufgate.store.outbox import Outbox
from rufgate.store.reports import Recorded, ReportStore
from rufgate.store.storms import StormRules
from tests import reports
from tests.sanitize.sanitizing import ANALYST, KEYRING, Finder, rules

BOTH = rules(ANALYST, replace(ANALYST, name="red", address="red@analyst.example"))


class NoneFree(Exception):  # noqa: N818 - names an outcome, as the pool's own does
    """What this test's sanitizer raises where no worker is free."""


class Plain:
    """The filter's own function behind a coroutine."""

    def __init__(self, given: Rules, fault: Exception | None = None) -> None:
        self._rules = given
        self.fault = fault
        self.calls = 0

    async def sanitize(self, message, report_id, *, dkim_keys=()):
        self.calls += 1
        if self.fault is not None:
            raise self.fault
        return sanitize(message, rules=self._rules, report_id=report_id, recognizer=Finder())


class Path:
    """One intake on a store of its own, and what it told."""

    def __init__(self, engine) -> None:
        self.engine = engine
        self.filter = Plain(BOTH)
        self.told: list[tuple[Kind, Recorded]] = []
        self.limit(None)

    def limit(self, fairness: Fairness | None, rules: StormRules | None = None) -> None:
        self.store = ReportStore(self.engine, rules=rules)
        self.intake = Intake(
            self.filter,
            self.store,
            new_id=uuid4,
            on_recorded=lambda given, recorded: self.told.append((given.report.kind, recorded)),
            unavailable=NoneFree,
            fairness=fairness,
        )

    async def take(self, content: bytes, **envelope: str) -> Reply:
        received = datetime(2026, 11, 3, 9, 15, tzinfo=UTC)
        return await self.intake.accept(RawMessage(content, received_at=received, **envelope))

    @property
    def waiting(self) -> list[str]:
        return sorted(item.analyst for item in Outbox(self.engine).list())


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def path(file):
    engine = open_store(f"sqlite:///{file}")
    yield Path(engine)
    engine.dispose()


def pragma(path: Path, command: str) -> None:
    with path.engine.connect() as connection:
        connection.connection.driver_connection.execute(f"PRAGMA {command}")


async def test_what_is_answered_250_is_in_the_store_with_its_copies(path):
    assert await path.take(reports.report()) is Reply.OK
    (report,) = path.store.list()
    assert (report.kind, report.seen, report.reported_domain) == (
        Kind.AUTH_FAILURE,
        1,
        "example.org",
    )
    assert path.waiting == ["blue", "red"]
    assert path.told == [(Kind.AUTH_FAILURE, Recorded.NEW)]


async def test_it_is_committed_before_the_answer(path, file):
    assert await path.take(reports.report()) is Reply.OK
    other = sqlite3.connect(file)
    assert other.execute("SELECT count(*) FROM reports").fetchone() == (1,)
    assert other.execute("SELECT count(*) FROM outbox").fetchone() == (2,)
    other.close()


async def test_a_resent_report_is_counted_and_nothing_is_sent_again(path):
    trace = (
        "Received",
        "from relay.example.net by mx.example.org; Tue, 03 Nov 2026 09:20:00 +0000",
    )
    assert await path.take(reports.report()) is Reply.OK
    assert await path.take(reports.report(outer=(trace,))) is Reply.OK
    assert await path.take(reports.report(), mail_from="again@mx.receiver.example") is Reply.OK
    (report,) = path.store.list()
    assert report.seen == 3
    assert path.waiting == ["blue", "red"]
    assert [recorded for _, recorded in path.told] == [Recorded.NEW, *[Recorded.DUPLICATE] * 2]


async def test_other_reports_are_other_rows(path):
    for number in range(3):
        assert await path.take(reports.numbered(number)) is Reply.OK
    assert len(path.store.list()) == 3
    assert len(path.waiting) == 6


async def test_what_is_no_report_is_kept_as_a_row_and_answered_250(path):
    assert await path.take(b"Subject: secret-marker hello\r\n\r\nsecret-marker\r\n") is Reply.OK
    (report,) = path.store.list()
    assert (report.kind, report.reason) == (Kind.UNPARSED, Reason.NOT_A_REPORT)
    assert path.waiting == []


async def test_bytes_of_any_kind_are_answered_250(path):
    for content in (b"", b"\x00\xff" * 999, b"\r\n", b"a" * 100_000, b":\r\n:\r\n"):
        assert await path.take(content) is Reply.OK
    assert {report.kind for report in path.store.list()} == {Kind.UNPARSED}


async def test_an_outer_loop_is_refused_and_leaves_nothing(path):
    mark = ("X-Rufgate-Loop", KEYRING.loop_mark("earlier"))
    assert await path.take(reports.report(outer=(mark,))) is Reply.LOOP
    assert path.store.list() == ()
    assert path.waiting == []
    assert path.told == []


async def test_no_free_worker_is_answered_later(path):
    path.filter.fault = NoneFree()
    assert await path.take(reports.report()) is Reply.TRY_LATER
    assert path.store.list() == ()
    path.filter.fault = None
    assert await path.take(reports.report()) is Reply.OK


async def test_another_fault_is_not_swallowed(path):
    path.filter.fault = LookupError("fault")
    with pytest.raises(LookupError):
        await path.take(reports.report())
    assert path.store.list() == ()
    assert path.told == []


async def test_a_locked_store_is_answered_later_and_takes_the_report_then(path, file):
    pragma(path, "busy_timeout=50")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert await path.take(reports.report()) is Reply.TRY_LATER
    assert path.told == []
    holder.execute("ROLLBACK")
    holder.close()
    assert path.store.list() == ()
    assert await path.take(reports.report()) is Reply.OK
    assert path.waiting == ["blue", "red"]


async def test_a_full_store_is_named_so_and_keeps_neither_row_nor_copy(path):
    with path.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
    pragma(path, f"max_page_count={pages}")
    body = "".join(f"line {number} of a long text\r\n" for number in range(4000))
    big = reports.report(reports.original(body=body))
    assert await path.take(big) is Reply.STORE_FULL
    assert path.told == []
    pragma(path, "max_page_count=1000000")
    assert path.store.list() == ()
    assert path.waiting == []
    assert await path.take(big) is Reply.OK


async def test_a_store_that_is_gone_is_answered_later(path):
    with path.engine.connect() as connection:
        connection.execute(text("DROP TABLE outbox"))
        connection.commit()
    assert await path.take(reports.report()) is Reply.TRY_LATER
    assert path.store.list() == ()


def test_the_answers_are_those_of_the_table():
    assert [Reply.OK.code, Reply.TRY_LATER.code, Reply.STORE_FULL.code, Reply.LOOP.code] == [
        250, 451, 452, 554,
    ]  # fmt: skip
    assert (Reply.STORE_FULL.enhanced, Reply.LOOP.enhanced) == ("4.3.1", "5.4.6")


async def test_a_reporter_over_its_rate_costs_no_work_and_loses_nothing(path):
    now = [0.0]
    rate = Rate(per_second=1, burst=1)
    path.limit(Fairness(rate, digest=KEYRING.fingerprint, clock=lambda: now[0]))
    assert await path.take(reports.report(), client_ip="192.0.2.1") is Reply.OK
    other = reports.report(reports.original(body="another"))
    assert await path.take(other, client_ip="192.0.2.2") is Reply.RATE_LIMITED
    assert path.filter.calls == 1
    now[0] = 1.0
    assert await path.take(other, client_ip="192.0.2.2") is Reply.OK
    assert path.store.count() == 2


async def test_a_storm_of_real_reports_collapses_and_garbage_does(path):
    path.limit(Fairness(None, digest=KEYRING.fingerprint), StormRules(after=2))
    for n in range(5):
        body = reports.original(body=f"letter {n}")
        assert await path.take(reports.report(body), client_ip="192.0.2.1") is Reply.OK
        assert await path.take(b"garbage %d" % n, client_ip=f"192.0.2.{n}") is Reply.OK
    assert sorted((row.kind, row.seen) for row in path.store.list()) == [
        (Kind.AUTH_FAILURE, 1),
        (Kind.AUTH_FAILURE, 4),
        (Kind.UNPARSED, 1),
        (Kind.UNPARSED, 4),
    ]


async def test_a_full_outbox_is_named_so_and_keeps_nothing(path):
    path.limit(Fairness(None, digest=KEYRING.fingerprint), StormRules(max_waiting=1))
    assert await path.take(reports.report()) is Reply.OK
    other = reports.report(reports.original(body="another"))
    assert await path.take(other) is Reply.STORE_FULL
    assert path.store.count() == 1
    assert path.waiting == ["blue", "red"]
