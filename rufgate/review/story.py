"""What a report states of a message's authentication, as one story.

In:  a stored report.
Out: ``Story``: each mechanism with its domain and alignment, and signs of a forwarder.
SECURITY: redacted values only, of which this takes domains, results and the source.
FAILS: never; what is not stated is absent.

Alignment is worked out here from the stated results, in the relaxed form (RFC 9989 section 4.4):
never taken from Identity-Alignment, whose meaning was turned round between RFC 7489 and RFC 9991.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, final

from rufgate.sanitize.domains import organizational
from rufgate.store.stored import StoredAuthResult, StoredDetail, StoredReport

_SIGNED_BY: Final = ("header.d", "header.i")
_MAIL_FROM: Final = ("smtp.mailfrom", "smtp.mail", "smtp.helo")
_WEAK: Final = frozenset({"softfail", "neutral"})
_BROKEN: Final = frozenset({"permerror", "error", "invalid"})
_FAILING: Final = frozenset({"fail", "hardfail"})
_ABSENT: Final = frozenset({"none", "unknown"})
_TROUBLE: Final = frozenset({"temperror", "timeout"})
_ORIGIN: Final = re.compile(r"from (?P<host>[a-z0-9_.-]+\.[a-z0-9-]+)\b", re.IGNORECASE)
_REWRITTEN: Final = ("srs0-", "srs1-")  # how a rewritten sender is stored


class Outcome(StrEnum):
    """What came of a check."""

    PASS = "pass"  # noqa: S105 - a result, no password
    FAIL = "fail"
    WEAK = "weak"  # softfail, neutral: the record does not say no
    BROKEN = "broken"  # permerror: the record or the key is missing or wrong
    ABSENT = "absent"  # none: nothing to check
    TROUBLE = "trouble"  # temperror: DNS did not answer

    @classmethod
    def of(cls, result: str) -> Outcome:
        """Of a result as RFC 8601 section 2.7 has them; a word it has not is trouble."""
        word = result.lower()
        for outcome, words in _OUTCOMES.items():
            if word in words:
                return outcome
        return cls.TROUBLE


_OUTCOMES: Final[Mapping[Outcome, frozenset[str]]] = {
    Outcome.PASS: frozenset({"pass"}),
    Outcome.FAIL: _FAILING,
    Outcome.WEAK: _WEAK,
    Outcome.BROKEN: _BROKEN,
    Outcome.ABSENT: _ABSENT,
    Outcome.TROUBLE: _TROUBLE,
}


class Sign(StrEnum):
    """What shows that somebody handed the message on."""

    LIST = "list"  # List-Id or List-Post
    ARC = "arc"  # an ARC set (RFC 8617): an intermediary vouches for what it received
    RESENT = "resent"
    REWRITTEN = "rewritten"  # the envelope sender was rewritten by a forwarder (SRS)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One mechanism's check of one domain."""

    method: str  # "spf" or "dkim"
    result: str  # the reporter's word
    domain: str | None
    is_aligned: bool  # the domain is the author's, or of the same organization

    @property
    def outcome(self) -> Outcome:
        """What came of it."""
        return Outcome.of(self.result)

    def came_to(self, *outcomes: Outcome) -> bool:
        """Whether it came to one of these."""
        return self.outcome in outcomes


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """The authentication of one message, as its reporter tells it."""

    author: str | None  # the domain of From: whose name was used
    source: str | None
    host: str | None = None  # how the source named itself; nobody vouches for it
    spf: tuple[Check, ...] = ()
    dkim: tuple[Check, ...] = ()
    dmarc: str | None = None
    failure: str | None = None  # Auth-Failure: why, in one word (RFC 6591 section 3.3)
    selector: str | None = None
    delivery: str | None = None
    signs: tuple[Sign, ...] = ()

    @classmethod
    def of(cls, report: StoredReport | StoredDetail) -> Self:
        """Of a stored report; a summary knows no header, so no sign of a forwarder."""
        summary = report.summary if isinstance(report, StoredDetail) else report
        headers = report.headers if isinstance(report, StoredDetail) else ()
        facts = report.facts if isinstance(report, StoredDetail) else {}
        author = summary.from_domain or summary.reported_domain
        mail_from = str(facts.get("original_mail_from") or "")
        spf = _checks("spf", _MAIL_FROM, summary.auth_results, author)
        dkim = _checks("dkim", _SIGNED_BY, summary.auth_results, author)
        return cls(
            author=author,
            source=summary.source_ip,
            host=_host(headers),
            spf=spf,
            dkim=dkim,
            dmarc=_dmarc(summary.auth_results),
            failure=summary.auth_failure,
            selector=facts.get("dkim_selector"),
            delivery=summary.delivery_result,
            signs=tuple(_signs(headers, mail_from)),
        )

    @property
    def is_passed(self) -> bool | None:
        """Whether DMARC passed; None where that is neither stated nor to be worked out.

        With ``fo=1`` a domain asks for reports of mail that passed by one mechanism alone.
        """
        if self.dmarc in {"pass", "fail"}:
            return self.dmarc == "pass"
        if self.aligned_pass(self.spf) or self.aligned_pass(self.dkim):
            return True
        return False if self.spf and self.dkim else None

    @staticmethod
    def aligned_pass(checks: Sequence[Check]) -> Check | None:
        """The check that passed for the author's own organization."""
        return next((c for c in checks if c.is_aligned and c.came_to(Outcome.PASS)), None)

    @staticmethod
    def aligned(checks: Sequence[Check], *outcomes: Outcome) -> Check | None:
        """A check of the author's organization that came to one of ``outcomes``."""
        return next((c for c in checks if c.is_aligned and c.came_to(*outcomes)), None)

    @property
    def others(self) -> tuple[Check, ...]:
        """What passed for somebody else than the author."""
        return tuple(
            check
            for check in (*self.dkim, *self.spf)
            if check.domain and not check.is_aligned and check.came_to(Outcome.PASS)
        )


def same_organization(one: str | None, other: str | None) -> bool:
    """Whether two names are of one organizational domain."""
    return one is not None and other is not None and organizational(one) == organizational(other)


def _checks(
    method: str, names: Sequence[str], results: Sequence[StoredAuthResult], author: str | None
) -> tuple[Check, ...]:
    found = []
    for result in results:
        if result.method == method:
            named = (result.properties.get(name) for name in names)
            domain = _domain(next((value for value in named if value), None))
            aligned = same_organization(domain, author)
            found.append(
                Check(method=method, result=result.result, domain=domain, is_aligned=aligned)
            )
    return tuple(dict.fromkeys(found))


def _domain(value: str | None) -> str | None:
    """Of an address, a domain or an identity; None for one that was hidden."""
    domain = (value or "").rpartition("@")[2].strip(". ").lower()
    return domain if "." in domain else None


def _dmarc(results: Sequence[StoredAuthResult]) -> str | None:
    """Fail before pass: with two opinions the report would not be here for a pass."""
    stated = [result.result.lower() for result in results if result.method == "dmarc"]
    return next((word for word in ("fail", "pass", *stated) if word in stated), None)


def _host(headers: Sequence[tuple[str, str]]) -> str | None:
    """The name under which the source gave the message to the reporter."""
    for name, value in headers:
        if name.lower() == "received":
            match = _ORIGIN.match(value)
            return match["host"].lower() if match else None
    return None


def _signs(headers: Sequence[tuple[str, str]], mail_from: str) -> Iterator[Sign]:
    names = {name.lower() for name, _ in headers}
    if names & {"list-id", "list-post"}:
        yield Sign.LIST
    if names & {"arc-seal", "arc-authentication-results"}:
        yield Sign.ARC
    if any(name.startswith("resent-") for name in names):
        yield Sign.RESENT
    if mail_from.lower().startswith(_REWRITTEN):
        yield Sign.REWRITTEN
