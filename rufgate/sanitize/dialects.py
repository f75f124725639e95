"""Reports that are no ARF: text templates, Hotmail's complaints, and mail of other kinds.

In:  the parts of a mail that holds no ``message/feedback-report``.
Out: what it is, surest sign first, and what its text states.
SECURITY: the shapes decide, never who claims to have sent it; a shape nobody knows is no report.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rufgate.sanitize.fields import decode_words, parse_date, parse_ip
from rufgate.sanitize.mime import Part
from rufgate.sanitize.parsed import Feedback, RawAuthResult
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Flag, Kind

_MAX_TEXT = 262_144  # characters of a template's own text that are looked at
_LABEL = re.compile(
    r"^[ \t>]*(sender domain|sender ip address|received date|spf alignment|dkim alignment"
    r"|dmarc results?)[ \t]*:[ \t]*([^\n]{0,500})$",
    re.IGNORECASE | re.MULTILINE,
)
_CLAIM = re.compile(r"message\s+claiming\s+to\s+be\s+from\s+you\s+has\s+failed", re.IGNORECASE)
_COPY = re.compile(r"this\s+is\s+a\s+copy\s+of\s+the", re.IGNORECASE)
_HEADER_LINE = re.compile(
    r"^(?:received|return-path|from|to|cc|date|subject|message-id|delivered-to|dkim-signature"
    r"|content-type|mime-version|reply-to|sender|authentication-results|received-spf"
    r"|envelope-to|x-[A-Za-z0-9-]{1,60})[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_ACTIONS: Final = {"accept": "delivered", "reject": "reject", "quarantine": "policy"}
_HOTMAIL_FIELDS: Final = ("x-hmxmroriginalrecipient", "x-reporter-ip", "x-hmxmr")
_COMPLAINT_SUBJECT = re.compile(r"\s*complaint about message from\b", re.IGNORECASE)
_AGGREGATE_SUBJECT = re.compile(r"\s*(?:(?:re|fwd?):\s*)?report[ -]domain:", re.IGNORECASE)
_AGGREGATE_NAME = re.compile(
    r"[^!/\s]+![^!/\s]+!\d+!\d+(?:![^!/\s]+)?\.(?:xml|zip|gz|xml\.gz)$", re.I
)
_TLS_TYPES: Final = frozenset(["application/tlsrpt+json", "application/tlsrpt+gzip"])
_SENTENCE_IP = re.compile(
    r"received\s+from\s+(?:the\s+)?IP(?:\s+address)?[\s:]+([0-9A-Za-z:.\[\]*]{2,60})", re.IGNORECASE
)
_SENTENCE_DATE = re.compile(
    r"(?:received\s+from|email\s+message|arrived)\s[^\n]{0,400}?\s(?:on|at)\s"
    r"((?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+[\d:]{5,8}(?:\s+[A-Z+\-0-9]{1,5})?)"
)
_SUBJECT_IP = re.compile(
    r"(?:complaint about message from|(?:report|dmarc)[^\n]{0,200}?\b(?:from )?ip)[ =:]+"
    r"([0-9A-Za-z:.\[\]*]{2,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A plain-text report: its facts, and the header block that it quotes."""

    feedback: Feedback
    header: str
    flags: frozenset[Flag]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """What the prose of a report states. ``is_obscured``: an address blacked out by somebody."""

    source_ip: str | None = None
    at: datetime | None = None
    is_obscured: bool = False


def read_template(text: str, near: datetime) -> Template | None:
    """``text`` as the report of Exim's relatives (cPanel, Baruwa, SpamExperts), or None."""
    text = text[:_MAX_TEXT]
    found = list(_LABEL.finditer(text))[:50]
    has_claim = _CLAIM.search(text) is not None
    if len(found) < (1 if has_claim else 3):
        return None
    labels: dict[str, str] = {}
    for hit in found:
        labels.setdefault(hit[1].lower().replace("results", "result"), hit[2].strip())
    return Template(
        feedback=_template_feedback(labels, near, has_claim=has_claim),
        header=_quoted_header(text, found[-1].end()),
        flags=_template_flags(labels, near),
    )


def _template_feedback(labels: dict[str, str], near: datetime, *, has_claim: bool) -> Feedback:
    domain = labels.get("sender domain", "")
    action = labels.get("dmarc result", "").rpartition(",")[2].strip().lower()
    delivery = _ACTIONS.get(action)
    return Feedback(
        source_ip=parse_ip(labels.get("sender ip address", "")),
        arrival_at=parse_date(labels.get("received date", ""), near),
        reported_domains=(RawText(domain),) if domain else (),
        auth_failure=RawText("dmarc"),
        delivery_result=RawText(delivery) if delivery else None,
        auth_results=_template_results(labels, domain, has_claim=has_claim),
    )


def _template_flags(labels: dict[str, str], near: datetime) -> frozenset[Flag]:
    address, date = labels.get("sender ip address"), labels.get("received date")
    flags = {Flag.TEXT_TEMPLATE}
    if address and parse_ip(address) is None:
        flags.add(Flag.BAD_SOURCE_IP)
    if date and parse_date(date, near) is None:
        flags.add(Flag.BAD_DATE)
    return frozenset(flags)


def _template_results(
    labels: dict[str, str], domain: str, *, has_claim: bool
) -> tuple[RawAuthResult, ...]:
    """DMARC's verdict. Alignment alone is no result of SPF or DKIM (RFC 8601), so none is made."""
    stated = [
        labels[name].lower() for name in ("spf alignment", "dkim alignment") if name in labels
    ]
    aligned = any(value.startswith("y") for value in stated)
    if not stated and not has_claim:
        return ()
    header = (("header.from", RawText(domain)),) if domain else ()
    verdict = RawText("pass" if aligned else "fail")
    return (
        RawAuthResult(authserv=None, method=RawText("dmarc"), result=verdict, properties=header),
    )


def _quoted_header(text: str, start: int) -> str:
    """The header copy: from the first field after the labels, or after the line that says so."""
    notice = _COPY.search(text, start)
    hit = _HEADER_LINE.search(text, notice.end() if notice else start)
    return text[hit.start() :] if hit else ""


def is_complaint(root: Part, message: Part) -> bool:
    """Hotmail's shape (JMRP): its fields on the original, or its subject on the outside."""
    return hotmail_start(message) is not None or bool(
        _COMPLAINT_SUBJECT.match(decode_words(root.value("subject") or "")[:200])
    )


def hotmail_start(message: Part) -> int | None:
    """Where in the header the fields that Hotmail adds to a complaint begin."""
    names = (at for at, (name, _) in enumerate(message.fields) if name.lower() in _HOTMAIL_FIELDS)
    return next(names, None)


def other_kind(root: Part, leaves: Sequence[Part]) -> Kind:
    """What a mail is that is neither a failure report nor a complaint."""
    names = [decode_words(leaf.filename).lower()[:500] for leaf in leaves]
    types = {leaf.media_type for leaf in leaves}
    subject = decode_words(root.value("subject") or "")[:500]
    if root.parameter("report-type").lower() == "tlsrpt" or types & _TLS_TYPES:
        return Kind.TLS_REPORT
    if root.value("tls-report-domain") is not None:
        return Kind.TLS_REPORT
    if _AGGREGATE_SUBJECT.match(subject) or any(_AGGREGATE_NAME.match(name) for name in names):
        return Kind.AGGREGATE
    if any(_is_aggregate_xml(leaf) for leaf in leaves):
        return Kind.AGGREGATE
    if _is_xarf(root, names):
        return Kind.ARF_OTHER
    return Kind.UNPARSED


def _is_aggregate_xml(leaf: Part) -> bool:
    if leaf.media_type not in ("text/xml", "application/xml"):
        return False
    head = next(leaf.chunks(), b"")[:4096]
    return b"<feedback" in head and b"<report_metadata" in head


def _is_xarf(root: Part, names: Sequence[str]) -> bool:
    has_field = any(root.value(name) is not None for name in ("x-xarf", "x-arf"))
    return has_field or any(name in ("xarf.json", "x-arf.json") for name in names)


def read_sentence(text: str, subject: str, near: datetime) -> Sentence:
    """Address and date of part 1's prose, or of the outer subject: the last resort."""
    text = text[:_MAX_TEXT]
    hits = [_SENTENCE_IP.search(text), _SUBJECT_IP.search(subject[:1000])]
    shapes = [hit[1].rstrip(".,:") for hit in hits if hit]
    found = next((ip for shape in shapes if (ip := parse_ip(shape))), None)
    date = _SENTENCE_DATE.search(" ".join(text[:4096].split()))
    return Sentence(
        source_ip=found,
        at=parse_date(date[1], near) if date else None,
        is_obscured=found is None and any("." in shape for shape in shapes),
    )
