"""Targets for what the gate reads before the filter: envelope, fronts, DATA, names and records.

In:  bytes, some of them as decisions.
Out: nothing; an ``AssertionError`` says which property broke.
"""

from __future__ import annotations

import ipaddress

from rufgate.receive.authenticity.dmarc import organization_of, parse_policy, steps
from rufgate.receive.authenticity.spf_record import BadRecord, Macros, expand, parse_record
from rufgate.receive.data_reader import DataReader, Verdict
from rufgate.receive.envelope import MailArguments, Path, read_mail, read_rcpt
from rufgate.receive.fronts import Forwarded
from rufgate.receive.proxy import Header, read_header
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.reporter_identity import reporter_identity
from tests.fuzz.choices import Choices
from tests.sanitize.parsing import RECEIVED_AT

CLIENT = ipaddress.ip_address("192.0.2.9")
MAX_BYTES, MAX_LINE = 2_000, 1_000


def _assert_plain(text: str) -> None:
    assert not any(ord(char) < 32 or char == "\x7f" for char in text), "a control in an address"


def envelope(data: bytes) -> None:
    """MAIL, RCPT, XFORWARD and the PROXY header: a refusal, or an address without controls."""
    text = data.decode("utf-8", "surrogateescape")
    for argument in (text, f"FROM:{text}", f"FROM:<{text}> SIZE=1"):
        mail = read_mail(argument, MAX_BYTES)
        assert isinstance(mail, (MailArguments, Reply))
        if isinstance(mail, MailArguments):
            _assert_plain(mail.sender.address)
    for argument in (text, f"TO:{text}", f"TO:<{text}>"):
        path = read_rcpt(argument, smtputf8=len(data) % 2 == 0)
        if isinstance(path, Path):
            _assert_plain(path.address)
    said = Forwarded().with_argument(text)
    if isinstance(said, Forwarded) and said.address:
        ipaddress.ip_address(said.address)
    for head in (data, b"PROXY TCP4 " + data, b"\r\n\r\n\0\r\nQUIT\n\x21\x11" + data):
        found = read_header(head)
        if isinstance(found, Header):
            assert 0 < found.length <= len(head), "a header longer than what came"
            if found.client:
                ipaddress.ip_address(found.client)


def _read(content: bytes, cuts: list[int]) -> tuple[object, bytes, bytes | None]:
    reader = DataReader(MAX_BYTES, MAX_LINE, piece=64)
    at, rest = 0, None
    for cut in [*cuts, len(content)]:
        piece, at = content[at:cut], max(at, cut)
        rest = reader.feed(piece)
        if rest is not None or reader.verdict is Verdict.FLOOD:
            break
    taken = reader.take().crlf() if rest is not None and reader.verdict is Verdict.GOOD else b""
    return reader.verdict, taken, None if rest is None else rest + content[at:]


def data_end(data: bytes) -> None:
    """DATA ends at CR LF dot CR LF and nowhere else, however it is cut into pieces."""
    choices = Choices(data)
    cuts = sorted(choices.number(400) for _ in range(choices.number(6)))
    content = choices.rest()
    whole, cut = _read(content, []), _read(content, cuts)
    if Verdict.FLOOD not in (whole[0], cut[0]):
        assert whole == cut, "the pieces make a difference"
    end = (b"\r\n" + content).find(b"\r\n.\r\n")
    assert (whole[2] is None) == (end < 0) or whole[0] is Verdict.FLOOD, "another end"
    if whole[2] is not None:
        assert whole[2] == content[end + 3 :], "what follows is not what was sent"
        assert b"\n" not in whole[1].replace(b"\r\n", b""), "a bare line feed"
        assert b"\r" not in whole[1].replace(b"\r\n", b""), "a bare carriage return"
        assert len(whole[1]) <= MAX_BYTES


def names(data: bytes) -> None:
    """The names that a reporter goes by, and the records that DNS answers with."""
    text = data.decode("latin-1")
    message = RawMessage(
        data, received_at=RECEIVED_AT, mail_from=text[:80], helo=text[:40], client_ip=text[:20]
    )
    for name in reporter_identity(message, ["mx.example"]).domains:
        assert name.isascii()
        _assert_plain(name)
        assert len(steps(name)) <= 12, "a walk without end"
        policy = parse_policy(text, name)
        organization_of(name, (policy,) if policy else ())
    macros = Macros(client=CLIENT, helo=text[:60], sender_domain="example.org")
    for record in (text, f"v=spf1 {text}"):
        try:
            found = parse_record(record)
        except BadRecord:
            continue
        for mechanism in found.mechanisms:
            if mechanism.domain is not None:
                assert len(expand(mechanism.domain, "example.org", macros)) <= 253
