"""``rufgate dns``: what to publish, and what is published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from rufgate import app as gate
from rufgate.audited.dns import look, to_publish
from rufgate.cli.exits import CONFIGURATION, UNAVAILABLE, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.posture.seen import Finding, Level
from rufgate.receive.authenticity.resolver import parse_name_server
from rufgate.review.exports import printable
from rufgate.settings.load import load

app = typer.Typer(help="What DNS should say, and what it says.", no_args_is_help=True)

Servers = Annotated[
    list[str] | None,
    typer.Option(
        "--resolver",
        metavar="ADDRESS:PORT",
        help="Ask this name server. Default: [authenticity] resolver, then those of the system.",
        show_default=False,
    ),
]


@app.command("records")
def records(config: Config = None, as_json: Json = False) -> None:
    """What to publish, as lines of zone files; nothing is asked or changed.

    Example: rufgate dns records --config config/rufgate.toml
    """
    with exit_codes():
        found = to_publish(load(config), gate.now().date())
    if as_json:
        told = {**found, "records": [record.as_json() for record in found["records"]]}
        typer.echo(json.dumps(told, indent=2))
        return
    for record in found["records"]:
        typer.echo(f"{record.as_zone()}\n")
    for hint in found["hints"]:
        typer.echo(f"; {hint}", err=True)


@app.command("check")
def check(config: Config = None, as_json: Json = False, resolver: Servers = None) -> None:
    """Compare DNS with what it should say.

    Exit code 0: no error; warnings may stand. 78: something is missing or wrong. 69: nothing is
    known to be wrong, but a question got no answer.

    Example: rufgate dns check --resolver 192.0.2.53:53 --json
    """
    servers = [_server(text) for text in resolver or ()]
    with exit_codes():
        found = look(load(config), gate.now().date(), servers)
    if as_json:
        typer.echo(json.dumps([finding.as_json() for finding in found], indent=2))
    else:
        _print(found)
    levels = {finding.level for finding in found}
    if Level.ERROR in levels:
        raise typer.Exit(CONFIGURATION)
    if Level.UNKNOWN in levels:
        raise typer.Exit(UNAVAILABLE)


def _server(text: str) -> tuple[str, int]:
    try:
        return parse_name_server(text)
    except ValueError:
        end(USAGE, "--resolver takes an address and a port: 192.0.2.53:53 or [2001:db8::53]:53")


def _print(found: Sequence[Finding]) -> None:
    if not found:
        typer.echo("no problem found")
        return
    table = Table("level", "name", "what is wrong, and what to do", box=box.SIMPLE)
    for finding in found:
        said = finding.as_json()
        quoted = f"\nfound: {said['found']}" if said["found"] else ""
        table.add_row(said["level"], printable(said["name"]), printable(said["message"] + quoted))
    console = Console(markup=False, highlight=False)
    console.print(table)
