"""Log lines to standard error: known keys with harmless values, nothing else.

In:  events of our own code, named by a fixed word, and records of the standard library's logging.
Out: one JSON object or console line each.
SECURITY: a key that is not on the list is dropped and counted; so is a value that is not short
     printable ASCII. Exceptions show their type and the places in our own code: no message (it may
     quote input), no local variables. Libraries' records show logger, level and exception type.
FAILS: never; a line that cannot be written is lost.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO, cast
from uuid import UUID

import structlog
from structlog.typing import Processor

from rufgate.sanitize.sanitized import SanitizedText

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

Event = MutableMapping[str, Any]

ALLOWED_KEYS: Final = frozenset(
    {
        "event", "level", "logger", "timestamp", "keys_dropped", "error", "error_type", "frames",
        # the gate
        "host", "port", "tls", "client_net", "messages", "errors", "seconds", "size", "recipients",
        "reply", "read_s", "accept_s", "bare_newlines",
        # reports
        "report", "kind", "reason", "tier", "recorded", "copies", "fields_dropped", "flags",
        "sanitize_s", "record_s", "detail", "fields",
        # delivery
        "copy", "analyst", "attempts", "state", "output",
        # housekeeping
        "field_class", "rows", "counts", "version", "processes", "policy", "key_id", "config",
        "key", "line", "holds", "own_domain", "warnings", "pid", "confined_by", "not_confined_by",
        # the canary
        "canary", "run", "trouble", "places", "finds",
        # the audit log's newest entry, noted outside the database
        "sequence", "mac",
    }
)  # fmt: skip

_EVENT: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_HARMLESS: Final = re.compile(r"[\x20-\x7e]{0,200}")
_PACKAGE: Final = str(Path(__file__).parent)
_SILENCED: Final = ("mail.log", "presidio-analyzer", "presidio_analyzer")


class Tap:
    """The finished lines that are written while it is open: in memory, bounded, never a file."""

    def __init__(self, max_bytes: int = 16_777_216) -> None:
        self._max_bytes: Final = max_bytes
        self._is_open = False
        self._lines: list[str] = []
        self._size = 0

    def open(self) -> None:
        """Keep what is written from now on."""
        self._lines, self._size, self._is_open = [], 0, True

    def close(self) -> str | None:
        """What was written since; None where that was more than there is room for."""
        lines, whole = self._lines, self._size <= self._max_bytes
        self._lines, self._size, self._is_open = [], 0, False
        return "\n".join(lines) if whole else None

    def note(self, _logger: object, _name: str, line: Event) -> Event:
        """The last step of the chain: sees the line as it is written, and passes it on."""
        if self._is_open:
            text = str(line)
            self._size += len(text)
            if self._size > self._max_bytes:
                self._lines = []
            else:
                self._lines.append(text)
        return line


class _Unbroken:
    """A stream on which a line that cannot be written is lost: a full disk of the log's must not
    end the task that has something to say.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream: Final = stream

    def write(self, text: str) -> int:
        """All of it, or as much as fits."""
        with suppress(OSError, ValueError):  # ValueError: the stream is closed
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """What cannot be written now may be written later, or is lost."""
        with suppress(OSError, ValueError):
            self._stream.flush()


def configure(
    *,
    style: Literal["json", "console"] = "json",
    level: str = "info",
    stream: TextIO | None = None,
    tap: Tap | None = None,
) -> None:
    """Set up both structlog and the standard library's logging. Called once by each process."""
    out = cast(TextIO, _Unbroken(stream or sys.stderr))
    least = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*chain(style), *([tap.note] if tap else [])],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [ForeignHandler()]
    root.setLevel(max(least, logging.WARNING))
    logging.captureWarnings(capture=True)
    for name in _SILENCED:  # aiosmtpd writes addresses, presidio what it found
        cut = logging.getLogger(name)
        cut.handlers[:] = [logging.NullHandler()]
        cut.propagate = False
    _replace_hooks()


def _replace_hooks() -> None:
    """What nobody caught is shown like any exception here; Python would print its message."""
    logging.raiseExceptions = False  # a handler that fails would print the record it had

    def uncaught(error: BaseException | None) -> None:
        structlog.get_logger().error("uncaught_exception", exc_info=error)

    def unraisable(given: UnraisableHookArgs) -> None:
        uncaught(given.exc_value)

    sys.excepthook = lambda _kind, error, _trace: uncaught(error)
    sys.unraisablehook = unraisable
    threading.excepthook = lambda given: uncaught(given.exc_value)


def chain(style: Literal["json", "console"]) -> list[Processor]:
    """What each event goes through, in order."""
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return [
        structlog.processors.add_log_level,
        places_of_exception,
        plain_values,
        only_allowed,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        renderer,
    ]


def places_of_exception(_logger: object, _name: str, event: Event) -> Event:
    """Replace an exception by its type and where it passed through our own code."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        event["error_type"] = type(error).__name__
        event["frames"] = places(error)
    return event


def plain_values(_logger: object, _name: str, event: Event) -> Event:
    """Turn sanitized text, enums and UUIDs into strings; drop and count what else is not plain."""
    for key, value in list(event.items()):
        plain = _plain(value)
        if plain is None and value is not None:
            del event[key]
            _count_drop(event)
        else:
            event[key] = plain
    return event


def only_allowed(_logger: object, _name: str, event: Event) -> Event:
    """Drop and count unknown keys; an event's name is a word, since a sentence may hold values."""
    for key in [key for key in event if key not in ALLOWED_KEYS]:
        del event[key]
        _count_drop(event)
    if not _EVENT.fullmatch(str(event.get("event", ""))):
        event["event"] = "unnamed_event"
        _count_drop(event)
    return event


class ForeignHandler(logging.Handler):
    """Passes a library's record on without its text, which may quote mail."""

    def emit(self, record: logging.LogRecord) -> None:
        """Logger, level and exception type."""
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().warning(
            "library_message",
            logger=record.name,
            error_type=type(error).__name__ if error else None,
        )


def _count_drop(event: Event) -> None:
    event["keys_dropped"] = event.get("keys_dropped", 0) + 1


def _plain(value: object) -> object:
    match value:
        case bool() | int() | float() | None:
            return value
        case Enum():
            return _plain(value.value if isinstance(value.value, str) else value.name)
        case str() | SanitizedText() | UUID():
            text = str(value)
            return text if _HARMLESS.fullmatch(text) else None
        case list() | tuple():
            return [plain for plain in map(_plain, value) if plain is not None]
        case dict():
            return {str(_plain(key)): _plain(item) for key, item in value.items()}
        case _:
            return None


def places(error: BaseException) -> list[str]:
    """File and line of each frame of our own that ``error`` passed through."""
    return list(_own_frames(error.__traceback__))


def _own_frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            yield f"{path.relative_to(_PACKAGE)}:{trace.tb_lineno}"
        trace = trace.tb_next
