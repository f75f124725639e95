"""``rufgate audit``: who did what, and whether the log of it is whole."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from rufgate import app as gate
from rufgate.audited import audit as audited
from rufgate.audited.audit import Against, Verified
from rufgate.cli.exits import BAD_INPUT, USAGE, complain, end, exit_codes
from rufgate.cli.options import Config, Json, Limit
from rufgate.cli.tables import print_rows
from rufgate.govern.signed_heads import HeadProblem
from rufgate.review.audit_words import what, when, who
from rufgate.settings.load import load
from rufgate.store.audit import Head
from rufgate.store.audit_entries import Action
from rufgate.store.audit_segments import month_bounds
from rufgate.store.audit_stored import Asked
from rufgate.store.audit_verify import Misfit

app = typer.Typer(help="The log of what was done, looked at and deleted.", no_args_is_help=True)

_HEAD: Final = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
_COLUMNS: Final = ("entry", "time", "who", "what")
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


Heads = Annotated[
    Path | None,
    typer.Option("--heads", metavar="FILE", help="Signed heads that were kept elsewhere."),
]
PublicKey = Annotated[
    Path | None,
    typer.Option(
        "--public-key", metavar="PEM", help="The key that signed them. Default: this gate's own."
    ),
]
OfAction = Annotated[
    Action | None, typer.Option("--action", metavar="ACTION", help="Only this: report_shown, ...")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help="From this day (UTC).")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="To this day.")]
Month = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help="Of this month.")]
Before = Annotated[
    int | None,
    typer.Option("--before", metavar="N", min=1, help="Older than entry N: where a list ended."),
]
Signed = Annotated[bool, typer.Option("--signed", help="As a line that others can check.")]


@app.command("list")
def list_(  # noqa: PLR0913, PLR0917 - one for each option
    config: Config = None,
    action: OfAction = None,
    month: Month = None,
    since: Since = None,
    until: Until = None,
    before: Before = None,
    as_json: Json = False,
    limit: Limit = 100,
) -> None:
    """The newest entries first, as they are stored; `audit verify` says whether they are genuine.

    That the log was looked at is itself entered.

    Example: rufgate audit list --month 2026-10 --action report_shown
    """
    begins, ends = _period(month, since, until)
    asked = Asked(action=action, since=begins, until=ends, before=before)
    given = {"action": action, "month": month, "since": since, "until": until, "before": before}
    names = [name for name, value in given.items() if value is not None]
    with exit_codes():
        settings = load(config)
        found = audited.list_entries(settings, gate.now, asked, limit, names)
        gone = [part for part in audited.months_gone(settings) if part.month == month]
    if as_json:
        typer.echo(json.dumps([entry.as_json() for entry in found], indent=2))
    else:
        rows = [
            {"entry": one.sequence, "time": when(one), "who": who(one), "what": what(one)}
            for one in found
        ]
        print_rows(_COLUMNS, rows)
    for part in gone:
        complain(f"{part.count} entries of {part.month} were deleted by their rule: `audit verify`")
    if len(found) == limit:
        complain(f"for older entries: --before {found[-1].sequence}")


@app.command("head")
def head(config: Config = None, signed: Signed = False, as_json: Json = False) -> None:
    """Number and MAC of the newest entry: note it where this machine's users cannot write.

    With --signed it is a line of JSON that can be checked with the public key alone.

    Example: rufgate audit head --signed >> /mnt/elsewhere/heads
    """
    with exit_codes():
        settings = load(config)
        found = audited.newest_head(settings)
        line = audited.signed_head(settings, gate.now()) if signed else None
    if found is None:
        end(BAD_INPUT, "there is no entry yet")
    said = {"sequence": found.sequence, "mac": found.mac}
    typer.echo(line or (json.dumps(said) if as_json else str(found)))


@app.command("verify")
def verify(
    config: Config = None,
    noted: HeadNoted = None,
    heads: Heads = None,
    public_key: PublicKey = None,
    copy: Copy = None,
    as_json: Json = False,
) -> None:
    """Look for entries that were changed, deleted, moved or inserted.

    Exit code 0: the log is whole. 65: it is not; the first entry that does not fit is named. That
    its end was cut off shows only with --head or --heads.

    Example: rufgate audit verify --heads /mnt/elsewhere/heads --public-key signing.pem
    """
    against = Against(noted=_noted(noted), heads=heads, public_key=public_key, copy=copy)
    with exit_codes():
        try:
            found = audited.verify_log(load(config), gate.now, against)
        except HeadProblem as problem:
            end(BAD_INPUT, f"{heads}: {problem}")
        except OSError:
            end(BAD_INPUT, f"{heads} cannot be read")
    verdict = found.verdict
    if as_json:
        typer.echo(json.dumps({**verdict.as_json(), "heads": found.heads}, indent=2))
    elif verdict.bad is None:
        _print_whole(found)
    if (missing := found.first_missing) is not None:
        complain(f"the first signed head that is not in the log: line {missing.line}, of entry "
                 f"{missing.head.sequence}, {missing.time}")  # fmt: skip
    if verdict.why is not None:
        end(BAD_INPUT, f"entry {verdict.bad} does not fit: {_WHY[verdict.why]}")


def _noted(text: str | None) -> Head | None:
    if text is None:
        return None
    match = _HEAD.fullmatch(text.strip())
    if match is None:
        end(USAGE, "--head is what `rufgate audit head` prints: a number, a colon, 64 hex digits")
    return Head(sequence=int(match[1]), mac=match[2])


def _period(
    month: str | None, since: str | None, until: str | None
) -> tuple[datetime | None, datetime | None]:
    if month is None:
        last = _day("--until", until)
        return _day("--since", since), last + timedelta(days=1) if last else None
    if since or until:
        end(USAGE, "--month goes without --since and --until")
    try:
        return month_bounds(month)
    except ValueError:
        end(USAGE, "--month is a year and a month: 2026-10")


def _day(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        end(USAGE, f"{option} is a day: 2026-10-31")
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _print_whole(found: Verified) -> None:
    verdict = found.verdict
    typer.echo(f"the log is whole: {verdict.entries} entries, from {verdict.first} on")
    for part in verdict.gone:
        typer.echo(
            f"{part.month} is gone by its rule: entries {part.first} to {part.last}, "
            f"head {part.last}:{part.mac}"
        )
    if found.heads:
        typer.echo(f"{found.heads} signed heads: all of them fit")
    if verdict.head:
        typer.echo(f"head: {verdict.head}")
