"""``rufgate canary``: does the gate's own test report come out clean?"""

from __future__ import annotations

import json
from typing import Annotated, Final

import typer

from rufgate import app as gate
from rufgate.audited import canary as audited
from rufgate.cli.exits import UNAVAILABLE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.settings.load import load
from rufgate.store.canary import CanaryRun, CanaryStatus, RunState

app = typer.Typer(
    help="The gate's test of itself, and the stop of forwarding that a find leaves.",
    no_args_is_help=True,
)

STOPPED: Final = 1
_TROUBLE: Final = {
    "no_connection": "the gate could not be reached at [smtp] listen",
    "time_out": "the gate did not answer in time",
    "time_limit": "the report took too long to redact; see [workers] time_limit_s",
    "memory_limit": "the report took too much memory; see [workers] memory_limit_mb",
    "tier_lowered": "the leak check lowered a tier, so that tier was not tested",
    "leak_check_had_to_act": "the detectors missed something that the leak check took out",
    "copy_missing": "a copy did not reach the internal analyst",
    "store_unavailable": "the store could not be read or written",
    "interrupted": "the gate ended in the middle",
    "refused": "the gate refused the report with that SMTP code",
    "log_too_long": "too much was logged meanwhile to be searched",
}
_TROUBLE_ELSE: Final = "see the log"

Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="TEXT", help="Why forwarding may go on; kept with the find."),
]


@app.command("status")
def status(config: Config = None, as_json: Json = False) -> None:
    """Say how the last canary ended, and whether forwarding is stopped.

    Exit code 0: forwarding is on. 1: it is stopped, and copies wait.

    Example: rufgate canary status --json
    """
    with exit_codes():
        settings = load(config)
        found = audited.look_at_canary(settings).status()
    minutes = settings.canary.every_minutes
    if as_json:
        typer.echo(json.dumps({**found.as_json(), "every_minutes": minutes}, indent=2))
    else:
        _print_status(found, minutes)
    if found.is_stopped:
        raise typer.Exit(STOPPED)


@app.command("run")
def run(config: Config = None, as_json: Json = False) -> None:
    """Have the running gate test itself now, and wait for the outcome.

    Exit code 0: nothing was found. 1: something was, and forwarding is stopped. 69: no gate
    answered, or the canary could not be carried out.

    Example: rufgate canary run --config /srv/rufgate/config/rufgate.toml
    """
    with exit_codes():
        found = audited.fly_canary(audited.look_at_canary(load(config)), gate.now)
    if found is None:
        end(
            UNAVAILABLE,
            "no running gate took the request: start one on this configuration with"
            " `rufgate serve`, then try again",
        )
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2))
    else:
        _print_run(found)
    if found.state is RunState.FOUND:
        raise typer.Exit(STOPPED)
    if found.state is not RunState.PASSED:
        raise typer.Exit(UNAVAILABLE)


@app.command("acknowledge")
def acknowledge(config: Config = None, reason: Reason = None, as_json: Json = False) -> None:
    """Let forwarding go on after a find. Mend the cause first: waiting copies go out.

    Example: rufgate canary acknowledge --reason "rule mended, waiting copies looked at"
    """
    with exit_codes():
        count = audited.open_canary(load(config), gate.now).acknowledge(gate.now(), reason)
    if as_json:
        typer.echo(json.dumps({"acknowledged": count}))
    elif count:
        typer.echo(f"{count} find{'s' * (count > 1)} acknowledged: forwarding goes on")
    else:
        typer.echo("forwarding was not stopped")


def _print_status(found: CanaryStatus, minutes: int) -> None:
    if found.is_stopped:
        typer.echo(
            "forwarding: STOPPED. A canary came out with personal data in it. Reports are still\n"
            "taken and stored; copies wait in the outbox."
        )
        for find in found.finds:
            _print_run(find)
        typer.echo(
            "what to do: find the cause, delete waiting copies that may be leaky (rufgate outbox\n"
            "list, drop), test with `rufgate canary run`, then `rufgate canary acknowledge`."
        )
    else:
        typer.echo("forwarding: on")
    if found.last is None:
        typer.echo("last run: none yet")
    elif found.last not in found.finds:
        _print_run(found.last, "last run: ")
    passed = found.passed_at.isoformat() if found.passed_at else "never"
    typer.echo(f"last passed: {passed}")
    typer.echo(f"interval: {minutes} minutes" if minutes else "interval: on request only")


def _print_run(found: CanaryRun, label: str = "") -> None:
    when = (found.ended_at or found.began_at).isoformat()
    typer.echo(f"{label}{found.state.value} at {when}")
    if found.trouble:
        why = _TROUBLE.get(found.trouble.partition("_4")[0].partition("_5")[0], _TROUBLE_ELSE)
        typer.echo(f"  {found.trouble}: {why}")
    for place in found.found:
        typer.echo(f"  {place}")
