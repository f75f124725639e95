"""Two gates on one store: each report once, each copy once, and each its own canary."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.gate import Gate, Sink, wait_for
from tests.e2e.load import Load, domain, stored
from tests.e2e.rounds import marked, repeats
from tests.e2e.test_continuous_canary import OWN, QUICK, canary, named, spoil

APART, TOGETHER = 30, 15


@pytest.fixture
def pair(make_gate: Callable[..., Gate], store_url: str) -> tuple[Gate, Gate]:
    """Two installations with one store and one set of keys; not yet started."""
    one, two = (make_gate(**QUICK, store_url=store_url) for _ in range(2))
    with two.config.open("a") as config:
        config.write(f'[keys]\ndirectory = "{one.folder / "var" / "keys"}"\n')
    return one, two


def test_reports_to_both_are_stored_once_and_sent_once(pair: tuple[Gate, Gate], sink: Sink) -> None:
    for gate in pair:
        gate.start()
    first, second, both = range(APART), range(APART, 2 * APART), range(100, 100 + TOGETHER)
    loads = [
        Load(gate, [*both, *apart], make=marked)
        for gate, apart in zip(pair, (first, second), strict=True)
    ]
    for load in loads:
        load.start()
    for load in loads:
        load.join()
    assert all(len(load.acknowledged) == APART + TOGETHER for load in loads)
    everything = {domain(n) for n in (*first, *second, *both)}
    assert stored(pair[0]) == dict.fromkeys(everything, 1)
    seen = dict(pair[0].rows("SELECT reported_domain, seen FROM reports"))
    assert Counter(seen.values()) == {1: 2 * APART, 2: TOGETHER}
    pair[0].wait_delivered()
    assert len(sink.mails()) == 2 * len(everything)
    assert repeats(sink.mails("first@soc.example.net")) == 0
    assert [gate.terminate() for gate in pair] == [0, 0]
    verified = pair[0].command("audit", "verify", "--json", "--config", str(pair[0].config))
    assert json.loads(verified.stdout)["valid"], "one chain, whoever wrote"


def test_one_gate_s_death_leaves_the_other_s_work_alone(
    pair: tuple[Gate, Gate], sink: Sink
) -> None:
    """The survivor is not alone, so whoever starts beside it takes nothing of its."""
    one, two = pair
    one.start()
    two.start()
    load = Load(one, range(APART), make=marked)
    load.start()
    two.kill()
    two.start()
    load.join()
    one.wait_delivered()
    assert repeats(sink.mails("first@soc.example.net")) == 0
    assert named(two, "store_repaired") == []


def test_a_canary_is_not_spoiled_by_the_other_gate(
    pair: tuple[Gate, Gate], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other starts, flies its own and stops while the first one's rows are there."""
    hold = tmp_path / "hold"
    hold.touch()
    monkeypatch.setenv("SPOILED_HOLD_WHILE", str(hold))
    one, two = pair
    spoil(one, "hold")
    one.start()
    told: list[str] = []
    asking = threading.Thread(target=lambda: told.append(canary(one, "run")["state"]))
    asking.start()
    wait_for(lambda: one.rows(OWN) != [(0,)], seconds=30)
    two.start()
    assert two.terminate() == 0
    two.start()
    assert one.rows(OWN) != [(0,)], "the other gate took its rows away"
    hold.unlink()
    asking.join(60)
    assert told == ["passed"]
    assert canary(two, "run")["state"] == "passed"
    for gate in pair:
        assert named(gate, "canary_failed") == []
    assert one.rows(OWN) == [(0,)]
