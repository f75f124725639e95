"""When canaries fly, what the gate says about them, and that a find always stops forwarding."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from rufgate.receive.canary import Verdict
from rufgate.receive.canary_watch import CanaryPlan, CanaryWatch
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import StoreUnavailable, open_store

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
FOUND = Verdict(found=("surname in From: log (plain)",))


class FakeCanary:
    """Ends as it is told."""

    def __init__(self, *verdicts: Verdict | Exception) -> None:
        self.verdicts = list(verdicts)
        self.flown = self.cleaned = 0
        self.left = False

    async def fly(self) -> Verdict:
        self.flown += 1
        verdict = self.verdicts.pop(0) if self.verdicts else Verdict()
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    async def clean(self) -> bool:
        self.cleaned += 1
        self.left = False
        return True

    async def has_left_rows(self) -> bool:
        return self.left


class Log:
    """Remembers event and level."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, dict[str, object]]] = []

    def info(self, event: str, **keys: object) -> None:
        self.lines.append(("info", event, keys))

    def warning(self, event: str, **keys: object) -> None:
        self.lines.append(("warning", event, keys))

    def error(self, event: str, **keys: object) -> None:
        self.lines.append(("error", event, keys))

    def said(self) -> list[tuple[str, str]]:
        return [(level, event) for level, event, _ in self.lines]


class Bench:
    """A watch with everything around it."""

    def __init__(self, path, *verdicts: Verdict | Exception, **plan: float) -> None:
        self.engine = open_store(f"sqlite:///{path / 'rufgate.db'}")
        self.runs = CanaryRuns(self.engine)
        self.canary, self.log, self.resumed = FakeCanary(*verdicts), Log(), 0
        self.is_ours = True
        self.watch = CanaryWatch(
            self.canary,
            self.runs,
            plan=CanaryPlan(**{"every_s": 0, "first_after_s": 0, "poll_s": 0.01, **plan}),
            turn=lambda: nullcontext(self.is_ours),
            clock=lambda: NOW,
            log=self.log,
            on_resumed=self.on_resumed,
        )

    def on_resumed(self) -> None:
        self.resumed += 1

    async def run_until(self, done) -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(self.watch.run(stop))
        async with asyncio.timeout(10):
            while not done():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.01)
        stop.set()
        await task

    async def ask(self):
        run_id = self.runs.request(NOW)
        await self.run_until(lambda: self.runs.show(run_id).has_ended)
        return self.runs.show(run_id)


@pytest.fixture
def bench(tmp_path):
    made = []

    def make(*verdicts, **plan) -> Bench:
        made.append(Bench(tmp_path, *verdicts, **plan))
        return made[-1]

    yield make
    for one in made:
        one.engine.dispose()


async def test_it_flies_at_its_interval_and_not_before_the_first_time(bench):
    late = bench(every_s=60, first_after_s=30)
    await late.ask()
    assert late.canary.flown == 1  # the one that was asked for
    often = bench(every_s=0.02)
    await often.run_until(lambda: often.canary.flown >= 3)
    assert often.runs.status().last.state is RunState.PASSED


async def test_interval_0_flies_on_request_only(bench):
    one = bench(every_s=0)
    run = await one.ask()
    assert run.state is RunState.PASSED
    await asyncio.sleep(0.1)
    assert one.canary.flown == 1
    assert one.log.said() == [("info", "canary_passed")]


async def test_a_find_is_an_alarm_and_stops_forwarding(bench):
    one = bench(FOUND)
    run = await one.ask()
    assert (run.state, run.found) == (RunState.FOUND, FOUND.found)
    assert one.runs.status().is_stopped
    await one.run_until(lambda: ("error", "forwarding_stopped") in one.log.said())
    assert one.log.said()[0] == ("error", "canary_found")
    assert one.log.lines[0][2]["places"] == list(FOUND.found)
    assert one.canary.cleaned == 1


async def test_a_find_is_written_down_as_often_as_it_takes(bench, monkeypatch):
    monkeypatch.setattr("rufgate.receive.canary_watch._AGAIN_S", 0.01)
    one = bench(FOUND)
    finish, tries = one.runs.finish, []

    def locked_at_first(*arguments, **how):
        tries.append(one.canary.cleaned)
        if len(tries) < 4:
            raise StoreUnavailable
        finish(*arguments, **how)

    one.runs.finish = locked_at_first
    await one.ask()
    assert one.runs.status().is_stopped
    assert tries == [0, 0, 0, 0]  # before anything else is done


async def test_an_acknowledgement_lets_forwarding_go_on_and_wakes_it(bench):
    one = bench(FOUND)
    await one.ask()
    await one.run_until(lambda: ("error", "forwarding_stopped") in one.log.said())
    one.runs.acknowledge(NOW, None)
    await one.run_until(lambda: one.resumed)
    assert one.log.said()[-1] == ("warning", "forwarding_resumed")
    assert one.resumed == 1


@pytest.mark.parametrize(
    ("verdict", "trouble"),
    [
        (Verdict(trouble="no_connection"), "no_connection"),
        (StoreUnavailable(), "store_unavailable"),
        (LookupError("quotes what it should not"), "internal"),
    ],
)
async def test_trouble_is_a_warning_never_a_stop_and_the_next_run_goes_on(bench, verdict, trouble):
    one = bench(verdict, Verdict())
    run = await one.ask()
    assert (run.state, run.trouble) == (RunState.FAILED, trouble)
    assert not one.runs.status().is_stopped
    assert ("warning", "canary_failed") in one.log.said()
    assert "quotes" not in str(one.log.lines)
    assert (await one.ask()).state is RunState.PASSED


async def test_trouble_of_the_store_between_runs_ends_nothing(bench, monkeypatch):
    monkeypatch.setattr("rufgate.receive.canary_watch._PAUSE_S", 0.01)
    one = bench()
    take, failures = one.runs.take, [StoreUnavailable(), LookupError()]

    def broken_at_first():
        if failures:
            raise failures.pop()
        return take()

    one.runs.take = broken_at_first
    assert (await one.ask()).state is RunState.PASSED
    assert one.log.said().count(("warning", "canary_failed")) == 2


async def test_a_start_removes_what_a_kill_left_and_says_that_forwarding_stands(bench):
    one = bench()
    run = one.runs.begin(NOW)
    find = one.runs.begin(NOW)
    one.runs.finish(find, NOW, RunState.FOUND, found=FOUND.found)
    one.canary.left = True
    await one.watch.recover()
    assert one.canary.cleaned == 1
    assert one.runs.show(run).trouble == "interrupted"
    assert one.log.said() == [("error", "forwarding_stopped")]


async def test_a_store_that_is_locked_at_the_start_does_not_keep_the_gate_shut(bench):
    one = bench()

    def locked(now) -> None:
        raise StoreUnavailable

    one.runs.interrupt = locked
    await one.watch.recover()
    assert one.log.said() == [("warning", "canary_not_cleaned")]


async def test_a_run_that_is_cut_short_is_cleaned_up(bench):
    one = bench()
    started = asyncio.Event()

    async def hang() -> Verdict:
        started.set()
        await asyncio.sleep(60)
        return Verdict()

    one.canary.fly = hang
    run = one.runs.request(NOW)
    task = asyncio.create_task(one.watch.run(asyncio.Event()))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert one.canary.cleaned == 1
    assert not one.runs.show(run).has_ended  # the next start tells it as interrupted


async def test_while_another_gate_flies_its_canary_nothing_of_it_is_touched(tmp_path):
    bench = Bench(tmp_path)
    bench.is_ours, bench.canary.left = False, True
    theirs = bench.runs.begin(NOW)
    ours = bench.runs.request(NOW)

    await bench.watch.recover()
    await bench.watch.sweep()
    turns = iter(range(20))
    await bench.run_until(lambda: next(turns) == 19)

    assert bench.canary.left
    assert bench.canary.flown == bench.canary.cleaned == 0
    assert bench.runs.show(theirs).state is RunState.RUNNING
    assert bench.runs.show(ours).state is RunState.REQUESTED


async def test_a_request_is_taken_up_once_the_other_gate_is_done(tmp_path):
    bench = Bench(tmp_path)
    bench.is_ours = False
    run_id = bench.runs.request(NOW)
    turns = iter(range(10))

    def done():
        bench.is_ours = next(turns, None) is None
        return bench.runs.show(run_id).has_ended

    await bench.run_until(done)

    assert bench.runs.show(run_id).state is RunState.PASSED
