"""``rufgate serve`` with a planted fault, to see that the canary notices: ``FAULT serve ...``.

In:  the name of a fault, then the arguments of ``rufgate``.
Out: a gate that leaks in one place, or that holds still in the middle of a canary.
"""

from __future__ import annotations

import base64
import functools
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from structlog import get_logger

from rufgate import parts
from rufgate.cli.main import run
from rufgate.receive import session
from rufgate.receive.canary import Canary
from rufgate.receive.intake import Intake
from rufgate.receive.session import Session
from rufgate.recognize.pool import Steps
from rufgate.sanitize import redact
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop
from rufgate.sanitize.sanitized import Sanitized, SanitizedText
from rufgate.store.canary_rows import CanaryRows

HOLD_S = 25.0
HOLD_WHILE = "SPOILED_HOLD_WHILE"  # a file; without it for so many seconds
KEEP_AT = "SPOILED_KEEP_AT"


def _line(message: RawMessage, name: bytes) -> str:
    """The last field of this name: that of the reported mail."""
    lines = bytes(message.reveal()).splitlines()
    return next(line for line in reversed(lines) if line.startswith(name)).decode()


def leaks_in_row(message: RawMessage, **given: Any) -> Sanitized | OuterLoop:
    """The subject stays as it was, in the stored row."""
    outcome = redact.sanitize(message, **given)
    assert isinstance(outcome, Sanitized)
    subject = SanitizedText(_line(message, b"Subject: "))
    return replace(outcome, report=replace(outcome.report, subject=subject))


def leaks_in_copy(message: RawMessage, **given: Any) -> Sanitized | OuterLoop:
    """One tier's copy says in base64 who Reply-To is."""
    outcome = redact.sanitize(message, **given)
    assert isinstance(outcome, Sanitized)
    *others, last = outcome.copies
    coded = base64.b64encode(_line(message, b"Reply-To: ").encode())
    last = replace(last, content=last.content + b"X-Debug: " + coded + b"\r\n")
    return replace(outcome, copies=(*others, last))


def _leak_in_log() -> None:
    """A line repeats what MAIL said."""

    def spoiled(self: Session, argument: str) -> Any:
        get_logger().info("mail_given", detail=argument)
        return Session.on_mail(self, argument)

    session._COMMANDS["MAIL"] = spoiled  # type: ignore[index]  # the planted fault


def _leak_in_free_page() -> None:
    """Somebody writes to the database by another way and deletes it again: no query shows it."""
    accept = Intake.accept

    async def spoiled(self: Intake, message: RawMessage) -> Any:
        reply = await accept(self, message)
        with sqlite3.connect(os.environ[KEEP_AT]) as db:
            db.execute("CREATE TABLE IF NOT EXISTS debug (v TEXT)")
            db.execute("INSERT INTO debug VALUES (?)", (_line(message, b"Reply-To: ")[::-1],))
        with sqlite3.connect(os.environ[KEEP_AT]) as db:
            db.execute("DELETE FROM debug")
        db.close()
        return reply

    Intake.accept = spoiled  # type: ignore[method-assign]  # the planted fault


def _hold() -> None:
    """Stand still once the canary's row is there."""
    written = CanaryRows.written

    def spoiled(self: CanaryRows) -> Any:
        if HOLD_WHILE in os.environ:
            while Path(os.environ[HOLD_WHILE]).exists():
                time.sleep(0.05)
        else:
            time.sleep(HOLD_S)
        return written(self)

    CanaryRows.written = spoiled  # type: ignore[method-assign]  # the planted fault


def _keep() -> None:
    """Write down what the canary sends, so that an outsider can copy it; and stand still."""
    send = Canary._send
    _hold()

    async def spoiled(self: Canary, report: Any) -> None:
        Path(os.environ[KEEP_AT]).write_bytes(report.content)  # noqa: ASYNC240 - a few bytes, in a test
        await send(self, report)

    Canary._send = spoiled  # type: ignore[method-assign]  # the planted fault


def _in_workers(run: Callable[..., Any]) -> Callable[[], None]:
    def plant() -> None:
        parts.Steps = functools.partial(Steps, run=run)  # type: ignore[misc,assignment]  # the planted fault

    return plant


def poisoned(message: RawMessage, **given: Any) -> Sanitized | OuterLoop:
    """A parser that hangs or eats memory over some content, as one with an error in it would."""
    if given.get("reason") is None or b"X-Always: yes" in message.reveal():
        while b"X-Poison: time" in message.reveal():
            pass
        if b"X-Poison: memory" in message.reveal():
            bytearray(10 * 2**30)
    return redact.sanitize(message, **given)


FAULTS: dict[str, Callable[[], None]] = {
    "row": _in_workers(leaks_in_row),
    "copy": _in_workers(leaks_in_copy),
    "log": _leak_in_log,
    "free page": _leak_in_free_page,
    "hold": _hold,
    "poison": _in_workers(poisoned),
    "keep": _keep,
}

if __name__ == "__main__":
    # Workers find a planted function by the module's name, which is not "__main__".
    from tests.e2e import spoiled_serve

    spoiled_serve.FAULTS[sys.argv.pop(1)]()
    sys.exit(run())
