"""How the outcome of an erasure is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from rufgate.govern.subject_answer import LostPeriod
from rufgate.govern.subjects import Erased

_WHY_HELD: Final = "a legal hold keeps them (Article 17(3)): erase again when it has ended"


def erased_json(erased: Erased, lost: Sequence[LostPeriod]) -> dict[str, Any]:
    """Plain values."""
    return {
        "outcome": _outcome(erased, lost),
        "erased_reports": erased.reports,
        "erased_rows": dict(erased.rows),
        "held_reports": erased.held,
        "held_because": _WHY_HELD if erased.held else None,
        "ask_to_delete": [
            {
                "recipient": one.recipient,
                "delivered": one.delivered,
                "being_sent": one.being_sent,
            }
            for one in erased.disclosed
        ],
        "not_identifiable": [period.as_json() for period in lost],
        "reports_left": erased.left,
        "files_with_traces": list(erased.files),
        "files_searched": erased.searched,
        "own_address": erased.own,
    }


_OF_SERVER: Final = (
    "they are the server's. No row names the person; dead rows until their space is used again, "
    "the write-ahead log and its archive, replicas and backups may hold bytes for a while."
)


def erased_lines(erased: Erased, lost: Sequence[LostPeriod]) -> Iterator[str]:
    """Lines to read."""
    yield f"{_outcome(erased, lost)}."
    if erased.held:
        yield f"{erased.held} report(s) stay: {_WHY_HELD}."
    for one in erased.disclosed:
        sent = f", {one.being_sent} being sent at that moment" if one.being_sent else ""
        name = one.recipient or "recipients whose names are no longer kept"
        yield f"Ask {name} to delete {one.delivered} delivered copies{sent} (Article 19)."
    for period in lost:
        yield (
            f"Not identifiable for {period.first} to {period.last} (epoch {period.epoch}, key "
            f"destroyed): {period.reports} report(s) of that period stay and name nobody."
        )
    if erased.left:
        yield f"{erased.left} report(s) that came meanwhile name the person: run it again."
    for name in erased.files:
        yield f"Traces are left in {name}; they may be an operator's own words, as of a hold."
    if erased.searched and not erased.files:
        yield "The store's files hold " + (
            "none of its pseudonyms; the address itself is one of this installation's own."
            if erased.own
            else "neither the address nor any of its pseudonyms."
        )
    elif not erased.searched:
        yield "The store's files were not searched: " + (
            "what is on hold stands in them." if erased.held else _OF_SERVER
        )


def _outcome(erased: Erased, lost: Sequence[LostPeriod]) -> str:
    if erased.reports:
        return f"{erased.reports} report(s) erased with their copies"
    if erased.held:
        return "nothing erased"
    return "nothing found in the periods that can be searched" if lost else "nothing found"
