"""What a running gate enters of itself: what changed, what it took and sent; heads go elsewhere."""

from __future__ import annotations

import asyncio
import smtplib
import sqlite3
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from structlog import get_logger
from structlog.testing import capture_logs

from rufgate.deliver.heads import NotCarried
from rufgate.gate_heads import HeadKeeper
from rufgate.gate_sums import Sums
from rufgate.govern.keys import make_keys
from rufgate.govern.signed_heads import heads_in, load_signing_key
from rufgate.sanitize.sanitized import Tier
from rufgate.service import Service, Wiring
from rufgate.settings import slices
from rufgate.settings.checks import remarks
from rufgate.settings.noted import texts_by_name
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_noted import note_settings
from rufgate.store.audit_stored import newest
from rufgate.store.audit_verify import verify
from rufgate.store.engine import open_store
from tests import reports
from tests.deliver.peers import Sink, smtp_peer
from tests.sanitize.sanitizing import ANALYST, rules

KEY = bytes(32)
SECRET = "Project Nightingale"


def now() -> datetime:
    return datetime.now(UTC)


def configured(folder, **sections: dict[str, Any]) -> Settings:
    values = {
        "web": {"listen": "off"},
        "smtp": {
            "listen": "127.0.0.1:0", "recipients": [reports.RECIPIENT], "hostname": "x.example",
        },
        "policy": {"store_tier": "metadata"},
        "workers": {"processes": 1},
        "authenticity": {"check": False},
        "canary": {"every_minutes": 0},
        "store": {"url": "sqlite:///var/rufgate.db"},
        "keys": {"directory": "var/keys"},
    } | sections  # fmt: skip
    return Settings.model_validate(values, context={"base": folder})


def wired(folder, settings: Settings) -> Wiring:
    make_keys(settings.keys.directory)
    engine = open_store(f"sqlite:///{folder / 'rufgate.db'}")
    return Wiring(
        settings=settings,
        rules=rules(replace(ANALYST, tier=Tier.METADATA), policy=slices.policy(settings)),
        relay=slices.relay(settings),
        engine=engine,
        audit=Audit(engine, KEY, now),
        clock=now,
        log=get_logger(),
    )


@asynccontextmanager
async def running(wiring: Wiring):
    service = Service(wiring)
    try:
        await service.start()
        yield service
    finally:
        await service.stop()


def entered(wiring: Wiring) -> list[tuple[str, dict[str, Any] | None]]:
    return [(entry.action, entry.said) for entry in reversed(newest(wiring.engine, 99))]


def talk(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("", [reports.RECIPIENT], reports.report())
        client.sendmail("", [reports.RECIPIENT], reports.report())
        client.docmd("MAIL FROM:<>")
        client.docmd("RCPT TO:<nobody@elsewhere.example>")
        client.docmd("RCPT TO:<nobody@elsewhere.example>")


async def test_what_was_taken_refused_and_sent_is_entered_in_sum(tmp_path):
    sink = Sink()
    async with smtp_peer(sink):
        forward = {
            "relay": f"127.0.0.1:{sink.port}",
            "tls": "none",
            "sender": "rufgate@example.org",
        }
        wiring = wired(tmp_path, configured(tmp_path, forward=forward))
        async with running(wiring) as service:
            await asyncio.to_thread(talk, service.port)
            async with asyncio.timeout(20):
                while not sink.mails or not service._audit.sums._forwards:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
    started, intake, forwards, stopped = entered(wiring)
    assert (started[0], stopped[0]) == ("gate_started", "gate_stopped")
    assert intake[0] == "intake_summed"
    assert intake[1]["outcomes"].pop("new") == 1
    assert intake[1]["outcomes"].pop("duplicate") == 1
    ((code, count),) = intake[1]["outcomes"].items()
    assert (code[:3], count) == ("550", 2)
    assert forwards == ("forwards_summed", {"forwards": {"blue metadata delivered": 1}})
    assert verify(wiring.engine, KEY).bad is None
    wiring.engine.dispose()


async def test_sums_that_cannot_be_entered_wait_for_the_next_ones(tmp_path):
    wiring = wired(tmp_path, configured(tmp_path))
    async with running(wiring) as service:
        audit = service._audit
        audit.sums.took("new")
        audit.sums.sent("blue", "metadata", "parked")
        with wiring.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE audit_entries RENAME TO away")
        with capture_logs() as lines:
            audit._enter_sums()
        assert [line["event"] for line in lines] == ["audit_failed"] * 2
        with wiring.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO audit_entries")
        audit.sums.took("new")
    sums = [said for action, said in entered(wiring) if action.endswith("_summed")]
    assert sums == [{"outcomes": {"new": 2}}, {"forwards": {"blue metadata parked": 1}}]
    wiring.engine.dispose()


def test_a_copy_whose_analyst_is_forgotten_is_in_no_sum():
    sums = Sums()
    sums.sent(None, "text", "parked")
    assert sums.take() == ({}, {})


# -- what changed --


def note(wiring: Wiring, settings: Settings) -> list[tuple[str, dict[str, Any] | None]]:
    before = len(entered(wiring))
    policy = slices.policy(settings).digest()
    note_settings(wiring.engine, wiring.audit, texts_by_name(settings), policy, now())
    return entered(wiring)[before:]


def test_which_settings_changed_is_entered_and_never_what_is_set(tmp_path):
    first = configured(tmp_path, phrases={"deny": [SECRET]})
    wiring = wired(tmp_path, first)
    assert note(wiring, first) == [], "nothing to differ from"
    assert note(wiring, first) == []
    analyst = {"name": "blue", "address": "alice.archer@example.org", "tier": "metadata"}
    second = configured(
        tmp_path, phrases={"deny": [SECRET]}, analysts=[analyst],
        limits={"burst": 7}, forward={"sender": "bob@example.org"},
    )  # fmt: skip
    ((action, said),) = note(wiring, second)
    assert action == "configuration_changed"
    assert {"limits.burst", "forward.sender", "analysts.0.address"} <= set(said["changed"])
    assert all(name.startswith(("limits.", "forward.", "analysts.0.")) for name in said["changed"])
    assert said["count"] == len(said["changed"])
    third = configured(tmp_path, phrases={"deny": []})
    (changed, policy) = note(wiring, third)
    assert "phrases.deny" in changed[1]["changed"]
    assert changed[1]["before"] == said["after"] != changed[1]["after"]
    assert policy == (
        "policy_changed",
        {
            "before": slices.policy(second).digest(),
            "after": slices.policy(third).digest(),
        },
    )
    assert note(wiring, first)[0][1]["after"] == said["before"], "the same again has the same hash"
    wiring.engine.dispose()
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("rufgate.db*"))
    for value in (SECRET, "archer", "bob@"):
        assert value.encode() not in stored


def test_what_is_set_cannot_be_found_by_trying_without_the_key(tmp_path):
    settings = configured(tmp_path)
    wiring = wired(tmp_path, settings)
    note(wiring, settings)
    with sqlite3.connect(tmp_path / "rufgate.db") as connection:
        query = "SELECT name, digest FROM noted_settings"
        stored = dict(connection.execute(query).fetchall())
    connection.close()
    other = Audit(wiring.engine, bytes(31) + b"\1", now)
    texts = texts_by_name(settings)
    same = [name for name in texts if stored[name] == wiring.audit.digest_of(name, texts[name])]
    assert len(same) == len(texts) == len(stored) - 1
    assert not [name for name in texts if stored[name] == other.digest_of(name, texts[name])]
    alike = {stored[name] for name in ("limits.burst_per_network", "limits.storm_rows_per_hour")}
    assert len(alike) == 2, "equal values of different settings look different"
    wiring.engine.dispose()


async def test_a_changed_gate_enters_the_change_before_its_start(tmp_path):
    first = wired(tmp_path, configured(tmp_path))
    async with running(first):
        pass
    first.engine.dispose()
    second = wired(tmp_path, configured(tmp_path, limits={"burst": 7}))
    async with running(second):
        pass
    actions = [action for action, _ in entered(second)]
    assert actions == [
        "gate_started", "gate_stopped", "configuration_changed", "gate_started", "gate_stopped",
    ]  # fmt: skip
    assert entered(second)[2][1]["changed"] == ["limits.burst"]
    second.engine.dispose()


# -- heads --


async def test_a_gate_takes_signed_heads_elsewhere_after_its_start_and_at_its_stop(tmp_path):
    make_keys(tmp_path / "var" / "keys")
    govern = {"audit_heads_file": "heads"}
    wiring = wired(tmp_path, configured(tmp_path, govern=govern))
    path = tmp_path / "heads"
    async with running(wiring):
        async with asyncio.timeout(20):
            while not path.exists():  # noqa: ASYNC110 - nothing tells of a file
                await asyncio.sleep(0.02)
    public = load_signing_key(tmp_path / "var" / "keys").public_key()
    found = heads_in(path.read_text().splitlines(), public)
    assert [one.head.sequence for one in found] == [1, 2]
    verdict = verify(wiring.engine, KEY, None, [one.head for one in found])
    assert (verdict.bad, verdict.head) == (None, found[-1].head)
    wiring.engine.dispose()


class Broken:
    """A carrier that fails until it is mended."""

    kind = "file"
    broken = True

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def carry(self, line: str, sequence: int, at: datetime) -> None:
        if self.broken:
            raise NotCarried("PermissionError")
        self.lines.append(line)


async def test_a_head_that_cannot_be_kept_is_said_and_tried_again(tmp_path, monkeypatch):
    make_keys(tmp_path / "var" / "keys")
    wiring = wired(tmp_path, configured(tmp_path))
    monkeypatch.setattr("rufgate.gate_heads._AGAIN_S", 0.01)
    carrier, stopping = Broken(), asyncio.Event()
    keeper = HeadKeeper(wiring, [carrier], 0.01)
    note(wiring, configured(tmp_path))
    note(wiring, configured(tmp_path, limits={"burst": 7}))
    with capture_logs() as lines:
        running = asyncio.create_task(keeper.run(stopping))
        async with asyncio.timeout(20):
            while not lines:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.01)
            carrier.broken = False
            while not carrier.lines:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        stopping.set()
        await running
    assert lines[0]["event"] == "audit_head_not_kept"
    assert (lines[0]["kind"], lines[0]["reason"]) == ("file", "PermissionError")
    assert len(carrier.lines) == 1, "the same head is not sent twice"
    wiring.engine.dispose()


@pytest.mark.parametrize("key", ["audit_heads_syslog", "audit_heads_to"])
def test_a_bad_receiver_is_an_error_of_the_configuration(tmp_path, key):
    with pytest.raises(ValueError, match=key):
        configured(tmp_path, govern={key: "nonsense"})


def test_heads_by_mail_need_a_sender_and_never_come_back_as_a_report(tmp_path):
    def told(**sections: dict[str, Any]) -> set[tuple[Any, ...]]:
        found = remarks(configured(tmp_path, **sections))
        return {remark.loc for remark in found if remark.level == "error"}

    to = {"audit_heads_to": "privacy@example.org"}
    assert ("forward", "sender") in told(govern=to)
    assert not told(govern=to, forward={"sender": "rufgate@example.org"})
    own = {"audit_heads_to": reports.RECIPIENT.upper()}
    circle = told(govern=own, forward={"sender": "rufgate@example.org"})
    assert circle == {("govern", "audit_heads_to")}
