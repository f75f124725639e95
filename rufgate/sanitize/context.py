"""What the redaction of one report by structure needs to know.

SECURITY: made once per report and audience; nothing in it outlives the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rufgate.sanitize.addresses import person_behind, redact_address
from rufgate.sanitize.domains import HIDDEN, DomainRule
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.pseudonym import Pseudonymizer
from rufgate.sanitize.sanitized import (
    SanitizedText,
    SanitizedToken,
    Tier,
    TokenLabel,
    TokenRole,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RedactionContext:
    """Keys, rules and known facts for one report as one audience may see it."""

    pseudonymizer: Pseudonymizer
    rule: DomainRule
    source_ip: str | None = None  # the stated Source-IP, canonical
    tier: Tier = Tier.HEADERS
    recipients: Literal["tokens", "count"] = "tokens"  # copies carry only their number
    names: frozenset[str] = frozenset()  # lower-case words of names and local parts in the headers

    @property
    def policy(self) -> Policy:
        """The policy that the domain rule follows."""
        return self.rule.policy

    def address(self, local: str, domain: str, *, sender_side: bool) -> str:
        """The pseudonym to show for an address."""
        return redact_address(local, domain, self.pseudonymizer, self.rule, sender_side=sender_side)

    def address_token(
        self, local: str, domain: str, role: TokenRole, *, sender_side: bool
    ) -> SanitizedToken:
        """The token to store for an address: that of the person behind it."""
        person = person_behind(local, domain)
        inner = bool(person.marker) and person.marker != "batv"
        shown = self.rule.keep(person.domain, sender_side=sender_side and not inner)
        token = self.pseudonymizer.address(person.local, person.domain)
        return self._stored(TokenLabel.ADDRESS, role, token, shown)

    def opaque(
        self, label: TokenLabel, role: TokenRole, value: str, domain: str = HIDDEN
    ) -> tuple[str, SanitizedToken]:
        """The token for any other value: as shown, and as stored."""
        token = self.pseudonymizer.token(label, value.encode("utf-8", "replace").decode())
        return token, self._stored(label, role, token, domain)

    def host(self, name: str, *, trusted: bool = False) -> str:
        """A host name as it may be shown, or ``[domain]``."""
        return self.rule.host(name, trusted=trusted, names=self.names)

    def _stored(
        self, label: TokenLabel, role: TokenRole, token: str, domain: str
    ) -> SanitizedToken:
        return SanitizedToken(
            label=label,
            role=role,
            digest=SanitizedText(token.removeprefix(f"{self.pseudonymizer.key_id}-")),
            key_id=SanitizedText(self.pseudonymizer.key_id),
            domain=None if domain == HIDDEN else SanitizedText(domain),
        )
