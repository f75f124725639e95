"""Limits of the SMTP server: numbers, counters and buckets, all pure.

In:  the configured numbers; the time as an argument.
Out: yes or no.
SECURITY: every table is bounded, whatever the number of clients.
FAILS: ``ValueError`` at construction, for numbers that cannot work.
"""

from __future__ import annotations

import ipaddress
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import Final

SESSION_BYTES: Final = 65_536
"""What one session may have waiting to be read, beside the message it sends."""

SMALL_BYTES: Final = 1_048_576
"""Reports are rarely larger; what they quote may be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLimits:
    """What one session, and all of them together, may use. Times in seconds.

    ``max_commands`` and ``max_errors`` count since the last accepted message. ``max_line`` is far
    above RFC 5321 section 4.5.3.1.6 (1000), since some reporters break that rule.
    """

    max_connections: int = 500
    max_connections_per_ip: int = 50
    max_connections_per_network: int = 100
    max_recipients: int = 100
    max_message_bytes: int = 26_214_400
    max_line: int = 65_536
    max_commands: int = 500
    max_errors: int = 20
    header_timeout_s: float = 3  # the least that the PROXY protocol's text asks for
    tls_timeout_s: float = 30
    command_timeout_s: float = 300
    data_timeout_s: float = 600
    accept_timeout_s: float = 60
    session_timeout_s: float = 3600
    memory_budget_bytes: int = 268_435_456
    refuse_bare_newlines: bool = False

    def __post_init__(self) -> None:
        if not MemoryBudget(self.memory_budget_bytes).has_room(self.max_message_bytes):
            raise ValueError("memory_budget_bytes is smaller than one message of the largest size")
        if self.max_line < 1000:
            raise ValueError("max_line is below the 1000 of RFC 5321")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """So many on average per second, and so many at once."""

    per_second: float
    burst: int


class TokenBuckets:
    """One token bucket per key; the least recently used keys are forgotten past ``max_keys``."""

    def __init__(self, rate: Rate, *, max_keys: int = 10_000) -> None:
        self._rate: Final = rate
        self._max_keys: Final = max_keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now: float) -> bool:
        """Take one token of ``key`` at ``now`` (seconds of any steady clock); False if empty."""
        level, then = self._buckets.pop(key, (float(self._rate.burst), now))
        level = min(self._rate.burst, level + max(0.0, now - then) * self._rate.per_second)
        allowed = level >= 1
        self._buckets[key] = (level - 1 if allowed else level, now)
        if len(self._buckets) > self._max_keys:
            self._buckets.popitem(last=False)
        return allowed

    def __len__(self) -> int:
        return len(self._buckets)


class ConnectionCount:
    """Open connections: in all, by client, and by the client's network.

    A client "" is nobody in particular (a front, or one whose address is not known): it counts
    in all only.
    """

    def __init__(self) -> None:
        self._by_key: Counter[str] = Counter()
        self.total = 0

    def of(self, key: str) -> int:
        """How many a client or a network has open."""
        return self._by_key[key]

    def add(self, address: str) -> None:
        """One more."""
        self.total += 1
        self._by_key.update(_keys(address))

    def remove(self, address: str) -> None:
        """One less; a client without any is forgotten."""
        self.total -= 1
        for key in _keys(address):
            self._by_key[key] -= 1
            if self._by_key[key] <= 0:
                del self._by_key[key]


def _keys(address: str) -> tuple[str, ...]:
    client = client_key(address)
    return (client, client_network(address)) if client else ()


class MemoryBudget:
    """Bytes of messages in flight and of what waits to be read, over all sessions.

    A message over ``SMALL_BYTES`` may use three quarters of it only: ordinary reports are taken,
    and new sessions let in, while large ones fill what is theirs.
    """

    def __init__(self, limit: int) -> None:
        self._limit: Final = limit
        self.used = 0

    def allowed(self, size: int) -> int:
        """How far the budget may be used for something of ``size`` bytes."""
        return self._limit if size <= SMALL_BYTES else self._limit * 3 // 4

    def has_room(self, size: int) -> bool:
        """Would ``size`` bytes more fit?"""
        return self.used + size <= self.allowed(size)

    def resize(self, old: int, new: int) -> bool:
        """Exchange ``old`` bytes for ``new``; shrinking always works."""
        if new > old and self.used - old + new > self.allowed(new):
            return False
        self.used += new - old
        return True


class Held:
    """One message's, or one session's, share of the budget; nothing at first."""

    def __init__(self, budget: MemoryBudget) -> None:
        self._budget: Final = budget
        self._size = 0

    def resize(self, size: int) -> bool:
        """Hold ``size`` bytes from now on; False, and unchanged, where there is no room."""
        if not self._budget.resize(self._size, size):
            return False
        self._size = size
        return True

    def force(self, size: int) -> None:
        """Hold ``size`` bytes that are there already, and bounded by other means."""
        self._budget.used += size - self._size
        self._size = size

    def release(self) -> None:
        """Give all back. May be called twice."""
        self.resize(0)


def client_key(address: str) -> str:
    """By what a client is counted: an IPv4 address, or the /64 of an IPv6 one."""
    return _network(address, v4=32, v6=64)


def client_network(address: str) -> str:
    """What the log may say of a client: its /24 or /48, "" where there is no address."""
    return _network(address, v4=24, v6=48)


def _network(address: str, *, v4: int, v6: int) -> str:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    prefix = v4 if parsed.version == 4 else v6
    host = parsed.max_prefixlen - prefix
    return f"{type(parsed)(int(parsed) >> host << host)}/{prefix}"  # ip_network takes ten times
