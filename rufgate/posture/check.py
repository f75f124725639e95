"""What DNS says, beside what it should say. Pure.

In:  a ``Plan``, what DNS answered so far.
Out: what is to be asked next; findings, the worst first.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rufgate.posture.check_domains import check_domains, domain_questions
from rufgate.posture.check_hosts import check_hosts, host_questions
from rufgate.posture.plan import Organization, Plan
from rufgate.posture.seen import Finding, Level, Question, Seen, warning

_ORDER: Final = tuple(Level)


def questions(plan: Plan, seen: Seen, listed: Organization) -> tuple[Question, ...]:
    """Each once. An answer may lead to more: ask until nothing is new."""
    every = (*domain_questions(plan, seen, listed), *host_questions(plan, seen))
    return tuple(dict.fromkeys(every))


def check(plan: Plan, seen: Seen, listed: Organization) -> tuple[Finding, ...]:
    """``listed`` knows organizational domains by the public suffix list."""
    found = dict.fromkeys(_all(plan, seen, listed))
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.level)))


def _all(plan: Plan, seen: Seen, listed: Organization) -> Iterator[Finding]:
    if not plan.own:
        yield warning(
            "no_domains", "", "no [[domains]]: whose DMARC records are to be looked at is not known"
        )
    yield from check_domains(plan, seen, listed)
    yield from check_hosts(plan, seen)
    yield from seen.unanswered()
