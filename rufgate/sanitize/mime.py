"""The structure of a mail, found by offsets in one pass; nothing is decoded until asked for.

In:  a message's bytes with ``\\n`` line ends (``normalised``).
Out: ``Part``: header fields and the place of the body; children of multiparts and of messages.
SECURITY: bounded by ``Limits``, counted over the whole mail; linear in its size.
FAILS: ``LimitExceeded`` with the reason, which ``parse`` turns into a row.

Why not the standard library's parser: it takes about 8 times a message's size in memory, and does
not decode a base64 ``message/feedback-report``. It reads the fields' parameters here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from functools import cached_property

from rufgate.sanitize.fields import decode_bytes
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.sanitized import Reason
from rufgate.sanitize.scan import Scanner
from rufgate.sanitize.transfer import Source, decoded_chunks, encoding_name, find_in

_FIELD = re.compile(rb"(?!-*$)([!-9;-~]{1,200})[ \t]*:")
_NAMED = re.compile(rb"[^:\n]{1,998}:")
_LEADING = re.compile(rb"(?:\xef\xbb\xbf|[ \t\n]*\n)*")
_BOUNDARY_LINE = re.compile(rb"^--([!-,.-~][!-~]{0,199})[ \t]*$", re.MULTILINE)
_SIMPLE_TYPE = re.compile(r"([\w.+-]{1,127}/[\w.+-]{1,127})(?:;|\Z)", re.ASCII)
_QUOTED = re.compile(rb"=(?:3D|\n)", re.IGNORECASE)
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ", re.MULTILINE)
_INK = re.compile(rb"\S")
_MAX_BOUNDARY = 200
_MAX_BLANK = 1000  # a line of more spaces is content


class LimitExceeded(Exception):  # noqa: N818 - an outcome; parse turns it into a row
    """A bound of ``Limits`` was passed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one mail is read; who looks at its attachments."""

    limits: Limits
    scanner: Scanner | None = None
    parts: int = 0

    def spend_part(self, depth: int) -> None:
        """Count one part at ``depth``."""
        self.parts += 1
        if self.parts > self.limits.parts:
            raise LimitExceeded(Reason.PART_LIMIT)
        if depth > self.limits.depth:
            raise LimitExceeded(Reason.DEPTH_LIMIT)


@dataclass(frozen=True)
class Part:
    """One part: its fields as written (unfolded), and where its body lies in ``source``."""

    source: Source = field(repr=False)
    fields: Sequence[tuple[str, str]] = field(repr=False)
    start: int
    end: int
    budget: Budget = field(repr=False)
    depth: int = 0

    @cached_property
    def media_type(self) -> str:
        """``type/subtype`` in lower case; text/plain where none is stated."""
        simple = _SIMPLE_TYPE.match(self.value("content-type") or "")
        return simple[1].lower() if simple else self._message.get_content_type()

    @cached_property
    def encoding(self) -> str:
        """The Content-Transfer-Encoding in lower case, by its usual name."""
        return encoding_name(self.value("content-transfer-encoding") or "")

    @property
    def raw(self) -> bytes:
        """The body as it stands."""
        return self.source[self.start : self.end]

    def value(self, name: str) -> str | None:
        """The first field of that name."""
        return next((value for key, value in self.fields if key.lower() == name), None)

    def parameter(self, name: str) -> str:
        """A parameter of Content-Type, "" if there is none (RFC 2045, RFC 2231)."""
        found = self._message.get_param(name, "")
        text = found[2] if isinstance(found, tuple) else found
        return str(text or "")

    @property
    def filename(self) -> str:
        """The stated file name, "" if there is none."""
        try:
            return self._message.get_filename("") or ""
        except (LookupError, UnicodeError, ValueError):
            return ""

    @property
    def is_file(self) -> bool:
        """Whether it was sent as a file: a mere ``name=`` on a text is a title, not a file."""
        disposition = (self.value("content-disposition") or "").strip().lower()
        if disposition.startswith("attachment"):
            return True
        return bool(self.filename) and bool(disposition)

    @property
    def charset(self) -> str:
        """The stated charset, "" if there is none."""
        return self.parameter("charset")

    def content(self) -> bytes:
        """The body decoded."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """The body decoded, in pieces."""
        return decoded_chunks(self.source, self.start, self.end, self.encoding)

    @cached_property
    def children(self) -> Sequence[Part]:
        """The parts of a multipart, without preamble and epilogue. A lost boundary is guessed."""
        if not self.media_type.startswith("multipart/"):
            return ()
        spans = self._spans(self.parameter("boundary"))
        if not spans:
            guess = _BOUNDARY_LINE.search(self.source, self.start, self.end)
            spans = self._spans(guess[1].decode("latin-1")) if guess else []
        return tuple(self._child(start, end) for start, end in spans)

    def leaves(self) -> Iterator[Part]:
        """Every part below that is no multipart, in order; itself, if it is none."""
        if self.children:
            for child in self.children:
                yield from child.leaves()
        else:
            yield self

    def _spans(self, boundary: str) -> list[tuple[int, int]]:
        return _between(self.source, self.start, self.end, boundary) if boundary else []

    @cached_property
    def message(self) -> Part:
        """The body read as a message of its own, decoded first where it is encoded."""
        if self.is_encoded:
            return read_part(normalised(self.content()), self.budget, self.depth + 1)
        return self._child(first_text(self.source, self.start, self.end), self.end)

    @property
    def is_encoded(self) -> bool:
        """Whether the body is encoded as it says: reporters say base64 of plain fields, too."""
        if self.encoding == "x-uuencode":
            return _UU_BEGIN.search(self.source, self.start, self.end) is not None
        if self.encoding == "quoted-printable":
            return _QUOTED.search(self.source, self.start, self.end) is not None
        if self.encoding != "base64":
            return False
        first = first_text(self.source, self.start, self.end)
        return not _FIELD.match(self.source, first, self.end)

    @property
    def is_blank(self) -> bool:
        """Whether the body is nothing but white space."""
        return not _INK.search(self.source, self.start, self.end)

    def _child(self, start: int, end: int) -> Part:
        return _read(self.source, start, end, self.budget, self.depth + 1)

    @cached_property
    def _message(self) -> Message:
        """The Content fields alone, for the standard library's reading of parameters."""
        message = Message(policy=policy.compat32)
        for name, value in self.fields:
            lowered = name.lower()
            if lowered in ("content-type", "content-disposition") and lowered not in message:
                message[lowered] = value[:4096].replace("\n", " ")
        return message


def normalised(content: bytes | bytearray) -> bytes:
    """``content`` with ``\\n`` line ends, whatever they were; no BOM, no leading blank lines."""
    text = bytes(content)
    if b"\r" in text:
        if _is_converted_twice(text):
            text = text.replace(b"\r\r\n", b"\n")
        text = text.replace(b"\r\n", b"\n")
        if b"\r" in text:
            text = text.replace(b"\r", b"\n")
    leading = _LEADING.match(text)
    return text[leading.end() :] if leading and leading.end() else text


def _is_converted_twice(text: bytes) -> bool:
    return b"\r\r\n" in text and text.count(b"\r\r\n") * 2 > text.count(b"\n")


def read_part(source: Source, budget: Budget, depth: int = 0, *, start: int = 0) -> Part:
    """``source`` from ``start`` on as a message or part."""
    return _read(source, start, len(source), budget, depth)


def _read(source: Source, start: int, end: int, budget: Budget, depth: int) -> Part:
    budget.spend_part(depth)
    fields, body = read_fields(source, start, end, budget.limits)
    return Part(source, fields, body, end, budget, depth)


def read_fields(
    source: Source, start: int, end: int, limits: Limits
) -> tuple[list[tuple[str, str]], int]:
    """The header fields from ``start`` on, unfolded, and where the body begins.

    A line that is neither field nor continuation ends the header even without a blank line;
    mbox's ``From `` and ``>From `` lines are passed over. A folded line may hold white space
    alone (RFC 5322 section 4.2): other readers take it for a continuation, and so must we, or
    what is a field to them would be text here.
    """
    found: list[tuple[str, list[bytes]]] = []
    at = start
    while at < end:
        stop = source.find(b"\n", at, end)
        stop = end if stop < 0 else stop
        name = _FIELD.match(source, at, stop)
        folded = source[at : at + 1] in (b" ", b"\t")
        if _is_blank(source, at, stop) and not (folded and found):
            if found or at == stop:
                at = min(stop + 1, end)
                break
        elif name or (folded and found):
            if stop - start > limits.header_bytes:
                raise LimitExceeded(Reason.HEADER_LIMIT)
            if name:
                found.append((name[1].decode("ascii"), []))
            found[-1][1].append(source[name.end() if name else at : stop])
        elif _has_impossible_name(source, at, stop, end):
            found.append(("?", [source[at:stop]]))
        elif not source[at : min(stop, at + 6)].startswith((b"From ", b">From ")):
            break
        at = stop + 1
    return [(name, _unfolded(lines, limits)) for name, lines in found], min(at, end)


def _has_impossible_name(source: Source, at: int, stop: int, end: int) -> bool:
    """A field whose name holds what no name may: its value is no text of the body either."""
    line = source[at : at + 6]
    if line.startswith((b"--", b"From ", b">From ")) or not _NAMED.match(source, at, stop):
        return False
    return bool(_FIELD.match(source, stop + 1, end))


def _is_blank(source: Source, at: int, stop: int) -> bool:
    return not source[at : min(stop, at + _MAX_BLANK)].strip()


def first_text(source: Source, at: int, end: int) -> int:
    """Where the first line that is not blank begins, from ``at`` on."""
    blank = _LEADING.match(source, at, end)
    return blank.end() if blank else at


def _unfolded(lines: Sequence[bytes], limits: Limits) -> str:
    first, *more = (line.strip() for line in lines)
    value = b" ".join((first, *filter(None, more)))
    if len(value) > limits.field_bytes:
        raise LimitExceeded(Reason.FIELD_LIMIT)
    return decode_bytes(value, None).replace("\x00", "")


def _between(source: Source, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
    """The places between delimiter lines (RFC 2046 section 5.1.1); the end stands for the last."""
    delimiter = b"--" + boundary[:_MAX_BOUNDARY].rstrip().encode("utf-8", "replace")
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    at = find_in(source, delimiter, start, end)
    while at >= 0:
        line_end = source.find(b"\n", at, end)
        line_end = end if line_end < 0 else line_end
        tail = source[at + len(delimiter) : line_end].strip()
        if (at == start or source[at - 1 : at] == b"\n") and tail in (b"", b"--"):
            if opened is not None:
                spans.append((opened, max(opened, at - 1)))
            opened = None if tail == b"--" else min(line_end + 1, end)
            if opened is None:
                return spans
        at = find_in(source, delimiter, line_end, end)
    if opened is not None:
        spans.append((opened, end))
    return spans
