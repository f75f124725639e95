"""What readers of the store get: frozen values, redacted when they were recorded.

``as_json()`` gives plain JSON values under fixed keys: the stable interface of
``reports list --json`` and ``reports show --json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Self
from uuid import UUID

_REPORTER_KEYS: Final = (
    "reporter_spf", "reporter_dkim", "reporter_dmarc", "reporter_authenticated_domain",
)  # fmt: skip
_SUMMARY_KEYS: Final = (
    "kind", "reason", "reporter_domain", "reported_domain", "from_domain", "source_ip",
    "auth_failure", "delivery_result", "arrival_at", "incidents_stated", "seen", "tier", "policy",
    "engine", "key_id",
)  # fmt: skip
_DETAIL_KEYS: Final = (
    "size_bytes", "owner_domain", "source_port", "feedback_type", "user_agent", "reporting_mta",
    "identity_alignment", "dkim_domain", "dkim_selector", "dkim_identity", "dkim_selector_dns",
    "spf_dns", "reported_uris", "original_mail_from", "original_envelope_id", "recipient_count",
    "subject", "text", "text_omitted", "text_chars", "text_script", "flags", "fields_dropped",
    "policy_applied",
)  # fmt: skip
_HIDDEN_KEYS: Final = {"report_id", "position", "claim", "lease_until", "content"}


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredAuthResult:
    """One authentication method and its result."""

    authserv: str | None
    method: str
    result: str
    properties: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "authserv": self.authserv,
            "method": self.method,
            "result": self.result,
            "properties": dict(self.properties),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredReport:
    """One line of ``reports list``. Times are days once the time of day has been forgotten."""

    id: UUID
    received_at: datetime | date
    kind: str
    reason: str | None
    reporter_domain: str | None
    reported_domain: str | None
    from_domain: str | None
    source_ip: str | None
    auth_failure: str | None
    delivery_result: str | None
    arrival_at: datetime | date | None
    incidents_stated: int | None
    seen: int
    auth_results: tuple[StoredAuthResult, ...]
    tier: str
    policy: str
    engine: str
    key_id: str
    not_stated: tuple[str, ...]
    reporter: Mapping[str, str | None] = field(default_factory=dict)  # who it proved to be
    held: bool | None = None  # whether a legal hold keeps it; None: nobody asked

    @classmethod
    def from_row(cls, row: Mapping[Any, Any], results: Sequence[StoredAuthResult]) -> Self:
        """One row of ``reports`` with the authentication results under it."""
        return cls(
            id=row["id"],
            received_at=row["received_at"] or row["received_on"],
            auth_results=tuple(results),
            not_stated=tuple(row["not_stated"]),
            reporter={key: row[key] for key in _REPORTER_KEYS},
            **{key: row[key] for key in _SUMMARY_KEYS} | {"arrival_at": _arrival(row)},
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values under the keys of the stable interface, in its order."""
        return {
            "id": str(self.id),
            "received_at": self.received_at.isoformat(),
            "kind": self.kind,
            "reason": self.reason,
            "reporter_domain": self.reporter_domain,
            "reported_domain": self.reported_domain,
            "from_domain": self.from_domain,
            "source_ip": self.source_ip,
            "auth_failure": self.auth_failure,
            "delivery_result": self.delivery_result,
            "arrival_at": _plain(self.arrival_at),
            "incidents_stated": self.incidents_stated,
            "seen": self.seen,
            "auth_results": [result.as_json() for result in self.auth_results],
            "tier": self.tier,
            "policy": self.policy,
            "engine": self.engine,
            "key_id": self.key_id,
            "not_stated": list(self.not_stated),
            **self.reporter,
            **({} if self.held is None else {"held": self.held}),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredDetail:
    """All that is kept of one report: its summary, its other facts, and what belongs to it.

    ``facts`` and the rows of the tuples are plain values by column name.
    """

    summary: StoredReport
    facts: Mapping[str, Any] = field(default_factory=dict)
    domains: tuple[Mapping[str, Any], ...] = ()
    tokens: tuple[Mapping[str, Any], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Mapping[str, Any], ...] = ()
    counts: tuple[Mapping[str, Any], ...] = ()
    copies: tuple[Mapping[str, Any], ...] = ()
    storm: Mapping[str, Any] | None = None  # what collapsed into this row
    manifest: Mapping[str, Any] | None = None  # signed: by what it was redacted

    @classmethod
    def from_rows(
        cls,
        summary: StoredReport,
        row: Mapping[Any, Any],
        children: Mapping[str, Sequence[Mapping[str, Any]]],
        storm: Mapping[str, Any] | None = None,
    ) -> Self:
        """From the report's row, its children by table name, and its storm."""
        return cls(
            summary=summary,
            facts={key: _plain(row[key]) for key in _DETAIL_KEYS},
            domains=_records(children["report_domains"]),
            tokens=_records(children["report_tokens"]),
            headers=_headers(children["report_headers"]),
            attachments=_records(children["attachments"]),
            counts=_records(children["redaction_counts"]),
            copies=_records(children["outbox"]),
            storm=None if storm is None else {key: _plain(value) for key, value in storm.items()},
            manifest=_manifest(children["report_manifests"]),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; the keys of the list come first."""
        return {
            **self.summary.as_json(),
            **self.facts,
            "domains": [dict(domain) for domain in self.domains],
            "tokens": [dict(token) for token in self.tokens],
            "headers": [{"name": name, "value": value} for name, value in self.headers],
            "attachments": [dict(attachment) for attachment in self.attachments],
            "counts": [dict(count) for count in self.counts],
            "copies": [dict(copy) for copy in self.copies],
            "storm": None if self.storm is None else dict(self.storm),
            "manifest": None if self.manifest is None else dict(self.manifest),
        }


def _arrival(row: Mapping[Any, Any]) -> datetime | date | None:
    """A day where the times of the row have been coarsened: midnight would be a false claim."""
    arrival: datetime | None = row["arrival_at"]
    return arrival.date() if arrival and row["received_at"] is None else arrival


def _manifest(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    if not rows or rows[0]["statement"] is None:
        return None
    return {"statement": json.loads(rows[0]["statement"]), "signature": rows[0]["signature"]}


def _records(rows: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {key: _plain(value) for key, value in row.items() if key not in _HIDDEN_KEYS}
        for row in rows
    )


def _headers(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The fields that still have a value, whichever column it stands in."""
    columns = ("value", "subject_value", "address_value", "time_value")
    return tuple(
        (row["name"], value)
        for row in rows
        for value in (row[column] for column in columns)
        if value is not None
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
