"""The servers that are measured, side by side: each is started when it is first needed and kept.

In:  a folder for their files, the tools.
Out: ``Program`` by name: ``naive``, ``bare``, ``receiver``, or a gate by its tier.

A gate has the settings of ``rufgate init`` but for these: no limits of rate and no storms (a
benchmark sends faster and more alike than a reporter), no look-ups in the DNS (the references make
none), no canary, no pages, a worker for each core, and one folder of converted models for all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.speed.client import RCPT_TO
from bench.speed.loads import Tools
from bench.speed.processes import Program, free_port, python
from rufgate.app import set_up

TIERS: Final = ("metadata", "headers", "text")
_SETTINGS: Final = """\
[smtp]
listen = "127.0.0.1:{port}"
hostname = "gate.example"
recipients = ["{recipient}"]
max_connections_per_ip = 500
max_connections_per_network = 500
[limits]
messages_per_minute = 0
messages_per_minute_per_network = 0
messages_per_minute_per_reporter = 0
{limits}
[authenticity]
check = false
[workers]
processes = {processes}
models = "{models}"
[policy]
store_tier = "{tier}"
[canary]
every_minutes = 0
[web]
listen = "off"
"""

_UNLIMITED: Final = """\
storm_after = 0
storm_rows_per_hour = 0
storm_rows_per_sender = 0
storm_megabytes_per_hour = 0"""
# Several gates share the counters of the hour: that they count is part of what is measured.
_SHARED: Final = """\
storm_after = 100000
storm_rows_per_hour = 1000000
storm_rows_per_sender = 1000000
storm_megabytes_per_hour = 100000
[store]
url = "{store}\""""


class Targets:
    """What runs, by name."""

    def __init__(self, folder: Path, tools: Tools) -> None:
        self._folder, self._tools = folder, tools
        self._running: dict[str, Program] = {}

    def __getitem__(self, name: str) -> Program:
        """The server ``name``, started and warm."""
        if name not in self._running:
            program = self.make(name)
            self._running[name] = program  # first: what fails to start is stopped, too
            program.start()
        return self._running[name]

    def adopt(self, name: str, tier: str, store: Path) -> None:
        """A gate of ``tier`` is called ``name`` and goes on with ``store``."""
        program = self.make(tier)
        place = self.store_of(program)
        place.parent.mkdir(exist_ok=True)
        shutil.move(store, place)
        place.chmod(0o600)
        self._running[name] = program
        program.start()

    @staticmethod
    def store_of(program: Program) -> Path:
        """The database of a gate."""
        return program.folder / "var" / "rufgate.db"

    def make(self, name: str, store: str = "") -> Program:
        """A server that is not started yet, with files of its own; a gate may share a ``store``."""
        port = free_port()
        folder = self._folder / f"{name}-{port}"
        folder.mkdir()
        return Program(self._command(name, port, folder, store), port, folder)

    def _command(self, name: str, port: int, folder: Path, store: str) -> list[str]:
        match name:
            case "naive":
                return self._tools.naive(port, folder / "naive.db")
            case "bare":
                return self._tools.bare(port)
            case "receiver":
                return python("bench.speed.servers.receiver", str(port))
            case _:
                return python("rufgate", "serve", "--config", str(gate(folder, name, port, store)))

    @contextmanager
    def fresh(self, name: str) -> Iterator[Program]:
        """A server of its own, which has taken nothing yet."""
        program = self.make(name)
        try:
            program.start()
            yield program
        finally:
            program.stop()

    def stop(self) -> None:
        for program in self._running.values():
            program.stop()
        self._running.clear()


def gate(folder: Path, tier: str, port: int, store: str = "") -> Path:
    """The configuration of a gate in ``folder``."""
    set_up(folder)
    file = folder / "config" / "rufgate.toml"
    processes = max(2, os.cpu_count() or 1)
    limits = _SHARED if store else _UNLIMITED
    file.write_text(
        _SETTINGS.format(
            port=port,
            recipient=RCPT_TO,
            processes=processes,
            tier=tier,
            limits=limits.format(store=store),
            models=folder.parent / "models",
        )
    )
    return file
