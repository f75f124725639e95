"""What the records are made from: the configuration that runs, and the tables that are there.

In:  policy, analysts, retention rules and measures as values.
Out: ``Facts``; the inventory of what is stored, column by column.
SECURITY: nothing of a stored report; addresses of analysts are not repeated, their names are.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, final

from sqlalchemy import Table

from rufgate.govern.rules import RetentionRule, with_built_in
from rufgate.sanitize.policy import Audience, Policy
from rufgate.store.field_classes import FieldClass
from rufgate.store.schema import metadata

TO_FILL_IN: Final = "to be filled in: [govern] {key}"

CATEGORIES: Final = {
    FieldClass.FACTS: "facts about a report: kind, results, sizes, counts; no person",
    FieldClass.TIME: "times of receipt, arrival and delivery",
    FieldClass.ADDRESS: "IP addresses and ports of sending hosts",
    FieldClass.DOMAIN: "domain names and DKIM selectors",
    FieldClass.PSEUDONYM: "pseudonyms of e-mail addresses and message ids (keyed, cut)",
    FieldClass.HEADER: "rebuilt header fields, redacted",
    FieldClass.SUBJECT: "redacted subjects",
    FieldClass.TEXT: "redacted text of messages",
    FieldClass.ATTACHMENT: "types, sizes and keyed digests of attachments; never content",
    FieldClass.COPY: "sanitized copies that wait for delivery",
    FieldClass.FINGERPRINT: "keyed digests by which repeats are recognised",
    FieldClass.ACCOUNT: "names of analysts",
    FieldClass.AUDIT: "who did what when with the records, and evidence of deletion",
}
"""Categories of data, in words."""


@final
@dataclass(frozen=True, slots=True)
class EventRecipient:
    """Another program that is told, or an address."""

    kind: str
    host: str
    tier: str
    domains: tuple[str, ...] = ("*",)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """One installation as it is configured now."""

    controller: str
    contact: str
    gate: str  # the host name of the gate
    domains: tuple[str, ...]
    policy: Policy
    audiences: tuple[Audience, ...]
    rules: tuple[RetentionRule, ...]
    engine: str  # the version at work
    measures: tuple[tuple[str, str], ...]  # (what, how it is set)
    collection_ends: tuple[tuple[str, str], ...] = ()  # (domain, day)
    outputs: tuple[EventRecipient, ...] = ()

    @property
    def heading(self) -> dict[str, str]:
        """What every record begins with; the policy is the one that new rows carry."""
        return {
            "controller": self.controller or TO_FILL_IN.format(key="controller"),
            "contact": self.contact or TO_FILL_IN.format(key="contact"),
            "gate": self.gate,
            "version": self.engine,
            "policy": self.policy.digest(),
        }

    @property
    def recipients(self) -> list[dict[str, Any]]:
        """Who gets copies, and how much of a report."""
        return [
            {
                "name": audience.name,
                "tier": audience.tier.value,
                "domains": list(audience.domains),
                "pseudonyms": audience.pseudonyms,
            }
            for audience in self.audiences
        ]

    @property
    def event_recipients(self) -> list[dict[str, Any]]:
        """What gets an event for each report or alert."""
        return [
            {"kind": one.kind, "to": one.host, "tier": one.tier, "domains": list(one.domains)}
            for one in self.outputs
        ]

    @property
    def policy_values(self) -> dict[str, Any]:
        """The policy without its words, which may name people: how many there are."""
        values = asdict(self.policy)
        for name in ("own_domains", "allow_phrases", "deny_phrases", "limits"):
            values.pop(name)
        values["store_tier"] = self.policy.store_tier.value
        return {
            **values,
            "allow_phrases": len(self.policy.allow_phrases),
            "deny_phrases": len(self.policy.deny_phrases),
        }

    @property
    def periods(self) -> list[dict[str, Any]]:
        """How long each class is kept, by class and then as the file has them."""
        classes = list(FieldClass)
        ordered = sorted(
            with_built_in(self.rules), key=lambda rule: classes.index(rule.field_class)
        )
        return [_period(rule) for rule in ordered]


def inventory() -> list[dict[str, str]]:
    """Every column of every table with its class and its purpose, from the schema itself."""
    return [
        {
            "table": table.name,
            "column": column.name,
            "class": column.info["field_class"].value,
            "purpose": column.info["purpose"],
        }
        for table in _tables()
        for column in table.columns
    ]


def _tables() -> Sequence[Table]:
    return metadata.sorted_tables


def _period(rule: RetentionRule) -> dict[str, Any]:
    return {
        "class": rule.field_class.value,
        "domain": rule.domain,
        "reporter": rule.reporter,
        "days": rule.days,
        "action": rule.action,
        "owner": rule.owner,
        "reason": rule.reason,
        "review_by": rule.review_by.isoformat() if rule.review_by else None,
    }
