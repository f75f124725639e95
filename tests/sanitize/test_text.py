"""Free text: everything found goes, once, under one label, and nothing of it comes back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rufgate.sanitize.detect import TextContext
from rufgate.sanitize.known_names import HeaderPerson, KnownNames
from rufgate.sanitize.merge import disjoint
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Reason
from rufgate.sanitize.spans import Analysis, Entity, Span
from rufgate.sanitize.text import Realisation, find_all, realise

TOKEN = "p1-" + "a" * 24
REALISATION = Realisation(
    redact_address=lambda local, domain: f"{TOKEN}@{domain}" if domain else "[EMAIL]",
    redact_link=lambda link: "hxxps://host[.]example/…" if "://" in link else None,
    keep_domain=lambda name: name if name == "kept.example" else "[domain]",
)
JANE = HeaderPerson("Jane Doe", "jane.doe", "mail.example")


@dataclass(frozen=True)
class Says:
    """A recognizer with fixed answers, as any implementation of the port may give."""

    words: Sequence[tuple[str, Entity]] = ()
    covered: bool = True
    name: str = "rule"

    def analyze(self, text: RawText, language: str | None = None, **_: object) -> Analysis:
        plain = text.reveal()
        spans = [
            Span(start=at, end=at + len(word), entity=entity, recognizer=self.name)
            for word, entity in self.words
            if (at := plain.find(word)) >= 0
        ]
        return Analysis(spans=spans, language="en", covered=self.covered)


def redacted(text: str, recognizer: Says | None = None, **more: object) -> str:
    ctx = TextContext(recognizer=recognizer, known=KnownNames([JANE]), **more)  # type: ignore[arg-type]
    result = realise(find_all([RawText(text)], ctx)[0], REALISATION, part="text")
    assert result.text is not None
    return str(result.text)


@pytest.mark.parametrize(
    "address",
    [
        "bob@mail.example",
        "bob.o'neil+tag@mail.example",
        "bob@host.internal",
        "bob@localhost",
        '"bob smith"@mail.example',
        "böb@müller.example",
        "bob\u200b@mail.example",
        "bob\uff20mail.example",
        "bob @ mail.example",
        "bob dot smith at mail dot example",
        "bob (at) mail [dot] example",
        "bob[at]mail.example",
        "bob%40mail.example",
        "<bob@mail.example>",
        "bob@[192.0.2.1]",
    ],
)
def test_addresses_in_any_form_become_pseudonyms(address: str) -> None:
    shown = redacted(f"write to {address} today")
    assert TOKEN in shown
    assert "bob" not in shown.lower()
    assert "böb" not in shown.lower()


def test_an_ordinary_at_stays() -> None:
    text = "look at example things at 10.30 and dot the line"
    assert redacted(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("from 192.0.2.7 and 2001:db8::1", "from [IP] and [IP]"),
        ("on fileserver.corp.local", "on [domain]"),
        ("at kept.example", "at kept.example"),
        ("see https://a.example/x?y=z.", "see hxxps://host[.]example/…."),
        ("Dear Zebedee,\nhello", "Dear [PERSON 1],\nhello"),
        ("Hi zebedee,\nhello", "Hi [PERSON 1],\nhello"),
        ("Dear all,\nhello", "Dear all,\nhello"),
        ("Dear customer,", "Dear customer,"),
        ("Kind regards,\nZebedee Quill", "Kind regards,\n[PERSON 1]"),
        ("Thanks,\nThe Support Team", "Thanks,\nThe Support Team"),
        ("Mr Quill and Mrs. Quill", "Mr [PERSON 1] and Mrs. [PERSON 1]"),
        ("my name is Zebedee Quill.", "my name is [PERSON 1]."),
        ("On Mon, 3 May 2027 at 10:00, Zebedee Quill wrote:\n> Zebedee", None),
        ("From: Quill, Zebedee <z@mail.example>\n\nZebedee is in.", None),
    ],
)
def test_structure_and_place_tell(text: str, shown: str | None) -> None:
    result = redacted(text)
    assert shown is None or result == shown
    assert "zebedee" not in result.lower()
    assert "quill" not in result.lower()


def test_one_person_is_one_label_through_subject_and_text() -> None:
    ctx = TextContext(recognizer=None, known=KnownNames([JANE]))
    texts = [RawText("Letter for Jane Doe"), RawText("Dear Jane,\nJ. Doe's file.\nRegards,\nTom")]
    subject, text = (
        str(realise(found, REALISATION, part="text").text) for found in find_all(texts, ctx)
    )
    assert subject == "Letter for [PERSON 1]"
    assert text == "Dear [PERSON 1],\n[PERSON 1]'s file.\nRegards,\n[PERSON 2]"


def test_a_name_found_in_the_text_goes_from_the_subject() -> None:
    ctx = TextContext(recognizer=None)
    found = find_all([RawText("For Zebedee"), RawText("Dear Zebedee,")], ctx)
    assert str(realise(found[0], REALISATION, part="subject").text) == "For [PERSON 1]"


def test_a_value_found_once_goes_everywhere() -> None:
    recognizer = Says([("AB/1234", Entity.REFERENCE)])
    assert (
        redacted("case AB/1234. Quote AB/1234", recognizer) == "case [REFERENCE]. Quote [REFERENCE]"
    )


def test_a_cut_address_gives_nothing_back() -> None:
    recognizer = Says([("Bob m.ellison@mail", Entity.SECRET)])  # it reads a stand-in there
    shown = redacted("Bob bob@mail.example", recognizer)
    assert "bob" not in shown.lower()
    assert "mail.example" not in shown or TOKEN in shown


def test_other_scripts_inside_latin_text_go() -> None:
    assert redacted("The parcel is for Иван Петров today.") == "The parcel is for [PERSON 1] today."


def test_models_are_not_believed_on_plain_words_and_numbers_of_things() -> None:
    words = [
        ("Invoice Summary", Entity.PERSON),
        ("12345678", Entity.DOCUMENT_ID),
        ("24.99", Entity.BANK),
    ]
    text = "Invoice Summary: parcel 12345678 for 24.99 pounds"
    assert redacted(text, Says(words, name="rampart")) == text


def test_phrases_of_the_operator() -> None:
    recognizer = Says([("Glasgow", Entity.LOCATION)])
    text = "Glasgow project Bluebird"
    assert redacted(text, recognizer, allow_phrases=("Glasgow",)) == text
    assert redacted(text, deny_phrases=("bluebird",)) == "Glasgow project [REDACTED]"


def test_an_allowed_phrase_never_opens_an_address() -> None:
    assert "glasgow" not in redacted("glasgow@mail.example", allow_phrases=("glasgow",))


@pytest.mark.parametrize(
    ("text", "recognizer", "reason", "script"),
    [
        ("x" * 101, Says(), Reason.TEXT_TOO_LONG, "LATIN"),
        ("Добрый день", Says(covered=False), Reason.LANGUAGE_NOT_COVERED, "CYRILLIC"),
    ],
)
def test_text_that_nobody_can_read_is_left_out(
    text: str, recognizer: Says, reason: Reason, script: str
) -> None:
    ctx = TextContext(recognizer=recognizer, max_chars=100)
    result = realise(find_all([RawText(text)], ctx)[0], REALISATION, part="text")
    assert result.text is None
    assert (result.omitted, result.chars, str(result.script)) == (reason, len(text), script)


def test_counts_name_the_finder_and_never_the_value() -> None:
    ctx = TextContext(recognizer=None, known=KnownNames([JANE]))
    result = realise(find_all([RawText("for Jane and Jane")], ctx)[0], REALISATION, part="subject")
    (count,) = result.counts
    assert (str(count.entity), str(count.recognizer), str(count.part)) == (
        "person",
        "known_names",
        "subject",
    )
    assert count.count == 2


@pytest.mark.parametrize(
    "text",
    [
        "Dear Jane,\nplease write to bob@mail.example.\nRegards,\nTom Quill",
        "see https://a.example/x, or kept.example",
        "[PERSON 1] and [BIRTH DATE] and [PHONE]",
        "host.corp.local and 192.0.2.1",
    ],
)
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once


_SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(list(Entity))), max_size=8
)


@given(st.text("aB1 .@-", min_size=43, max_size=43), _SPANS)
def test_merged_spans_cover_every_letter_and_never_overlap(
    text: str, ranges: list[tuple[int, int, Entity]]
) -> None:
    spans = [
        Span(start=start, end=start + length, entity=entity, recognizer="rule")
        for start, length, entity in ranges
    ]
    pieces = disjoint(text, spans, ())
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    covered = {place for piece in pieces for place in range(piece.start, piece.end)}
    wanted = {
        place for span in spans for place in range(span.start, span.end) if text[place].isalnum()
    }
    assert wanted <= covered


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken_and_reading_is_stable(text: str) -> None:
    assert readable(readable(text)) == readable(text)
    redacted(text)


def test_wrapped_lines_are_joined_and_others_kept() -> None:
    wrapped = (
        "We have written to you before about the account that is kept for Zebedee\n"
        "Quill, and we would like to hear from you before the end of the month so\n"
        "that it can stay open.\n\n- one\n- two"
    )
    text = readable(wrapped)
    assert "Zebedee Quill" in text
    assert text.endswith("\n\n- one\n- two")
    assert readable("a\u200bb\u00adc\u202e\r\nd\x00\u2028e") == "abc\nd\ne"


@pytest.mark.parametrize(
    "unit",
    ["a.", "a@", "a_", "x at ", "a dot ", "Dear ", "> ", "From: ", "1.", "f:", "Aa ", "\n", "%40"],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    start = time.process_time()
    redacted(text)
    assert time.process_time() - start < 6
