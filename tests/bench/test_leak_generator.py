"""The leak benchmark's reports hold what their truth files say; a seed gives the same again."""

from __future__ import annotations

import email
import html
import re
from email.header import decode_header, make_header
from pathlib import Path
from random import Random

import pytest

from bench.leak import generate, identifiers, parts, score
from bench.leak.book import Book

PARTS = [name for name, books in parts.PARTS.items() if books]


@pytest.mark.parametrize("part", PARTS)
def test_same_arguments_give_the_same_bytes(part: str) -> None:
    first = [generate.case(n, seed=5, part=part) for n in range(40)]
    assert first == [generate.case(n, seed=5, part=part) for n in range(40)]
    assert first != [generate.case(n, seed=6, part=part) for n in range(40)]


@pytest.mark.parametrize("part", PARTS)
def test_untouched_reports_score_everything(part: str, tmp_path: Path) -> None:
    generate.write(tmp_path, count=100, seed=11, part=part)
    figures = score.figures(score.score_folder(tmp_path, tmp_path))
    assert figures["missing"] == 0
    assert figures["string_leak"]["share"] == figures["token_leak"]["share"] == 1.0
    assert {name: kept["share"] for name, kept in figures["kept"].items()} == dict.fromkeys(
        figures["kept"], 1.0
    )


@pytest.mark.parametrize("part", PARTS)
def test_every_planted_string_is_somewhere_in_the_decoded_report(part: str) -> None:
    for number in range(60):
        made = generate.case(number, seed=3, part=part)
        text = _everything(made.content)
        for entry in made.truth["pii"]:
            if "link" in entry["where"]:
                continue  # in base64 or percent form; the scorer's test sees to it
            assert _squashed(entry["value"]) in text, entry


@pytest.mark.parametrize("part", PARTS)
def test_no_name_is_also_a_word_that_must_survive(part: str) -> None:
    for number in range(200):
        truth = generate.case(number, seed=4, part=part).truth
        kept = " ".join(value for values in truth["survive"].values() for value in values)
        words = set(re.findall(r"[^\W\d_]+", kept.lower()))
        assert not words & {token.lower() for token in truth["name_tokens"]}


_WORDS = ("FIRST", "LAST", "SPECIAL_LAST", "GAELIC", "NON_LATIN", "TOWNS", "STREETS")


def test_parts_share_no_template_and_no_name() -> None:
    def phrases(book: Book) -> set[str]:
        return set(re.findall(r"\[\[([^\]]*)\]\]", repr(book.templates)))

    for tune in parts.PARTS["tune"]:
        for measure in parts.PARTS["measure"]:
            assert not phrases(tune) & phrases(measure), (tune.name, measure.name)
            for name in _WORDS:
                shared = set(getattr(tune.words, name)) & set(getattr(measure.words, name))
                assert not shared, (tune.name, measure.name, name)


def test_every_transfer_encoding_and_many_charsets_occur() -> None:
    encodings, charsets = set(), set()
    for number in range(300):
        message = email.message_from_bytes(generate.case(number, seed=1, part="tune").content)
        for part in message.walk():
            if part.get_content_maintype() == "text" and part["content-transfer-encoding"]:
                encodings.add(part["content-transfer-encoding"])
                charsets.add(part.get_content_charset())
    assert encodings == {"7bit", "8bit", "base64", "quoted-printable"}
    assert len(charsets) >= 8


@pytest.mark.parametrize(
    ("number", "valid"), [("9434765919", True), ("4010232137", True), ("4010232138", False)]
)
def test_mod_11_check_digit(number: str, valid: bool) -> None:
    """Published examples of the NHS data dictionary's rule."""
    assert (identifiers.mod11_check(number[:9]) == int(number[9])) is valid


def test_cards_and_ibans_have_valid_check_digits() -> None:
    rng = Random(8)
    assert identifiers.luhn_check("411111111111111") == 1
    for _ in range(50):
        card = re.sub(r"\D", "", identifiers.card(rng))
        assert identifiers.luhn_check(card[:-1]) == int(card[-1])
        iban = identifiers.iban(rng).replace(" ", "")
        moved = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
        assert int(moved) % 97 == 1


def _everything(content: bytes) -> str:
    """All headers and decoded texts, without tags, entities and white space."""
    pieces = []
    for part in email.message_from_bytes(content).walk():
        pieces += [str(make_header(decode_header(str(value)))) for value in part.values()]
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/rfc822-headers" and isinstance(payload, bytes):
            pieces.append(_everything(payload))
        elif isinstance(payload, bytes):
            pieces.append(payload.decode(part.get_content_charset() or "utf-8", "replace"))
    raw = html.unescape("\n".join(pieces))
    return _squashed(raw) + _squashed(re.sub(r"<[^>]*>", "", raw))


def _squashed(text: str) -> str:
    return re.sub(r"[\s\u200b\u200c\u2060\u00ad\ufeff]", "", text)
