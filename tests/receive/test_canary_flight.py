"""One canary through a real gate: clean, leaking, and in every sort of trouble."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import trustme
from sqlalchemy import Engine, select

from rufgate.receive import canary as canary_module
from rufgate.receive.canary import Canary, CanaryParts, Door, Verdict, internal_audiences
from rufgate.receive.fronts import FrontProtocol, Fronts
from rufgate.receive.smtp_server import Gate, GateSettings
from rufgate.sanitize.policy import Audience, Policy
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop, bare, sanitize
from rufgate.sanitize.sanitized import (
    LeakHit,
    Reason,
    Sanitized,
    SanitizedText,
    Tier,
)
from rufgate.store import schema
from rufgate.store.engine import open_store, reading
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore
from rufgate.telemetry import Tap
from tests.receive.gates import RUF, Log
from tests.sanitize.sanitizing import RECEIVED_AT, Finder, rules

TIERS = (Tier.HEADERS, Tier.METADATA)
NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
CA = trustme.CA()
Change = Callable[[Sanitized], Sanitized | OuterLoop]


class Busy(Exception):  # noqa: N818 - the pool's word for it
    """No worker is free."""


@dataclass
class Plain:
    """The sanitizer without processes; ``change`` spoils what it gives."""

    change: Change = lambda outcome: outcome
    error: type[Exception] | None = None

    async def sanitize(
        self, message: RawMessage, report_id: UUID, audiences: tuple[Audience, ...] | None = None
    ) -> Sanitized | OuterLoop:
        if self.error:
            raise self.error
        outcome = sanitize(
            message,
            rules=rules(*(audiences or ()), policy=Policy(store_tier=Tier.HEADERS)),
            report_id=report_id,
            recognizer=Finder(),
        )
        assert isinstance(outcome, Sanitized)
        return self.change(outcome)


class Flight:
    """A canary with a gate of its own."""

    def __init__(self, engine: Engine, gate: Gate, sanitizer: Plain, **parts: Any) -> None:
        self.engine = engine
        self.tap = Tap()
        self.gate = gate
        given = {
            "door": lambda: Door(host="127.0.0.1", port=gate.port, recipient=RUF, tls=False),
            "deliver": self.deliver,
            "tap": self.tap,
            **parts,
        }
        self.canary = Canary(
            CanaryParts(
                expected=gate.expected,
                sanitizer=sanitizer,
                unavailable=Busy,
                tiers=TIERS,
                keeps_domains=False,
                engine=engine,
                clock=lambda: NOW,
                **given,
            )
        )

    async def deliver(self) -> list[tuple[str, bytes]]:
        addresses = {audience.name: audience.address for audience in internal_audiences(TIERS)}
        with reading(self.engine) as connection:
            rows = connection.execute(select(schema.outbox.c.analyst, schema.outbox.c.content))
            return [(addresses[analyst], content) for analyst, content in rows]


@pytest.fixture
def engine(tmp_path: Path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield engine
    engine.dispose()


@contextlib.asynccontextmanager
async def flight(
    engine: Engine, sanitizer: Plain | None = None, *, gate: dict[str, Any] | None = None, **parts
) -> AsyncIterator[Flight]:
    async def nobody(message: RawMessage) -> Any:
        raise AssertionError("the canary was taken for a report")

    settings = GateSettings(hostname="mx.ruf.example.org", recipients=(RUF,), **(gate or {}))
    server = Gate(settings, accept=nobody, clock=lambda: NOW, log=Log())
    await server.start("127.0.0.1", 0)
    try:
        yield Flight(engine, server, sanitizer or Plain(), **parts)
    finally:
        await server.stop(1)


async def verdict(engine: Engine, sanitizer: Plain | None = None, **how: Any) -> Verdict:
    async with flight(engine, sanitizer, **how) as flown:
        found = await flown.canary.fly()
        assert await flown.canary.clean()
        assert not await flown.canary.has_left_rows()
        return found


async def test_a_clean_one_passes_and_nothing_is_left(engine: Engine):
    async with flight(engine) as flown:
        assert await flown.canary.fly() == Verdict()
        assert await flown.canary.has_left_rows()
        assert ReportStore(engine).list() == ()
        assert Outbox(engine).list() == ()
        assert await flown.canary.clean()
    assert ReportStore(engine, canary=True).count() == 0
    assert Outbox(engine, canary=True).list() == ()


def row_leaks(outcome: Sanitized) -> Sanitized:
    """The name of the sender, taken from where this test knows it: the canary's own marks."""
    return replace(outcome, report=replace(outcome.report, user_agent=SanitizedText(MARK[0])))


MARK = [""]


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The surname of the canary's author, once it is made."""
    make = canary_module.make_values

    def spied(*arguments: Any, **how: Any) -> Any:
        values = make(*arguments, **how)
        MARK[0] = next(iter(values.people.values())).surname
        return values

    monkeypatch.setattr(canary_module, "make_values", spied)
    return MARK


async def test_a_leak_in_a_row_is_told_by_mark_place_and_form(engine: Engine, mark: list[str]):
    found = (await verdict(engine, Plain(row_leaks))).found
    assert "surname in From: store, reports.user_agent (plain)" in found
    assert any("write-ahead log" in place for place in found)
    assert mark[0]
    assert not any(mark[0].lower() in place.lower() for place in found)


async def test_a_leak_in_the_log_is_found(engine: Engine, mark: list[str]):
    async with flight(engine) as flown:

        def leak(outcome: Sanitized) -> Sanitized:
            flown.tap.note(None, "", f"sanitized {mark[0]}")
            return outcome

        flown.canary._parts.sanitizer.change = leak
        assert (await flown.canary.fly()).found == ("surname in From: log (plain)",)
        await flown.canary.clean()


async def test_a_leak_is_found_even_where_the_canary_then_fails(engine: Engine, mark: list[str]):
    async def none() -> list[tuple[str, bytes]]:
        return []

    found = await verdict(engine, Plain(row_leaks), deliver=none)
    assert found.found
    assert found.trouble is None


def lowered(outcome: Sanitized) -> Sanitized:
    copies = tuple(replace(copy, tier=Tier.METADATA) for copy in outcome.copies)
    return replace(outcome, copies=copies)


def hit(outcome: Sanitized) -> Sanitized:
    return replace(
        outcome, hits=(LeakHit(field=SanitizedText("subject"), tier=Tier.TEXT, analyst=None),)
    )


def timed_out(outcome: Sanitized) -> Sanitized:
    message = RawMessage(b"x", received_at=RECEIVED_AT)
    return bare(message, rules=rules(), report_id=outcome.report.id, reason=Reason.TIME_LIMIT)


@pytest.mark.parametrize(
    ("sanitizer", "trouble"),
    [
        (Plain(error=Busy), "refused_451"),
        (Plain(lambda outcome: OuterLoop()), "refused_554"),
        (Plain(lowered), "tier_lowered"),
        (Plain(hit), "leak_check_had_to_act"),
        (Plain(timed_out), "time_limit"),
        (Plain(lambda outcome: replace(outcome, copies=outcome.copies[:1])), "copy_missing"),
    ],
)
async def test_a_canary_that_was_not_fully_tested_has_not_passed(
    engine: Engine, sanitizer: Plain, trouble: str
):
    assert await verdict(engine, sanitizer) == Verdict(trouble=trouble)


async def test_a_recipient_with_letters_beyond_ascii_is_no_hindrance(engine: Engine):
    recipient = "d\u00e4mon@b\u00fccher.example"
    settings = GateSettings(hostname="mx.ruf.example.org", recipients=(recipient,))
    server = Gate(settings, accept=Plain, clock=lambda: NOW, log=Log())  # never called
    await server.start("127.0.0.1", 0)
    try:
        flown = Flight(
            engine,
            server,
            Plain(),
            door=lambda: Door(host="127.0.0.1", port=server.port, recipient=recipient, tls=False),
        )
        assert await flown.canary.fly() == Verdict()
        await flown.canary.clean()
    finally:
        await server.stop(1)


async def test_a_door_that_is_shut_is_told(engine: Engine):
    def shut() -> Door:
        return Door(host="127.0.0.1", port=1, recipient=RUF, tls=False)

    assert await verdict(engine, door=shut) == Verdict(trouble="no_connection")


async def test_a_recipient_that_is_refused_is_told(engine: Engine):
    async with flight(engine) as flown:
        port = flown.gate.port
        flown.canary._parts = replace(
            flown.canary._parts,
            door=lambda: Door(host="127.0.0.1", port=port, recipient="x@y.example", tls=False),
        )
        assert await flown.canary.fly() == Verdict(trouble="refused_550")
        await flown.canary.clean()


async def test_more_log_than_can_be_searched_is_no_pass(engine: Engine):
    tap = Tap(max_bytes=4)

    def noisy(outcome: Sanitized) -> Sanitized:
        tap.note(None, "", "a longer line")
        return outcome

    assert await verdict(engine, Plain(noisy), tap=tap) == Verdict(trouble="log_too_long")


async def test_a_search_that_does_not_find_what_was_sent_is_no_pass(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("rufgate.receive.canary.Search.find", lambda self, content: ())
    assert await verdict(engine) == Verdict(trouble="search_is_blind")


async def test_one_that_hangs_is_given_up_on(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rufgate.receive.canary._WITHIN_S", 0.3)

    async def never() -> list[tuple[str, bytes]]:
        await asyncio.sleep(60)
        return []

    assert await verdict(engine, deliver=never) == Verdict(trouble="time_out")


async def test_where_tls_is_required_it_starts_tls(engine: Engine, tmp_path: Path):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    CA.issue_cert("mx.ruf.example.org").configure_cert(context)
    gate = {"tls": context, "require_tls": True}
    assert await verdict(engine, gate=gate) == Verdict(trouble="refused_530")
    async with flight(engine, gate=gate) as flown:
        port = flown.gate.port
        flown.canary._parts = replace(
            flown.canary._parts,
            door=lambda: Door(host="127.0.0.1", port=port, recipient=RUF, tls=True),
        )
        assert await flown.canary.fly() == Verdict()
        await flown.canary.clean()


@pytest.mark.parametrize("protocol", ["either", "proxy", "xforward"])
async def test_behind_a_front_on_its_own_address_it_speaks_for_itself(
    engine: Engine, protocol: str
):
    fronts = Fronts([ip_network("127.0.0.1")], FrontProtocol(protocol))
    async with flight(engine, gate={"fronts": fronts}) as flown:
        says_header = fronts.opens_with_header("127.0.0.1")
        door = replace(flown.canary._parts.door(), says_header=says_header)
        flown.canary._parts = replace(flown.canary._parts, door=lambda: door)
        assert await flown.canary.fly() == Verdict()
        await flown.canary.clean()
