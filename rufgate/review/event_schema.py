"""The fields of an event for other tools, each with its type, its tier and its meaning.

Out: ``FIELDS``, which ``events.py`` sends nothing beside; ``page()``, the table of docs/schema.md.

Names are those of the Elastic Common Schema where it has one, else they begin with ``rufgate``. A
field is added under the same ``SCHEMA_VERSION``; one that goes or changes its meaning raises it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

from rufgate.review.alerts import AlertKind
from rufgate.sanitize.sanitized import Tier

SCHEMA_VERSION: Final = 1
ECS_VERSION: Final = "8.17.0"


@final
@dataclass(frozen=True, slots=True)
class EventField:
    """One field."""

    kind: str
    meaning: str
    tier: Tier = Tier.METADATA
    cef: str = ""  # where it stands in CEF


_F = EventField
_KINDS: Final = ", ".join(f"`{kind.value}`" for kind in AlertKind)

FIELDS: Final[Mapping[str, EventField]] = {
    "@timestamp": _F("date", "when the report came; the day, once its time was forgotten; of an "
                     "alert when it was raised", cef="rt"),
    "ecs.version": _F("keyword", f"`{ECS_VERSION}`"),
    "message": _F("text", "the verdict, or the alert, in one sentence", cef="msg"),
    "event.id": _F("keyword", "of the event: the same when it is sent again"),
    "event.kind": _F("keyword", "`event` or `alert`"),
    "event.category": _F("keyword[]", "`email`"),
    "event.type": _F("keyword[]", "`info`"),
    "event.action": _F("keyword", "`failure_report`, or the kind of the alert", cef="signature id"),
    "event.module": _F("keyword", "`rufgate`"),
    "event.dataset": _F("keyword", "`rufgate.report` or `rufgate.alert`", cef="cat"),
    "event.outcome": _F("keyword", "of DMARC: `success`, `failure` or `unknown`", cef="outcome"),
    "event.severity": _F("integer", "1 passed, 3 to be looked at, 5 a possible spoof, 6 a likely "
                         "one, 7 an alert", cef="severity"),
    "observer.vendor": _F("keyword", "`rufgate`", cef="vendor"),
    "observer.product": _F("keyword", "`rufgate`", cef="product"),
    "observer.version": _F("keyword", "the version at work", cef="version"),
    "observer.hostname": _F("keyword", "`[smtp] hostname`", cef="dvchost"),
    "source.address": _F("keyword", "the host that sent the failing message; a network, once it "
                         "was coarsened"),
    "source.ip": _F("ip", "the same where it is an address", cef="src or c6a2"),
    "email.subject": _F("text", "the redacted subject", Tier.HEADERS, "flexString1"),
    "rufgate.schema_version": _F("integer", f"`{SCHEMA_VERSION}`", cef="cn1"),
    "rufgate.tier": _F("keyword", "`[[outputs]] tier`: how much the event may hold"),
    "rufgate.report.id": _F("keyword", "names the report: `rufgate reports show ID`",
                            cef="externalId"),
    "rufgate.report.kind": _F("keyword", "what the mail was: `auth_failure`, ..."),
    "rufgate.report.tier": _F("keyword", "how much of it is stored"),
    "rufgate.report.reason": _F("keyword", "why it is less than the policy allows"),
    "rufgate.report.size_bytes": _F("long", "how large it was"),
    "rufgate.report.seen": _F("long", "how often it came until then", cef="cnt"),
    "rufgate.report.owner_domain": _F("keyword", "the entry of `[[domains]]` that it belongs to"),
    "rufgate.report.reporter_domain": _F("keyword", "who reports", cef="cs3"),
    "rufgate.report.authenticated_domain": _F("keyword", "who proved to be reporting"),
    "rufgate.report.reported_domain": _F("keyword", "which domain is reported", cef="cs2"),
    "rufgate.report.from_domain": _F("keyword", "which domain the message claimed", cef="cs1"),
    "rufgate.report.auth_failure": _F("keyword", "Auth-Failure", cef="cs5"),
    "rufgate.report.delivery_result": _F("keyword", "Delivery-Result", cef="act"),
    "rufgate.report.arrival_at": _F("date", "when the failing message arrived"),
    "rufgate.report.incidents_stated": _F("long", "how many messages it stands for"),
    "rufgate.report.auth_results": _F("keyword[]", "`spf=fail`, `dkim=pass`, ..."),
    "rufgate.report.dkim_domain": _F("keyword", "whose signature failed"),
    "rufgate.report.dkim_selector": _F("keyword", "which key failed"),
    "rufgate.report.recipient_count": _F("integer", "how many recipients it names"),
    "rufgate.report.attachments": _F("keyword[]", "media type and size in bytes"),
    "rufgate.report.flags": _F("keyword[]", "oddities of the report"),
    "rufgate.report.text": _F("text", "the redacted text, up to 8000 characters", Tier.TEXT),
    "rufgate.verdict.dmarc": _F("keyword", "`passed`, `failed` or `unknown`"),
    "rufgate.verdict.guess": _F("keyword", "`own_system`, `third_party`, `forwarded`, `spoof` or "
                                "`unclear`", cef="cs4"),
    "rufgate.verdict.sureness": _F("keyword", "`likely`, `possible` or `none`"),
    "rufgate.verdict.rule": _F("keyword", "which rule spoke"),
    "rufgate.verdict.next_step": _F("text", "what to do, in a sentence"),
    "rufgate.campaign.id": _F("keyword", "names the mailing", cef="cs6"),
    "rufgate.alert.kind": _F("keyword", f"of an alert: {_KINDS}"),
    "rufgate.alert.domain": _F("keyword", "of an alert: the own domain that it is about"),
    "rufgate.alert.count": _F("long", "of an alert: how many"),
    "rufgate.alert.usual": _F("long", "of an alert: how many there are otherwise"),
}  # fmt: skip


def page() -> str:
    """The table of docs/schema.md."""
    lines = ["| field | type | tier | CEF | meaning |", "|---|---|---|---|---|"]
    lines += [
        f"| `{name}` | {field.kind} | {field.tier.value} | {field.cef} | {field.meaning} |"
        for name, field in FIELDS.items()
    ]
    return "\n".join(lines)
