"""The personal values of one canary: made up, new each time, and unlike anything else.

In:  a source of chance.
Out: ``Person``s, numbers with valid check digits, and the ``Mark``s by which they are looked for.
SECURITY: names are no words of any language; numbers lie in ranges that are given to nobody
     (Ofcom's for drama, the NHS's for tests, a card issuer's for tests).
FAILS: never.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

_CONSONANTS: Final = "bdfgklmnprtvz"
_VOWELS: Final = "aeiou"
_SYLLABLES: Final = 4
_SURNAME_ENDINGS: Final = (
    "by", "cott", "dale", "erby", "field", "gard", "holm", "kin", "low", "mere", "nell", "over",
    "penn", "rick", "son", "ton", "ulf", "well",
)  # fmt: skip
_GIVEN_ENDINGS: Final = (
    "al", "an", "ar", "el", "en", "es", "ia", "il", "in", "is", "iva", "on", "or", "os", "ot", "ur",
    "us", "yn",
)  # fmt: skip
_POST_TOWNS: Final = ("LS", "BD", "NG", "CF", "EH", "BS", "YO", "HU")
_POST_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"


class Role(Enum):
    """Where a person stands in the report; the value is how an operator reads it."""

    AUTHOR = "From"
    RECIPIENT = "To, the salutation and the subject"
    COPIED = "Cc and the text"
    REPLY = "Reply-To"
    REPORTER = "the envelope sender of the report"
    OUTSIDE = "the outer header and the first part"
    BOUNCE = "the bounce address (VERP)"
    TRACE = "Received"
    IDENTIFIER = "Message-ID and Original-Envelope-Id"
    EXTENSION = "unknown fields and comments"
    SIGNED = "the canonicalized body"
    LINK = "tracking links"
    WRITTEN = "an address in the text"
    HIDDEN = "hidden text, alt and title"
    FILE_NAME = "an attachment's name"
    FILE = "an attachment's content"
    CARD = "a contact card"
    HOST = "a recipient's domain"


class Kind(Enum):
    """How a mark may be written, and so how it is looked for."""

    WORD = auto()  # letters: any case, anywhere in a word
    DIGITS = auto()  # with any separators
    CODE = auto()  # too short to be looked for within other words


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A value that must not be found afterwards. ``root`` begins it, and other marks of the run."""

    what: str
    value: str
    kind: Kind = Kind.WORD
    root: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who does not exist."""

    role: Role
    given: str
    surname: str

    @property
    def name(self) -> str:
        """As in a display name."""
        return f"{self.given} {self.surname}"

    @property
    def local(self) -> str:
        """As before the at sign."""
        return f"{self.given}.{self.surname}".lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """All that one canary holds of persons."""

    people: dict[Role, Person]
    phone: str
    card: str
    health: str
    postcode: str
    marks: tuple[Mark, ...]


def make_values(chance: random.Random, *, keeps_domains: bool = False) -> Values:
    """New values. All surnames of one canary begin alike, so that a search is short.

    Where the policy keeps every domain, nobody is hidden in one.
    """
    family, first = _word(chance), _word(chance)
    surnames = chance.sample(_SURNAME_ENDINGS, len(Role))
    givens = chance.sample(_GIVEN_ENDINGS, len(Role))
    people = {
        role: Person(role=role, given=f"{first}{given}", surname=f"{family}{surname}")
        for role, surname, given in zip(Role, surnames, givens, strict=True)
        if not (keeps_domains and role is Role.HOST)
    }
    phone = f"0113 496 0{chance.randrange(1000):03d}"
    card, health, postcode = _card(chance), _health(chance), _postcode(chance)
    marks = [
        *(
            Mark(what=f"surname in {role.value}", value=person.surname, root=family)
            for role, person in people.items()
        ),
        *(
            Mark(what=f"given name in {role.value}", value=person.given, root=first)
            for role, person in people.items()
            if role is not Role.HOST  # a domain has one name
        ),
        Mark(what="phone number in the text", value=phone, kind=Kind.DIGITS, root=phone),
        Mark(what="card number in the text", value=card, kind=Kind.DIGITS, root=card),
        Mark(what="health number in the text", value=health, kind=Kind.DIGITS, root=health),
        Mark(what="postcode in the text", value=postcode, kind=Kind.CODE, root=postcode),
    ]
    return Values(
        people=people,
        phone=phone,
        card=card,
        health=health,
        postcode=postcode,
        marks=tuple(marks),
    )


def _word(chance: random.Random) -> str:
    """Nine letters, over 2^27 of them: no chance find in a database of any size."""
    syllables = (chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(_SYLLABLES))
    return ("".join(syllables) + chance.choice(_CONSONANTS)).capitalize()


def _card(chance: random.Random) -> str:
    digits = "400000" + "".join(str(chance.randrange(10)) for _ in range(9))
    whole = digits + next(d for d in "0123456789" if _luhn(digits + d) == 0)
    return " ".join(whole[at : at + 4] for at in range(0, 16, 4))


def _luhn(digits: str) -> int:
    """ISO/IEC 7812-1 annex B; 0 where the last digit fits."""
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10


def _health(chance: random.Random) -> str:
    """An NHS number for tests (999), with its check digit (mod 11)."""
    while True:
        digits = f"999{chance.randrange(10**6):06d}"
        weighted = sum(int(digit) * (10 - at) for at, digit in enumerate(digits))
        check = (11 - weighted % 11) % 11
        if check < 10:
            return f"{digits[:3]} {digits[3:6]} {digits[6:]}{check}"


def _postcode(chance: random.Random) -> str:
    outward = f"{chance.choice(_POST_TOWNS)}{chance.randrange(1, 20)}"
    letters = "".join(chance.choice(_POST_LETTERS) for _ in range(2))
    return f"{outward} {chance.randrange(1, 10)}{letters}"
