"""The sentences of a verdict.

In:  ``Story``; names of sentences.
Out: plain English with the domains, the source and the record to change.
FAILS: never; what is not stated is "the domain" or "the source".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rufgate.review.services import service_of
from rufgate.review.story import Check, Outcome, Story
from rufgate.sanitize.domains import organizational

if TYPE_CHECKING:
    from collections.abc import Iterator

_PASSED: Final = {
    True: "The mail passed DMARC; the report came because one mechanism alone did not",
    False: "The mail failed DMARC",
    None: "Whether the mail passed DMARC is not stated",
}
_GUESSED: Final = {
    "own_system": "a system of your own that is not fully set up",
    "third_party": "a service that sends for you",
    "forwarded": "your mail, forwarded or sent through a mailing list",
    "spoof": "a forgery",
    "unclear": "",
}
_SURE: Final = {"likely": "this is probably", "possible": "this may be", "none": ""}

SIGNS: Final[Mapping[str, str]] = {
    "list": "The mail carries the header of a mailing list.",
    "arc": "An intermediary sealed what it received (ARC).",
    "resent": "The mail was resent.",
    "rewritten": "A forwarder rewrote the envelope sender (SRS).",
}

_SENTENCES: Final[Mapping[str, str]] = {
    "known_source": "{source} is listed under known_sources of {author}.",
    "signature_broke_at_home": "SPF passed for {author}, so one of its own hosts sent the mail; "
    "its DKIM signature did not verify, so something changes mail after it is signed.",
    "not_signed": "SPF passed for {author}, so one of its own hosts sent the mail; "
    "no DKIM signature of {author} verified.",
    "signed_and_handed_on": "The DKIM signature of {author} verified, so the mail is genuine; "
    "it came by way of somebody else.",
    "signed_by_service": "The DKIM signature of {author} verified, so the mail is genuine; "
    "its bounces go to {others}.",
    "signed_from_elsewhere": "The DKIM signature of {author} verified, so the mail is genuine; "
    "{source} is not in the SPF record of {author}: a forwarder, or a host that is missing there.",
    "passed": "One mechanism passed; the report does not say which host or key the other lacked.",
    "forwarder": "A forwarder sent the mail on under its own envelope sender.",
    "handed_on": "The mail bears a signature of {author} that no longer verifies beside another "
    "one, and came under the envelope sender of {others}: a mailing list or a forwarder.",
    "list": "The mail bears marks of a mailing list or of an intermediary; newsletters bear them, "
    "too.",
    "service": "The mail proves to come from {others}, which sends mail for many organizations.",
    "key_missing": "The mail bears a signature of {author} whose key is not to be found or is "
    "withdrawn: a forger gains nothing by one.",
    "changed_on_the_way": "The mail bears a signature of {author} that does not verify: it was "
    "changed after it was signed, or the key is another one.",
    "private_mailbox": "The mail proves to come from a mailbox at {others}: somebody uses the name "
    "of {author} there, or forwards from there.",
    "somebody_else": "The mail proves to come from {others}, not from {author}; most forgers prove "
    "nothing.",
    "dns_trouble": "A record could not be looked up when the mail came, so nothing was proved.",
    "own_host": "Nothing was proved; the source calls itself {host}, which anybody may claim.",
    "not_authorized": "{source} may not send for {author} by its SPF record, and the reporter "
    "found no signature that verifies.",
    "not_listed": "{source} is not in the SPF record of {author}, and no signature that verifies "
    "is stated.",
    "nothing_passed": "Nothing about the mail was proved: no check passed for anybody.",
    "only_dmarc": "The reporter states that DMARC failed, and not why.",
    "nothing_stated": "The reporter states no result that tells who sent the mail.",
    "authorize_source": "Add {source} to the SPF record (TXT at {author}), or sign on that host "
    "with DKIM as {author}.",
    "repair_signing": "Sign last: after footers, virus scanners and gateways. Check the key at "
    "{selector}._domainkey.{author}.",
    "sign": "Sign with DKIM as {author} on that host, so that its mail also passes when it is "
    "forwarded.",
    "nothing": "Nothing needs to be done for this mail.",
    "align_bounces": "Nothing must be done. To pass SPF as well, set up a return path (bounce "
    "domain) under {author} at the service.",
    "add_source_if_ours": "If {source} is yours, add it to the SPF record (TXT at {author}); a "
    "forwarder needs nothing.",
    "survive_forwarding": "Sign all mail with DKIM as {author}, so that plain forwarding does not "
    "break it; mailing lists may need to rewrite From or to seal with ARC.",
    "sign_at_service": "If you use {others}: set up DKIM there as {author} (its setup page names "
    "the TXT or CNAME records under _domainkey.{author}). If you do not, it is a forgery.",
    "publish_key": "Publish the key as TXT at {selector}._domainkey.{author}, or take the old "
    "signer out of service.",
    "ask_who_sends": "Ask whether somebody at {author} sends by {others}. If so, have it sign with "
    "DKIM as {author}; if not, it is a forgery, which p=reject stops.",
    "check_dns": "Look up the SPF and DKIM records of {author} from outside; if they answer, wait "
    "for more reports.",
    "authorize_if_ours": "If {source} is yours, add it to the SPF record (TXT at {author}) and "
    "sign with DKIM. If not, it is a forgery, which p=quarantine or p=reject at _dmarc.{author} "
    "stops.",
    "look_at_others": "Look at other reports about {source}, and ask the reporter for the results "
    "of SPF and DKIM.",
}  # fmt: skip
_NAMED: Final = {"spf": "SPF", "dkim": "DKIM"}
_CAME_TO: Final[Mapping[Outcome, Mapping[str, str]]] = {
    Outcome.PASS: {
        "spf": "passed for {domain}",
        "dkim": "passed: a signature of {domain} verified",
    },
    Outcome.FAIL: {
        "spf": "failed: {source} may not send for {domain}",
        "dkim": "failed: the signature of {domain} did not verify{why}",
    },
    Outcome.WEAK: {
        "spf": "gave no yes: the record of {domain} does not list {source}",
        "dkim": "could not use the signature of {domain}",
    },
    Outcome.BROKEN: {
        "spf": "could not be evaluated: the record of {domain} is wrong",
        "dkim": "found no usable key for the signature of {domain}",
    },
    Outcome.ABSENT: {"spf": "found no record of {domain}", "dkim": "found no signature"},
    Outcome.TROUBLE: {
        "spf": "could not look up {domain}",
        "dkim": "could not look up the key of {domain}",
    },
}
_WHY: Final = {
    "bodyhash": " because the body was changed after signing",
    "signature": " because the signed header or the key differs",
    "revoked": " because its key was withdrawn",
}


def summary(is_passed: bool | None, guess: str, sureness: str) -> str:
    """One sentence about the mail as a whole."""
    guessed, sure = _GUESSED[guess], _SURE[sureness]
    return (
        f"{_PASSED[is_passed]}; {sure} {guessed}." if guessed and sure else f"{_PASSED[is_passed]}."
    )


def mechanisms(story: Story) -> tuple[str, ...]:
    """A sentence for each check, SPF first."""
    return tuple(_mechanisms(story))


def fill(name: str, story: Story) -> str:
    """The sentence of that name about this mail."""
    named = (check.domain for check in story.others if check.domain)
    others = " and ".join(dict.fromkeys(service_of(d) or organizational(d) for d in named))
    return _SENTENCES[name].format(
        author=story.author or "the domain",
        source=story.source or "the source",
        host=story.host or "by a name that is not stated",
        others=others or "somebody else",
        selector=story.selector or "SELECTOR",
    )


def _mechanisms(story: Story) -> Iterator[str]:
    for check in (*story.spf, *story.dkim):
        came_to = _CAME_TO[check.outcome][check.method].format(
            domain=check.domain or "a domain that is not stated",
            source=story.source or "the source",
            why=_WHY.get(story.failure or "", ""),
        )
        yield f"{_NAMED[check.method]} {came_to}{_beside(check, story)}."
    for method, checks in (("SPF", story.spf), ("DKIM", story.dkim)):
        if not checks:
            yield f"{method} is not stated."


def _beside(check: Check, story: Story) -> str:
    """A pass for another domain does not help the author's."""
    if check.outcome is not Outcome.PASS or check.is_aligned or story.author is None:
        return ""
    return f", which does not count for {story.author}"
