"""``rufgate check``: is the configuration right?"""

from __future__ import annotations

import json
from collections.abc import Sequence

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from rufgate import app as gate
from rufgate.cli.exits import CONFIGURATION
from rufgate.cli.options import Config, Json
from rufgate.settings.load import check_all
from rufgate.settings.problems import Problem


def check(config: Config = None, as_json: Json = False) -> None:
    """Say all that is wrong with the configuration, with file, line and key.

    Exit code 0: `serve` would start; warnings may stand. 78: it would not.

    Example: rufgate check --config config/rufgate.toml --json
    """
    problems = check_all(config, gate.now().date())
    if as_json:
        typer.echo(json.dumps([problem.as_json() for problem in problems], indent=2))
    else:
        _print(problems)
    if any(problem.level == "error" for problem in problems):
        raise typer.Exit(CONFIGURATION)


def _print(problems: Sequence[Problem]) -> None:
    if not problems:
        typer.echo("no problem found")
        return
    table = Table("level", "line", "key", "what is wrong, and what to do", box=box.SIMPLE)
    for problem in problems:
        table.add_row(problem.level, str(problem.line or ""), problem.key, problem.message)
    console = Console(markup=False, highlight=False)
    for file in dict.fromkeys(problem.file for problem in problems):
        console.print(file, soft_wrap=True)
    console.print(table)
