"""Mail that comes back (DM-7): real gates, relays that turn mail around.

Each gate runs at tier ``metadata``: what is kept of a text has no part in a loop.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from tests import reports
from tests.e2e.gate import RECIPIENT, Gate, Sink, wait_for

DESK = "desk@soc.example.net"
BOUNCES = "mailer-daemon@soc.example.net"


class Turning(Sink):
    """A relay that keeps each copy and hands what ``turn`` makes of it to the gate at ``to``."""

    def __init__(self) -> None:
        super().__init__()
        self.senders: list[str] = []
        self.answers: list[tuple[int, bytes]] = []
        self.turn: Callable[[bytes], bytes] | None = None
        self.to: Gate | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's hook
        self.senders.append(envelope.mail_from)
        answer = await super().handle_DATA(server, session, envelope)
        if self.turn is not None and self.to is not None:
            threading.Thread(target=self._hand_on, args=(bytes(envelope.content),)).start()
        return answer

    def _hand_on(self, content: bytes) -> None:
        assert self.turn is not None
        assert self.to is not None
        self.answers.append(self.to.send(self.turn(content)))


@pytest.fixture(scope="module")
def relay() -> Iterator[Turning]:
    server = Turning()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def running(relay: Turning, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    with started(tmp_path_factory.mktemp("loops"), relay.port) as gate:
        yield gate


@pytest.fixture
def gate(running: Gate, relay: Turning) -> Iterator[Gate]:
    """The gate of this module; whatever the relay did before is forgotten."""
    running.wait_delivered()
    relay.turn, relay.to = None, running
    relay.answers.clear()
    yield running
    relay.turn = None


@contextlib.contextmanager
def started(folder: Path, relay_port: int, address: str = DESK) -> Iterator[Gate]:
    gate = Gate(
        folder,
        relay_port,
        analysts=(("desk", address, "metadata"),),
        store_tier="metadata",
        processes=1,
    )
    gate.start()
    try:
        yield gate
    finally:
        gate.kill()


_numbers = iter(range(1000, 10_000))


def fresh(**parts: Any) -> bytes:
    """A report that no gate has seen before."""
    return reports.numbered(next(_numbers), **parts)


def kinds(gate: Gate) -> list[tuple[str, str | None]]:
    return [(kind, reason) for kind, reason in gate.rows("SELECT kind, reason FROM reports")]


def came_to_rest(gate: Gate, relay: Turning, answers: int) -> None:
    """Until so many mails came back and nothing waits to go out; a loop would show soon after."""
    wait_for(lambda: len(relay.answers) >= answers, seconds=60)
    gate.wait_delivered()
    time.sleep(0.5)
    assert len(relay.answers) == answers
    assert gate.rows("SELECT count(*) FROM outbox WHERE content IS NOT NULL") == [(0,)]


def around(gate: Gate, relay: Turning, turn: Callable[[bytes], bytes]) -> list[tuple[str, str]]:
    """One report whose copy comes back as ``turn`` makes it; the rows that this added."""
    relay.turn = turn
    before, copies = kinds(gate), len(relay.mails())
    assert gate.send(fresh())[0] == 250
    came_to_rest(gate, relay, 1)
    assert len(relay.mails()) == copies + 1, "a copy of what came back went out"
    after = kinds(gate)
    assert after[: len(before)] == before
    return [(kind, reason or "") for kind, reason in after[len(before) :]]


def trace(count: int) -> bytes:
    line = b"Received: by hop.example.net; Tue, 03 Nov 2026 09:15:02 +0000\r\n"
    return line * count


def bounce(copy: bytes, *, whole: bool) -> bytes:
    """What a mail server says that could not deliver ``copy`` (RFC 3464)."""
    return reports.report(
        copy if whole else copy.partition(b"\r\n\r\n")[0] + b"\r\n",
        third_type="message/rfc822" if whole else "text/rfc822-headers",
        feedback=b"Reporting-MTA: dns; soc.example.net\r\n\r\nAction: failed\r\n"
        b"Final-Recipient: rfc822; desk@soc.example.net\r\nStatus: 5.1.1\r\n",
        feedback_header="Content-Type: message/delivery-status\r\n",
        report_type="delivery-status",
    )


# --- (a) our copy fails DMARC where it is delivered -----------------------------------------------


@pytest.mark.parametrize("third_type", ["message/rfc822", "text/rfc822-headers"])
def test_a_failure_report_about_our_copy_is_counted(
    gate: Gate, relay: Turning, third_type: str
) -> None:
    def report_it(copy: bytes) -> bytes:
        inside = (
            copy if third_type == "message/rfc822" else copy.partition(b"\r\n\r\n")[0] + b"\r\n"
        )
        return reports.report(inside, third_type=third_type)

    added = around(gate, relay, report_it)
    assert added == [("auth_failure", ""), ("loop", "own_mark_inside")]
    assert relay.answers[0][0] == 250


def test_reports_about_reports_about_our_copy_do_not_grow(gate: Gate, relay: Turning) -> None:
    """The analyst's host reports each mail that it gets, for as long as it gets any."""
    added = around(gate, relay, lambda copy: reports.report(reports.report(copy)))
    assert added == [("auth_failure", ""), ("loop", "report_about_report")]


# --- (b) a reporter reports on a report -----------------------------------------------------------


def test_a_report_about_a_report_is_counted(gate: Gate, relay: Turning) -> None:
    before = len(relay.mails())
    assert gate.send(reports.report(fresh(boundary="inner")))[0] == 250
    gate.wait_delivered()
    assert kinds(gate)[-1] == ("loop", "report_about_report")
    assert len(relay.mails()) == before


# --- (c) the analyst's address is the gate's, or leads there --------------------------------------


def test_an_analyst_at_the_report_address_is_refused(tmp_path: Path, relay: Turning) -> None:
    gate = Gate(tmp_path, relay.port, analysts=(("desk", RECIPIENT.upper(), "metadata"),))
    done = gate.command("check", "--config", str(gate.config), expect=78)
    assert b"analysts" in done.stdout + done.stderr
    assert b"circles" in done.stdout + done.stderr


def test_an_address_that_redirects_to_the_gate(gate: Gate, relay: Turning) -> None:
    added = around(gate, relay, lambda copy: trace(2) + copy)
    assert added == [("auth_failure", "")]
    assert relay.answers == [(554, b"5.4.6 Mail loop")]


def test_a_mailbox_that_forwards_as_an_attachment(gate: Gate, relay: Turning) -> None:
    def forward(copy: bytes) -> bytes:
        return (
            b"From: desk@soc.example.net\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/mixed; boundary="fwd"\r\n\r\n'
            b"--fwd\r\nContent-Type: message/rfc822\r\n\r\n" + copy + b"\r\n--fwd--\r\n"
        )

    added = around(gate, relay, forward)
    assert added == [("auth_failure", ""), ("loop", "own_mark_inside")]


def test_a_relay_that_takes_off_fields_it_does_not_know(gate: Gate, relay: Turning) -> None:
    def stripped(copy: bytes) -> bytes:
        head, blank, body = copy.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        gone = (b"x-", b"message-id:", b"auto-submitted:", b"precedence:")
        return b"\r\n".join(x for x in lines if not x.lower().startswith(gone)) + blank + body

    added = around(gate, relay, stripped)
    assert added == [("auth_failure", ""), ("loop", "own_mark_inside")]
    assert relay.answers[0][0] == 250


def test_two_gates_that_forward_to_each_other(tmp_path: Path) -> None:
    """The ping-pong ends after one hop, whichever gate is written to."""
    with contextlib.ExitStack() as stack:
        relays = [Turning(), Turning()]
        for relay in relays:
            relay.start()
            stack.callback(relay.stop)
        ping, pong = (
            stack.enter_context(started(tmp_path / f"gate{n}", relay.port, f"ruf@gate{n}.example"))
            for n, relay in enumerate(relays)
        )
        relays[0].turn, relays[0].to = (lambda copy: trace(1) + copy), pong
        relays[1].turn, relays[1].to = (lambda copy: trace(1) + copy), ping
        for first, second, here, there in ((ping, pong, *relays), (pong, ping, *relays[::-1])):
            hops = (len(here.answers), len(there.answers))
            assert first.send(fresh())[0] == 250
            came_to_rest(first, here, hops[0] + 1)
            came_to_rest(second, there, hops[1])
            assert here.answers[-1][0] == 250
            assert kinds(second)[-1] == ("loop", "foreign_mark")
        assert len(relays[0].mails()) == len(relays[1].mails()) == 1


# --- (d) bounces, long ways, marks ----------------------------------------------------------------


@pytest.mark.parametrize("whole", [True, False])
def test_a_bounce_of_our_copy_is_counted(gate: Gate, relay: Turning, whole: bool) -> None:
    added = around(gate, relay, lambda copy: bounce(copy, whole=whole))
    assert added == [("auth_failure", ""), ("loop", "own_mark_inside")]


def test_copies_have_the_null_sender_and_ask_for_no_answer(gate: Gate, relay: Turning) -> None:
    assert gate.send(fresh())[0] == 250
    gate.wait_delivered()
    assert set(relay.senders) == {"<>"}
    copy = message_from_bytes(relay.mails()[-1])
    assert copy["Auto-Submitted"] == "auto-generated"
    assert copy["X-Auto-Response-Suppress"] == "All"
    for name in ("Disposition-Notification-To", "Return-Receipt-To", "Errors-To", "Reply-To"):
        assert copy[name] is None


def test_more_than_50_hops_are_refused(gate: Gate, relay: Turning) -> None:
    rows = len(kinds(gate))
    assert gate.send(trace(51) + fresh()) == (554, b"5.4.6 Mail loop")
    assert len(kinds(gate)) == rows
    assert gate.send(trace(50) + fresh())[0] == 250
    assert kinds(gate)[-1] == ("auth_failure", None)


def test_a_forged_mark_in_a_reported_message_hides_nothing(gate: Gate, relay: Turning) -> None:
    """The forger sends mail with a mark that he has seen, but for what only the key can make."""
    assert gate.send(fresh())[0] == 250
    gate.wait_delivered()
    seen = str(message_from_bytes(relay.mails()[-1])["X-Rufgate-Loop"])
    wrong = seen[:-1] + ("0" if seen[-1] != "0" else "1")
    header = (*reports.ORIGINAL_HEADER, ("X-Rufgate-Loop", wrong))
    copies = len(relay.mails())
    assert gate.send(reports.report(reports.original(header)))[0] == 250
    gate.wait_delivered()
    assert kinds(gate)[-1] == ("auth_failure", None)
    assert len(relay.mails()) == copies + 1


def test_a_mark_around_a_report(gate: Gate, relay: Turning) -> None:
    """Ours is a circle; one that no key of ours made is another gate's, or its inventor's loss."""
    assert gate.send(fresh())[0] == 250
    gate.wait_delivered()
    seen = str(message_from_bytes(relay.mails()[-1])["X-Rufgate-Loop"])
    copies = len(relay.mails())
    assert gate.send(fresh(outer=(("X-Rufgate-Loop", seen),))) == (554, b"5.4.6 Mail loop")
    wrong = seen[:-1] + ("0" if seen[-1] != "0" else "1")
    assert gate.send(fresh(outer=(("X-Rufgate-Loop", wrong),)))[0] == 250
    gate.wait_delivered()
    assert kinds(gate)[-1] == ("loop", "foreign_mark")
    assert len(relay.mails()) == copies
