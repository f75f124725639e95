"""Bytes that no honest client sends, on a real socket: each is one thing, and never two."""

from __future__ import annotations

import asyncio
import re

import pytest

from rufgate.receive.limits import SessionLimits
from rufgate.receive.replies import Reply
from tests.receive.gates import MAIL, RUF, open_gate, wire

TO = f"RCPT TO:<{RUF}>"
INNER = b"MAIL FROM:<evil@attacker.example>\r\nRCPT TO:<" + RUF.encode() + b">\r\nDATA\r\nsmuggled"

# The ends that some server took for one: CVE-2023-51764, -51765, -51766, CVE-2024-27305, and the
# forms published with and after them.
FALSE_ENDS = [
    b"\n.\n", b"\n.\r\n", b"\n.\r", b"\r\n.\n", b"\r\n.\r", b"\r.\r", b"\r.\r\n", b"\r.\n",
    b"\n\r.\r\n", b"\n\r\n.\n", b"\r\r\n.\r", b"\r\n.\r\r\n", b"\r\n..\r\n", b"\r\n. \r\n",
    b"\r\n .\r\n", b"\r\n.\t\r\n", b"\0\n.\r\n", b"\r\n\0.\r\n", b"\r\n.\0\r\n", b"\r\n.\r\0\n",
    b"\r\0\n.\r\0\n", b"\xe2\x80\xa8.\xe2\x80\xa8", b"\x85.\x85", b"\x0b.\x0b", b"\x0c.\x0c",
]  # fmt: skip


@pytest.mark.parametrize("end", FALSE_ENDS)
async def test_a_false_end_smuggles_nothing(end: bytes) -> None:
    async with open_gate() as door:
        client = await door.call()
        await client.start_mail()
        client.send(b"a" + end + INNER + b"\r\n.\r\nQUIT\r\n")
        assert await client.replies(2) == [Reply.OK.line, Reply.BYE.line]
        (message,) = door.taken
        content = wire(message)
        assert b"smuggled" in content
        assert message.mail_from.reveal() == ""
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)


@pytest.mark.parametrize("cut", range(1, 9))
async def test_the_true_end_is_found_wherever_the_packets_are_cut(cut: int) -> None:
    stream = b"..a\r\n.\r\nNOOP\r\n"
    async with open_gate() as door:
        client = await door.call()
        await client.start_mail()
        for piece in (stream[:cut], stream[cut : cut + 2], stream[cut + 2 :]):
            client.send(piece)
            await asyncio.sleep(0.01)
        assert await client.replies(2) == [Reply.OK.line, Reply.NOTHING_DONE.line]
        assert wire(door.taken[0]) == b".a\r\n"


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (b"RSET\rMAIL FROM:<>\r\n", Reply.BAD_COMMAND_LINE),
        (b"RSET\r\r\n", Reply.BAD_COMMAND_LINE),
        (b"RSET\0\r\n", Reply.BAD_COMMAND_LINE),
        (b"\0\r\n", Reply.BAD_COMMAND_LINE),
        (b"NOOP \xff\xfe\r\n", Reply.NOTHING_DONE),
        (b"\xff\xfe\r\n", Reply.UNKNOWN_COMMAND),
        (b"N\xc3\x96OP\r\n", Reply.UNKNOWN_COMMAND),
        (b"RSET\xe2\x80\xa8NOOP\r\n", Reply.UNKNOWN_COMMAND),
        (b"EHLO \xff\r\n", Reply.BAD_ARGUMENT),
        (b"EHLO c\xc3\xa9\r\n", Reply.BAD_ARGUMENT),
        (b"EHLO " + b"x" * 256 + b"\r\n", Reply.BAD_ARGUMENT),
        (b"NOOP " + b"x" * 1017 + b"\r\n", Reply.NOTHING_DONE),
        (b"NOOP " + b"x" * 1018 + b"\r\n", Reply.COMMAND_TOO_LONG),
        (b"NOOP " + b"x" * 4000 + b"\r\n", Reply.COMMAND_TOO_LONG),
        (b"\t \r\n", Reply.UNKNOWN_COMMAND),
        (b"\x80" * 900 + b"\r\n", Reply.UNKNOWN_COMMAND),
    ],
)
async def test_one_line_is_one_command_and_the_next_is_heard(line: bytes, reply: Reply) -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(line + b"HELP\r\n")
        assert await client.replies(2) == [reply.line, Reply.HELP.line]


@pytest.mark.parametrize("end", [b"\n", b"\n\r\n", b"\n\0\r\n", b"\0\n"])
async def test_a_line_feed_alone_ends_no_command(end: bytes) -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\r\nNOOP" + end + MAIL + b"DATA\r\n")
        assert (await client.reply())[:3] == "250"
        assert await client.reply() == Reply.BARE_NEWLINE_COMMAND.line
        with_reset = await asyncio.gather(client.reader.read(), return_exceptions=True)
        assert with_reset[0] == b"" or isinstance(with_reset[0], ConnectionResetError)
        assert not door.taken


async def test_every_byte_may_stand_in_a_message() -> None:
    """8BITMIME or not; NUL too. Reports of broken mail quote it."""
    every = bytes(byte for byte in range(256) if byte not in b"\r\n")
    for body in (b"", b" BODY=8BITMIME"):
        async with open_gate() as door:
            client = await door.call()
            client.send(b"EHLO c\r\n" + MAIL.replace(b"<>", b"<>" + body, 1) + b"DATA\r\n")
            await client.replies(4)
            assert await client.say(every + b"\r\n.") == Reply.OK.line
            assert wire(door.taken[0]) == every + b"\r\n"


ADDRESSES = [
    ("MAIL FROM:<u@[192.0.2.1]>", Reply.SENDER_OK),
    ("MAIL FROM:<u@[IPv6:2001:db8::1]>", Reply.SENDER_OK),
    ("MAIL FROM:<u@[192.0.2.1>", Reply.BAD_SENDER),
    ("MAIL FROM:<u@192.0.2.1]>", Reply.BAD_SENDER),
    ("MAIL FROM:<u@[]>", Reply.BAD_SENDER),
    ("MAIL FROM:<u@[[192.0.2.1]]>", Reply.BAD_SENDER),
    ("MAIL FROM:<@a.example:>", Reply.BAD_SENDER),
    ("MAIL FROM:<@a.example:u@b.example>", Reply.SENDER_OK),
    ("MAIL FROM:<@" + "a.example,@" * 60 + "b.example:u@d.example>", Reply.SENDER_OK),
    ("MAIL FROM:<u@@b.example>", Reply.BAD_SENDER),
    ("MAIL FROM:<u v@b.example>", Reply.BAD_SENDER),
    ('MAIL FROM:<"u v"@b.example>', Reply.SENDER_OK),
    ('MAIL FROM:<"u\\"@b.example>', Reply.BAD_SENDER),
    ("MAIL FROM:<<u@b.example>>", Reply.BAD_SENDER),
    ("MAIL FROM:<u@b.example>SIZE=1", Reply.BAD_ARGUMENT),
    ("MAIL FROM:<u@b.example> SIZE=1 SIZE=2", Reply.BAD_ARGUMENT),
    ("MAIL FROM:<u@b.example> SIZE=-1", Reply.BAD_ARGUMENT),
    ("MAIL FROM:<u@b.example> SIZE=" + "9" * 400, Reply.BAD_ARGUMENT),
    ("MAIL FROM:<u@b.example> SIZE=\u0661", Reply.BAD_ARGUMENT),
    ("MAIL FROM:<u@b.example> SMTPUTF8=1", Reply.BAD_ARGUMENT),
    ("MAIL FROM:<\u00fc@b\u00fccher.example> SMTPUTF8", Reply.SENDER_OK),
    (b"MAIL FROM:<\xff@b.example> SMTPUTF8", Reply.BAD_SENDER),
    (b"MAIL FROM:<u@\xed\xa0\x80.example> SMTPUTF8", Reply.BAD_SENDER),
]


@pytest.mark.parametrize(("command", "reply"), ADDRESSES)
async def test_odd_senders(command: str | bytes, reply: Reply) -> None:
    async with open_gate() as door:
        client = await door.call()
        await client.say("EHLO [IPv6:2001:db8::7]")
        assert await client.say(command) == reply.line


RECIPIENTS = [
    ("RCPT TO:<dmarc-ruf@[127.0.0.1]>", Reply.NO_RELAY),
    ("RCPT TO:<dmarc-ruf@[IPv6:::1]>", Reply.NO_RELAY),
    ("RCPT TO:<dmarc-ruf%ruf.example.org@other.example>", Reply.NO_RELAY),
    ("RCPT TO:<other.example!dmarc-ruf@ruf.example.org>", Reply.NO_SUCH_RECIPIENT),
    ("RCPT TO:<@ruf.example.org:u@other.example>", Reply.NO_RELAY),
    ("RCPT TO:<dmarc-ruf@ruf.example.org@other.example>", Reply.BAD_RECIPIENT),
    ("RCPT TO:<dmarc-ruf@ruf.example.org.>", Reply.NO_RELAY),
    ('RCPT TO:<"dmarc-ruf@ruf.example.org"@other.example>', Reply.NO_RELAY),
    ('RCPT TO:<"dmarc-r\\uf"@ruf.example.org>', Reply.RECIPIENT_OK),
    ("RCPT TO:<dmarc-ruf@ruf.ex\u00e4mple.org>", Reply.NO_RELAY),
    (b"RCPT TO:<dmarc-ruf@ruf.example.org\0>", Reply.BAD_COMMAND_LINE),
    (b"RCPT TO:<dmarc-ruf@ruf.example.org\xff>", Reply.BAD_RECIPIENT),
]


@pytest.mark.parametrize(("command", "reply"), RECIPIENTS)
async def test_odd_recipients(command: str | bytes, reply: Reply) -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\r\nMAIL FROM:<> SMTPUTF8\r\n")
        await client.replies(2)
        assert await client.say(command) == reply.line


async def test_commands_behind_data_are_content_until_the_354_is_read_or_not() -> None:
    """Whoever does not wait for the 354 has sent a message, and no commands."""
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\r\n" + MAIL + b"DATA\r\nRSET\r\n" + INNER + b"\r\n.\r\nNOOP\r\n")
        assert (await client.replies(6))[3:] == [
            Reply.GO_AHEAD.line,
            Reply.OK.line,
            Reply.NOTHING_DONE.line,
        ]
        assert wire(door.taken[0]).startswith(b"RSET\r\nMAIL FROM:<evil")


async def test_data_that_is_refused_makes_its_content_bad_commands_until_the_limit() -> None:
    """The client did not wait for the 503: its lines are commands, and soon too many."""
    async with open_gate(limits=SessionLimits(max_errors=5)) as door:
        client = await door.call()
        client.send(b"EHLO c\r\nDATA\r\n" + b"Subject: a\r\n" * 10)
        replies = await client.replies(8)
        assert replies[1] == Reply.BAD_SEQUENCE.line
        assert replies[6] == Reply.TOO_MANY_ERRORS.line


async def test_a_flood_of_recipients_is_bounded_twice() -> None:
    async with open_gate(limits=SessionLimits(max_recipients=100, max_commands=300)) as door:
        client = await door.call()
        client.send(b"EHLO c\r\nMAIL FROM:<>\r\n" + f"{TO}\r\n".encode() * 10_000)
        replies = await client.replies(301)
        assert replies.count(Reply.RECIPIENT_OK.line) == 100
        assert replies.count(Reply.TOO_MANY_RECIPIENTS.line) == 198
        assert replies[-1] == Reply.TOO_MANY_COMMANDS.line


async def test_a_flood_of_unknown_recipients_ends_the_session() -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\r\nMAIL FROM:<>\r\n")
        client.send(b"".join(b"RCPT TO:<u%d@ruf.example.org>\r\n" % n for n in range(1000)))
        replies = await client.replies(23)
        assert replies[2:22] == [Reply.NO_SUCH_RECIPIENT.line] * 20
        assert replies[22] == Reply.TOO_MANY_ERRORS.line
