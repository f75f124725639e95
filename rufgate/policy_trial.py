"""Tries phrases and role addresses on files, before they go into the configuration.

In:  ``Settings`` or none, what is to be tried, the contents of files.
Out: for each file its ``Effect`` or ``NoReport``; the sums over all of them.
FAILS: as ``app``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rufgate.app import filter_rules, now
from rufgate.recognize.load import load_recognizer
from rufgate.sanitize.addresses import canonical_local, split_address
from rufgate.sanitize.domains import own_domain, public_name
from rufgate.sanitize.policy import OwnDomain, Policy
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import Rules
from rufgate.sanitize.sanitized import Tier
from rufgate.sanitize.trial import compare
from rufgate.sanitize.trial_result import Danger, Effect, NoReport, Sort, Tried, Warn
from rufgate.settings.schema import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The rules without and with what is tried."""

    before: Rules
    after: Rules
    tried: Tried


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """One phrase over all files."""

    sort: Sort
    phrase: str
    files: int
    occurs: int
    stayed: int
    stays: int


def role_address(text: str) -> str | None:
    """``text`` as the policy compares it, or None where it is no address."""
    local, domain = split_address(text)
    name = public_name(domain)
    return f"{canonical_local(local)}@{name}" if local and name else None


def plan(settings: Settings | None, given: Tried) -> Plan:
    """What to compare: ``given`` with the configuration, or the configuration's own with none."""
    rules = filter_rules(settings, Tier.TEXT)
    policy = rules.policy
    tried = given if any(given) else _configured(policy)
    if settings is None:  # no domain is known: a role's own domain is taken for one
        names = dict.fromkeys(role.rpartition("@")[2] for role in tried.roles)
        policy = replace(policy, own_domains=tuple(OwnDomain(name=name) for name in names))
    before = _without(policy, tried)
    return Plan(
        before=replace(rules, policy=before),
        after=replace(rules, policy=_with(before, tried)),
        tried=tried,
    )


def try_files(
    contents: Iterable[bytes], plan: Plan, *, clock: Callable[[], datetime] = now
) -> Iterator[Effect | NoReport]:
    """What each of ``contents`` shows of it, in order."""
    recognizer = load_recognizer()
    for content in contents:
        message = RawMessage(content, received_at=clock())
        yield compare(
            message,
            before=plan.before,
            after=plan.after,
            tried=plan.tried,
            recognizer=recognizer,
        )


def totals(plan: Plan, effects: Sequence[Effect]) -> list[Total]:
    """Each phrase once, in the order given, also where it never stood."""
    return [_total(sort, phrase, effects) for sort, phrase in plan.tried]


def remarks(plan: Plan, sums: Sequence[Total]) -> Iterator[Warn]:
    """What no single file shows."""
    for one in sums:
        if one.sort is Sort.ROLE and own_domain(plan.after.policy, _domain(one.phrase)) is None:
            yield Warn(danger=Danger.NO_OWN_DOMAIN, phrase=one.phrase)
        elif one.occurs == 0:
            yield Warn(danger=Danger.NEVER_MATCHED, phrase=one.phrase)


def _total(sort: Sort, phrase: str, effects: Sequence[Effect]) -> Total:
    uses = [
        [use for use in effect.uses if (use.sort, use.phrase) == (sort, phrase)]
        for effect in effects
    ]
    flat = [use for of_file in uses for use in of_file]
    return Total(
        sort=sort,
        phrase=phrase,
        files=sum(map(bool, uses)),
        occurs=sum(use.occurs for use in flat),
        stayed=sum(use.stayed for use in flat),
        stays=sum(use.stays for use in flat),
    )


def _configured(policy: Policy) -> Tried:
    roles = (
        role_address(entry if "@" in entry else f"{entry}@{own.name}")
        for own in policy.own_domains
        for entry in own.role_addresses
    )
    return Tried(
        allow=policy.allow_phrases,
        deny=policy.deny_phrases,
        roles=tuple(role for role in roles if role is not None),
    )


def _without(policy: Policy, tried: Tried) -> Policy:
    return replace(
        policy,
        allow_phrases=tuple(p for p in policy.allow_phrases if p not in tried.allow),
        deny_phrases=tuple(p for p in policy.deny_phrases if p not in tried.deny),
        own_domains=tuple(
            replace(own, role_addresses=_other_roles(own, tried)) for own in policy.own_domains
        ),
    )


def _other_roles(own: OwnDomain, tried: Tried) -> tuple[str, ...]:
    tried_here = {*tried.roles, *(role.rpartition("@")[0] for role in tried.roles)}
    return tuple(entry for entry in own.role_addresses if entry.strip().lower() not in tried_here)


def _with(policy: Policy, tried: Tried) -> Policy:
    roles: dict[str, list[str]] = {own.name: [] for own in policy.own_domains}
    for role in tried.roles:
        own = own_domain(policy, _domain(role))
        if own is not None:
            roles[own.name].append(role)
    return replace(
        policy,
        allow_phrases=(*policy.allow_phrases, *tried.allow),
        deny_phrases=(*policy.deny_phrases, *tried.deny),
        own_domains=tuple(
            replace(own, role_addresses=(*own.role_addresses, *roles[own.name]))
            for own in policy.own_domains
        ),
    )


def _domain(address: str) -> str | None:
    return public_name(address.rpartition("@")[2])
