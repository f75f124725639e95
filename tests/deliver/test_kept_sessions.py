"""Copies over connections that are kept; a slow destination; a server that goes away."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from test_worker import RECEIVED, Clock, Log, running, until

from rufgate.deliver.courier import (
    KEPT,
    Deferred,
    Delivered,
    OutboundCopy,
    RelayConfig,
    SmtpCourier,
)
from rufgate.deliver.routes import Route
from rufgate.deliver.sessions import SessionPlan
from rufgate.deliver.worker import DeliveryWorker, WorkerPlan
from rufgate.store.engine import open_store
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import ReportStore
from tests.deliver.peers import Certificates, Sink, scripted_peer, smtp_peer
from tests.store.full_report import sanitized

COPY = OutboundCopy(address="desk@soc.example", content=b"Message-ID: <1@gate>\r\n\r\nhello\r\n")
ADDRESSES = {"one": "one@slow.example", "two": "two@fast.example", "three": "three@fast.example"}


class Held(Sink):
    """Takes a message in as far as its end, and then waits to be let go on."""

    def __init__(self, *, held: bool = True) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.inside = self.most = 0
        if not held:
            self.go_on.set()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.go_on.wait()
        self.inside -= 1
        return await super().handle_DATA(server, session, envelope)


def courier_to(port: int, *, plan: SessionPlan = KEPT, trust=None, **how) -> SmtpCourier:
    config = {"hostname": "gate.example", "relay": f"localhost:{port}", "tls": "none"} | how
    return SmtpCourier(RelayConfig(**config), trust=trust, keep=plan)


@pytest.fixture
async def kept():
    """Makes couriers whose connections are closed at the end of the test."""
    made = []

    def make(*given, **how):
        made.append(courier_to(*given, **how))
        return made[-1]

    yield make
    for courier in made:
        await courier.close()


async def test_copies_one_after_the_other_share_a_connection(kept):
    async with smtp_peer() as peer:
        courier = kept(peer.port)
        for _ in range(5):
            assert await courier.send(COPY) == Delivered()
        await courier.close()
    assert (peer.sessions, len(peer.mails)) == (1, 5)
    assert all(mail.recipients == ["desk@soc.example"] for mail in peer.mails)


async def test_copies_at_the_same_time_have_their_own(kept):
    async with smtp_peer(sink := Held()) as peer:
        courier = kept(peer.port)
        sending = [asyncio.create_task(courier.send(COPY)) for _ in range(3)]
        await until(lambda: sink.inside == 3)
        sink.go_on.set()
        assert await asyncio.gather(*sending) == [Delivered()] * 3
        assert await courier.send(COPY) == Delivered()
        await courier.close()
    assert peer.sessions == 3


async def test_a_refusal_is_no_reason_to_hang_up(kept):
    async with smtp_peer(Sink(answers={"RCPT": "550 5.1.1 no"})) as peer:
        courier = kept(peer.port)
        assert (await courier.send(COPY)).reason == "5.1.1"
        del peer.answers["RCPT"]
        assert await courier.send(COPY) == Delivered()
        await courier.close()
    assert peer.sessions == 1


async def test_a_connection_is_closed_after_so_many_copies(kept):
    async with smtp_peer() as peer:
        courier = kept(peer.port, plan=SessionPlan(copies=2))
        for _ in range(5):
            await courier.send(COPY)
        await courier.close()
    assert peer.sessions == 3


async def test_an_idle_connection_is_closed(kept):
    ended = asyncio.Event()

    async def dialogue(reader, writer):
        writer.write(b"220 mx\r\n")
        async for line in reader:
            if line.upper().startswith(b"QUIT"):
                ended.set()
                writer.write(b"221 bye\r\n")
                return
            writer.write(b"354 go\r\n" if line.upper().startswith(b"DATA") else b"250 ok\r\n")

    async with scripted_peer(dialogue) as port:
        courier = kept(port, plan=SessionPlan(idle_s=0.1))
        assert await courier.send(COPY) == Delivered()
        await asyncio.wait_for(ended.wait(), 10)
        await courier.close()


def hanging_up(ending: bytes, lines: list[bytes]):
    """A server that takes one message, says ``ending`` a moment later, and hangs up."""

    async def dialogue(reader, writer):
        writer.write(b"220 mx\r\n")
        in_data = False
        async for line in reader:
            if in_data and line.strip() == b".":
                lines.append(b"taken")
                writer.write(b"250 2.0.0 ok\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)
                writer.write(ending)
                return
            if line.strip().upper() == b"DATA":
                in_data = True
                writer.write(b"354 go\r\n")
            elif not in_data:
                writer.write(b"250 ok\r\n")

    return dialogue


@pytest.mark.parametrize("ending", [b"", b"421 4.3.2 closing\r\n"], ids=["silent", "421"])
async def test_one_that_ended_meanwhile_is_replaced_and_costs_nothing(kept, ending):
    lines: list[bytes] = []
    async with scripted_peer(hanging_up(ending, lines)) as port:
        courier = kept(port)
        for _ in range(3):
            assert await courier.send(COPY) == Delivered()
            await asyncio.sleep(0.2)
        await courier.close()
    assert lines == [b"taken"] * 3


async def test_required_tls_holds_for_every_copy_and_every_new_connection(kept):
    certificates = Certificates()
    async with smtp_peer(tls=certificates.server("localhost")) as peer:
        courier = kept(peer.port, tls="required", trust=certificates.client())
        assert [await courier.send(COPY) for _ in range(3)] == [Delivered()] * 3
        await courier.close()
    assert [mail.encrypted for mail in peer.mails] == [True] * 3
    assert peer.sessions == 1
    async with smtp_peer(tls=Certificates().server("localhost")) as stranger:
        courier = kept(stranger.port, tls="required", trust=certificates.client())
        assert await courier.send(COPY) == Deferred("tls")
        await courier.close()
    assert stranger.mails == []


async def test_one_that_breaks_inside_a_message_defers_the_copy(kept):
    """Nobody knows whether it was taken: it goes again, under the same Message-ID."""

    async def dialogue(reader, writer):
        writer.write(b"220 mx\r\n")
        async for line in reader:
            if line.upper().startswith(b"DATA"):
                writer.write(b"354 go\r\n")
                await reader.readline()
                return
            writer.write(b"250 ok\r\n")

    async with scripted_peer(dialogue) as port:
        courier = kept(port)
        assert await courier.send(COPY) == Deferred("connect")
        await courier.close()


class Desk:
    """A store, a worker on it, and mail servers by domain."""

    def __init__(self, path, routes: dict[str, int], **plan) -> None:
        self.engine = open_store(f"sqlite:///{path}")
        self.outbox, self.clock, self.log = Outbox(self.engine), Clock(), Log()
        self.routes = routes

        async def resolve(domain: str) -> list[Route]:
            return [Route("127.0.0.1", self.routes[domain])]

        config = RelayConfig(hostname="gate.example", tls="none")
        self.courier = SmtpCourier(config, resolve=resolve, keep=SessionPlan())
        self.worker = DeliveryWorker(
            self.outbox,
            self.courier,
            address_of=ADDRESSES.get,
            clock=self.clock,
            chance=lambda: 1.0,
            log=self.log,
            destination_of=self.courier.destination,
            plan=WorkerPlan(**plan),
        )

    def record(self, count: int, *analysts: str) -> None:
        store = ReportStore(self.engine)
        for _ in range(count):
            store.record(sanitized(*analysts, fingerprint=uuid4().hex))

    def in_state(self, state: CopyState, analyst: str) -> int:
        return sum(
            entry.state is state and entry.analyst == analyst for entry in self.outbox.list()
        )


@pytest.fixture
async def desk(tmp_path):
    made = []

    def make(routes, **plan):
        made.append(Desk(tmp_path / "rufgate.db", routes, **plan))
        return made[-1]

    yield make
    for one in made:
        await one.courier.close()
        one.engine.dispose()


async def test_a_slow_destination_holds_up_nobody_else(desk):
    async with smtp_peer(slow := Held()), smtp_peer(fast := Held(held=False)):
        here = desk({"slow.example": slow.port, "fast.example": fast.port}, in_all=8)
        here.record(12, "one")  # older, so that they are claimed first
        here.record(12, "two")
        async with running(here.worker):
            await until(lambda: here.in_state(CopyState.DELIVERED, "two") == 12)
            assert slow.mails == []
            assert slow.inside == WorkerPlan().at_once
            here.record(1, "three")
            here.worker.wake()
            await until(lambda: here.in_state(CopyState.DELIVERED, "three") == 1)
            slow.go_on.set()
            await until(lambda: here.in_state(CopyState.DELIVERED, "one") == 12)
        await here.courier.close()
    assert slow.most == WorkerPlan().at_once
    assert slow.sessions <= WorkerPlan().at_once
    assert fast.sessions <= WorkerPlan().at_once + 1
    assert len({(mail.mail_from, mail.content) for mail in slow.mails}) >= 1


async def test_what_waits_for_a_place_keeps_its_lease(desk):
    """More was claimed for a destination than it has places: nobody else may take the rest."""
    async with smtp_peer(slow := Held()):
        here = desk({"slow.example": slow.port}, at_once=2, lease=timedelta(seconds=0.3))
        here.record(1, "one")
        async with running(here.worker):
            await until(lambda: slow.inside == 1)
            here.record(2, "one")  # one place is free, but two are claimed at a time
            here.worker.wake()
            await until(lambda: slow.inside == 2)
            await until(lambda: here.in_state(CopyState.CLAIMED, "one") == 3)
            for _ in range(6):
                await asyncio.sleep(0.1)
                here.clock.now += timedelta(seconds=0.1)
                assert here.outbox.claim(here.clock.now, timedelta(seconds=60), 5) == ()
            slow.go_on.set()
            await until(lambda: here.in_state(CopyState.DELIVERED, "one") == 3)
        await here.courier.close()
    assert len(slow.mails) == 3


async def test_a_copy_whose_server_went_away_goes_again_as_it_was(desk):
    seen: list[bytes] = []

    async def breaking(reader, writer):
        writer.write(b"220 mx\r\n")
        async for line in reader:
            if line.upper().startswith(b"DATA"):
                writer.write(b"354 go\r\n")
                seen.append(await reader.readuntil(b"\r\n\r\n"))
                return  # in the middle of the content
            writer.write(b"250 ok\r\n")

    async with scripted_peer(breaking) as port:
        here = desk({"fast.example": port})
        here.record(1, "two")
        await here.worker.drain()
        assert here.in_state(CopyState.PENDING, "two") == 1
        await here.courier.close()
    async with smtp_peer() as peer:
        here.routes["fast.example"] = peer.port
        here.clock.now = RECEIVED + timedelta(hours=1)
        assert await here.worker.drain() == 1
        await here.courier.close()
    (mail,) = peer.mails
    assert here.in_state(CopyState.DELIVERED, "two") == 1
    assert mail.content.replace(b"\r\n", b"\n").startswith(seen[0].replace(b"\r\n", b"\n").rstrip())


async def test_many_copies_are_drained_over_a_handful_of_connections(desk):
    async with smtp_peer(Held(held=False)) as peer:
        here = desk({"fast.example": peer.port})
        here.record(60, "two")
        assert await here.worker.drain() == 60
        await here.courier.close()
    assert len(peer.mails) == 60
    assert peer.sessions <= WorkerPlan().at_once
