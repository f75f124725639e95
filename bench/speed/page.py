"""The table of a run: on the terminal, and inside a page of the documentation.

In:  figures and the machine.
Out: a page with what stands between ``<!-- figures -->`` and ``<!-- end of figures -->`` replaced.
FAILS: ``ValueError`` where the page has no such marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
COLUMNS: Final = ("work", "measured", "single rounds", "must", "aim", "reached", "remarks")
_VERDICTS: Final = {"aim": "aim", "must": "must", "missed": "**no**", "not measured": "-", "-": "-"}

Run = Mapping[str, Any]


def show(console: Console, run: Run) -> None:
    table = Table(show_lines=False)
    for column in COLUMNS:
        table.add_column(column, overflow="fold")
    for row in run["figures"]:
        table.add_row(*_cells(row))
    console.print(table)
    for line in _machine(run):
        console.print(line, soft_wrap=True)


def has_marks(path: Path) -> bool:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return BEGIN in text and END in text.partition(BEGIN)[2]


def write(path: Path, run: Run) -> None:
    path.write_text(filled(path.read_text(encoding="utf-8"), run), encoding="utf-8")


def filled(text: str, run: Run) -> str:
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs the lines {BEGIN} and {END}")
    return "".join((before, BEGIN, "\n", "\n".join(_lines(run)), "\n", END, after))


def _lines(run: Run) -> Iterator[str]:
    yield from (f"- {line}" for line in _machine(run))
    yield ""
    yield _row(COLUMNS)
    yield _row(("---", "--:", "--:", "--:", "--:", "---", "---"))
    for row in run["figures"]:
        yield _row(_cells(row, marked=True))
    yield from _details(run)


def _details(run: Run) -> Iterator[str]:
    """Each server by itself: rates and times, where they were taken."""
    rows = [row for row in run["figures"] if any("p99_ms" in one for one in row["parts"].values())]
    if not rows:
        return
    yield "\nEach server by itself (medians of the rounds; times in ms):\n"
    yield _row(("work", "server", "accepted/s", "processor time", "p50", "p99"))
    yield _row(("---", "---", "--:", "--:", "--:", "--:"))
    for row in rows:
        for name, one in row["parts"].items():
            keys = ("accepted_per_s", "processor_ms", "p50_ms", "p99_ms")
            yield _row((row["what"], name, *(_number(one[key]) for key in keys)))


def _machine(run: Run) -> Iterator[str]:
    machine = run["machine"]
    loads = f"load average {machine['load_before']} before, {machine['load_after']} after"
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    yield f"{machine['date']}: `{run['command']}`"
    yield (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB,"
        f" {machine['system']}; {loads}"
    )
    yield versions
    yield f"{run['rounds']} rounds, salt {run['salt']}, tools: {run['tools']}"


def _cells(row: Mapping[str, Any], *, marked: bool = False) -> tuple[str, ...]:
    value, verdict = row["value"], row["verdict"]
    measured = "not measured" if value is None else f"{_number(value)} {row['unit']}"
    spread = "" if row["low"] is None else f"{_number(row['low'])} to {_number(row['high'])}"
    words = _VERDICTS[verdict] if marked else verdict
    return row["what"], measured, spread, *_bounds(row), words, row["note"].replace("|", "/")


def _bounds(row: Mapping[str, Any]) -> tuple[str, str]:
    goal = row["goal"]
    if goal is None:
        return "", ""
    sign = "≤ " if goal["at_most"] else "≥ "
    return sign + _number(goal["must"]), sign + _number(goal["aim"])


def _number(value: float) -> str:
    """Three digits are more than a shared machine gives."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
