"""A report or an alert as an event for other tools: ECS JSON, or CEF. Pure.

In:  a stored report with its verdict, or an alert; the tier of the output.
Out: fields by their dotted names; a line of JSON or CEF.
SECURITY: what ``event_schema.FIELDS`` does not list is a bug, and what it lists for a higher tier
     stays. No pseudonym and no recipient is among them. Values are hostile: JSON escapes all but
     ASCII, CEF its own marks, and control characters are left out.
FAILS: never.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from ipaddress import ip_address
from typing import Any, Final, final
from uuid import UUID

from rufgate.review.event_schema import ECS_VERSION, FIELDS, SCHEMA_VERSION
from rufgate.review.exports import printable
from rufgate.review.verdict import Guess, Sureness, Verdict
from rufgate.sanitize.sanitized import Tier
from rufgate.store.stored import StoredDetail

MAX_TEXT: Final = 8000
_OUTCOME: Final = {True: "success", False: "failure", None: "unknown"}
_ALERT: Final = 7
_LABELS: Final = {  # CEF has six strings of one's own
    "rufgate.report.from_domain": ("cs1", "fromDomain"),
    "rufgate.report.reported_domain": ("cs2", "reportedDomain"),
    "rufgate.report.reporter_domain": ("cs3", "reporterDomain"),
    "rufgate.verdict.guess": ("cs4", "guess"),
    "rufgate.report.auth_failure": ("cs5", "authFailure"),
    "rufgate.campaign.id": ("cs6", "campaign"),
    "email.subject": ("flexString1", "subject"),
    "rufgate.schema_version": ("cn1", "schemaVersion"),
}
_KEYS: Final = {
    "event.dataset": "cat",
    "event.outcome": "outcome",
    "observer.hostname": "dvchost",
    "rufgate.report.id": "externalId",
    "rufgate.report.seen": "cnt",
    "rufgate.report.delivery_result": "act",
    "message": "msg",
}
_IN_HEADER: Final = re.compile(r"([\\|])")
_IN_VALUE: Final = re.compile(r"([\\=])")

Fields = Mapping[str, Any]


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Observer:
    """Who tells it."""

    hostname: str
    version: str


def report_fields(detail: StoredDetail, verdict: Verdict, campaign: UUID | None) -> Fields:
    """What there is to say of a report, at any tier."""
    report, facts = detail.summary, detail.facts
    own = {
        name: getattr(report, name)
        for name in ("kind", "tier", "reason", "seen", "reporter_domain", "reported_domain",
                     "from_domain", "auth_failure", "delivery_result", "incidents_stated")
    }  # fmt: skip
    own |= {
        name: facts.get(name)
        for name in ("size_bytes", "owner_domain", "dkim_domain", "dkim_selector",
                     "recipient_count", "flags")
    }  # fmt: skip
    own |= {
        "id": str(report.id),
        "arrival_at": _moment(report.arrival_at),
        "authenticated_domain": report.reporter.get("reporter_authenticated_domain"),
        "auth_results": [f"{one.method}={one.result}" for one in report.auth_results],
        "attachments": [f"{a['media_type']} {a['size_bytes']}" for a in detail.attachments],
        "text": None if facts.get("text") is None else str(facts["text"])[:MAX_TEXT],
    }
    said = verdict.as_json()
    told = {name: said[name] for name in ("dmarc", "guess", "sureness", "rule", "next_step")}
    return {
        "@timestamp": _moment(report.received_at),
        "message": verdict.summary,
        "event.kind": "event",
        "event.action": "failure_report",
        "event.dataset": "rufgate.report",
        "event.outcome": _OUTCOME[verdict.is_passed],
        "event.severity": _severity(verdict),
        "source.address": report.source_ip,
        "source.ip": _address(report.source_ip),
        "email.subject": facts.get("subject"),
        **{f"rufgate.report.{name}": value for name, value in own.items()},
        **{f"rufgate.verdict.{name}": value for name, value in told.items()},
        "rufgate.campaign.id": None if campaign is None else str(campaign),
    }


def alert_fields(alert: Mapping[str, Any]) -> Fields:
    """What there is to say of an alert, as it waits in the queue."""
    return {
        "@timestamp": alert["at"],
        "message": alert["message"],
        "event.kind": "alert",
        "event.action": alert["kind"],
        "event.dataset": "rufgate.alert",
        "event.severity": _ALERT,
        "rufgate.campaign.id": alert.get("campaign"),
        **{f"rufgate.alert.{name}": alert.get(name) for name in ("kind", "domain", "count",
                                                                 "usual")},
    }  # fmt: skip


def event_of(said: Fields, event_id: UUID, observer: Observer, tier: Tier) -> dict[str, Any]:
    """The fields that ``tier`` allows, by dotted names, in the order of the schema."""
    every = {
        "ecs.version": ECS_VERSION,
        "event.id": str(event_id),
        "event.category": ["email"],
        "event.type": ["info"],
        "event.module": "rufgate",
        "observer.vendor": "rufgate",
        "observer.product": "rufgate",
        "observer.version": observer.version,
        "observer.hostname": observer.hostname,
        "rufgate.schema_version": SCHEMA_VERSION,
        "rufgate.tier": tier.value,
        **said,
    }
    if unlisted := every.keys() - FIELDS.keys():
        raise ValueError(f"not in the schema: {', '.join(sorted(unlisted))}")
    return {
        name: _inert(every[name])
        for name, field in FIELDS.items()
        if field.tier.rank <= tier.rank and every.get(name) not in (None, [])
    }


def as_ecs(event: Fields) -> str:
    """One line of JSON, in ASCII."""
    nested: dict[str, Any] = {}
    for name, value in event.items():
        *above, last = name.split(".")
        place = nested
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    return json.dumps(nested, separators=(",", ":"))


def as_cef(event: Fields) -> str:
    """One line of ArcSight's Common Event Format."""
    head = ("observer.vendor", "observer.product", "observer.version", "event.action", "message",
            "event.severity")  # fmt: skip
    said = [("rt", _milliseconds(event.get("@timestamp")))]
    said += [_source(event.get("source.ip"))]
    said += [(key, event.get(name)) for name, key in _KEYS.items()]
    for name, (key, label) in _LABELS.items():
        if event.get(name) is not None:
            said += [(f"{key}Label", label), (key, event[name])]
    pairs = (f"{key}={_value(value)}" for key, value in said if value is not None)
    return "|".join(["CEF:0", *(_head(event.get(name, "")) for name in head), " ".join(pairs)])


def as_mail(event: Fields) -> str:
    """Subject and text for people."""
    lines = [f"rufgate on {event['observer.hostname']}: {event['event.action'].replace('_', ' ')}"]
    lines += [event["message"], ""]
    if domain := event.get("rufgate.alert.domain"):
        lines += [f"Look: rufgate reports stats --by guess --domain {domain}"]
    if campaign := event.get("rufgate.campaign.id"):
        lines += [f"Look: rufgate reports list --campaign {campaign}"]
    lines += ["", "Told once a day for each cause. [alerts] in the configuration says from when."]
    return "\n".join(lines)


def _inert(value: Any) -> Any:  # noqa: ANN401 - a plain value
    """Without control characters, also for whoever undoes the escapes."""
    if isinstance(value, list):
        return [_inert(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def _head(value: object) -> str:
    return _IN_HEADER.sub(r"\\\1", _line(str(value).replace("\n", " ")))


def _value(value: object) -> str:
    return _line(_IN_VALUE.sub(r"\\\1", str(value)).replace("\n", "\\n"))


def _line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _source(ip: str | None) -> tuple[str, str | None]:
    return ("c6a2" if ip and ":" in ip else "src", ip)


def _address(text: str | None) -> str | None:
    try:
        return str(ip_address(text or ""))
    except ValueError:  # a network, or what a policy left
        return None


def _moment(at: datetime | date | str | None) -> str | None:
    return at.isoformat() if isinstance(at, date) else at


def _milliseconds(moment: str | None) -> str | None:
    if moment is None:
        return None
    at = datetime.fromisoformat(moment)
    return str(int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000))


def _severity(verdict: Verdict) -> int:
    if verdict.is_passed:
        return 1
    if verdict.guess is Guess.SPOOF:
        return 6 if verdict.sureness is Sureness.LIKELY else 5
    return 3
