"""The plan of ``policy apply``: what of stored rows and waiting copies the policy would not keep.

In:  the store, the policy and the analysts of now, perhaps an engine's version; the time.
Out: ``Tightening``: a ``Plan`` for ``Purge``, in words and rows; nothing is changed.
SECURITY: the digest covers policy, analysts and row keys, never a value.
FAILS: ``StoreUnavailable``.

A legal hold keeps reports from what deletes; addresses are coarsened all the same, unless the hold
stops that, too. A copy of a held report that must not leave is parked, with its bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from packaging.version import Version
from sqlalchemy import Connection, Engine, not_, select, update

from rufgate.govern.plan import Plan, PlanEntry, Work
from rufgate.govern.plan_keys import Key
from rufgate.govern.rules import RetentionRule
from rufgate.govern.stricter import GOES, Cut, Grounds, Row, Scope, Values, cuts, is_rules_only
from rufgate.govern.tighten_copies import Copies, copy_entries
from rufgate.sanitize.domains import DomainRule
from rufgate.sanitize.policy import Audience, Policy
from rufgate.sanitize.sanitized import DomainRole
from rufgate.store.engine import reading, writing
from rufgate.store.holds import is_any_in_force, is_held
from rufgate.store.own_reports import own_reports
from rufgate.store.policies import GRADES, PHRASES, Settings, known_policies, settings_of
from rufgate.store.schema import report_domains, reports

_IDS_PER_QUERY = 500
_SENDERS = ("reporter_domain", "reported_domain", "from_domain", "dkim_domain")


@dataclass(frozen=True, kw_only=True, slots=True)
class Looser:
    """A setting that is looser now than when reports were made: they stay as they are."""

    setting: str
    was: str
    now: str
    reports: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Tightening:
    """All that would be done."""

    policy: str
    plan: Plan
    settings: tuple[str, ...]  # for each entry of the plan, why
    copies: Copies
    looser: tuple[Looser, ...]
    unknown: int  # reports of a policy that is not known: judged as made under the loosest
    marked: tuple[UUID, ...]  # reports that are then known to be held to this policy
    request: str  # of what was asked for: policy, analysts, version

    @property
    def digest(self) -> str:
        """The same for the same rows under the same policy and analysts."""
        return hashlib.sha256(f"{self.request}\n{self.plan.digest}".encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        entries = zip(self.settings, self.plan.entries, strict=True)
        return {
            "at": self.plan.at.isoformat(),
            "digest": self.digest,
            "policy": self.policy,
            "held": self.plan.held,
            "entries": [_line(setting, entry) for setting, entry in entries],
            "delivered": self.copies.delivered,
            "parked_by_holds": self.copies.parked,
            "looser": [
                {"setting": one.setting, "was": one.was, "now": one.now, "reports": one.reports}
                for one in self.looser
            ],
            "unknown_policy": self.unknown,
            "marked": len(self.marked),
        }


def plan_tightening(
    engine: Engine,
    policy: Policy,
    audiences: Sequence[Audience],
    at: datetime,
    engine_before: Version | None = None,
) -> Tightening:
    """What applying ``policy`` takes, with the copies that ``audiences`` may not have."""
    found: list[tuple[str, PlanEntry]] = []
    held = set[UUID]()
    with reading(engine) as connection:
        grounds = Grounds(policy, known_policies(connection), engine_before)
        rows = _reports(connection)
        scopes = dict(_scopes(connection, grounds, rows))
        stopped = _stopped(connection, at)
        for of_table in _by_table(cuts(policy)):
            found += _entries(connection, of_table, scopes, stopped, held, at)
        copies = copy_entries(connection, grounds, audiences, rows, stopped[False], at)
        found += copies.entries
        looser = tuple(_loosened(grounds, rows))
    asked = [policy.digest(), str(engine_before), *map(repr, audiences)]
    return Tightening(
        policy=policy.digest(),
        plan=Plan(at=at, entries=tuple(entry for _, entry in found), held=len(held)),
        settings=tuple(setting for setting, _ in found),
        copies=copies,
        looser=looser,
        unknown=sum(row["policy"] not in grounds.known for row in rows.values()),
        marked=tuple(
            key
            for key, row in rows.items()
            if policy.digest() not in {row["policy"], row["policy_applied"]} and key not in held
        ),
        request=hashlib.sha256(json.dumps(asked).encode()).hexdigest(),
    )


def mark_applied(engine: Engine, found: Tightening) -> None:
    """Say on each report that it was held to the policy."""
    for start in range(0, len(found.marked), _IDS_PER_QUERY):
        some = reports.c.id.in_(found.marked[start : start + _IDS_PER_QUERY])
        with writing(engine) as connection:
            connection.execute(update(reports).where(some).values(policy_applied=found.policy))


def _line(setting: str, entry: PlanEntry) -> dict[str, Any]:
    said = entry.as_json()
    for name in ("domain", "reporter", "days"):
        del said[name]
    is_cut = entry.work.rewrite is not None and not entry.work.whole_rows
    action = "cut" if is_cut and said["action"] == "delete" else said["action"]
    return {"setting": setting, **said, "action": action}


def _reports(connection: Connection) -> dict[UUID, Row]:
    """What is judged by; never text."""
    names = (
        "id", "policy", "policy_applied", "engine", "flags", "owner_domain", "reporter_domain",
        "reported_domain", "from_domain", "dkim_domain", "original_mail_from",
    )  # fmt: skip
    query = select(*(reports.c[name] for name in names))
    query = query.where(not_(reports.c.id.in_(own_reports())))
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def _scopes(
    connection: Connection, grounds: Grounds, rows: Mapping[UUID, Row]
) -> Iterator[tuple[UUID, Scope]]:
    deny = settings_of(grounds.policy)["deny"]
    senders = _senders(connection)
    for key, row in rows.items():
        names = {row[name] for name in _SENDERS}
        names |= senders[key] | {(row["original_mail_from"] or "").rpartition("@")[2].strip("<>")}
        side = frozenset(filter(None, names))
        wider = grounds.is_looser(row, "domains")
        yield (
            key,
            Scope(
                is_denied=grounds.lacks(row, "deny", deny),
                is_old=grounds.is_old(row["engine"]),
                rules_only=is_rules_only(row),
                rule=DomainRule(grounds.policy, side) if wider else None,
            ),
        )


def _senders(connection: Connection) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    outside = (DomainRole.LINK.value, DomainRole.RECIPIENT.value)
    query = select(report_domains.c.report_id, report_domains.c.name)
    for row in connection.execute(query.where(report_domains.c.role.not_in(outside))):
        found[row.report_id].add(row.name)
    return found


def _stopped(connection: Connection, at: datetime) -> dict[bool, set[UUID]]:
    """The reports that a hold keeps from deleting and (True) from coarsening."""
    if not is_any_in_force(connection, at):
        return {False: set(), True: set()}
    return {
        coarsening: set(
            connection.execute(
                select(reports.c.id).where(is_held(at, coarsening=coarsening))
            ).scalars()
        )
        for coarsening in (False, True)
    }


def _by_table(found: Sequence[Cut]) -> list[list[Cut]]:
    tables: dict[str, list[Cut]] = {}
    for cut in found:
        tables.setdefault(cut.table.name, []).append(cut)
    return list(tables.values())


def _entries(
    connection: Connection,
    of_table: Sequence[Cut],
    scopes: Mapping[UUID, Scope],
    stopped: Mapping[bool, set[UUID]],
    held: set[UUID],
    at: datetime,
) -> list[tuple[str, PlanEntry]]:
    """Each row by each cut in turn, on what the cuts before have left of it."""
    table = of_table[0].table
    keys: dict[tuple[int, bool], list[Key]] = defaultdict(list)
    which = "id" if table is reports else "report_id"
    primary = [column.name for column in table.primary_key.columns]
    for stored in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        row: Values = dict(stored)
        if row[which] not in scopes:  # the gate's own
            continue
        for number, cut in enumerate(of_table):
            change = cut.change(row, scopes[row[which]])
            if change and row[which] in stopped[cut.coarsens]:
                held.add(row[which])
                continue
            if change:
                keys[number, change is GOES].append(tuple(row[name] for name in primary))
            if change is GOES:
                break
            row |= change
    return [
        (of_table[number].setting, _entry(of_table[number], which, scopes, whole, of_rows, at))
        for (number, whole), of_rows in sorted(keys.items())
    ]


def _entry(
    cut: Cut, which: str, scopes: Mapping[UUID, Scope], whole: bool, keys: list[Key], at: datetime
) -> PlanEntry:
    def rewrite(row: Row) -> Values:
        change = cut.change(row, scopes[row[which]])
        return {} if change is GOES else change

    drops = tuple(cut.table.c[name] for name in cut.drops)
    # What depends on the row's content says so by ``rewrite``: a tombstone, which knows only the
    # class, would take more of the report when it is replayed.
    work = Work(
        table=cut.table, columns=drops, whole_rows=whole, action="delete", coarsens=cut.coarsens,
        at=at, rewrite=None if drops else rewrite,
    )  # fmt: skip
    rule = RetentionRule(field_class=cut.field_class, days=0, reason=cut.setting)
    return PlanEntry(rule=rule, work=work, keys=tuple(sorted(keys)))


def _loosened(grounds: Grounds, rows: Mapping[UUID, Row]) -> Iterator[Looser]:
    made: dict[str, int] = defaultdict(int)
    for row in rows.values():
        made[row["policy"]] += 1
    now = settings_of(grounds.policy)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for digest, number in made.items():
        then: Settings | None = grounds.known.get(digest)
        for name in GRADES if then else ():
            if then and GRADES[name].index(then[name]) < GRADES[name].index(now[name]):
                counts[name, then[name]] += number
        for name in PHRASES:
            if then is None or then[name] != now[name]:
                counts[name, "other"] += number
    for (name, was), number in sorted(counts.items()):
        current = str(now[f"{name}_phrases"] if name in PHRASES else now[name])
        yield Looser(setting=name, was=was, now=current, reports=number)
