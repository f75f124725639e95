"""``rufgate approve``: the second person says yes."""

from __future__ import annotations

import json
from typing import Annotated, Final
from uuid import UUID

import typer

from rufgate import app as gate
from rufgate.audited.access import open_second_person
from rufgate.cli.access import TokenFile, denials, token_of
from rufgate.cli.exits import exit_codes
from rufgate.cli.options import Config, Json
from rufgate.cli.tables import print_rows
from rufgate.settings.load import load

app = typer.Typer(
    help="A second person's approval, where [govern] second_approval asks for one.",
    no_args_is_help=True,
)

_COLUMNS: Final = ("id", "kind", "asked_by", "asked_at", "expires_at", "granted_by")


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """What waits for a second person; people are named by the ids of their tokens.

    Example: rufgate approve list --json
    """
    with exit_codes():
        rows = [found.as_json() for found in open_second_person(load(config), gate.now).list()]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        print_rows(_COLUMNS, rows)


@app.command("grant")
def grant(
    request: Annotated[UUID, typer.Argument(metavar="ID")],
    config: Config = None,
    token_file: TokenFile = None,
    as_json: Json = False,
) -> None:
    """Say yes, with the token of a privacy officer who is not the one who asked.

    It is good for exactly what was asked for, once, within a week of the request.

    Example: rufgate approve grant 5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11 --token-file ~/token
    """
    with exit_codes():
        second = open_second_person(load(config), gate.now)
        with denials():
            granted = second.grant(request, token_of(token_file))
    if as_json:
        typer.echo(json.dumps(granted.as_json()))
    else:
        typer.echo(f"granted: {granted.kind}; {granted.asked_by} may now run it again")
