"""A gate with a legal hold and a domain whose collection is over: it says so, and acts by it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from structlog import get_logger
from structlog.testing import capture_logs

from rufgate.govern.holds import Asked, new_hold
from rufgate.govern.keys import make_keys
from rufgate.govern.retention import NotScrubbed
from rufgate.sanitize.sanitized import Tier
from rufgate.service import Service, Wiring
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_verify import newest
from rufgate.store.drops import dropped
from rufgate.store.engine import open_store
from rufgate.store.holds import Holds
from rufgate.store.reports import ReportStore
from tests import reports
from tests.sanitize.sanitizing import ANALYST, rules
from tests.test_service import send


def wired(tmp_path, clock) -> Wiring:
    values = {
        "web": {"listen": "off"},
        "smtp": {
            "listen": "127.0.0.1:0", "recipients": [reports.RECIPIENT], "hostname": "x.example",
        },
        "domains": [{"name": "example.org", "collect_until": "2026-01-31"}],
        "policy": {"store_tier": "metadata"},
        "keys": {"directory": "var/keys"},
        "workers": {"processes": 1},
        "authenticity": {"check": False},
        "canary": {"every_minutes": 0},
        "store": {"url": "sqlite:///var/rufgate.db"},
        "log": {"metrics_file": "var/metrics.prom"},
    }  # fmt: skip
    settings = Settings.model_validate(values, context={"base": tmp_path})
    make_keys(settings.keys.directory)
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    return Wiring(
        settings=settings,
        rules=rules(replace(ANALYST, tier=Tier.METADATA), policy=slices.policy(settings)),
        relay=slices.relay(settings),
        engine=engine,
        audit=Audit(engine, bytes(32), clock),
        clock=clock,
        log=get_logger(),
    )


async def test_it_says_what_is_in_force_drops_by_it_and_enters_what_has_expired(tmp_path):
    ahead = [timedelta(0)]
    wiring = wired(tmp_path, lambda: datetime.now(UTC) + ahead[0])
    until = (datetime.now(UTC) + timedelta(days=3)).date()
    asked = Asked(domain="example.org", reason="case", owner="desk", until=until)
    Holds(wiring.engine).add(new_hold(asked, uuid4(), wiring.clock()))
    service = Service(wiring)
    with capture_logs() as lines:
        await service.start()
        await asyncio.to_thread(send, service.port, reports.report())
        ahead[0] = timedelta(days=5)
        for _ in range(2):  # the second reading of the clock confirms the first
            with suppress(NotScrubbed):
                await asyncio.to_thread(service._retention.forget, ())
        await service.stop()
    said = {line["event"]: line for line in lines}
    assert said["legal_holds"]["holds"] == 1
    assert said["collection_ended"]["own_domain"] == "example.org"
    assert said["report_dropped"]["reason"] == "collection_ended"
    assert (dropped(wiring.engine), ReportStore(wiring.engine).count()) == (1, 0)
    counted = (tmp_path / "var" / "metrics.prom").read_text()
    assert 'rufgate_reports_dropped_total{reason="collection_ended"} 1.0' in counted
    assert [e.action for e in newest(wiring.engine, 50)].count("hold_expired") == 1
    wiring.engine.dispose()
