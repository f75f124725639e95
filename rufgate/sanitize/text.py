"""Free text: what is personal is found once, and replaced for each audience.

In:  the decoded subject or body text of the reported message, with what its headers tell.
Out: text in which labels (``[PERSON 1]``), pseudonyms and defanged links stand in place of what
     was found, or no text and the reason.
SECURITY: pure. Replacements are built from the matched value alone, so that a neighbour's text
     cannot come back; a second pass over the result changes nothing.
FAILS: never by input; a text that is too long is left out, and so is one in a language that no
     detector covers, unless the policy says "rules": then rules and known names alone redact it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rufgate.sanitize.believe import believed_beside, protected
from rufgate.sanitize.detect import Found, TextContext, detect
from rufgate.sanitize.known_names import HeaderPerson, KnownNames
from rufgate.sanitize.masks import masked
from rufgate.sanitize.merge import Piece, disjoint
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.people import positional_spans, quoted_persons, script_of
from rufgate.sanitize.persons import PersonNumbers
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.repeats import repeated_persons
from rufgate.sanitize.sanitized import Reason, RedactionCount, SanitizedText
from rufgate.sanitize.spans import Entity, Span
from rufgate.sanitize.text_structure import read_address, structure_spans

_PLACES: Final = frozenset({"salutation", "sign_off"})


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
    silent: bool = False  # the rest of something that a neighbour's label stands for


@dataclass(frozen=True, kw_only=True, slots=True)
class TextFindings:
    """The readable text, still raw, and what to replace in it; or why it is left out."""

    text: RawText
    findings: Sequence[Finding] = ()
    omitted: Reason | None = None
    chars: int = 0
    script: str = ""
    language: str | None = None
    rules_only: bool = False  # no model read it


@dataclass(frozen=True, kw_only=True, slots=True)
class RedactedText:
    """What may be shown. ``text`` is None where it was left out for the reason ``omitted``."""

    text: SanitizedText | None
    omitted: Reason | None
    chars: int
    script: SanitizedText
    counts: tuple[RedactionCount, ...]
    rules_only: bool = False  # no model read it


def find_all(texts: Sequence[RawText], ctx: TextContext) -> list[TextFindings]:
    """Everything personal in the texts of one report: a name found in one counts in all."""
    plains = [readable(text.reveal()) if len(text) <= ctx.max_chars else None for text in texts]
    known = ctx.known.extended(_quoted(plains))
    beforehand = [_known_spans(plain, known) for plain in plains]
    masks = [
        masked(plain, _telling(plain, spans)) if plain is not None else None
        for plain, spans in zip(plains, beforehand, strict=True)
    ]
    found = detect(masks, ctx)
    spans: Sequence[list[Span]] = [
        [*own, *believed_beside(plain, mask.placed_back(one.spans), known.exempt)]
        if plain and mask and one.is_read(ctx)
        else []
        for plain, own, mask, one in zip(plains, beforehand, masks, found, strict=True)
    ]
    is_split = any(
        mask.splits_name(one.spans) for mask, one in zip(masks, found, strict=True) if mask
    )
    spans = _whole(plains, spans, is_split, known)
    numbers = PersonNumbers(ctx.known.people, _names(plains, spans))
    return [
        _findings(text, plain, one, own, numbers, ctx)
        for text, plain, one, own in zip(texts, plains, found, spans, strict=True)
    ]


def _quoted(plains: Sequence[str | None]) -> list[HeaderPerson]:
    return [person for plain in plains if plain for person in quoted_persons(plain)]


def _known_spans(plain: str | None, known: KnownNames) -> list[Span]:
    """What structure and the persons of the headers tell, without looking at words."""
    return [*structure_spans(plain), *known.find(plain)] if plain else []


def _telling(plain: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Those of ``spans`` that differ from copy to copy of a mail: a stand-in is put in their place.

    A known name is one where it stands in full, or is greeted: a single word may well be another
    person's in the mail itself, and stays for the models to read.
    """
    greeted = [span for span in positional_spans(plain) if span.recognizer in _PLACES]
    for span in spans:
        is_whole = any(char.isspace() for char in plain[span.start : span.end])
        is_greeted = any(one.start < span.end and span.start < one.end for one in greeted)
        if span.entity is not Entity.PERSON or is_whole or is_greeted:
            yield span


def _whole(
    plains: Sequence[str | None], spans: Sequence[list[Span]], split: bool, known: KnownNames
) -> Sequence[list[Span]]:
    """``spans``; a name that was known in part and found in part is looked for as a whole."""
    if not split:
        return spans
    people = [
        HeaderPerson(name, "", "")
        for plain, own in zip(plains, spans, strict=True)
        for guessed in (False, True)
        for name in repeated_persons(plain or "", own, guessed=guessed)
    ]
    known = known.extended(people, guessed=True)
    return [
        [*own, *known.find(plain)] if plain and own else own
        for plain, own in zip(plains, spans, strict=True)
    ]


def _names(plains: Sequence[str | None], spans: Sequence[Sequence[Span]]) -> Iterator[str]:
    """Every name that was found, so that a short form before the full one gets its number."""
    for plain, found in zip(plains, spans, strict=True):
        yield from (
            (plain or "")[span.start : span.end] for span in found if span.entity is Entity.PERSON
        )


def realise(found: TextFindings, realisation: Realisation, *, part: str) -> RedactedText:
    """``found`` as one audience may see it; ``part`` is "subject" or "text", for the counts."""
    script = SanitizedText(found.script)
    if found.omitted is not None:
        return RedactedText(
            text=None, omitted=found.omitted, chars=found.chars, script=script, counts=()
        )
    plain = found.text.reveal()
    shown: list[str] = []
    counts: Counter[tuple[str, str]] = Counter()
    at = 0
    for finding in found.findings:
        value = plain[finding.start : finding.end]
        replacement = _replacement(finding, value, realisation)
        shown += (plain[at : finding.start], replacement)
        at = finding.end
        if replacement not in ("", value):
            counts[finding.entity.name.lower(), finding.recognizer] += 1
    shown.append(plain[at:])
    return RedactedText(
        text=SanitizedText("".join(shown)),
        omitted=None,
        chars=found.chars,
        script=script,
        counts=tuple(_counts(counts, part)),
        rules_only=found.rules_only,
    )


def gone(found: TextFindings, realisation: Realisation) -> list[tuple[int, int]]:
    """The ranges of the readable text that an audience does not see as they are."""
    plain = found.text.reveal()
    ranges = ((finding, plain[finding.start : finding.end]) for finding in found.findings)
    return [
        (finding.start, finding.end)
        for finding, value in ranges
        if _replacement(finding, value, realisation) != value
    ]


def _findings(
    text: RawText,
    plain: str | None,
    found: Found,
    spans: list[Span],
    numbers: PersonNumbers,
    ctx: TextContext,
) -> TextFindings:
    reason = Reason.TEXT_TOO_LONG if plain is None else None
    if not found.is_read(ctx):
        reason = Reason.LANGUAGE_NOT_COVERED
    script = script_of(text.reveal())
    if reason or plain is None:
        return TextFindings(text=RawText(""), omitted=reason, chars=len(text), script=script)
    pieces = disjoint(plain, spans, protected(plain, spans, ctx.allow_phrases))
    return TextFindings(
        text=RawText(plain),
        findings=tuple(_numbered(piece, plain, numbers) for piece in pieces),
        chars=len(text),
        script=script,
        language=found.language,
        rules_only=not found.covered,
    )


def _numbered(piece: Piece, plain: str, numbers: PersonNumbers) -> Finding:
    is_person = piece.entity is Entity.PERSON and not piece.silent
    return Finding(
        start=piece.start,
        end=piece.end,
        entity=piece.entity,
        recognizer=piece.recognizer,
        number=numbers.number(plain[piece.start : piece.end]) if is_person else None,
        silent=piece.silent,
    )


def _replacement(finding: Finding, value: str, realisation: Realisation) -> str:
    if finding.silent:
        return ""
    shown: str | None = None
    if finding.entity is Entity.ADDRESS:
        address = read_address(value)
        shown = realisation.redact_address(address.local, address.domain)
    elif finding.entity is Entity.LINK:
        shown = realisation.redact_link(value)
    elif finding.entity is Entity.DOMAIN:
        shown = realisation.keep_domain(value)
    elif finding.entity is Entity.PERSON:
        shown = f"[{finding.entity.value} {finding.number}]"
    return shown or f"[{finding.entity.value}]"


def _counts(counts: Counter[tuple[str, str]], part: str) -> Iterator[RedactionCount]:
    for (entity, recognizer), count in sorted(counts.items()):
        yield RedactionCount(
            entity=SanitizedText(entity),
            recognizer=SanitizedText(recognizer),
            part=SanitizedText(part),
            count=count,
        )
