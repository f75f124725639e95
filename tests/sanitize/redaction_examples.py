"""Builders for the tests of redaction by structure."""

from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.domains import DomainRule
from rufgate.sanitize.parsed import RawHeader
from rufgate.sanitize.policy import OwnDomain, Policy
from rufgate.sanitize.pseudonym import Pseudonymizer
from rufgate.sanitize.raw import RawText

PSEUDONYMS = Pseudonymizer("p1", b"test-key-0123456789abcdef0123456")
SENDER_SIDE = frozenset({"example.org", "esp.example", "mx.example"})


def own(*roles: str) -> Policy:
    return Policy(own_domains=(OwnDomain(name="example.org", role_addresses=roles),))


def rule(policy: Policy | None = None, *, sender_side: frozenset[str] = SENDER_SIDE) -> DomainRule:
    return DomainRule(policy or Policy(), sender_side)


def context(policy: Policy | None = None, **changes: object) -> RedactionContext:
    facts: dict[str, object] = {
        "pseudonymizer": PSEUDONYMS,
        "rule": rule(policy),
        "source_ip": "192.0.2.1",
    }
    return RedactionContext(**{**facts, **changes})


def header(name: str, value: str) -> RawHeader:
    return RawHeader(name=RawText(name), value=RawText(value))
