"""A real gate on a real PostgreSQL: reports in, copies out, kills, and a server that goes away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random

import pytest

from tests.e2e.gate import Gate, Sink, wait_for
from tests.e2e.load import Load, delivered, domain, stored
from tests.e2e.rounds import marked, repeats, send_rest
from tests.postgres import NoServer, Server, make_server

ANALYST = (("desk", "desk@soc.example.net", "metadata"),)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """One that may be stopped, and that writes to the disk as it should."""
    try:
        server = make_server({"fsync": "on"})
    except NoServer as missing:
        pytest.skip(str(missing))
    yield server
    server.remove()


@pytest.fixture
def on_server(make_gate: Callable[..., Gate], own_server: Server) -> Gate:
    return make_gate(
        analysts=ANALYST, store_tier="metadata", log_level="info", store_url=own_server.database()
    )


def test_while_the_server_is_away_reports_are_put_off_and_none_is_lost(
    on_server: Gate, own_server: Server, sink: Sink
) -> None:
    """In the middle of the load, as if the power had gone."""
    on_server.start()
    load = Load(on_server, range(60), make=marked)
    load.start()
    wait_for(lambda: len(load.acknowledged) >= 10, seconds=60, every=0.002)
    own_server.stop()
    assert on_server.send(marked(99))[0] == 451
    time.sleep(0.5)
    own_server.start()
    load.join()
    assert on_server.running
    assert {code for _, code in load.refused} == {451}
    rows = stored(on_server)
    assert {n: rows.get(domain(n)) for n in load.acknowledged} == dict.fromkeys(
        load.acknowledged, 1
    )
    send_rest(on_server, [99, *(n for n in range(60) if n not in load.acknowledged)])
    everything = {domain(n) for n in (*range(60), 99)}
    assert stored(on_server) == dict.fromkeys(everything, 1)
    wait_for(lambda: everything <= delivered(sink.mails()), seconds=120)
    on_server.wait_delivered()
    assert len(on_server.reports()) == len(everything)
    assert on_server.terminate() == 0
    verified = on_server.command("audit", "verify", "--json", "--config", str(on_server.config))
    assert b'"valid": true' in verified.stdout


@pytest.mark.parametrize(
    "rounds", [1, pytest.param(12, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_nothing_acknowledged_is_lost_when_the_gate_is_killed(
    on_server: Gate, sink: Sink, rounds: int
) -> None:
    chance, count, midway = Random(20261125), 40, 0
    on_server.start()
    for number in range(rounds):
        wanted = range(number * count, (number + 1) * count)
        load = Load(on_server, wanted, make=marked)
        load.start()
        some = chance.randint(1, count * 2 // 3)
        wait_for(lambda: len(load.acknowledged) >= some, seconds=120, every=0.002)  # noqa: B023
        time.sleep(chance.uniform(0, 0.05))
        on_server.kill()
        load.join()
        midway += 0 < len(load.acknowledged) < count
        on_server.start()
        send_rest(on_server, [n for n in wanted if n not in load.acknowledged])
        rows = stored(on_server)
        assert {n: rows.get(domain(n)) for n in wanted} == dict.fromkeys(wanted, 1)
    assert midway, "no round was killed while it had work: the test proves nothing"
    everything = {domain(n) for n in range(rounds * count)}
    wait_for(lambda: everything <= delivered(sink.mails()), seconds=180)
    assert repeats(sink.mails()) <= 4 * 2 * rounds  # what was under way at each kill
