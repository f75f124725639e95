"""``rufgate demo``: see within a minute what the gate does."""

from __future__ import annotations

import typer

from rufgate import app as gate
from rufgate.cli.exits import exit_codes


def demo() -> None:
    """Send built-in synthetic reports through a running gate and show them before and after.

    Needs no configuration and leaves nothing behind. Example: rufgate demo
    """
    with exit_codes():
        code = gate.run_demo(typer.echo)
    raise typer.Exit(code)
