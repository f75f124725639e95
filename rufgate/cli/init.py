"""``rufgate init``: a configuration to edit, and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rufgate import app as gate
from rufgate.cli.exits import CONFIGURATION, end, exit_codes


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to set up.")] = Path(),
) -> None:
    """Write DIR/config/rufgate.toml and DIR/var/keys. Overwrites nothing; may be run twice.

    Example: rufgate init /srv/rufgate
    """
    with exit_codes():
        try:
            made = gate.set_up(folder)
        except OSError:
            end(CONFIGURATION, "the folder cannot be written by this user")
    for path in made:
        typer.echo(f"made {path}")
    if not made:
        typer.echo("everything is there already")
    typer.echo(
        f"next: edit {folder / 'config/rufgate.toml'}, then run rufgate check and rufgate serve"
    )
