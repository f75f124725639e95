"""The dialogue up to DATA: every reply comes from the table (RFC 5321)."""

from __future__ import annotations

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rufgate.receive.limits import Rate, SessionLimits
from rufgate.receive.rates import ClientRates
from rufgate.receive.replies import Reply
from tests.receive.gates import MAIL, RUF, open_gate

TO = f"RCPT TO:<{RUF}>"

DIALOGUE = [
    # (what was said before, the command, the reply)
    ([], "HELO", Reply.BAD_ARGUMENT),
    ([], "MAIL FROM:<>", Reply.BAD_SEQUENCE),
    (["EHLO c"], TO, Reply.BAD_SEQUENCE),
    (["EHLO c"], "DATA", Reply.BAD_SEQUENCE),
    (["EHLO c", "MAIL FROM:<>"], "DATA", Reply.BAD_SEQUENCE),
    (["EHLO c", "MAIL FROM:<>"], "MAIL FROM:<>", Reply.BAD_SEQUENCE),
    (["EHLO c", "MAIL FROM:<>", TO], "DATA now", Reply.BAD_ARGUMENT),
    (["EHLO c", "MAIL FROM:<>", "RSET"], TO, Reply.BAD_SEQUENCE),
    (["EHLO c", "MAIL FROM:<>", "EHLO c"], TO, Reply.BAD_SEQUENCE),
    (["EHLO c"], "RSET", Reply.FLUSHED),
    ([], "NOOP anything", Reply.NOTHING_DONE),
    ([], "HELP", Reply.HELP),
    ([], "VRFY dmarc-ruf", Reply.CANNOT_VERIFY),
    ([], "EXPN staff", Reply.NOT_IMPLEMENTED),
    (["EHLO c"], "AUTH PLAIN AGEAYg==", Reply.NOT_IMPLEMENTED),
    (["EHLO c"], "BDAT 5 LAST", Reply.UNKNOWN_COMMAND),
    ([], "", Reply.UNKNOWN_COMMAND),
    ([], "NOOP " + "x" * 1100, Reply.COMMAND_TOO_LONG),
    ([], "NOOP \0", Reply.BAD_COMMAND_LINE),
    ([], "NOOP \rRSET", Reply.BAD_COMMAND_LINE),
    (["EHLO c"], "STARTTLS", Reply.TLS_UNAVAILABLE),
    ([], "QUIT", Reply.BYE),
    (["EHLO c"], "MAIL FROM:<reporter@mx.example>", Reply.SENDER_OK),
    (["EHLO c"], "mail from: <> size=100 body=8bitmime smtputf8", Reply.SENDER_OK),
    (["EHLO c"], "MAIL FROM:<@a.example,@b.example:u@d.example>", Reply.SENDER_OK),
    (["EHLO c"], "MAIL FROM:<a@[1.2.3.4>", Reply.BAD_SENDER),
    (["EHLO c"], "MAIL FROM:<nobody", Reply.BAD_SENDER),
    (["EHLO c"], "MAIL FROM:<nobody>", Reply.BAD_SENDER),
    (["EHLO c"], "MAIL FROM:", Reply.BAD_ARGUMENT),
    (["EHLO c"], "MAIL", Reply.BAD_ARGUMENT),
    (["EHLO c"], "MAIL FROM:<r\u00e9@mx.example>", Reply.NOT_ASCII),
    (["EHLO c"], "MAIL FROM:<r\u00e9@mx.example> SMTPUTF8", Reply.SENDER_OK),
    (["EHLO c"], "MAIL FROM:<> SIZE=999999999999", Reply.TOO_BIG),
    (["EHLO c"], "MAIL FROM:<> SIZE=many", Reply.BAD_ARGUMENT),
    (["EHLO c"], "MAIL FROM:<> =x", Reply.BAD_ARGUMENT),
    (["EHLO c"], "MAIL FROM:<> RET=FULL", Reply.UNKNOWN_PARAMETER),
    (["EHLO c"], "MAIL FROM:<> BODY=BINARYMIME", Reply.UNKNOWN_PARAMETER),
    (["EHLO c", "MAIL FROM:<>"], TO, Reply.RECIPIENT_OK),
    (["EHLO c", "MAIL FROM:<>"], "RCPT TO:<DMARC-RUF@RUF.Example.ORG>", Reply.RECIPIENT_OK),
    (["EHLO c", "MAIL FROM:<>"], f"RCPT TO:<@a.example,@b.example:{RUF}>", Reply.RECIPIENT_OK),
    (["EHLO c", "MAIL FROM:<>"], 'RCPT TO:<"dmarc-ruf"@ruf.example.org>', Reply.RECIPIENT_OK),
    (["EHLO c", "MAIL FROM:<>"], "RCPT TO:<x@ruf.example.org>", Reply.NO_SUCH_RECIPIENT),
    (["EHLO c", "MAIL FROM:<>"], f"RCPT TO:<x{RUF}>", Reply.NO_SUCH_RECIPIENT),
    (["EHLO c", "MAIL FROM:<>"], "RCPT TO:<x@other.example>", Reply.NO_RELAY),
    (["EHLO c", "MAIL FROM:<>"], f"RCPT TO:<{RUF}.other.example>", Reply.NO_RELAY),
    (["EHLO c", "MAIL FROM:<>"], f"RCPT TO:{RUF}", Reply.BAD_RECIPIENT),
    (["EHLO c", "MAIL FROM:<>"], f"RCPT TO:<{RUF}", Reply.BAD_RECIPIENT),
    (["EHLO c", "MAIL FROM:<>"], "RCPT TO:<>", Reply.BAD_RECIPIENT),
    (["EHLO c", "MAIL FROM:<>"], "RCPT TO:<\u00e9@ruf.example.org>", Reply.NOT_ASCII),
    (["EHLO c", "MAIL FROM:<>"], f"{TO} NOTIFY=NEVER", Reply.UNKNOWN_PARAMETER),
    (["EHLO c", "MAIL FROM:<>"], "RCPT TO:<postmaster>", Reply.NO_SUCH_RECIPIENT),
]


@pytest.mark.parametrize(("before", "command", "reply"), DIALOGUE)
async def test_each_command_gets_the_reply_of_the_table(
    before: list[str], command: str, reply: Reply
) -> None:
    async with open_gate() as door:
        client = await door.call()
        for line in before:
            assert (await client.say(line))[0] == "2"
        assert await client.say(command) == reply.line


async def test_ehlo_names_what_there_is_and_no_more() -> None:
    async with open_gate(limits=SessionLimits(max_message_bytes=5000)) as door:
        client = await door.call()
        assert (await client.say("EHLO c")).splitlines() == [
            "250-mx.ruf.example.org",
            "250-PIPELINING",
            "250-SIZE 5000",
            "250-8BITMIME",
            "250-SMTPUTF8",
            "250-ENHANCEDSTATUSCODES",
            "250 HELP",
        ]
        assert await client.say("HELO c") == "250 mx.ruf.example.org"


def test_every_reply_has_a_matching_enhanced_code() -> None:
    """RFC 2034: the class of the enhanced code is that of the reply."""
    for reply in Reply:
        if reply is not Reply.GO_AHEAD:
            assert reply.enhanced[0] == str(reply.code)[0], reply
        assert reply.line.isascii()
        assert len(reply.line) < 512
    assert len(Reply.__members__) == len(list(Reply)), "two rows of the table are the same"


async def test_a_bare_line_feed_ends_the_session() -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\nMAIL FROM:<>\r\n")
        assert await client.reply() == Reply.BARE_NEWLINE_COMMAND.line
        assert await client.reply() == ""


async def test_an_endless_command_line_ends_the_session() -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"NOOP " + b"x" * 200_000)
        assert await client.reply() == Reply.COMMAND_TOO_LONG.line


async def test_pipelined_commands_are_answered_in_order() -> None:
    async with open_gate() as door:
        client = await door.call()
        client.send(b"EHLO c\r\n" + MAIL + b"RCPT TO:<no@ruf.example.org>\r\nDATA\r\n")
        answers = await client.replies(5)
        assert [answer[:3] for answer in answers] == ["250", "250", "250", "550", "354"]
        client.send(b"Subject: a\r\n\r\nx\r\n.\r\n" + MAIL + b"QUIT\r\n")
        assert [answer[:3] for answer in await client.replies(4)] == ["250", "250", "250", "221"]
        assert len(door.taken) == 1


async def test_too_many_recipients_errors_and_commands() -> None:
    limits = SessionLimits(max_recipients=2, max_errors=3, max_commands=12)
    async with open_gate(limits=limits) as door:
        client = await door.call()
        client.send(b"EHLO c\r\nMAIL FROM:<>\r\n")
        await client.replies(2)
        assert [await client.say(TO) for _ in range(3)] == [
            Reply.RECIPIENT_OK.line,
            Reply.RECIPIENT_OK.line,
            Reply.TOO_MANY_RECIPIENTS.line,
        ]
        assert [await client.say("X") for _ in range(4)][-1] == Reply.TOO_MANY_ERRORS.line
        assert await client.reply() == ""
        other = await door.call()
        assert [await other.say("NOOP") for _ in range(13)][-1] == Reply.TOO_MANY_COMMANDS.line


async def test_rate_and_connection_limits() -> None:
    limits = SessionLimits(max_connections=2, max_connections_per_ip=1)
    rates = ClientRates(per_address=Rate(per_second=0.001, burst=1))
    async with open_gate(limits=limits, rates=rates) as door:
        client = await door.call()
        refused = await door.dial()
        assert await refused.reply() == Reply.TOO_MANY_FROM_CLIENT.line
        assert await refused.reply() == ""
        client.send(b"EHLO c\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\n")
        assert (await client.replies(4))[3] == Reply.RATE_LIMITED.line
        await client.say("QUIT")
        await client.reply()
        await door.call()


async def test_too_many_connections_in_all() -> None:
    async with open_gate(limits=SessionLimits(max_connections=1)) as door:
        await door.call()
        refused = await door.dial()
        assert await refused.reply() == Reply.TOO_MANY_SESSIONS.line


async def test_idle_and_overlong_sessions_are_told_so() -> None:
    for limits, reply in (
        (SessionLimits(command_timeout_s=0.1), Reply.IDLE),
        (SessionLimits(session_timeout_s=0.1), Reply.SESSION_TOO_LONG),
    ):
        async with open_gate(limits=limits) as door:
            client = await door.call()
            assert await client.reply() == reply.line
            assert await client.reply() == ""


async def test_the_library_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_gate() as door:
        logging.getLogger("mail.log").addHandler(caplog.handler)
        client = await door.call()
        await client.start_mail()
        await client.say(b"Subject: hush\r\n\r\nx\r\n.")
        assert not [record for record in caplog.records if record.name == "mail.log"]
        said = repr(door.log.lines)
        assert "127.0.0.0/24" in said
        for secret in ("127.0.0.1", "dmarc-ruf", "client.example", "hush"):
            assert secret not in said


WORDS = st.sampled_from(
    [b"EHLO c", b"MAIL FROM:<>", TO.encode(), b"DATA", b"RSET", b"<", b"@", b":", b" ", b"\xff"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(WORDS | st.binary(max_size=9), max_size=5).map(b"".join), max_size=12))
async def test_whatever_is_said_the_reply_is_of_the_table(lines: list[bytes]) -> None:
    known = {reply.line for reply in Reply}
    async with open_gate() as door:
        client = await door.call()
        client.send(b"".join(line + b"\r\n" for line in lines) + b"\r\n.\r\nQUIT\r\n")
        client.writer.write_eof()
        while reply := await client.reply():
            assert reply in known or reply.startswith("250-mx.ruf.example.org\n"), reply
