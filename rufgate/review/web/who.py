"""Who asks by the web: the tokens' owners, and what their domains add to what their role may do.

In:  a token, the id of one that a session began with, or the name that a proxy says.
Out: ``Principal``; ``allowed()``.
SECURITY: what covers the whole installation (figures to share, retention, holds, audit log,
     records, counters) is for those who may see every domain.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol, final

from rufgate.review.access import Principal, Role, Verb, sign_in_digest
from rufgate.store.access_tokens import AccessTokens, TokenRow
from rufgate.store.filters import Scope

ALL_DOMAINS: Final = "*"
_OF_ALL: Final = frozenset(
    {
        Verb.SHARE_STATS,
        Verb.READ_RETENTION,
        Verb.READ_HOLDS,
        Verb.READ_AUDIT,
        Verb.READ_RECORDS,
        Verb.HEALTH,
    }
)


def allowed(principal: Principal, verb: Verb) -> bool:
    """Whether ``principal`` may do that."""
    if verb in _OF_ALL and ALL_DOMAINS not in principal.scope.domains:
        return False
    return principal.may(verb)


class Door(Protocol):
    """Who knows the tokens."""

    def authenticate(self, token: str) -> Principal | None:
        """Whose token it is; None where it is unknown, expired or revoked."""

    def again(self, token_id: str) -> Principal | None:
        """The same by the id, for a session that began with the token."""

    def named(self, name: str) -> Principal | None:
        """Who signs in by that name at the proxy, as our own table says."""


@final
class TokenDoor:
    """Those of the store."""

    def __init__(self, tokens: AccessTokens, key: bytes, clock: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._key = key
        self._clock = clock

    def authenticate(self, token: str) -> Principal | None:
        """Whose token it is."""
        return _principal(self._tokens.authenticate(token, self._clock()))

    def again(self, token_id: str) -> Principal | None:
        """Whose it was, if it is still good."""
        return _principal(self._tokens.still_good(token_id, self._clock()))

    def named(self, name: str) -> Principal | None:
        """Whose row it is."""
        return _principal(self._tokens.signing_in(sign_in_digest(self._key, name), self._clock()))


def _principal(row: TokenRow | None) -> Principal | None:
    if row is None:
        return None
    return Principal(token=row.id, role=Role(row.role), scope=Scope(row.domains))
