"""What is held about one data subject, in a form that can be handed to that person.

In:  what a search found.
Out: plain values (JSON) and the same as text.
SECURITY: of each report only what concerns its processing: no pseudonym, no address, no field that
     may speak of somebody else.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

LIMITS: Final = (
    "Addresses are stored as keyed pseudonyms only; a search compares pseudonyms.",
    (
        "Names in free text (subject, text) cannot be searched by person: free text is redacted "
        "before it is stored, and deleted after its own days."
    ),
    "Sub-addresses (name+tag@domain) count as name@domain.",
    "A report whose pseudonyms retention has already deleted names nobody any more.",
    (
        "Copies that were delivered are with their recipients, out of reach of this search; what "
        "was only in the text of such a copy is not found here."
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One class of data of a report, and until when its rule keeps it."""

    field_class: str
    until: date
    then: str  # "delete" or "coarsen"


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyOf:
    """A copy of a report: who was meant to get it, and what became of it."""

    recipient: str | None  # None: the name has been forgotten
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportHeld:
    """A report in which the person stands."""

    id: UUID
    received_on: date
    reporter: str | None
    domain: str | None
    tier: str
    roles: tuple[str, ...]
    kept: tuple[Kept, ...]
    copies: tuple[CopyOf, ...]
    on_hold: bool

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "report": str(self.id),
            "received_on": self.received_on.isoformat(),
            "reported_by": self.reporter,
            "about_domain": self.domain,
            "tier": self.tier,
            "roles": list(self.roles),
            "kept": [
                {"class": kept.field_class, "until": kept.until.isoformat(), "then": kept.then}
                for kept in self.kept
            ],
            "copies": [{"recipient": copy.recipient, "state": copy.state} for copy in self.copies],
            "on_hold": self.on_hold,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class LostPeriod:
    """Reports whose pseudonyms nobody can make any more: the epoch's key is gone."""

    epoch: str
    first: date
    last: date
    reports: int

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "answer": "not identifiable for that period",
            "epoch": self.epoch,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "reports": self.reports,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """All that can be said."""

    day: date
    reports: tuple[ReportHeld, ...]
    not_identifiable: tuple[LostPeriod, ...]
    purposes: tuple[tuple[str, tuple[str, ...]], ...]  # class, what its fields are kept for

    @property
    def outcome(self) -> str:
        """In one sentence."""
        if self.reports:
            return f"{len(self.reports)} report(s) found"
        if self.not_identifiable:
            return "nothing found in the periods that can be searched"
        return "nothing found"

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "as_of": self.day.isoformat(),
            "outcome": self.outcome,
            "reports": [report.as_json() for report in self.reports],
            "not_identifiable": [period.as_json() for period in self.not_identifiable],
            "purposes": {name: list(purposes) for name, purposes in self.purposes},
            "limits": list(LIMITS),
        }

    def as_text(self) -> Iterator[str]:
        """Lines to read."""
        yield f"What is held about the address that was asked for, as of {self.day}"
        yield ""
        yield f"{self.outcome}."
        for period in self.not_identifiable:
            yield (
                f"Not identifiable for {period.first} to {period.last}: the key of epoch "
                f"{period.epoch} does not exist any more. Of that period {period.reports} "
                "report(s) are held; whether one concerns the person cannot be told by anybody."
            )
        for number, report in enumerate(self.reports, 1):
            yield ""
            yield from _report_lines(number, report)
        if self.reports:
            yield ""
            yield "What each class of data is kept for:"
            for name, purposes in self.purposes:
                yield f"  {name}: {'; '.join(purposes)}"
        yield ""
        yield "What this search cannot find:"
        yield from (f"  - {limit}" for limit in LIMITS)


def _report_lines(number: int, report: ReportHeld) -> Iterator[str]:
    yield f"{number}. Report {report.id}"
    yield f"   received on:   {report.received_on}"
    yield f"   reported by:   {report.reporter or 'not kept'}"
    yield f"   about domain:  {report.domain or 'none of ours'}"
    yield f"   kept at tier:  {report.tier}"
    yield f"   address stood: as {', '.join(report.roles)}"
    for kept in report.kept:
        yield f"   {kept.field_class + ':':<14} until {kept.until}, then {_WORDS[kept.then]}"
    for copy in report.copies:
        yield f"   copy for:      {copy.recipient or 'a name no longer kept'} ({copy.state})"
    if report.on_hold:
        yield "   on legal hold: nothing of it is deleted before the hold ends"


_WORDS: Final = {"delete": "deleted", "coarsen": "made coarser"}
