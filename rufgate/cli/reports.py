"""``rufgate reports``: look at what is kept."""

from __future__ import annotations

import json
from typing import Annotated
from uuid import UUID

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from rufgate import app as gate
from rufgate.cli.exits import BAD_INPUT, end, exit_codes
from rufgate.cli.options import Config, Json, Limit
from rufgate.cli.tables import print_rows
from rufgate.settings.load import load

app = typer.Typer(help="Look at the stored, redacted reports.", no_args_is_help=True)

_COLUMNS = (
    "id", "received_at", "kind", "reported_domain", "source_ip", "auth_failure", "seen", "tier",
)  # fmt: skip


@app.command("list")
def list_(config: Config = None, as_json: Json = False, limit: Limit = 100) -> None:
    """The newest reports first.

    Example: rufgate reports list --limit 20 --json
    """
    with exit_codes():
        found = gate.open_reports(load(config)).list(limit)
    if as_json:
        typer.echo(json.dumps([report.as_json() for report in found], indent=2))
    else:
        print_rows(_COLUMNS, [report.as_json() for report in found])


@app.command("show")
def show(
    report_id: Annotated[UUID, typer.Argument(metavar="ID")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """All that is kept of one report.

    Example: rufgate reports show 5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11
    """
    with exit_codes():
        found = gate.open_reports(load(config)).show(report_id)
    if found is None:
        end(BAD_INPUT, "there is no such report")
    values = found.as_json()
    if as_json:
        typer.echo(json.dumps(values, indent=2))
        return
    table = Table("field", "value", box=box.SIMPLE)
    for name, value in values.items():
        if value not in (None, [], {}):
            table.add_row(name, _plain(value))
    Console(markup=False, highlight=False).print(table)


def _plain(value: object) -> str:
    """A value for people: a list one item a line, an object as ``name=value`` pairs."""
    match value:
        case {"name": name, "value": text}:
            return f"{name}: {text}"
        case {"entity": entity, "recognizer": recognizer, "part": part, "count": count}:
            return f"{part}: {entity} by {recognizer}, {count}"
        case dict():
            pairs = (f"{name}={_plain(item)}" for name, item in value.items())
            return " ".join(pair for pair in pairs if not pair.endswith("="))
        case list():
            return "\n".join(_plain(item) for item in value)
        case None:
            return ""
        case _:
            return str(value)
