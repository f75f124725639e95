"""Signatures of a report's own message: what passes, what does not, and what is not even tried."""

import base64
import hashlib
import time
from datetime import UTC, datetime

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from rufgate.recognize.signatures import verify_signatures
from rufgate.sanitize.authenticity import DkimKey
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.verdicts import DkimResult

MAIL = b"""From: reports@mx.reporter.example\r
To: dmarc-ruf@ruf.example.org\r
Subject: a report\r
Date: Tue, 03 Nov 2026 09:15:02 +0000\r
\r
The body  of it.\r
\r
"""


def _pair(bits: int = 1024, exponent: int = 65537) -> tuple[bytes, str]:
    key = rsa.generate_private_key(exponent, bits)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


PRIVATE, RECORD = _pair()
KEY = DkimKey(domain="reporter.example", selector="s1", record=RECORD)


def _sign(mail: bytes, domain: bytes = b"reporter.example", selector: bytes = b"s1", **more):
    kind = {"canonicalize": (b"relaxed", b"relaxed"), "privkey": PRIVATE} | more
    return dkim.sign(mail, selector, domain, **kind) + mail


def _verify(content: bytes, *keys: DkimKey) -> tuple[DkimResult, ...]:
    message = RawMessage(bytearray(content), received_at=datetime(2026, 11, 3, tzinfo=UTC))
    return verify_signatures(message, keys or (KEY,))


@pytest.mark.parametrize("body", [b"relaxed", b"simple"])
def test_a_good_signature_passes(body: bytes) -> None:
    assert _verify(_sign(MAIL, canonicalize=(b"relaxed", body))) == (DkimResult.PASS,)


def test_a_name_in_another_case_is_the_same_key() -> None:
    assert _verify(_sign(MAIL, domain=b"Reporter.Example")) == (DkimResult.PASS,)


def test_a_changed_body_or_from_fails() -> None:
    signed = _sign(MAIL)
    assert _verify(signed.replace(b"The body", b"A body")) == (DkimResult.FAIL,)
    assert _verify(signed.replace(b"From: reports@", b"From: x@")) == (DkimResult.FAIL,)
    assert _verify(signed.replace(b"\r\nTo:", b"\r\nFrom: b@c.example\r\nTo:")) == (
        DkimResult.FAIL,
    )


def test_a_signature_over_a_part_of_the_body_proves_nothing() -> None:
    signed = _sign(MAIL, length=True)
    assert _verify(signed + b"more\r\n") == (DkimResult.POLICY,)
    assert _verify(signed) == (DkimResult.POLICY,)


def test_a_signature_that_leaves_out_from_proves_nothing() -> None:
    # By hand, since dkimpy refuses to make one (RFC 6376 section 3.7).
    digest = base64.b64encode(hashlib.sha256(b"The body  of it.\r\n").digest()).decode()
    tags = f"v=1; a=rsa-sha256; c=relaxed/simple; d=reporter.example; s=s1; h=to; bh={digest}; b="
    signed = f"to:dmarc-ruf@ruf.example.org\r\ndkim-signature:{tags}".encode()
    key = load_pem_private_key(PRIVATE, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    value = base64.b64encode(key.sign(signed, PKCS1v15(), SHA256())).decode()
    assert _verify(f"DKIM-Signature: {tags}{value}\r\n".encode() + MAIL) == (DkimResult.POLICY,)


def test_sha1_and_short_keys_prove_nothing() -> None:
    assert _verify(_sign(MAIL, signature_algorithm=b"rsa-sha1")) == (DkimResult.POLICY,)
    # 768 bits: made by hand, since cryptography makes none so short.
    short = "v=DKIM1; p=" + _der_key(768, 17)
    assert _verify(_sign(MAIL), _key(short)) == (DkimResult.POLICY,)


def _key(record: str) -> DkimKey:
    return DkimKey(domain="reporter.example", selector="s1", record=record)


def _der_key(bits: int, exponent_bits: int) -> str:
    def integer(value: int) -> bytes:
        return _tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))

    def _tlv(tag: int, value: bytes) -> bytes:
        size = len(value)
        head = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
        return bytes([tag]) + head + value

    numbers = integer((1 << (bits - 1)) | 1) + integer((1 << (exponent_bits - 1)) | 1)
    return base64.b64encode(_tlv(0x30, numbers)).decode()


@pytest.mark.parametrize(
    "record",
    ["v=DKIM1; p=", "v=DKIM1", "p=!!!", "k=rsa; k=rsa; p=x", "k=dsa; p=AAAA", "\xff\x00", ";;;="],
)
def test_a_key_that_is_none_is_a_permanent_error(record: str) -> None:
    assert _verify(_sign(MAIL), _key(record)) == (DkimResult.PERMERROR,)


@pytest.mark.parametrize(("bits", "exponent"), [(16_000, 17), (2048, 2000)])
def test_a_key_that_costs_too_much_is_not_used(bits: int, exponent: int) -> None:
    began = time.monotonic()
    assert _verify(_sign(MAIL), _key("p=" + _der_key(bits, exponent))) == (DkimResult.PERMERROR,)
    assert time.monotonic() - began < 5


def test_each_result_goes_to_the_key_that_its_signature_names() -> None:
    other, record = _pair()
    keys = (
        DkimKey(domain="other.example", selector="x", record=record),
        DkimKey(domain="nobody.example", selector="x", record=record),
        KEY,
    )
    mail = _sign(_sign(MAIL), domain=b"other.example", selector=b"x", privkey=other)
    forged = _sign(MAIL, domain=b"other.example", selector=b"x")  # by a key of somebody else
    unread = DkimResult.NEUTRAL
    assert _verify(mail, *keys) == (DkimResult.PASS, unread, DkimResult.PASS)
    assert _verify(forged, *keys) == (DkimResult.FAIL, unread, unread)


def test_the_sixth_signature_is_not_looked_at() -> None:
    mail = MAIL
    for number in range(6):
        mail = _sign(mail, selector=f"s{number}".encode())
    keys = tuple(
        DkimKey(domain="reporter.example", selector=f"s{number}", record=RECORD)
        for number in range(6)
    )
    assert [result.value for result in _verify(mail, *keys)] == ["neutral", *["pass"] * 5]


def test_without_a_key_nothing_is_read() -> None:
    assert _verify(b"", DkimKey(domain="a.example", selector="s", trouble=DkimResult.FAIL)) == ()


FIELD = b"DKIM-Signature: v=1; a=rsa-sha256; d=reporter.example; s=s1; "
COSTLY = {
    "blanks without an end": _sign(MAIL) + b" " * 2_000_000 + b"x",
    "many long runs": _sign(MAIL) + (b" " * 5_000 + b"x") * 200,
    "a million lines": _sign(MAIL) + b"\n" * 1_000_000,
    "twelve megabytes": _sign(MAIL) + b"a" * (12 * 2**20),
    "many header lines": b"X: y\r\n" * 3_000 + _sign(MAIL),
    "a header without an end": b"X: " + b"y" * 300_000 + _sign(MAIL),
    "a long signature": FIELD + b"h=" + b"from:" * 5_000 + b"; bh=AA==; b=AA==\r\n" + MAIL,
    "blanks in a signature": FIELD + b"h=from; b" + b"\r\n " * 60 + b"=AA==\r\n" + MAIL,
}


@pytest.mark.parametrize("name", COSTLY)
def test_what_would_cost_much_is_not_verified(name: str) -> None:
    began = time.monotonic()
    assert _verify(COSTLY[name]) == (DkimResult.NEUTRAL,)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n",
        b" folded\r\n\r\n",
        FIELD + b"\r\n\r\n",
        FIELD + b"h=from; bh=%%; b=%%; c=x/y\r\n" + MAIL,
        b"DKIM-Signature:\r\n" + MAIL,
        b"DKIM-Signature: \xff=\xff; d=\xff\r\n" + MAIL,
        b"no field\r\n" + _sign(MAIL),
        _sign(MAIL)[:200],
    ],
)
def test_what_cannot_be_read_is_neutral_and_raises_nothing(content: bytes) -> None:
    assert _verify(content) in ((DkimResult.NEUTRAL,), (DkimResult.FAIL,))
