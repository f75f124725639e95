"""Reads the content of one message after DATA, in bulk and within bounds.

In:  chunks as they come from the socket, cut anywhere.
Out: the message, dot-unstuffed (RFC 5321 section 4.5.2), every line end LF; the bytes behind it.
SECURITY: only CR LF . CR LF ends a message (CVE-2023-51764 to -51766). Bare CR and LF are counted
     and made line ends where they stand behind the last CR LF, so that no end can come of them.
     Memory stays at the message's size: what is past the limit is dropped while the end is looked
     for.
FAILS: never; ``verdict`` says what is wrong with the message.

What lies before the last CR LF is finished at once: so a large message is held once, and no work on
all of it keeps other sessions waiting when it ends.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from rufgate.receive.content import Content, Received

_END: Final = b"\r\n.\r\n"
_NEWLINE: Final = b"\r\n"
_STUFFED: Final = b"\r\n."
_PIECE: Final = 32_768


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

    def __init__(self, max_bytes: int, max_line: int, *, piece: int = _PIECE) -> None:
        self._max_bytes: Final = max_bytes
        self._max_line: Final = max_line
        self._piece: Final = piece
        self._content: Final = Content()
        self._buffer = bytearray(_NEWLINE)  # so that a first line "." looks like every other
        self._is_first = True  # the buffer still begins with that
        self._seen = 0
        self._size = 0  # of what is finished, unstuffed, each line end two bytes
        self._line = 0
        self.verdict = Verdict.GOOD
        self.bare_newlines = 0

    @property
    def held(self) -> int:
        """How many bytes it holds now."""
        return len(self._buffer) + self._content.held

    def feed(self, chunk: bytes) -> bytes | None:
        """Take ``chunk``. None: more is needed. Else the message has ended, and the rest of it."""
        before = len(self._buffer)
        self._buffer += chunk
        end = self._find_end(max(0, before - len(_END) + 1))
        if end < 0:
            self._seen += len(chunk)
            self._measure(before)
            if len(self._buffer) > self._piece:
                self._finish_lines()
            return None
        rest = bytes(self._buffer[end + len(_END) :])
        del self._buffer[end + len(_NEWLINE) :]
        self._measure(min(before, len(self._buffer)))
        self._finish(len(self._buffer))
        if self.verdict is not Verdict.GOOD:
            self._forget()
        return rest

    def drop(self) -> None:
        """Forget the message and read on to its end only."""
        self._discard(Verdict.DROPPED)

    def take(self) -> Received:
        """The message, once; only after the end, when ``verdict`` is ``GOOD``."""
        return self._content.take(self._size)

    def _measure(self, start: int) -> None:
        """Apply the limits to what came in behind ``start``."""
        self._measure_lines(start)
        if self._seen > 2 * self._max_bytes or self._line > self._max_bytes:
            self.verdict = Verdict.FLOOD
            self._forget()
        elif self.verdict is not Verdict.GOOD:
            self._discard(self.verdict)
        elif self._is_past_limit():
            self._discard(Verdict.TOO_BIG)

    def _is_past_limit(self) -> bool:
        # 2 for the line end put in front, 1 for the CR of an end that is cut in two.
        past = self._size + len(self._buffer) - self._max_bytes - 3
        return past > 0 and past > self._buffer.count(_STUFFED)

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
        self._content.drop()
        del self._buffer[: -len(_END) + 1]

    def _forget(self) -> None:
        self._content.drop()
        self._buffer.clear()

    def _finish_lines(self) -> None:
        """Finish the lines before the last: with its line end the end of the message may begin."""
        last = self._buffer.rfind(_NEWLINE)
        if last > 0 and self.verdict is Verdict.GOOD:
            self._finish(last)

    def _finish(self, stop: int) -> None:
        """Undo the dot-stuffing before ``stop``, make the line ends one kind, and measure it."""
        if self.verdict is not Verdict.GOOD:
            return
        piece = bytes(memoryview(self._buffer)[:stop])
        del self._buffer[:stop]
        if b"." in piece and _STUFFED in piece:  # one byte is found much faster than three
            piece = piece.replace(_STUFFED, _NEWLINE)
        text = _with_one_line_end(piece)
        ends = text.count(b"\n")
        bare = 2 * ends - (len(piece) - (len(text) - ends))
        self.bare_newlines += bare
        self._size += len(piece) + bare
        if self._is_first:
            text = text[1:]
            self._size -= len(_NEWLINE)
            self._is_first = False
        if self._size > self._max_bytes:
            self._discard(Verdict.TOO_BIG)
        else:
            self._content.add(text)

    def _find_end(self, start: int) -> int:
        """Where the end of the message begins, from ``start`` on; one byte is found much faster."""
        dot = self._buffer.find(b".", start)
        return -1 if dot < 0 else self._buffer.find(_END, start)


def _with_one_line_end(piece: bytes) -> bytes:
    """``piece`` with LF for CR LF and for bare CR and LF.

    Lines are split in a third of the time that a replacement takes, but each costs an object: a
    piece without any CR LF may be a whole message, of nothing but line ends.
    """
    if len(piece) > 2 * _PIECE:
        return piece.replace(_NEWLINE, b"\n").replace(b"\r", b"\n")
    lines = piece.splitlines()
    if piece.endswith((b"\r", b"\n")):
        lines.append(b"")
    return b"\n".join(lines)
