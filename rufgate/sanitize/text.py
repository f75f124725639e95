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
from dataclasses import dataclass, field, replace
from typing import Literal

from rufgate.sanitize.believe import believable, protected
from rufgate.sanitize.known_names import HeaderPerson, KnownNames
from rufgate.sanitize.merge import Piece, disjoint
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.people import foreign_spans, positional_spans, quoted_persons, script_of
from rufgate.sanitize.persons import PersonNumbers
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.repeats import phrase_spans, repeated_persons, repeated_values
from rufgate.sanitize.sanitized import Reason, RedactionCount, SanitizedText
from rufgate.sanitize.second_look import labelled, placed_back
from rufgate.sanitize.spans import Analysis, Entity, Recognizer, Span
from rufgate.sanitize.text_structure import read_address, structure_spans
from rufgate.sanitize.whole_names import whole_names

_UNREAD = Analysis(spans=(), language=None, covered=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextContext:
    """What detection needs besides the text; one for subject and text of a report."""

    recognizer: Recognizer | None
    known: KnownNames = field(default_factory=KnownNames)
    allow_phrases: tuple[str, ...] = ()
    deny_phrases: tuple[str, ...] = ()
    max_chars: int = 65_536
    uncovered: Literal["omit", "rules"] = "omit"  # text in a language that no detector covers


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
    read = _analyze_all(plains, ctx)
    quoted = [person for plain in plains if plain for person in quoted_persons(plain)]
    known = ctx.known.extended(quoted)
    spans = [
        _spans(plain, analysis, known, ctx) if plain and _is_read(analysis, ctx) else []
        for plain, analysis in zip(plains, read, strict=True)
    ]
    for guessed in (False, True):
        people = [
            HeaderPerson(name, "", "")
            for plain, found in zip(plains, spans, strict=True)
            for name in repeated_persons(plain or "", found, guessed=guessed)
        ]
        known = known.extended(people, guessed=guessed)
    complete = [
        _complete(plain, analysis, found, known, ctx) if plain and _is_read(analysis, ctx) else []
        for plain, analysis, found in zip(plains, read, spans, strict=True)
    ]
    numbers = PersonNumbers(ctx.known.people, _names(plains, complete))
    return [
        _findings(text, plain, analysis, found, numbers, ctx)
        for text, plain, analysis, found in zip(texts, plains, read, complete, strict=True)
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


def _is_read(analysis: Analysis, ctx: TextContext) -> bool:
    return analysis.covered or ctx.uncovered == "rules"


def _analyze_all(plains: Sequence[str | None], ctx: TextContext) -> list[Analysis]:
    """The longest text first: it tells the language of those that are too short to tell.

    A subject goes with a text that no detector covers.
    """
    order = sorted(range(len(plains)), key=lambda place: -len(plains[place] or ""))
    read: dict[int, Analysis] = {}
    longest: Analysis = _UNREAD
    for place in order:
        read[place] = _analyze(plains[place], ctx, longest.language)
        longest = read[order[0]]
    return [
        replace(read[place], covered=read[place].covered and longest.covered)
        for place in range(len(plains))
    ]


def _analyze(plain: str | None, ctx: TextContext, language: str | None) -> Analysis:
    if not plain or ctx.recognizer is None:
        return _UNREAD
    return ctx.recognizer.analyze(RawText(plain), language)


def _spans(plain: str, analysis: Analysis, known: KnownNames, ctx: TextContext) -> list[Span]:
    spans = [
        *phrase_spans(plain, ctx.deny_phrases),
        *structure_spans(plain),
        *known.find(plain),
        *positional_spans(plain),
        *foreign_spans(plain),
        *believable(plain, analysis.spans, known, ctx.allow_phrases),
    ]
    return [*spans, *whole_names(plain, spans, analysis.hints)]


def _complete(
    plain: str, analysis: Analysis, spans: list[Span], known: KnownNames, ctx: TextContext
) -> list[Span]:
    """``spans``, their repeats, and what a second look at the labelled text finds beside them."""
    spans = _with_repeats(plain, spans, known, analysis.hints)
    if ctx.recognizer is None or not spans:
        return spans
    view = labelled(plain, disjoint(plain, spans, protected(plain, spans, ctx.allow_phrases)))
    again = ctx.recognizer.analyze(RawText(view.text), analysis.language, again=True)
    believed = believable(view.text, again.spans, known, ctx.allow_phrases)
    return [*spans, *placed_back(view, believed, plain)]


def _with_repeats(
    plain: str, spans: list[Span], known: KnownNames, hints: Sequence[Span]
) -> list[Span]:
    everywhere = [*spans, *known.find(plain), *repeated_values(plain, spans)] if plain else spans
    return [*everywhere, *whole_names(plain, everywhere, hints)]


def _findings(
    text: RawText,
    plain: str | None,
    analysis: Analysis,
    spans: list[Span],
    numbers: PersonNumbers,
    ctx: TextContext,
) -> TextFindings:
    reason = Reason.TEXT_TOO_LONG if plain is None else None
    if not _is_read(analysis, ctx):
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
        language=analysis.language,
        rules_only=not analysis.covered,
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
