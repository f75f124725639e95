"""``rufgate serve``: run the gate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from rufgate import app as gate
from rufgate.cli.exits import exit_codes
from rufgate.cli.options import Config
from rufgate.settings.load import load
from rufgate.systemd import manager


def serve(
    config: Config = None,
    demo_sink: Annotated[
        Path | None,
        typer.Option(
            "--demo-sink",
            metavar="DIR",
            hidden=True,
            help="Deliver copies to a sink inside this process that writes them to DIR.",
        ),
    ] = None,
) -> None:
    """Take failure reports by SMTP, store them redacted, forward copies. Ends at SIGTERM.

    Example: rufgate serve --config /srv/rufgate/config/rufgate.toml
    """
    with exit_codes():
        started_by = manager(os.environ, os.getpid())
        code = gate.run_gate(load(config), demo_sink=demo_sink, manager=started_by)
    raise typer.Exit(code)
