"""A received mail as the facts of a report, tolerantly (RFC 5965, RFC 6591, RFC 9991).

In:  one ``RawMessage``, the ``Limits``.
Out: ``ParsedReport`` whatever the mail turned out to be; ``Malformed`` past a limit.
SECURITY: linear in the mail's size, nothing is looked up, nothing is believed beyond what
     ``stated`` says; attachments are decoded only for type, size and digest.
FAILS: never, but for ``MemoryError``, which the worker's limit turns into a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from mmap import mmap
from typing import Final

from rufgate.sanitize.dialects import (
    Sentence,
    Template,
    hotmail_start,
    is_complaint,
    other_kind,
    read_sentence,
    read_template,
)
from rufgate.sanitize.feedback import read_feedback
from rufgate.sanitize.fields import decode_words, parse_date
from rufgate.sanitize.layout import (
    Layout,
    decoded_feedback,
    find_layout,
    is_bounce,
    messages,
    returned,
)
from rufgate.sanitize.mime import (
    Budget,
    LimitExceeded,
    Part,
    first_text,
    normalised,
    read_part,
)
from rufgate.sanitize.original import original_from, part_text, raw_headers, read_original
from rufgate.sanitize.parsed import LOOP_FIELD, Feedback, Malformed, Original, ParsedReport
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import Flag, Kind, Reason
from rufgate.sanitize.scan import Scanner
from rufgate.sanitize.stated import Clock, Stated, complete
from rufgate.sanitize.transfer import Source

_REASONS: Final = {
    Kind.AUTH_FAILURE: None,
    Kind.ARF_OTHER: Reason.FEEDBACK_TYPE,
    Kind.COMPLAINT: Reason.COMPLAINT_SHAPE,
    Kind.AGGREGATE: Reason.AGGREGATE_REPORT,
    Kind.TLS_REPORT: Reason.TLS_REPORT,
    Kind.LOOP: Reason.REPORT_ABOUT_REPORT,
    Kind.UNPARSED: Reason.NOT_A_REPORT,
}
_AUTH_FAILURE_WORDS: Final = frozenset(["auth-failure", "authfailure", "auth_failure"])
_MAX_PROSE_BYTES = 1_000_000  # a template and its header copy; a longer text is none


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mail:
    """The mail being read, and what stays the same throughout."""

    root: Part
    limits: Limits
    clock: Clock
    budget: Budget


@dataclass(frozen=True, kw_only=True, slots=True)
class _Finding:
    """What one of the readers below made of the mail."""

    kind: Kind
    feedback: Feedback = field(default_factory=Feedback)
    original: Original | None = None
    reason: Reason | None = None
    flags: frozenset[Flag] = frozenset()
    is_template: bool = False
    outer: Sequence[tuple[str, str]] | None = None  # where it is not the header of the root


def parse(
    message: RawMessage, limits: Limits, scanner: Scanner | None = None
) -> ParsedReport | Malformed:
    """Everything that ``message`` says, or the limit that it passes."""
    content = message.reveal()
    source: Source
    if message.is_plain and isinstance(content, mmap):
        source, start = content, first_text(content, 0, len(content))  # no copy: it is large
    else:
        source, start = normalised(bytes(content)), 0
    try:
        return _parse(message, source, start, Budget(limits, scanner))
    except LimitExceeded as limit:
        reason = limit.reason
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - outermost: whatever a reporter sends must not be a 5xx
        reason = Reason.PARSER_ERROR
    body = max(source.find(b"\n\n", start), start)
    return Malformed(reason=reason, fingerprint_input=_digest(memoryview(source)[body:]))


def _parse(message: RawMessage, source: Source, start: int, budget: Budget) -> ParsedReport:
    root = read_part(source, budget, start=start)
    clock = Clock(received_at=message.received_at, written_at=parse_date(root.value("date") or ""))
    mail = _Mail(root=root, limits=budget.limits, clock=clock, budget=budget)
    layout = find_layout(root)
    text = _prose(layout)
    finding = _read(mail, layout, text)
    feedback, flags = finding.feedback, _shape_flags(message, source[start : start + 6])
    if finding.kind in (Kind.AUTH_FAILURE, Kind.ARF_OTHER, Kind.COMPLAINT):
        feedback, more = complete(_stated(mail, layout, finding, text), clock)
        flags |= more
    return ParsedReport(
        kind=finding.kind,
        feedback=feedback,
        original=finding.original,
        reason=finding.reason or _REASONS[finding.kind],
        outer_headers=raw_headers(root.fields if finding.outer is None else finding.outer),
        wrapped_headers=() if layout.report is root else raw_headers(layout.report.fields),
        outer_received=sum(name.lower() == "received" for name, _ in root.fields),
        flags=flags | finding.flags,
        fingerprint_input=_fingerprint(root, layout),
    )


def _read(mail: _Mail, layout: Layout, text: str) -> _Finding:
    """What the mail is, surest sign first."""
    if layout.feedback is not None:
        return _feedback_report(mail, layout, layout.feedback)
    template = None if is_bounce(mail.root) else read_template(text, mail.clock.near)
    if template is not None:
        return _text_report(mail, layout, template)
    if layout.says_feedback:
        return _report_without_fields(mail, layout)
    return _complaint(mail, layout) or _other(mail, layout)


def _feedback_report(mail: _Mail, layout: Layout, part: Part) -> _Finding:
    """An ARF; its Feedback-Type says of which kind (RFC 5965 section 7.3)."""
    read = read_feedback(decoded_feedback(part), mail.limits, mail.clock.near)
    original, flags = _original(mail, layout)
    flags |= read.flags
    if part.is_encoded:
        flags |= {Flag.ENCODED_FEEDBACK}
    if original is None:
        flags |= {Flag.NO_THIRD_PART}
    if not layout.says_feedback:
        flags |= {Flag.NO_REPORT_TYPE}
    if read.feedback.feedback_type is None:
        flags |= {Flag.NO_FEEDBACK_TYPE}
    kind = Kind.UNPARSED if read.is_empty else _kind(read.feedback)
    if original is not None and original.is_report:
        kind = Kind.LOOP
    reason = Reason.NO_FEEDBACK_FIELDS if kind is Kind.UNPARSED else None
    return _Finding(
        kind=kind, feedback=read.feedback, original=original, reason=reason, flags=flags
    )


def _kind(feedback: Feedback) -> Kind:
    """Without a type it counts as an authentication failure."""
    stated = feedback.feedback_type.reveal() if feedback.feedback_type else ""
    word = stated.replace(";", " ").replace(",", " ").strip().lower()
    return Kind.AUTH_FAILURE if not word or word in _AUTH_FAILURE_WORDS else Kind.ARF_OTHER


def _text_report(mail: _Mail, layout: Layout, template: Template) -> _Finding:
    original, flags = _original(mail, layout)
    if original is None and template.header:
        quoted = read_part(template.header.encode("utf-8", "replace"), mail.budget, 1)
        original, flags = original_from(quoted, mail.limits, headers_only=True)
    is_loop = original is not None and original.is_report
    return _Finding(
        kind=Kind.LOOP if is_loop else Kind.AUTH_FAILURE,
        feedback=template.feedback,
        original=original,
        flags=flags | template.flags,
        is_template=True,
    )


def _report_without_fields(mail: _Mail, layout: Layout) -> _Finding:
    """``report-type=feedback-report`` without a feedback part: it does not say of what kind."""
    original, flags = _original(mail, layout)
    if original is not None and original.is_report:
        return _Finding(kind=Kind.LOOP, original=original, flags=flags)
    return _Finding(
        kind=Kind.UNPARSED, original=original, reason=Reason.NO_FEEDBACK_FIELDS, flags=flags
    )


def _complaint(mail: _Mail, layout: Layout) -> _Finding | None:
    """Hotmail's shape: the original as a part, or as the mail itself with a trace before it."""
    if is_bounce(mail.root):
        return None
    for leaf in messages(layout.leaves):
        if is_complaint(mail.root, leaf.message):
            original, flags = read_original(leaf, mail.limits)
            kind = Kind.LOOP if original.is_report else Kind.COMPLAINT
            return _Finding(kind=kind, original=original, flags=flags)
    start = hotmail_start(mail.root)
    if start is None:
        return None
    original, flags = original_from(mail.root, mail.limits)
    before, inside = mail.root.fields[:start], mail.root.fields[start:]
    return _Finding(
        kind=Kind.COMPLAINT,
        original=replace(original, headers=raw_headers(inside)),
        flags=flags,
        outer=[*before, *_sender(before)],
    )


def _sender(before: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Hotmail's own address: the From field is already the original's."""
    return [("From", value) for name, value in before if name.lower() == "return-path"][:1]


def _other(mail: _Mail, layout: Layout) -> _Finding:
    """No report. What returns one of our own copies bears our mark, which ``redact`` checks."""
    for leaf in returned(layout.leaves):
        if leaf.message.value(LOOP_FIELD) is not None:
            headers = Original(headers=raw_headers(leaf.message.fields), is_report=True)
            return _Finding(kind=Kind.LOOP, original=headers)
    return _Finding(kind=other_kind(mail.root, layout.leaves))


def _original(mail: _Mail, layout: Layout) -> tuple[Original | None, frozenset[Flag]]:
    if layout.third is None:
        return None, frozenset()
    return read_original(layout.third, mail.limits)


def _stated(mail: _Mail, layout: Layout, finding: _Finding, text: str) -> Stated:
    subject = decode_words(layout.report.value("subject") or "")
    is_prose = not finding.is_template
    sentence = read_sentence(text if is_prose else "", subject, mail.clock.near)
    return Stated(
        feedback=finding.feedback,
        original=finding.original,
        kind=finding.kind,
        sentence=sentence if is_prose else Sentence(source_ip=sentence.source_ip),
        is_template=finding.is_template,
    )


def _prose(layout: Layout) -> str:
    part = layout.prose()
    if part is None or part.end - part.start > _MAX_PROSE_BYTES:
        return ""
    return part_text(part) or ""


def _shape_flags(message: RawMessage, begins: bytes) -> frozenset[Flag]:
    content = message.reveal()
    flags = set()
    if not (message.is_plain or isinstance(content, mmap)):
        pairs = content.count(b"\r\n")
        if content.count(b"\n") != pairs or content.count(b"\r") != pairs:
            flags.add(Flag.BARE_NEWLINES)
    if begins.startswith((b"From ", b">From ")):
        flags.add(Flag.MBOX_LINE)
    return frozenset(flags)


def _fingerprint(root: Part, layout: Layout) -> bytes:
    """Of feedback part and original, the body where neither is; the same for any line ends.

    A digest stands for the bytes, since a copy of them would double the memory of a large mail.
    """
    if layout.feedback is None and layout.third is None:
        return _digest(memoryview(root.source)[root.start : root.end])
    feedback = decoded_feedback(layout.feedback) if layout.feedback else b""
    third = _third_bytes(layout.third) if layout.third else memoryview(b"")
    return _digest(memoryview(feedback), third)


def _third_bytes(third: Part) -> memoryview:
    if third.is_encoded:
        return memoryview(third.message.source)
    return memoryview(third.source)[third.start : third.end]


def _digest(*pieces: memoryview) -> bytes:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.digest()
