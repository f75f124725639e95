"""Tables for people: never cut, since an id that is cut is of no use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from rufgate.review.exports import printable


def print_rows(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    *,
    title: str | None = None,
    to_stderr: bool = False,
) -> None:
    """One line a row; wider than the terminal where that is what the values need."""
    table = Table(box=box.SIMPLE, title=title, title_justify="left")
    for name in columns:
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*("" if row[name] is None else printable(str(row[name])) for name in columns))
    wide = Console(width=1000)
    needed = Measurement.get(wide, wide.options, table).maximum
    console = Console(markup=False, highlight=False, stderr=to_stderr)
    console.width = max(console.width, needed)
    console.print(table)
