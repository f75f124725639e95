"""A window is passed over only where nothing that a model says of it would be believed."""

from __future__ import annotations

import pytest

from rufgate.recognize.lexicon import Lexicon
from rufgate.recognize.windows import Sieve, windows


@pytest.fixture(scope="module")
def sieve() -> Sieve:
    return Sieve(Lexicon())


@pytest.mark.parametrize(
    "text",
    [
        "Please sign and return the annual contract within 12 working days.",
        "No action is needed if you already chose to verify the order last week.",
        "[PERSON 1] asked whether [PERSON 2] can send the invoice again.",
        "Thank you for your order, it will be sent to [ADDRESS], [POSTCODE].",
        "p1-abcdefghijklmnopqrstuvwx@example.org has unsubscribed.",
        "the 3rd item costs 5 euros, may be returned and will be refunded. Please",
    ],
)
def test_everyday_words_are_passed_over(sieve: Sieve, text: str) -> None:
    assert not sieve.is_worth(text, (0, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday Margaret called us about the lease.",
        "please ask archer about the lease",  # nothing is cased here: a name may be in lower case
        "It was left in Reading.",
        "It was left with zdenek.",
        "The code for the door is 4711.",
        "Call us on 12 34 56.",
        "user jdoe84 was locked",
        "Please ask for Archer.",
        "[PERSON 1] Thornbury asked for the invoice.",
        "Bitte 王 fragen",
    ],
)
def test_whatever_may_be_personal_is_read(sieve: Sieve, text: str) -> None:
    assert sieve.is_worth(text, (0, len(text)))


def test_what_is_hidden_anyway_is_no_reason_to_read(sieve: Sieve) -> None:
    text = "Please call Margaret Thornbury on 0161 496 0000 about the invoice."
    name, number = text.index("Margaret"), text.index("0161")
    hidden = [(name, name + len("Margaret Thornbury")), (number, number + len("0161 496 0000"))]
    assert not sieve.is_worth(text, (0, len(text)), hidden)
    assert sieve.is_worth(text, (0, len(text)), hidden[:1])
    assert sieve.is_worth(text, (0, len(text)), hidden[1:])


def test_a_paragraph_has_the_same_windows_whatever_stands_before() -> None:
    paragraph = "One sentence of the letter. " * 12
    plain = [paragraph[start:end] for start, end in windows(paragraph)]
    for before in ("Dear Ann,", "Dear Mr Alexander Fitzwilliam-Thornbury,", "x " * 200):
        text = f"{before}\n\n{paragraph}"
        assert [text[start:end] for start, end in windows(text)][-len(plain) :] == plain
