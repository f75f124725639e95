"""The ways in which a mark can be written: inside a line, and as the body of a part.

In:  a mark: a word of ASCII letters and digits; or the text that holds it.
Out: the mark encoded, under the name of the encoding.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import quopri
from collections.abc import Callable
from email.header import Header

Inline = Callable[[str], str]
Transfer = Callable[[bytes], tuple[str, bytes]]

# A letter or two that make the charset matter, beside the mark.
CHARSETS = {
    "utf-8": "é",
    "utf-16": "é",
    "utf-16-be": "é",
    "utf-7": "é",
    "iso-8859-1": "é",
    "windows-1252": "\u2019",
    "iso-8859-15": "\u20ac",
    "koi8-r": "Ж",
    "windows-1251": "Ж",
    "shift_jis": "東京",
    "iso-2022-jp": "東京",
    "euc-jp": "東京",
    "gb18030": "北京",
    "gb2312": "北京",
    "big5": "台北",
    "euc-kr": "서울",
    "iso-2022-kr": "서울",
    "iso-8859-7": "Ω",
    "iso-8859-8-i": "א",
    "windows-1256": "ع",
    "tis-620": "ก",
}


def _b(text: str, charset: str = "utf-8", *, named: str = "") -> str:
    raw = text.encode(charset.removesuffix("-i"))
    return f"=?{named or charset}?B?{base64.b64encode(raw).decode()}?="


def _q(text: str, charset: str = "utf-8") -> str:
    body = "".join(f"={byte:02X}" for byte in text.encode(charset.removesuffix("-i")))
    return f"=?{charset}?Q?{body}?="


def _halves(mark: str) -> tuple[str, str]:
    return mark[: len(mark) // 2], mark[len(mark) // 2 :]


def _split(word: Callable[[str], str], between: str) -> Inline:
    return lambda mark: between.join(map(word, _halves(mark)))


def _split_character(mark: str) -> str:
    """A character of several bytes is cut between two words, right beside the mark."""
    raw = f"é{mark}".encode()
    words = (base64.b64encode(half).decode() for half in (raw[:1], raw[1:]))
    return " ".join(f"=?utf-8?B?{word}?=" for word in words)


def _long_word(mark: str) -> str:
    return Header(f"{mark} \N{EM DASH} and {mark}", "utf-8", maxlinelen=30).encode()


def _percent(mark: str) -> str:
    return "".join(f"%{byte:02X}" for byte in mark.encode())


def _json(mark: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in mark)


def _utf7(mark: str) -> str:
    coded = base64.b64encode(mark.encode("utf-16-be")).decode().rstrip("=")
    return f"+{coded}-"


def _mathematical(first: int) -> Inline:
    """Letters from a block of mathematical ones, capitals first."""

    def shift(char: str) -> str:
        if not (char.isascii() and char.isalpha()):
            return char
        return chr(first + (ord(char) - 65 if char.isupper() else ord(char) - 97 + 26))

    return lambda mark: "".join(map(shift, mark))


def _fullwidth(mark: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in mark)


def _inside(what: str) -> Inline:
    return lambda mark: what.join(_halves(mark))


WORDS: dict[str, Inline] = (
    {  # RFC 2047, as it should be and as it comes
        "B": _b,
        "Q": _q,
        "Q, plain letters": lambda mark: f"=?utf-8?Q?{mark}?=",
        "Q, lower-case hex": lambda mark: _q(mark).lower().replace("=?utf-8?q?", "=?utf-8?q?"),
        "B split": _split(_b, " "),
        "Q split": _split(_q, " "),
        "B and Q": lambda mark: f"{_b(_halves(mark)[0])} {_q(_halves(mark)[1])}",
        "B split, folded": _split(_b, "\r\n "),
        "B split inside a character": _split_character,
        "B without space between": _split(_b, ""),
        "B, of two charsets": lambda mark: (
            f"{_b(_halves(mark)[0], 'koi8-r')} {_b(_halves(mark)[1], 'iso-8859-1')}"
        ),
        "long, folded": _long_word,
        "B with language": lambda mark: _b(mark, named="utf-8*en"),
        "B, no padding": lambda mark: _b(mark).replace("=?=", "?=").replace("=?=", "?="),
        "B, one letter too many": lambda mark: _b(f"{mark}xx").replace("?=", "A?="),
        "B, cut off": lambda mark: _b(mark + "xyz")[:-3],
        "B, foreign bytes inside": lambda mark: _b(mark)[:14] + "!*" + _b(mark)[14:],
        "B, space inside": lambda mark: _b(mark)[:14] + " " + _b(mark)[14:],
        "Q with question mark": lambda mark: f"=?utf-8?Q?{_q(mark)[10:-2]}?{_q(mark)[10:-2]}?=",
        "Q, never closed": lambda mark: _q(mark)[:-2],
        "Q, cut inside a code": lambda mark: _q(mark)[:-2] + "=4",
        "unknown charset": lambda mark: _b(mark, named="x-nobody-knows"),
        "no charset": lambda mark: _b(mark).replace("utf-8", ""),
        "unknown encoding": lambda mark: _b(mark).replace("?B?", "?X?"),
        "B inside B": lambda mark: _b(_b(mark)),
        "B inside Q": lambda mark: _q(_b(mark)),
        "quoted": lambda mark: f'"{_b(mark)}"',
        "fullwidth in shift_jis": lambda mark: _b(_fullwidth(mark), "shift_jis"),
    }
    | {
        f"{how}, {charset}": lambda mark, code=code, charset=charset, letters=letters: code(
            f"{letters}{mark}", charset
        )
        for charset, letters in CHARSETS.items()
        for how, code in (("B", _b), ("Q", _q))
    }
)

ESCAPES: dict[str, Inline] = {  # of other formats than mail, met inside lines and texts
    "as it is": lambda mark: mark,
    "upper case": str.upper,
    "EAI": lambda mark: f"é{mark}",
    "EAI, decomposed": lambda mark: f"e\u0301{mark}",
    "punycode": lambda mark: f"xn--{mark}-9ua",
    "percent": _percent,
    "percent twice": lambda mark: _percent(mark).replace("%", "%25"),
    "JSON": _json,
    "utf-7 without a label": _utf7,
    "zero width space": _inside("\u200b"),
    "soft hyphen": _inside("\u00ad"),
    "word joiner": _inside("\u2060"),
    "direction mark": _inside("\u202e"),
    "variation selector": _inside("\ufe0f"),
    "fullwidth": _fullwidth,
    "mathematical bold": _mathematical(0x1D400),
    "mathematical sans": _mathematical(0x1D5A0),
    "entities": lambda mark: "".join(f"&#{ord(char)};" for char in mark),
    "hex entities": lambda mark: "".join(f"&#x{ord(char):X};" for char in mark),
    "entities without semicolon": lambda mark: "".join(f"&#{ord(char):07d}" for char in mark),
    "base64": lambda mark: base64.b64encode(f"to {mark}".encode()).decode(),
    "base64 for links": lambda mark: base64.urlsafe_b64encode(f"?? {mark}".encode()).decode(),
    "base64 without padding": lambda mark: (
        base64.b64encode(f"x{mark}".encode()).decode().rstrip("=")
    ),
    "hex": lambda mark: mark.encode().hex(),
    "quoted-printable": lambda mark: "".join(f"={byte:02X}" for byte in mark.encode()),
}

HEADER_FORMS = WORDS | ESCAPES

MARKUP: dict[str, Inline] = {  # of HTML alone
    "bold half": lambda mark: "{}<b>{}</b>".format(*_halves(mark)),
    "empty tag": _inside("<span></span>"),
    "comment": _inside("<!-- x -->"),
    "comment with tag": _inside("<!--<b>-->"),
    "wbr": _inside("<wbr>"),
    "font tags": lambda mark: "".join(f"<font>{char}</font>" for char in mark),
    "named entity": _inside("&ZeroWidthSpace;"),
    "shy": _inside("&shy;"),
    "cdata": _inside("<![CDATA[ ]]>"),
    "unknown tag": _inside("<o:p></o:p>"),
    "line end in tag": _inside("<b\n></b\n>"),
}
TEXT_FORMS = ESCAPES
HTML_FORMS = ESCAPES | MARKUP


def _qp_sloppy(body: bytes) -> bytes:
    """Lower-case codes, a soft line break after every fifth character, also inside words."""
    written = body.replace(b"\r\n", b"\n")
    coded = [b"%c" % byte if 32 <= byte <= 126 and byte not in b"=Qea" else b"=%02x" % byte
             for byte in written]  # fmt: skip
    pieces = [b"".join(coded[at : at + 5]) for at in range(0, len(coded), 5)]
    return b"=\r\n".join(pieces).replace(b"=0a", b"\r\n")


def _uu(body: bytes) -> bytes:
    lines = [binascii.b2a_uu(body[at : at + 45]) for at in range(0, len(body), 45)]
    return b"begin 644 part\r\n" + b"".join(lines).replace(b"\n", b"\r\n") + b"`\r\nend\r\n"


def _b64_ragged(body: bytes) -> bytes:
    coded = base64.b64encode(body)
    return b"\r\n".join(coded[at : at + 7] for at in range(0, len(coded), 7))


def _gzip64(body: bytes) -> bytes:
    return base64.encodebytes(gzip.compress(body, mtime=0))


TRANSFERS: dict[str, Transfer] = {
    "7bit": lambda body: ("7bit", body),
    "8bit": lambda body: ("8bit", body),
    "binary": lambda body: ("binary", body),
    "none stated": lambda body: ("", body),
    "unknown": lambda body: ("x-nobody-knows", body),
    "quoted-printable": lambda body: ("quoted-printable", quopri.encodestring(body)),
    "quoted-printable, all": lambda body: (
        "quoted-printable",
        b"=\r\n".join(b"".join(b"=%02X" % byte for byte in body[at : at + 20])
                      for at in range(0, len(body), 20)),
    ),
    "quoted-printable, sloppy": lambda body: ("Quoted-Printable", _qp_sloppy(body)),
    "quoted-printable, not stated": lambda body: ("7bit", _qp_sloppy(body)),
    "quoted-printable, misspelt": lambda body: ("quoted_printable", _qp_sloppy(body)),
    "base64": lambda body: ("base64", base64.encodebytes(body)),
    "base64 on one line": lambda body: ("BASE64", base64.b64encode(body)),
    "base64, ragged": lambda body: ('"base64"', _b64_ragged(body)),
    "base64, no padding": lambda body: ("base64", base64.encodebytes(body).rstrip(b"=\n")),
    "base64, dirty": lambda body: ("base64 (RFC 2045)", _b64_ragged(body).replace(b"\r\n", b"!")),
    "base64, padded inside": lambda body: (
        "base64",
        base64.b64encode(body[:40]) + b"\r\n" + base64.b64encode(body[40:]),
    ),
    "base64, cut off": lambda body: ("base64", base64.b64encode(body + b"xyz")[:-3]),
    "base64, not stated": lambda body: ("7bit", base64.encodebytes(body)),
    "base64 for links": lambda body: ("base64", base64.urlsafe_b64encode(body)),
    "x-uuencode": lambda body: ("x-uuencode", _uu(body)),
    "uuencode": lambda body: ("uuencode", _uu(body)),
    "x-uue": lambda body: ("x-uue", _uu(body)),
    "uuencode, not stated": lambda body: ("7bit", _uu(body)),
    "gzip and base64": lambda body: ("base64", _gzip64(body)),
}  # fmt: skip


def escaped(text: str) -> str:
    """``text`` as it may stand in HTML."""
    return html.escape(text)
