"""Fixtures: a relay on loopback, and gates that are taken down whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.gate import Gate, Sink


@pytest.fixture
def sink() -> Iterator[Sink]:
    """The analysts' mail server."""
    relay = Sink()
    relay.start()
    yield relay
    relay.stop()


@pytest.fixture
def make_gate(tmp_path: Path, sink: Sink) -> Iterator[Callable[..., Gate]]:
    """Makes gates, not yet started; each is killed afterwards if it still runs."""
    made: list[Gate] = []

    def make(**settings: Any) -> Gate:
        folder = tmp_path / f"gate{len(made)}"
        gate = Gate(folder, sink.port, **settings)
        made.append(gate)
        return gate

    yield make
    for gate in made:
        if gate.running:
            gate.kill()


@pytest.fixture
def gate(make_gate: Callable[..., Gate]) -> Gate:
    """A running gate with one analyst at tier text."""
    running = make_gate()
    running.start()
    return running
