"""The targets, each with seeds and a share of the time; what both drivers run.

In:  nothing.
Out: ``TARGETS`` by name; ``run_one`` runs one input and calls a slow one a hang.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from bench.leak.generate import case
from tests import reports
from tests.fuzz import targets_gate, targets_parts, targets_search, targets_whole
from tests.fuzz.choices import Choices
from tests.fuzz.grammar import Maker

HANG_S = 2.0  # of processor time: other processes of a busy machine make nobody a hang


class HangError(AssertionError):
    """One input took longer than ``HANG_S``."""


@dataclass(frozen=True)
class Target:
    """``check`` takes any bytes. ``weight``: its share of a run, in parts of all weights."""

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    weight: int = 2
    max_len: int = 4096
    examples: int = 150  # in a run of hypothesis


def _mails() -> Iterator[bytes]:
    yield from (
        reports.report(),
        reports.headers_only(),
        reports.EXIM_TEMPLATE,
        reports.report(reports.report(boundary="inner")),
        b"\n".join(reports.report().splitlines()),
    )
    for number in range(24):
        yield case(number, seed=4, part="tune").content
    rng = Random("mails")
    for _ in range(40):
        yield Maker(Choices(rng.randbytes(200))).report().planted.content


def _thirds() -> Iterator[bytes]:
    for mail in _mails():
        head = mail.rpartition(b"Content-Type: message/rfc822\r\n\r\n")[2]
        yield head.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def _second_parts() -> Iterator[bytes]:
    for mail in _mails():
        fields = mail.partition(b"feedback-report\r\n\r\n")[2]
        yield fields.partition(b"\r\n\r\n")[0] or b"Feedback-Type: auth-failure\r\n"


def _results() -> Iterator[bytes]:
    for fields in _second_parts():
        yield fields.partition(b"Authentication-Results:")[2].partition(b"\r\n")[0]


def _pages() -> Iterator[bytes]:
    yield b"<p>a<b>b</b><!-- c --><a href='mailto:x@y.example'>d</a><table><tr><td>e<td>f</table>"
    yield b'<div style="display:none">x</div><svg><title>t</title></svg><br hidden>&ZeroWidthSpace;'
    for mail in _mails():
        page = mail.partition(b"<html>")[2].partition(b"</html>")[0]
        if page:
            yield b"<html>" + page


def _decisions() -> Iterator[bytes]:
    rng = Random("decisions")
    yield b""
    for size in range(20, 220, 4):
        yield rng.randbytes(size)


def _links() -> Iterator[bytes]:
    rng = Random("links")
    for text in (b"see https://a.example/x?y=z, www.b.example/c and <https://d.example/e f> ok",
                 b"mailto:x@y.example tel:+1 data:text/plain,x d.example.com/u"):  # fmt: skip
        yield from (rng.randbytes(8) + text for _ in range(10))


def _arguments() -> Iterator[bytes]:
    yield from (b"<a@b.example> SIZE=1 BODY=8BITMIME SMTPUTF8", b'<"a b"@[192.0.2.1]>')
    yield from (b"<@a,@b:c@d.e>", b"ADDR=192.0.2.9 HELO=a+20b", b"\0\x0c" + bytes(12))
    yield b"192.0.2.9 192.0.2.1 5 25\r\n"


def _contents() -> Iterator[bytes]:
    for content in (b"a\r\n.\r\nb", b".\r\n", b"..\r\n.\n\r.\r\n.\r\n", b"x" * 300 + b"\r\n.\r\n"):
        yield b"\x03\0\x02\0\x05\0\x06" + content


def _named() -> Iterator[bytes]:
    yield b"v=spf1 include:%{ir}.%{v}.%{d2}.a.example ip4:192.0.2.0/24 mx/24//64 ~all"
    yield b"v=DMARC1; p=none; psd=y; adkim=s"
    signature = b"DKIM-Signature: v=1; d=c.example; s=s; a=rsa-sha256\n"
    result = b"Authentication-Results: mx.example; spf=pass smtp.mailfrom=d.example\n"
    yield b"From: A <a@b.example>\n" + signature + result + b"\n"


TARGETS: dict[str, Target] = {
    "parse": Target(targets_parts.parse, _mails, 5, 1024),
    "headers": Target(targets_parts.headers, _thirds, 3, 512),
    "feedback": Target(targets_parts.feedback, _second_parts, 4, 512),
    "auth_results": Target(targets_parts.auth_results, _results, 4, 256),
    "dialects": Target(targets_parts.dialects, _mails, 4, 1024),
    "transfer": Target(targets_parts.transfer, _mails, 4, 256),
    "html": Target(targets_parts.html, _pages, 4, 512),
    "links": Target(targets_search.links, _links, 3, 256),
    "leak_check": Target(targets_search.leak_check, _links, 4, 256),
    "envelope": Target(targets_gate.envelope, _arguments, 2, 256),
    "data_end": Target(targets_gate.data_end, _contents, 2, 512),
    "names": Target(targets_gate.names, _named, 2, 512),
    "anything": Target(targets_whole.anything, _mails, 4, 1024, 40),
    "planted": Target(targets_whole.planted, _decisions, 8, 256, 80),
    "round_trip": Target(targets_whole.round_trip, _decisions, 3, 256, 60),
    "again": Target(targets_whole.again, _decisions, 4, 256, 50),
}


def run_one(target: Target, data: bytes) -> None:
    """One input, timed."""
    began = time.process_time()
    target.check(data)
    spent = time.process_time() - began
    if spent > HANG_S:
        raise HangError(f"{spent:.1f} s of processor time")
