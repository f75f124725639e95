"""Mail to postmaster goes through, and the end of the server loses nothing."""

from __future__ import annotations

import asyncio

import pytest

from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from tests.receive.gates import RUF, Door, open_gate

BEFORE = b"EHLO c\r\nMAIL FROM:<human@example.com>\r\n"


async def write_to(door: Door, recipient: str, content: bytes) -> str:
    client = await door.call()
    client.send(BEFORE + f"RCPT TO:<{recipient}>\r\nDATA\r\n".encode() + content + b"\r\n.\r\n")
    replies = await client.replies(5)
    return replies[4]


@pytest.mark.parametrize(
    "recipient",
    ["postmaster", "PostMaster", "POSTMASTER@RUF.example.org", '"postmaster"@ruf.example.org'],
)
@pytest.mark.parametrize("answer", [Reply.OK, Reply.RELAY_UNREACHABLE, Reply.RELAY_REFUSED])
async def test_the_relays_answer_is_ours(recipient: str, answer: Reply) -> None:
    onward: list[tuple[bytes, str]] = []

    async def pass_on(content: bytes, mail_from: str) -> Reply:
        onward.append((content, mail_from))
        return answer

    async with open_gate(pass_on=pass_on) as door:
        assert await write_to(door, recipient, b"Subject: hello\r\n\r\nplease help") == answer.line
        ((content, sender),) = onward
        assert content.startswith(b"Received: by mx.ruf.example.org with ESMTP; Tue, 24 Nov 2026")
        assert content.endswith(b"\r\nSubject: hello\r\n\r\nplease help\r\n")
        assert sender == "human@example.com"
        assert not door.taken
        assert "hello" not in repr(door.log.lines)


async def test_an_unreachable_relay_is_451_and_a_loop_is_cut() -> None:
    async def pass_on(content: bytes, mail_from: str) -> Reply:
        raise ConnectionRefusedError("alice@example.com")

    async with open_gate(pass_on=pass_on) as door:
        assert await write_to(door, "postmaster", b"x") == Reply.TRY_LATER.line
        rounds = b"Received: by a.example\r\n" * 51
        assert await write_to(door, "postmaster", rounds + b"\r\nx") == Reply.LOOP.line


async def test_the_later_kind_of_recipient_waits() -> None:
    async def pass_on(content: bytes, mail_from: str) -> Reply:
        return Reply.OK

    async with open_gate(pass_on=pass_on) as door:
        client = await door.call()
        client.send(BEFORE)
        await client.replies(2)
        assert await client.say(f"RCPT TO:<{RUF}>") == Reply.RECIPIENT_OK.line
        assert await client.say("RCPT TO:<postmaster>") == Reply.MIXED_RECIPIENTS.line
        client.send(b"RSET\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster>\r\n")
        await client.replies(3)
        assert await client.say(f"RCPT TO:<{RUF}>") == Reply.MIXED_RECIPIENTS.line


async def test_stop_finishes_what_was_begun_and_dismisses_the_idle() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    recorded: list[RawMessage] = []

    async def slow(message: RawMessage) -> Reply:
        begun.set()
        await go_on.wait()
        recorded.append(message)
        return Reply.OK

    async with open_gate(slow) as door:
        idle, reading, busy, gone = [await door.call() for _ in range(4)]
        await reading.start_mail()
        await gone.start_mail()
        await busy.start_mail()
        busy.send(b"x\r\n.\r\n")
        gone.send(b"x\r\n.\r\n")
        await begun.wait()
        await asyncio.sleep(0.05)
        await gone.close()
        stop = asyncio.create_task(door.gate.stop(5))
        assert await idle.replies(2) == [Reply.SHUTDOWN.line, ""]
        with pytest.raises(OSError, match="Connect"):
            await door.dial()
        reading.send(b"late\r\n.\r\n")
        go_on.set()
        for client in (busy, reading):
            assert await client.replies(3) == [Reply.OK.line, Reply.SHUTDOWN.line, ""]
        await stop
        assert len(recorded) == 3


async def test_stop_does_not_wait_for_ever() -> None:
    async def stuck(message: RawMessage) -> Reply:
        await asyncio.sleep(60)
        return Reply.OK

    async with open_gate(stuck) as door:
        client = await door.call()
        await client.start_mail()
        client.send(b"x\r\n.\r\n")
        await asyncio.sleep(0.05)
        await asyncio.wait_for(door.gate.stop(0.1), 2)
        assert not (await client.reader.read()).startswith(b"250")
