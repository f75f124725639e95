"""What is found out about a report once, whoever will see it.

In:  a ``ParsedReport``, the envelope, the rules, a recognizer.
Out: ``Draft``: findings in subject and text, the domains of the sender's side, what must not be
     found in any output.
SECURITY: still raw; it never leaves ``sanitize``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rufgate.sanitize.addresses import Mailbox, is_role, parse_mailboxes, person_behind
from rufgate.sanitize.detect import TextContext
from rufgate.sanitize.domains import DomainRule, owner_domain, public_name
from rufgate.sanitize.fields import decode_words
from rufgate.sanitize.headers import from_domain
from rufgate.sanitize.ip_redaction import canonical_ip
from rufgate.sanitize.known_domains import ROLE_LOCAL_PARTS
from rufgate.sanitize.known_names import HeaderPerson, KnownNames
from rufgate.sanitize.leakcheck import Needles, folded, needles_from, words_in
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.parsed import ParsedReport, RawHeader
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.raw import RawMessage, RawText
from rufgate.sanitize.sender_side import known_words, person_values, sender_side_domains
from rufgate.sanitize.spans import Recognizer
from rufgate.sanitize.text import TextFindings, find_all
from rufgate.sanitize.words import COMMON_WORDS, ROLE_WORDS

_MAX_IPS = 1000
_NOBODYS_WORDS = folded(COMMON_WORDS | ROLE_WORDS | ROLE_LOCAL_PARTS)
_IP_SHAPE = re.compile(r"(?:ipv6:)?([0-9a-f.:]{7,45})", re.IGNORECASE)  # RFC 5321 section 4.1.3
_TRACE_FIELDS = frozenset(
    ["received", "x-originating-ip", "x-sender-ip", "x-client-ip", "x-reporter-ip", "x-source-ip"]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """One report, understood but not yet redacted for anybody."""

    parsed: ParsedReport
    rule: DomainRule
    names: frozenset[str]
    display_names: int
    needles: Needles
    subject: TextFindings | None
    text: TextFindings | None
    reporter_domain: str | None
    from_domain: str | None
    owner_domain: str | None


def draft(
    parsed: ParsedReport, message: RawMessage, policy: Policy, recognizer: Recognizer | None
) -> Draft:
    """Everything about ``parsed`` that does not depend on who will see it.

    Without a recognizer no free text is read, and none can be shown.
    """
    headers = parsed.original.headers if parsed.original else ()
    reporter = _reporter_domains(parsed, message)
    rule = DomainRule(policy, sender_side_domains(parsed.feedback, headers, reporter))
    values = person_values(parsed.feedback, headers)
    boxes = [box for value in values for box in parse_mailboxes(value)]
    known = KnownNames(list(_persons(boxes)), _exempt_words(rule))
    needles = _needles(parsed, values, boxes, rule).without(known.exempt)
    subject, text = _read(parsed, known, policy, recognizer)
    author = from_domain(headers)
    stated = next((raw.reveal() for raw in parsed.feedback.reported_domains), None)
    return Draft(
        parsed=parsed,
        rule=rule,
        names=known_words(values) - known.exempt,
        display_names=sum(bool(box.name) for box in boxes),
        needles=needles,
        subject=subject,
        text=text,
        reporter_domain=next(iter(reporter), None),
        from_domain=author,
        owner_domain=owner_domain(policy, stated, author),
    )


def _read(
    parsed: ParsedReport, known: KnownNames, policy: Policy, recognizer: Recognizer | None
) -> tuple[TextFindings | None, TextFindings | None]:
    """The findings in the subject and in the text; None where there is nothing to read."""
    if recognizer is None or parsed.original is None:
        return None, None
    subject = _subject(parsed.original.headers)
    text = parsed.original.text
    context = TextContext(
        recognizer=recognizer,
        known=known,
        allow_phrases=policy.allow_phrases,
        deny_phrases=policy.deny_phrases,
        max_chars=policy.limits.text_chars,
        uncovered=policy.uncovered_text,
        memory=getattr(recognizer, "memory", None),
    )
    found = iter(find_all([part for part in (subject, text) if part is not None], context))
    return (
        next(found) if subject is not None else None,
        next(found) if text is not None else None,
    )


def _subject(headers: Sequence[RawHeader]) -> RawText | None:
    for header in headers:
        if header.name.reveal().strip().lower() == "subject":
            return RawText(decode_words(header.value.reveal()))
    return None


def _reporter_domains(parsed: ParsedReport, message: RawMessage) -> list[str]:
    """Who sent the report, the most telling place first: From, envelope, Reporting-MTA, HELO."""
    mta = parsed.feedback.reporting_mta
    named = [
        from_domain(parsed.outer_headers) or "",
        message.mail_from.reveal().rpartition("@")[2],
        mta.reveal().rpartition(";")[2].strip() if mta else "",
        message.helo.reveal(),
    ]
    return [name for domain in named if (name := public_name(domain))]


def _persons(boxes: Sequence[Mailbox]) -> Iterator[HeaderPerson]:
    for box in boxes:
        behind = person_behind(box.local, box.domain)
        yield HeaderPerson(readable(box.name), behind.local, behind.domain)


def _exempt_words(rule: DomainRule) -> frozenset[str]:
    """Words that say nothing alone: of domains that are shown anyway, roles, allowed phrases."""
    shown = " ".join(rule.sender_side)
    return frozenset(words_in(shown)) | frozenset(words_in(" ".join(rule.policy.allow_phrases)))


def _needles(
    parsed: ParsedReport, values: Sequence[str], boxes: Sequence[Mailbox], rule: DomainRule
) -> Needles:
    roles = {f"{box.local}@{box.domain}" for box in boxes if is_role(box.local, box.domain, rule)}
    locals_ = [role.rpartition("@")[0] for role in roles]  # the policy shows them, word for word
    shown = {*locals_, *(word for local in locals_ for word in words_in(local))}
    found = needles_from(values, [box.name for box in boxes], list(_ips(parsed)))
    return found.without_folded(_NOBODYS_WORDS).without(shown).without_addresses(roles)


def _ips(parsed: ParsedReport) -> Iterator[str]:
    """Addresses of the trace that may not be shown whole: all but the source that was stated."""
    headers = parsed.original.headers if parsed.original else ()
    found = (
        shape.strip(".")
        for header in headers
        if header.name.reveal().strip().lower() in _TRACE_FIELDS
        for shape in _IP_SHAPE.findall(header.value.reveal())
    )
    for shape, _ in zip(found, range(_MAX_IPS), strict=False):
        if canonical_ip(shape) != parsed.feedback.source_ip:  # it may be written in another form
            yield shape
