"""The figures of a run as tables for a terminal.

In:  figures, leaks, whether leaks of a measuring book may be quoted.
Out: rich tables and lines on a console.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bench.leak import goals
from bench.leak.score import Leak

NOTHING = "-"
_NOT_QUOTED = "(not quoted: see --reveal)"
BREAKDOWNS = (
    ("Leaked, by type", "by_type"),
    ("Leaked, by place", "by_where"),
    ("Leaked, by kind of mail (those with a leak)", "by_style"),
    ("Kept, by class", "kept"),
)
_VERDICTS = {True: "yes", False: "NO", None: NOTHING}


def percent(share: float) -> str:
    """Two digits where it is small, so that a goal of half a percent can be read."""
    return f"{share * 100:.2f} %" if share < 0.1 else f"{share * 100:.1f} %"


def interval(figure: Mapping[str, Any]) -> str:
    """The 95 % interval, or a dash where there was nothing to measure."""
    return f"{figure['low'] * 100:.2f}-{figure['high'] * 100:.2f} %" if figure["of"] else NOTHING


def of(figure: Mapping[str, Any]) -> str:
    """How many of how many."""
    return f"{figure['hits']} of {figure['of']}"


def cell(figure: Mapping[str, Any] | None) -> str:
    """The share, or a dash where there was nothing to measure."""
    return percent(figure["share"]) if figure and figure["of"] else NOTHING


def bound(row: goals.Row) -> str:
    """``at most 0.5 %``."""
    if row.bound in (0.0, 1.0):
        return "none" if row.bound == 0.0 else "all"
    return f"at {'least' if row.at_least else 'most'} {row.bound * 100:g} %"


def show(console: Console, figures: Mapping[str, Any]) -> None:
    """All tables."""
    run, ours = figures["run"], figures["rufgate"]
    console.print(
        f"{ours['reports']} reports of {run['templates']} templates, part {run['part']}, seed"
        f" {run['seed']}, tier {run['tier']}; {ours['missing']} without an output"
    )
    console.print(_goals(figures))
    for title, key in BREAKDOWNS:
        console.print(_breakdown(title, figures, key))


def some_only(key: str, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of the many kinds of mail those that leaked; all of anything else."""
    if key != "by_style":
        return found
    return {name: figure for name, figure in found.items() if figure["hits"]}


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left", no_wrap=True)
    return table


def _goals(figures: Mapping[str, Any]) -> Table:
    table = _table("", "measure", "figure", "95 % interval", "stock presidio", "goal", "reached")
    group = ""
    for row in goals.rows(figures):
        if row.figure is None:
            continue
        if row.group != group:
            group = row.group
            table.add_row(group, style="bold")
        verdict = _VERDICTS[row.reached]
        cells = (cell(row.figure), interval(row.figure), cell(row.stock), bound(row), verdict)
        table.add_row(f"  {row.what}", *cells, style="red" if row.reached is False else None)
    return table


def _breakdown(title: str, figures: Mapping[str, Any], key: str) -> Table:
    table = _table(title, "", "share", "95 % interval", "strings", "stock presidio")
    stock = (figures.get("stock") or {}).get(key, {})
    for name, figure in some_only(key, figures["rufgate"][key]).items():
        table.add_row(name, cell(figure), interval(figure), of(figure), cell(stock.get(name)))
    return table


def show_leaks(console: Console, leaks: Sequence[Leak], *, quoted: bool) -> None:
    """Where each string leaked; what it is only where ``quoted``."""
    for leak in leaks:
        value = leak.value if quoted else _NOT_QUOTED
        console.print(" | ".join((leak.report, leak.style, leak.kind, leak.where, value)))
