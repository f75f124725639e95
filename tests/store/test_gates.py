"""Which gates are alive: real processes, real kills."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from rufgate.store.engine import StoreUnavailable, open_store
from rufgate.store.gates import Gates

GATE = """
import sys
from rufgate.store.engine import open_store
from rufgate.store.gates import Gates
gates = Gates(open_store(sys.argv[1]))
gates.enter()
print("alone" if gates.alone else "one of several", "killed" if gates.was_killed else "clean")
for order in sys.stdin:
    match order.strip():
        case "settle":
            gates.settle()
            print("settled")
        case "fly":
            turn = gates.canary_turn()
            print("ours" if turn.__enter__() else "theirs")
        case "land":
            turn.__exit__(None, None, None)
            print("landed")
        case "leave":
            gates.leave()
            print("left")
    sys.stdout.flush()
"""


class Process:
    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-c", GATE, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> str:
        return self._process.stdout.readline().strip()

    def told(self, order: str) -> str:
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        return self.said()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path / 'rufgate.db'}"
    open_store(url).dispose()
    return url


@pytest.fixture
def start(url):
    made = []

    def begin() -> Process:
        made.append(Process(url))
        return made[-1]

    yield begin
    for process in made:
        process.kill()


def test_a_gate_knows_whether_another_is_alive_and_how_the_last_one_ended(start):
    first = start()
    assert first.said() == "alone clean"
    assert first.told("settle") == "settled"
    second = start()
    assert second.said() == "one of several clean"
    first.kill()
    assert second.told("leave") == "left"  # never settled: nothing says that all is well
    third = start()
    assert third.said() == "alone killed"
    assert third.told("settle") == "settled"
    assert third.told("leave") == "left"
    assert start().said() == "alone clean"


def test_nobody_starts_while_another_repairs(start):
    first = start()
    assert first.said() == "alone clean"
    second = start()
    assert first.told("settle") == "settled"
    assert second.said() == "one of several clean"


def test_one_canary_at_a_time_and_the_dead_have_no_turn(start):
    first = start()
    first.said()
    first.told("settle")
    second = start()
    second.said()
    assert first.told("fly") == "ours"
    assert second.told("fly") == "theirs"
    assert second.told("land") == "landed"
    assert first.told("land") == "landed"
    assert second.told("fly") == "ours"
    second.kill()
    assert first.told("fly") == "ours"


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    (tmp_path / "rufgate.db-gates").mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        Gates(engine).enter()
    engine.dispose()
