"""Bodies are read in whatever encoding they come, and what is none is left alone."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.sanitize.encoded import encoded_spans
from rufgate.sanitize.transfer import base64_bytes, decoded_chunks, encoding_name, undeclared
from tests import reports
from tests.sanitize.parsing import body, header, read


def decoded(content: bytes, encoding: str) -> bytes:
    return b"".join(decoded_chunks(content, 0, len(content), encoding))


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("", "7bit"),
        ("BASE64", "base64"),
        ('"base64"', "base64"),
        ("base64 (RFC 2045)", "base64"),
        ("base-64;", "base64"),
        ("Quoted-Printable", "quoted-printable"),
        ("quoted_printable", "quoted-printable"),
        ("x-uue", "x-uuencode"),
        ("UUENCODE", "x-uuencode"),
        ("x-unheard-of", "x-unheard-of"),
    ],
)
def test_encodings_go_by_many_names(stated: str, meant: str) -> None:
    assert encoding_name(stated) == meant


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        (b"SmFuZQ==", b"Jane"),
        (b"SmFuZQ", b"Jane"),
        (b"Sm Fu\nZQ==\n", b"Jane"),
        (b"SmFuZQ==SmFuZQ==", b"JaneJane"),
        (b"SmFuZQ=\nSmFuZQ", b"JaneJane"),
        (b"_-8=", b"\xff\xef"),
        (b"SmFuZQ==A", b"Jane"),
        (b"", b""),
    ],
)
def test_base64_loses_nothing_to_its_ends(coded: bytes, plain: bytes) -> None:
    assert (decoded(coded, "base64"), base64_bytes(coded)) == (plain, plain)


@given(st.binary(max_size=300), st.integers(1, 80))
def test_base64_in_lines_of_any_length(content: bytes, width: int) -> None:
    coded = base64.b64encode(content)
    lines = b"\n".join(coded[at : at + width] for at in range(0, len(coded), width))
    assert decoded(lines, "base64") == content


def test_a_large_body_is_decoded_in_pieces() -> None:
    content = bytes(range(256)) * 1000
    assert decoded(base64.encodebytes(content), "base64") == content


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        (b"begin 644 x\n$2F%N90``\n`\nend\n", b"Jane"),
        (b"before\nbegin 644 x\n$2F%N90``\n`\nend\nafter\n", b"before\nJaneafter\n"),
        (b"begin 644 x\n$2F%N90``\n", b"Jane"),
        (b"no begin at all\n", b"no begin at all\n"),
        (b"begin 644 x\nnot encoded: \xe9\nend\n", b"not encoded: \xe9\n"),
    ],
)
def test_uuencode(coded: bytes, plain: bytes) -> None:
    assert decoded(coded, "x-uuencode") == plain


def test_white_space_after_a_soft_line_break_is_a_relays() -> None:
    assert decoded(b"Ja=  \nne", "quoted-printable") == b"Jane"


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        (b"J=C3=A4ne", "J\u00e4ne".encode()),
        (b"Ja=\nne", b"Jane"),
        (b"a =3D b", b"a = b"),
        (b"SmFuZSBEb2VidXJ5IHdyb3Rl", b"Jane Doebury wrote"),
        (b"SmFuZSBEb2VidXJ5\nIHdyb3Rl\n", b"Jane Doebury wrote"),
    ],
)
def test_encodings_that_nobody_stated_are_undone(content: bytes, plain: bytes) -> None:
    assert undeclared(content) == plain


@pytest.mark.parametrize(
    "content",
    [
        b"x=10, y=20, z=30",
        b"https://x.example/?a=12&b=3D",
        b"a = b",
        b"Donaudampfschifffahrtsgesellschaft",
        b"one\ntwo\nthree words",
        b"",
        b"AAAAAAAAAAAAAAAAAAAAAAAA",
    ],
)
def test_plain_text_stays_as_it_is(content: bytes) -> None:
    assert undeclared(content) == content


@pytest.mark.parametrize(
    "text",
    [
        "see amFuZUBkb2VidXJ5LmV4YW1wbGU= now",
        "see amFuZUBkb2VidXJ5LmV4YW1wbGU now",
        "ref 6a616e65406d61696c2e6578616d706c65",
        "ref 6a 61 6e 65 40 6d 61 69 6c",
        "e=%6a%61%6e%65%40%6d",
        "%256a%2561%256e%2565%2540%256d",
    ],
)
def test_words_that_are_encoded_text_are_found(text: str) -> None:
    assert len(list(encoded_spans(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "internationalisation of Donaudampfschiffe in Wolverhampton",
        "order 313233343536 and 202611031234",
        "commit 0c4e750c36e8db74486c0d2a5b5f360d42da342bb",
        "100% of 20%25",
        "AKIAIOSFODNN7EXAMPLE",
        "DE89370400440532013000",
    ],
)
def test_numbers_and_long_words_are_no_encoded_text(text: str) -> None:
    assert list(encoded_spans(text)) == []


def test_encoded_words_are_looked_for_in_linear_time() -> None:
    start = time.process_time()
    for piece in ("aGVsbG8gd29ybGQ ", "%41", "41 ", "a", "_-", "a%4"):
        list(encoded_spans((piece * 65_536)[:65_536]))
    assert time.process_time() - start < 3


def original(kind: str, content: bytes) -> bytes:
    head = (*reports.ORIGINAL_HEADER, ("Content-Type", kind))
    return reports.report(reports.block(head) + b"\r\n" + content)


def test_a_text_with_a_mere_name_is_text_and_one_that_was_attached_is_not() -> None:
    assert body(read(original("text/plain; name=letter.txt", b"Hello"))) == "Hello"
    attached = b"text/plain; name=letter.txt\r\nContent-Disposition: attachment"
    assert body(read(original(attached.decode(), b"Hello"))) is None


def test_lines_broken_inside_words_are_joined_where_the_format_says_so() -> None:
    kind = "text/plain; format=flowed; delsp=yes"
    assert body(read(original(kind, b"Jane Doe \r\nbury\r\n-- \r\nJ"))) == "Jane Doebury\n-- \nJ"
    assert body(read(original("text/plain", b"Jane \r\nDoebury"))) == "Jane \nDoebury"


def test_a_text_that_is_a_packed_file_is_one() -> None:
    found = read(original("text/plain", b"\x1f\x8b\x08\x00Jane"))
    assert found.original is not None
    assert [item.magic for item in found.original.attachments] == ["application/gzip"]
    assert body(found) is None


def test_a_field_of_an_impossible_name_ends_no_header() -> None:
    block = b"From: a@x.example\r\nX-n\xc3\xb6te: Jane\r\nSubject: hello\r\n\r\nbody"
    found = read(reports.report(block))
    assert (header(found, "subject"), body(found)) == (["hello"], "body")


def test_a_page_sent_as_plain_text_is_read_as_a_page() -> None:
    page = b"<!DOCTYPE html><html><body><p>Ja<b>ne</b> Doe</p></body></html>"
    assert body(read(original("text/plain", page))) == "Jane Doe"
    assert body(read(original("text/plain", b"a <b>bold</b> word"))) == "a <b>bold</b> word"
