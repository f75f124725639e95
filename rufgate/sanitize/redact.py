"""The only maker of sanitized reports: parse, redact by structure and by spans, check, render.

In:  a ``RawMessage``, the ``Rules`` in force, a ``Recognizer``.
Out: ``Sanitized`` (the store's view and the analysts' copies), or ``OuterLoop``.
SECURITY: pure; whatever is not named in a rule is dropped. Each view is leak-checked before it is
     returned: a hit removes the field and lowers the tier; at the lowest it may leave a bare row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import final
from uuid import UUID

from rufgate.sanitize.checked import bare_report, checked_copy, checked_view
from rufgate.sanitize.draft import Draft, draft
from rufgate.sanitize.loops import Marks, is_outer_loop, loop_inside
from rufgate.sanitize.parse import parse
from rufgate.sanitize.parsed import Malformed, ParsedReport
from rufgate.sanitize.policy import Audience, Policy, Sender
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import (
    Kind,
    LeakHit,
    Reason,
    Sanitized,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.sanitize.scan import Scanner
from rufgate.sanitize.spans import Recognizer
from rufgate.sanitize.view import Lens, Stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Everything that decides how a report is treated; sent to each worker once."""

    policy: Policy
    keyring: Keyring
    audiences: tuple[Audience, ...]
    sender: Sender
    engine: str


@final
@dataclass(frozen=True, slots=True)
class OuterLoop:
    """Our own mark, or too many Received fields, in the outer header: answered 554 5.4.6."""


def sanitize(  # noqa: PLR0913 - the whole filter: its keys name what it works with
    message: RawMessage,
    *,
    rules: Rules,
    report_id: UUID,
    recognizer: Recognizer | None,
    tier_cap: Tier = Tier.TEXT,
    reason: Reason | None = None,
    scanner: Scanner | None = None,
) -> Sanitized | OuterLoop:
    """Everything ``message`` becomes, at most at ``tier_cap``."""
    parsed = parse(message, rules.policy.limits, scanner)
    if isinstance(parsed, Malformed):
        row = _bare_row(message, rules, report_id, parsed.reason, parsed.fingerprint_input)
        return Sanitized(report=row)
    if is_outer_loop(parsed, _own_marks(rules), rules.policy.limits.received_fields):
        return OuterLoop()
    parsed, tier_cap = _classified(parsed, rules, tier_cap)
    found = draft(parsed, message, rules.policy, recognizer if tier_cap.rank else None)
    stamp = _stamp(message, rules, report_id, reason, parsed.fingerprint_input)
    report, hits = checked_view(found, _store_lens(rules, tier_cap), stamp)
    checked = list(_copies(found, report, rules, stamp, tier_cap))
    return Sanitized(
        report=report,
        copies=tuple(copy for copy, _ in checked if copy is not None),
        hits=(*hits, *(hit for _, found_there in checked for hit in found_there)),
    )


def bare(message: RawMessage, *, rules: Rules, report_id: UUID, reason: Reason) -> Sanitized:
    """A row that says only when, how large and why; the content is used for its HMAC alone."""
    row = _bare_row(message, rules, report_id, reason, bytes(message.reveal()))
    return Sanitized(report=row)


def _classified(parsed: ParsedReport, rules: Rules, cap: Tier) -> tuple[ParsedReport, Tier]:
    """A gate's copy, or a report about ours, is a loop; what is no failure report: metadata."""
    loop = loop_inside(parsed, _own_marks(rules))
    if loop is not None:
        parsed = replace(parsed, kind=Kind.LOOP, reason=loop)
    if parsed.kind in (Kind.AUTH_FAILURE, Kind.ARF_OTHER, Kind.COMPLAINT):
        return parsed, cap
    return parsed, Tier.METADATA


def _own_marks(rules: Rules) -> Marks:
    analysts = tuple(audience.name for audience in rules.audiences)
    return Marks(keyring=rules.keyring, analysts=analysts, sender=rules.sender.address)


def _store_lens(rules: Rules, cap: Tier) -> Lens:
    return Lens(
        tier=min(rules.policy.store_tier, cap, key=lambda tier: tier.rank),
        pseudonymizer=rules.keyring.pseudonymizer(),
        recipients="tokens",
    )


def _copies(
    found: Draft, report: SanitizedReport, rules: Rules, stamp: Stamp, cap: Tier
) -> Iterator[tuple[SanitizedMessage | None, tuple[LeakHit, ...]]]:
    """A finished copy for each audience that may see the report and wants its kind; its hits."""
    for audience in rules.audiences:
        if report.kind in audience.kinds and _may_see(audience, found.owner_domain):
            marks = _marks(rules.keyring, report.id, audience)
            lens = _lens(audience, rules, cap)
            yield checked_copy(found, lens, stamp, audience, rules.sender, marks)


def _marks(keyring: Keyring, report_id: UUID, audience: Audience) -> tuple[str, str]:
    """The loop mark, and the part of the Message-ID that is the same for a copy sent twice."""
    serial = keyring.loop_mark(f"{report_id}/{audience.name}").rpartition(".")[2]
    return keyring.loop_mark(str(report_id)), serial


def _lens(audience: Audience, rules: Rules, cap: Tier) -> Lens:
    own = audience.name if audience.pseudonyms == "own" else None
    return Lens(
        tier=min(audience.tier, cap, key=lambda tier: tier.rank),
        pseudonymizer=rules.keyring.pseudonymizer(own),
        recipients="count",
    )


def _may_see(audience: Audience, owner: str | None) -> bool:
    """A name matches itself and its subdomains; a report that is nobody's goes to ``*`` only."""
    if "*" in audience.domains:
        return True
    return owner is not None and any(
        owner == name or owner.endswith(f".{name}") for name in audience.domains
    )


def _stamp(
    message: RawMessage, rules: Rules, report_id: UUID, reason: Reason | None, fingerprint: bytes
) -> Stamp:
    return Stamp(
        id=report_id,
        received_at=message.received_at,
        size_bytes=len(message),
        policy=SanitizedText(rules.policy.digest()),
        engine=SanitizedText(rules.engine),
        key_id=SanitizedText(rules.keyring.key_id),
        fingerprint=SanitizedText(rules.keyring.fingerprint(fingerprint)),
        reason=reason,
    )


def _bare_row(
    message: RawMessage, rules: Rules, report_id: UUID, reason: Reason, fingerprint: bytes
) -> SanitizedReport:
    return bare_report(_stamp(message, rules, report_id, reason, fingerprint), Kind.UNPARSED)
