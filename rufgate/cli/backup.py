"""``rufgate backup`` and ``rufgate restore``: a copy of the database, and its way back."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated, Final

import typer

from rufgate import app as gate
from rufgate.audited import backup as audited
from rufgate.cli.exits import BAD_INPUT, complain, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.govern.manifest import BackupProblem
from rufgate.settings.load import load

_SAY_EVERY_S: Final = 2.0

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the backup.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Lose the database that is there now.", show_default=False)
]


class _Progress:
    """A line every few seconds on standard error; nothing where it is done before."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SAY_EVERY_S

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SAY_EVERY_S
            complain(f"{done // 1_048_576} of about {total // 1_048_576} MB")


def backup(folder: Folder, config: Config = None, as_json: Json = False) -> None:
    """Copy the database into DIR, new or empty, while the gate runs.

    Keys and tombstones are not in it: back up the keys apart, and keep the tombstones out of it.

    Example: rufgate backup /mnt/backup/2026-11-25
    """
    with exit_codes():
        settings = load(config)
        try:
            made = audited.make_backup(
                settings, folder, gate.now, gate.engine_version(), _Progress()
            )
        except BackupProblem as problem:
            end(BAD_INPUT, str(problem))
    if as_json:
        typer.echo(json.dumps({"folder": str(folder), **made.as_json()}, indent=2))
        return
    typer.echo(f"backup: {folder} ({made.size} bytes, sha256 {made.sha256})")
    typer.echo(f"audit head in it: {made.head}")
    typer.echo("not in it: keys and tombstones")


def restore(
    folder: Folder, config: Config = None, replace: Replace = False, as_json: Json = False
) -> None:
    """Put the database of the backup in DIR in its place; stop the gate first.

    What was forgotten by hand since the backup is forgotten again before anything can read it. The
    audit log is then that of the backup, and says which one it replaced.

    Example: rufgate restore /mnt/backup/2026-11-25 --replace
    """
    with exit_codes():
        settings = load(config)
        try:
            done = audited.restore(settings, folder, gate.now, _Progress(), replace=replace)
        except BackupProblem as problem:
            end(BAD_INPUT, f"{problem}; nothing was changed")
    said = {
        "folder": str(folder),
        "made_at": done.manifest.at,
        "tombstones": done.replayed.lines,
        "rows_forgotten": done.replayed.rows,
        "tombstones_lost": done.replayed.lost,
        "replaced_head": str(done.replaced) if done.replaced else None,
        "replaced_log": str(done.kept_log) if done.kept_log else None,
    }
    if as_json:
        typer.echo(json.dumps(said, indent=2))
        return
    typer.echo(f"restored the backup of {done.manifest.at}")
    typer.echo(
        f"tombstones held against it: {done.replayed.lines}, rows forgotten again: "
        f"{done.replayed.rows}"
    )
    if done.replayed.lost:
        typer.echo("tombstones are missing: what they listed may be there again")
    if done.replaced:
        typer.echo(f"replaced a database whose audit log ended at {done.replaced}")
    if done.kept_log:
        typer.echo(f"entries of that log since the backup: {done.kept_log}")
    typer.echo("where the policy became stricter since, run `rufgate policy apply` next")
