"""Whatever a name was dressed up as, recognizers see it as a reader does."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rufgate.sanitize.normalize import readable
from tests import reports
from tests.sanitize.leak_encodings import ESCAPES
from tests.sanitize.sanitizing import done, text_rules

DRESSED = {
    "a Cyrillic letter": "Wh\u0456tcombe",
    "three Cyrillic letters": "Whit\u0441\u043emb\u0435",
    "a Greek letter": "Whitc\u03bfmbe",
    "fullwidth": "\uff37\uff48\uff49\uff54\uff43\uff4f\uff4d\uff42\uff45",
    "mathematical bold": "𝐖𝐡𝐢𝐭𝐜𝐨𝐦𝐛𝐞",
    "mathematical script": "𝓦𝓱𝓲𝓽𝓬𝓸𝓶𝓫𝓮",
    "mathematical monospace": "𝚆𝚑𝚒𝚝𝚌𝚘𝚖𝚋𝚎",
    "circled": "Ⓦⓗⓘⓣⓒⓞⓜⓑⓔ",
    "negative squared": "🆆🅷🅸🆃🅲🅾🅼🅱🅴",
    "small capitals": "Wʜɪᴛᴄᴏᴍʙᴇ",
    "struck through": "W\u0336h\u0336i\u0336t\u0336c\u0336o\u0336m\u0336b\u0336e\u0336",
    "piled marks": "Wh\u0338\u0321i\u035ct\u0489combe",
    "combining accent": "Whi\u0301tcombe",
    "zero width space": "Whit\u200bcombe",
    "zero width joiner": "Whit\u200dcombe",
    "word joiner": "Whit\u2060combe",
    "soft hyphen": "Whit\u00adcombe",
    "byte order mark": "Whit\ufeffcombe",
    "direction override": "Whit\u202dcombe",
    "tag characters": "Whit\U000e0063combe",
    "variation selector": "Whit\ufe0fcombe",
    "filler": "Whit\u3164combe",
    "blank braille": "Whit\u2800combe",
    "grapheme joiner": "Whit\u034fcombe",
    "HTML references": "Whit&#99;ombe",
    "hex references": "Whit&#x63;&#x6F;mbe",
    "JSON": "Whit\\u0063ombe",
    "JavaScript": "Whit\\x63ombe",
    "utf-7": "Whit+AGM-ombe",
    "quoted-printable": "=57=68=69=74=63=6f=6d=62=65",
    "encoded word": "=?utf-8?Q?Whit=63ombe?=",
    "encoded words, split": "=?utf-8?Q?Whit?=\r\n =?utf-8?B?Y29tYmU=?=",
    "two layers": "Whit\\u0026#99;ombe",
    "utf-7 in references": "Whit&#43;AGM-ombe",
}


@pytest.mark.parametrize("how", list(DRESSED))
def test_a_name_known_from_the_headers_is_one_person_however_it_is_dressed_up(how: str) -> None:
    written = DRESSED[how]
    text = f"Mrs {written} called, and then Ada Whitcombe wrote again."
    report = done(reports.report(reports.original(body=text)), text_rules()).report
    assert str(report.text) == "Mrs [PERSON 1] called, and then [PERSON 1] wrote again."


@pytest.mark.parametrize("how", list(DRESSED))
def test_a_display_name_that_is_dressed_up_is_known_in_the_text(how: str) -> None:
    header = reports.changed(
        reports.ORIGINAL_HEADER, To=f"Ada {DRESSED[how]} <a@home.example>", Subject="hello"
    )
    report = done(
        reports.report(reports.original(header, "So Whitcombe called.")), text_rules()
    ).report
    assert str(report.text) == "So [PERSON 1] called."


@pytest.mark.parametrize(
    "text",
    [
        "Ольга Whitcombe и ΑΓΑΘΗ",  # words that are wholly of one script
        "IT-гиганты, 3D-печать",
        "Ørsted, Łódź, İzmir, naïve, Zürich",
        "नमस्ते मित्र, שָׁלוֹם, مَرْحَبًا",  # marks that belong to their letters
        "x = 10, y=20, z=30 and a==b",
        "C++ or a+b, jane+news, 1+1=2, +44 7700 900123",
        "AT&T, R&D, a & b, fish&chips",
        "C:\\users\\new and \\d+ in a pattern",
        "is it =? or ?= here",
        "100% of 20%25",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert readable(text) == text


_BITS = st.sampled_from(
    ["&#", "38", ";", "&amp;", "\\u", "005c", "u0026", "+", "ACs-", "AGM-", "=?utf-8?q?", "?=",
     "=?", "=3D", "=57", "\uff0b", "\uff06", "\u200b", "#", "x", "a", "\u0430", " ", "\n", "\u0301",
     "%25", "\\x5c"]
)  # fmt: skip


@given(st.lists(_BITS, max_size=14).map("".join))
@example("&#38;#38;#38;#38;#38;#38;#99;")
@example("+ACs-" * 9 + "AGM-")
@example("=?utf-8?q?=3D=3F?=" * 3)
def test_reading_twice_changes_nothing_more(text: str) -> None:
    once = readable(text)
    assert readable(once) == once


def test_rows_of_a_table_are_not_joined() -> None:
    rows = "Doebury,Jane,12 Mill Lane,07700900123,Bronze Saver Monthly,ok\nLee,Ann,,07700900124,x,y"
    assert readable(rows) == rows


_LINES = st.sampled_from(
    ["kappa ", "a line of forty letters and two more words ", "rho", "\n", "Sent: ", "end.", "> "]
)


@pytest.mark.parametrize("label", ["[PERSON 1]", "[PHONE]", "hxxps://x[.]example/…", "[domain]"])
@given(text=st.lists(_LINES, max_size=30).map("".join))
def test_lines_with_a_label_are_left_as_they_are(label: str, text: str) -> None:
    once = readable(f"{label} {readable(text)}")
    assert readable(once) == once
    assert once.count("\n") == readable(text).count("\n")


@pytest.mark.parametrize("piece", ["=?x?q?a", "=?x?q?a?b=?", "\\u005c", "&#38;", "+ACs-", "=3D",
                                   "аa", "a\u0336", "=", "%25"])  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(piece: str) -> None:
    start = time.process_time()
    readable((piece * 65_536)[:65_536])
    assert time.process_time() - start < 2


def test_every_escape_of_the_matrix_is_undone_or_redacted() -> None:
    left = {}
    for name, spell in ESCAPES.items():
        text = f"Please write to {spell('Quillo007Vexmar')}@canary.example today."
        report = done(reports.report(reports.original(body=text)), text_rules()).report
        shown = str(report.text)
        if not (shown.startswith("Please write to ") and shown.endswith(" today.")):
            left[name] = shown
    assert left == {}
