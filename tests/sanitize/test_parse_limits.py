"""Limits, hostile shapes, time and memory."""

from __future__ import annotations

import base64
import time
import tracemalloc

import pytest

from rufgate.sanitize.parsed import Malformed
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.sanitized import Reason
from tests import reports
from tests.sanitize.parsing import read, read_any

MAX_SECONDS = 2.0


def nested(depth: int) -> bytes:
    content = b"\r\nHello\r\n"
    for level in range(depth):
        head = f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n".encode()
        content = head + content + f"--b{level}--\r\n".encode()
    return content


def many(parts: int) -> bytes:
    return (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\n\r\nx\r\n" * parts
        + b"--b--\r\n"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (nested(20), Reason.DEPTH_LIMIT),
        (reports.report(nested(20)), Reason.DEPTH_LIMIT),
        (many(200), Reason.PART_LIMIT),
        (reports.report(many(200)), Reason.PART_LIMIT),
        (b"A: b\r\n" * 60_000, Reason.HEADER_LIMIT),
        (reports.report(b"A: b\r\n" * 60_000), Reason.HEADER_LIMIT),
        (b"A: " + b"b" * 300_000, Reason.HEADER_LIMIT),
        (b"A: " + b"b" * 70_000 + b"\r\n\r\n", Reason.FIELD_LIMIT),
        (b"Subject: a" + b"\r\n b" * 40_000 + b"\r\n\r\n", Reason.FIELD_LIMIT),
        (reports.report(feedback=b"A: b\r\n" * 201), Reason.FIELD_LIMIT),
        (reports.report(feedback=b"A: " + b"b" * 70_000), Reason.FIELD_LIMIT),
    ],
)
def test_past_a_limit_only_the_reason_is_kept(content: bytes, reason: Reason) -> None:
    found = read_any(content)
    assert isinstance(found, Malformed)
    assert found.reason is reason
    assert found.outer_headers == ()


def test_malformed_mail_has_a_fingerprint_of_its_body() -> None:
    mine, other = read_any(nested(20)), read_any(nested(21))
    moved = read_any(b"Received: by mx.example\r\n" + nested(20).replace(b"\r\n", b"\n"))
    assert mine.fingerprint_input != other.fingerprint_input
    assert moved.fingerprint_input == mine.fingerprint_input


def test_at_the_limit_is_within() -> None:
    rows = tuple((f"X-{number}", "a") for number in range(Limits().feedback_fields - 1))
    found = read(reports.report(feedback=(("Feedback-Type", "auth-failure"), *rows)))
    assert found.feedback.unknown_fields == 199


def test_canonicalized_body_may_be_long() -> None:
    """A conforming reporter sends the whole body there; it is passed over, not read."""
    value = "\r\n ".join(["QUJD" * 19] * 5000)
    fields = (*reports.FEEDBACK, ("DKIM-Canonicalized-Body", value), ("Incidents", "3"))
    found = read(reports.report(feedback=fields))
    assert found.feedback.incidents == 3


HOSTILE = {
    "nesting": nested(5000),
    "nested messages": b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    "open comments": b"From: " + b"(" * 60_000 + b"\r\n\r\n",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 4000 + b"\r\n\r\n",
    "half words": b"Subject: " + b"=?a?b?" * 10_000 + b"\r\n\r\n",
    "addresses": b"To: " + b"a@b.example, " * 5000 + b"\r\n\r\n",
    "parameters": b"Content-Type: a/b" + b"; a=b" * 10_000 + b"\r\n\r\n",
    "continuations": b"Content-Type: a/b" + b"; a*0*=''x" * 5000 + b"\r\n\r\n",
    "near boundaries": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--bb\r\n" * 300_000,
    "dashes": b"Content-Type: multipart/mixed\r\n\r\n" + b"-" * 2_000_000,
    "blank lines": b"\r\n" * 2_000_000,
    "one line": b"x" * 8_000_000,
    "spaces": b" " * 8_000_000,
    "carriage returns": b"\r" * 4_000_000,
    "labels": b"A: b\r\n\r\n" + b"Received date: x\r\n" * 40_000,
    "received": b"Received: from " + b"(a [1.2.3.4" * 5000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("inside", [False, True])
def test_hostile_shapes_are_quick(name: str, *, inside: bool) -> None:
    content = reports.report(HOSTILE[name]) if inside else HOSTILE[name]
    began = time.process_time()
    found = read_any(content)
    assert time.process_time() - began < MAX_SECONDS
    assert not isinstance(found, Malformed) or found.reason is not Reason.PARSER_ERROR


@pytest.mark.parametrize("value", ["(" * 60_000, "a=b;" * 15_000, "spf=pass;" * 7000, '"' * 60_000])
@pytest.mark.parametrize("name", ["Authentication-Results", "Source-IP", "Arrival-Date"])
def test_hostile_feedback_is_quick(name: str, value: str) -> None:
    began = time.process_time()
    read(reports.report(feedback=(("Feedback-Type", "auth-failure"), (name, value))))
    assert time.process_time() - began < MAX_SECONDS


EMBEDDED = {
    "begin": b"begin 644 a\r\n" * 60_000,
    "dashes": (b"-" * 70 + b"\r\n") * 20_000,
    "base64": (base64.b64encode(b"\x00\x10\x83abc" * 9) + b"\r\n") * 20_000,
    "long words": b"A1b" * 500_000,
    "armor": b"-----BEGIN PGP MESSAGE-----\r\n" * 40_000,
    "quotes": b"> " * 400_000,
}


@pytest.mark.parametrize("name", EMBEDDED)
def test_hostile_text_is_quick(name: str) -> None:
    third = reports.original(body=b"Content-Type: text/plain\r\n\r\n" + EMBEDDED[name])
    began = time.process_time()
    read(reports.report(third))
    assert time.process_time() - began < MAX_SECONDS


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_large_attachment_costs_little_memory(encoding: str) -> None:
    """At most twice the message, with the message itself; it is decoded in pieces."""
    data = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40_000)
    data = data.replace(b"\n", b"\r\n")
    inner = (
        b"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nHello\r\n--i\r\n"
        + f"Content-Type: image/png\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + data
        + b"\r\n--i--\r\n"
    )
    content = reports.report(reports.original(body=inner))
    tracemalloc.start()
    try:
        found = read(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.original is not None
    assert len(found.original.attachments) == 1
    assert peak < 1.1 * len(content)  # above the message itself, which came before
