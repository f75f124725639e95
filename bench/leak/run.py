"""``rufgate bench leak``: generates reports, sanitizes them, scores what comes out, says so.

    rufgate bench leak --part measure --count 300 --seed 1 --stock --independent --prose
    python -m bench.leak.run --part tune --show 40

In:  options of the command line (``rufgate.cli.bench`` has the list).
Out: tables on standard output, figures as JSON or in a page; the exit code.
SECURITY: what leaked from a measuring book is not quoted unless that is asked for, since a rule
     written while looking at it spoils the book.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bench.leak import generate, goals, page, parts, tables
from bench.leak.command import CannotMeasure, Options, measure

MISSED = 1
UNAVAILABLE = 69  # sysexits
USAGE = 64


@dataclass(frozen=True, kw_only=True)
class Output:
    """What is done with the figures."""

    show: int = 0
    reveal: bool = False
    as_json: Path | None = None
    write: Path | None = None
    check: bool = False


def run(options: Options, output: Output) -> int:
    """Measure, print, and with ``check`` say by the exit code whether every goal was reached."""
    complaints = Console(stderr=True, markup=False, highlight=False)
    wrong = _wrong(options, output)
    if wrong:
        complaints.print(wrong, soft_wrap=True)
        return USAGE
    try:
        with _progress(complaints) as progress:
            measured = measure(options, progress)
    except CannotMeasure as why:
        complaints.print(str(why), soft_wrap=True)
        return UNAVAILABLE
    _hand_out(measured.figures, output)  # first: whoever reads the tables may stop reading
    console = Console(markup=False, highlight=False)
    console.width = max(console.width, 130)  # a table that is cut is of no use
    tables.show(console, measured.figures)
    quoted = output.reveal or not is_measuring(options.plan.part)
    tables.show_leaks(console, measured.leaks[: output.show], quoted=quoted)
    missed = goals.missed(measured.figures)
    if output.check and missed:
        complaints.print("missed: " + ", ".join(row.what for row in missed), soft_wrap=True)
    return MISSED if output.check and missed else 0


def _wrong(options: Options, output: Output) -> str | None:
    """What would only show after minutes of work."""
    plan = options.plan
    if plan.part not in parts.names():
        return f"there is no part {plan.part}: {', '.join(parts.names())}"
    if plan.style is not None and plan.style not in generate.styles(plan.part):
        return f"there is no {plan.style} in part {plan.part}"
    if output.write is not None and not page.has_marks(output.write):
        return f"{output.write} is no page with the lines {page.BEGIN} and {page.END}"
    if output.as_json is not None and not output.as_json.parent.is_dir():
        return f"there is no folder {output.as_json.parent}"
    return None


def is_measuring(part: str) -> bool:
    """Whether the part, or the book of that name, is for figures only."""
    measuring = {book.name for book in parts.PARTS["measure"]}
    return any(book.name in measuring for book in parts.books(part))


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[int], Callable[[], None]]]:
    with Progress(console=console, transient=True) as bar:

        def begin(total: int) -> Callable[[], None]:
            task = bar.add_task("reports and texts", total=total)
            return lambda: bar.advance(task)

        yield begin


def _hand_out(figures: dict[str, Any], output: Output) -> None:
    if output.as_json:
        output.as_json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if output.write:
        page.write(output.write, figures)


def main() -> None:
    """The same verb without an installed command."""
    from rufgate.cli import main as cli  # noqa: PLC0415 - the command line imports this module

    sys.exit(cli.run(["bench", "leak", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
