"""``rufgate retention hold``: what is not deleted for a time, why, and until when."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from rufgate import app as gate
from rufgate.audited import holds as audited
from rufgate.cli.exits import BAD_INPUT, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.cli.tables import print_rows
from rufgate.govern.holds import Asked, HoldProblem
from rufgate.settings.load import load
from rufgate.settings.values import domain_name
from rufgate.store.holds import Hold

app = typer.Typer(help="Keep reports from deletion for a time.", no_args_is_help=True)

Domain = Annotated[
    str | None,
    typer.Option("--domain", metavar="D", help="Reports of this domain and what is below it."),
]
Report = Annotated[UUID | None, typer.Option("--report", metavar="ID", help="This report.")]
Campaign = Annotated[
    UUID | None,
    typer.Option("--campaign", metavar="ID", help="Reports of this campaign, later ones too."),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Reports received from this day on (UTC) ..."),
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="... to this day.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why: one line.")]
Owner = Annotated[str, typer.Option("--owner", metavar="TEXT", help="Who answers for it.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Its last day (UTC).")]
AlsoCoarsening = Annotated[
    bool,
    typer.Option("--also-coarsening", help="Keep exact IP addresses and times, too."),
]
All = Annotated[bool, typer.Option("--all", help="Those that are over, too.")]

_COLUMNS: Final = (
    "id", "state", "kind", "domain", "report", "campaign", "from", "to", "until",
    "also_coarsening", "reports", "owner", "reason", "ended_at", "ended_reason",
)  # fmt: skip
_BESIDE_RULES: Final = (
    "id", "kind", "domain", "report", "campaign", "from", "to", "until", "also_coarsening",
    "reports", "owner",
)  # fmt: skip


@app.command("add")
def add(  # noqa: PLR0913, PLR0917 - one for each option
    reason: Reason,
    owner: Owner,
    until: Until,
    domain: Domain = None,
    report: Report = None,
    campaign: Campaign = None,
    first: From = None,
    last: To = None,
    also_coarsening: AlsoCoarsening = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Keep reports from deletion up to and with a day; IP addresses and times still get coarser.

    Name them by domain, by period, by both, by campaign, or one report. It ends by itself.

    Example: rufgate retention hold add --domain example.org --from 2026-11-01 --to 2026-11-30
    --reason "case 2026/17" --owner "legal desk" --until 2027-05-31
    """
    asked = Asked(
        domain=None if domain is None else _domain(domain),
        report=report,
        campaign=campaign,
        received_from=_day("--from", first),
        received_to=_day("--to", last),
        reason=reason,
        owner=owner,
        until=_day("--until", until) or date.min,
        also_coarsening=also_coarsening,
    )
    with exit_codes():
        holds = audited.open_holds(load(config), gate.now)
        try:
            hold, count = holds.add(asked)
        except HoldProblem as problem:
            end(BAD_INPUT, str(problem))
    if as_json:
        typer.echo(json.dumps(_json(hold, count, gate.now()), indent=2))
    else:
        typer.echo(f"hold {hold.id}: keeps {count} reports now, to the end of {hold.until} (UTC)")


@app.command("list")
def list_(with_ended: All = False, config: Config = None, as_json: Json = False) -> None:
    """The holds in force, the next to end first, with how many reports each names now.

    Example: rufgate retention hold list --all --json
    """
    with exit_codes():
        found = audited.open_holds(load(config), gate.now).list(with_ended=with_ended)
    rows = [_json(hold, count, gate.now()) for hold, count in found]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    elif rows:
        print_rows(_COLUMNS, rows)
    else:
        typer.echo("nothing is held")


@app.command("end")
def end_hold(
    hold_id: Annotated[UUID, typer.Argument(metavar="ID")],
    reason: Reason,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """End a hold before its last day: what is past its rule goes at the next run of retention.

    Example: rufgate retention hold end 5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11 --reason "case closed"
    """
    with exit_codes():
        holds = audited.open_holds(load(config), gate.now)
        try:
            hold = holds.end(hold_id, reason)
        except HoldProblem as problem:
            end(BAD_INPUT, str(problem))
    if as_json:
        typer.echo(json.dumps(hold.as_json(gate.now()), indent=2))
    else:
        typer.echo(f"hold {hold.id} is ended: what is past its rule goes at the next run")


def print_in_force(found: tuple[tuple[Hold, int], ...]) -> None:
    """The holds beside the rules that they stop; without the operator's reason."""
    if found:
        rows = [_json(hold, count, gate.now()) for hold, count in found]
        print_rows(_BESIDE_RULES, rows, title="legal holds in force")


def _json(hold: Hold, count: int, now: datetime) -> dict[str, Any]:
    return {**hold.as_json(now), "reports": count}


def _domain(text: str) -> str:
    try:
        return domain_name(text)
    except ValueError as problem:
        end(USAGE, f"--domain is {problem}")


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        end(USAGE, f"{option} takes a day, as 2027-05-31")
