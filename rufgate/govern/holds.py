"""What a legal hold may be: checked before it is set.

In:  what somebody asks for, the time.
Out: a ``Hold``.
SECURITY: reason and owner are the operator's words: one line each, bounded, no control characters,
     no addresses, and in no log.
FAILS: ``HoldProblem``, which says what to do; it never quotes what was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from rufgate.store.holds import Hold

_LONGEST: Final = timedelta(days=3653)
_REASON_CHARS: Final = 200
_OWNER_CHARS: Final = 80


class HoldProblem(ValueError):  # noqa: N818 - an outcome; the command line makes it an exit code
    """The hold cannot be set or ended so; the message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What somebody asks for."""

    domain: str | None = None
    report: UUID | None = None
    campaign: UUID | None = None
    received_from: date | None = None
    received_to: date | None = None
    reason: str
    owner: str
    until: date
    also_coarsening: bool = False


def new_hold(asked: Asked, hold_id: UUID, now: datetime) -> Hold:
    """The hold that is asked for, from ``now`` to the end of its last day."""
    _check_scope(asked)
    today = now.astimezone(UTC).date()
    if asked.until <= today:
        raise HoldProblem("--until is not in the future: name the last day on which it is to hold")
    if asked.until > today + _LONGEST:
        raise HoldProblem("--until is more than ten years ahead: set a nearer day, renew it then")
    end = datetime.combine(asked.until + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    return Hold(
        id=hold_id,
        domain=asked.domain,
        report=asked.report,
        campaign=asked.campaign,
        received_from=asked.received_from,
        received_to=asked.received_to,
        also_coarsening=asked.also_coarsening,
        reason=words(asked.reason, "--reason", _REASON_CHARS),
        owner=words(asked.owner, "--owner", _OWNER_CHARS),
        began_at=now,
        until=asked.until,
        ends_at=end,
    )


def ending_reason(text: str) -> str:
    """Why a hold is ended."""
    return words(text, "--reason", _REASON_CHARS)


def words(text: str, name: str, most: int) -> str:
    """``text`` without space around it, if it is one printable line of so many characters."""
    line = text.strip()
    if not line or len(line) > most or not line.isprintable():
        raise HoldProblem(f"{name} takes one line of 1 to {most} printable characters")
    if "@" in line:  # the hold is kept for years, and whoever asks to be erased is not sought here
        raise HoldProblem(f"{name} holds an address: name a case or a role instead")
    return line


def _check_scope(asked: Asked) -> None:
    first, last = asked.received_from, asked.received_to
    if (first is None) != (last is None):
        raise HoldProblem("a period has two ends: give both --from and --to")
    if first is not None and last is not None and first > last:
        raise HoldProblem("--from is after --to: exchange them")
    is_wide = asked.domain is not None or first is not None
    named = [one for one in (asked.report, asked.campaign) if one is not None]
    if named and (is_wide or len(named) > 1):
        raise HoldProblem(
            "--report and --campaign stand alone: leave --domain, --from and --to and the other out"
        )
    if not named and not is_wide:
        raise HoldProblem("say what to hold: --domain, --report, --campaign, or --from and --to")
