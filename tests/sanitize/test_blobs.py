"""Encoded runs that no single word gives away are found; words, lists and tables stay."""

from __future__ import annotations

import base64
import bz2
import gzip
import lzma
import random
import textwrap
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.sanitize.encoded import encoded_spans
from rufgate.sanitize.normalize import readable
from tests import reports
from tests.e2e.planting import Planted
from tests.sanitize.leak_search import MARK, leaks, outcome

PERSON = "Letter for Jane Doebury, flat 4, 0170 555 0143"


def _raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zlib, fastest": lambda content: zlib.compress(content, 1),
    "zlib, best": lambda content: zlib.compress(content, 9),
    "deflate": _raw_deflate,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zlib, cut off": lambda content: zlib.compress(content)[:-9],
}


def _left(text: str) -> str:
    """What of ``text`` stays."""
    plain = readable(text)
    gone = bytearray(len(plain))
    for span in encoded_spans(plain):
        gone[span.start : span.end] = b"\1" * (span.end - span.start)
    return "".join(char for char, is_gone in zip(plain, gone, strict=True) if not is_gone)


def _lines(coded: str, width: int, start: str = "") -> str:
    return "\n".join(start + line for line in textwrap.wrap(coded, width))


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("around", ["see {} now", "see ({}), now", "a: {}.\nb", '"{}"'])
@pytest.mark.parametrize("content", [PERSON, PERSON * 3])
def test_a_word_of_packed_text_goes(packer: str, around: str, content: str) -> None:
    coded = base64.b64encode(PACKERS[packer](content.encode())).decode()
    assert _left(around.format(coded)) == around.format("")


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("width", [1, 3, 4, 7, 20, 40, 60])
@pytest.mark.parametrize("quote", ["", "> ", "\t"])
def test_packed_text_in_lines_goes(packer: str, width: int, quote: str) -> None:
    coded = base64.b64encode(PACKERS[packer](PERSON.encode())).decode()
    text = f"Good morning.\n\n{_lines(coded, width, quote)}\n\nThe green folder, please."
    kept = {*"Good morning. The green folder, please.".split()}  # noqa: SIM905
    left = {*_left(text).split()}
    assert left - {">"} <= kept
    assert left >= {"Good", "green", "folder,", "please."}


@pytest.mark.parametrize("width", range(1, 30))
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("between", ["\n", "\n> ", "\n\n", " \n"])
def test_base64_in_short_lines_goes(width: int, charset: str, between: str) -> None:
    coded = base64.b64encode(f"Dear Jané Doebury, {PERSON}".encode(charset)).decode()
    text = "Good morning.\n\n" + between.join(textwrap.wrap(coded, width)) + "\n\nThe folder."
    assert set(_left(text).split()) <= {"Good", "morning.", "The", "folder.", ">"}


@given(
    st.lists(st.integers(1, 11), min_size=4, max_size=12),
    st.sampled_from(["", "x", "Note", "And so"]),
    st.integers(0, 3),
)
def test_ragged_lines_that_begin_anywhere_go(widths: list[int], before: str, cut: int) -> None:
    rest = base64.b64encode(f"to {MARK}@canary.example, Jane Doebury".encode()).decode()[cut:]
    lines = []
    for width in [*widths, len(rest)]:
        lines.append(rest[: min(width, 11)])
        rest = rest[min(width, 11) :]
    coded = "\n".join([*filter(None, lines), *textwrap.wrap(rest, 9)])
    left = _left(f"{before}\n{coded}\nend of it.")
    assert len(left.replace("\n", "")) <= len(before) + len("end of it.") + 11


def test_words_cut_to_one_width_on_one_line_go() -> None:
    coded = base64.b64encode(PERSON[:45].encode()).decode()
    assert _left(f"see: {' '.join(textwrap.wrap(coded, 4))}.") == "see: ."


@pytest.mark.parametrize("width", [1, 2, 3, 8, 13])
def test_hexadecimal_in_short_lines_goes(width: int) -> None:
    text = f"Good morning.\n\n{_lines(PERSON.encode().hex(), width, '> ')}\n\nThe folder."
    assert {*_left(text).split()} - {">"} == {"Good", "morning.", "The", "folder."}


def test_base64_of_a_number_or_of_another_alphabet_goes() -> None:
    for content in ("+44 20 7946 0143 or 0144", "Жанна Петрова, улица Мира"):
        coded = base64.b64encode(content.encode()).decode()
        assert _left(f"see {coded} now") == "see  now"


def test_a_long_word_of_chance_goes() -> None:
    coded = base64.b64encode(random.Random(4).randbytes(60)).decode()
    assert _left(f"see {coded} now") == "see  now"


HARMLESS = {
    "prose": (
        "The WordPress plugin of January was updated on Tuesday by the\nManchester office; "
        "Microsoft, PayPal and GitHub\nLinkedIn\nwere told. See iPhone, eBay and YouTube.\n"
    ),
    "versions": "OpenSSL 3.0.13\nPython 3.11.9\nnginx/1.24.0\nLibreSSL\nv2026.11.03-rc1\nRHEL9\n",
    "column of names of things": "Apples\nPears\nPlums\nOranges\nBananas\nKiwis\nCherries\nDates\n",
    "column of months": "Jan\nFeb\nMar\nApr\nMay\nJun\nJul\nAug\nSep\nOct\nNov\nDec\n",
    "table": "Item  Qty\nApple 4\nPear  12\nPlum  7\nGrape 30\nTotal 53\n",
    "marked table": "| Apple | four |\n| Pears | nine |\n| Plums | five |\n",
    "identifiers": "getElementById setTimeoutMilliseconds XMLHttpRequest2 MAX_FIELD_BYTES_2026\n",
    "paths": "/usr/share/doc/Python3/HowTo/Regular-Expressions/2026-11-03/Ix C/Users/Public\n",
    "numbers": "12\n400\n3123\n55\n9001\n77\n1024\n65536\n8080\n443\n25\n587\n",
    "column of ages": "41\n52\n65\n48\n57\n62\n71\n45\n46\n49\n70\n44\n61\n",
    "column of colours": "ff00aa\n00ff7f\n6a5acd\n708090\n4682b4\n2f4f4f\n",
    "order": "Order AB12-CD34-EF56 of 2026-11-03, tracking 1Z999AA10123456784\n",
    "digest": "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n",
    "rule": "----------------------------------------\n________________\n++++++++++++++++\n",
    "shouting": "FREE\nOFFER\nTODAY\nONLY\nBUY\nNOW\nAND\nSAVE\nHALF\nPRICE\n",
    "towns of one length": "Inverurie Kirkcaldy Stornoway Llandudno\n",
    "words of one length": "That Very Same Week They Took Each Road Home From Work\n",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_words_lists_and_tables_stay(name: str) -> None:
    assert _left(HARMLESS[name]) == readable(HARMLESS[name])


@pytest.mark.parametrize("packer", ["gzip", "zlib", "deflate"])
@pytest.mark.parametrize("width", [4, 9, 400])
def test_nothing_of_it_is_in_row_or_copy(packer: str, width: int) -> None:
    coded = base64.b64encode(PACKERS[packer](f"To {MARK}@canary.example".encode())).decode()
    body = f"Please note:\n{_lines(coded, width)}\nThe green folder.\n".replace("\n", "\r\n")
    planted = Planted(reports.report(reports.original(body=body)))
    shown = str(outcome(planted).report.text)
    assert "green folder" in shown
    assert not set(coded.split()) & set(shown.split())
    assert coded[: min(width, len(coded))] not in shown
    assert not leaks(planted)


def test_a_word_that_would_unpack_to_much_is_not_unpacked() -> None:
    word = base64.b64encode(zlib.compress(b"a" * 30_000_000)).decode()[:4000]
    start = time.process_time()
    assert _left(f"{word} " * 15).split() == []
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "piece", ["eJ\n", "eJxz\n", "H4\n", "Ab1 ", "aB\n> ", "SmFu\n", "> \n", "a-B\n"]
)
def test_time_grows_with_the_text(piece: str) -> None:
    start = time.process_time()
    list(encoded_spans((piece * 65_536)[:65_536]))
    took = time.process_time() - start
    assert took < 5, took
