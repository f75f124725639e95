"""Values inside fields: encoded words, IP addresses, dates.

In:  text as written by a reporter.
Out: plain values, or None for what is none.
FAILS: never; nothing here resolves, looks up or reads a clock.
"""

from __future__ import annotations

import binascii
import codecs
import ipaddress
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

from rufgate.sanitize.transfer import base64_bytes

_PAYLOAD = (  # it may hold question marks; where its end is missing it ends with the word
    r"(?P<{0}>(?:[^?\n]{{1,4096}}+|\?(?!=)|\?(?==[0-9A-Fa-f]{{2}}[^\s?]{{0,200}}\?=)){{0,512}}+)\?="
    r"|(?P<{1}>(?<=[bB]\?)[A-Za-z0-9+/=_-]{{0,4096}}|[^\s?]{{0,4096}})\??"
)
_WORD = re.compile(r"=\?([^?\s]{0,60})\?([bBqQ])\?(?:" + _PAYLOAD.format("whole", "cut") + ")")
_WORDS = re.compile(r"(?:=\?[^?\s]{0,60}\?[bBqQ]\?(?:" + _PAYLOAD.format("whole", "cut") + "))+")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WESTERN = frozenset({"cp1252", "iso8859-1"})
_UNREADABLE = "\ufffd"
_COMMENT = re.compile(r"\([^()]*\)")
_PORT = re.compile(r"(?:[:#](\d{1,5}))$")
_ZONES: Final = {
    "JST": 9,
    "KST": 9,
    "CET": 1,
    "CEST": 2,
    "BST": 1,
    "MSK": 3,
    "IST": 5.5,
    "NZDT": 13,
}
_CHINA_FOR_CENTRAL: Final = timedelta(hours=14)  # from -0600 to +0800
_ALIASES: Final = {
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "x-gbk": "gbk",
    "gb2312": "gb18030",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "default": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "iso-2022-jp": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "ansi_x3.4-1968": "utf-8",
}


def decode_words(value: str) -> str:
    """``value`` with its RFC 2047 words decoded, on one line, without control characters."""
    return without_controls(decode_word_runs(value) if "=?" in value else value)


def decode_word_runs(text: str) -> str:
    """``text`` with the RFC 2047 words in it decoded, lines and all else as they are."""
    return _WORDS.sub(_decode_run, _BETWEEN_WORDS.sub(r"\1", text))


def without_controls(text: str) -> str:
    """``text`` with every control, line and paragraph separator turned into a space."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _blank(char) for char in text)


def decode_bytes(content: bytes, charset: str | None) -> str:
    """``content`` as text; what the stated charset cannot read is tried as UTF-8, then Latin-1.

    Latin-1 is read as Windows-1252 where it can be, as every mail program does. A few broken bytes
    do not change the charset: text in the wrong one holds names that no detector can see.
    """
    western = known_codec(charset) in _WESTERN  # read all bytes, so that it is often stated wrongly
    for name in ("utf-8",) if western else (charset, "utf-8"):
        codec = known_codec(name)
        if codec is not None:
            try:
                return _without_surrogates(content.decode(codec))
            except (UnicodeError, ValueError):
                continue
    if western:
        return _western(content)
    plausible = _mostly(content, charset) or _mostly(content, "utf-8")
    if plausible is None and known_codec(charset) != "utf-8":
        plausible = _with_gaps(content, charset)
    return _western(content) if plausible is None else plausible


def _mostly(content: bytes, charset: str | None) -> str | None:
    """``content`` in ``charset`` if at most every tenth character beyond ASCII is unreadable."""
    text = _with_gaps(content, charset)
    if text is None:
        return None
    beyond = sum(char > "\x7f" for char in text)
    return text if text.count(_UNREADABLE) * 10 <= beyond else None


def _with_gaps(content: bytes, charset: str | None) -> str | None:
    codec = known_codec(charset)
    try:
        return _without_surrogates(content.decode(codec, "replace")) if codec else None
    except (UnicodeError, ValueError):  # "idna" knows no replacement
        return None


def _western(content: bytes) -> str:
    """``content`` as Western text; of any other, which it would only garble, the ASCII is left."""
    try:
        text = content.decode("cp1252")
    except UnicodeError:
        text = content.decode("latin-1")
    visible = [char for char in text if not char.isspace()]
    if len(visible) < 8 or sum(char > "\x7f" for char in visible) * 3 <= len(visible):
        return text
    return "".join(char if char <= "\x7f" else _UNREADABLE for char in text)


def _without_surrogates(text: str) -> str:
    """UTF-7 lets halves of characters pass, which no output could encode."""
    return text.encode("utf-8", "replace").decode() if _SURROGATE.search(text) else text


def known_codec(charset: str | None) -> str | None:
    """The name of the text codec for ``charset``, or None."""
    if not charset:
        return None
    name = charset.strip().strip("'\"").lower()
    try:
        found = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError, UnicodeError):
        return None
    return found.name if found._is_text_encoding else None  # noqa: SLF001 - hex, rot13 are no charsets


def parse_ip(text: str) -> str | None:
    """The canonical address in ``text``, or None.

    Comments, brackets, ``IPv6:``, zone and port are taken off; v4-mapped addresses are unmapped.
    """
    plain = _COMMENT.sub(" ", text).strip()
    plain = plain.split()[0] if plain.split() else ""
    plain = plain.strip("[]<>\"';,")
    if plain.lower().startswith("ipv6:"):
        plain = plain[5:]
    plain = plain.partition("%")[0]
    for candidate in (plain, _PORT.sub("", plain).strip("[]")):
        try:
            address = ipaddress.ip_address(candidate)
        except ValueError:
            continue
        mapped = address.ipv4_mapped if address.version == 6 else None
        return str(mapped or address)
    return None


def parse_date(text: str, near: datetime | None = None) -> datetime | None:
    """The moment in ``text`` in UTC, or None. Without a zone it counts as UTC.

    ``CST`` is US Central or China; whichever lies closer to ``near`` is meant.
    """
    plain = " ".join(_COMMENT.sub(" ", text[:1000]).split())
    if not plain or len(plain) > 100 or not any(char.isdigit() for char in plain):
        return None
    found = _iso(plain) or _mail_date(plain) or _ctime(plain)
    if found is None or near is None or not plain.upper().endswith(" CST"):
        return found
    return min(found, found - _CHINA_FOR_CENTRAL, key=lambda moment: abs(moment - near))


def _mail_date(text: str) -> datetime | None:
    try:
        words = parsedate_tz(text)
    except (ValueError, IndexError, TypeError):
        return None
    if words is None:
        return None
    zone = text.rpartition(" ")[2].upper()
    offset = _ZONES[zone] * 3600 if zone in _ZONES else (words[9] or 0)
    try:
        local = datetime(*words[:6], tzinfo=timezone(timedelta(seconds=offset)))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _ctime(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _decode_run(hit: re.Match[str]) -> str:
    """Adjacent words; those of one charset are joined as bytes, since some split a character."""
    text, pending, charset = [], b"", ""
    for word in _WORD.finditer(hit[0]):
        name = word[1].partition("*")[0].lower()
        if name != charset:
            text.append(decode_bytes(pending, charset))
            pending, charset = b"", name
        payload = word["cut"] if word["whole"] is None else word["whole"]
        pending += _word_bytes(word[2], payload)
    return "".join([*text, decode_bytes(pending, charset)])


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.removesuffix(b"="), header=True)
    return base64_bytes(data)  # a letter too many or too few costs that letter, not the subject


def _blank(char: str) -> str:
    return char if char in "\u200b\u200c\u200d\u00ad\u00a0" else " "
