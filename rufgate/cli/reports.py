"""``rufgate reports``: look at what is kept."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich import box
from rich.console import Console
from rich.progress import Progress, TextColumn
from rich.table import Table

from rufgate import app as gate
from rufgate.audited.reports import AuditedReports
from rufgate.cli.exits import BAD_INPUT, UNAVAILABLE, USAGE, complain, end, exit_codes
from rufgate.cli.options import Config, Json, Limit
from rufgate.cli.public_stats import K, Public, print_public
from rufgate.cli.report_filters import understood, with_filters
from rufgate.cli.tables import print_rows
from rufgate.review.export_database import write_database
from rufgate.review.exports import Format, printable, written
from rufgate.settings.load import load
from rufgate.store.filters import Filter
from rufgate.store.query import GROUPS, Order

app = typer.Typer(help="Look at the stored, redacted reports.", no_args_is_help=True)

_COLUMNS = (
    "id", "received_at", "kind", "reported_domain", "source_ip", "auth_failure", "seen", "tier",
)  # fmt: skip
_SOURCES = ("domain", "source_ip", "reports", "seen", "reporters", "first", "last")
_CAMPAIGNS = (
    "id", "domain", "guess", "subject", "reports", "seen", "sources", "first", "last",
)  # fmt: skip
_SHOWS_PROGRESS = 1000  # reports to be read

Cursor = Annotated[
    str | None, typer.Option("--cursor", metavar="TEXT", help="Go on behind an earlier page.")
]
Sort = Annotated[Order, typer.Option("--sort", help="Which come first.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="A new file, 0600. Default: standard output."),
]


@app.command("list")
@with_filters
def list_(
    wanted: Filter,
    config: Config = None,
    as_json: Json = False,
    limit: Limit = 100,
    sort: Sort = Order.NEWEST,
    cursor: Cursor = None,
) -> None:
    """The newest reports first; each option narrows.

    Where there are more, standard error has the --cursor of the next page.

    Example: rufgate reports list --domain example.org --failing spf --since 2027-01-01 --json
    """
    with exit_codes(), understood():
        reports = gate.open_reports(load(config))
        if wanted.needs_verdict:
            _read(reports)
        page = reports.page(wanted, sort, cursor, limit)
    rows = [report.as_json() for report in page.reports]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        print_rows(_COLUMNS, rows)
    if page.cursor is not None:
        typer.echo(f"more: --cursor {page.cursor}", err=True)


@app.command("show")
def show(
    report_id: Annotated[UUID, typer.Argument(metavar="ID")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """All that is kept of one report, and what probably happened.

    Example: rufgate reports show 5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11
    """
    with exit_codes():
        values = gate.open_reports(load(config)).show(report_id)
    if values is None:
        end(BAD_INPUT, "there is no such report")
    if as_json:
        typer.echo(json.dumps(values, indent=2))
        return
    verdict = values.pop("verdict")
    table = Table("field", "value", box=box.SIMPLE)
    for name, value in values.items():
        if value not in (None, [], {}):
            table.add_row(name, _plain(value))
    console = Console(markup=False, highlight=False)
    console.print(table)
    for line in (verdict["summary"], *verdict["mechanisms"], *verdict["evidence"]):
        console.print(line)
    console.print(f"Next: {verdict['next_step']}")


@app.command("stats")
@with_filters
def stats(  # noqa: PLR0913, PLR0917 - an option each
    wanted: Filter,
    config: Config = None,
    as_json: Json = False,
    group: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help=f"Told apart by: {', '.join(sorted(GROUPS))}."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, max=100_000, help="At most so many sources (20)."),
    ] = None,
    public: Public = False,
    k: K = None,
) -> None:
    """Messages a day, and the busiest sources. A message is counted as often as it came.

    With --public: figures fit to share, by calendar month, of k reports and k recipients or more.

    Example: rufgate reports stats --domain example.org --by guess
    """
    if public or k is not None:
        asked = [*wanted.names, *(["by"] if group else []), *(["limit"] if limit else [])]
        print_public(config, as_json, k=k, asked=asked if public else None, read=_read)
        return
    if group is not None and group not in GROUPS:
        end(USAGE, f"--by takes one of {', '.join(sorted(GROUPS))}")
    with exit_codes():
        reports = gate.open_reports(load(config))
        _read(reports)
        count, seen, days = reports.count(wanted, group)
        sources = [found.as_json() for found in reports.sources(wanted, limit or 20)]
    if as_json:
        told = {"reports": count, "seen": seen, "days": days, "sources": sources}
        typer.echo(json.dumps(told, indent=2))
        return
    typer.echo(f"reports: {count}, messages: {seen}")
    print_rows(("day", *([group] if group else []), "seen"), days)
    print_rows(_SOURCES, sources)


@app.command("campaigns")
@with_filters
def campaigns(
    wanted: Filter,
    config: Config = None,
    as_json: Json = False,
    limit: Limit = 50,
) -> None:
    """Reports of one mailing as one: since when, from where, how many.

    Example: rufgate reports campaigns --guess spoof --since 2027-01-01
    """
    with exit_codes():
        reports = gate.open_reports(load(config))
        _read(reports)
        rows = [found.as_json() for found in reports.campaigns(wanted, limit)]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        print_rows(_CAMPAIGNS, rows)


@app.command("export")
@with_filters
def export(
    wanted: Filter,
    config: Config = None,
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.CSV,
    out: Out = None,
) -> None:
    """Reports without their text, the oldest first: as CSV, NDJSON, or a SQLite database.

    In CSV and SQLite a text that a spreadsheet would take for a formula begins with an apostrophe.
    The file is a copy of your own: what the gate forgets later stays in it until you delete it.

    Example: rufgate reports export --domain example.org --format sqlite --out reports.db
    """
    if form is Format.SQLITE and out is None:
        end(USAGE, "--format sqlite makes a file: name it by --out")
    with exit_codes():
        reports = gate.open_reports(load(config))
        _read(reports)
        rows = reports.export(wanted)
        if out is None:
            for line in written(rows, form):
                sys.stdout.write(line)
            return
        try:
            _write(rows, form, out)
        except OSError:
            end(UNAVAILABLE, "--out cannot be written: give a file that does not exist yet")


def _write(rows: Iterator[dict[str, Any]], form: Format, path: Path) -> None:
    if form is Format.SQLITE:
        write_database(rows, path)
        return
    with _new_file(path) as file:
        file.writelines(written(rows, form))


def _new_file(path: Path) -> Any:  # noqa: ANN401 - an open text file
    """0600 from its first moment; never over another file."""
    return open(path, "x", encoding="utf-8", newline="", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _read(reports: AuditedReports) -> None:
    """What no gate has read for its verdict is read now."""
    waiting = reports.waiting
    if waiting < _SHOWS_PROGRESS:
        reports.read(lambda _: None)
        return
    complain(f"reading {waiting} reports for their verdict")
    with Progress(*Progress.get_default_columns(), TextColumn("{task.completed}"),
                  console=Console(stderr=True)) as progress:  # fmt: skip
        task = progress.add_task("reading", total=waiting)
        reports.read(lambda count: progress.advance(task, count))


def _plain(value: object) -> str:
    """A value for people: a list one item a line, an object as ``name=value`` pairs."""
    match value:
        case {"name": name, "value": text}:
            return f"{name}: {text}"
        case {"entity": entity, "recognizer": recognizer, "part": part, "count": count}:
            return f"{part}: {entity} by {recognizer}, {count}"
        case dict():
            pairs = (f"{name}={_plain(item)}" for name, item in value.items())
            return " ".join(pair for pair in pairs if not pair.endswith("="))
        case list():
            return "\n".join(_plain(item) for item in value)
        case None:
            return ""
        case _:
            return printable(str(value))
