"""The second opinion: what came in is found again in any notation, and nothing else is."""

from __future__ import annotations

import base64
import quopri
import time
from urllib.parse import quote

import pytest

from rufgate.sanitize.leakcheck import Needles, leaks, needles_from, words_in

ADDRESS = "ada.whitcombe@home.example"
NEEDLES = needles_from(
    [f'"Ada Whitcombe" <{ADDRESS}>'], ["Ada Whitcombe", "Łukasz Ödegård"], ["203.0.113.9"]
)
CYRILLIC = needles_from([], ["Дмитрий Воронцов"], [])


def hit(text: str, needles: Needles = NEEDLES) -> bool:
    return leaks(needles, [("leaf", text)]) == {"leaf"}


def base64_at(phase: int, value: str) -> str:
    return base64.b64encode(("x" * phase + value + " and more").encode()).decode()


VALUES = {
    "address": ADDRESS,
    "address in another case": ADDRESS.upper(),
    "local part": "ada.whitcombe",
    "name word": "Whitcombe",
    "IP address": "203.0.113.9",
}
ENCODINGS = {
    "raw": str,
    "upper": str.upper,
    "full width": lambda value: "".join(
        chr(ord(char) + 0xFEE0) if char.isalpha() else char for char in value
    ),
    "percent": lambda value: "".join(f"%{ord(char):02X}" for char in value),
    "percent of specials": lambda value: quote(value, safe=""),
    "entities": lambda value: "".join(f"&#{ord(char)};" for char in value),
    "hex entities": lambda value: "".join(f"&#x{ord(char):x};" for char in value),
    "quoted-printable": lambda value: "".join(f"={ord(char):02X}" for char in value),
    "soft line break": lambda value: f"{value[:4]}=\r\n{value[4:]}",
    "base64, phase 0": lambda value: base64_at(0, f" {value}"),
    "base64, phase 1": lambda value: base64_at(1, f" {value}"),
    "base64, phase 2": lambda value: base64_at(2, f" {value}"),
    "base64 behind a word": lambda value: "abc" + base64_at(0, f" {value}"),
    "base64 in a path": lambda value: "/t/" + base64_at(2, f" {value}"),
    "base64 unpadded": lambda value: base64.b64encode(f"{value}".encode()).decode().rstrip("="),
    "base64 for URLs": lambda value: base64.urlsafe_b64encode(f"{value}?~~>".encode()).decode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_found_in_each_notation(value, encoding):
    assert hit(f"before {ENCODINGS[encoding](VALUES[value])} after")


@pytest.mark.parametrize(
    "text",
    [
        f"mailto:{ADDRESS}?subject=x",
        f"x{ADDRESS}y",
        "ada.whitcombe",
        "u_whitcombe_7",
        "WHITCOMBE's",
        "ödegård",
        "o\u0308dega\u030ard",
        "Odegard",
        "::ffff:203.0.113.9",
        "[203.0.113.9]",
        "203.0.113.9:25",
    ],
)
def test_variants_are_found(text):
    assert hit(f"see {text} there")


@pytest.mark.parametrize(
    "text",
    [
        "whitcombes",  # another word
        "ada",  # a name word of three letters says nothing alone
        "home.example",
        "203.0.113.90",
        "1203.0.113.9",
        "198.51.100.23",
        "[PERSON 1] wrote to p1-xkidzxba7xx23b3eyhu4ylbl@home.example",
        "",
    ],
)
def test_what_is_no_trace_is_not_taken_for_one(text):
    assert not hit(text)


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 4])
def test_base64_that_was_cut_off_is_still_read(cut):
    encoded = base64.b64encode(b"To Ada Whitcombe, at home").decode().rstrip("=")
    assert hit(f"=?utf-8?b?{encoded[: len(encoded) - cut]}")


def test_names_in_other_scripts_are_found_raw_and_encoded():
    word = "Воронцов"
    assert hit(word, CYRILLIC)
    assert hit(word.upper(), CYRILLIC)
    assert hit(quote(word), CYRILLIC)
    assert hit(quopri.encodestring(word.encode()).decode(), CYRILLIC)
    for phase in range(3):
        assert hit(base64.b64encode(b"x" * phase + f" {word}".encode()).decode(), CYRILLIC), phase


def test_labels_and_pseudonyms_of_ours_are_not_searched():
    needles = Needles(
        addresses=frozenset(), words=frozenset({"person", "street", "label"}), ips=frozenset()
    )
    assert not hit("[PERSON 1], [label] and [BIRTH DATE]", needles)
    assert hit("a person", needles)


def test_only_the_leaves_that_hold_something_are_named():
    leaves = [("subject", "hello"), ("headers/3", ADDRESS), ("text", "Mrs Whitcombe")]
    assert leaks(NEEDLES, leaves) == {"headers/3", "text"}


def test_an_exempt_word_passes_alone_but_not_in_an_address():
    exempt = NEEDLES.without(["Whitcombe", "ada.whitcombe"])
    assert not hit("Whitcombe", exempt)
    assert not hit("ada.whitcombe", exempt)
    assert hit(ADDRESS, exempt)


def test_an_exempt_address_passes_whole_and_no_other():
    exempt = NEEDLES.without_addresses([ADDRESS.upper()]).without(
        ["whitcombe", "ada", "ada.whitcombe"]
    )
    assert not hit(ADDRESS, exempt)
    other = needles_from([ADDRESS, "bob@home.example"], [], []).without_addresses([ADDRESS])
    assert hit("bob@home.example", other)


def test_a_finished_mail_is_searched_for_addresses_and_ips_alone():
    whole = NEEDLES.addresses_only()
    assert not hit("Whitcombe", whole)
    assert hit(ADDRESS, whole)
    assert hit("203.0.113.9", whole)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ('"Ada, W." <Ada.W@Home.Example>', "ada.w@home.example"),
        ("rfc822;ada.w@home.example", "ada.w@home.example"),
        ('"ada.w"@home.example', "ada.w@home.example"),
        ("<ada.w@home.example.>", "ada.w@home.example"),
        ("a@b@home.example", "a@b@home.example"),
        ("no address", None),
        ("@home.example", None),
        ("ada@", None),
    ],
)
def test_addresses_are_taken_from_any_notation(value, address):
    assert needles_from([value], [], []).addresses == ({address} if address else set())


@pytest.mark.parametrize(
    ("local", "words"),
    [
        ("ada", set()),
        ("jdoe", {"jdoe"}),
        ("12345678", set()),
        ("ada.whitcombe", {"ada.whitcombe", "whitcombe"}),
        ("whitcombe_1984", {"whitcombe_1984", "whitcombe"}),
    ],
)
def test_words_of_a_local_part(local, words):
    assert needles_from([f"{local}@home.example"], [], []).words == words


def test_ip_addresses_are_compared_in_canonical_form():
    needles = needles_from([], [], ["2001:DB8:0:0::7", "not an address", "1.2.3.999"])
    assert needles.ips == {"2001:db8::7"}
    for written in (
        "2001:db8::7",
        "[IPv6:2001:DB8::0007]",
        "2001:0db8:0:0:0:0:0:7",
        "2001:db8::7:",
    ):
        assert hit(f"from {written} by", needles), written
    assert not hit("2001:db8::8", needles)
    assert not hit("at 09:14:58", needles)


def test_underscores_part_words():
    assert words_in("Ada_Whitcombe-Smith 7") == ["ada", "whitcombe", "smith", "7"]


LONG = 65_536
MANY = needles_from(
    [f"person{number}@home.example" for number in range(500)],
    [f"Surname{number}" for number in range(500)],
    [f"10.0.{number}.1" for number in range(256)],
)


@pytest.mark.parametrize(
    "unit",
    ["a", "A=", "%41", "&#65;", "&", "=", "=\r\n", "@", "a@", "[A", "[PERSON ", "p1-a",
     "p1-" + "a" * 24, "1.", "1:", "::", "f:", "0", "\u0300", "ﷺ", "YWRh", "-_", "\n", "_"],
)  # fmt: skip
def test_the_time_grows_with_the_length_of_the_text(unit):
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        started = time.process_time()
        leaks(MANY, [("text", text)])
        return time.process_time() - started

    seconds(1000)
    short = max(seconds(LONG // 8), 0.005)
    assert seconds(LONG) < 40 * short


def in_lines(content: bytes, end: str = "\r\n", width: int = 20) -> str:
    """Base64 broken over lines of ``width`` characters, as mail programs do it (at 76)."""
    whole = base64.b64encode(content).decode()
    return end.join(whole[at : at + width] for at in range(0, len(whole), width))


NESTED = {
    "percent": lambda value: "".join(f"%{byte:02X}" for byte in value.encode()),
    "entities": lambda value: "".join(f"&#{ord(char)};" for char in value),
    "quoted-printable": lambda value: "".join(f"={byte:02X}" for byte in value.encode()),
    "base64": lambda value: base64.b64encode(value.encode()).decode(),
    "base64 for URLs": lambda value: base64.urlsafe_b64encode(value.encode()).decode().rstrip("="),
    "base64 in lines": lambda value: in_lines(value.encode()),
    "base64 in quoted lines": lambda value: in_lines(value.encode(), "\n> "),
    "base64 off phase": lambda value: base64.b64encode(f"x {value}".encode()).decode(),
    "base64 between bytes": lambda value: base64.b64encode(
        b"\0\1\2\3\xff" * 9 + value.encode() + b"\0\xfe\1" * 9
    ).decode(),
}


@pytest.mark.parametrize("inner", NESTED)
@pytest.mark.parametrize("outer", NESTED)
def test_two_encodings_within_each_other_are_undone(outer, inner):
    for value in (ADDRESS, "from Whitcombe, Ada", "at 203.0.113.9 today"):
        written = NESTED[outer](NESTED[inner](f"to {value} and more"))
        assert hit(f"before {written} after"), value
        assert hit(f"attachment\r\n{written}\r\nafter it"), value


def test_a_finished_mail_may_add_an_encoding_of_its_own():
    twice = NESTED["base64"](NESTED["base64"](f"to {ADDRESS} and more"))
    copy = quopri.encodestring(f"text {twice} and more text".encode()).decode()
    both = NESTED["quoted-printable"](NESTED["percent"](f"to {ADDRESS} and more"))
    for mail in (copy, quopri.encodestring(both.encode()).decode()):
        assert leaks(NEEDLES, [("mail", mail)], depth=3) == {"mail"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "  \n", "\n  ", "\n> ", "\r\n> > ", "\n\t"])
@pytest.mark.parametrize("width", [8, 12, 19, 60, 64, 76])
def test_base64_broken_over_lines_is_read_as_one(end, width):
    content = b"x" * 50 + f" please write to {ADDRESS} or call".encode() + b"y" * 50
    assert hit(f"see\n{in_lines(content, end, width)}\nbelow")


def test_prose_reads_as_nothing_but_itself():
    prose = (
        "Dear colleagues,\nplease find attached the minutes of Wednesday's meeting, and let\n"
        "us know of corrections until Friday: 100% = all, Q&A included.\n"
    ) * 20
    assert not hit(prose)
