"""What fuzzing found, each as a case of its own. A new one goes here with a name that says it."""

from __future__ import annotations

import base64
import binascii

import pytest

from rufgate.sanitize.transfer import decoded_chunks
from tests import reports
from tests.e2e.planting import Planted
from tests.sanitize.leak_places import LETTER, filled
from tests.sanitize.leak_search import MARK, is_planted, leaks, outcome


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
