"""Senders that keep a gate busy and remember what was acknowledged.

In:  a gate; a series of reports, each with a reported domain of its own.
Out: the numbers of the reports that got a 250.
"""

from __future__ import annotations

import contextlib
import queue
import smtplib
import threading
from collections.abc import Callable, Iterable

from tests import reports
from tests.e2e.gate import Gate


def domain(number: int) -> str:
    """By what a report of the series is known afterwards, at any tier."""
    return f"n{number}.example.org"


def report(number: int) -> bytes:
    """Report ``number``: a letter, and a reported domain that names it."""
    name = domain(number)
    header = reports.changed(
        reports.ORIGINAL_HEADER,
        From=f"Revenue Office <revenue@{name}>",
        Message_ID=f"<{number}@mailer.example.net>",
    )
    feedback = reports.changed(reports.FEEDBACK, Reported_Domain=name)
    body = "Dear Mrs Whitcombe,\r\n\r\nplease call us on 0113 496 0123.\r\n" * 3
    return reports.report(reports.original(header, body), feedback=feedback)


class Load:
    """``senders`` threads that send the given reports until all are sent or the gate is gone."""

    def __init__(
        self,
        gate: Gate,
        numbers: Iterable[int],
        *,
        senders: int = 4,
        make: Callable[[int], bytes] = report,
    ) -> None:
        self.acknowledged: set[int] = set()
        self.refused: list[tuple[int, int]] = []
        self._gate = gate
        self._make = make
        self._waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in numbers:
            self._waiting.put(number)
        self._threads = [threading.Thread(target=self._send, daemon=True) for _ in range(senders)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self, seconds: float = 120) -> None:
        for thread in self._threads:
            thread.join(seconds)
            assert not thread.is_alive(), "a sender hangs"

    def _send(self) -> None:
        """Until the queue is empty, or the connection breaks: the server was killed or stopped."""
        with contextlib.suppress(OSError, smtplib.SMTPException), self._gate.client() as smtp:
            while True:
                try:
                    number = self._waiting.get_nowait()
                except queue.Empty:
                    return
                code, _ = self._gate.send(self._make(number), connection=smtp)
                if code == 250:
                    self.acknowledged.add(number)
                else:
                    self.refused.append((number, code))


def stored(gate: Gate) -> dict[str, int]:
    """Reported domain → number of rows."""
    query = "SELECT reported_domain, count(*) FROM reports GROUP BY reported_domain"
    return dict(gate.rows(query))


def delivered(mails: Iterable[bytes]) -> set[str]:
    """The reported domains of the copies."""
    found = set()
    for mail in mails:
        for line in mail.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"reported-domain":
                found.add(value.strip().decode())
    return found
