"""From DATA to the reply: what is taken, what is refused, and what a lost client changes."""

from __future__ import annotations

import asyncio
import shutil
import subprocess

import pytest

from rufgate.receive.limits import SessionLimits
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from tests.receive.gates import MAIL, NOW, RUF, open_gate, wire

LINE = b"x" * 58 + b"\r\n"
SMALL = SessionLimits(max_message_bytes=100_000, max_line=2000, memory_budget_bytes=200_000)


async def test_a_message_is_handed_over_with_its_envelope() -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(
            b"EHLO mx.reporter.example\r\nMAIL FROM:<@a.example:r@b.example>\r\n"
            b"RCPT TO:<" + RUF.encode() + b">\r\nDATA\r\n..dot\r\nline\r\n.\r\n"
        )
        assert (await client.replies(5))[4] == Reply.OK.line
        (message,) = door.taken
        assert wire(message) == b".dot\r\nline\r\n"
        assert message.mail_from.reveal() == "r@b.example"
        assert message.helo.reveal() == "mx.reporter.example"
        assert message.client_ip.reveal() == "127.0.0.1"
        assert message.received_at == NOW


@pytest.mark.parametrize(
    ("content", "reply"),
    [
        (b"x\r\n" * 40_000, Reply.TOO_BIG),
        (b"x" * 2001 + b"\r\n", Reply.LINE_TOO_LONG),
        (b"x\n" * 10, Reply.OK),
        (b"", Reply.OK),
    ],
)
async def test_the_reply_comes_after_the_dot_and_the_session_goes_on(
    content: bytes, reply: Reply
) -> None:
    async with open_gate(limits=SMALL) as door:
        client = await door.call()
        await client.start_mail()
        client.send(content + b"\r\n.\r\nNOOP\r\n")
        assert await client.replies(2) == [reply.line, Reply.NOTHING_DONE.line]
        assert len(door.taken) == (reply is Reply.OK)


@pytest.mark.parametrize("flood", [b"x" * 64_000, b"line\r\n" * 10_000])
async def test_a_flood_is_cut_off(flood: bytes) -> None:
    async with open_gate(limits=SMALL) as door:
        client = await door.call()
        await client.start_mail()
        client.send(flood * 10)
        assert await client.reply() == Reply.DATA_FLOOD.line
        assert not door.taken


async def test_bare_newlines_are_refused_where_so_configured() -> None:
    async with open_gate(limits=SessionLimits(refuse_bare_newlines=True)) as door:
        client = await door.call()
        await client.start_mail()
        assert await client.say(b"a\nb\r\n.") == Reply.BARE_NEWLINE_DATA.line


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r"])
async def test_smuggling_yields_one_message(end: bytes) -> None:
    async with open_gate() as door:
        client = await door.call()
        await client.start_mail()
        client.send(b"a" + end + MAIL + b"DATA\r\nsmuggled\r\n.\r\nQUIT\r\n")
        assert await client.replies(2) == [Reply.OK.line, Reply.BYE.line]
        (message,) = door.taken
        assert b"smuggled" in wire(message)
        assert b"\n" not in wire(message).replace(b"\r\n", b"")
        (line,) = [values for event, values in door.log.lines if event == "message"]
        assert line["bare_newlines"]


async def test_trouble_in_accept_is_451_without_a_word_of_it() -> None:
    async def broken(message: RawMessage) -> Reply:
        raise ValueError("secret alice@example.com in text")

    async with open_gate(broken) as door:
        client = await door.call()
        await client.start_mail()
        assert await client.say(b"x\r\n.") == Reply.TRY_LATER.line
        assert await client.say("DATA") == Reply.BAD_SEQUENCE.line
        assert ("accept_trouble", {"error_type": "ValueError"}) in door.log.lines
        assert "secret" not in repr(door.log.lines)


async def test_what_accept_answers_passes_through() -> None:
    async def loops(message: RawMessage) -> Reply:
        return Reply.LOOP

    async with open_gate(loops) as door:
        client = await door.call()
        await client.start_mail()
        assert await client.say(b"x\r\n.") == Reply.LOOP.line


@pytest.mark.parametrize("leave", ["half-close", "close", "reset"])
async def test_a_client_that_leaves_after_the_dot_does_not_stop_the_commit(leave: str) -> None:
    begun, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(message: RawMessage) -> Reply:
        begun.set()
        await go_on.wait()
        done.set()
        return Reply.OK

    async with open_gate(slow) as door:
        client = await door.call()
        await client.start_mail()
        client.send(b"x\r\n.\r\n")
        await begun.wait()
        match leave:
            case "half-close":
                client.writer.write_eof()
            case "close":
                client.writer.close()
            case "reset":
                client.writer.transport.abort()
        await asyncio.sleep(0.05)
        assert not done.is_set()
        go_on.set()
        await asyncio.wait_for(done.wait(), 5)
        if leave == "half-close":
            assert await client.reply() == Reply.OK.line


async def test_a_message_without_its_dot_is_not_taken() -> None:
    async with open_gate() as door:
        client = await door.call()
        await client.start_mail()
        client.send(b"half a mess")
        client.writer.write_eof()
        assert await client.reply() == ""
        assert not door.taken
        assert [values["reply"] for event, values in door.log.lines if event == "message"] == [
            "aborted"
        ]


async def test_slow_data_and_slow_accept_have_their_deadlines() -> None:
    async def stuck(message: RawMessage) -> Reply:
        await asyncio.sleep(0.5)
        return Reply.OK

    limits = SessionLimits(data_timeout_s=0.2, accept_timeout_s=0.1)
    async with open_gate(stuck, limits=limits) as door:
        client = await door.call()
        await client.start_mail()
        assert await client.say(b"x\r\n.") == Reply.OVERLOADED.line
        client.send(MAIL + b"DATA\r\nslow")
        assert (await client.replies(4))[3] == Reply.DATA_TOO_SLOW.line


async def test_memory_of_all_sessions_is_bounded_and_given_back() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(message: RawMessage) -> Reply:
        begun.set()
        await go_on.wait()
        return Reply.OK

    async with open_gate(slow, limits=SMALL) as door:
        first, second, third = await door.call(), await door.call(), await door.call()
        await second.start_mail()
        await first.start_mail()
        first.send(LINE * 1_650 + b".\r\n")
        await begun.wait()
        third.send(b"EHLO c\r\n" + MAIL.replace(b"<>", b"<> SIZE=99999", 1) + b"DATA\r\n")
        second.send(LINE * 1_650)
        third_mail = await third.replies(4)
        await asyncio.sleep(0.1)
        assert third_mail[3] in (Reply.STORE_FULL.line, Reply.GO_AHEAD.line)
        if third_mail[3] == Reply.GO_AHEAD.line:
            third.send(LINE * 1_650 + b".\r\n")
            assert await third.reply() == Reply.STORE_FULL.line
        go_on.set()
        assert await first.reply() == Reply.OK.line
        second.send(b".\r\n")
        assert await second.reply() == Reply.OK.line
        await third.start_mail()
        third.send(LINE * 1_650 + b".\r\n")
        assert await third.reply() == Reply.OK.line


async def test_many_messages_in_one_session_are_no_flood_of_commands() -> None:
    async with open_gate(limits=SessionLimits(max_commands=5)) as door:
        client = await door.call()
        await client.say("EHLO c")
        for _ in range(10):
            client.send(MAIL + b"DATA\r\nx\r\n.\r\n")
            assert (await client.replies(4))[3] == Reply.OK.line
        assert len(door.taken) == 10


async def run(*command: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    output, _ = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, output.decode("utf-8", "replace")


@pytest.mark.skipif(not shutil.which("swaks"), reason="no swaks: apt install swaks")
async def test_swaks_delivers() -> None:
    async with open_gate() as door:
        server = f"127.0.0.1:{door.gate.port}"
        code, output = await run("swaks", "--server", server, "--to", RUF, "--from", "<>")
        assert code == 0, output
        assert len(door.taken) == 1


@pytest.mark.skipif(not shutil.which("smtp-source"), reason="no smtp-source: apt install postfix")
async def test_smtp_source_delivers_in_parallel() -> None:
    async with open_gate() as door:
        sizes = ("-s", "5", "-m", "50", "-l", "30000")
        code, output = await run("smtp-source", *sizes, "-t", RUF, f"127.0.0.1:{door.gate.port}")
        assert code == 0, output
        assert len(door.taken) == 50
