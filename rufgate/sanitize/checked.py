"""Views and copies that the leak check has passed; the only ones that leave the core.

In:  a ``Draft``, a ``Lens``, a ``Stamp``.
Out: a ``SanitizedReport`` or a rendered copy in which nothing of the input was found again.
SECURITY: fails closed, in steps: the field goes, then a tier, then everything but a bare row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace

from rufgate.sanitize.draft import Draft
from rufgate.sanitize.leakcheck import Needles, leaks, words_in
from rufgate.sanitize.leaves import leaves_of, without
from rufgate.sanitize.own_words import OWN_WORDS
from rufgate.sanitize.policy import Audience, Sender
from rufgate.sanitize.render import render
from rufgate.sanitize.sanitized import (
    DomainRole,
    Field,
    Flag,
    Kind,
    Reason,
    RedactionCount,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.sanitize.view import Lens, Stamp, view

_FREE_TEXT = frozenset({"subject", "text"})
_BEHIND_PSEUDONYM = re.compile(r"\bp\d{1,9}-[a-z2-7]{24}@([a-z0-9.-]{1,253})")


def checked_view(draft: Draft, lens: Lens, stamp: Stamp) -> SanitizedReport:
    """The highest view up to the lens's tier that passes, or a bare row of kind ``leakcheck``."""
    found = _highest(draft, lens, stamp, lambda _: True)
    return found or bare_report(replace(stamp, reason=Reason.LEAK_FOUND), Kind.LEAKCHECK)


def checked_copy(
    draft: Draft,
    lens: Lens,
    stamp: Stamp,
    audience: Audience,
    sender: Sender,
    marks: tuple[str, str],
) -> SanitizedMessage | None:
    """The finished copy, or None where even tier ``metadata`` would leak."""
    own = {audience.address, sender.address}
    needles = draft.needles.without_addresses(own).addresses_only()
    loop_mark, serial = marks

    def finished(report: SanitizedReport) -> SanitizedMessage:
        return render(report, audience, sender, serial=serial, loop_mark=loop_mark)

    def passes(report: SanitizedReport) -> bool:
        mail = finished(report).content.decode("ascii")
        return not leaks(needles, [("mail", mail)])

    report = _highest(draft, lens, stamp, passes)
    return finished(report) if report else None


def bare_report(stamp: Stamp, kind: Kind) -> SanitizedReport:
    """A row that holds nothing of the message but its size and time."""
    own = {field.name: getattr(stamp, field.name) for field in fields(stamp)}
    return SanitizedReport(**own, kind=kind, tier=Tier.METADATA, not_stated=tuple(Field))


def _highest(
    draft: Draft, lens: Lens, stamp: Stamp, passes: Callable[[SanitizedReport], bool]
) -> SanitizedReport | None:
    tier: Tier | None = lens.tier
    while tier is not None:
        report = _cleaned(view(draft, replace(lens, tier=tier), stamp), draft.needles)
        if report is not None and passes(report):
            lowered = tier is not lens.tier
            return _fallen(report, Flag.TIER_LOWERED, [lens.tier.value]) if lowered else report
        tier = tier.below()
    return None


def _cleaned(report: SanitizedReport, needles: Needles) -> SanitizedReport | None:
    """``report`` without the fields in which something of the input is still found.

    None where it is found even then.
    """
    prose = needles.without(_words_of_kept_domains(report))
    hits = _hits(report, prose)
    if not hits:
        return report
    left = without(report, hits)
    return None if _hits(left, prose) else _fallen(left, Flag.FIELD_REMOVED, sorted(hits))


def _hits(report: SanitizedReport, prose: Needles) -> frozenset[str]:
    """The fields that hold something; in rebuilt ones our own words say nothing."""
    rebuilt = prose.without(OWN_WORDS)
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


def _fallen(report: SanitizedReport, flag: Flag, places: Sequence[str]) -> SanitizedReport:
    """``report`` with the flag, and each fall counted by the field, or tier, that it cost."""
    falls = Counter(place.partition("/")[0] for place in places)
    counts = tuple(
        RedactionCount(
            entity=SanitizedText(flag.value),
            recognizer=SanitizedText("leakcheck"),
            part=SanitizedText(place),
            count=count,
        )
        for place, count in falls.items()
    )
    flags = tuple(sorted({*report.flags, flag}))
    return replace(report, flags=flags, counts=(*report.counts, *counts))
