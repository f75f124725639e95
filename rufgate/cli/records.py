"""``rufgate records``: documents for the privacy officer, from the running configuration."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from rufgate import app as gate
from rufgate.audited.records import make_breach, make_disclosure, make_letter, make_record
from rufgate.cli.exits import BAD_INPUT, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.govern.records.document import csv_text, markdown
from rufgate.govern.records.ropa import ropa_rows
from rufgate.settings.load import load

app = typer.Typer(
    help="Records of processing, impact assessment, notice, breach: from what runs now.",
    no_args_is_help=True,
)


class Form(StrEnum):
    """How a record is written."""

    DOCUMENT = "document"
    JSON = "json"
    CSV = "csv"


@app.command("ropa")
def ropa(
    config: Config = None,
    as_json: Json = False,
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.DOCUMENT,
) -> None:
    """The record of processing activities (Article 30): what, why, who gets it, how long.

    Example: rufgate records ropa --format csv > ropa.csv
    """
    record = _made("ropa", config)
    if form is Form.CSV and not as_json:
        typer.echo(csv_text(ropa_rows(record), ("part", "item", "value")), nl=False)
    else:
        _print(record, as_json=as_json or form is Form.JSON)


@app.command("dpia")
def dpia(config: Config = None, as_json: Json = False) -> None:
    """Evidence for an impact assessment (Article 35): data flow, settings, risks, figures, tests.

    Example: rufgate records dpia > dpia.md
    """
    _print(_made("dpia", config), as_json=as_json)


@app.command("notice")
def notice(config: Config = None, as_json: Json = False) -> None:
    """Text for a privacy notice (Articles 13 and 14).

    Example: rufgate records notice > notice.md
    """
    _print(_made("notice", config), as_json=as_json)


@app.command("breach")
def breach(
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day (UTC).")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Who received which tier in a period, counts by class, under which policy (Article 33).

    Example: rufgate records breach --from 2027-01-10 --to 2027-01-12
    """
    start, end_ = _day("--from", first), _day("--to", last)
    if end_ < start:
        end(USAGE, "--to is before --from")
    with exit_codes():
        record = make_breach(load(config), gate.now, gate.engine_version(), start, end_)
    _print(record, as_json=as_json)


@app.command("disclosure")
def disclosure(
    config: Config = None,
    as_json: Json = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Received on that day or later.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--letter", metavar="REPORTER", help="A letter to that domain's postmaster."),
    ] = None,
) -> None:
    """Which reporters send text, attachments and recipients' addresses that nobody needs.

    With --letter: what to write to one of them, to be read and sent by a person.

    Example: rufgate records disclosure --letter reporter.example
    """
    if to is not None and (as_json or since is not None):
        end(USAGE, "--letter is a text about all that is stored: leave out --json and --since")
    first = None if since is None else _day("--since", since)
    with exit_codes():
        settings, version = load(config), gate.engine_version()
        if to is None:
            record = make_disclosure(settings, gate.now, version, first)
            _print(record, as_json=as_json)
            return
        text = make_letter(settings, gate.now, version, to.lower().rstrip("."))
    if text is None:
        end(BAD_INPUT, "nothing is stored of that reporter that it should not have sent")
    typer.echo(text, nl=False)


def _made(kind: str, config: Config) -> dict[str, Any]:
    with exit_codes():
        return make_record(kind, load(config), gate.now, gate.engine_version())


def _print(record: dict[str, Any], *, as_json: bool) -> None:
    typer.echo(json.dumps(record, indent=2) if as_json else markdown(record).rstrip("\n"))


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        end(USAGE, f"{option} takes a day, as 2027-01-31")
