"""Loads and servers: ours, or those of a folder with a second set of tools to compare with.

In:  a ``Load``, a port.
Out: ``Outcome``; command lines of the reference servers.
FAILS: ``CannotMeasure`` where a client says nothing of use.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.speed.client import Load, Outcome
from bench.speed.processes import CannotMeasure, environment, python

_SPARE_S = 120


@dataclass(frozen=True)
class Tools:
    """Our own client and servers."""

    name = "own"

    def naive(self, port: int, database: Path) -> list[str]:
        return python("bench.speed.servers.naive", str(port), str(database))

    def bare(self, port: int) -> list[str]:
        return python("bench.speed.servers.bare", str(port))

    def client(self, port: int, load: Load) -> list[str]:
        return python("bench.speed.client", str(port), json.dumps(asdict(load)))

    def outcome(self, printed: dict[str, Any]) -> Outcome:
        return Outcome(**printed)

    def send(self, port: int, load: Load) -> Outcome:
        """Send ``load`` from a process of its own, and wait for it."""
        done = subprocess.run(
            self.client(port, load),
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
            timeout=load.seconds + _SPARE_S,
        )
        try:
            return self.outcome(json.loads(done.stdout))
        except (ValueError, KeyError, TypeError):
            raise CannotMeasure(f"the client failed: {done.stderr[-800:]}") from None

    @contextmanager
    def beside(self, port: int, load: Load) -> Iterator[None]:
        """``load`` is sent while the block runs, and is cut off at its end."""
        client = subprocess.Popen(
            self.client(port, load),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        try:
            yield
        finally:
            client.kill()
            client.wait()


@dataclass(frozen=True)
class SharedTools(Tools):
    """``gen_reports.py``, ``smtp_load.py`` and the reference servers of ``folder``."""

    folder: Path
    name = "shared"

    def naive(self, port: int, database: Path) -> list[str]:
        return [*self._python("ref_naive_presidio"), "--port", str(port), "--db", str(database)]

    def bare(self, port: int) -> list[str]:
        return [*self._python("ref_bare_aiosmtpd"), "--port", str(port)]

    def client(self, port: int, load: Load) -> list[str]:
        shape = load.shape
        if shape.hostile:  # its generator makes none
            return super().client(port, load)
        options = {
            "port": port, "count": load.count, "concurrency": load.sessions,
            "distinct": load.distinct, "start": load.start, "rate": load.rate,
            "duration": load.seconds, "seed": shape.seed, "size": shape.size,
            "text-bytes": shape.text, "dup-ratio": shape.alike, "campaigns": shape.campaigns,
            "attach-bytes": shape.attached,
        }  # fmt: skip
        given = [f"--{name}={value}" for name, value in options.items()]
        return [*self._python("smtp_load"), *given, *([] if shape.markup else ["--no-html"])]

    def outcome(self, printed: dict[str, Any]) -> Outcome:
        if "latency_ms" not in printed:
            return super().outcome(printed)
        late = printed["latency_ms"]
        wrong = {name: count for name, count in printed["replies"].items() if name != "eod 250"}
        return Outcome(
            accepted=printed["accepted"],
            refused=wrong | printed["errors"],
            seconds=printed["seconds"],
            p50=(late["p50"] or float("nan")) / 1000,
            p99=(late["p99"] or float("nan")) / 1000,
            size=printed["mean_message_bytes"],
        )

    def _python(self, module: str) -> list[str]:
        return [sys.executable, str(self.folder / f"{module}.py")]
