"""``rufgate audit``: who did what, and whether the log of it is whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Final

import typer

from rufgate.cli.exits import BAD_INPUT, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json, Limit
from rufgate.cli.tables import print_rows
from rufgate.govern.keys import load_audit_key
from rufgate.settings.load import load
from rufgate.store import audit_stored, audit_verify
from rufgate.store.audit import Head, head_of
from rufgate.store.audit_verify import Misfit, Verdict
from rufgate.store.engine import open_store

app = typer.Typer(help="The log of what was done, looked at and deleted.", no_args_is_help=True)

_HEAD: Final = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
_COLUMNS: Final = ("sequence", "at", "actor", "action", "details")
_WHY: Final = {
    Misfit.CHANGED: "it was changed, moved or made with another key",
    Misfit.MISSING: "it is missing, and was not pruned by the gate",
    Misfit.MISPLACED: "it stands where it does not belong",
    Misfit.CUT_OFF: "the log ends before the noted head: its end was cut off",
    Misfit.REPLACED: "it is not the entry of the noted head: the log was made anew",
    Misfit.MONTH_CHANGED: "the head of a month that is gone was changed or made up",
    Misfit.HEAD_PRUNED: "the noted head is older than what is kept: note a newer one",
}

HeadNoted = Annotated[
    str | None,
    typer.Option("--head", metavar="SEQ:MAC", help="What `rufgate audit head` printed earlier."),
]
Copy = Annotated[
    Path | None,
    typer.Option("--file", metavar="COPY", help="A copy of the database's file; only read."),
]


@app.command("list")
def list_(config: Config = None, as_json: Json = False, limit: Limit = 100) -> None:
    """The newest entries first, as they are stored; `audit verify` says whether they are genuine.

    Example: rufgate audit list --limit 20 --json
    """
    with exit_codes():
        found = audit_stored.newest(open_store(load(config).store.url), limit)
    if as_json:
        typer.echo(json.dumps([entry.as_json() for entry in found], indent=2))
    else:
        print_rows(_COLUMNS, [{**entry.as_json(), "details": entry.details} for entry in found])


@app.command("head")
def head(config: Config = None, as_json: Json = False) -> None:
    """Number and MAC of the newest entry: note it where this machine's users cannot write.

    Example: rufgate audit head >> /mnt/elsewhere/heads
    """
    with exit_codes():
        found = head_of(open_store(load(config).store.url))
    if found is None:
        end(BAD_INPUT, "there is no entry yet")
    said = {"sequence": found.sequence, "mac": found.mac}
    typer.echo(json.dumps(said) if as_json else str(found))


@app.command("verify")
def verify(
    config: Config = None, noted: HeadNoted = None, copy: Copy = None, as_json: Json = False
) -> None:
    """Look for entries that were changed, deleted, moved or inserted.

    Exit code 0: the log is whole. 65: it is not; the first entry that does not fit is named. That
    its end was cut off shows only with --head.

    Example: rufgate audit verify --head "$(tail -1 /mnt/elsewhere/heads)"
    """
    with exit_codes():
        settings = load(config)
        key = load_audit_key(settings.keys.directory)
        engine = audit_stored.open_copy(copy) if copy else open_store(settings.store.url)
        found = audit_verify.verify(engine, key, _noted(noted))
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2))
    elif found.bad is None:
        _print_whole(found)
    if found.why is not None:
        end(BAD_INPUT, f"entry {found.bad} does not fit: {_WHY[found.why]}")


def _noted(text: str | None) -> Head | None:
    if text is None:
        return None
    match = _HEAD.fullmatch(text.strip())
    if match is None:
        end(USAGE, "--head is what `rufgate audit head` prints: a number, a colon, 64 hex digits")
    return Head(sequence=int(match[1]), mac=match[2])


def _print_whole(found: Verdict) -> None:
    typer.echo(f"the log is whole: {found.entries} entries, from {found.first} on")
    if found.head:
        typer.echo(f"head: {found.head}")
