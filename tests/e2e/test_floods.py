"""Floods against a real gate: its memory hardly moves, and others are served meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import pytest

from rufgate.receive.replies import Reply
from tests.e2e.flooding import MIB, TO_DATA, Normal, Peak, burst, deliver, pour, pour_all, tell
from tests.e2e.gate import Gate, wait_for
from tests.e2e.load import report

ALLOWED_MIB = 64


class Hall(NamedTuple):
    """One gate for all floods: growth counts from before the first."""

    gate: Gate
    peak: Peak


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """At tier metadata, without analysts."""
    folder = tmp_path_factory.mktemp("floods")
    gate = Gate(folder, 1, store_tier="metadata", analysts=(), processes=1, log_level="info")
    gate.start()
    try:
        assert deliver(gate, report(0), "127.76.0.1").startswith("250")
        peak = Peak(gate)
        yield Hall(gate, peak)
        peak.stop()
    finally:
        gate.kill()


FLOODS = [
    # (what, before, chunk, bytes, after, the last reply)
    ("empty lines as a message", TO_DATA, b"\r\n" * 32_768, 16 * MIB, b".\r\n", Reply.OK),
    (
        "bare line feeds as a message",
        TO_DATA,
        b"\n" * 65_536,
        16 * MIB,
        b"\r\n.\r\n",
        Reply.TOO_BIG,
    ),
    ("empty lines as commands", b"", b"\r\n" * 32_768, 16 * MIB, b"", Reply.TOO_MANY_ERRORS),
    ("a message without a line end", TO_DATA, b"x" * MIB, 200 * MIB, b"", Reply.DATA_FLOOD),
    ("a command without a line end", b"", b"x" * MIB, 200 * MIB, b"", Reply.COMMAND_TOO_LONG),
    ("commands", b"EHLO c\r\n", b"NOOP\r\n", 60_000, b"", Reply.TOO_MANY_COMMANDS),
    ("commands with long answers", b"", b"EHLO c\r\n", 80_000, b"", Reply.TOO_MANY_COMMANDS),
]


@pytest.mark.parametrize(
    ("start", "chunk", "total", "end", "last"),
    [flood[1:] for flood in FLOODS],
    ids=[flood[0] for flood in FLOODS],
)
def test_a_flood_is_bounded_and_others_are_served(
    hall: Hall, start: bytes, chunk: bytes, total: int, end: bytes, last: Reply
) -> None:
    normal = Normal(hall.gate)
    with normal.sending():
        wait_for(lambda: len(normal.seconds) >= 2, seconds=60)
        attack = partial(pour, hall.gate, start, chunk, total, end)
        # A message is as good as any other until its end: several at once are no flood.
        several: dict[str, Any] = (
            {"attackers": 1, "seconds": 0.0} if end else {"attackers": 8, "seconds": 1.0}
        )
        floods = pour_all(attack, **several)
    tell(f"growth {hall.peak.growth():.1f} MiB; {len(floods)} floods; {normal.told()}")
    assert hall.peak.growth() < ALLOWED_MIB
    for poured in floods:
        assert poured.cut_off or poured.replies[-1] == last.line
        assert len(poured.replies) < 5000
    assert not normal.refused


def test_a_burst_of_connections_is_refused_and_others_are_served(hall: Hall) -> None:
    """A hundred times what one client may have open."""
    normal = Normal(hall.gate)
    with normal.sending():
        first_lines = Counter(line[:3] for line in asyncio.run(burst(hall.gate, 5000)))
    tell(f"growth {hall.peak.growth():.1f} MiB; {dict(first_lines)}; {normal.told()}")
    assert hall.peak.growth() < ALLOWED_MIB
    assert first_lines == {b"220": 50, b"421": 4950}
    assert not normal.refused
