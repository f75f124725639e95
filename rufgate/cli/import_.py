"""``rufgate import``: old mail through the same intake."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from rufgate import app as gate
from rufgate.cli.exits import BAD_INPUT, UNAVAILABLE, USAGE, complain, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.importing import Importing, OpenMailbox
from rufgate.receive.imap import ImapFolder, ImapUrl
from rufgate.receive.importer import Became, ImportStopped, Seen
from rufgate.receive.mailboxes import NoMailbox, open_mailbox
from rufgate.settings.load import imap_password, load
from rufgate.settings.schema import Settings
from rufgate.store.engine import StoreUnavailable

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Files, mbox files, Maildirs, or folders of them."),
]
Imap = Annotated[
    str | None,
    typer.Option("--imap", metavar="URL", help="imaps://USER@HOST/FOLDER: never a password in it."),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="One line, 0600. Else IMAP_PASSWORD."),
]
Move = Annotated[
    str | None,
    typer.Option(
        "--move",
        metavar="FOLDER",
        help="File each report away there, once it is recorded. Default: nothing is touched.",
    ),
]
Forward = Annotated[
    bool, typer.Option("--forward", help="Send analysts copies, as if the reports came now.")
]
WipePlan = Annotated[
    bool, typer.Option("--wipe-plan", help="Import nothing: say what may now be deleted.")
]


def import_(  # noqa: PLR0913, PLR0917 - the options of the verb
    paths: Paths = None,
    imap: Imap = None,
    password_file: PasswordFile = None,
    move: Move = None,
    forward: Forward = False,
    wipe_plan: WipePlan = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Put old failure reports through the same intake: redacted, recorded, each one once.

    Nothing is changed where the mail lies, unless --move says so. What was interrupted is run
    again and goes on. Reports count from the day on which they came, so old ones may be past
    their retention and go again within the hour. --wipe-plan lists what is safely in the store.

    Examples: rufgate import ~/Maildir/.dmarc; rufgate import --imap imaps://ruf@mail.example.org/INBOX
    """
    if not paths and imap is None:
        end(USAGE, "name files or folders, or a folder of a server by --imap URL")
    with exit_codes():
        settings = load(config)
        try:
            boxes: list[OpenMailbox] = [partial(open_mailbox, path) for path in paths or ()]
            if imap is not None:
                boxes.append(_folder(settings, imap, password_file, may_move=move is not None))
            importing = gate.open_import(settings, forward=forward, move_to=move)
            if wipe_plan:
                _say_what_may_go(importing, boxes, as_json=as_json)
                return
            _run(importing, boxes, as_json=as_json)
        except NoMailbox as problem:
            end(BAD_INPUT, str(problem))
    _summary(importing, as_json=as_json)
    unreadable = importing.tally.counts[Became.UNREADABLE] + importing.tally.left
    if unreadable:
        raise typer.Exit(BAD_INPUT)


def _run(importing: Importing, boxes: Sequence[OpenMailbox], *, as_json: bool) -> None:
    """What was imported is said, however it ends."""
    try:
        asyncio.run(_import(importing, boxes, quiet=as_json))
    except ImportStopped as stopped:
        _summary(importing, as_json=as_json)
        end(UNAVAILABLE, str(stopped))
    except (KeyboardInterrupt, StoreUnavailable):
        _summary(importing, as_json=as_json)
        raise


async def _import(importing: Importing, boxes: Sequence[OpenMailbox], *, quiet: bool) -> None:
    console = Console(stderr=True)
    with Progress(console=console, disable=quiet or not console.is_terminal) as bar:
        task: TaskID = bar.add_task("imported", total=None)
        async for seen in importing.run(boxes):
            bar.advance(task)
            _complain_of(seen)


def _complain_of(seen: Seen) -> None:
    if seen.became is Became.TOO_LARGE:
        complain(f"{seen.name}: over [smtp] max_message_bytes, not imported")
    elif seen.why_not:
        what = "not read" if seen.became is Became.UNREADABLE else "imported, but not filed away"
        complain(f"{seen.name}: {what}: {seen.why_not}")


def _summary(importing: Importing, *, as_json: bool) -> None:
    said = _counts(importing)
    if as_json:
        typer.echo(json.dumps(said, indent=2))
        return
    for name, number in said.items():
        if number:
            typer.echo(f"{_WORDS[name]:<44}{number:>8}")
    if not any(said.values()):
        typer.echo("there is no mail in it")


_WORDS = {
    Became.RECORDED.value: "failure reports recorded",
    Became.KNOWN.value: "reports that were in the store already",
    Became.NO_REPORT.value: "mails that are no failure report (a row each)",
    Became.DROPPED.value: "dropped: collection is over for their domain",
    Became.LOOP.value: "copies of our own, left alone",
    Became.TOO_LARGE.value: "too large, left alone",
    Became.UNREADABLE.value: "not read",
    "before": "imported by an earlier run",
    "filed_away": "filed away",
    "left": "imported, but not filed away",
}


def _counts(importing: Importing) -> dict[str, int]:
    tally = importing.tally
    return {
        **{kind.value: tally.counts[kind] for kind in Became},
        "before": tally.before,
        "filed_away": tally.filed_away,
        "left": tally.left,
    }


def _say_what_may_go(importing: Importing, boxes: Sequence[OpenMailbox], *, as_json: bool) -> None:
    """Three groups: safe to delete, to be looked at first, not imported."""
    groups: dict[str, list[str]] = {"may_go": [], "look_first": [], "not_imported": []}
    for seen in importing.look(boxes):
        groups[_group(seen.became)].append(seen.name)
    if as_json:
        typer.echo(json.dumps(groups, indent=2))
        return
    for name in groups["may_go"]:
        typer.echo(name)
    complain(f"{len(groups['may_go'])} reports are in the store: the mails above may be deleted")
    if groups["look_first"]:
        complain(f"{len(groups['look_first'])} were no failure reports: look before you delete")
    if groups["not_imported"]:
        complain(
            f"{len(groups['not_imported'])} are not imported: run the same without --wipe-plan"
        )


def _group(became: Became | None) -> str:
    if became is None or not became.is_done:
        return "not_imported"
    return "look_first" if became in (Became.NO_REPORT, Became.LOOP) else "may_go"


def _folder(
    settings: Settings, text: str, password_file: Path | None, *, may_move: bool
) -> OpenMailbox:
    url = ImapUrl.parse(text)
    password = _password(settings, password_file)
    return partial(ImapFolder, url, password, may_move=may_move)


def _password(settings: Settings, file: Path | None) -> str:
    if file is not None:
        try:
            content = read_secret(file, trusted_owners(settings.keys.directory))
            return content.decode("utf-8").strip("\r\n")
        except SecretProblem as problem:
            _no_password(f"the file {file} {problem}")
        except UnicodeDecodeError:
            _no_password(f"the file {file} is not UTF-8 text")
    if (given := imap_password()) is not None:
        return given
    if not sys.stdin.isatty():
        _no_password("give the password by --password-file or IMAP_PASSWORD")
    asked: Any = typer.prompt("Password (not shown)", hide_input=True, err=True)
    return str(asked)


def _no_password(why: str) -> NoReturn:
    end(USAGE, why)
