"""How much mail is taken, by who sends it: per address, per network, per reporter, in all.

In:  the configured rates; the time as an argument, or a steady clock.
Out: yes or no. A no is a 450: the reporter's own queue holds what we do not take now.
SECURITY: every table is bounded. A reporter's domain counts only when it is authenticated, so
     nobody can use up the share of a reporter by using its name.
FAILS: never.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rufgate.receive.limits import Rate, TokenBuckets, client_key, client_network
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import SanitizedReport
from rufgate.sanitize.storm_key import client_network_of, sender_key, storm_key
from rufgate.store.storms import StormKeys

_ALL: Final = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientRates:
    """The rates that are looked at when a client says MAIL; None is no limit."""

    per_address: Rate | None = None
    per_network: Rate | None = None
    in_all: Rate | None = None


class ClientBuckets:
    """The buckets of ``ClientRates``. The narrowest is asked first: who is over its own share
    takes nothing of what belongs to all.
    """

    def __init__(self, rates: ClientRates) -> None:
        named: list[tuple[Rate | None, Callable[[str], str]]] = [
            (rates.per_address, client_key),
            (rates.per_network, client_network),
            (rates.in_all, lambda _client: _ALL),
        ]
        self._buckets: Final = [
            (TokenBuckets(rate), key_of) for rate, key_of in named if rate is not None
        ]

    def take(self, client: str, now: float) -> bool:
        """One message of ``client``; False where a bucket is empty."""
        return all(buckets.take(key_of(client), now) for buckets, key_of in self._buckets)


class Fairness:
    """What one reporter may send, and which of its reports are alike."""

    def __init__(
        self,
        rate: Rate | None,
        *,
        digest: Callable[[bytes], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._buckets: Final = TokenBuckets(rate) if rate is not None else None
        self._digest: Final = digest
        self._clock: Final = clock

    def within_rate(self, message: RawMessage, authenticated: str | None) -> bool:
        """One message of the reporter, or of its network where nobody knows who it is."""
        if self._buckets is None:
            return True
        key = authenticated or client_network_of(message.client_ip)
        return self._buckets.take(key, self._clock())

    def storm_keys(
        self, report: SanitizedReport, message: RawMessage, authenticated: str | None
    ) -> StormKeys:
        """By what the store knows reports that tell the same, and those of one sender."""
        client = message.client_ip
        return StormKeys(
            storm=storm_key(
                report, client=client, authenticated=authenticated, digest=self._digest
            ),
            sender=sender_key(client, authenticated, self._digest),
        )
