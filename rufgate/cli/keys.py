"""``rufgate keys``: epochs of pseudonyms, their end, and the public key."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

import typer

from rufgate import app as gate
from rufgate.audited import keys as audited
from rufgate.cli.access import TokenFile, approved
from rufgate.cli.exits import BAD_INPUT, CONFIGURATION, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.cli.tables import print_rows
from rufgate.govern.approvals import Kind
from rufgate.govern.epochs import CurrentEpoch, UnknownEpoch
from rufgate.settings.load import load

app = typer.Typer(help="Keys of pseudonyms, by epoch, and the public key.", no_args_is_help=True)

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask: for scripts.")]
Before = Annotated[
    str | None,
    typer.Option("--before", metavar="DATE", help="All that ended before that day (UTC)."),
]
Number = Annotated[int | None, typer.Argument(metavar="N", min=1)]

_COLUMNS: Final = (
    "number", "state", "began_on", "ended_on", "destroyed_on", "reports", "tokens", "key_exists",
    "due_for_rotation",
)  # fmt: skip
_MEANS: Final = (
    "their pseudonyms stay as noise: equal ones can still be joined, new ones cannot be made",
    "nobody can be found in them by address any more: `subject find` answers so for that period",
    "`subject erase` does not reach them any more",
    "copies that analysts hold cannot be linked to anybody any more, either",
    "every backup of the folder of keys that holds the key must be destroyed, too",
    "the file is overwritten and removed",
    "file systems that copy on write, snapshots and flash disks may keep its old bytes",
    "no gate starts again while a destroyed key is in the folder",
)


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """Each epoch: when, whether its key exists, how many reports and tokens carry it.

    "ended, no report left": nothing stored was made under it, so its key may be destroyed.

    Example: rufgate keys list --json
    """
    with exit_codes():
        rows = [state.as_json() for state in audited.open_keys(load(config), gate.now).list()]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        print_rows(_COLUMNS, rows)


@app.command("rotate")
def rotate(config: Config = None, as_json: Json = False) -> None:
    """Begin a new epoch now; a running gate takes it up within seconds.

    Example: rufgate keys rotate
    """
    with exit_codes():
        settings = load(config)
        if not audited.runs_as_owner(settings):
            end(CONFIGURATION, "run this as the owner of the folder of keys: the gate reads them")
        number = audited.open_keys(settings, gate.now).rotate()
    if as_json:
        typer.echo(json.dumps({"number": number, "key_id": f"p{number}"}))
    else:
        typer.echo(f"epoch {number} has begun: new reports carry p{number}")


@app.command("destroy")
def destroy(
    number: Number = None,
    before: Before = None,
    config: Config = None,
    as_json: Json = False,
    yes: Yes = False,
    token_file: TokenFile = None,
) -> None:
    """Destroy the key of an ended epoch for good; says first what that means, and asks.

    Example: rufgate keys destroy --before 2026-06-01
    """
    if (number is None) == (before is None):
        end(USAGE, "give the number of an epoch, or --before DATE")
    if not yes and not sys.stdin.isatty():
        end(USAGE, "nothing was destroyed: give --yes where nobody can be asked")
    with exit_codes():
        keys = audited.open_keys(load(config), gate.now)
        states = keys.list()
        chosen = (
            [state for state in states if state.epoch.number == number]
            if before is None
            else audited.ended_before(states, _day(before))
        )
        if before is None and not chosen:
            end(BAD_INPUT, f"there is no epoch {number}: see `rufgate keys list`")
        if any(state.is_current for state in chosen):
            end(BAD_INPUT, f"epoch {number} is in use: run `rufgate keys rotate` first")
        if chosen:
            asked = " ".join(str(state.epoch.number) for state in chosen)
            approved(keys.second, Kind.KEYS_DESTROY, asked, token_file)
            _say_what_it_means(chosen)
            if not yes:
                typer.confirm("Destroy for good?", abort=True, err=True)
        numbers = [state.epoch.number for state in chosen]
        try:
            keys.destroy(numbers)
        except (CurrentEpoch, UnknownEpoch) as problem:
            end(BAD_INPUT, str(problem))
    if as_json:
        typer.echo(json.dumps({"destroyed": numbers}))
    elif numbers:
        typer.echo(f"destroyed: {', '.join(f'epoch {one}' for one in numbers)}")
    else:
        typer.echo("no key of an epoch that ended before that day")


@app.command("export-public")
def export_public(config: Config = None, as_json: Json = False) -> None:
    """The public key (Ed25519, PEM) by which others check signed heads of the audit log.

    Example: rufgate keys export-public >rufgate-signing.pem
    """
    with exit_codes():
        pem = audited.public_key(load(config))
    if as_json:
        typer.echo(json.dumps({"algorithm": "Ed25519", "public_key": pem}))
    else:
        typer.echo(pem, nl=False)


def _say_what_it_means(chosen: Sequence[audited.EpochState]) -> None:
    for state in chosen:
        epoch = state.epoch
        typer.echo(
            f"epoch {epoch.number}, {epoch.began_on} to {epoch.ended_on}: "
            f"{epoch.reports} stored reports, {epoch.tokens} pseudonyms",
            err=True,
        )
    for line in _MEANS:
        typer.echo(f"- {line}", err=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        end(USAGE, "--before takes a day, as 2026-06-01")
