"""Sessions that wait for the store at the same moment share a commit, and none waits for others."""

from __future__ import annotations

import asyncio
import sqlite3
from uuid import uuid4

import pytest
from sqlalchemy import event

from rufgate.receive.recording import Recording
from rufgate.receive.replies import Reply
from rufgate.store.engine import open_store
from rufgate.store.reports import Recorded, ReportStore
from tests.store.full_report import sanitized


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def engine(file):
    engine = open_store(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def commits(engine):
    seen = []
    event.listen(engine, "commit", lambda _connection: seen.append(1))
    return seen


def fresh():
    return sanitized("one", fingerprint=uuid4().hex)


async def test_those_that_wait_share_a_commit(engine, file, commits):
    recording = Recording(ReportStore(engine))
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    waiting = [asyncio.create_task(recording.record(fresh(), None)) for _ in range(20)]
    await asyncio.sleep(0.2)
    holder.execute("ROLLBACK")
    holder.close()
    assert await asyncio.gather(*waiting) == [Recorded.NEW] * 20
    assert len(commits) == 1


async def test_more_than_a_group_holds_go_in_several(engine, file, commits):
    recording = Recording(ReportStore(engine))
    told = await asyncio.gather(*(recording.record(fresh(), None) for _ in range(70)))
    assert told == [Recorded.NEW] * 70
    assert 3 <= len(commits) < 70
    assert ReportStore(engine).count() == 70


async def test_one_alone_does_not_wait_for_company(engine, commits):
    recording = Recording(ReportStore(engine))
    for _ in range(3):
        assert await recording.record(fresh(), None) is Recorded.NEW
    assert len(commits) == 3


async def test_each_is_told_of_its_own_report(engine):
    recording, resent = Recording(ReportStore(engine)), fresh()
    told = await asyncio.gather(
        recording.record(resent, None),
        recording.record(fresh(), None),
        recording.record(resent, None),
    )
    assert told == [Recorded.NEW, Recorded.NEW, Recorded.DUPLICATE]


async def test_what_is_told_is_on_disk(engine, file):
    recording = Recording(ReportStore(engine))
    other = sqlite3.connect(file)
    given = fresh()

    async def send():
        await recording.record(given, None)
        return other.execute("SELECT count(*) FROM reports WHERE fingerprint = ?",
                             [str(given.report.fingerprint)]).fetchone()  # fmt: skip

    assert await send() == (1,)
    other.close()


async def test_who_is_cancelled_takes_nobody_along(engine, file):
    recording = Recording(ReportStore(engine))
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    gone, stays = (asyncio.create_task(recording.record(fresh(), None)) for _ in range(2))
    await asyncio.sleep(0.05)
    gone.cancel()
    await asyncio.sleep(0.05)
    holder.execute("ROLLBACK")
    holder.close()
    assert await stays is Recorded.NEW
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_a_fault_of_the_store_leaves_nobody_waiting(engine):
    store = ReportStore(engine)
    recording = Recording(store)
    store.record_waiting = lambda _take: (_ for _ in ()).throw(LookupError("planted"))
    told = await asyncio.gather(
        *(recording.record(fresh(), None) for _ in range(2)), return_exceptions=True
    )
    assert [type(one) for one in told] == [LookupError, LookupError]
    del store.record_waiting
    assert await recording.record(fresh(), None) is Recorded.NEW


async def test_a_store_that_is_away_is_a_reply(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path}/other.db")
    recording = Recording(ReportStore(engine))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE reports")
    engine.dispose()
    assert await recording.record(fresh(), None) is Reply.TRY_LATER
