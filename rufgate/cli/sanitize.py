"""``rufgate sanitize``: the core as a filter over files.

Messages go to standard output or to files, everything else to standard error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from rufgate import app as gate
from rufgate.cli.exits import BAD_INPUT, UNAVAILABLE, USAGE, complain, end, exit_codes
from rufgate.cli.inputs import Input, inputs
from rufgate.cli.options import Config, Json
from rufgate.cli.report_json import report_json
from rufgate.cli.tables import print_rows
from rufgate.sanitize.sanitized import SanitizedReport, Tier
from rufgate.settings.load import config_path, load


def sanitize(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="File, folder, or - for stdin.")
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write files.")] = None,
    tier: Annotated[Tier, typer.Option("--tier", help="How much is kept.")] = Tier.TEXT,
    as_json: Json = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say on standard error what was removed.")
    ] = False,
    config: Config = None,
) -> None:
    """Redact failure reports: files in, sanitized mails out. Stores nothing, sends nothing.

    Without a configuration, default rules and throw-away keys are used.

    Examples: rufgate sanitize report.eml > clean.eml; rufgate sanitize reports/ --out clean/
    """
    files = inputs(paths)
    if len(files) > 1 and out is None and not as_json:
        end(USAGE, "several inputs need --out DIR or --json")
    with exit_codes():
        file = config_path(config)
        settings = load(file) if config is not None or file.is_file() else None
        rules = gate.filter_rules(settings, tier)
    failed = 0
    progress = Progress(console=Console(stderr=True), disable=out is None, transient=True)
    with exit_codes(), progress as bar:
        results = gate.sanitize_files((one.read() for one in files), rules)
        for one, result in bar.track(zip(files, results, strict=True), total=len(files)):
            failed += not _hand_out(one, result, out, as_json=as_json)
            if explain and result.report is not None:
                _explain(one, result.report)
    if failed:
        raise typer.Exit(BAD_INPUT)


def _hand_out(one: Input, result: gate.Filtered, out: Path | None, *, as_json: bool) -> bool:
    """Print or write one result; False where the input was no report."""
    if as_json and result.report is not None:
        typer.echo(json.dumps({"input": str(one.source), **report_json(result.report)}))
    if result.message is None:
        complain(f"{one.source}: no failure report ({result.why})")
        return False
    if out is not None:
        _write(out / one.name, result.message)
    elif not as_json:
        sys.stdout.buffer.write(result.message)
        sys.stdout.buffer.flush()
    return True


def _write(target: Path, message: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(message)
    except OSError as error:
        end(UNAVAILABLE, f"cannot write {target}: {error.strerror}")


def _explain(one: Input, report: SanitizedReport) -> None:
    """What was removed, by whom, where, how often: never what it was."""
    rows = [
        {
            "removed": count.entity,
            "found by": count.recognizer,
            "in": count.part,
            "times": count.count,
        }
        for count in report.counts
    ]
    print_rows(("removed", "found by", "in", "times"), rows, title=str(one.source), to_stderr=True)
    notes = [f"kind {report.kind.value}", f"tier {report.tier.value}"]
    notes += [flag.value for flag in report.flags]
    notes += [f"text left out: {report.text_omitted.value}"] if report.text_omitted else []
    notes += [f"reason {report.reason.value}"] if report.reason else []
    typer.echo(", ".join(notes), err=True)
