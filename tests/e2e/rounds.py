"""Rounds of a gate under load that is killed, or whose disk fails, and what must hold after each.

In:  a gate whose program is ``fatal_serve``, the relay, chance.
Out: what happened, as counts; ``AssertionError`` where a promise was broken.
"""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from tests import reports
from tests.e2e.fatal_serve import POINTS
from tests.e2e.gate import Gate, Sink, wait_for
from tests.e2e.load import Load, domain, stored
from tests.e2e.raw_traces import MARK, traces

AT_ONCE = 4  # copies under way at one time: so many may go out again after a kill
KILLS = (*POINTS, "at random")
DISK = ("full", "read-only", "I/O error")
_OF_WRITES = ("before write", "before commit", "after commit")
_OF_CLAIMS = ("before claim", "in claim", "after claim")


def marked(number: int) -> bytes:
    """Report ``number``, with the mark in all places that no tier keeps."""
    name, person = domain(number), f"{MARK}.{number}@home.example"
    header = reports.changed(
        reports.ORIGINAL_HEADER,
        From=f'"Revenue Office" <{MARK}@{name}>',
        To=f"<{person}>",
        Message_ID=f"<{MARK}.{number}@mailer.example.net>",
        X_Trace=MARK,
    )
    feedback = reports.changed(
        reports.FEEDBACK,
        Reported_Domain=name,
        Original_Rcpt_To=f"<{person}>",
        Original_Mail_From=f"<{MARK}@mailer.example.net>",
    )
    body = f"Dear Mrs Whitcombe,\r\n\r\nplease write to {person} before Friday.\r\n" * 3
    return reports.report(
        reports.original(header, body), feedback=feedback, boundary=MARK, first=f"{MARK}\r\n"
    )


@dataclass
class Rounds:
    """The rounds of one installation, one after the other."""

    gate: Gate
    sink: Sink
    chance: Random
    count: int
    outcomes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._plan = self.gate.folder / "plan"
        self._sent = 0
        self.gate.program = ("tests.e2e.fatal_serve", str(self._plan))
        self.gate.start()

    def run(self, trouble: str) -> None:
        """One round with this trouble, then everything is looked at."""
        wanted = range(self._sent, self._sent + self.count)
        self._sent += self.count
        mails = len(self.sink.mails())
        acknowledged = (
            self._kill(trouble, wanted) if trouble in KILLS else self._fail(trouble, wanted)
        )
        if not self.gate.running:
            self.gate.start()
        send_rest(self.gate, [n for n in wanted if n not in acknowledged])
        self._look(wanted, mails)
        self.outcomes["rounds"] += 1
        self.outcomes["acknowledged amid trouble"] += len(acknowledged)

    def _kill(self, point: str, wanted: range) -> set[int]:
        """The gate dies at the point; what was acknowledged until then."""
        shared = point in _OF_CLAIMS or point in _OF_WRITES  # by up to four reports each
        times = self.count // AT_ONCE // 2 if shared else self.count * 2 // 3
        nth = self.chance.randint(1, max(1, times))
        if point in POINTS:
            self._plan.write_text(f"kill {point} {nth}")
        load = Load(self.gate, wanted, make=marked)
        load.start()
        if point not in POINTS:
            wait_for(lambda: len(load.acknowledged) >= nth, seconds=120, every=0.002)
            time.sleep(self.chance.uniform(0, 0.05))
            self.gate.kill()
        died = self.gate.wait_gone(30)
        load.join()
        self._plan.unlink(missing_ok=True)
        assert died, f"the gate never came to {point} for the {nth}. time"
        assert not load.refused
        self.outcomes[f"killed {point}"] += 1
        return set(load.acknowledged)

    def _fail(self, fault: str, wanted: range) -> set[int]:
        """The disk fails for a while under load; the gate stays up."""
        load = Load(self.gate, wanted, make=marked)
        load.start()
        wait_for(lambda: len(load.acknowledged) >= self.count // 6, seconds=60, every=0.002)
        self._begin(fault)
        time.sleep(self.chance.uniform(0.2, 0.6))
        self._end(fault)
        load.join()
        assert self.gate.running
        assert {code for _, code in load.refused} <= {451, 452}
        self.outcomes[f"disk: {fault}"] += 1
        self.outcomes[f"refused while {fault}"] += len(load.refused)
        return set(load.acknowledged)

    def _begin(self, fault: str) -> None:
        if fault == "I/O error":
            limit_files(self.gate.pid, 8192)
        else:
            self._plan.write_text(f"fail {fault}")

    def _end(self, fault: str) -> None:
        if fault == "I/O error":
            limit_files(self.gate.pid, None)
        else:
            self._plan.unlink()

    def _look(self, wanted: range, mails_before: int) -> None:
        rows = stored(self.gate)
        assert {n: rows.get(domain(n)) for n in wanted} == dict.fromkeys(wanted, 1)
        names = {domain(n) for n in wanted}
        wait_for(lambda: names <= ids(self.sink.mails()[mails_before:]).keys(), seconds=120)
        self.gate.wait_delivered()
        again = repeats(self.sink.mails()[mails_before:])
        assert again <= AT_ONCE
        self.outcomes["copies sent twice"] += again
        assert list(traces(self.gate.folder)) == []


def ids(mails: Iterable[bytes]) -> dict[str, list[str]]:
    """Reported domain → Message-ID of each of its copies."""
    found: dict[str, list[str]] = {}
    for mail in mails:
        lines = mail.decode().split("\r\n")
        name = next(line for line in lines if line.startswith("Reported-Domain: "))
        own_id = next(line for line in lines if line.lower().startswith("message-id: "))
        found.setdefault(name.partition(": ")[2].strip(), []).append(own_id)
    return found


def repeats(mails: Iterable[bytes]) -> int:
    """How many copies to one analyst came again; each must be seen to be the same mail."""
    by_report = ids(mails)
    assert all(len(set(found)) == 1 for found in by_report.values()), "a repeat looks like new"
    return sum(len(found) - 1 for found in by_report.values())


def limit_files(pid: int, size: int | None) -> None:
    """No file of that process may grow past ``size``: a write there is an I/O error."""
    soft = resource.RLIM_INFINITY if size is None else size
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))


def send_rest(gate: Gate, numbers: list[int]) -> None:
    """What a reporter's queue does: try again until there is a 250."""
    for _ in range(20):
        load = Load(gate, numbers, make=marked)
        load.start()
        load.join()
        numbers = [n for n in numbers if n not in load.acknowledged]
        if not numbers:
            return
        time.sleep(0.5)
    raise AssertionError(f"{len(numbers)} reports were refused again and again")
