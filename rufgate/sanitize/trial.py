"""What other phrases and role addresses would change: one report redacted both ways, side by side.

In:  a ``RawMessage``, the rules before and after, the phrases and addresses that are tried.
Out: ``Effect``: how often each stood, stayed and would stay; the sanitized lines that differ; what
     to be warned of. ``NoReport`` where there is nothing to redact.
SECURITY: shows lines that the leak check has passed. Of the input it tells only how often the
     operator's own words stand in it.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final
from uuid import UUID

from rufgate.sanitize.addresses import canonical_local, parse_mailboxes
from rufgate.sanitize.draft import Draft, draft
from rufgate.sanitize.leakcheck import words_in
from rufgate.sanitize.leaves import leaves_of
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.parse import parse
from rufgate.sanitize.parsed import Malformed, ParsedReport
from rufgate.sanitize.raw import RawMessage, RawText
from rufgate.sanitize.redact import OuterLoop, Rules, sanitize
from rufgate.sanitize.repeats import occurrences
from rufgate.sanitize.sanitized import Kind, Sanitized, SanitizedReport, SanitizedText, Tier
from rufgate.sanitize.sender_side import person_values
from rufgate.sanitize.spans import Analysis, Entity, Recognizer
from rufgate.sanitize.text import TextFindings
from rufgate.sanitize.text_structure import read_address
from rufgate.sanitize.trial_result import (
    Change,
    Danger,
    Effect,
    NoReport,
    Part,
    Sort,
    Tried,
    Use,
    Warn,
)
from rufgate.sanitize.view import Lens, gone_from

_REPORTS: Final = (Kind.AUTH_FAILURE, Kind.ARF_OTHER, Kind.COMPLAINT)
_NUMBER: Final = re.compile(r"\[PERSON \d{1,4}\]")
_ID: Final = UUID(int=0)


def compare(
    message: RawMessage, *, before: Rules, after: Rules, tried: Tried, recognizer: Recognizer
) -> Effect | NoReport:
    """What ``tried`` changes for ``message``: ``after`` holds it, ``before`` does not."""
    remembering = _Remembering(recognizer)
    both = [_Way.of(message, rules, remembering) for rules in (before, after)]
    for way in both:
        if isinstance(way, NoReport):
            return way
    old, new = (way for way in both if isinstance(way, _Way))
    uses = tuple(use for sort, word in tried for use in _uses(sort, word, old, new))
    return Effect(
        kind=new.report.kind,
        uses=uses,
        changes=tuple(_changes(old.report, new.report)),
        warnings=(
            *_names_let_through(_known_words(message, before, new), tried.allow, old, new),
            *_closed_addresses(uses),
            *_taken_away(old, new),
        ),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """One report under one set of rules."""

    parsed: ParsedReport
    draft: Draft
    report: SanitizedReport
    taken: tuple[str, ...]  # fields that the leak check took
    gone: Mapping[Part, Sequence[tuple[int, int]]]  # ranges that are replaced

    @classmethod
    def of(cls, message: RawMessage, rules: Rules, recognizer: Recognizer) -> _Way | NoReport:
        policy = replace(rules.policy, store_tier=Tier.TEXT)
        rules = replace(rules, policy=policy, audiences=())
        outcome = sanitize(message, rules=rules, report_id=_ID, recognizer=recognizer)
        parsed = parse(message, policy.limits)
        if isinstance(outcome, OuterLoop):
            return NoReport("mail_loop")
        if isinstance(parsed, Malformed) or outcome.report.kind not in _REPORTS:
            reason = outcome.report.reason
            return NoReport(reason.value if reason else outcome.report.kind.value)
        found = draft(parsed, message, policy, recognizer)
        pseudonyms = rules.keyring.pseudonymizer()
        lens = Lens(tier=Tier.TEXT, pseudonymizer=pseudonyms, recipients="tokens")
        return cls(
            parsed=parsed,
            draft=found,
            report=outcome.report,
            taken=_taken(outcome),
            gone={part: gone_from(found, lens, part.value) for part in (Part.SUBJECT, Part.TEXT)},
        )

    def findings(self, part: Part) -> TextFindings | None:
        return self.draft.subject if part is Part.SUBJECT else self.draft.text

    def shown(self, part: Part) -> list[str]:
        """The sanitized lines of a part."""
        return _lines(self.report)[part]

    def staying(self, part: Part, ranges: Sequence[tuple[int, int]]) -> int:
        """How many of the ranges of the readable text a reader sees as they are."""
        shown = self.report.subject if part is Part.SUBJECT else self.report.text
        if shown is None:
            return 0
        gone = self.gone[part]
        return sum(not any(s < end and start < e for s, e in gone) for start, end in ranges)


def _taken(outcome: Sanitized) -> tuple[str, ...]:
    return tuple(sorted({str(hit.field) for hit in outcome.hits}))


def _uses(sort: Sort, word: str, old: _Way, new: _Way) -> Iterator[Use]:
    for part in Part:
        use = _role_use(word, part, old, new) if sort is Sort.ROLE else None
        if sort is not Sort.ROLE and part in (Part.SUBJECT, Part.TEXT):
            use = _phrase_use(sort, word, part, old, new)
        if use is not None and use.occurs:
            yield use


def _phrase_use(sort: Sort, phrase: str, part: Part, old: _Way, new: _Way) -> Use:
    ranges = list(occurrences(_plain(part, new), phrase, ignore_case=True))
    return Use(
        sort=sort,
        phrase=phrase,
        part=part,
        occurs=len(ranges),
        stayed=old.staying(part, ranges),
        stays=new.staying(part, ranges),
    )


def _plain(part: Part, way: _Way) -> str:
    """The readable text of a part, also where it is left out."""
    found = way.findings(part)
    if found is not None and found.omitted is None:
        return found.text.reveal()
    original = way.parsed.original
    raw = original.text if original is not None and part is Part.TEXT else None
    return readable(raw.reveal()) if raw is not None else ""


def _role_use(address: str, part: Part, old: _Way, new: _Way) -> Use:
    stood = _addresses(part, new).count(address)
    return Use(
        sort=Sort.ROLE,
        phrase=address,
        part=part,
        occurs=stood,
        stayed=min(stood, _times(address, old.shown(part))),
        stays=min(stood, _times(address, new.shown(part))),
    )


def _times(address: str, lines: Sequence[str]) -> int:
    return sum(line.lower().count(address) for line in lines)


def _addresses(part: Part, way: _Way) -> list[str]:
    """Every address in a part as ``role_addresses`` would name it."""
    feedback, original = way.parsed.feedback, way.parsed.original
    headers = original.headers if original else ()
    if part is Part.FEEDBACK:
        values = person_values(feedback, ())
    elif part is Part.HEADERS:
        stated = len(person_values(feedback, ()))
        values = person_values(feedback, headers)[stated:]
    else:
        return list(_found_addresses(way.findings(part)))
    boxes = (box for value in values for box in parse_mailboxes(value))
    return [f"{canonical_local(box.local)}@{box.domain.lower()}" for box in boxes]


def _found_addresses(found: TextFindings | None) -> Iterator[str]:
    plain = found.text.reveal() if found else ""
    for finding in found.findings if found else ():
        if finding.entity is Entity.ADDRESS:
            address = read_address(plain[finding.start : finding.end])
            yield f"{canonical_local(address.local)}@{address.domain.lower()}"


def _lines(report: SanitizedReport) -> dict[Part, list[str]]:
    """The sanitized report as lines, part by part."""
    lines: dict[Part, list[str]] = {part: [] for part in Part}
    omitted = report.text_omitted.value if report.text_omitted else "none"
    for part, value in ((Part.SUBJECT, report.subject), (Part.TEXT, report.text)):
        lines[part] = str(value).splitlines() if value is not None else [f"[left out: {omitted}]"]
    lines[Part.HEADERS] = [f"{header.name}: {header.value}" for header in report.headers]
    for name, text in leaves_of(report):
        field = name.partition("/")[0]
        if field not in ("subject", "text", "headers"):
            lines[Part.FEEDBACK].append(f"{field}: {text}")
    return lines


def _changes(old: SanitizedReport, new: SanitizedReport) -> Iterator[Change]:
    before, after = _lines(old), _lines(new)
    for part in Part:
        # One person less gives the others new numbers, which is no change worth a line.
        a, b = ([_NUMBER.sub("", line) for line in lines[part]] for lines in (before, after))
        for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if tag != "equal":
                yield Change(
                    part=part,
                    before=tuple(map(SanitizedText, before[part][i:j])),
                    after=tuple(map(SanitizedText, after[part][k:m])),
                )


def _known_words(message: RawMessage, rules: Rules, way: _Way) -> frozenset[str]:
    """The words of names in the header that the leak check looks for where no phrase is allowed."""
    policy = replace(rules.policy, allow_phrases=(), deny_phrases=())
    return draft(way.parsed, message, policy, None).needles.words


def _names_let_through(
    known: frozenset[str], phrases: Sequence[str], old: _Way, new: _Way
) -> Iterator[Warn]:
    """Allowed phrases through which a name of the header is shown that was not shown before."""
    words = {part: (set(_words(part, old)), set(_words(part, new))) for part in Part}
    for phrase in phrases:
        names = known.intersection(words_in(phrase))
        parts = [part.value for part, (before, after) in words.items() if names & (after - before)]
        if parts:
            yield Warn(danger=Danger.KNOWN_NAME, phrase=phrase, fields=tuple(parts))


def _words(part: Part, way: _Way) -> list[str]:
    return words_in("\n".join(way.shown(part)))


def _closed_addresses(uses: Sequence[Use]) -> Iterator[Warn]:
    """Phrases that are addresses: those become pseudonyms in any case."""
    for phrase in dict.fromkeys(use.phrase for use in uses if use.sort is Sort.ALLOW):
        if "@" in phrase and not any(use.stays for use in uses if use.phrase == phrase):
            yield Warn(danger=Danger.ADDRESS, phrase=phrase)


def _taken_away(old: _Way, new: _Way) -> Iterator[Warn]:
    fields = tuple(name for name in new.taken if name not in old.taken)
    if fields:
        yield Warn(danger=Danger.LEAK_CHECK, fields=fields)


class _Remembering:
    """A recognizer that reads each text once, whatever the rules."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self._answers: dict[tuple[object, ...], Analysis] = {}

    def analyze(
        self,
        text: RawText,
        language: str | None = None,
        *,
        hidden: Sequence[tuple[int, int]] = (),
        again: bool = False,
    ) -> Analysis:
        asked = text.reveal(), language, tuple(hidden), again
        if asked not in self._answers:
            self._answers[asked] = self._recognizer.analyze(
                text, language, hidden=hidden, again=again
            )
        return self._answers[asked]
