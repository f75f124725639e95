"""What a server's files still hold after a deletion: why a search by queries must not say more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from rufgate.store.engine import open_store, writing
from rufgate.store.reports import ReportStore
from rufgate.store.schema import reports
from rufgate.store.scrub import compact_wholly, vacuum_server
from tests.postgres import NoServer, Server, make_server
from tests.store.behind import held_in
from tests.store.full_report import RECEIVED, sanitized

MARK = b"mark-text"


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Its files are ours to read."""
    try:
        server = make_server({"full_page_writes": "on"})
    except NoServer as missing:
        pytest.skip(str(missing))
    yield server
    server.remove()


@pytest.fixture
def engine(own_server: Server) -> Iterator[Engine]:
    engine = open_store(own_server.database())
    yield engine
    engine.dispose()


def places(server: Server, engine: Engine) -> set[str]:
    """In which of the server's folders the mark stands, once all is written out."""
    with engine.begin() as connection:
        connection.exec_driver_sql("CHECKPOINT")
    data = server.folder / "data"
    return {
        str(file.relative_to(data).parts[0])
        for file in data.rglob("*")
        if file.is_file() and MARK in file.read_bytes()
    }


@pytest.mark.long
def test_deleted_bytes_stay_in_tables_until_they_are_written_anew_and_in_the_log(
    own_server: Server, engine: Engine
) -> None:
    """`retention verify` says so; `--full` writes the tables anew, and can do no more."""
    for number in range(20):
        given = sanitized("one", fingerprint=str(number), received_at=RECEIVED + number * DAY)
        ReportStore(engine).record(given)
    assert places(own_server, engine) == {"base", "pg_wal"}
    with writing(engine) as connection:
        connection.execute(reports.delete().where(reports.c.received_at < RECEIVED + 10 * DAY))
    with writing(engine) as connection:
        connection.execute(reports.update().values(text=None))
    assert MARK not in held_in(engine)
    assert places(own_server, engine) == {"base", "pg_wal"}
    vacuum_server(engine)
    assert places(own_server, engine) == {"base", "pg_wal"}, "VACUUM frees, and overwrites nothing"
    compact_wholly(engine)
    assert places(own_server, engine) == {"pg_wal"}


DAY = timedelta(days=1)
