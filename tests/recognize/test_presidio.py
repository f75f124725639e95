"""What the recognizers find, what they leave, and that they never leave the machine."""

from __future__ import annotations

import socket
import time

import pytest

from rufgate.recognize.presidio import PresidioRecognizer
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.spans import Entity


@pytest.fixture(scope="module")
def recognizer() -> PresidioRecognizer:
    return PresidioRecognizer()


def covered(recognizer: PresidioRecognizer, text: str, value: str, entity: Entity | None) -> bool:
    """Whether every letter and digit of ``value`` is found, one span at least as ``entity``."""
    spans = recognizer.analyze(RawText(text)).spans
    start = text.index(value)
    hits = [span for span in spans if span.start < start + len(value) and start < span.end]
    places = {place for span in hits for place in range(span.start, span.end)}
    whole = all(
        place in places or not text[place].isalnum() for place in range(start, start + len(value))
    )
    return whole and (entity is None or any(span.entity is entity for span in hits))


FOUND = [
    ("My NHS number is {}.", "943 476 5919", Entity.HEALTH_ID),
    ("CHI {} on file", "0101701233", Entity.HEALTH_ID),
    ("NI number held: {}.", "qq 12 34 56 c", Entity.NATIONAL_ID),
    ("UTR: {}", "12345 67890", Entity.TAX_ID),
    ("sort code {} please", "20-40-60", Entity.BANK),
    ("account number {}", "12345678", Entity.BANK),
    ("paid to {}", "GB82 WEST 1234 5698 7654 32", Entity.BANK),
    ("card {}", "4111-1111-1111-1111", Entity.CARD),
    ("my passport is {}", "123456789", Entity.DOCUMENT_ID),
    ("licence {}", "MORGA657054SM9IJ", Entity.DOCUMENT_ID),
    ("the car {} is parked", "AB51 CDE", Entity.VEHICLE),
    ("in {} now", "SW1A 1AA", Entity.POSTCODE),
    ("at {}, near", "Flat 2, 14 Rose Street", Entity.STREET),
    ("wohnt in der {}", "Lindenstraße 12", Entity.STREET),
    ("DOB: {}", "12/03/1974", Entity.BIRTH_DATE),
    ("I was born on {}", "3rd of May 2015", Entity.BIRTH_DATE),
    ("on {} she came", "4 June 1961", Entity.BIRTH_DATE),
    ("call {} now", "07700 900123", Entity.PHONE),
    ("ring {}", "+44 (0)20 7946 0018", Entity.PHONE),
    ("reach me on {}", "555-0142 99", Entity.PHONE),
    (
        "dial {}",
        "oh seven seven double zero nine one two",
        Entity.PHONE,
    ),
    ("my ssn is {}", "078-05-1120", Entity.NATIONAL_ID),
    ("tenancy reference {}", "TN/2024/00123", Entity.REFERENCE),
    ("student no. {}", "S1234567", Entity.REFERENCE),
    ("our ref: {}", "ABC/123456", Entity.REFERENCE),
    ("password: {}", "hunter22!", Entity.SECRET),
    ("your code is {}", "483920", None),
    ("token {}", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefgh", Entity.SECRET),
    ("user name: {}", "jdoe_84", Entity.USERNAME),
    ("follow {} there", "@zebedee_q", Entity.USERNAME),
    ("MAC {}", "00:00:5e:00:53:af", Entity.DEVICE),
    ("see {} attached", "Zebedee_Quill_CV.pdf", Entity.FILE),
    ("PESEL {}", "44051401359", Entity.NATIONAL_ID),
    ("DNI {}", "12345678Z", Entity.NATIONAL_ID),
    ("Yesterday {} called us about the lease.", "Margaret Thornbury", Entity.PERSON),
]


@pytest.mark.parametrize(("frame", "value", "entity"), FOUND)
def test_finds(
    recognizer: PresidioRecognizer, frame: str, value: str, entity: Entity | None
) -> None:
    assert covered(recognizer, frame.format(value), value, entity)


KEPT = [
    "The appointment is on Monday 14 December 2026 at 10:30 in room 12.",
    "Order 12345678 with 3 items for 24.99 pounds has been sent.",
    "Please find the minutes in the shared folder.",
    "Your password has expired. Please choose a new one.",
    "The meeting starts at 09:00 and ends at 17:30.",
    "Invoice 2026-0042 is due within 30 days.",
    "Version 3.11.7 was released, see page 42.",
    "Sale: 25% off until 31/12/2026, from 19.99 to 249.00 euros.",
]


@pytest.mark.parametrize("text", KEPT)
def test_leaves_what_is_nothing_personal(recognizer: PresidioRecognizer, text: str) -> None:
    spans = recognizer.analyze(RawText(text)).spans
    sure = [text[span.start : span.end] for span in spans if span.recognizer != "rampart"]
    assert sure == []  # what the model alone guesses is judged in sanitize.believe


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Short subject", True),
        ("", True),
        (
            "Sehr geehrte Damen und Herren, anbei senden wir Ihnen die Unterlagen zur Anfrage.",
            True,
        ),
        ("Madame, Monsieur, veuillez trouver ci-joint les documents que vous avez demandés.", True),
        ("Добрый день, пришлите документы, пожалуйста", False),
        ("您好,请查收附件", False),
        (
            "Vážený zákazníku, zasíláme vám požadované dokumenty k vaší žádosti o změnu smlouvy.",
            False,
        ),
    ],
)
def test_language_decides_whether_text_is_covered(
    recognizer: PresidioRecognizer, text: str, covered: bool
) -> None:
    analysis = recognizer.analyze(RawText(text))
    assert analysis.covered is covered


def test_in_a_language_that_no_model_reads_the_rules_still_find(
    recognizer: PresidioRecognizer,
) -> None:
    text = (
        "Vážený zákazníku Zdeněk Okurka, zasíláme vám dokumenty k žádosti o změnu smlouvy, "
        "iban GB82 WEST 1234 5698 7654 32, tel. +44 20 7946 0018, NHS 943 476 5919."
    )
    analysis = recognizer.analyze(RawText(text))
    assert not analysis.covered
    found = {text[span.start : span.end] for span in analysis.spans}
    assert {"GB82 WEST 1234 5698 7654 32", "+44 20 7946 0018", "943 476 5919"} <= found
    assert {span.recognizer for span in analysis.spans}.isdisjoint({"rampart", "SpacyRecognizer"})


def test_never_touches_the_network(
    recognizer: PresidioRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    PresidioRecognizer().analyze(RawText("jane@mail.example, https://a.example/x, 07700 900123"))
    recognizer.analyze(RawText("Jane Doe, jane@mail.example"))


def test_four_kilobytes_take_a_fraction_of_a_second(recognizer: PresidioRecognizer) -> None:
    text = "Yesterday Margaret Thornbury called us about the lease of the house.\n" * 60
    recognizer.analyze(RawText(text))
    start = time.process_time()
    recognizer.analyze(RawText(text[:4096]))
    assert time.process_time() - start < 3  # about 0.4 on an idle core; the rest is for busy ones
