"""``rufgate retention``: what is kept for how long, and what would go."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from rufgate import app as gate
from rufgate.audited import retention as audited
from rufgate.audited.holds import holds_in_force
from rufgate.cli import holds
from rufgate.cli.exits import BAD_INPUT, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.cli.tables import print_rows
from rufgate.govern.verify import Verification
from rufgate.settings.load import load

app = typer.Typer(help="What is kept, for how long, and what goes.", no_args_is_help=True)
app.add_typer(holds.app, name="hold")

At = Annotated[
    str | None,
    typer.Option("--at", metavar="DATE", help="As of that day or time (UTC). Default: now."),
]
Digest = Annotated[str, typer.Option("--plan", metavar="DIGEST", help="Of `retention plan`.")]

Copy = Annotated[
    Path | None,
    typer.Option("--file", metavar="COPY", help="A copy of the database's file. Default: itself."),
]
Full = Annotated[
    bool, typer.Option("--full", help="Write the file anew first; nothing is taken meanwhile.")
]

_TELL_EVERY: Final = 256 << 20
_SHOWN: Final = (
    "class", "domain", "reporter", "days", "action", "owner", "reason", "review_by", "rows",
    "held", "oldest", "next_due",
)  # fmt: skip
_PLANNED: Final = ("class", "domain", "reporter", "days", "action", "table", "rows")


@app.command("show")
def show(config: Config = None, as_json: Json = False) -> None:
    """The rules in force and what each covers: rows, the oldest, the day it is due.

    Rows are those on which the rule still has something to do, due or not; held are those of
    which a legal hold keeps something.

    Example: rufgate retention show --json
    """
    with exit_codes():
        settings = load(config)
        states = audited.retention_matrix(settings, gate.now)
        in_force = holds_in_force(settings, gate.now)
    today = gate.now().date()
    rows = [state.as_json(today) for state in states]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    print_rows(_SHOWN, rows)
    holds.print_in_force(in_force)
    for row in rows:
        if row["review_overdue"]:
            typer.echo(
                f"past its review date ({row['review_by']}): class {row['class']}, "
                f"domain {row['domain']}, reporter {row['reporter']}, owner {row['owner']}"
            )


@app.command("plan")
def plan(config: Config = None, at: At = None, as_json: Json = False) -> None:
    """What would go, by class, rule and table, with a digest; with --json the rows' keys too.

    A row stands under each class that takes something of it.

    Example: rufgate retention plan --at 2027-01-01
    """
    moment = _moment(at)
    with exit_codes():
        found = audited.retention_plan(load(config), moment, gate.now)
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2))
        return
    print_rows(_PLANNED, found.as_json()["entries"])
    _print_held(found.held)
    typer.echo(f"as of: {found.at.isoformat()}")
    typer.echo(f"digest: {found.digest}")


@app.command("apply")
def apply(digest: Digest, config: Config = None, at: At = None, as_json: Json = False) -> None:
    """Do what a plan lists, now. Refused (exit code 65) where the plan is no longer the same.

    --at as it was for the plan, never later than now.

    Example: rufgate retention apply --plan DIGEST --at 2027-01-01
    """
    moment = _moment(at)
    if moment > gate.now():
        end(BAD_INPUT, "--at is in the future: nothing goes before its day")
    with exit_codes():
        settings = load(config)
        found = audited.retention_plan(settings, moment, gate.now, shown=False)
        if found.digest != digest.strip().lower():
            end(BAD_INPUT, "the plan has changed, nothing was done: see `rufgate retention plan`")
        changed = audited.carry_out_plan(settings, found, gate.now)
    counts = {name.value: rows for name, rows in changed.items() if rows}
    if as_json:
        typer.echo(json.dumps({"digest": found.digest, "rows": counts, "held": found.held}))
        return
    if counts:
        print_rows(("class", "rows"), [{"class": k, "rows": v} for k, v in counts.items()])
    else:
        typer.echo("nothing was due")
    _print_held(found.held)


def _print_held(count: int) -> None:
    if count:
        typer.echo(f"kept by a legal hold: something of {count} reports")


@app.command("verify")
def verify(
    config: Config = None, file: Copy = None, full: Full = False, as_json: Json = False
) -> None:
    """Whether what was purged is really gone: searches the files for the marks of all purges.

    With every purge random marks are planted in each class it takes from and deleted with it. They
    are searched for in the database file, its log and SQLite's temporary files. Exit code 65 where
    one is found, or where a copy is older than a purge and so may hold what was purged.

    Example: rufgate retention verify --file /backup/rufgate.db
    """
    if file is not None and full:
        end(USAGE, "--full is for the store itself: a copy is only read")
    with exit_codes():
        found = audited.search_for_purged(
            load(config), gate.now, file, wholly=full, told=_progress()
        )
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2))
    else:
        _tell(found)
    if not found.is_clean:
        end(BAD_INPUT, "not everything that was purged is gone: see above")


def _tell(found: Verification) -> None:
    for receipt in found.receipts:
        for name, files in found.found.get(receipt.id, {}).items():
            where = ", ".join(files)
            typer.echo(f"failed: class {name} in the {where} (receipt {receipt.id})")
        if receipt.id in found.older_than:
            typer.echo(f"older: the copy was made before the purge of receipt {receipt.id}")
    if found.undone:
        typer.echo(f"failed: {found.undone}")
    if found.remark:
        typer.echo(found.remark)
    if not found.knows_age:
        typer.echo("the copy's own log cannot be read: it may be older than any of the purges")
    bad = {*found.found, *found.older_than}
    typer.echo(f"{len(found.receipts) - len(bad)} of {len(found.receipts)} purges verified")


def _progress() -> Callable[[int], None]:
    """A line on standard error for each 256 MB."""
    told = 0

    def tell(read: int) -> None:
        nonlocal told
        if read - told >= _TELL_EVERY:
            told = read
            typer.echo(f"searched {read >> 20} MB", err=True)

    return tell


def _moment(text: str | None) -> datetime:
    """A day is its first moment; what names no zone is UTC."""
    if text is None:
        return gate.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        end(USAGE, "--at takes a date or time, as 2027-01-01 or 2027-01-01T03:00")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
