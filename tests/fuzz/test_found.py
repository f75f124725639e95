"""What fuzzing found, each as a case of its own. A new one goes here with a name that says it."""

from __future__ import annotations

import base64
import binascii
from email import message_from_bytes

import pytest

from rufgate.sanitize.embedded import cut_embedded
from rufgate.sanitize.parsed import Malformed
from rufgate.sanitize.transfer import decoded_chunks
from tests import reports
from tests.e2e.planting import Planted
from tests.sanitize.leak_places import LETTER, filled
from tests.sanitize.leak_search import MARK, is_planted, leaks, outcome
from tests.sanitize.parsing import body, header, read, read_any


def _undeclared(text: bytes, charset: str) -> Planted:
    kind = (("MIME-Version", "1.0"), ("Content-Type", f"text/plain; charset={charset}"))
    header = reports.block((*reports.ORIGINAL_HEADER, *kind)) + b"\r\n"
    return Planted(reports.report(header + base64.encodebytes(text)))


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "koi8-r", "iso-8859-7"])
def test_base64_that_nobody_declared_of_a_text_that_is_no_utf_8(charset: str) -> None:
    """Only UTF-8 was read as text, and one ``=`` at the end was taken for a soft line break: the
    second line of such a body passed as it was."""
    planted = _undeclared(filled(LETTER, MARK, charset), charset)
    assert is_planted(planted)
    assert not leaks(planted)
    assert "green folder" in str(outcome(planted).report.text)


@pytest.mark.parametrize(
    ("charset", "cut"), [("iso-8859-1", 0), ("utf-16-le", 1), ("utf-16-be", 1), ("utf-8", 13)]
)
def test_a_base64_line_that_begins_inside_a_character(charset: str, cut: int) -> None:
    """Lines of base64 in a text are cut at any byte, so that a line alone is no valid text."""
    content = f"the letter, é, é, and more for {MARK}@canary.example of it".encode(charset)
    word = base64.b64encode(content[cut:]).decode().rstrip("=")
    planted = Planted(reports.report(reports.original(body=f"Note: {word} it says.\r\n")))
    assert is_planted(planted)
    assert not leaks(planted)


def test_a_uuencoded_line_that_says_45_and_holds_nothing_is_no_45_bytes() -> None:
    """The rest was filled up with zeros: 25 MB of such lines read as 560 MB."""
    content = b"begin 644 a\n" + b"M\n" * 10_000 + b"end\n"
    size = sum(map(len, decoded_chunks(content, 0, len(content), "x-uuencode")))
    assert size <= len(content)
    whole = binascii.b2a_uu(b"x" * 45).rstrip(b"\n")
    told = b"begin 644 a\n" + whole + b"\n" + b"`\nend\n"
    assert b"".join(decoded_chunks(told, 0, len(told), "x-uuencode")) == b"x" * 45


def test_the_same_lines_inside_a_text_are_not_filled_up_either() -> None:
    cut = cut_embedded("begin 644 a\n" + "M\n" * 10_000 + "end\n")
    assert [item.size_bytes for item in cut.attachments] == [20_000]
    whole = binascii.b2a_uu(b"x" * 45).decode()
    told = cut_embedded(f"begin 644 a\n{whole}`\nend\n")
    assert [item.size_bytes for item in told.attachments] == [45]


_ODD = b"X-Customer: Mr " + MARK.encode() + b"\r\nSubject: Hello\r\n\r\nThe green folder.\r\n"


@pytest.mark.parametrize("fold", [b" ", b"\t", b" \t  "])
def test_a_folded_line_of_white_space_ends_no_header(fold: bytes) -> None:
    """RFC 5322 section 4.2; the standard library reads it so. The fields after it were text."""
    original = b"From: Jane <a@reported.example>\r\n" + fold + b"\r\n" + _ODD
    parsed = read(reports.report(original))
    library = message_from_bytes(original)
    assert (header(parsed, "subject"), body(parsed)) == ([library["subject"]], "The green folder.")
    assert header(parsed, "from") == ["Jane <a@reported.example>"]
    planted = Planted(reports.report(original))
    assert is_planted(planted)
    assert not leaks(planted)


def test_a_text_right_after_a_line_of_white_space_is_the_text() -> None:
    original = b"From: a@reported.example\r\n \r\nThe green folder,\r\n\r\nand more.\r\n"
    assert body(read(reports.report(original))) == "The green folder,\n\nand more."


def test_many_lines_of_white_space_are_bounded() -> None:
    original = b"From: a@reported.example\r\n" + b" \r\n" * 1_000_000
    assert isinstance(read_any(reports.report(original)), Malformed)
