"""Waiting copies that the policy and the analysts of now would not let leave.

In:  the copies of the outbox; the reports they are of; who may have what now.
Out: plan entries: cut to tier ``headers`` where that can be made surely, else dropped, with a
     reason that ``outbox list`` shows.
SECURITY: a copy made under a looser or unknown policy is dropped, not mended. What is delivered
     cannot be called back: it is only counted.
FAILS: never.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email import policy as email_policy
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, select

from rufgate.govern.plan import PlanEntry, Rewrite, Work
from rufgate.govern.plan_keys import Key
from rufgate.govern.rules import RetentionRule
from rufgate.govern.stricter import Grounds, Row, Values
from rufgate.sanitize.policy import Audience
from rufgate.sanitize.recut import cut_to_headers, is_sealed
from rufgate.sanitize.sanitized import Tier
from rufgate.sanitize.shorten import holds_phrase
from rufgate.store.field_classes import FieldClass
from rufgate.store.outbox import CopyState
from rufgate.store.own_reports import own_reports
from rufgate.store.policies import GRADES, settings_of
from rufgate.store.schema import outbox

_HELD: Final = "legal_hold"
_OF_COPIES: Final = tuple(name for name in GRADES if name != "store_tier")


@dataclass(frozen=True, kw_only=True, slots=True)
class Copies:
    """What becomes of copies."""

    entries: tuple[tuple[str, PlanEntry], ...] = ()
    delivered: int = 0  # that would not be sent now
    parked: int = 0  # not sent, but kept with their bytes by a hold


def copy_entries(
    connection: Connection,
    grounds: Grounds,
    audiences: Sequence[Audience],
    rows: Mapping[UUID, Row],
    held: set[UUID],
    at: datetime,
) -> Copies:
    """Copies by what forbids them."""
    by_name = {audience.name: audience for audience in audiences}
    deny = settings_of(grounds.policy)["deny"]
    keys: dict[tuple[str, str], list[Key]] = defaultdict(list)
    delivered = 0
    query = select(outbox).where(outbox.c.report_id.not_in(own_reports())).order_by(outbox.c.id)
    for stored in connection.execute(query).mappings():
        copy = {column.name: stored[column] for column in outbox.c}
        row = rows[copy["report_id"]]
        audience = by_name.get(copy["analyst"] or "")
        why = _why(copy, row, audience, grounds)
        if why is None and copy["content"] is not None and grounds.lacks(row, "deny", deny):
            why = "deny" if _may_be_denied(copy["content"], grounds.policy.deny_phrases) else None
        if why is None:
            continue
        if copy["state"] == CopyState.DELIVERED:
            delivered += 1
        elif copy["content"] is not None:
            doing = _doing(copy, why, audience, held)
            if doing != _PARK or copy["state"] != CopyState.PARKED:
                keys[why, doing].append((copy["id"],))
    entries = tuple(
        (why, _entry(why, doing, tuple(sorted(of_copies)), at))
        for (why, doing), of_copies in sorted(keys.items())
    )
    parked = sum(len(found) for (_, doing), found in keys.items() if doing == _PARK)
    return Copies(entries=entries, delivered=delivered, parked=parked)


_PARK: Final = "park"
_DROP: Final = "drop"
_CUT: Final = "cut"


def _why(copy: Row, row: Row, audience: Audience | None, grounds: Grounds) -> str | None:
    """Why the copy may not leave as it is."""
    if audience is None:
        return "analyst_removed"
    if not _may_see(audience, row["owner_domain"]):
        return "analyst_domains"
    if grounds.is_old(row["engine"]) and Tier(copy["tier"]).rank > Tier.METADATA.rank:
        return "engine"
    for setting in _OF_COPIES:
        if grounds.is_looser({**row, "policy_applied": None}, setting):
            return setting
    return "analyst_tier" if Tier(copy["tier"]).rank > audience.tier.rank else None


def _doing(copy: Row, why: str, audience: Audience | None, held: set[UUID]) -> str:
    if copy["report_id"] in held:
        return _PARK
    is_headers = audience is not None and audience.tier is Tier.HEADERS
    can_be_cut = why == "analyst_tier" and is_headers and cut_to_headers(copy["content"])
    return _CUT if can_be_cut else _DROP


def _may_see(audience: Audience, owner: str | None) -> bool:
    """As when the copy is made."""
    return "*" in audience.domains or (
        owner is not None
        and any(owner == name or owner.endswith(f".{name}") for name in audience.domains)
    )


def _may_be_denied(content: bytes, phrases: Sequence[str]) -> bool:
    """A sealed copy cannot be looked into, and so counts as holding them."""
    return bool(phrases) and (is_sealed(content) or _is_denied(content, phrases))


def _is_denied(content: bytes, phrases: Sequence[str]) -> bool:
    """Whether a phrase stands in the third part of a copy, however it is encoded there."""
    if not phrases:
        return False
    for part in message_from_bytes(content, policy=email_policy.default).walk():
        texts = [str(value) for value in part.values()]
        if part.get_content_maintype() == "text":
            texts.append(str(part.get_content()))
        if any(holds_phrase(text, phrases) for text in texts):
            return True
    return False


def _entry(why: str, doing: str, keys: tuple[Key, ...], at: datetime) -> PlanEntry:
    settled = {"claim": None, "due_at": None, "lease_until": None, "settled_at": at}
    fixed: Values = {
        _PARK: {**settled, "state": CopyState.PARKED.value, "reason": _HELD},
        _DROP: {**settled, "state": CopyState.DROPPED.value, "reason": why, "content": None},
        _CUT: {},
    }[doing]

    def rewrite(row: Row) -> Values:
        if row["content"] is None or (doing == _PARK and row["state"] == CopyState.PARKED):
            return {}
        if doing != _CUT:
            return fixed
        shorter = cut_to_headers(row["content"])
        if shorter is None:
            return {}
        return {
            "content": shorter, "tier": Tier.HEADERS.value, "size_bytes": len(shorter),
            "reason": why,
        }  # fmt: skip

    again: Rewrite = rewrite
    work = Work(table=outbox, columns=(), whole_rows=False, action="delete", rewrite=again)
    rule = RetentionRule(field_class=FieldClass.COPY, days=0, reason=why)
    return PlanEntry(rule=rule, work=work, keys=keys)
