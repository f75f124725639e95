"""A day of a storm with a fake clock: all is answered 250 and counted, the file stays bounded."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from rufgate.govern.retention import apply_retention
from rufgate.receive.intake import Intake
from rufgate.receive.limits import Rate
from rufgate.receive.rates import Fairness
from rufgate.receive.replies import Reply
from rufgate.sanitize.authenticity import DkimKey
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import Field, Kind, Reason, Sanitized, SanitizedReport, Tier
from rufgate.store.engine import open_store
from rufgate.store.outbox import Outbox
from rufgate.store.reports import Recorded, ReportStore
from rufgate.store.storms import StormKeys, StormRules
from tests.sanitize.sanitizing import KEYRING
from tests.store.full_report import RECEIVED, sanitized, text

HOURS = 24
SLACK = 5_000_000  # bytes: the empty schema, and the write-ahead log between two checkpoints
_LEASE = timedelta(minutes=1)


@dataclass(frozen=True)
class Mail:
    """One mail of the storm: from where, when, and what a worker would make of it."""

    client: str
    at: datetime
    outcome: Sanitized


def storm(number: int, chance: random.Random, large: float) -> Iterator[Mail]:
    """``number`` mails over the day: of one key, of keys made up for each, and plain garbage."""
    for n in range(number):
        at = RECEIVED + timedelta(hours=HOURS) * n / number
        what = chance.random()
        if what < 0.4:
            yield Mail("192.0.2.9", at, _report(at, "reporter.example", "198.51.100.7"))
        elif what < 0.7:
            source, sender = _address(chance), _address(chance)
            size = 40_000 if chance.random() < large else 20
            yield Mail(sender, at, _report(at, f"r{n}.example", source, size=size))
        else:
            sender = "203.0.113.5" if what < 0.9 else _address(chance)
            yield Mail(sender, at, _garbage(at))


def _address(chance: random.Random) -> str:
    return ".".join(str(chance.randrange(1, 255)) for _ in range(4))


def _report(at: datetime, reporter: str, source: str, *, size: int = 20) -> Sanitized:
    whole = sanitized("desk", received_at=at, fingerprint=uuid4().hex, reporter=reporter)
    report = replace(whole.report, source_ip=text(source), text=text("a " * (size // 2)))
    copies = tuple(replace(copy, content=b"x" * (3000 + size)) for copy in whole.copies)
    return Sanitized(report=report, copies=copies)


def _garbage(at: datetime) -> Sanitized:
    report = SanitizedReport(
        id=uuid4(),
        received_at=at,
        size_bytes=999,
        kind=Kind.UNPARSED,
        tier=Tier.METADATA,
        policy=text("p" * 64),
        engine=text("0.1.0"),
        key_id=text("p1"),
        fingerprint=text(uuid4().hex),
        reason=Reason.NOT_A_REPORT,
        not_stated=tuple(Field),
    )
    return Sanitized(report=report)


class Day:
    """The real intake on a real file; the worker's outcome is given, the clock is a value."""

    def __init__(self, folder: Path, rules: StormRules, rate: Rate | None) -> None:
        self._file = folder / "rufgate.db"
        self.engine = open_store(f"sqlite:///{self._file}")
        self.store = ReportStore(self.engine, rules=rules)
        self.told = dict.fromkeys(Recorded, 0)
        self.now = RECEIVED
        self.largest = 0
        self._outcome: Sanitized
        self._intake = Intake(
            self,
            self.store,
            new_id=uuid4,
            on_recorded=self._count,
            unavailable=TimeoutError,
            fairness=Fairness(rate, digest=KEYRING.fingerprint, clock=self._seconds),
        )

    async def sanitize(
        self, message: RawMessage, report_id: UUID, *, dkim_keys: tuple[DkimKey, ...] = ()
    ) -> Sanitized:
        del message, report_id
        return self._outcome

    def _seconds(self) -> float:
        return self.now.timestamp()

    def _count(self, _given: Sanitized, recorded: Recorded) -> None:
        self.told[recorded] += 1

    async def take(self, mail: Mail) -> Reply:
        if mail.at.hour != self.now.hour:
            self._end_hour(mail.at)
        self.now, self._outcome = mail.at, mail.outcome
        return await self._intake.accept(
            RawMessage(b"x", received_at=mail.at, client_ip=mail.client)
        )

    def _end_hour(self, now: datetime) -> None:
        """What the service does besides: deliver, forget; the file is measured before that."""
        self.measure()
        outbox = Outbox(self.engine)
        while items := outbox.claim(now, _LEASE, 500):
            for item in items:
                outbox.settle_delivered(item.id, now)
        apply_retention(self.engine, (), now)

    def measure(self) -> None:
        files = self._file.parent.glob(f"{self._file.name}*")
        self.largest = max(self.largest, sum(file.stat().st_size for file in files))

    def seen(self) -> int:
        with self.engine.connect() as connection:
            return connection.exec_driver_sql("SELECT sum(seen) FROM reports").scalar_one()


async def whole_day(
    folder: Path, number: int, rules: StormRules, *, rate: Rate | None = None, large: float = 0.05
) -> Day:
    """Send it all; whatever the rules, these hold."""
    day = Day(folder, rules, rate)
    mails = storm(number, random.Random(20261124), large)
    replies = [await day.take(mail) for mail in mails]
    day.measure()
    print({recorded.value: count for recorded, count in day.told.items()})  # noqa: T201 - figures
    print(f"rows {day.store.count()}, largest {day.largest / 1e6:.1f} MB")  # noqa: T201 - figures
    assert replies == [Reply.OK] * number
    assert day.seen() == number
    day.engine.dispose()
    return day


async def test_a_day_of_a_storm_keeps_to_the_bound_of_rows(tmp_path):
    rules = StormRules(after=5, rows_per_hour=8, forward_every=10)
    day = await whole_day(tmp_path, 1000, rules)
    assert day.told[Recorded.COLLAPSED] > 200
    assert day.told[Recorded.OVERFLOWED] > 200
    assert day.store.count() <= HOURS * (8 + 1)


async def test_a_day_of_a_storm_of_large_reports_keeps_to_the_bound_of_bytes(tmp_path):
    rules = StormRules(after=5, bytes_per_hour=100_000)
    day = await whole_day(tmp_path, 600, rules, large=0.8)
    assert day.told[Recorded.OVERFLOWED] > 50
    assert day.largest <= HOURS * 100_000 + SLACK


@pytest.mark.long
@pytest.mark.timeout(7200)
async def test_a_day_of_200_000_at_the_defaults(tmp_path):
    """2.3 a second all day long, at the limits that are set where nothing is configured."""
    rules = StormRules(
        after=20,
        rows_per_hour=1000,
        rows_per_sender=250,
        bytes_per_hour=32_000_000,
        forward_every=100,
        max_waiting=10_000,
    )
    rate = Rate(per_second=10, burst=1000)
    day = await whole_day(tmp_path, 200_000, rules, rate=rate)
    assert day.store.count() <= HOURS * (1000 + 1)
    assert day.largest <= HOURS * 32_000_000 + SLACK


@pytest.mark.parametrize("kind", ["full", "bare", "long text", "copy"])
def test_no_report_takes_more_of_the_file_than_it_is_counted_for(tmp_path, kind):
    """By which the bound in bytes is one: 60 reports of one kind against what the hour counted."""
    makers = {
        "full": lambda: sanitized(fingerprint=uuid4().hex),
        "bare": lambda: _garbage(RECEIVED),
        "long text": lambda: _report(RECEIVED, "r.example", "192.0.2.1", size=4100),
        "copy": lambda: sanitized("desk", fingerprint=uuid4().hex),
    }
    engine = open_store(f"sqlite:///{tmp_path}/rufgate.db")
    store = ReportStore(engine, rules=StormRules(bytes_per_hour=10**9))
    pages = "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count"
    with engine.connect() as connection:
        before = connection.exec_driver_sql(pages).scalar_one()
    for n in range(60):
        keys = StormKeys(storm=f"{n:064d}", sender="sender")
        assert store.record(makers[kind](), keys) is Recorded.NEW
    with engine.connect() as connection:
        grown = (connection.exec_driver_sql(pages).scalar_one() - before) * 4096
        counted = connection.exec_driver_sql("SELECT held_bytes FROM intake_hours").scalar_one()
    engine.dispose()
    assert counted * 0.4 <= grown <= counted
