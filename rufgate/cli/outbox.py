"""``rufgate outbox``: the copies that wait for delivery."""

from __future__ import annotations

import json
from typing import Annotated
from uuid import UUID

import typer

from rufgate import app as gate
from rufgate.cli.exits import BAD_INPUT, end, exit_codes
from rufgate.cli.options import Config, Json, Limit
from rufgate.cli.tables import print_rows
from rufgate.settings.load import load

app = typer.Typer(help="Look at copies and their delivery.", no_args_is_help=True)

Ids = Annotated[list[UUID], typer.Argument(metavar="ID")]
_COLUMNS = ("id", "analyst", "tier", "state", "attempts", "reason", "due_at")


@app.command("list")
def list_(config: Config = None, as_json: Json = False, limit: Limit = 100) -> None:
    """The newest copies first, never their content.

    Example: rufgate outbox list --json
    """
    with exit_codes():
        entries = gate.open_outbox(load(config)).list(limit)
    rows = [entry.as_json() for entry in entries]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    print_rows(_COLUMNS, rows)


@app.command("retry")
def retry(ids: Ids, config: Config = None) -> None:
    """Try waiting or parked copies again now.

    Example: rufgate outbox retry 5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11
    """
    with exit_codes():
        count = gate.open_outbox(load(config)).retry(ids)
    _say(count, ids, "due now")


@app.command("drop")
def drop(ids: Ids, config: Config = None) -> None:
    """Give up on copies and delete their bytes; under a legal hold they are parked with theirs.

    Example: rufgate outbox drop 5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11
    """
    with exit_codes():
        count, kept = gate.open_outbox(load(config)).drop(ids, gate.now())
    if kept:
        typer.echo(f"{kept} are not sent, but their bytes stay: a legal hold keeps their reports")
    _say(count, ids, "dropped", kept)


def _say(count: int, ids: list[UUID], done: str, kept: int = 0) -> None:
    typer.echo(f"{count} of {len(ids)} copies {done}")
    if count + kept < len(ids):
        end(BAD_INPUT, "the others do not exist or are settled")
