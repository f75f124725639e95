"""Sessions of browsers: a signed cookie, and the tokens of forms.

In:  a token's id; the ``web`` key; the time; what was signed out.
Out: the cookie's value; whether a value is one of ours; a token for each session's forms.
SECURITY: a cookie names a token's id, so revoking the token ends it at once. It holds for eight
     hours at most, and no longer than until its owner signs out, at whichever gate of this store.
     Everything is compared in constant time.
FAILS: ``StoreUnavailable``; what is not ours is None.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, final

from rufgate.store.ended_sessions import EndedSessions

LIFETIME: Final = timedelta(hours=8)
_SESSION: Final = b"rufgate-session-1\0"
_FORM: Final = b"rufgate-form-1\0"
_LONGEST: Final = 200


@final
@dataclass(frozen=True, slots=True)
class Session:
    """One browser's."""

    token_id: str
    began: int  # seconds since 1970
    nonce: str


class Sessions:
    """Those of one gate. Safe to use from many threads."""

    def __init__(self, key: bytes, clock: Callable[[], datetime], ended: EndedSessions) -> None:
        self._key: Final = key
        self._clock = clock
        self._ended = ended

    def begin(self, token_id: str) -> str:
        """The cookie of a new session."""
        payload = f"{token_id}.{self._now()}.{secrets.token_urlsafe(16)}"
        return f"{payload}.{self._mac(_SESSION, payload)}"

    def read(self, cookie: str | None) -> Session | None:
        """The session of a cookie, if it is ours and still holds."""
        if not cookie or len(cookie) > _LONGEST or not cookie.isascii():
            return None
        payload, _, mac = cookie.rpartition(".")
        if not hmac.compare_digest(mac, self._mac(_SESSION, payload)):
            return None
        token_id, began, nonce = payload.split(".")
        session = Session(token_id, int(began), nonce)
        age = self._now() - session.began
        is_over = not 0 <= age < LIFETIME.total_seconds() or self._ended.holds(_digest(session))
        return None if is_over else session

    def end(self, session: Session) -> None:
        """Its cookie is worth nothing from now on."""
        over_at = datetime.fromtimestamp(session.began, UTC) + LIFETIME
        self._ended.end(_digest(session), over_at, self._clock())

    def form_token(self, session: Session) -> str:
        """What a form of this session carries; another site cannot know it."""
        return self._mac(_FORM, f"{session.token_id}.{session.nonce}")

    def is_form_token(self, session: Session, given: str) -> bool:
        """Whether a form was ours, for this session."""
        return given.isascii() and hmac.compare_digest(given, self.form_token(session))

    def _mac(self, form: bytes, payload: str) -> str:
        return hmac.digest(self._key, form + payload.encode(), "sha256").hex()

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _digest(session: Session) -> str:
    return hashlib.sha256(session.nonce.encode()).hexdigest()
