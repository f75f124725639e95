"""``rufgate store move``: from a file to a PostgreSQL server."""

from __future__ import annotations

import json
import time
from typing import Annotated, Any, Final

import typer

from rufgate import app as gate
from rufgate.audited import move as audited
from rufgate.cli.exits import BAD_INPUT, USAGE, complain, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.settings.load import load
from rufgate.store.move_target import MoveRefused

app = typer.Typer(help="Where the rows are kept.", no_args_is_help=True)

_SAY_EVERY_S: Final = 2.0

_CHANGE: Final = (
    'change the configuration: [store] url = "{url}"; gates on several hosts also need [store] '
    "tombstones in a database of its own"
)
_START: Final = "run `rufgate check` and `rufgate audit verify`, then start the gate"
_DESTROY: Final = (
    "{file} still holds everything, and no retention rule is applied to it any more: once the gate "
    "runs, destroy it: `shred -u {file}`, and {file}-wal, {file}-shm and {file}-gates where they "
    "are. A solid-state disk, or a file system that copies on write, keeps what is overwritten: "
    "there destroy the key of the encrypted disk, or the disk. Backups made so far hold it, too"
)

Url = Annotated[
    str,
    typer.Argument(
        metavar="URL", help="postgresql+psycopg://USER@HOST/DATABASE, without password."
    ),
]
Anew = Annotated[
    bool,
    typer.Option(
        "--anew", help="Empty what an earlier move copied, and begin again.", show_default=False
    ),
]


class _Progress:
    """A line every few seconds on standard error; nothing where it is done before."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SAY_EVERY_S

    def __call__(self, what: str, done: int, total: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SAY_EVERY_S
            complain(f"{what}: {done} of {total}")


@app.callback()
def _store() -> None:
    """Where the rows are kept."""


@app.command("move")
def move(url: Url, config: Config = None, anew: Anew = False, as_json: Json = False) -> None:
    """Copy the store, a file, to the PostgreSQL database at URL, which is to be empty.

    Stop the gate first. Killed or cut off, the same command goes on where it was; until it has
    compared both sides, no gate starts on the database. The file is left as it is.

    The password comes from PGPASSWORD, ~/.pgpass or a file named by ?passfile=FILE.

    Example: rufgate store move 'postgresql+psycopg://rufgate@/rufgate?host=/run/postgresql'
    """
    with exit_codes():
        settings = load(config)
        try:
            done = audited.move(settings, url, gate.now, _Progress(), anew=anew)
        except audited.BadTarget as problem:
            end(USAGE, str(problem))
        except MoveRefused as problem:
            end(BAD_INPUT, str(problem))
    for warning in done.warnings:
        complain(warning)
    if as_json:
        typer.echo(json.dumps(_as_json(done, url), indent=2))
        return
    width = max(len(table.name) for table in done.tables)
    for table in done.tables:
        typer.echo(f"{table.name:{width}}  {table.target.rows:>10}  sha256 {table.target.sha256}")
    typer.echo(
        f"moved: {sum(table.target.rows for table in done.tables)} rows, the same on both sides"
    )
    if done.misfit is not None:
        typer.echo(f"the audit log did not verify before and does not now: entry {done.misfit}")
    for number, step in enumerate(_next(done, url), 1):
        typer.echo(f"{number}. {step}")


def _next(done: audited.Done, url: str) -> tuple[str, ...]:
    """What is left for a person to do."""
    return (_CHANGE.format(url=url), _START, _DESTROY.format(file=done.file))


def _as_json(done: audited.Done, url: str) -> dict[str, Any]:
    return {
        "from": str(done.file),
        "to": url,
        "was_begun": done.was_begun,
        "tables": {
            table.name: {"rows": table.target.rows, "sha256": table.target.sha256}
            for table in done.tables
        },
        "audit_log_misfit": done.misfit,
        "next": _next(done, url),
    }
