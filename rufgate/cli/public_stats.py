"""``rufgate reports stats --public``: statistics fit to share."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from rufgate import app as gate
from rufgate.audited.reports import AuditedReports
from rufgate.cli.exits import USAGE, end, exit_codes
from rufgate.cli.tables import print_rows
from rufgate.review.public_stats import FEWEST
from rufgate.review.told_months import COLUMNS, OtherK, rows_of
from rufgate.settings.load import load

Public = Annotated[
    bool, typer.Option("--public", help="Figures fit to share; takes no filter but --k.")
]
K = Annotated[
    int | None,
    typer.Option(
        "--k", min=FEWEST, max=1000, help="With --public: the fewest a figure stands for (5)."
    ),
]


def print_public(
    config: Path | None,
    as_json: bool,
    *,
    k: int | None,
    asked: Sequence[str] | None,
    read: Callable[[AuditedReports], None],
) -> None:
    """Print them; ``asked`` names what else was asked by, None without ``--public``."""
    if asked is None:
        end(USAGE, "--k goes with --public")
    if asked:
        names = ", ".join(f"--{name}" for name in asked)
        end(USAGE, f"--public answers fixed questions only, so that answers cannot be compared "
                   f"with each other to single somebody out: leave out {names}")  # fmt: skip
    with exit_codes():
        statistics, reports = gate.open_statistics(load(config))
        try:
            told = statistics.told(k, lambda: read(reports))
        except OtherK as problem:
            end(USAGE, str(problem))
    if as_json:
        typer.echo(json.dumps(told, indent=2))
        return
    print_rows(COLUMNS, rows_of(told))
    typer.echo(
        f"{told['from']} to {told['to']}. A figure is rounded down to a multiple of k, the fewest "
        f"reports and recipients that it stands for ({told['k']}); what is missing is fewer, or "
        "would give others away."
    )
