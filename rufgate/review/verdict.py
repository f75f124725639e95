"""What probably happened to a message that failed, and what to do: a verdict in plain English.

In:  ``Story``, the sources that the domain's owner knows.
Out: ``Verdict``: whether DMARC passed, a guess with its sureness, evidence, the next step.
FAILS: never; where too little is stated the guess is ``unclear``.

The rules are tried in the order of ``RULES``; the first that fits speaks. A guess is one: who sent
the mail is not known, and a forger may copy whatever is not verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_network
from typing import Any, Final, final

from rufgate.review import wording
from rufgate.review.services import service_of
from rufgate.review.story import Outcome, Sign, Story, same_organization
from rufgate.sanitize.known_domains import MAILBOX_PROVIDERS


class Guess(StrEnum):
    """Who probably sent the message."""

    OWN_SYSTEM = "own_system"  # ours, not yet in SPF or DKIM
    THIRD_PARTY = "third_party"  # a service that sends for us
    FORWARDED = "forwarded"  # a forwarder or a mailing list handed it on
    SPOOF = "spoof"
    UNCLEAR = "unclear"


class Sureness(StrEnum):
    """How well the evidence carries the guess."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = "none"


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer to an analyst's question about one message."""

    rule: str
    guess: Guess
    sureness: Sureness
    is_passed: bool | None
    mechanisms: tuple[str, ...]  # a sentence for each check
    evidence: tuple[str, ...]
    next_step: str

    @property
    def summary(self) -> str:
        """One sentence."""
        return wording.summary(self.is_passed, self.guess.value, self.sureness.value)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        dmarc = {True: "passed", False: "failed", None: "unknown"}[self.is_passed]
        return {
            "dmarc": dmarc,
            "guess": self.guess.value,
            "sureness": self.sureness.value,
            "rule": self.rule,
            "summary": self.summary,
            "mechanisms": list(self.mechanisms),
            "evidence": list(self.evidence),
            "next_step": self.next_step,
        }


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """When a guess is made, and what follows from it."""

    name: str
    fits: Callable[[Story], bool]
    guess: Guess
    sureness: Sureness
    because: str  # a sentence of ``wording``
    step: str  # likewise


def verdict(story: Story, known_sources: Sequence[str] = ()) -> Verdict:
    """The verdict on one message. ``known_sources``: addresses and networks that are ours."""
    if _is_known(story.source, known_sources):
        rule = KNOWN_SOURCE
    else:
        rule = next(rule for rule in RULES if rule.fits(story))
    signs = tuple(wording.SIGNS[sign.value] for sign in story.signs)
    return Verdict(
        rule=rule.name,
        guess=rule.guess,
        sureness=rule.sureness,
        is_passed=story.is_passed,
        mechanisms=wording.mechanisms(story),
        evidence=(wording.fill(rule.because, story), *signs),
        next_step=wording.fill(rule.step, story),
    )


def verdict_of_source(verdicts: Iterable[tuple[Verdict, int]]) -> Verdict | None:
    """The verdict that most of a source's reports carry; a sure one counts double."""
    weights: dict[Verdict, int] = {}
    for one, count in verdicts:
        sure = 2 if one.sureness is Sureness.LIKELY else 1
        weights[one] = weights.get(one, 0) + sure * count
    return max(weights, key=lambda one: weights[one], default=None)


def _is_known(source: str | None, known: Sequence[str]) -> bool:
    if source is None or not known:
        return False
    try:
        seen = ip_network(source, strict=False)
    except ValueError:  # "private", or what a policy made of it
        return False
    for entry in known:
        network = ip_network(entry, strict=False)
        if seen.version == network.version and seen.subnet_of(network):  # type: ignore[arg-type]
            return True
    return False


def _spf_alone(story: Story) -> bool:
    return bool(story.aligned_pass(story.spf)) and not story.aligned_pass(story.dkim)


def _dkim_alone(story: Story) -> bool:
    return bool(story.aligned_pass(story.dkim)) and not story.aligned_pass(story.spf)


def _broken_here(story: Story) -> bool:
    return bool(story.aligned(story.dkim, Outcome.FAIL))


def _forwarder(story: Story) -> bool:
    return bool({Sign.RESENT, Sign.REWRITTEN} & {*story.signs})


def _handed_on(story: Story) -> bool:
    """Our signature stands beside another's, and the envelope is somebody else's."""
    foreign = any(check.domain and not check.is_aligned for check in story.dkim)
    ours = bool(story.aligned(story.dkim, *Outcome)) and story.aligned_pass(story.dkim) is None
    return ours and foreign and any(check.method == "spf" for check in story.others)


def _services(story: Story) -> bool:
    return any(service_of(check.domain or "") for check in story.others)


def _providers(story: Story) -> bool:
    return any(check.domain in MAILBOX_PROVIDERS for check in story.others)


def _key_missing(story: Story) -> bool:
    withdrawn = story.failure == "revoked"
    return withdrawn or bool(story.aligned(story.dkim, Outcome.BROKEN, Outcome.WEAK))


def _refused(story: Story) -> bool:
    """SPF says no for the author's domain, and the reporter found no signature that verifies."""
    tried = bool(story.dkim) and not any(c.came_to(Outcome.PASS) for c in story.dkim)
    return bool(story.aligned(story.spf, Outcome.FAIL)) and tried


def _not_listed(story: Story) -> bool:
    return bool(story.aligned(story.spf, Outcome.FAIL, Outcome.WEAK))


def _unsigned(story: Story) -> bool:
    checked = bool(story.spf or story.dkim)
    return checked and not any(c.came_to(Outcome.PASS) for c in (*story.spf, *story.dkim))


def _own_host(story: Story) -> bool:
    return same_organization(story.host, story.author)


def _has_trouble(story: Story) -> bool:
    return any(c.came_to(Outcome.TROUBLE) for c in (*story.spf, *story.dkim))


def _passed(story: Story) -> bool:
    return story.is_passed is True


_LIKELY, _POSSIBLE, _NONE = Sureness
_OWN, _THIRD, _FORWARDED, _SPOOF, _UNCLEAR = Guess

KNOWN_SOURCE: Final = Rule(
    name="known_source", fits=lambda _: True, guess=_OWN, sureness=_LIKELY,
    because="known_source", step="authorize_source",
)  # fmt: skip


def _rule(
    name: str, fits: Callable[[Story], bool], guess: Guess, sureness: Sureness, step: str
) -> Rule:
    return Rule(name=name, fits=fits, guess=guess, sureness=sureness, because=name, step=step)


RULES: Final = (
    _rule("signature_broke_at_home", lambda s: _spf_alone(s) and _broken_here(s),
          _OWN, _LIKELY, "repair_signing"),
    _rule("not_signed", _spf_alone, _OWN, _LIKELY, "sign"),
    _rule("signed_and_handed_on", lambda s: _dkim_alone(s) and bool(s.signs),
          _FORWARDED, _LIKELY, "nothing"),
    _rule("signed_by_service", lambda s: _dkim_alone(s) and bool(s.others),
          _THIRD, _LIKELY, "align_bounces"),
    _rule("signed_from_elsewhere", _dkim_alone, _FORWARDED, _POSSIBLE, "add_source_if_ours"),
    _rule("passed", _passed, _UNCLEAR, _NONE, "nothing"),
    _rule("forwarder", _forwarder, _FORWARDED, _LIKELY, "survive_forwarding"),
    _rule("service", _services, _THIRD, _LIKELY, "sign_at_service"),
    _rule("handed_on", _handed_on, _FORWARDED, _LIKELY, "survive_forwarding"),
    _rule("key_missing", _key_missing, _OWN, _LIKELY, "publish_key"),
    _rule("list", lambda s: bool(s.signs), _FORWARDED, _POSSIBLE, "survive_forwarding"),
    _rule("changed_on_the_way", _broken_here, _FORWARDED, _POSSIBLE, "survive_forwarding"),
    _rule("private_mailbox", _providers, _UNCLEAR, _POSSIBLE, "ask_who_sends"),
    _rule("somebody_else", lambda s: bool(s.others), _THIRD, _POSSIBLE, "ask_who_sends"),
    _rule("dns_trouble", _has_trouble, _UNCLEAR, _NONE, "check_dns"),
    _rule("own_host", lambda s: _unsigned(s) and _own_host(s), _OWN, _POSSIBLE,
          "authorize_if_ours"),
    _rule("not_authorized", _refused, _SPOOF, _LIKELY, "authorize_if_ours"),
    _rule("not_listed", _not_listed, _SPOOF, _POSSIBLE, "authorize_if_ours"),
    _rule("nothing_passed", _unsigned, _SPOOF, _POSSIBLE, "authorize_if_ours"),
    _rule("only_dmarc", lambda s: s.dmarc == "fail", _UNCLEAR, _NONE, "look_at_others"),
    _rule("nothing_stated", lambda _: True, _UNCLEAR, _NONE, "look_at_others"),
)  # fmt: skip
"""In order; the last fits always."""
