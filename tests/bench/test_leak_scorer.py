"""The scorer finds a planted string through every coding, and what another scorer finds."""

from __future__ import annotations

import base64
import gzip
import html
import json
import quopri
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Callable
from email.header import Header
from email.message import EmailMessage
from email.utils import encode_rfc2231
from pathlib import Path
from random import Random

import pytest

from bench.leak import generate, score, shared_scorer
from bench.leak.haystack import Haystack

NAME = "Zdeněk Müller-Árpádová"
ADDRESS = "zdenek.muller@home.example"
LETTER = f"Dear all,\r\n{NAME} ({ADDRESS}) will not come.\r\n" * 3


def _b64(text: str, charset: str = "utf-8") -> str:
    return base64.b64encode(text.encode(charset)).decode()


def _part(charset: str, encoding: str) -> bytes:
    return _part_of(LETTER, charset, encoding)


def _part_of(text: str, charset: str, encoding: str = "base64") -> bytes:
    message = EmailMessage()
    message.set_content(text, charset=charset, cte=encoding)
    return message.as_bytes()


def _continued() -> bytes:
    coded = urllib.parse.quote(f"{NAME} {ADDRESS}.pdf")
    half = len(coded) // 2 + 1
    return (
        "Content-Type: application/pdf;\r\n"
        f" name*0*=utf-8''{coded[:half]};\r\n name*1*={coded[half:]}\r\n\r\n"
    ).encode()


def _split_word() -> bytes:
    """RFC 2047 forbids a character cut in two; senders do it all the same."""
    raw = f"{NAME} {ADDRESS}".encode()
    cut = raw.index("ě".encode()) + 1
    words = (base64.b64encode(half).decode() for half in (raw[:cut], raw[cut:]))
    return ("Subject: " + "\r\n ".join(f"=?utf-8?B?{word}?=" for word in words)).encode()


CODINGS: dict[str, bytes] = {
    "as it is": LETTER.encode(),
    "8bit latin": _part("iso-8859-2", "8bit"),
    "quoted-printable": _part("utf-8", "quoted-printable"),
    "base64 part": _part("utf-8", "base64"),
    "base64 part, legacy charset": _part("windows-1250", "base64"),
    "utf-16": LETTER.encode("utf-16"),
    "utf-16 in base64": f"token={_b64(LETTER, 'utf-16')}".encode(),
    "quoted-printable without a header": quopri.encodestring(LETTER.encode()),
    "encoded word, base64": b"Subject: =?utf-8?B?" + _b64(f"{NAME} {ADDRESS}").encode() + b"?=",
    "encoded words of the library": f"To: {Header(f'{NAME} {ADDRESS}', 'utf-8').encode()}".encode(),
    "encoded word, q": Header(f"{NAME} {ADDRESS}", "iso-8859-2").encode().encode(),
    "encoded word with language": b"X: =?utf-8*cs?B?" + _b64(f"{NAME} {ADDRESS}").encode() + b"?=",
    "a character cut by encoded words": _split_word(),
    "parameter": b"X-Y: a; name*=" + encode_rfc2231(f"{NAME} {ADDRESS}", "utf-8").encode(),
    "continued parameter": _continued(),
    "entities": "".join(f"&#{ord(char)};" for char in LETTER).encode(),
    "named entities": html.escape(LETTER).encode("ascii", "xmlcharrefreplace"),
    "hexadecimal entities": "".join(f"&#x{ord(char):x};" for char in LETTER).encode(),
    "tags": LETTER.replace("deněk", "<b>den</b>ěk").replace("home", "ho<wbr>me").encode(),
    "escaped tags": LETTER.replace("deněk", "&lt;b&gt;den&lt;/b&gt;ěk").encode(),
    "tag that is not inline": LETTER.replace("Müll", "M<x-y z='1'>ül</x-y>l").encode(),
    "percent": urllib.parse.quote(LETTER, safe="").encode(),
    "percent twice": urllib.parse.quote(urllib.parse.quote(LETTER, safe="")).encode(),
    "percent, latin": urllib.parse.quote(LETTER, encoding="iso-8859-1", errors="replace").encode(),
    "form": urllib.parse.urlencode({"a": LETTER}).encode(),
    "json": json.dumps(LETTER).encode(),
    "hexadecimal escapes": "".join(
        rf"\x{b:02x}" for b in LETTER.encode("latin-1", "replace")
    ).encode(),
    "base64 in text": f"token={_b64(LETTER)}&c=7".encode(),
    "base64 without padding in a path": f"https://a.example/x/{_b64(LETTER).rstrip('=')}".encode(),
    "url-safe base64": base64.urlsafe_b64encode(f"?>~?>~ {LETTER} ?>~".encode()),
    "base64 in uneven lines": b"\r\n".join(re.findall(b".{1,18}", _b64(LETTER).encode())),
    "base64 over lines": base64.encodebytes(LETTER.encode()).replace(b"\n", b"\r\n  "),
    "base64 twice": _b64(_b64(LETTER)).encode(),
    "base64 glued to letters": f"ab{_b64(LETTER)}".encode(),
    "base64 of percent form": _b64(urllib.parse.quote(LETTER)).encode(),
    "percent form of base64": urllib.parse.quote(_b64(LETTER), safe="").encode(),
    "hexadecimal": LETTER.encode().hex().encode(),
    "zero-width": "\u200b".join(LETTER).encode(),
    "soft hyphens": LETTER.replace("ü", "ü\u00ad").replace("home", "ho\u00adme").encode(),
    "zero-width entities": LETTER.replace("ll", "l&#8203;l").replace("home", "ho&shy;me").encode(),
    "no accents": b"Zdenek Muller-Arpadova zdenek.muller@home.example",
    "decomposed": unicodedata.normalize("NFD", LETTER).encode(),
    "upper case": LETTER.upper().encode(),
    "full width": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in LETTER).encode(),
    "wrapped lines": LETTER.replace("Müller", "Müller\r\n ").replace("home", "home\r\n").encode(),
    "gzip": gzip.compress(LETTER.encode()),
    "zlib in base64": base64.b64encode(zlib.compress(LETTER.encode())),
    "header block in a part": (
        b'Content-Type: multipart/report; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(f"To: {Header(f'{NAME} <{ADDRESS}>', 'utf-8').encode()}\r\n".encode())
        + b"--b--\r\n"
    ),
}
LOSES_LETTERS = {"percent, latin", "hexadecimal escapes"}  # ě is not in Latin-1


@pytest.mark.parametrize("coding", CODINGS)
def test_a_planted_string_is_found_through(coding: str) -> None:
    found = Haystack([CODINGS[coding]])
    assert found.has(ADDRESS)
    assert coding in LOSES_LETTERS or found.has(NAME)
    assert found.has_word("Árpádová") or coding in LOSES_LETTERS


@pytest.mark.parametrize("coding", CODINGS)
def test_nothing_else_is_found(coding: str) -> None:
    found = Haystack([CODINGS[coding]])
    assert not found.has("Zdenka Mullerova")
    assert not found.has("zdenek.muller@work.example")
    assert not found.has_word("Muell")


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("Jürgen Müller", urllib.parse.quote("Jürgen Müller", encoding="iso-8859-1").encode()),
        ("Ирина", b"=?koi8-r*ru?B?" + _b64("Ирина", "koi8-r").encode() + b"?="),
        ("Ирина", b"=?koi8-r?Q?=E9=D2=C9=CE=C1?="),
        ("a?>~b?>~c?>~d", base64.urlsafe_b64encode(b"-a?>~b?>~c?>~d-")),
        ("Müller", "M<x-y>ül</x-y>ler".encode()),
        ("Zoë", b"Dear Zoe,"),
        ("Zoe", "Dear Zoë,".encode()),
        ("Łukasz", b"Dear Lukasz,"),
        ("王小明", _part_of("王小明様", "iso-2022-jp")),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ".encode()),
    ],
)
def test_short_values_and_other_scripts_are_found(value: str, content: bytes) -> None:
    assert Haystack([content]).has(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("943 476 5919", "NHS 943-476-5919"),
        ("943 476 5919", "NHS 9434765919."),
        ("GB29 NWBK 6016 1331 9268 19", "gb29nwbk60161331926819"),
        ("+44 (0)20 7946 0018", "+44(0)2079460018"),
        ("QQ 12 34 56 C", "qq123456c"),
    ],
)
def test_numbers_are_found_whatever_stands_between_their_digits(value: str, text: str) -> None:
    assert Haystack([text.encode()]).has(value)


def test_name_tokens_are_whole_words_but_for_long_ones() -> None:
    found = Haystack([b"Annabel wrote to jane_doe99 about the Featherstonehaugh-like house"])
    assert not found.has_word("Anna")
    assert found.has_word("jane")
    assert found.has_word("Feather")  # six letters and more do not turn up by chance


def test_what_must_survive_has_to_be_there_as_it_was() -> None:
    found = Haystack(["Café at\r\n 10:30, room 2.14".encode()])
    assert found.keeps("café at 10:30")
    assert not found.keeps("cafe at 10:30")
    assert not found.keeps("room 2.15")
    assert Haystack(["the ﬁnal oﬃce, room ２.１４".encode()]).keeps("final office, room 2.14")


def test_what_must_survive_has_to_be_shown() -> None:
    """A reader of the copy does not decode base64 by hand."""
    hidden = Haystack([_b64("The library closes at noon").encode()])
    assert hidden.has("The library closes at noon")
    assert not hidden.keeps("The library closes at noon")
    assert Haystack([_part("utf-8", "base64")]).keeps("will not come")
    assert Haystack([b"<p>The <i>library</i> closes&nbsp;at noon"]).keeps("library closes at noon")


def test_strings_of_two_views_do_not_make_one() -> None:
    assert not Haystack([b"943476", b"5919"]).has("943 476 5919")


def test_a_missing_output_leaks_nothing_and_keeps_nothing(tmp_path: Path) -> None:
    generate.write(tmp_path / "in", count=3, seed=2, part="tune")
    (tmp_path / "out").mkdir()
    figures = score.figures(score.score_folder(tmp_path / "in", tmp_path / "out"))
    assert (figures["missing"], figures["clean"]["share"]) == (3, 1.0)
    assert figures["string_leak"]["share"] == 0.0
    assert {kept["share"] for kept in figures["kept"].values()} == {0.0}


def test_file_names_of_outputs_count(tmp_path: Path) -> None:
    truth = {"id": "0000", "style": "x", "survive": {}, "name_tokens": ["Featherstone"]}
    truth["pii"] = [{"type": "PERSON", "value": "Jo Featherstone", "where": "text"}]
    (tmp_path / "0000.json").write_text(json.dumps(truth))
    out = tmp_path / "out"
    out.mkdir()
    (out / "0000-jo featherstone.eml").write_bytes(b"nothing")
    (scored,) = score.score_folder(tmp_path, out)
    assert [leak.value for leak in scored.leaks] == ["Jo Featherstone", "Featherstone"]


_MANGLERS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    urllib.parse.quote,
    lambda text: "https://x.example/" + _b64(text).rstrip("="),
    lambda text: _b64(_b64(text)),
    lambda text: "".join(f"&#{ord(char)};" for char in text),
    lambda text: text.replace(" ", "") if len(text) > 9 else text,
    lambda text: f"<p>{text[:2]}<b>{text[2:]}</b></p>",
    lambda text: Header(text, "utf-8").encode(),
    json.dumps,
    "\u200b".join,
    lambda text: text[: len(text) // 2],
    lambda text: "[REDACTED]",
)


def _mangled(truth: dict[str, object], rng: Random) -> bytes:
    """An output that holds some strings in some coding, as a poor sanitizer would leave them."""
    entries: list[dict[str, str]] = truth["pii"]  # type: ignore[assignment]
    kept: dict[str, list[str]] = truth["survive"]  # type: ignore[assignment]
    values = [entry["value"] for entry in entries] + [one for row in kept.values() for one in row]
    return "\n\n".join(rng.choice(_MANGLERS)(value) for value in values).encode()


def test_at_least_what_the_shared_scorer_finds(tmp_path: Path) -> None:
    program = shared_scorer.scorer()
    if program is None:
        pytest.skip("no second scorer: set RUFGATE_SCORER to its score.py")
    generate.write(tmp_path / "in", count=80, seed=7, part="tune")
    (tmp_path / "out").mkdir()
    rng = Random(7)
    for file in (tmp_path / "in").glob("*.json"):
        (tmp_path / "out" / f"{file.stem}.eml").write_bytes(
            _mangled(json.loads(file.read_text()), rng)
        )
    printed, theirs = shared_scorer.score(tmp_path / "in", tmp_path / "out", program, show=9999)
    scores = score.score_folder(tmp_path / "in", tmp_path / "out")
    ours = {(leak.report, leak.value) for one in scores for leak in one.leaks}
    missed = set(_printed(printed)) - ours
    assert not missed
    figures = score.figures(scores)
    assert 0.2 < theirs["string_leak"] <= figures["string_leak"]["share"] < 0.98
    assert figures["string_leak"]["of"] == theirs["strings"]
    assert figures["token_leak"]["of"] == theirs["tokens"]
    for name, kept in figures["kept"].items():
        assert 0.2 < kept["share"] <= theirs["utility_by_class"][name]


def _printed(text: str) -> set[tuple[str, str]]:
    """(report, value) of the lines that the shared scorer prints for leaks."""
    rows = re.findall(r"^  LEAK \| (\S+) \| .*? \| \S+ \| .*? \| (.*)$", text, re.MULTILINE)
    return set(rows)
