"""Knows the canary when it comes in: by a one-time word, held in memory, never by its content.

In:  the name that a client gives in HELO or EHLO.
Out: whether it is the word that is expected now, and who takes the message that comes with it.
SECURITY: the word is 160 random bits, made for one message, said once over this process's own
     connection, and good for one message only. Whoever sends the same content without it sends
     an ordinary report. See docs/decisions/0006.
FAILS: never.
"""

from __future__ import annotations

import secrets
from hmac import compare_digest
from typing import TYPE_CHECKING, Final

from rufgate.receive.replies import Reply

if TYPE_CHECKING:
    from rufgate.receive.intake import Accept
    from rufgate.sanitize.raw import RawMessage

_BYTES: Final = 20
_SUFFIX: Final = ".canary.invalid"  # RFC 6761 section 6.4: nobody's host


class Expected:
    """At most one message at a time."""

    def __init__(self) -> None:
        self._word = ""
        self._accept: Accept | None = None

    def expect(self, accept: Accept) -> str:
        """From now on one message that comes with the returned word goes to ``accept``."""
        self._word = secrets.token_hex(_BYTES) + _SUFFIX
        self._accept = accept
        return self._word

    def withdraw(self) -> None:
        """Nobody waits for it any more. Should it come all the same, it is refused."""
        if self._accept is not None:
            self._accept = _refuse

    def knows(self, helo: str | None) -> bool:
        """Whether ``helo`` is the word."""
        return bool(self._word and helo) and compare_digest(self._word, helo or "")

    def take(self, helo: str | None) -> Accept | None:
        """Who takes the message, once; None where it is everybody's."""
        if not self.knows(helo):
            return None
        self._word, accept, self._accept = "", self._accept, None
        return accept


async def _refuse(message: RawMessage) -> Reply:
    """A canary that was given up on while it was under way: neither searched nor stored."""
    del message
    return Reply.TRY_LATER
