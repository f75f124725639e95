"""What parsing yields: the raw facts of one mail, each still personal and hostile.

In:  made by ``parse`` and ``dialects`` only.
Out: read by ``redact`` and its neighbours; never leaves ``sanitize``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Flag, Kind, Reason
from rufgate.sanitize.scan import Scan

LOOP_FIELD: Final = "x-rufgate-loop"  # in every copy: in its header and in its feedback part


@dataclass(frozen=True, kw_only=True, slots=True)
class RawHeader:
    """One header field: ``name`` as written; ``value`` unfolded, RFC 2047 words still encoded."""

    name: RawText
    value: RawText


@dataclass(frozen=True, kw_only=True, slots=True)
class RawAttachment:
    """Shape of a part that is not text. ``sha256`` is of the decoded bytes, 32 bytes."""

    magic: str  # media type by magic number, "application/octet-stream" if unknown
    size_bytes: int
    sha256: bytes
    filename: RawText
    scan: Scan | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The message the report is about: header block, readable text and attachment shapes."""

    headers: Sequence[RawHeader] = ()
    text: RawText | None = None  # plain text; HTML already turned into text
    text_reason: Reason | None = None  # why there is no text although there was a body
    attachments: Sequence[RawAttachment] = ()
    headers_only: bool = False
    is_report: bool = False  # the original is itself a multipart/report


@dataclass(frozen=True, kw_only=True, slots=True)
class RawAuthResult:
    """One ``method=result`` of an Authentication-Results field."""

    authserv: RawText | None
    method: RawText
    result: RawText
    properties: Sequence[tuple[str, RawText]] = ()  # ("smtp.mailfrom", value); names lower case


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """The fields of part 2 (or what a text template states in their place).

    ``None`` or empty: not stated. Lists keep the order of the input.
    """

    feedback_type: RawText | None = None
    user_agent: RawText | None = None
    version: RawText | None = None
    original_envelope_id: RawText | None = None
    original_mail_from: RawText | None = None
    original_rcpt_to: Sequence[RawText] = ()
    arrival_at: datetime | None = None  # aware, UTC
    reporting_mta: RawText | None = None
    source_ip: str | None = None  # canonical form of ``ipaddress``; v4-mapped unmapped
    source_port: int | None = None
    incidents: int | None = None
    auth_results: Sequence[RawAuthResult] = ()
    reported_domains: Sequence[RawText] = ()
    reported_uris: Sequence[RawText] = ()
    auth_failure: RawText | None = None
    delivery_result: RawText | None = None
    identity_alignment: RawText | None = None
    dkim_domain: RawText | None = None
    dkim_identity: RawText | None = None
    dkim_selector: RawText | None = None
    dkim_selector_dns: RawText | None = None
    spf_dns: Sequence[RawText] = ()
    loop_marks: Sequence[RawText] = ()
    unknown_fields: int = 0  # fields dropped unread, DKIM-Canonicalized-* included


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedReport:
    """Any mail that could be read, whatever it turned out to be."""

    kind: Kind
    feedback: Feedback
    original: Original | None
    reason: Reason | None = None
    outer_headers: Sequence[RawHeader] = ()
    wrapped_headers: Sequence[RawHeader] = ()  # of the report inside a mail that forwards it
    outer_received: int = 0  # number of Received fields of the OUTER header
    flags: frozenset[Flag] = frozenset()
    fingerprint_input: bytes = b""  # feedback part + third part (the whole body where none)


@dataclass(frozen=True, kw_only=True, slots=True)
class Malformed:
    """A mail that cannot be read within the limits; only its reason is kept."""

    reason: Reason
    fingerprint_input: bytes
    outer_headers: Sequence[RawHeader] = ()
