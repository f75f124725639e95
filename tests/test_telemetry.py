"""The log holds known keys with harmless values, whatever our code or a library says."""

from __future__ import annotations

import errno
import io
import json
import logging
import uuid
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
import structlog

from rufgate import telemetry
from rufgate.sanitize.pseudonym import canonical_address
from rufgate.sanitize.sanitized import SanitizedText, Tier

SECRET = "ada.whitcombe@home.example"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    out = io.StringIO()
    telemetry.configure(stream=out, level="debug")
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


class Answer(Enum):
    OK = (250, "2.0.0")


def test_known_keys_pass_as_plain_values(stream: io.StringIO) -> None:
    number = uuid.uuid4()
    structlog.get_logger().info(
        "message",
        report=number,
        tier=Tier.TEXT,
        reply=Answer.OK,
        analyst=SanitizedText("desk"),
        size=3,
    )
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "message", "level": "info", "report": str(number), "tier": "text", "reply": "OK",
        "analyst": "desk", "size": 3,
    }  # fmt: skip


def test_unknown_keys_are_dropped_and_counted(stream: io.StringIO) -> None:
    structlog.get_logger().info("message", subject=SECRET, to=SECRET, size=3)
    (line,) = lines(stream)
    assert line["keys_dropped"] == 2
    assert SECRET not in stream.getvalue()


@pytest.mark.parametrize("value", [b"raw", object(), "two\nlines", "\x1b[31m", "x" * 201, "é"])
def test_values_that_are_not_plain_are_dropped(stream: io.StringIO, value: object) -> None:
    structlog.get_logger().info("message", reason=value)
    (line,) = lines(stream)
    assert "reason" not in line
    assert line["keys_dropped"] == 1


def test_a_sentence_is_no_event(stream: io.StringIO) -> None:
    structlog.get_logger().info(f"could not deliver to {SECRET}")
    (line,) = lines(stream)
    assert line["event"] == "unnamed_event"
    assert SECRET not in stream.getvalue()


def test_an_exception_shows_its_type_and_our_lines(stream: io.StringIO) -> None:
    class Odd(str):
        def strip(self, chars: str | None = None) -> str:
            raise RuntimeError(SECRET)

    try:
        canonical_address(Odd("x"), "home.example")
    except RuntimeError:
        structlog.get_logger().exception("message")
    (line,) = lines(stream)
    assert line["error_type"] == "RuntimeError"
    (frame,) = line["frames"]
    assert frame.startswith("sanitize/pseudonym.py:")
    assert SECRET not in stream.getvalue()


def test_a_librarys_words_are_left_out(stream: io.StringIO) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("foreign.package").exception("cannot handle %s", SECRET)
    logging.getLogger("foreign.package").info("hello %s", SECRET)
    (line,) = lines(stream)
    assert (line["logger"], line["error_type"]) == ("foreign.package", "ValueError")
    assert SECRET not in stream.getvalue()


def test_aiosmtpds_log_is_cut_off(stream: io.StringIO) -> None:
    logging.getLogger("mail.log").error("%r RCPT TO:<%s>", ("127.0.0.1", 1), SECRET)
    assert stream.getvalue() == ""


def test_the_tap_keeps_the_lines_of_its_time_as_they_are_written(stream: io.StringIO) -> None:
    tap = telemetry.Tap()
    telemetry.configure(stream=stream, level="info", tap=tap)
    structlog.get_logger().info("before")
    tap.open()
    structlog.get_logger().info("message", size=3)
    structlog.get_logger().debug("not_written")
    logging.getLogger("some.library").warning("its own words")
    kept = tap.close()
    structlog.get_logger().info("after")
    written = stream.getvalue().splitlines()
    assert len(written) == 4
    assert kept == "\n".join(written[1:3])


def test_a_tap_that_is_too_small_says_so_instead_of_showing_a_part() -> None:
    tap = telemetry.Tap(max_bytes=10)
    tap.open()
    for _ in range(3):
        tap.note(None, "", "12345")
    assert tap.close() is None
    tap.open()
    tap.note(None, "", "12345")
    assert tap.close() == "12345"


def test_a_log_on_a_full_disk_costs_its_lines_and_nothing_else(stream):
    full = io.TextIOWrapper(Full(), write_through=True)
    telemetry.configure(stream=full)
    structlog.get_logger().warning("copy_delivered", attempts=1)
    logging.getLogger("some.library").warning("it writes too")
    assert Full.tried >= 2


class Full(io.RawIOBase):
    """The end of a disk."""

    tried = 0

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        Full.tried += 1
        raise OSError(errno.ENOSPC, "No space left on device")
