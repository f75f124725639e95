"""Text in the one form that detection and readers see.

In:  decoded text of a mail, hostile: invisible characters, look-alike forms, hard line wraps.
Out: NFKC text without controls and invisible characters, ``\\n`` line ends, with lines that a mail
     program wrapped joined again, because a name or a number cut in two is not recognised.
FAILS: never.
"""

from __future__ import annotations

import re
import unicodedata

from rufgate.sanitize.confusable import plain_script
from rufgate.sanitize.text_structure import OWN_OUTPUT
from rufgate.sanitize.unescape import unescaped

_LINE_END = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800\ufe00-\ufe0f\ufffc]")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_QUOTE = re.compile(r"(?:> ?){0,20}")
_STARTS_NEW = re.compile(r"\s|[-*•·#|=_+]|\d{1,3}[.)]\s|[A-Z][\w /-]{0,30}:\s|$")
_COLUMN = re.compile(r"[,;|](?=\S)")
_ROW_COLUMNS = 3
_ENDS_HERE = re.compile(r"[.!?:;|]\s*\Z")
_ROUNDS = 20  # an escape may hide a compatibility form, and that another escape
_MIN_WIDTH, _MAX_WIDTH = 50, 100
_OWN_LINK = re.compile(r"\bhxxps?://[\w.\[\]-]{1,253}(?:/…)?")
_SPACES = str.maketrans("\n\t", "  ")
_SURROGATES = re.compile("[\ud800-\udfff]")


def readable(text: str) -> str:
    """``text`` as recognizers and analysts read it.

    A second time no character changes; lines are not joined again where one of our labels stands.
    """
    plain = plain_script(_visible(text))
    for _ in range(_ROUNDS):
        before, plain = plain, plain_script(_visible(unescaped(plain)))
        if plain == before:
            break
    plain = plain.replace("\t", " ")
    return plain if _is_ours(plain) else _unwrapped(plain)


def _is_ours(text: str) -> bool:
    """Whether it has been through here: then its lines stand as we left them."""
    return bool(OWN_OUTPUT.search(text) or _OWN_LINK.search(text))


def _visible(text: str) -> str:
    """``text`` in compatibility form, without what a reader does not see."""
    plain = _SURROGATES.sub("\ufffd", text)
    plain = _compatible(_LINE_END.sub("\n", plain))
    plain = _INVISIBLE.sub("", plain)
    if not plain.isascii() or not plain.translate(_SPACES).isprintable():
        plain = "".join(char for char in plain if char in "\n\t" or _is_visible(char))
    return _compatible(plain)


def _compatible(text: str) -> str:
    """NFKC, but for the ellipsis: our own links end in one, and a second pass must keep it."""
    return "…".join(unicodedata.normalize("NFKC", part) for part in text.split("…"))


def _is_visible(char: str) -> bool:
    return (char.isascii() and char.isprintable()) or unicodedata.category(char) not in _UNPRINTABLE


def _unwrapped(text: str) -> str:
    """Lines joined where the next line's first word would not have fitted any more."""
    lines = text.split("\n")
    width = _wrap_width(lines)
    if not width:
        return text
    joined: list[str] = []
    previous = ""  # the last line as written: the joined one is longer
    for line in lines:
        if joined and _continues(previous, line, width):
            joined[-1] = joined[-1].rstrip() + " " + line[_quote_end(line) :].lstrip()
        else:
            joined.append(line)
        previous = line
    return "\n".join(joined)


def _wrap_width(lines: list[str]) -> int:
    """The column at which the writer's program wrapped; 0 where there are longer lines."""
    longest = max((len(line.rstrip()) for line in lines), default=0)
    if longest > _MAX_WIDTH:
        usual = sorted(len(line) for line in lines if _MIN_WIDTH < len(line.rstrip()) <= 80)
        return usual[-1] if len(usual) > 3 else 0
    return longest if longest >= _MIN_WIDTH else 0


def _continues(line: str, following: str, width: int) -> bool:
    quote = line[: _quote_end(line)]
    body = following[_quote_end(following) :]
    if quote.count(">") != following[: _quote_end(following)].count(">"):
        return False
    if not line[len(quote) :].strip() or _ENDS_HERE.search(line) or _STARTS_NEW.match(body):
        return False
    if _is_row(line) and _is_row(body):
        return False
    first = body.split(" ", 1)[0]
    return _MIN_WIDTH // 2 < len(line.rstrip()) <= width < len(line.rstrip()) + 1 + len(first)


def _is_row(line: str) -> bool:
    """A row of a table in text: commas, semicolons or bars without a space after them."""
    return len(_COLUMN.findall(line)) >= _ROW_COLUMNS


def _quote_end(line: str) -> int:
    match = _QUOTE.match(line)
    return match.end() if match else 0
