"""One report's cast and its truth: every slot that a template fills is written down here.

In:  a seeded ``random.Random`` and the word lists of a part.
Out: text for slots; ``Truth`` in the scorer's form.
"""

from __future__ import annotations

import base64
import calendar
import unicodedata
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.leak import identifiers, identifiers_abroad
from bench.leak.book import Book, Composed, Kept, Planted, Slot

OPEN, CLOSE = "\ue000", "\ue001"  # around names, so that HTML can split them


def plain(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def ascii_fold(text: str) -> str:
    table = str.maketrans(
        {"ł": "l", "ø": "o", "ı": "i", "þ": "th", "ß": "ss", "đ": "d", "ð": "d", "æ": "ae"}
    )
    folded = unicodedata.normalize("NFKD", text.lower().translate(table))
    return "".join(c for c in folded if "a" <= c <= "z" or c in " -.'")


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    nick: str
    local: str
    domain: str
    joined: str = "{first} {last}"  # "{last}{first}" in Chinese, Japanese and Korean

    @property
    def full(self) -> str:
        return self.joined.format(first=self.first, last=self.last)

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"


@dataclass
class Truth:
    pii: list[dict[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    survive: dict[str, list[str]] = field(default_factory=dict)

    def plant(self, kind: str, value: str, where: str) -> str:
        entry = {"type": kind, "value": value, "where": where}
        if entry not in self.pii:
            self.pii.append(entry)
        return value

    def keep(self, kind: str, value: str) -> str:
        self.survive.setdefault(kind, []).append(value)
        return value

    def name_words(self, name: str) -> None:
        for word in name.replace("-", " ").replace("'", " ").replace(".", " ").split():
            if len(word) >= 4 and word.isalpha():
                self.tokens.add(word)


class Scene:
    """Slots are ``{name}`` or ``{person.form}``; ``where`` says which place is being written."""

    def __init__(self, rng: Random, book: Book) -> None:
        self.rng = rng
        self.words: Any = book.words
        self.slots = book.slots
        words: Any = book.words
        self.truth = Truth()
        self.where = "text"
        self.cast = {key: self.person() for key in "rstu"}  # recipient, sender, two others
        self.brand, self.domain = rng.choice(words.BRANDS)
        self._simple: dict[str, Callable[[], str]] = {
            **{name: self._abroad(name) for name in identifiers_abroad.MAKERS},
            "phone": lambda: self._id("PHONE", identifiers.phone),
            "nhs": lambda: self._id("UK_NHS", identifiers.nhs),
            "nino": lambda: self._id("UK_NINO", identifiers.nino),
            "chi": lambda: self._id("UK_CHI", identifiers.chi),
            "utr": lambda: self._id("UK_UTR", identifiers.utr),
            "postcode": lambda: self._id("UK_POSTCODE", identifiers.postcode),
            "passport": lambda: self._id("UK_PASSPORT", identifiers.passport),
            "plate": lambda: self._id("UK_PLATE", identifiers.plate),
            "card": lambda: self._id("CREDIT_CARD", identifiers.card),
            "iban": lambda: self._id("IBAN", identifiers.iban),
            "ssn": lambda: self._id("US_SSN", identifiers.ssn),
            "mac": lambda: self._id("MAC", identifiers.mac),
            "password": lambda: self._id("PASSWORD", identifiers.password),
            "otp": lambda: self._id("ONE_TIME_CODE", lambda rng: identifiers.digits(rng, 6)),
            "ctref": lambda: self._id("CT_REF", lambda rng: identifiers.digits(rng, 9)),
            "reference": lambda: self._id("REFERENCE", self._reference),
            "device": lambda: self._id("DEVICE", self._device),
            "username": lambda: self._id("USERNAME", self._username),
            "file": self._file,
            "licence": self._licence,
            "sort": self._sort,
            "dob": self._dob,
            "street": self._street,
            "town": lambda: self.truth.plant("TOWN", rng.choice(words.TOWNS), self.where),
            "foreign": lambda: self.truth.plant(
                "NON_LATIN_NAME", rng.choice(words.NON_LATIN), self.where
            ),
            "brand": lambda: self.brand,
            "price": lambda: self._number(f"{rng.randint(3, 940)}.{rng.randint(0, 99):02d}"),
            "quantity": lambda: self._number(f"{rng.randint(2, 48)}"),
            "room": lambda: self._number(f"{rng.randint(1, 4)}.{rng.randint(10, 39)}"),
            "order": lambda: self.truth.keep("order_number", identifiers.digits(rng, 7)),
            "when": self._when,
            "host": self._host,
            "track": self._track,
        }

    def person(self) -> Person:
        """Somebody; a book may list people who write their names in other scripts."""
        rng, words = self.rng, self.words
        others = getattr(words, "OTHER_SCRIPT", ())
        if others and rng.random() < 0.1:
            first, last, joined, local = rng.choice(others)
            return Person(first, last, first, local, rng.choice(words.HOME_DOMAINS), joined)
        if rng.random() < 0.12:
            first, last = rng.choice(words.GAELIC)
        elif rng.random() < 0.18:
            first, last = rng.choice(words.FIRST), rng.choice(words.SPECIAL_LAST)
        else:
            first, last = rng.choice(words.FIRST), rng.choice(words.LAST)
        plain_first = ascii_fold(first)
        plain_last = ascii_fold(last).replace(" ", "").replace("'", "").replace(".", "")
        local = rng.choice(
            (
                f"{plain_first}.{plain_last}",
                f"{plain_first[0]}.{plain_last}",
                f"{plain_first}{plain_last[0]}{rng.randint(10, 99)}",
                f"{plain_last}_{plain_first[:3]}",
                f"{rng.choice(words.HANDLES)}{rng.randint(2, 98)}",
            )
        )
        return Person(
            first, last, words.NICK.get(first, first), local, rng.choice(words.HOME_DOMAINS)
        )

    def fill(self, slot: str) -> str:
        who, dot, form = slot.partition(".")
        if dot:
            return self._person_slot(self.cast[who], form)
        own = self.slots.get(slot)
        return self._simple[slot]() if own is None else self._own(own)

    def _own(self, slot: Slot) -> str:
        match slot:
            case Planted(kind=kind, make=make):
                return self.truth.plant(kind, make(self.rng), self.where)
            case Kept(kind=kind, make=make):
                return self.truth.keep(kind, make(self.rng))
            case Composed(make=compose):
                return compose(self)

    def _abroad(self, name: str) -> Callable[[], str]:
        return lambda: self._id(name.upper(), identifiers_abroad.MAKERS[name])

    def _person_slot(self, who: Person, form: str) -> str:
        if form == "email":
            return self.truth.plant("EMAIL", who.address, self.where)
        if form == "work":
            address = f"{who.local}@{self.rng.choice(self.words.WORK_DOMAINS)}"
            return self.truth.plant("EMAIL", address, self.where)
        if form == "obfuscated":
            return self._obfuscated(who)
        forms = {
            "full": who.full,
            "first": who.first,
            "nick": who.nick,
            "last": who.last,
            "formal": f"{self.rng.choice(('Mr', 'Mrs', 'Ms', 'Dr', 'Prof.'))} {who.last}",
            "upper": who.full.upper(),
            "lower": who.full.lower(),
            "sorted": f"{who.last}, {who.first}",
            "upsort": f"{who.last.upper()} {who.first}",
            "initial": f"{who.first[0]}. {who.last}",
            "initials": f"{who.first[0]}.{who.last[0].upper()}.",
        }
        written = forms[form]
        self.truth.name_words(who.last if form in ("formal", "initial") else written)
        if form in ("full", "upper", "lower", "sorted", "upsort", "initial"):
            self.truth.plant("PERSON", written, self.where)
        return f"{OPEN}{written}{CLOSE}"

    def _obfuscated(self, who: Person) -> str:
        at = self.rng.choice((" at ", " (at) ", " [at] ", "(AT)"))
        dot = self.rng.choice((" dot ", " (dot) ", " [dot] "))
        value = who.local.replace(".", dot) + at + who.domain.replace(".", dot)
        return self.truth.plant("EMAIL_OBFUSCATED", value, self.where)

    def _id(self, kind: str, make: Callable[[Random], str]) -> str:
        return self.truth.plant(kind, make(self.rng), self.where)

    def _number(self, value: str) -> str:
        return value if len(value) < 3 else self.truth.keep("number", value)

    @staticmethod
    def _reference(rng: Random) -> str:
        return f"{rng.choice(('RNT', 'STU', 'EMP', 'CASE', 'TEN'))}-{identifiers.digits(rng, 6)}"

    @staticmethod
    def _device(rng: Random) -> str:
        digits = "".join(rng.choice("0123456789ABCDEF") for _ in range(6))
        return f"{rng.choice(('LAPTOP', 'DESKTOP', 'WKS'))}-{digits}"

    def _username(self, rng: Random) -> str:
        return f"{rng.choice(self.words.HANDLES)}{rng.randint(100, 999)}"

    def _file(self) -> str:
        who = self.cast["r"]
        name = self.rng.choice(self.words.FILES).format(ascii_fold(who.last).replace(" ", ""))
        return self.truth.plant("FILE_NAME", name, self.where)

    def _licence(self) -> str:
        value = identifiers.driving_licence(self.rng, ascii_fold(self.cast["r"].last))
        return self.truth.plant("UK_DRIVING_LICENCE", value, self.where)

    def _sort(self) -> str:
        sort, account = identifiers.sort_account(self.rng)
        self.truth.plant("UK_SORT_ACCOUNT", account, self.where)
        joined = self.rng.choice((" ", " / ", ", account "))
        return f"{sort}{joined}{account}"

    def _dob(self) -> str:
        day, month = self.rng.randint(1, 28), self.rng.randint(0, 11)
        year = self.rng.randint(1938, 2006)
        name = calendar.month_name[month + 1]
        value = self.rng.choice(
            (
                f"{day} {name} {year}",
                f"{day:02d}/{month + 1:02d}/{year}",
                f"{day}.{month + 1}.{year}",
                f"{year}-{month + 1:02d}-{day:02d}",
            )
        )
        return self.truth.plant("BIRTH_DATE", value, self.where)

    def _street(self) -> str:
        number = f"{self.rng.randint(1, 219)}{self.rng.choice(('', '', 'A', 'b'))}"
        value = f"{number} {self.rng.choice(self.words.STREETS)}"
        return self.truth.plant("STREET", value, self.where)

    def _when(self) -> str:
        rng = self.rng
        day = rng.choice(calendar.day_name[:5])
        month = rng.choice(calendar.month_name[1:])
        clock = f"{rng.randint(8, 17)}:{rng.choice(('00', '15', '30', '45'))}"
        number = rng.randint(1, 28)
        value = rng.choice(
            (
                f"{day} {number} {month}",
                f"{day} at {clock}",
                f"{number} {month} at {clock}",
                f"{number} {month} 2026",
            )
        )
        return self.truth.keep("appointment", value)

    def _host(self) -> str:
        label = self.truth.keep("link_host", self.rng.choice(self.words.HOSTS))
        return f"https://www.{label}.example/{self.rng.choice(('start', 'help', 'go'))}"

    def _track(self) -> str:
        return f"{self._host()}{tracking_tail(self.rng, self.truth, self.cast['r'], self.where)}"


def tracking_tail(rng: Random, truth: Truth, who: Person, where: str) -> str:
    """What a mailing system hangs on a link: the recipient, in one of the usual disguises."""
    address = truth.plant("EMAIL", who.address, f"{where} link")
    coded = base64.b64encode(address.encode()).decode()
    return rng.choice(
        (
            f"?e={urllib.parse.quote(address, safe='')}",
            f"/{coded.rstrip('=').replace('+', '-').replace('/', '_')}",
            f"?u={urllib.parse.quote(coded)}&c=7",
            f"?to={address}",
        )
    )
