"""Reads the content of one message after DATA, in bulk and within bounds.

In:  chunks as they come from the socket, cut anywhere.
Out: the message, dot-unstuffed (RFC 5321 section 4.5.2), every line end CR LF; the bytes behind it.
SECURITY: only CR LF . CR LF ends a message (CVE-2023-51764 to -51766). Bare CR and LF are counted
     and made CR LF, after the end is known. Memory stays below about twice the size limit: what is
     past the limit is dropped while the end is looked for.
FAILS: never; ``verdict`` says what is wrong with the message.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

_END: Final = b"\r\n.\r\n"
_NEWLINE: Final = b"\r\n"


class Verdict(Enum):
    """What became of the message."""

    GOOD = auto()
    TOO_BIG = auto()
    LINE_TOO_LONG = auto()
    DROPPED = auto()
    """Given up by the caller, who knows why."""
    FLOOD = auto()
    """Over twice the size limit, or a line over the size limit: there is no use in reading on."""


class DataReader:
    """One message. Feed it until ``feed`` returns the rest, or ``verdict`` is ``FLOOD``."""

    def __init__(self, max_bytes: int, max_line: int) -> None:
        self._max_bytes: Final = max_bytes
        self._max_line: Final = max_line
        self._buffer = bytearray(_NEWLINE)  # so that a first line "." looks like every other
        self._seen = 0
        self._dots = 0
        self._line = 0
        self.verdict = Verdict.GOOD
        self.bare_newlines = 0

    @property
    def held(self) -> int:
        """How many bytes it holds now."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> bytes | None:
        """Take ``chunk``. None: more is needed. Else the message has ended, and the rest of it."""
        before = len(self._buffer)
        self._buffer += chunk
        end = self._buffer.find(_END, max(0, before - len(_END) + 1))
        if end < 0:
            self._seen += len(chunk)
            self._measure(before)
            return None
        rest = bytes(self._buffer[end + len(_END) :])
        del self._buffer[end + len(_NEWLINE) :]
        self._measure(min(before, len(self._buffer)))
        self._finish()
        return rest

    def drop(self) -> None:
        """Forget the message and read on to its end only."""
        self._discard(Verdict.DROPPED)

    def take(self) -> bytearray:
        """The message, once; only after the end, when ``verdict`` is ``GOOD``."""
        content, self._buffer = self._buffer, bytearray()
        return content

    def _measure(self, start: int) -> None:
        """Apply the limits to what came in behind ``start``."""
        self._measure_lines(start)
        if self._seen > 2 * self._max_bytes or self._line > self._max_bytes:
            self.verdict = Verdict.FLOOD
            self._buffer.clear()
        elif self.verdict is not Verdict.GOOD:
            self._discard(self.verdict)
        else:
            self._dots += self._buffer.count(b"\r\n.", max(0, start - 2))
            # 2 for the line end put in front, 1 for the CR of an end that is cut in two.
            if len(self._buffer) - self._dots > self._max_bytes + 3:
                self._discard(Verdict.TOO_BIG)

    def _measure_lines(self, start: int) -> None:
        """Find a line over the limit. A bare CR or LF ends a line here, as it will in the content.

        From each line end it leaps as far as a line may go and looks backwards for the last one,
        so that a few searches do for a chunk.
        """
        position = start
        while position < len(self._buffer):
            over = self._line > self._max_line
            leap = self._max_line if over else self._max_line - self._line + 1
            reach = min(len(self._buffer), position + leap)
            last = self._buffer.rfind(b"\n", position, reach)
            last = max(last, self._buffer.rfind(b"\r", max(position, last), reach))
            self._line = reach - last - 1 if last >= 0 else self._line + reach - position
            if self._line > self._max_line and self.verdict is Verdict.GOOD:
                self.verdict = Verdict.LINE_TOO_LONG
            position = reach

    def _discard(self, verdict: Verdict) -> None:
        self.verdict = verdict
        del self._buffer[: -len(_END) + 1]

    def _finish(self) -> None:
        """Undo the dot-stuffing, make the line ends one kind, and measure what is left."""
        if self.verdict is not Verdict.GOOD:
            self._buffer.clear()
            return
        if self._dots:
            self._buffer = self._buffer.replace(b"\r\n.", _NEWLINE)
        del self._buffer[: len(_NEWLINE)]
        pairs = self._buffer.count(_NEWLINE)
        self.bare_newlines = self._buffer.count(b"\n") + self._buffer.count(b"\r") - 2 * pairs
        if len(self._buffer) + self.bare_newlines > self._max_bytes:
            self.verdict = Verdict.TOO_BIG
            self._buffer.clear()
        elif self.bare_newlines:
            self._normalise()

    def _normalise(self) -> None:
        # Whole-buffer replacements: a substitution by pattern would hold one object per line end.
        self._buffer = self._buffer.replace(_NEWLINE, b"\n")
        self._buffer = self._buffer.replace(b"\r", b"\n")
        self._buffer = self._buffer.replace(b"\n", _NEWLINE)
