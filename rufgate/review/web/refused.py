"""Mail that was refused of late, added up by reply. Pure.

In:  entries of the audit log that sum up what was taken and refused.
Out: ``Refused``: a code, what it says, how often.
FAILS: never; what is no number or no code is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, final

from rufgate.receive.replies import Reply
from rufgate.store.audit_stored import StoredEntry

_REFUSING: Final = ("4", "5")


@final
@dataclass(frozen=True, slots=True)
class Refused:
    """One reply."""

    code: str
    meaning: str
    count: int


def refused(entries: Iterable[StoredEntry]) -> tuple[Refused, ...]:
    """The most frequent first."""
    counts: Counter[str] = Counter()
    for entry in entries:
        outcomes = (entry.said or {}).get("outcomes")
        if isinstance(outcomes, dict):
            for code, count in outcomes.items():
                if code.startswith(_REFUSING) and isinstance(count, int):
                    counts[code] += count
    return tuple(Refused(code, _meaning(code), count) for code, count in counts.most_common())


def _meaning(code: str) -> str:
    """What the reply says; several share a code."""
    texts = [text for number, enhanced, text in _REPLIES if f"{number} {enhanced}".strip() == code]
    return ", or: ".join(texts)


_REPLIES: Final = tuple(reply.value for reply in Reply)
