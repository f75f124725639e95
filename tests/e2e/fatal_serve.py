"""``rufgate serve`` that dies, or whose disk fails, as a test says: ``PLAN serve ...``.

In:  the path of a file, then the arguments of ``rufgate``. Without the file it is a plain gate.
     ``kill POINT N``: the whole process group gets SIGKILL as the point is passed for the N-th
     time. ``fail FAULT``: the database answers as with that fault for as long as the file says so.
Out: a gate. The faults are SQLite's own (a limit of pages, a connection that may not write).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosmtplib.protocol
from sqlalchemy import Connection, Engine, event

from rufgate.cli.main import run
from rufgate.deliver.courier import Delivered, SmtpCourier
from rufgate.receive.connection import Connection as Session
from rufgate.receive.replies import Reply
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore

POINTS = (
    "before write", "before commit", "after commit", "before reply", "after reply",
    "before claim", "in claim", "after claim",
    "before send", "amid send", "after send", "in settle", "after settle",
)  # fmt: skip
FAULTS = ("full", "read-only")  # an I/O error comes from outside: RLIMIT_FSIZE

_NO_LIMIT = 4294967294


class Plan:
    """What the file says, read anew at each point."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._passed: Counter[str] = Counter()
        self._lock = threading.Lock()

    def passes(self, point: str) -> None:
        """Die here, if it is our turn."""
        wanted = self.read().rsplit(maxsplit=1)
        if wanted[:1] != [f"kill {point}"]:
            return
        with self._lock:
            self._passed[point] += 1
            if self._passed[point] == int(wanted[1]):
                os.killpg(0, signal.SIGKILL)

    def read(self) -> str:
        try:
            return self._file.read_text()
        except FileNotFoundError:
            return ""


def plant(plan: Plan) -> None:
    """Put the points into the product's own methods."""
    writes = threading.local()
    _wrap(ReportStore, "record_waiting", plan, writes, before="before write", amid="before commit")
    _wrap(Outbox, "claim", plan, writes, before="before claim", amid="in claim")
    _wrap(Outbox, "settle_delivered", plan, writes, amid="in settle")
    _after(ReportStore, "record_waiting", plan, "after commit")
    _after(Outbox, "claim", plan, "after claim", is_event=bool)
    _after(Outbox, "settle_delivered", plan, "after settle")
    event.listen(Engine, "commit", lambda _: plan.passes(getattr(writes, "amid", "")))
    event.listen(Engine, "begin", lambda connection: _fail(connection, plan.read()))
    _plant_in_sessions(plan)
    _plant_in_courier(plan)


def _wrap(owner: type, name: str, plan: Plan, writes: Any, *, amid: str, before: str = "") -> None:
    method = getattr(owner, name)

    def planted(*given: Any, **named: Any) -> Any:
        plan.passes(before)
        writes.amid = amid
        try:
            return method(*given, **named)
        finally:
            writes.amid = ""

    setattr(owner, name, planted)


def _after(
    owner: type, name: str, plan: Plan, point: str, is_event: Callable[[Any], bool] = lambda _: True
) -> None:
    method = getattr(owner, name)

    def planted(*given: Any, **named: Any) -> Any:
        result = method(*given, **named)
        if is_event(result):
            plan.passes(point)
        return result

    setattr(owner, name, planted)


def _fail(connection: Connection, order: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    pages = 1 if order == "fail full" else _NO_LIMIT  # never below what there is: no growth
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    connection.exec_driver_sql(f"PRAGMA query_only={int(order == 'fail read-only')}")


def _plant_in_sessions(plan: Plan) -> None:
    answer = Session._answer

    async def planted(self: Session, reply: Reply) -> None:
        if reply is Reply.OK:
            plan.passes("before reply")
        await answer(self, reply)
        if reply is Reply.OK:
            plan.passes("after reply")

    Session._answer = planted  # type: ignore[method-assign]  # the planted point


def _plant_in_courier(plan: Plan) -> None:
    send, write = SmtpCourier.send, aiosmtplib.protocol.SMTPProtocol.write

    async def planted(self: SmtpCourier, item: Any) -> Any:
        plan.passes("before send")
        outcome = await send(self, item)
        if isinstance(outcome, Delivered):
            plan.passes("after send")
        return outcome

    def halved(self: Any, data: bytes) -> None:
        """A message goes out in two halves: the first is on its way when the second is not."""
        if data.endswith(b"\r\n.\r\n"):
            write(self, data[: len(data) // 2])
            plan.passes("amid send")
            data = data[len(data) // 2 :]
        write(self, data)

    SmtpCourier.send = planted  # type: ignore[method-assign]  # the planted point
    aiosmtplib.protocol.SMTPProtocol.write = halved  # type: ignore[method-assign]  # the planted point


if __name__ == "__main__":
    plant(Plan(Path(sys.argv.pop(1))))
    sys.exit(run())
