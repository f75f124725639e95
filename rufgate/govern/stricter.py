"""What a stricter policy takes from one stored row. Pure.

In:  the policy in force; a row; under which policy its report was made (``Scope``).
Out: for each ``Cut`` the values that are to stand in the row, or that the row goes.
SECURITY: dropping, cutting and coarsening alone: no detector runs over stored text. What cannot be
     cut surely is dropped. A cut that was made finds nothing to do a second time.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from packaging.version import InvalidVersion, Version
from sqlalchemy import Table

from rufgate.govern import coarsen
from rufgate.sanitize.domains import DomainRule
from rufgate.sanitize.link_forms import without_paths
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.sanitized import DomainRole, Flag, Tier, Verdict
from rufgate.sanitize.shorten import cut_domain, cut_domains, cut_hosts, holds_phrase
from rufgate.sanitize.vocabulary import METADATA_FIELDS
from rufgate.store import schema
from rufgate.store.field_classes import FieldClass
from rufgate.store.policies import GRADES, Settings

Row = Mapping[str, Any]
Values = dict[str, Any]
GOES: Final[Values] = {"": None}  # the row as a whole

_HEADER_VALUES: Final = ("value", "subject_value", "address_value", "time_value")
_SENDERS: Final = frozenset(
    {DomainRole.REPORTED, DomainRole.FROM, DomainRole.MAIL_FROM, DomainRole.DKIM, DomainRole.SPF}
)
_ANYBODY: Final = frozenset({DomainRole.REPORTER, DomainRole.LINK})  # kept by every policy
_FREE_TEXT: Final = ((FieldClass.SUBJECT, "subject"), (FieldClass.TEXT, "text"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What must be known of a report to judge its rows."""

    is_denied: bool = True  # made without the phrases that are denied now, for all we know
    is_old: bool = False  # made by an engine before the one that was named
    rules_only: bool = False
    rule: DomainRule | None = None  # where its domains may be more than are kept now


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """One setting applied to one class of one table."""

    setting: str
    field_class: FieldClass
    table: Table
    change: Callable[[Row, Scope], Values]  # empty: nothing to do; ``GOES``: the row goes
    coarsens: bool = False
    drops: tuple[str, ...] = ()  # all that it ever does is to empty these


@dataclass(frozen=True, slots=True)
class Grounds:
    """By what stored reports are judged."""

    policy: Policy
    known: Mapping[str, Settings] = field(default_factory=dict)
    engine_before: Version | None = None

    def is_looser(self, row: Row, setting: str) -> bool:
        """Whether the report may hold more than ``setting`` keeps now. Unknown is the loosest."""
        grades = GRADES[setting]
        made = [self.known.get(row[name] or "") for name in ("policy", "policy_applied")]
        found = [grades.index(one[setting]) for one in made if one is not None]
        loosest = len(grades) - 1 if made[0] is None else grades.index(made[0][setting])
        return min([loosest, *found]) > grades.index(str(getattr(self.policy, setting)))

    def lacks(self, row: Row, phrases: str, now: str) -> bool:
        """Whether the report was made, and cut since, under other phrases than those of now."""
        made = [self.known.get(row[name] or "") for name in ("policy", "policy_applied")]
        return all(one is None or one[phrases] != now for one in made)

    def is_old(self, engine: str | None) -> bool:
        """Whether an older engine made it; one without a readable version counts as old."""
        if self.engine_before is None:
            return False
        try:
            return Version(engine or "") < self.engine_before
        except InvalidVersion:
            return True


def cuts(policy: Policy) -> list[Cut]:
    """All that ``policy`` can ask of stored rows; a later one sees what the earlier ones left."""
    found = [*_by_engine(), *_by_tier(policy.store_tier)]
    if policy.uncovered_text == "omit":
        found += [_drop("uncovered_text", c, n, _uncovered) for c, n in _FREE_TEXT]
    if policy.deny_phrases:
        found += _by_phrases(policy.deny_phrases)
    if policy.links == "host":
        found += [_report("links", c, partial(_shorter, n, without_paths)) for c, n in _FREE_TEXT]
        found.append(_report("links", FieldClass.PSEUDONYM, _shorter_uris))
    if policy.attachment_digest != "sha256":
        digest = partial(_digest, policy.attachment_digest)
        found.append(_cut("attachment_digest", FieldClass.ATTACHMENT, schema.attachments, digest))
    if policy.source_ip == "truncate":
        found += _by_address()
    if policy.domains != "keep":
        found += _by_domains()
    return found


def _cut(setting: str, of: FieldClass, table: Table, change: Callable[[Row, Scope], Values]) -> Cut:
    return Cut(setting=setting, field_class=of, table=table, change=change)


def _report(setting: str, of: FieldClass, change: Callable[[Row, Scope], Values]) -> Cut:
    return _cut(setting, of, schema.reports, change)


def _drop(setting: str, of: FieldClass, name: str, change: Callable[..., Values]) -> Cut:
    """A cut that empties a column of the report."""
    how = partial(change, name)
    return Cut(setting=setting, field_class=of, table=schema.reports, change=how, drops=(name,))


def _by_engine() -> list[Cut]:
    def old(name: str, row: Row, scope: Scope) -> Values:
        return {name: None} if scope.is_old and row[name] is not None else {}

    return [_drop("engine", of, name, old) for of, name in _FREE_TEXT]


def _by_tier(tier: Tier) -> list[Cut]:
    def gone(name: str, row: Row, _: Scope) -> Values:
        return {name: None} if row[name] is not None else {}

    def line(row: Row, _: Scope) -> Values:
        return {} if row["name"].lower() in METADATA_FIELDS else GOES

    def told(row: Row, _: Scope) -> Values:
        return {"tier": tier.value} if Tier(row["tier"]).rank > tier.rank else {}

    found = []
    if tier.rank < Tier.TEXT.rank:
        found = [_drop("store_tier", FieldClass.TEXT, "text", gone)]
        found.append(_report("store_tier", FieldClass.FACTS, told))
    if tier.rank < Tier.HEADERS.rank:
        found.append(_drop("store_tier", FieldClass.SUBJECT, "subject", gone))
        found.append(_cut("store_tier", FieldClass.HEADER, schema.report_headers, line))
    return found


def _uncovered(name: str, row: Row, scope: Scope) -> Values:
    return {name: None} if scope.rules_only and row[name] is not None else {}


def _by_phrases(phrases: tuple[str, ...]) -> list[Cut]:
    def denied(name: str, row: Row, scope: Scope) -> Values:
        found = scope.is_denied and row[name] and holds_phrase(row[name], phrases)
        return {name: None} if found else {}

    def line(row: Row, scope: Scope) -> Values:
        values = (row[name] for name in _HEADER_VALUES if row[name])
        found = scope.is_denied and any(holds_phrase(value, phrases) for value in values)
        return GOES if found else {}

    texts = [_drop("deny", of, name, denied) for of, name in _FREE_TEXT]
    return [*texts, _cut("deny", FieldClass.HEADER, schema.report_headers, line)]


def _shorter(name: str, shorten: Callable[[str], str | None], row: Row, _: Scope) -> Values:
    value = row[name]
    return {} if value is None else _changed(row, {name: shorten(value)})


def _shorter_uris(row: Row, _: Scope) -> Values:
    links = row["reported_uris"]
    return {} if not links else _changed(row, {"reported_uris": list(map(without_paths, links))})


def _digest(now: str, row: Row, _: Scope) -> Values:
    """A plain digest of malware confirms no secret; a keyed one names the key that made it."""
    is_plain = row["key_id"] is None and row["verdict"] != Verdict.MALWARE
    goes = row["digest"] is not None and (now == "none" or is_plain)
    return {"digest": None, "key_id": None} if goes else {}


def _by_address() -> list[Cut]:
    places = (
        (schema.reports, "source_ip", coarsen.network),
        (schema.auth_properties, "address_value", coarsen.network),
        (schema.report_headers, "address_value", coarsen.line_without_addresses),
    )
    return [
        Cut(
            setting="source_ip", field_class=FieldClass.ADDRESS, table=table, coarsens=True,
            change=partial(_shorter, name, shorten),
        )
        for table, name, shorten in places
    ]  # fmt: skip


def _by_domains() -> list[Cut]:
    of = FieldClass.DOMAIN
    places = (
        (schema.report_domains, of, _listed),
        (schema.report_tokens, FieldClass.PSEUDONYM, _of_token),
        (schema.auth_results, of, _authserv),
        (schema.auth_properties, of, _lines("domain_value", "token_value")),
        (schema.report_headers, FieldClass.HEADER, _header),
        (schema.reports, of, _stated),
        (schema.reports, FieldClass.SUBJECT, _lines("subject")),
        (schema.reports, FieldClass.TEXT, _lines("text")),
    )
    return [_cut("domains", field_class, table, change) for table, field_class, change in places]


def _lines(*names: str) -> Callable[[Row, Scope], Values]:
    def change(row: Row, scope: Scope) -> Values:
        rule = scope.rule
        if rule is None:
            return {}
        return _changed(row, {n: cut_domains(row[n], rule) for n in names if row[n] is not None})

    return change


def _header(row: Row, scope: Scope) -> Values:
    rule, field_name = scope.rule, row["name"].lower()
    if rule is None:
        return {}
    values = {
        name: cut_hosts(row[name], rule)
        if field_name == "received"
        else cut_domains(row[name], rule)
        for name in _HEADER_VALUES
        if row[name] is not None
    }
    return _changed(row, values)


def _authserv(row: Row, scope: Scope) -> Values:
    if scope.rule is None or row["authserv"] is None:
        return {}
    return _changed(row, {"authserv": cut_hosts(row["authserv"], scope.rule, trusted=True)})


def _stated(row: Row, scope: Scope) -> Values:
    rule = scope.rule
    if rule is None:
        return {}
    values: Values = {
        name: cut_domain(row[name], rule, sender_side=True)
        for name in ("reported_domain", "from_domain", "dkim_domain")
        if row[name] is not None
    }
    for name in ("dkim_identity", "original_mail_from", "dkim_selector_dns"):
        if row[name] is not None:
            values[name] = cut_domains(row[name], rule, sender_side=True)
    if row["reporting_mta"] is not None:
        values["reporting_mta"] = cut_hosts(row["reporting_mta"], rule, trusted=True)
    if row["spf_dns"] and rule.policy.domains == "organizational":
        # A record names whom a domain trusts, in forms that cannot be cut surely.
        kept = [line for line in row["spf_dns"] if cut_domains(line, rule) == line]
        values["spf_dns"] = kept or None
    return _changed(row, values)


def _listed(row: Row, scope: Scope) -> Values:
    if scope.rule is None or row["role"] in _ANYBODY:
        return {}
    name = cut_domain(row["name"], scope.rule, sender_side=row["role"] in _SENDERS)
    return GOES if name is None else _changed(row, {"name": name})


def _of_token(row: Row, scope: Scope) -> Values:
    if scope.rule is None or row["domain"] is None:
        return {}
    return _changed(row, {"domain": cut_domain(row["domain"], scope.rule, sender_side=False)})


def _changed(row: Row, values: Values) -> Values:
    return {name: value for name, value in values.items() if row[name] != value}


def is_rules_only(row: Row) -> bool:
    """Whether no model read what is shown of the report."""
    return Flag.RULES_ONLY.value in (row["flags"] or ())
