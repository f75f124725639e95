"""Views and copies that the leak check has passed; the only ones that leave the core.

In:  a ``Draft``, a ``Lens``, a ``Stamp``.
Out: a ``SanitizedReport`` or a rendered copy in which nothing of the input was found again, and
     where something was.
SECURITY: fails closed. A hit takes the field, and a tier: what else the detectors missed in this
     report is not shown either. At ``metadata`` it takes the field; where that is not enough, all
     but a bare row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from rufgate.sanitize.draft import Draft
from rufgate.sanitize.leakcheck import Needles, folded, leaks, words_in
from rufgate.sanitize.leaves import leaves_of, without
from rufgate.sanitize.own_words import OWN_WORDS
from rufgate.sanitize.policy import Audience, Sender
from rufgate.sanitize.render import render
from rufgate.sanitize.sanitized import (
    DomainRole,
    Field,
    Flag,
    Kind,
    LeakHit,
    Reason,
    RedactionCount,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.sanitize.view import Lens, Stamp, view

_FREE_TEXT = frozenset({"subject", "text"})
_OWN_WORDS = folded(OWN_WORDS)
_WHOLE_COPY = "mail"
_COPY_DEPTH = 3  # two encodings within each other, in the quoted-printable of the copy itself
_BEHIND_PSEUDONYM = re.compile(r"\bp\d{1,9}-[a-z2-7]{24}@([a-z0-9.-]{1,253})")


def checked_view(
    draft: Draft, lens: Lens, stamp: Stamp
) -> tuple[SanitizedReport, tuple[LeakHit, ...]]:
    """The highest view up to the lens's tier that passes, or a bare row of kind ``leakcheck``."""
    descent = _Descent(draft, lens, stamp)
    report = descent.highest(lambda _: True)
    if report is None:
        bare = bare_report(replace(stamp, reason=Reason.LEAK_FOUND), Kind.LEAKCHECK)
        report = replace(bare, counts=tuple(_falls(Flag.FIELD_REMOVED, descent.fields())))
    return report, tuple(descent.hits)


def checked_copy(
    draft: Draft,
    lens: Lens,
    stamp: Stamp,
    audience: Audience,
    sender: Sender,
    marks: tuple[str, str],
) -> tuple[SanitizedMessage | None, tuple[LeakHit, ...]]:
    """The finished copy, or None where even tier ``metadata`` would leak."""
    own = {audience.address, sender.address}
    needles = draft.needles.without_addresses(own).addresses_only()
    loop_mark, serial = marks
    descent = _Descent(draft, lens, stamp, analyst=audience.name)

    def finished(report: SanitizedReport) -> SanitizedMessage:
        return render(report, audience, sender, serial=serial, loop_mark=loop_mark)

    def passes(report: SanitizedReport) -> bool:
        mail = finished(report).content.decode("ascii")
        return not leaks(needles, [(_WHOLE_COPY, mail)], depth=_COPY_DEPTH)

    report = descent.highest(passes)
    return (finished(report) if report else None), tuple(descent.hits)


def bare_report(stamp: Stamp, kind: Kind) -> SanitizedReport:
    """A row that holds nothing of the message but its size and time."""
    own = {field.name: getattr(stamp, field.name) for field in fields(stamp)}
    return SanitizedReport(**own, kind=kind, tier=Tier.METADATA, not_stated=tuple(Field))


@dataclass(slots=True)
class _Descent:
    """From the lens's tier down to one at which nothing of the input is found again."""

    draft: Draft
    lens: Lens
    stamp: Stamp
    analyst: str | None = None
    hits: list[LeakHit] = field(default_factory=list)

    def highest(self, passes: Callable[[SanitizedReport], bool]) -> SanitizedReport | None:
        left: list[str] = []
        tier: Tier | None = self.lens.tier
        while tier is not None:
            report = self._at(tier)
            if report is not None:
                fallen = _fallen(report, self.fields(), left)
                if passes(fallen):
                    return fallen
                self._note(tier, [_WHOLE_COPY])
            left.append(tier.value)
            tier = tier.below()
        return None

    def fields(self) -> list[str]:
        """The fields that were given up, each once."""
        names = (str(hit.field) for hit in self.hits)
        return [name for name in dict.fromkeys(names) if name != _WHOLE_COPY]

    def _at(self, tier: Tier) -> SanitizedReport | None:
        """The view at ``tier`` without what was found in it; None where the tier is given up."""
        report = view(self.draft, replace(self.lens, tier=tier), self.stamp)
        prose = self.draft.needles.without(_words_of_kept_domains(report))
        found = _hits(report, prose)
        if not found:
            return report
        self._note(tier, sorted(found))
        if tier is self.lens.tier and tier.below() is not None:
            return None
        rest = without(report, found)
        return None if _hits(rest, prose) else rest

    def _note(self, tier: Tier, places: Sequence[str]) -> None:
        analyst = SanitizedText(self.analyst) if self.analyst is not None else None
        for name, count in Counter(place.partition("/")[0] for place in places).items():
            hit = LeakHit(field=SanitizedText(name), tier=tier, analyst=analyst, count=count)
            self.hits.append(hit)


def _hits(report: SanitizedReport, prose: Needles) -> frozenset[str]:
    """The fields that hold something; in rebuilt ones our own words say nothing."""
    rebuilt = prose.without_folded(_OWN_WORDS)
    return frozenset(
        name
        for name, text in leaves_of(report)
        if leaks(prose if name in _FREE_TEXT else rebuilt, [(name, text)])
    )


def _words_of_kept_domains(report: SanitizedReport) -> Iterator[str]:
    """Labels of domains that the policy shows anyway: they say nothing alone.

    Links are no evidence: their hosts are whatever the text held.
    """
    for domain in report.domains:
        if domain.role is not DomainRole.LINK:
            yield from words_in(str(domain.name))
    for header in report.headers:
        for domain_name in _BEHIND_PSEUDONYM.findall(str(header.value)):
            yield from words_in(domain_name)


def _fallen(
    report: SanitizedReport, removed: Sequence[str], left: Sequence[str]
) -> SanitizedReport:
    """``report`` with flags for the fields and tiers that it cost, each fall counted."""
    if not removed and not left:
        return report
    falls = {Flag.FIELD_REMOVED: removed, Flag.TIER_LOWERED: left}
    flags = {flag for flag, places in falls.items() if places}
    counts = (count for flag, places in falls.items() for count in _falls(flag, places))
    return replace(
        report,
        flags=tuple(sorted({*report.flags, *flags})),
        counts=(*report.counts, *counts),
        text_omitted=Reason.LEAK_FOUND if "text" in removed else report.text_omitted,
    )


def _falls(flag: Flag, places: Sequence[str]) -> Iterator[RedactionCount]:
    for place in places:
        yield RedactionCount(
            entity=SanitizedText(flag.value),
            recognizer=SanitizedText("leakcheck"),
            part=SanitizedText(place),
            count=1,
        )
