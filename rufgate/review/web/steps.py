"""The way of a message through its checks, as steps to be drawn. Pure.

In:  ``Story``.
Out: ``Step``s: what was looked at, what came of it, for whom.
FAILS: never; what is not stated is a step that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final

from rufgate.review.story import Check, Outcome, Story

_TONE: Final[Mapping[Outcome, str]] = {
    Outcome.PASS: "good",
    Outcome.FAIL: "bad",
    Outcome.WEAK: "bad",
    Outcome.BROKEN: "bad",
    Outcome.ABSENT: "none",
    Outcome.TROUBLE: "none",
}


@final
@dataclass(frozen=True, slots=True)
class Step:
    """One box of the diagram."""

    name: str
    result: str
    about: str
    tone: str  # good, bad, half (passed for somebody else), none


def steps(story: Story) -> tuple[Step, ...]:
    """From the host that sent to what became of the message."""
    return tuple(_steps(story))


def _steps(story: Story) -> Iterator[Step]:
    host = f"calls itself {story.host}" if story.host else "its name is not stated"
    yield Step("Source", story.source or "not stated", host, "none")
    yield from _checks("SPF", story.spf)
    yield from _checks("DKIM", story.dkim)
    author = f"for {story.author}" if story.author else ""
    result = {True: "pass", False: "fail", None: "not stated"}[story.is_passed]
    tone = {True: "good", False: "bad", None: "none"}[story.is_passed]
    yield Step("DMARC", result, author, tone)
    yield Step("Delivery", story.delivery or "not stated", "by the reporter", "none")


def _checks(name: str, checks: Sequence[Check]) -> Iterator[Step]:
    if not checks:
        yield Step(name, "not stated", "", "none")
    for check in checks:
        tone = _TONE[check.outcome]
        if tone == "good" and not check.is_aligned:
            tone = "half"
        about = f"for {check.domain}" if check.domain else ""
        if check.outcome is Outcome.PASS:
            counts = "counts" if check.is_aligned else "does not count"
            about = f"{about or 'for a domain that is not stated'}, which {counts} for DMARC"
        yield Step(name, check.result, about, tone)
