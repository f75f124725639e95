"""A report as one audience may see it: the draft through a tier and a set of pseudonyms.

In:  a ``Draft``, a ``Lens``, the ``Stamp`` that every row and copy carries.
Out: a ``SanitizedReport`` at the lens's tier, not yet leak-checked.
SECURITY: every value comes from a redactor of this package; nothing raw is copied.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from rufgate.sanitize.attachments import redact_attachment
from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.domains import HIDDEN
from rufgate.sanitize.draft import Draft
from rufgate.sanitize.feedback_redaction import RedactedFeedback, recipients_of, redact_feedback
from rufgate.sanitize.headers import HeaderBlock, redact_headers
from rufgate.sanitize.hidden_recipients import names_somebody
from rufgate.sanitize.links import redact_link
from rufgate.sanitize.pseudonym import Pseudonymizer
from rufgate.sanitize.removals import structural_counts
from rufgate.sanitize.sanitized import (
    DomainRole,
    Field,
    Flag,
    Reason,
    SanitizedDomain,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.sanitize.text import Realisation, RedactedText, TextFindings, gone, realise

_NO_HEADERS = HeaderBlock(
    headers=(),
    dropped=0,
    tokens=(),
    domains=(),
    subject=None,
    subject_at=0,
    from_domain=None,
    recipient_count=0,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lens:
    """How an audience looks: how deep, under which names, and whether recipients are told apart."""

    tier: Tier
    pseudonymizer: Pseudonymizer
    recipients: Literal["tokens", "count"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """What a row or copy says of its own making."""

    id: UUID
    received_at: datetime
    size_bytes: int
    policy: SanitizedText
    engine: SanitizedText
    key_id: SanitizedText
    fingerprint: SanitizedText
    reason: Reason | None = None


def view(draft: Draft, lens: Lens, stamp: Stamp) -> SanitizedReport:
    """``draft`` as ``lens`` shows it."""
    context = _context(draft, lens)
    feedback = redact_feedback(draft.parsed.feedback, context)
    original = draft.parsed.original
    block = redact_headers(original.headers, context) if original else _NO_HEADERS
    report = SanitizedReport(
        **_stamped(stamp),
        **_stated(feedback),
        kind=draft.parsed.kind,
        tier=lens.tier,
        reason=stamp.reason or draft.parsed.reason,
        owner_domain=_text(draft.owner_domain),
        reporter_domain=_text(draft.reporter_domain),
        reported_domain=feedback.reported_domain or block.from_domain,
        from_domain=block.from_domain,
        recipient_count=max(feedback.recipient_count, block.recipient_count),
        tokens=tuple(dict.fromkeys((*feedback.tokens, *block.tokens))),
        domains=_domains(draft, feedback, block),
        headers=block.headers,
        attachments=tuple(
            redact_attachment(item, context.policy, lens.pseudonymizer)
            for item in (original.attachments if original else ())
        ),
        flags=_flags(draft, block),
        fields_dropped=feedback.fields_dropped + block.dropped,
    )
    counted = replace(
        report, counts=structural_counts(draft.parsed, report, names=draft.display_names)
    )
    return _with_absences(_with_free_text(counted, draft, context))


def gone_from(draft: Draft, lens: Lens, part: str) -> list[tuple[int, int]]:
    """The ranges of subject or text that ``lens`` does not show as they are."""
    found = draft.subject if part == "subject" else draft.text
    return gone(found, _realisation(_context(draft, lens))) if found else []


def _context(draft: Draft, lens: Lens) -> RedactionContext:
    return RedactionContext(
        pseudonymizer=lens.pseudonymizer,
        rule=draft.rule,
        source_ip=draft.parsed.feedback.source_ip,
        tier=lens.tier,
        recipients=lens.recipients,
        names=draft.names,
    )


def _stamped(stamp: Stamp) -> dict[str, Any]:
    own = (field.name for field in fields(stamp))
    return {name: getattr(stamp, name) for name in own if name != "reason"}


def _stated(feedback: RedactedFeedback) -> dict[str, Any]:
    """The fields that pass one to one; the others are put together with the header block's."""
    joined = {"reported_domain", "recipient_count", "tokens", "domains", "fields_dropped"}
    own = (field.name for field in fields(feedback))
    return {name: getattr(feedback, name) for name in own if name not in joined}


def _flags(draft: Draft, block: HeaderBlock) -> tuple[Flag, ...]:
    """Those of the parser, and whether the reporter left recipients as they were."""
    is_named = block.names_recipient or names_somebody(recipients_of(draft.parsed.feedback))
    return tuple(sorted({*draft.parsed.flags, *((Flag.RECIPIENT_NAMED,) if is_named else ())}))


def _domains(
    draft: Draft, feedback: RedactedFeedback, block: HeaderBlock
) -> tuple[SanitizedDomain, ...]:
    reporter = _text(draft.reporter_domain)
    own = (SanitizedDomain(name=reporter, role=DomainRole.REPORTER),) if reporter else ()
    return tuple(dict.fromkeys((*own, *feedback.domains, *block.domains)))


def _with_free_text(
    report: SanitizedReport, draft: Draft, context: RedactionContext
) -> SanitizedReport:
    """Subject from tier ``headers`` on, text at tier ``text``; their length in any case."""
    original = draft.parsed.original
    if original is None:
        return report
    subject = _shown(draft.subject, context, "subject")
    text = _shown(draft.text, context, "text")
    omitted = (text.omitted if text else None) or original.text_reason
    hide_subject = subject is None or omitted is Reason.LANGUAGE_NOT_COVERED
    at_headers, at_text = report.tier.rank >= 1, report.tier is Tier.TEXT
    shown = [
        part for part, is_shown in ((subject, at_headers), (text, at_text)) if part and is_shown
    ]
    return replace(
        report,
        subject=subject.text if subject and at_headers and not hide_subject else None,
        text=text.text if text and at_text else None,
        text_omitted=omitted,
        text_chars=len(original.text) if original.text is not None else None,
        text_script=text.script if text else None,
        flags=_with_rules_only(report.flags, shown),
        counts=(*(count for part in shown for count in part.counts), *report.counts),
    )


def _with_rules_only(flags: tuple[Flag, ...], shown: list[RedactedText]) -> tuple[Flag, ...]:
    """A reader must know that no model has looked for names."""
    if not any(part.rules_only for part in shown):
        return flags
    return tuple(sorted({*flags, Flag.RULES_ONLY}))


def _shown(found: TextFindings | None, context: RedactionContext, part: str) -> RedactedText | None:
    return realise(found, _realisation(context), part=part) if found else None


def _realisation(context: RedactionContext) -> Realisation:
    def link(url: str) -> str | None:
        return redact_link(url, context.policy, context.rule, context.names, context.pseudonymizer)

    def address(local: str, domain: str) -> str:
        return context.address(local, domain, sender_side=False)

    def domain(name: str) -> str:
        return context.rule.keep(name, sender_side=False)

    return Realisation(redact_address=address, redact_link=link, keep_domain=domain)


def _with_absences(report: SanitizedReport) -> SanitizedReport:
    """A fact that is missing is named, so that null never reads as "none found"."""
    missing = tuple(name for name in Field if not getattr(report, name.value))
    return replace(report, not_stated=missing)


def _text(value: str | None) -> SanitizedText | None:
    return SanitizedText(value) if value and value != HIDDEN else None
