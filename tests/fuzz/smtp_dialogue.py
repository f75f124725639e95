"""Conversations that no client should have, with the real server on a real socket.

    python -m tests.fuzz.smtp_dialogue --seconds 60

In:  a seed; it decides each step: commands, garbage, pipelining, cuts, long lines, junk for TLS.
Out: how many conversations went by; ``AssertionError`` where the server did what it must not:
     said what is not in its table, kept silent without closing, echoed, met trouble of its own, or
     served others no more.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ssl
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import trustme

from rufgate.receive.fronts import Fronts
from rufgate.receive.limits import SessionLimits
from rufgate.receive.replies import Reply
from rufgate.receive.smtp_server import server_tls
from tests.fuzz.choices import Choices
from tests.receive.gates import MAIL, Client, Door, open_gate
from tests.receive.test_fronts import fronts

MARK = "Quillovexmar"
PATIENCE_S = 30.0  # of a busy machine; the server's own deadlines are longer
LIMITS = SessionLimits(max_message_bytes=40_000, max_line=4_000, max_commands=40, max_errors=8)
HOST = "mx.ruf.example.org"
LINES = (
    *(
        "EHLO {m}.example",
        "HELO {m}",
        "EHLO",
        "EHLO {m} {m}",
        "EHLO [198.51.100.1]",
        "HELO \u00e9{m}",
    ),
    *("MAIL FROM:<>", "MAIL FROM:<{m}@a.example>", "MAIL FROM:{m}@a.example", "mail from: <{m}@a>"),
    *("MAIL FROM:<{m}@a.example> SIZE=99999999", "MAIL FROM:<> BODY=8BITMIME SMTPUTF8 {m}=1"),
    *("MAIL FROM:<@b,@c:{m}@a.example>", "MAIL FROM:<\u00e9{m}@a.example> SMTPUTF8", "MAIL {m}"),
    *("RCPT TO:<dmarc-ruf@ruf.example.org>", "RCPT TO:<{m}@other.example>", "RCPT TO:<postmaster>"),
    *("RCPT TO:<dmarc-ruf@ruf.example.org> NOTIFY=NEVER", "RCPT TO:<", "RCPT TO:<{m}@[192.0.2.1]>"),
    *(
        "DATA",
        "DATA",
        "DATA {m}",
        "RSET",
        "RSET {m}",
        "NOOP {m}",
        "HELP {m}",
        "VRFY {m}",
        "EXPN {m}",
    ),
    *(
        "AUTH PLAIN {m}",
        "QUIT {m}",
        "STARTTLS {m}",
        "BDAT 10 LAST",
        "ETRN {m}",
        "{m}",
        "",
        " ",
        "\t",
    ),
    *(
        "XFORWARD NAME={m} ADDR=192.0.2.9",
        "XFORWARD ADDR={m}",
        "XCLIENT ADDR=192.0.2.9",
        "GET / {m}",
    ),
    *("PROXY TCP4 192.0.2.9 192.0.2.1 5 25", "PROXY {m}", "\0{m}", "NOOP\0", "RS\rET", "\x7f{m}"),
)
CONTENT = (
    *(
        b"Subject: Quillovexmar\r\n",
        b"\r\n",
        b".",
        b".\r\n",
        b"\r\n.\n",
        b"\n.\r\n",
        b"\n.\n",
        b"\r.\r",
    ),
    *(
        b"\r\n.\r",
        b"..\r\n",
        b"\r\n..\r\n",
        b"a" * 5_000,
        b"\0Quillovexmar\xff",
        b"\r\n.\r\nQUIT\r\n",
    ),
    *(
        b"x" * 70 + b"\r\n",
        b"MAIL FROM:<Quillovexmar@b.example>\r\n",
        b"\r\n" * 500,
        b"\xc3\xa9\r\n",
    ),
)
ENDS = (b"\r\n",) * 12 + (b"\n", b"\r", b"\r\r\n", b"")
HEADERS = (
    b"PROXY TCP4 192.0.2.9 192.0.2.1 5 25\r\n",
    b"PROXY UNKNOWN Quillovexmar\r\n",
    b"PROXY TCP4 Quillovexmar\r\n",
    b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c\xc0\x00\x02\x09\xc0\x00\x02\x01\x00\x05\x00\x19",
    b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xffQuillovexmar",
    b"\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00",
    b"",
)
_TABLE = frozenset(reply.line for reply in Reply) | {f"220 {HOST} ESMTP rufgate", f"250 {HOST}"}
_EHLO = frozenset(
    {HOST, "PIPELINING", f"SIZE {LIMITS.max_message_bytes}", "8BITMIME", "SMTPUTF8", "STARTTLS",
     "ENHANCEDSTATUSCODES", "HELP", "XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE"}
)  # fmt: skip


class Talk:
    """One conversation; reads all the time, so that the server is never kept from writing."""

    def __init__(self, client: Client, choices: Choices) -> None:
        self._client, self._choices = client, choices
        self.heard = bytearray()
        self._secret = False  # the bytes that come are TLS's, no lines

    async def hold(self) -> None:
        """Speak, then wait for the server's end."""
        listening = asyncio.create_task(self._listen())
        try:
            for _ in range(1 + self._choices.number(14)):
                self._step()
                await self._pause()
                if listening.done():
                    break
            await self._end(listening)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self) -> None:
        with contextlib.suppress(ConnectionError):
            while chunk := await self._client.reader.read(65_536):
                self.heard += chunk

    def _step(self) -> None:
        choices = self._choices
        kind = choices.number(16)
        if kind < 8:
            self._say(self._line())
        elif kind < 10:
            self._say(b"".join(self._line() for _ in range(1 + choices.number(30))))
        elif kind < 12:
            self._say(b"EHLO c.example\r\n" + MAIL + b"DATA\r\n" + self._content())
        elif kind == 12:
            self._say(b"NOOP " + b"Quillovexmar" * (1 + choices.number(9_000)) + choices.pick(ENDS))
        elif kind == 13:
            self._say(Random(choices.number(65_536)).randbytes(1 + choices.number(2_000)))
        elif kind == 14:
            self._say(self._content())
        else:
            self._secret = True
            junk = Random(choices.number(65_536)).randbytes(choices.number(300))
            self._say(
                b"STARTTLS\r\n" + choices.pick((b"", b"EHLO Quillovexmar\r\n", b"\x16\x03\x01"))
            )
            self._say(junk)

    def _say(self, data: bytes) -> None:
        if not self._client.writer.is_closing():
            self._client.send(data)

    def _line(self) -> bytes:
        text = self._choices.pick(LINES).replace("{m}", MARK)
        return text.encode("utf-8" if self._choices.is_so() else "latin-1") + self._choices.pick(
            ENDS
        )

    def _content(self) -> bytes:
        pieces = b"".join(self._choices.some(CONTENT, 12))
        return pieces + (b"" if self._choices.is_so(4) else b"\r\n.\r\n")

    async def _pause(self) -> None:
        await asyncio.sleep(self._choices.pick((0, 0, 0, 0.001, 0.01)))

    async def _end(self, listening: asyncio.Task[None]) -> None:
        writer = self._client.writer
        how = self._choices.number(4)
        if how == 0 or self._secret:
            writer.transport.abort()
            return
        with contextlib.suppress(OSError):
            if how == 1:
                self._say(b"\r\n.\r\nQUIT\r\n")
            writer.write_eof()
        await asyncio.wait_for(listening, PATIENCE_S)  # an answer or an end, never silence

    def check(self) -> None:
        """Each whole line that was heard in the clear is one of the table's."""
        assert MARK.lower().encode() not in self.heard.lower(), "the server repeats its client"
        plain = bytes(self.heard).partition(Reply.START_TLS.line.encode())[0]
        for line in plain.split(b"\r\n")[:-1]:
            text = line.decode("ascii")
            if text[:4] in ("250-", "250 ") and text[4:] in _EHLO:
                continue
            assert text in _TABLE, f"not in the table: {text[:40]}"


async def conversation(door: Door, data: bytes, *, is_front: bool) -> None:
    """One conversation with ``door``, decided by ``data``."""
    choices = Choices(data)
    client = await door.dial()
    try:
        if is_front:
            client.send(choices.pick(HEADERS))
        talk = Talk(client, choices)
        await talk.hold()
        talk.check()
    finally:
        await client.close()
        door.clients.remove(client)


async def served(door: Door, header: bytes) -> None:
    """A sender that keeps the rules gets its 250 beside all that."""
    client = await door.dial()
    client.send(header)
    assert (await client.reply()).startswith("220 "), "others are served no more"
    client.send(b"EHLO a.example\r\n" + MAIL + b"DATA\r\nSubject: x\r\n\r\nx\r\n.\r\n")
    replies = await client.replies(5)
    assert replies[-1] == Reply.OK.line, "others are served no more"
    await client.close()
    door.clients.remove(client)


async def run(seed: int, seconds: float, tls: ssl.SSLContext, *, rounds: int = 10**9) -> int:
    """Conversations, eight at a time, a decent sender among them; how many there were."""
    rng, done, began = Random(seed), 0, time.monotonic()
    for round_number in range(rounds):
        if time.monotonic() - began > seconds:
            break
        is_front = bool(round_number % 2)
        behind = {"fronts": fronts("proxy") if round_number % 4 == 1 else fronts()}
        extra: dict[str, Fronts] = behind if is_front else {}
        async with open_gate(limits=LIMITS, tls=tls, **extra) as door:
            for _ in range(8):
                talks = [
                    conversation(door, rng.randbytes(260), is_front=is_front) for _ in range(8)
                ]
                await asyncio.gather(*talks, served(door, HEADERS[0] if is_front else b""))
                done += 8
                door.taken.clear()
        check_log(door)
    return done


def check_log(door: Door) -> None:
    """The log tells of no trouble, and of nobody."""
    events = {event for event, _ in door.log.lines}
    assert not {event for event in events if "trouble" in event}, events
    assert MARK.lower() not in repr(door.log.lines).lower(), "the log repeats a client"


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate of its own."""
    issued = trustme.CA().issue_cert(HOST)
    issued.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    return server_tls(folder / "cert.pem", folder / "key.pem")


def main() -> int:
    """Prints one line; raises at the first find."""
    parser = argparse.ArgumentParser(description="Talk nonsense to the SMTP server.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tls = certificate(Path(folder))
        print(f"smtp_dialogue  seed {given.seed}", flush=True)
        count = asyncio.run(run(given.seed, given.seconds, tls))
    print(f"{'smtp_dialogue':<14}{count:>10,} conversations {time.monotonic() - began:>5.0f} s  ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
