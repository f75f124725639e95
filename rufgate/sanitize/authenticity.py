"""Who a report really comes from: what the look-ups found, and what follows from it. Pure.

In:  the evidence that was looked up, and how the signatures were verified.
Out: ``Authenticity``.
SECURITY: what a worker says of signatures counts only for signatures that were asked about. Whose
     share a message takes is a registrable domain: names below one can be made up without end, each
     with SPF that passes, and a label of one can be a person's.
FAILS: never; what is not known is ``temperror`` or ``neutral``, and so authenticates nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

from rufgate.sanitize.domains import organizational
from rufgate.sanitize.sanitized import Sanitized, SanitizedReport, SanitizedText
from rufgate.sanitize.verdicts import DkimResult, DmarcResult, SpfResult

MAX_SIGNATURES: Final = 5
_BEST_FIRST: Final = (
    DkimResult.PASS, DkimResult.TEMPERROR, DkimResult.FAIL, DkimResult.POLICY,
    DkimResult.PERMERROR, DkimResult.NEUTRAL, DkimResult.NONE,
)  # fmt: skip


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class DkimKey:
    """A signature's domain and selector, and the key record that DNS has for them.

    ``trouble`` says why there is no record.
    """

    domain: str
    selector: str
    record: str = ""
    trouble: DkimResult | None = None

    @property
    def name(self) -> str:
        """Where the record stands (RFC 6376 section 3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """The domain of the outer From, and what DMARC says of it.

    ``organization`` is by the tree walk of RFC 9989 section 4.10. Without a record ``result`` says
    how the search ended: none, temperror, permerror.
    """

    domain: str
    organization: str
    has_policy: bool = False
    result: DmarcResult = DmarcResult.NONE
    strict_dkim: bool = False
    strict_spf: bool = False


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that was looked up about one message. ``organizations``: of each domain it speaks of."""

    spf: SpfResult = SpfResult.NONE
    spf_domain: str | None = None  # the identity that was checked
    keys: tuple[DkimKey, ...] = ()
    author: Author | None = None
    organizations: tuple[tuple[str, str], ...] = ()


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Authenticity:
    """The results for one message, and the organization it comes from; None: nobody knows.

    ``proven`` are the domains that SPF or a signature stands for.
    """

    spf: SpfResult
    dkim: DkimResult
    dmarc: DmarcResult
    domain: SanitizedText | None = None
    proven: tuple[SanitizedText, ...] = ()


def conclude(evidence: Evidence, verified: Sequence[DkimResult] = ()) -> Authenticity:
    """What follows, with the signatures verified, or (``verified`` empty) before they are."""
    signed = list(_signed(evidence.keys, verified))
    by_dkim = [key.domain for key, result in signed if result is DkimResult.PASS]
    by_spf = evidence.spf_domain if evidence.spf is SpfResult.PASS else None
    dmarc = _dmarc(evidence, by_spf, by_dkim, [result for _, result in signed])
    proven = list(dict.fromkeys([*by_dkim, *([by_spf] if by_spf else [])]))
    organizations = dict(evidence.organizations)
    owner: str | None = None
    if dmarc is DmarcResult.PASS and evidence.author:
        owner = evidence.author.organization
    elif proven:
        owner = organizations.get(proven[0], proven[0])
    return Authenticity(
        spf=evidence.spf,
        dkim=min((result for _, result in signed), key=_BEST_FIRST.index, default=DkimResult.NONE),
        dmarc=dmarc,
        domain=SanitizedText(organizational(owner)) if owner else None,
        proven=tuple(map(SanitizedText, proven)),
    )


def owner_of(found: Authenticity) -> str | None:
    """Whose share a message is counted against."""
    return str(found.domain) if found.domain is not None else None


def with_authenticity(sanitized: Sanitized, found: Authenticity) -> Sanitized:
    """The same report, with who sent it on its row."""
    report: SanitizedReport = replace(
        sanitized.report,
        reporter_spf=found.spf,
        reporter_dkim=found.dkim,
        reporter_dmarc=found.dmarc,
        reporter_authenticated_domain=found.domain,
    )
    return replace(sanitized, report=report)


def _signed(
    keys: Sequence[DkimKey], verified: Sequence[DkimResult]
) -> Iterator[tuple[DkimKey, DkimResult]]:
    for at, key in enumerate(keys):
        said = verified[at] if at < len(verified) else DkimResult.NEUTRAL
        yield key, key.trouble or said


def _dmarc(
    evidence: Evidence, by_spf: str | None, by_dkim: Sequence[str], signed: Sequence[DkimResult]
) -> DmarcResult:
    """RFC 9989 section 5.3: one aligned identifier is enough."""
    author = evidence.author
    if author is None or not author.has_policy:
        return author.result if author else DmarcResult.NONE
    organizations = dict(evidence.organizations)

    def aligned(domain: str, *, strict: bool) -> bool:
        if domain == author.domain:
            return True
        return not strict and organizations.get(domain) == author.organization

    if by_spf and aligned(by_spf, strict=author.strict_spf):
        return DmarcResult.PASS
    if any(aligned(domain, strict=author.strict_dkim) for domain in by_dkim):
        return DmarcResult.PASS
    unknown = evidence.spf is SpfResult.TEMPERROR or DkimResult.TEMPERROR in signed
    if unknown or any(name not in organizations for name in (*by_dkim, *filter(None, [by_spf]))):
        return DmarcResult.TEMPERROR  # it might have passed
    return DmarcResult.FAIL
