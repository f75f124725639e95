"""``rufgate`` with one function at each stage that raises, with a person in its message and locals.

In:  the arguments of ``rufgate``; ``RAISING_AT`` names a file that holds the name of the stage.
     What runs in a worker, which sees no such file, raises where the report's header says so.
Out: what the gate makes of it. ``RAISING_AT`` + ".raised" gets a line for each that was raised.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rufgate import app, gate_retention, metrics, parts, service
from rufgate.audited import canary
from rufgate.cli.main import run
from rufgate.deliver.courier import SmtpCourier
from rufgate.receive.authenticity.check import ReporterCheck
from rufgate.receive.canary import Canary
from rufgate.receive.session import Session
from rufgate.recognize.pool import Steps
from rufgate.sanitize import redact
from rufgate.sanitize.authenticity import Evidence
from rufgate.sanitize.raw import RawMessage, RawText
from rufgate.sanitize.spans import Analysis
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore
from rufgate.telemetry import configure

PERSON = "Wilhelmina Fitzquarrel <wilhelmina.fitzquarrel@quarrelton.example>"
MARKS = ("wilhelmina", "fitzquarrel", "quarrelton")
STAGE_FIELD = b"X-Stage: "
IN_WORKERS = ("parse", "redact", "recognizer", "render")


class Trouble(Exception):  # noqa: N818 - its name is looked for
    """What is raised; its text is somebody's."""


def trouble() -> None:
    sender = PERSON
    try:
        int(sender)
    except ValueError as cause:
        error = Trouble(f"cannot understand {sender}")
        error.add_note(sender)
        raise error from cause


def _wanted(stage: str) -> bool:
    at = Path(os.environ["RAISING_AT"])
    if at.exists() and at.read_text() == stage:
        with at.with_name(f"{at.name}.raised").open("a") as file:
            file.write(f"{stage}\n")
        return True
    return False


def _raising(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def raises(*given: Any, **named: Any) -> Any:
        if _wanted(stage):
            trouble()
        return function(*given, **named)

    @functools.wraps(function)
    async def raises_later(*given: Any, **named: Any) -> Any:
        if _wanted(stage):
            trouble()
        return await function(*given, **named)

    return raises_later if asyncio.iscoroutinefunction(function) else raises


def _spoil(owner: Any, name: str, stage: str) -> None:
    setattr(owner, name, _raising(stage, getattr(owner, name)))


class _Stray:
    def __del__(self) -> None:
        trouble()


async def _task() -> None:
    trouble()


def _astray() -> None:
    """Everything that Python or a library would say by itself, message and all."""
    warnings.warn(f"odd: {PERSON}", stacklevel=1)
    logging.getLogger("somebodys.library").error("odd: %s", PERSON)
    logging.getLogger("somebodys.library").error("%d", PERSON)  # a record that cannot be written
    _Stray()
    thread = threading.Thread(target=trouble)
    thread.start()
    thread.join()
    loop = asyncio.get_running_loop()
    loop.call_soon(trouble)
    loop.create_task(_task())  # noqa: RUF006 - nobody shall await it


def _session(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    async def spoiled(self: Session, verb: str, argument: str) -> Any:
        if verb == "RCPT" and _wanted("stray"):
            _astray()
        if verb == "RCPT" and _wanted("session"):
            trouble()
        return await dispatch(self, verb, argument)

    return spoiled


async def look_up(self: ReporterCheck, message: RawMessage) -> Evidence:
    """Nobody is asked: there is no DNS here."""
    if _wanted("authenticity"):
        trouble()
    return Evidence()


class Detector:
    """Finds nothing, or raises."""

    def analyze(self, text: RawText, language: str | None = None, **_: object) -> Analysis:
        if "recognizer" in text.reveal():
            trouble()
        return Analysis(spans=(), language="en", covered=True)


def detector(_kept: Path | None = None) -> Detector:
    return Detector()


_WHOLE = {"parse": redact.parse, "redact": redact.draft, "render": redact.checked_copy}
_NAMES = {"parse": "parse", "redact": "draft", "render": "checked_copy"}


def raising_sanitize(message: RawMessage, **given: Any) -> Any:
    """In a worker: one step of the core raises if the report says so and text is asked for."""
    content = bytes(message.reveal())
    for stage, name in _NAMES.items():
        is_meant = STAGE_FIELD + stage.encode() in content
        setattr(redact, name, (lambda *_a, **_n: trouble()) if is_meant else _WHOLE[stage])
    return redact.sanitize(message, **given)


def main() -> None:
    parts.Steps = functools.partial(Steps, run=raising_sanitize)  # type: ignore[misc,assignment]  # the planted fault
    parts.load_recognizer = detector  # type: ignore[assignment]  # the planted fault
    ReporterCheck.look_up = look_up  # type: ignore[method-assign]  # the planted fault
    Session.dispatch = _session(Session.dispatch)  # type: ignore[method-assign]  # the planted fault
    for owner, name, stage in (
        (ReportStore, "_record", "record"),
        (Outbox, "claim", "claim"),
        (SmtpCourier, "send", "send"),
        (SmtpCourier, "pass_on", "postmaster"),
        (service, "repair", "repair"),
        (Outbox, "settle_delivered", "settle"),
        (Canary, "fly", "canary"),
        (gate_retention, "apply_retention", "retention"),
        (metrics.Metrics, "write", "retention"),
        (metrics.Metrics, "recorded", "counted"),
        (app, "open_reports", "verb"),
        (app, "open_outbox", "verb"),
        (canary, "look_at_canary", "verb"),
        (canary, "open_canary", "verb"),
        (app, "sanitize_files", "verb"),
        (app, "set_up", "verb"),
        (app, "rules_of", "start"),
    ):
        _spoil(owner, name, stage)
    configure(style="console", level="error")
    if sys.argv[1] != "each":
        sys.exit(run())
    for line in sys.argv[2:]:  # many verbs in one process: its start takes most of the time
        sys.stdout.write(f"{run(line.split())}\n")


if __name__ == "__main__":
    # Workers find these functions by the module's name, which is not "__main__".
    from tests.e2e import raising_serve

    raising_serve.main()
