"""Lists and sums read covering indexes, never the wide rows; and an older store is asked alike."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, text

from rufgate.review.reviewer import Reviewer
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Actor
from rufgate.store.deliveries import Deliveries
from rufgate.store.engine import open_store
from rufgate.store.filters import EVERYTHING, Filter, Scope
from rufgate.store.outbox import CopyState
from rufgate.store.query import GROUPS, Order, Query
from rufgate.store.reports import ReportStore
from rufgate.store.reviews import Reviews
from tests.store.full_report import RECEIVED, sanitized

pytestmark = pytest.mark.migrates
ASKED = (
    {}, {"since": "2026-01-01"}, {"domain": "example.org"}, {"reporter": "x.example"},
    {"source": "192.0.2.0/24"}, {"failing": "spf"}, {"failure": "dmarc"}, {"delivery": "reject"},
    {"kind": "auth_failure"}, {"tier": "text"}, {"copies": "pending"}, {"guess": "spoof"},
    {"dmarc": "failed"}, {"campaign": str(uuid4())},
)  # fmt: skip


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    ReportStore(engine).record(sanitized("one"))
    Reviewer(Reviews(engine), b"k" * 32).run()
    yield engine
    engine.dispose()


def test_no_question_walks_whole_rows(engine):
    walked = []

    @event.listens_for(engine, "after_cursor_execute")
    def look(connection, cursor, statement, parameters, context, many):
        if not many and statement.lstrip().startswith(("SELECT", "WITH")):
            driver = cursor.connection
            plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            walked.extend((told, statement) for *_, told in plan if is_walk(told))

    for asked, scope in itertools.product(ASKED, (EVERYTHING, Scope(("example.org",)))):
        query, wanted = Query(engine, scope), Filter.of(**asked)
        for order in Order:
            page = query.page(wanted, order=order, limit=1)
            if page.cursor:
                query.page(wanted, order=order, limit=1, cursor=page.cursor)
        query.total(wanted)
        for by in (None, *GROUPS):
            query.counts(wanted, by)
        query.sources(wanted)
        Reviews(engine).campaigns(wanted, scope)
        copies = Deliveries(engine, scope, Audit(engine, b"k" * 32, lambda: RECEIVED),
                            actor=Actor.ANALYST, token="t")  # fmt: skip
        copies.list(2)
        copies.list(2, state=CopyState.PENDING)
        copies.counts()
        copies.open_counts()
    Reviews(engine).waiting(1, 10)
    assert walked == []


def is_walk(told: str) -> bool:
    """Whether a step reads each row of a table of many."""
    tables = ("reports", "outbox", "auth_results", "reports_1")
    return told.startswith(tuple(f"SCAN {name}" for name in tables)) and "COVERING" not in told


def test_the_walk_would_be_noticed():
    assert is_walk("SCAN reports")
    assert is_walk("SCAN reports USING INDEX ix_reports_asked")
    assert not is_walk("SCAN reports USING COVERING INDEX ix_reports_asked")


def test_an_older_store_is_asked_alike(tmp_path):
    """Verdicts and failing mechanisms come along when the store is brought up to date."""
    url = f"sqlite:///{tmp_path / 'rufgate.db'}"
    old, config = create_engine(url), Config()
    config.set_main_option("script_location", "rufgate.store:migrations")
    ids = [uuid4() for _ in range(3)]
    campaign = uuid4()
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0021")
        for id_ in ids:
            connection.execute(text(
                "INSERT INTO reports (id, received_on, kind, tier, policy, engine, key_id, seen, "
                "not_stated, flags) VALUES (:id, '2026-03-01', 'auth_failure', 'text', 'p', '1', "
                "'p1', 1, '[]', '[]')"), {"id": id_.hex})  # fmt: skip
        results = [(0, "spf", "fail"), (0, "dkim", "fail"), (0, "dkim", "pass"),
                   (1, "spf", "pass"), (1, "dmarc", "none"), (1, "arc", "fail")]  # fmt: skip
        for position, (which, method, result) in enumerate(results):
            connection.execute(text(
                "INSERT INTO auth_results (report_id, position, method, result) "
                "VALUES (:id, :position, :method, :result)"),
                {"id": ids[which].hex, "position": position, "method": method, "result": result},
            )  # fmt: skip
        connection.execute(text(
            "INSERT INTO reviews (report_id, version, rule, guess, sureness, dmarc, campaign_id) "
            "VALUES (:id, 1, 'r', 'spoof', 'likely', 'failed', :campaign)"),
            {"id": ids[0].hex, "campaign": campaign.hex})  # fmt: skip
    old.dispose()
    engine = open_store(url)
    assert asked(engine, failing="spf") == {ids[0]}
    assert asked(engine, failing="dkim") == set()
    assert asked(engine, failing="dmarc") == {ids[1]}
    assert asked(engine, guess="spoof", dmarc="failed", campaign=campaign) == {ids[0]}
    assert Reviews(engine).of(ids)[ids[0]].sureness == "likely"
    assert {one.summary.id for one in Reviews(engine).waiting(1, 10)} == set(ids[1:])
    engine.dispose()


def asked(engine, **given):
    return {one.id for one in Query(engine).page(Filter.of(**given)).reports}
