"""The text of a privacy notice (UK GDPR and GDPR Articles 13 and 14).

In:  ``Facts``.
Out: plain values; the text is theirs in order.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from rufgate.govern.records.facts import CATEGORIES, Facts
from rufgate.store.field_classes import FieldClass

_TIERS: Final = {
    "metadata": "technical data and pseudonyms, no words of the message",
    "headers": "technical data, pseudonyms and a redacted subject",
    "text": "technical data, pseudonyms, a redacted subject and the redacted text",
}
_INSIDE: Final = frozenset({FieldClass.FACTS, FieldClass.ACCOUNT, FieldClass.AUDIT})


def notice(facts: Facts) -> dict[str, Any]:
    """A notice to publish after somebody responsible has read it."""
    heading = facts.heading
    named = ", ".join(facts.domains) or "our domains"
    return {
        "record": "privacy notice (Articles 13 and 14)",
        **heading,
        "text": [*_text(facts, heading, named)],
    }


def _text(facts: Facts, heading: dict[str, str], named: str) -> Iterator[str]:
    yield f"Who is responsible: {heading['controller']}. Contact: {heading['contact']}."
    yield (
        "What this is about: we ask other mail systems to tell us when mail that claims to be "
        f"from {named} fails authentication (DMARC failure reports). Such a report holds a copy "
        "of that mail or of its header."
    )
    yield "Why: to find systems of our own that are set up wrongly, and to recognise forgeries."
    yield (
        "What happens: reports are redacted by machine before anything is stored. Names, "
        "addresses and other personal data are taken out or replaced by pseudonyms; attachments "
        "are never kept. Recognition is not perfect: a name may be missed in the text of a message."
    )
    yield f"What is stored of each report: {_TIERS[facts.policy.store_tier.value]}."
    yield from map(_recipient, facts.recipients)
    for to in facts.event_recipients:
        yield f"What else receives events: {to['kind']} at {to['to']}: {_TIERS[to['tier']]}."
    if not facts.audiences:
        yield "Nobody is sent copies."
    yield "How long: " + "; ".join(_kept(rule) for rule in facts.periods if _told(rule)) + "."
    for name, day in facts.collection_ends:
        yield f"Collecting for {name} ends on {day}."
    yield (
        "Where the data come from: mail systems that received the mail. There is no decision by "
        "machine about anybody."
    )
    yield (
        "Your rights: you may ask what is held about your address, and have it erased. It is "
        "found by a keyed pseudonym of the address you name; once the key of a period is "
        "destroyed, nothing of that period can be found, by us or by anybody else. You may "
        "complain to your supervisory authority."
    )


def _recipient(recipient: dict[str, Any]) -> str:
    of = "" if recipient["domains"] == ["*"] else f" about {', '.join(recipient['domains'])}"
    return f"Who receives copies{of}: {recipient['name']}: {_TIERS[recipient['tier']]}."


def _told(rule: dict[str, Any]) -> bool:
    return FieldClass(rule["class"]) not in _INSIDE


def _kept(rule: dict[str, Any]) -> str:
    what = CATEGORIES[FieldClass(rule["class"])]
    where = "" if rule["domain"] == "*" else f" of {rule['domain']}"
    whom = "" if rule["reporter"] == "*" else f" from {rule['reporter']}"
    then = "then made coarser" if rule["action"] == "coarsen" else "then deleted"
    return f"{what}{where}{whom} {rule['days']} days, {then}"
