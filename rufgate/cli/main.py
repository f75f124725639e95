"""The command line: one typer application, its verb groups, its exit codes."""

from __future__ import annotations

import sys
from functools import cache
from typing import Final

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from rufgate.app import engine_version
from rufgate.cli import (
    approve,
    audit,
    backup,
    bench,
    canary,
    check,
    demo,
    dns,
    doctor,
    import_,
    init,
    keys,
    manifest,
    outbox,
    policy,
    records,
    reports,
    retention,
    sanitize,
    serve,
    store,
    subject,
    tokens,
)
from rufgate.cli.exits import FAULT, USAGE, complain
from rufgate.telemetry import places

_INTERRUPTED: Final = 130  # 128 and SIGINT, as shells have it

app = typer.Typer(
    name="rufgate",
    help="The privacy gate for DMARC failure reports: redact before storing, forward what is left.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show local variables
    rich_markup_mode=None,
)
app.command("init")(init.init)
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.command("sanitize")(sanitize.sanitize)
app.command("import")(import_.import_)
app.command("doctor")(doctor.doctor)
app.command("check")(check.check)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(reports.app, name="reports")
app.add_typer(outbox.app, name="outbox")
app.add_typer(policy.app, name="policy")
app.add_typer(canary.app, name="canary")
app.add_typer(retention.app, name="retention")
app.add_typer(subject.app, name="subject")
app.add_typer(keys.app, name="keys")
app.add_typer(manifest.app, name="manifest")
app.add_typer(approve.app, name="approve")
app.add_typer(tokens.app, name="tokens")
app.add_typer(audit.app, name="audit")
app.add_typer(records.app, name="records")
app.add_typer(store.app, name="store")
app.add_typer(dns.app, name="dns")
app.add_typer(bench.app, name="bench")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rufgate {engine_version()}")
        raise typer.Exit


@app.callback()
def _top(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


@cache
def _command() -> TyperGroup:
    """Made once, however often it is run: that takes longer than most verbs."""
    command = get_command(app)
    assert isinstance(command, TyperGroup)  # noqa: S101 - it has verbs
    return command


def run(arguments: list[str] | None = None) -> int:
    """Run one verb and return its exit code; a wrong command line is 64 (sysexits), not 2.

    What nobody caught is a fault of ours: its text may quote mail, so only its type and where it
    passed through our own code are said.
    """
    try:
        given = arguments if arguments is not None else sys.argv[1:]
        result = _command().main(given, standalone_mode=False)
    except TyperException as error:  # the command line could not be read
        typer.echo(f"{error.format_message()}\nsee: rufgate --help", err=True)
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the outermost frame, see above
        where = ", ".join(places(error))
        complain(f"a fault in rufgate, please report it: {type(error).__name__} at {where}")
        return FAULT
    return result if isinstance(result, int) else 0
