"""Everything personal in the texts of one report, found by rules, models and each other.

In:  the report's texts, masked; what detection needs beside them.
Out: ``Found`` for each: the language, whether it was read, and spans.
SECURITY: pure. What is found depends on the masked texts and the rules alone: two reports with the
     same masked texts have the same spans, and whether they were remembered cannot be told.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rufgate.sanitize.believe import believable, protected
from rufgate.sanitize.known_names import HeaderPerson, KnownNames
from rufgate.sanitize.masks import Masked
from rufgate.sanitize.merge import disjoint
from rufgate.sanitize.people import foreign_spans, positional_spans
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.repeats import phrase_spans, repeated_persons, repeated_values
from rufgate.sanitize.second_look import labelled, placed_back
from rufgate.sanitize.spans import Analysis, Entity, Memory, Recognizer, Span
from rufgate.sanitize.text_structure import structure_spans
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
    memory: Memory | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What is known of one text; ``spans`` in places of the masked text."""

    language: str | None
    covered: bool
    spans: tuple[Span, ...]

    def is_read(self, ctx: TextContext) -> bool:
        """Whether the text may be shown."""
        return self.covered or ctx.uncovered == "rules"


def detect(texts: Sequence[Masked | None], ctx: TextContext) -> tuple[Found, ...]:
    """What is found in ``texts``; None is one that is too long. A name of one counts in all."""
    if ctx.memory is None:
        return tuple(_detected(texts, ctx))
    digest = ctx.memory.digest(*_key(texts, ctx))
    found: tuple[Found, ...] | None = ctx.memory.recall(digest)
    if found is None:
        found = tuple(_detected(texts, ctx))
        ctx.memory.keep(digest, found, sum(len(one.spans) for one in found))
    return found


def _key(texts: Sequence[Masked | None], ctx: TextContext) -> Iterator[str]:
    """Everything on which the answer depends, beside the detectors themselves."""
    yield ctx.uncovered
    for phrases in (ctx.allow_phrases, ctx.deny_phrases):
        yield str(len(phrases))
        yield from phrases
    for text in texts:
        yield "-" if text is None else f"+{text.key}"


def _detected(texts: Sequence[Masked | None], ctx: TextContext) -> list[Found]:
    read = _analyze_all(texts, ctx)
    known = KnownNames()  # the report's own names are masked, or looked for afterwards
    spans = [
        _spans(text, analysis, known, ctx) if text and _is_read(analysis, ctx) else []
        for text, analysis in zip(texts, read, strict=True)
    ]
    for guessed in (False, True):
        people = [
            HeaderPerson(name, "", "")
            for text, found in zip(texts, spans, strict=True)
            if text
            for name in repeated_persons(text.text, _beside_masks(text, found), guessed=guessed)
        ]
        known = known.extended(people, guessed=guessed)
    return [
        Found(
            language=analysis.language,
            covered=analysis.covered,
            spans=_complete(text, analysis, found, known, ctx)
            if text and _is_read(analysis, ctx)
            else (),
        )
        for text, analysis, found in zip(texts, read, spans, strict=True)
    ]


def _is_read(analysis: Analysis, ctx: TextContext) -> bool:
    return analysis.covered or ctx.uncovered == "rules"


def _beside_masks(text: Masked, spans: Sequence[Span]) -> Iterator[Span]:
    """What of ``spans`` is the text's own: nobody is called as a stand-in is."""
    ranges = text.ranges
    for span in spans:
        if span.entity is not Entity.PERSON:
            continue
        start = span.start
        for left, right in ranges:
            if right <= start or left >= span.end:
                continue
            if left > start:
                yield replace(span, start=start, end=left)
            start = max(start, right)
        if start < span.end:
            yield replace(span, start=start)


def _analyze_all(texts: Sequence[Masked | None], ctx: TextContext) -> list[Analysis]:
    """The longest text first: it tells the language of those that are too short to tell.

    A subject goes with a text that no detector covers.
    """
    order = sorted(range(len(texts)), key=lambda place: -len(_plain(texts[place])))
    read: dict[int, Analysis] = {}
    longest: Analysis = _UNREAD
    for place in order:
        read[place] = _analyze(texts[place], ctx, longest.language)
        longest = read[order[0]]
    return [
        replace(read[place], covered=read[place].covered and longest.covered)
        for place in range(len(texts))
    ]


def _plain(text: Masked | None) -> str:
    return text.text if text else ""


def _analyze(text: Masked | None, ctx: TextContext, language: str | None) -> Analysis:
    if text is None or not text.text or ctx.recognizer is None:
        return _UNREAD
    return ctx.recognizer.analyze(RawText(text.text), language, hidden=text.ranges)


def _spans(text: Masked, analysis: Analysis, known: KnownNames, ctx: TextContext) -> list[Span]:
    plain = text.text
    spans = [
        *text.spans(),
        *phrase_spans(plain, ctx.deny_phrases),
        *structure_spans(plain),
        *positional_spans(plain),
        *foreign_spans(plain),
        *believable(plain, analysis.spans, known, ctx.allow_phrases),
    ]
    return [*spans, *whole_names(plain, spans, analysis.hints)]


def _complete(
    text: Masked, analysis: Analysis, spans: list[Span], known: KnownNames, ctx: TextContext
) -> tuple[Span, ...]:
    """``spans``, their repeats, and what a second look at the labelled text finds beside them."""
    plain = text.text
    everywhere = [*spans, *known.find(plain), *repeated_values(plain, spans)]
    spans = [*everywhere, *whole_names(plain, everywhere, analysis.hints)]
    if ctx.recognizer is None or not spans:
        return tuple(spans)
    view = labelled(plain, disjoint(plain, spans, protected(plain, spans, ctx.allow_phrases)))
    again = ctx.recognizer.analyze(RawText(view.text), analysis.language, again=True)
    believed = believable(view.text, again.spans, known, ctx.allow_phrases)
    return (*spans, *placed_back(view, believed, plain))
