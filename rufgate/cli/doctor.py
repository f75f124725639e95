"""``rufgate doctor``: is this installation healthy, and what to do if not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from rufgate import app as gate
from rufgate.cli.exits import CONFIGURATION, UNAVAILABLE
from rufgate.cli.options import Config, Json
from rufgate.doctor.examination import Extent, examine
from rufgate.doctor.finding import Finding, Level
from rufgate.review.exports import printable

NoDns = Annotated[bool, typer.Option("--no-dns", help="Ask no name server.")]
NoModels = Annotated[
    bool, typer.Option("--no-models", help="Do not load the detectors, which takes seconds.")
]


def doctor(
    config: Config = None, as_json: Json = False, no_dns: NoDns = False, no_models: NoModels = False
) -> None:
    """Look at everything: configuration, keys, store, queue, retention, audit, relay, DNS, clock.

    Nothing is changed. Run it as the gate's user. Exit code 0: no error; warnings may stand. 78:
    something must be put right. 69: nothing is known to be wrong, but something did not answer.

    Example: rufgate doctor --config config/rufgate.toml --json
    """
    areas: list[str] = []
    extent = Extent(dns=not no_dns, detectors=not no_models)
    console = Console(stderr=True)
    with console.status("looking", spinner="line") as status:

        def on_area(name: str) -> None:
            areas.append(name)
            status.update(f"looking at {name}")

        found = sorted(
            examine(config, gate.now(), extent, on_area),
            key=lambda one: list(Level).index(one.level),
        )
    if as_json:
        told = {"looked_at": areas, "findings": [one.as_json() for one in found]}
        typer.echo(json.dumps(told, indent=2))
    else:
        _print(found, areas)
    levels = {one.level for one in found}
    if Level.ERROR in levels:
        raise typer.Exit(CONFIGURATION)
    if Level.UNKNOWN in levels:
        raise typer.Exit(UNAVAILABLE)


def _print(found: Sequence[Finding], areas: Sequence[str]) -> None:
    if found:
        table = Table("level", "area", "what is so", "what to do", box=box.SIMPLE)
        for one in found:
            table.add_row(one.level.value, one.area, printable(one.message), printable(one.to_do))
        Console(markup=False, highlight=False).print(table)
    sick = {one.area for one in found}
    healthy = [name for name in areas if name not in sick]
    typer.echo(f"nothing to say of: {', '.join(healthy) or 'nothing'}")
