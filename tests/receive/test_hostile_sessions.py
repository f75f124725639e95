"""Clients that are slow, silent, deaf or greedy: each phase has a deadline, each buffer a bound."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import trustme

from rufgate.receive.limits import SESSION_BYTES, SessionLimits
from rufgate.receive.replies import Reply
from rufgate.receive.smtp_server import server_tls
from rufgate.sanitize.raw import RawMessage
from tests.receive.gates import MAIL, Client, Door, open_gate

CA = trustme.CA()
LINE = b"x" * 58 + b"\r\n"
MIB = 1 << 20


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    certificate = CA.issue_cert("mx.ruf.example.org")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    return server_tls(tmp_path / "cert.pem", tmp_path / "key.pem")


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not what():  # noqa: ASYNC110 - what is waited for is the gate's own state
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def dribbling(client: Client, text: bytes) -> AsyncIterator[None]:
    """``text`` again and again, a byte every few milliseconds, until the gate has had enough."""

    async def dribble() -> None:
        while not client.writer.is_closing():
            for byte in text:
                client.send(bytes([byte]))
                await asyncio.sleep(0.005)

    task = asyncio.create_task(dribble())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def left(door: Door) -> int:
    return len(door.gate._shared.sessions)


async def test_a_command_a_byte_at_a_time_has_one_deadline() -> None:
    async with open_gate(limits=SessionLimits(command_timeout_s=0.3)) as door:
        client = await door.call()
        async with dribbling(client, b"x"):
            assert await client.reply() == Reply.IDLE.line


async def test_a_session_of_many_commands_has_one_deadline() -> None:
    limits = SessionLimits(session_timeout_s=0.4, max_commands=100_000)
    async with open_gate(limits=limits) as door:
        client = await door.call()
        async with dribbling(client, b"NOOP\r\n"):
            while (reply := await client.reply()) == Reply.NOTHING_DONE.line:
                pass
            assert reply == Reply.SESSION_TOO_LONG.line


@pytest.mark.parametrize(
    "limits", [SessionLimits(data_timeout_s=0.3), SessionLimits(session_timeout_s=0.4)]
)
async def test_a_message_a_byte_at_a_time_has_one_deadline(limits: SessionLimits) -> None:
    async with open_gate(limits=limits) as door:
        client = await door.call()
        await client.start_mail()
        async with dribbling(client, b"line\r\n"):
            assert await client.reply() == Reply.DATA_TOO_SLOW.line
        await client.close()
        await until(lambda: not left(door))
        assert not door.taken
        assert door.gate._shared.budget.used == 0


@pytest.mark.parametrize(
    "limits", [SessionLimits(tls_timeout_s=0.3), SessionLimits(session_timeout_s=0.4)]
)
@pytest.mark.parametrize("hello", [b"", b"\x16\x03\x01\x02\x00\x01\x00", b"\x16"])
async def test_a_stalled_handshake_has_a_deadline(
    tls: ssl.SSLContext, limits: SessionLimits, hello: bytes
) -> None:
    async with open_gate(tls=tls, limits=limits) as door:
        client = await door.call()
        assert await client.say("STARTTLS") == Reply.START_TLS.line
        client.send(hello)
        await until(lambda: not left(door))
        assert await client.reader.read() == b""
        assert [event for event, _ in door.log.lines] == ["session"]


async def test_a_handshake_behind_buffered_plaintext_has_a_deadline(tls: ssl.SSLContext) -> None:
    """More plaintext than the gate reads: it is dropped, and nothing of it is obeyed."""
    async with open_gate(tls=tls, limits=SessionLimits(tls_timeout_s=0.3)) as door:
        client = await door.call()
        client.send(b"STARTTLS\r\n" + b"EHLO evil.example\r\n" * 20_000)
        assert await client.reply() == Reply.START_TLS.line
        await until(lambda: not left(door))
        assert door.gate._shared.budget.used == 0


async def test_stop_cuts_a_handshake_off_and_does_not_wait(tls: ssl.SSLContext) -> None:
    async with open_gate(tls=tls) as door:
        client = await door.call()
        assert await client.say("STARTTLS") == Reply.START_TLS.line
        await until(lambda: all(s._handshaking for s in door.gate._shared.sessions))
        await asyncio.wait_for(door.gate.stop(30), 5)
        assert not left(door)


async def test_an_aborted_handshake_frees_its_place_at_once(tls: ssl.SSLContext) -> None:
    limits = SessionLimits(max_connections=1)
    async with open_gate(tls=tls, limits=limits) as door:
        client = await door.call()
        assert await client.say("STARTTLS") == Reply.START_TLS.line
        await until(lambda: all(s._handshaking for s in door.gate._shared.sessions))
        (session,) = door.gate._shared.sessions
        session.abort()
        await until(lambda: not left(door))
        await door.call()


async def deaf(door: Door) -> Client:
    """A client with next to no room for replies."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", door.gate.port))
    reader, writer = await asyncio.open_connection(sock=sock, limit=64)
    client = Client(reader, writer)
    client.writer.transport.pause_reading()  # type: ignore[attr-defined]
    door.clients.append(client)
    return client


async def test_who_sends_and_never_reads_is_cut_off() -> None:
    limits = SessionLimits(command_timeout_s=0.5, max_commands=10**9, max_errors=10**9)
    async with open_gate(limits=limits) as door:
        client = await deaf(door)

        async def shout() -> None:
            with contextlib.suppress(ConnectionError):
                while True:
                    client.send(b"HELP\r\n" * 10_000)
                    await client.writer.drain()

        shouting = asyncio.create_task(shout())
        try:
            await until(lambda: left(door) == 1)
            await until(lambda: not left(door))
        finally:
            shouting.cancel()
            client.writer.transport.abort()


async def test_who_closes_half_in_the_middle_of_a_command_is_let_go() -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\r\nNOO")
        client.writer.write_eof()
        assert (await client.reply())[:3] == "250"
        assert await client.reply() == ""
        await until(lambda: not left(door))


async def test_who_closes_half_is_answered_all_it_asked() -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\r\n" + MAIL + b"DATA\r\nx\r\n.\r\n" + b"NOOP\r\n" * 3)
        client.writer.write_eof()
        assert (await client.replies(9))[4:] == [
            Reply.OK.line,
            *[Reply.NOTHING_DONE.line] * 3,
            "",
        ]


async def test_who_vanishes_without_a_word_is_forgotten_at_the_deadline() -> None:
    """Half-open: no packet comes any more. The place is freed, and the message is not taken."""
    limits = SessionLimits(command_timeout_s=0.3, data_timeout_s=0.3)
    async with open_gate(limits=limits) as door:
        one, two = await door.call(), await door.call()
        await two.start_mail()
        two.send(b"half a mess")
        for client in (one, two):
            client.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await until(lambda: not left(door))
        assert not door.taken


async def test_the_last_reply_arrives_although_more_was_sent() -> None:
    """A refusal that a reset takes back would look like a broken network, and be tried again."""
    async with open_gate() as door:
        for flood, last in (
            (b"NOOP\r\n" * 20_000, Reply.TOO_MANY_COMMANDS),
            (b"\r\n" * 100_000, Reply.TOO_MANY_ERRORS),
            (b"x" * 300_000, Reply.COMMAND_TOO_LONG),
        ):
            client = await door.call()
            client.send(flood)
            client.writer.write_eof()
            replies = []
            while reply := await client.reply():
                replies.append(reply)
            assert replies[-1] == last.line


class Stuck:
    """Takes messages, and answers when told."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.begun = 0

    async def accept(self, message: RawMessage) -> Reply:
        self.begun += 1
        await self.go_on.wait()
        return Reply.OK


async def test_what_a_session_has_waiting_is_bounded_and_counted() -> None:
    stuck, sessions, extra = Stuck(), 10, 2 * MIB
    async with open_gate(stuck.accept) as door:
        budget = door.gate._shared.budget
        clients = [await door.call() for _ in range(sessions)]
        for client in clients:
            await client.start_mail()
            client.send(b"x\r\n.\r\n" + b"NOOP\r\n" * (extra // 6))
        await until(lambda: stuck.begun == sessions)
        await asyncio.sleep(0.3)
        for session in door.gate._shared.sessions:
            assert 0 < session._unread + len(session._pending) < SESSION_BYTES
        assert sessions * 10_000 < budget.used < sessions * (SESSION_BYTES + 100)
        for client in clients:
            client.writer.transport.abort()
        stuck.go_on.set()
        await until(lambda: not left(door) and not door.gate._shared.commits)
        assert budget.used == 0


async def test_past_the_budget_new_sessions_and_messages_are_told_to_come_back() -> None:
    stuck = Stuck()
    limits = SessionLimits(max_message_bytes=200_000, memory_budget_bytes=250_000)
    async with open_gate(stuck.accept, limits=limits) as door:
        first, second, third = await door.call(), await door.call(), await door.call()
        await third.start_mail()
        await first.start_mail()
        first.send(LINE * 3_300 + b".\r\n")
        await until(lambda: stuck.begun == 1)
        second.send(b"EHLO c\r\n" + MAIL + b"DATA\r\n")
        assert (await second.replies(4))[3] == Reply.STORE_FULL.line
        third.send(LINE * 3_000 + b".\r\n")
        assert await third.reply() == Reply.STORE_FULL.line
        assert await (await door.dial()).reply() == Reply.TOO_MANY_SESSIONS.line
        stuck.go_on.set()
        assert await first.reply() == Reply.OK.line
        again = await door.call()
        await again.start_mail()
        assert await again.say(b"x\r\n.") == Reply.OK.line
        assert await second.say("NOOP") == Reply.NOTHING_DONE.line


async def test_large_messages_leave_room_for_ordinary_ones() -> None:
    """Two that stall with all they may hold: whoever sends a report is served all the same."""
    limits = SessionLimits(max_message_bytes=4 * MIB, memory_budget_bytes=6 * MIB)
    async with open_gate(limits=limits) as door:
        budget = door.gate._shared.budget
        first, second = await door.call(), await door.call()
        for client, size in ((first, 3 * MIB), (second, 2 * MIB + MIB * 9 // 10)):
            await client.start_mail()
            client.send(LINE * (size // len(LINE)))
            await client.writer.drain()
        await until(lambda: budget.used > 2 * MIB)
        await asyncio.sleep(0.2)
        assert budget.used <= 3 * MIB + SESSION_BYTES, "what was dropped is still counted"
        report = await door.call()
        await report.start_mail()
        report.send(b"line\r\n" * 40_000 + b".\r\n")
        assert await report.reply() == Reply.OK.line
        first.send(b".\r\n")
        second.send(b".\r\n")
        replies = {await first.reply(), await second.reply()}
        assert replies == {Reply.OK.line, Reply.STORE_FULL.line}
