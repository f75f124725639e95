"""A server that was started anew: the first that comes afterwards is recorded, not put off."""

from __future__ import annotations

import pytest

from rufgate.store.engine import StoreUnavailable, open_store
from rufgate.store.reports import Recorded, ReportStore
from tests.postgres import NoServer, make_server
from tests.store.full_report import sanitized


@pytest.mark.long
def test_connections_that_died_are_noticed_before_they_are_used() -> None:
    try:
        server = make_server({"fsync": "off"})
    except NoServer as missing:
        pytest.skip(str(missing))
    engine = open_store(server.database())
    store = ReportStore(engine)
    assert store.record(sanitized("one", fingerprint="before")) is Recorded.NEW
    server.stop()
    with pytest.raises(StoreUnavailable):
        store.record(sanitized("one", fingerprint="meanwhile"))
    server.start()
    store.count()
    server.stop()
    server.start()
    assert store.record(sanitized("one", fingerprint="after")) is Recorded.NEW
    engine.dispose()
    server.remove()
