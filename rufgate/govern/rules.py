"""Retention rules: the file's, the built-in ones, and which reports are due under them.

In:  rules, the time.
Out: SQL conditions; nothing is read or changed here.
FAILS: never.

Ages count from ``received_at``, and from the day in ``received_on`` once the time is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from typing import Final, Literal

from sqlalchemy import ColumnElement, and_, false, not_, or_

from rufgate.store.field_classes import FieldClass
from rufgate.store.names import under
from rufgate.store.schema import reports

Action = Literal["delete", "coarsen"]


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionRule:
    """A ``[[retention]]`` entry. ``domain`` is the report's owner's, or ``"*"``."""

    field_class: FieldClass
    days: int
    action: Action = "delete"
    domain: str = "*"  # a name stands for itself and its subdomains
    reporter: str = "*"
    owner: str = "unassigned"
    reason: str = ""
    review_by: date | None = None

    @property
    def rank(self) -> tuple[int, int, int]:
        """Greater is more specific: domain and reporter, domain, reporter, all; longer names."""
        named = 2 * (self.domain != "*") + (self.reporter != "*")
        return (named, len(self.domain), len(self.reporter))


_BUILT_IN_DAYS: Final = {
    FieldClass.FACTS: 730,
    FieldClass.TIME: 90,
    FieldClass.ADDRESS: 30,
    FieldClass.DOMAIN: 395,
    FieldClass.PSEUDONYM: 180,
    FieldClass.HEADER: 90,
    FieldClass.SUBJECT: 30,
    FieldClass.TEXT: 30,
    FieldClass.ATTACHMENT: 180,
    FieldClass.COPY: 7,
    FieldClass.FINGERPRINT: 14,
    FieldClass.ACCOUNT: 395,
    FieldClass.AUDIT: 1095,
}
_COARSENED: Final = {FieldClass.TIME, FieldClass.ADDRESS}
# What a coarser form can be made of; all else can only be deleted.
COARSENABLE: Final = frozenset({FieldClass.TIME, FieldClass.ADDRESS, FieldClass.PSEUDONYM})

BUILT_IN_RULES: Final = tuple(
    RetentionRule(
        field_class=field_class,
        days=days,
        action="coarsen" if field_class in _COARSENED else "delete",
    )
    for field_class, days in _BUILT_IN_DAYS.items()
)


def with_built_in(rules: Iterable[RetentionRule]) -> tuple[RetentionRule, ...]:
    """``rules``, and the built-in rule wherever they leave a class without one for all reports."""
    given = tuple(rules)
    covered = {rule.field_class for rule in given if rule.domain == rule.reporter == "*"}
    return given + tuple(rule for rule in BUILT_IN_RULES if rule.field_class not in covered)


def lapsing(rules: Iterable[RetentionRule]) -> tuple[RetentionRule, ...]:
    """Rules by reporter that reach further than the reporter's domain itself is kept.

    They cannot be kept as written (by then nobody knows whose report it was): the check of the
    configuration refuses them.
    """
    all_rules = with_built_in(rules)
    return tuple(
        rule
        for rule in all_rules
        if rule.reporter != "*"
        and rule.field_class is not FieldClass.DOMAIN
        and any(
            other.field_class is FieldClass.DOMAIN
            and other.reporter in {"*", rule.reporter}
            and (other.domain in {"*", rule.domain} or rule.domain == "*")
            and other.days < rule.days
            for other in all_rules
        )
    )


def addresses_after_times(
    rules: Iterable[RetentionRule],
) -> tuple[tuple[RetentionRule, RetentionRule], ...]:
    """Rules for addresses, each with one for times of the same reports that is due before.

    Times in a Received field are kept as long as its addresses, so such a time is kept too long.
    """
    all_rules = with_built_in(rules)
    both = [r for r in all_rules if r.field_class in {FieldClass.ADDRESS, FieldClass.TIME}]
    pairs = {
        (_ruling(both, FieldClass.ADDRESS, *which), _ruling(both, FieldClass.TIME, *which))
        for which in product({r.domain for r in both}, {r.reporter for r in both})
    }
    late = [pair for pair in pairs if pair[0].days > pair[1].days]
    return tuple(sorted(late, key=lambda pair: tuple(all_rules.index(rule) for rule in pair)))


def _ruling(
    rules: Iterable[RetentionRule], field_class: FieldClass, domain: str, reporter: str
) -> RetentionRule:
    """The rule of that class for reports of ``domain`` by ``reporter``."""
    fits = (
        rule
        for rule in rules
        if rule.field_class is field_class
        and _is_under(domain, rule.domain)
        and _is_under(reporter, rule.reporter)
    )
    return max(fits, key=lambda rule: rule.rank)


def _is_under(name: str, wanted: str) -> bool:
    return wanted in {"*", name} or name.endswith(f".{wanted}")


def assigned(
    rules: Sequence[RetentionRule],
) -> list[tuple[RetentionRule, ColumnElement[bool]]]:
    """For each of one class's rules the reports it rules: those of no more specific rule."""
    found = []
    claimed: ColumnElement[bool] = false()
    for rule in sorted(rules, key=lambda rule: rule.rank, reverse=True):
        matches = _matches(rule)
        found.append((rule, and_(matches, not_(claimed))))
        claimed = or_(claimed, matches)
    return found


def older_than(cutoff: datetime) -> ColumnElement[bool]:
    """Which reports came at ``cutoff`` or before."""
    by_day = and_(
        reports.c.received_at.is_(None), reports.c.received_on <= cutoff.astimezone(UTC).date()
    )
    return or_(reports.c.received_at <= cutoff, by_day)


def _matches(rule: RetentionRule) -> ColumnElement[bool]:
    return and_(
        under(reports.c.owner_domain, rule.domain),
        under(reports.c.reporter_domain, rule.reporter),
    )
