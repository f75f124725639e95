"""Targets for the readers of one thing each: bytes of a stranger in, no exception out.

In:  bytes.
Out: nothing; an ``AssertionError`` says which property broke.
"""

from __future__ import annotations

import base64
import quopri

from rufgate.sanitize.auth_redaction import redact_auth_results
from rufgate.sanitize.auth_results import parse_auth_results
from rufgate.sanitize.dialects import other_kind, read_sentence, read_template
from rufgate.sanitize.feedback import looks_like_feedback, read_feedback
from rufgate.sanitize.feedback_redaction import redact_feedback
from rufgate.sanitize.fields import decode_words
from rufgate.sanitize.headers import from_domain, redact_headers
from rufgate.sanitize.html import html_to_text
from rufgate.sanitize.mime import Budget, LimitExceeded, normalised, read_part
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.original import raw_headers
from rufgate.sanitize.parsed import Malformed
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.sanitized import Reason, Tier
from rufgate.sanitize.transfer import base64_bytes, decoded_chunks, encoding_name, undeclared
from tests.sanitize.leak_encodings import _uu
from tests.sanitize.parsing import RECEIVED_AT, read_any
from tests.sanitize.redaction_examples import context

LIMITS = Limits()
ENCODINGS = ("base64", "quoted-printable", "x-uuencode", "7bit")


def assert_clean(*values: object) -> None:
    """What is shown is one line: it can end no field and no row."""
    for value in values:
        text = str(value)
        assert not any(char in text for char in "\r\n\0"), "a line end in a rebuilt value"


def parse(data: bytes) -> None:
    """The whole parser; the same mail with other line ends is the same mail."""
    found = read_any(data)
    if isinstance(found, Malformed):
        assert found.reason is not Reason.PARSER_ERROR, "the parser raised"
        return
    assert len(found.fingerprint_input) == 32
    at = found.feedback.arrival_at
    assert at is None or at.utcoffset() == RECEIVED_AT.utcoffset()
    headers = [*found.outer_headers, *(found.original.headers if found.original else ())]
    for one in headers:
        text = one.name.reveal() + one.value.reveal()
        assert "\n" not in text, "a field that was not unfolded"
        assert "\0" not in text


def transfer(data: bytes) -> None:
    """Transfer decodings: junk is passed over, and what was encoded comes back."""
    for name in (*ENCODINGS, encoding_name(data[:80].decode("latin-1"))):
        size = sum(map(len, decoded_chunks(data, 0, len(data), name)))
        assert size <= 2 * len(data) + 64, "a decoding grew"
    undeclared(data)
    assert base64_bytes(base64.b64encode(data)) == data
    for name, coded in (
        ("base64", base64.encodebytes(data)),
        ("x-uuencode", _uu(data).replace(b"\r\n", b"\n")),
    ):
        assert b"".join(decoded_chunks(coded, 0, len(coded), name)) == data, name
    text = data.replace(b"\r", b"")
    coded = quopri.encodestring(text)
    back = b"".join(decoded_chunks(coded, 0, len(coded), "quoted-printable"))
    assert back == text, "quoted-printable"


def headers(data: bytes) -> None:
    """A header block, read and rebuilt at each tier."""
    try:
        part = read_part(normalised(data), Budget(LIMITS))
    except LimitExceeded:
        return
    found = raw_headers(part.fields)
    from_domain(found)
    for tier in Tier:
        block = redact_headers(found, context(tier=tier))
        for one in block.headers:
            assert_clean(one.name, one.value)
        assert_clean(*(token.domain for token in block.tokens))
        assert_clean(*(domain.name for domain in block.domains))
        assert len(block.headers) + block.dropped <= len(found) + 1


def feedback(data: bytes) -> None:
    """The feedback part, read and rebuilt."""
    looks_like_feedback(data)
    read = read_feedback(data, LIMITS, RECEIVED_AT)
    shown = redact_feedback(read.feedback, context())
    assert_clean(shown.user_agent, shown.reporting_mta, shown.original_mail_from, shown.source_ip)
    assert_clean(*shown.spf_dns, *shown.reported_uris, shown.dkim_identity, shown.dkim_selector)


def auth_results(data: bytes) -> None:
    """Authentication-Results, read and rebuilt; what is rebuilt reads as itself."""
    found = parse_auth_results(data.decode("utf-8", "replace"))
    for result in redact_auth_results(found, context(), trusted=True):
        assert_clean(result.authserv, result.method, result.result)
        assert_clean(*(text for pair in result.properties for text in pair))
        line = f"{result.authserv or 'x.example'}; {result.method}={result.result}"
        again = parse_auth_results(line)
        assert [one.method.reveal() for one in again] == [str(result.method)], "does not read again"


def dialects(data: bytes) -> None:
    """Text templates, the prose of a report, mails of other kinds."""
    text = data.decode("utf-8", "replace")
    template = read_template(text, RECEIVED_AT)
    assert template is None or len(template.header) <= len(text)
    read_sentence(text, decode_words(text[:300]), RECEIVED_AT)
    try:
        root = read_part(normalised(data), Budget(LIMITS))
        other_kind(root, list(root.leaves()))
    except LimitExceeded:
        return


def html(data: bytes) -> None:
    """HTML walked into text, and that text made readable; neither grows without bound."""
    text = html_to_text(data.decode("utf-8", "replace"))
    assert "\0" not in text
    assert len(text) <= 8 * len(data) + 64, "the text grew"
    plain = readable(text)
    assert len(plain) <= 64 * len(text) + 64, "the readable text grew"
    assert readable(plain).split() == plain.split(), "a second reading changes it"
