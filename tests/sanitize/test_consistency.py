"""One person is one label, a label gives nothing back, and what was sanitized stays as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rufgate.recognize.presidio import PresidioRecognizer
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.persons import PersonNumbers
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import SanitizedReport
from rufgate.sanitize.spans import Analysis, Entity, Recognizer, Span
from tests import reports
from tests.sanitize.parsing import read
from tests.sanitize.sanitizing import Finder, done, text_rules

WAYS = (
    "Jane Doebury", "Jane", "Doebury", "J. Doebury", "J Doebury", "Doebury, Jane", "Doebury, J.",
    "JANE DOEBURY", "jane doebury", "jane", "doebury", "DOEBURY Jane", "Doebury Jane", "J.Doebury",
    "jdoebury", "janedoebury", "jane.doebury", "doeburyj", "Jane's", "Doebury's", "DOEBURY'S",
    "Jane\u00a0Doebury", "Jane  Doebury", "Jane-Doebury", "Mrs Doebury", "Ms J. Doebury",
    "Dr. Jane Doebury", "Jane A. Doebury", "Jane Anne Doebury", "Miss Jane", "Jané Doebury",
    "J\u0430ne Doebury", "Ja\u200bne Doebury", "ＪＡＮＥ Doebury", "Jane_Doebury",
)  # fmt: skip
LEFT = re.compile(r"jan[eé]|doebury", re.IGNORECASE)
NUMBER = re.compile(r"\[PERSON (\d+)\]")


def shown(
    subject: str, text: str, to: str, recognizer: Recognizer | None = None
) -> tuple[str, str]:
    """Subject and text as they come out."""
    header = reports.changed(
        reports.ORIGINAL_HEADER, To=to, Subject=subject, From="<news@example.org>"
    )
    content = reports.report(reports.original(header, text.replace("\n", "\r\n")))
    report = done(content, text_rules(), recognizer=recognizer or Finder()).report
    return str(report.subject), str(report.text)


@pytest.mark.parametrize("way", WAYS)
def test_a_person_of_the_header_is_one_label_however_written(way: str) -> None:
    text = f"we saw {way} there with Jane Doebury.\n\nKind regards,\n{way}\n"
    outcome = "\n".join(shown(f"hello {way}, about it", text, "Jane Doebury <j@home.example>"))
    assert LEFT.search(outcome) is None
    assert set(NUMBER.findall(outcome)) == {"1"}


@pytest.mark.parametrize("way", WAYS)
def test_a_person_found_once_is_one_label_however_written_elsewhere(way: str) -> None:
    """Also before the full name that tells who is meant."""
    text = f"we saw {way} there with Jane Doebury.\n\nKind regards,\n{way}\n"
    finder = Finder("Jane Doebury")
    outcome = "\n".join(shown(f"hello {way}, about it", text, "<x@home.example>", finder))
    assert LEFT.search(outcome) is None
    assert set(NUMBER.findall(outcome)) == {"1"}


def test_two_persons_of_one_family_are_two_labels() -> None:
    to = "Jane Doebury <j@home.example>, Robert Doebury <r@home.example>"
    outcome = shown(
        "hello", "Jane Doebury met Robert Doebury; then Jane left and Robert stayed.", to
    )
    assert outcome[1] == "[PERSON 1] met [PERSON 2]; then [PERSON 1] left and [PERSON 2] stayed."


@pytest.mark.parametrize("short", ["jdoebury", "Jane", "Doebury", "J. Doebury", "JD", "J.D.",
                                   "janedoebury", "Doeburys", "DOEBURY'S"])  # fmt: skip
def test_a_short_form_before_the_full_one_has_its_number(short: str) -> None:
    names = [short, "Robert Ashgrove", "Jane Doebury"]
    numbers = PersonNumbers(names=names)
    assert [numbers.number(name) for name in names] == [1, 2, 1]


def test_numbers_follow_the_order_of_reading() -> None:
    numbers = PersonNumbers([frozenset({"ada", "whitcombe"})], ["Robert Ashgrove", "Lee"])
    assert [numbers.number(name) for name in ("Lee", "Ada", "R. Ashgrove")] == [1, 2, 3]


class Spans:
    """A recognizer that answers any ranges, overlapping as they like."""

    def __init__(self, ranges: list[tuple[int, int, Entity]]) -> None:
        self._ranges = ranges

    def analyze(self, text: RawText, language: str | None = None, **_: object) -> Analysis:
        size = len(text)
        return Analysis(
            spans=[
                Span(start=start % size, end=min(start % size + length, size), entity=entity,
                     recognizer="anything")
                for start, length, entity in self._ranges
            ],
            language="en",
            covered=True,
        )  # fmt: skip


_FOUND = sorted(set(Entity) - {Entity.ADDRESS, Entity.LINK, Entity.DOMAIN})  # those go by form
_RANGES = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 30), st.sampled_from(_FOUND)), max_size=8
)
_WORDS = st.lists(
    st.sampled_from(
        ["kappa", "x7y", "zeta1@q.example", "https://u.example/kappa?e=zeta", "lambda", "(mu)",
         "nu-9", "07700 900123", "[PERSON 3]", "pi;", "rho\n", "q.example"]
    ),
    min_size=3,
    max_size=12,
)  # fmt: skip
_LABEL = re.compile(
    r"\[[A-Za-z ]+(?: \d+)?\]|p1-[a-z2-7]{24}(?:@\[?[\w.]+\]?)?|@\[domain\]"
    r"|hxxps://[\w.\[\]]+?(?:/…|(?=\s|$))"
)


@settings(deadline=None)
@given(words=_WORDS, ranges=_RANGES)
def test_what_stands_beside_labels_stood_there_before(
    words: list[str], ranges: list[tuple[int, int, Entity]]
) -> None:
    """No label gives its neighbour's text back: the rest is the input with letters taken out."""
    text = readable(" ".join(words).replace("\n ", "\n"))
    _, out = shown("hello", text, "<x@home.example>", Spans(ranges))
    left = iter(text)
    assert all(char in left for char in _LABEL.sub("", out) if not char.isspace())


_WRAPPED = (
    "a line that is so long that a mail program would have had to wrap it somewhere about\n"
    "here, and so it did, as they all do\n"
)
_LONG_LINK = (
    "Kit Sponsor and Pitch Hire: https://www.basket.example/enquiries?id=77821\n"
    "Raffle raised 486.23. Next Fixture Subject to Weather: 14.00 on the hill.\n"
)
_PIECES = st.sampled_from(
    ["Dear Mrs Doebury,\n", "Jane wrote to jane.doebury@mail.example about it.\n", "see you\n",
     "Kind regards,\nJane Doebury\n", "call 07700 900123 or +44 20 7946 0018\n",
     "https://t.example/u/amFuZQ?e=jane%40mail.example\n", "from 198.51.100.7 and fe80::1\n",
     "> On 2 Nov 2026, at 09:14, Oksana Brevik <o@mail.example> wrote:\n> yes\n",
     "From: Oksana Brevik\nSent: Monday\nTo: Tomas Wexley\nSubject: x\n\n",
     "jane (at) mail dot example\n",
     "UXVpbGxvMDA3VmV4bWFyQGNhbmFyeQ==\n", "J&#97;ne came\n", "an order of 3 rooms for 12.50\n",
     "Ольга пришла\n", "host printer.local is down\n", _WRAPPED, _LONG_LINK]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=6).map("".join))
def test_a_second_pass_changes_nothing(text: str) -> None:
    to = "Jane Doebury <jane.doebury@mail.example>"
    once = shown("for Jane Doebury", f"Dear Jane,\n\n{text}", to)
    assert shown(once[0], once[1], to) == once


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_second_pass_with_the_models_changes_little() -> None:
    """Context is all to a model: what it read beside a name it reads again beside a label."""
    generate = pytest.importorskip("bench.leak.generate")
    recognizer = PresidioRecognizer()
    changed = []
    for number in range(150):
        content = generate.case(number, seed=7, part="tune").content
        first = _report(content, recognizer)
        if first.text is None or first.subject is None:
            continue
        mail = reports.original(_header(content, str(first.subject)), str(first.text))
        second = _report(reports.report(mail), recognizer)
        if str(second.text).strip() != str(first.text).strip():
            changed.append(number)
    assert len(changed) <= 4


def _header(content: bytes, subject: str) -> list[tuple[str, str]]:
    """The original's header with another subject, and without what speaks of its body."""
    original = read(content).original
    assert original is not None
    fields = [(one.name.reveal(), one.value.reveal()) for one in original.headers]
    kept = [field for field in fields if field[0].lower() not in _OF_THE_BODY]
    return [*kept, ("Subject", subject)]


_OF_THE_BODY = ("subject", "mime-version", "content-type", "content-transfer-encoding")


def _report(content: bytes, recognizer: Recognizer) -> SanitizedReport:
    return done(content, text_rules(), recognizer=recognizer).report
