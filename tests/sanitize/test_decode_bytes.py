"""Bytes are read in the charset that they are in, or not at all."""

import pytest

from rufgate.sanitize.fields import decode_bytes

RUSSIAN = "Уважаемый Дмитрий Воронцов, ваш счёт готов к оплате."


@pytest.mark.parametrize("charset", ["utf-8", None, "us-ascii", "x-none"])
def test_one_broken_byte_leaves_the_rest_readable(charset):
    broken = RUSSIAN.encode() + b" \xff end"
    assert decode_bytes(broken, charset) == f"{RUSSIAN} \ufffd end"


def test_a_broken_stated_charset_is_still_that_charset():
    text = "新しい住所のお知らせを山田太郎様にお送りします"
    assert text in decode_bytes(text.encode("cp932") + b" \xff", "shift_jis")


@pytest.mark.parametrize("charset", ["koi8-r", "gb2312", "cp1251"])
def test_what_no_charset_is_stated_for_does_not_pass_as_western_text(charset):
    text = decode_bytes("Дмитрий Воронцов 12345 ok".encode(charset), None)
    assert {char for char in text if char > "\x7f"} == {"\ufffd"}
    assert text.endswith("12345 ok")


def test_western_text_without_a_charset_is_read():
    assert decode_bytes("Grüße aus Köln, José".encode("latin-1"), None) == "Grüße aus Köln, José"
    assert decode_bytes(b"\xfcber", None) == "über"


def test_utf_8_that_calls_itself_western_is_read_as_what_it_is():
    assert decode_bytes("Herr Müller aus Köln".encode(), "iso-8859-1") == "Herr Müller aus Köln"
    assert decode_bytes("Müller".encode("latin-1"), "iso-8859-1") == "Müller"
    assert decode_bytes(b"\x93quoted\x94", "windows-1252") == "\u201cquoted\u201d"


def test_other_scripts_that_call_themselves_western_are_not_shown():
    text = decode_bytes("王小明的電話是 0912 ok".encode("big5"), "iso-8859-1")
    assert {char for char in text if char > "\x7f"} == {"\ufffd"}
    assert text.endswith(" 0912 ok")


def test_a_broken_charset_of_the_east_is_not_read_as_western():
    content = b"<p class=x>" + "王小明".encode("big5") + b"\xff\xff\xff</p>" + b"<br>" * 20
    assert "王小明" in decode_bytes(content, "big5")


@pytest.mark.parametrize("charset", ["idna", "punycode", "utf-7", "utf-16", "iso-2022-jp", "hz"])
def test_no_charset_makes_it_raise(charset):
    assert isinstance(decode_bytes(b"\xff\x1b$B\xd8+~{" * 9, charset), str)
