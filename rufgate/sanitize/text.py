"""Free text: what is personal is found once, and replaced for each audience.

In:  the decoded subject or body text of the reported message, with what its headers tell.
Out: text in which labels (``[PERSON 1]``), pseudonyms and defanged links stand in place of what
     was found, or no text and the reason.
SECURITY: pure. Replacements are built from the matched value alone, so that a neighbour's text
     cannot come back; a second pass over the result changes nothing.
FAILS: never by input; a text too long or in a language that no detector covers is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rufgate.sanitize.known_names import KnownNames
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import RedactionCount, Reason, SanitizedText
from rufgate.sanitize.spans import Entity, Recognizer


class PersonNumbers:
    """Numbers the persons of one report: one person has one number in subject and text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextContext:
    """What detection needs besides the text; one for subject and text of a report."""

    recognizer: Recognizer | None
    known: KnownNames = field(default_factory=KnownNames)
    numbers: PersonNumbers = field(default_factory=PersonNumbers)
    allow_phrases: tuple[str, ...] = ()
    deny_phrases: tuple[str, ...] = ()
    max_chars: int = 65_536


@dataclass(frozen=True, kw_only=True, slots=True)
class Realisation:
    """How one audience sees what was found; the callables get the matched value only."""

    redact_address: Callable[[str, str], str]  # (local part, domain) -> "p1-...@domain"
    redact_link: Callable[[str], str | None]  # link as written -> defanged, or None: "[LINK]"
    keep_domain: Callable[[str], str]  # host name -> itself, or "[domain]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One range of the readable text to replace; ``number`` is a person's."""

    start: int
    end: int
    entity: Entity
    recognizer: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TextFindings:
    """The readable text, still raw, and what to replace in it; or why it is left out."""

    text: RawText
    findings: Sequence[Finding] = ()
    omitted: Reason | None = None
    chars: int = 0
    script: str = ""
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RedactedText:
    """What may be shown. ``text`` is None where it was left out for the reason ``omitted``."""

    text: SanitizedText | None
    omitted: Reason | None
    chars: int
    script: SanitizedText
    counts: tuple[RedactionCount, ...]


def find_spans(text: RawText, ctx: TextContext) -> TextFindings:
    """Everything personal in ``text``: once per report, whatever the number of audiences."""
    raise NotImplementedError


def realise(found: TextFindings, realisation: Realisation, *, part: str) -> RedactedText:
    """``found`` as one audience may see it; ``part`` is "subject" or "text", for the counts."""
    raise NotImplementedError


def redact_text(
    text: RawText, ctx: TextContext, realisation: Realisation, *, part: str
) -> RedactedText:
    """``find_spans`` and ``realise`` in one step."""
    return realise(find_spans(text, ctx), realisation, part=part)
