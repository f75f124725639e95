"""A sanitized report as rows, each value in the column of its field class. Pure.

In:  ``Sanitized``.
Out: for each table the rows to insert; parents before children.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from ipaddress import ip_address
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Table

from rufgate.sanitize.sanitized import (
    Sanitized,
    SanitizedAuthResult,
    SanitizedHeader,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    SignedManifest,
)
from rufgate.store import schema
from rufgate.store.column_types import storable

Row = Mapping[str, Any]

_FREE_TEXT_FIELDS: Final = {"subject", "thread-topic", "comments", "keywords", "summary"}
_TIMED_FIELDS: Final = {"date", "resent-date", "received", "delivery-date"}
MECHANISMS: Final = ("spf", "dkim", "dmarc")
_PASSING: Final = "pass"
_ADDRESS_SHAPE: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]*[.:][0-9a-f.:]+", re.IGNORECASE)
_AS_TEXT: Final = (
    "policy", "engine", "key_id", "fingerprint", "owner_domain", "reporter_domain",
    "reported_domain", "from_domain", "source_ip", "feedback_type", "user_agent", "reporting_mta",
    "auth_failure", "delivery_result", "identity_alignment", "dkim_domain", "dkim_selector",
    "dkim_identity", "dkim_selector_dns", "original_mail_from", "original_envelope_id", "subject",
    "text", "text_script", "kind", "tier", "reason", "text_omitted", "reporter_spf",
    "reporter_dkim", "reporter_dmarc", "reporter_authenticated_domain",
)  # fmt: skip
_AS_IS: Final = (
    "id", "received_at", "size_bytes", "source_port", "arrival_at", "incidents_stated",
    "recipient_count", "text_chars", "fields_dropped",
)  # fmt: skip


def rows_of(sanitized: Sanitized) -> list[tuple[Table, list[Row]]]:
    """Every row of one report, in an order that foreign keys allow; empty tables left out."""
    report = sanitized.report
    tables: list[tuple[Table, Iterable[Row]]] = [
        (schema.reports, [_report(report)]),
        (schema.report_domains, [{"name": d.name, "role": d.role} for d in report.domains]),
        (
            schema.report_tokens,
            [
                {
                    "label": t.label,
                    "role": t.role,
                    "digest": t.digest,
                    "key_id": t.key_id,
                    "domain": t.domain,
                }
                for t in report.tokens
            ],
        ),
        (schema.report_headers, [_header(h) for h in report.headers]),
        (
            schema.auth_results,
            [
                {"authserv": r.authserv, "method": r.method, "result": r.result}
                for r in report.auth_results
            ],
        ),
        (
            schema.attachments,
            [
                {
                    "media_type": a.media_type,
                    "size_bytes": a.size_bytes,
                    "digest": a.digest,
                    "key_id": a.key_id,
                    "verdict": a.verdict,
                    "unscanned": a.unscanned,
                }
                for a in report.attachments
            ],
        ),
        (
            schema.redaction_counts,
            [
                {
                    "entity": c.entity,
                    "recognizer": c.recognizer,
                    "part": c.part,
                    "count": c.count,
                }
                for c in report.counts
            ],
        ),
    ]
    placed = [(table, _placed(report.id, table, rows)) for table, rows in tables]
    placed.append((schema.auth_properties, _properties(report.id, report.auth_results)))
    placed.append((schema.report_manifests, _manifest(report.id, sanitized.manifest)))
    placed.append((schema.outbox, [_copy(report, copy) for copy in sanitized.copies]))
    return [(table, rows) for table, rows in placed if rows]


def _placed(report_id: UUID, table: Table, rows: Iterable[Row]) -> list[Row]:
    """Plain values; children get their parent and their place in it."""
    plain = [{key: _plain(value) for key, value in row.items()} for row in rows]
    if table is schema.reports:
        return list(plain)
    return [{"report_id": report_id, "position": at, **row} for at, row in enumerate(plain)]


def _report(report: SanitizedReport) -> Row:
    return {
        **{name: _plain(getattr(report, name)) for name in (*_AS_TEXT, *_AS_IS)},
        "received_on": report.received_at.date(),
        "seen": 1,
        "spf_dns": _texts(report.spf_dns),
        "reported_uris": _texts(report.reported_uris),
        "not_stated": [field.value for field in report.not_stated],
        "flags": [flag.value for flag in report.flags],
        "failing": _failing(report.auth_results),
    }


def _failing(results: Sequence[SanitizedAuthResult]) -> str:
    """The mechanisms of which a result is stated and none is a pass."""
    stated = {str(one.method) for one in results}
    passed = {str(one.method) for one in results if str(one.result) == _PASSING}
    return " ".join(name for name in MECHANISMS if name in stated - passed)


def _header(header: SanitizedHeader) -> Row:
    """The value in the one column by whose class it is kept shortest."""
    name, value = str(header.name).lower(), str(header.value)
    column = "value"
    if name in _FREE_TEXT_FIELDS:
        column = "subject_value"
    elif _holds_address(value):
        column = "address_value"
    elif name in _TIMED_FIELDS:
        column = "time_value"
    empty = {"value": None, "subject_value": None, "address_value": None, "time_value": None}
    return {"name": header.name, **empty, column: value}


def _properties(report_id: UUID, results: Sequence[SanitizedAuthResult]) -> list[Row]:
    return [
        {
            "report_id": report_id,
            "result_position": result_at,
            "position": at,
            "name": str(name),
            **_property_value(str(value)),
        }
        for result_at, result in enumerate(results)
        for at, (name, value) in enumerate(result.properties)
    ]


def _property_value(value: str) -> Row:
    """``p1-...@example.org`` is a pseudonym; an address literal an address; all else a domain."""
    column = "domain_value"
    if "@" in value:
        column = "token_value"
    elif _holds_address(value):
        column = "address_value"
    return {"domain_value": None, "token_value": None, "address_value": None, column: value}


def _holds_address(value: str) -> bool:
    """Whether an IP address stands in ``value``.

    A hit that is none (a version number) costs that value a shorter life, nothing else.
    """
    return any(
        _is_address(shape) or _is_address(shape.strip(".:"))
        for shape in _ADDRESS_SHAPE.findall(value)
    )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _manifest(report_id: UUID, manifest: SignedManifest | None) -> list[Row]:
    if manifest is None:
        return []
    said = {"statement": str(manifest.statement), "signature": str(manifest.signature)}
    return [{"report_id": report_id, **said}]


def _copy(report: SanitizedReport, copy: SanitizedMessage) -> Row:
    """A copy waits from the moment its report came; one that is withheld never leaves."""
    withheld = copy.withheld
    return {
        "id": uuid5(report.id, str(copy.analyst)),
        "report_id": report.id,
        "analyst": str(copy.analyst),
        "tier": copy.tier.value,
        "message_id": str(copy.message_id),
        "size_bytes": len(copy.content),
        "content": None if withheld else copy.content,
        "state": "parked" if withheld else "pending",
        "reason": withheld.value if withheld else None,
        "attempts": 0,
        "created_at": report.received_at,
        "due_at": report.received_at,
        "settled_at": report.received_at if withheld else None,
    }


def _plain(value: object) -> object:
    """Text and enums as ``str``; numbers, times and ids as they are."""
    return str(value) if isinstance(value, SanitizedText | str) else value


def _texts(values: Iterable[SanitizedText]) -> list[str] | None:
    return [storable(str(value)) for value in values] or None
