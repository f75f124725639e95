"""Where personal data stands in a text, and who found it.

The port between the pure core and the recognizers: ``recognize`` implements ``Recognizer``, tests
use a fake of the same shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from rufgate.sanitize.raw import RawText


class Entity(StrEnum):
    """What a span is; the value is the label put in its place, in square brackets."""

    PERSON = "PERSON"  # numbered within the report: [PERSON 1]
    ADDRESS = "EMAIL"  # replaced by its pseudonym, not by a label
    LINK = "LINK"  # replaced by scheme and host
    DOMAIN = "domain"
    PHONE = "PHONE"
    LOCATION = "LOCATION"
    STREET = "ADDRESS"
    BIRTH_DATE = "BIRTH DATE"
    CARD = "CARD"
    BANK = "BANK ACCOUNT"
    NATIONAL_ID = "NATIONAL ID"
    HEALTH_ID = "HEALTH NUMBER"
    TAX_ID = "TAX NUMBER"
    DOCUMENT_ID = "DOCUMENT NUMBER"  # passport, driving licence
    VEHICLE = "VEHICLE"
    POSTCODE = "POSTCODE"
    REFERENCE = "REFERENCE"
    IP = "IP"
    DEVICE = "DEVICE"
    USERNAME = "USERNAME"
    SECRET = "SECRET"  # noqa: S105 - a label, not a secret
    CRYPTO = "WALLET"
    FILE = "FILE"
    DENIED = "REDACTED"  # a phrase the operator denied


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Half-open range ``[start, end)`` in characters of the text that was given."""

    start: int
    end: int
    entity: Entity
    recognizer: str
    score: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """A recognizer's answer.

    ``covered`` is False where no detector speaks the text's language; ``spans`` are then those of
    rules alone.
    """

    spans: Sequence[Span]
    language: str | None
    covered: bool
    hints: Sequence[Span] = ()  # words that belong to a name if they stand beside one


class Memory(Protocol):
    """What was found before, by a digest of the texts that nobody else can compute."""

    def digest(self, *parts: str) -> bytes:
        """The key of ``parts``."""
        ...

    def recall(self, digest: bytes) -> Any:  # noqa: ANN401 - what the same caller has kept
        """What was kept under ``digest``; None: nothing."""
        ...

    def keep(self, digest: bytes, value: object, items: int) -> None:
        """Remember ``value``, which holds so many places: no word of a text."""
        ...


class Recognizer(Protocol):
    """Finds personal data in free text. Deterministic; no I/O after construction."""

    def analyze(
        self,
        text: RawText,
        language: str | None = None,
        *,
        hidden: Sequence[tuple[int, int]] = (),
        again: bool = False,
    ) -> Analysis:
        """Spans found in ``text``, in any order, possibly overlapping.

        ``language`` is that of the report's longest text, for one that is too short to tell.
        ``hidden`` are ranges that go whatever is found in them. ``again``: the text has labels by
        now and is in ``language``; only models look, for what a label beside gives away.
        """
        ...
