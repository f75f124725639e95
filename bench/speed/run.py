"""``rufgate bench speed``: starts servers side by side, sends them the same, says how they compare.

    rufgate bench speed --rounds 5 --salt 7 --write docs/performance.md
    python -m bench.speed.run --only unique --only near

In:  options of the command line (``rufgate.cli.bench`` has the list).
Out: a table on standard output, progress on standard error, figures as JSON or in a page.
FAILS: a row that cannot be measured says why in the table; the others go on.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from rich.console import Console

from bench.speed import page
from bench.speed.figures import Figure
from bench.speed.loads import SharedTools, Tools
from bench.speed.machine import load_now, machine
from bench.speed.processes import CannotMeasure
from bench.speed.rows import NAMES, ROWS, Row, servers
from bench.speed.session import Plan, Session

MISSED, USAGE = 1, 64


@dataclass(frozen=True, kw_only=True)
class Output:
    """What is done with the figures."""

    as_json: Path | None = None
    write: Path | None = None
    check: bool = False


def run(plan: Plan, output: Output, shared: Path | None = None, command: str = "") -> int:
    """Measure, print, and with ``check`` say by the exit code whether each goal was reached."""
    complaints = Console(stderr=True, markup=False, highlight=False)
    wrong = _wrong(plan, output, shared)
    if wrong:
        complaints.print(wrong, soft_wrap=True)
        return USAGE
    tools = SharedTools(shared) if shared else Tools()

    def keep(done: dict[str, Any]) -> None:
        """After each row: a run that is ended leaves what it had."""
        if output.as_json:
            done = done | {"command": command}
            output.as_json.write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")

    done = measure(plan, tools, _voice(complaints), keep) | {"command": command}
    if output.write:
        page.write(output.write, done)
    console = Console(markup=False, highlight=False)
    console.width = max(console.width, 150)  # a table that is cut is of no use
    page.show(console, done)
    missed = [row["what"] for row in done["figures"] if row["verdict"] == "missed"]
    if output.check and missed:
        complaints.print("missed: " + ", ".join(missed), soft_wrap=True)
    return MISSED if output.check and missed else 0


def measure(
    plan: Plan,
    tools: Tools,
    say: Callable[[str], None],
    keep: Callable[[dict[str, Any]], None] = lambda _: None,
) -> dict[str, Any]:
    """The figures of the rows of ``plan``, as JSON can hold them; ``keep`` gets those so far."""
    rows = [row for row in ROWS if not plan.rows or row.name in plan.rows]
    before = machine()
    with tempfile.TemporaryDirectory(prefix="rufgate-speed-") as folder, _ends_by_signal():
        session = Session(plan=plan, folder=Path(folder), tools=tools, say=say)
        session.unique_servers = servers(rows)
        try:
            figures: list[Figure] = []
            for row in rows:
                figures += _figures(row, session)
                keep(_as_json(plan, tools, before, figures))
        finally:
            session.targets.stop()
    return _as_json(plan, tools, before, figures)


def _as_json(
    plan: Plan, tools: Tools, before: dict[str, Any], figures: Sequence[Figure]
) -> dict[str, Any]:
    return {
        "machine": before | {"load_after": load_now()},
        "rounds": plan.rounds,
        "salt": plan.salt,
        "quick": plan.quick,
        "tools": tools.name,
        "figures": [asdict(figure) | {"verdict": figure.verdict} for figure in figures],
    }


def _figures(row: Row, session: Session) -> Sequence[Figure]:
    try:
        return row.measure(session)
    except CannotMeasure as why:
        note = " ".join(str(why).split())
        session.say(f"{row.name}: {note}")
        return [Figure(row=row.name, what=row.name, unit="", value=None, note=note)]


@contextmanager
def _ends_by_signal() -> Iterator[None]:
    """SIGTERM ends a run as Ctrl-C does: servers are stopped and their files removed."""

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _voice(console: Console) -> Callable[[str], None]:
    began = time.monotonic()
    return lambda line: console.print(f"{time.monotonic() - began:6.0f} s  {line}", soft_wrap=True)


def _wrong(plan: Plan, output: Output, shared: Path | None) -> str | None:
    """What would only show after minutes of work."""
    unknown = [name for name in plan.rows if name not in NAMES]
    if unknown:
        return f"there is no row {unknown[0]}: {', '.join(NAMES)}"
    if output.write is not None and not page.has_marks(output.write):
        return f"{output.write} is no page with the lines {page.BEGIN} and {page.END}"
    if output.as_json is not None and not output.as_json.parent.is_dir():
        return f"there is no folder {output.as_json.parent}"
    if shared is not None and not (shared / "smtp_load.py").is_file():
        return f"{shared} holds no smtp_load.py"
    return None


def main() -> None:
    """The same verb without an installed command."""
    from rufgate.cli import main as cli  # noqa: PLC0415 - the command line imports this module

    sys.exit(cli.run(["bench", "speed", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
