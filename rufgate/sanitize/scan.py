"""What a scanner of attachments is to the filter: bytes in, a verdict out.

In:  the decoded bytes of one attachment, in pieces.
Out: ``Scan``: a verdict, and why there is none.
SECURITY: pure; whoever speaks to a scanner lives elsewhere. A verdict is all that comes back: the
     name of what was found is not kept.
FAILS: a ``Scanner`` never raises; what goes wrong is ``unscanned`` with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rufgate.sanitize.sanitized import Unscanned, Verdict


@dataclass(frozen=True, slots=True)
class Scan:
    """``why`` stands with ``unscanned`` only."""

    verdict: Verdict
    why: Unscanned | None = None


class Scanner(Protocol):
    """Looks at attachments one after another."""

    def scan(self, pieces: Iterator[bytes]) -> Scan:
        """The verdict; ``pieces`` need not be read to their end."""
        ...

    def close(self) -> None:
        """There is nothing more to scan."""
        ...


@dataclass(frozen=True, slots=True)
class NoScanner:
    """Stands in where none can be had now."""

    why: Unscanned

    def scan(self, pieces: Iterator[bytes]) -> Scan:
        """Nothing is read."""
        del pieces
        return Scan(Verdict.UNSCANNED, self.why)

    def close(self) -> None:
        """Nothing is held."""
