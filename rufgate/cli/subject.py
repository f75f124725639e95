"""``rufgate subject``: what is held about one person, and its erasure.

SECURITY: the address comes from standard input or a prompt without echo, never as an argument,
     which lists of processes and the shell's history would show. What was given is never printed.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from rufgate import app as gate
from rufgate.audited.subject import AuditedSubjects, open_subjects
from rufgate.cli.access import TokenFile, approved
from rufgate.cli.exits import BAD_INPUT, UNAVAILABLE, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.cli.subject_text import erased_json, erased_lines
from rufgate.govern.approvals import Kind
from rufgate.govern.subject_address import NoAddress, SubjectAddress, read_address
from rufgate.govern.subject_rate import TooOften
from rufgate.govern.subjects import Found
from rufgate.settings.load import load

_MOST_BYTES: Final = 4096
_NEVER_AN_ARGUMENT: Final = (
    "an address is never an argument: lists of processes and the shell's history show those. "
    "Pipe it in, or be asked for it: rufgate subject find"
)
_LENIENT: Final = {"ignore_unknown_options": True}  # so that it is refused here, and not printed


class _Silent(TyperGroup):
    """A verb that is none may be an address: it is not repeated."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - not public types
        """The verb, where it is one."""
        if not args or args[0] not in self.commands:
            end(USAGE, f"`rufgate subject` has find and erase; {_NEVER_AN_ARGUMENT}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Silent,
    help="What is held about one person, by address, and its erasure.",
    no_args_is_help=True,
)

Surplus = Annotated[list[str] | None, typer.Argument(hidden=True)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask: for scripts.")]


@app.command("find", context_settings=_LENIENT)
def find(
    surplus: Surplus = None,
    config: Config = None,
    as_json: Json = False,
    token_file: TokenFile = None,
) -> None:
    """What is held about the person of an address, fit to be handed to that person.

    The address is read from standard input, or asked for.

    Example: rufgate subject find --json <address.txt
    """
    address = _address(surplus)
    with exit_codes():
        subjects = open_subjects(load(config), gate.now)
        found = _searched(subjects, address)
        approved(subjects.second, Kind.SUBJECT_FIND, found.digest, token_file)
        answer = subjects.answer(found)
    if as_json:
        typer.echo(json.dumps(answer.as_json(), indent=2))
        return
    for line in answer.as_text():
        typer.echo(line)


@app.command("erase", context_settings=_LENIENT)
def erase(
    surplus: Surplus = None,
    config: Config = None,
    as_json: Json = False,
    yes: Yes = False,
    token_file: TokenFile = None,
) -> None:
    """Delete every report in which the person stands, with its copies, and prove it.

    Reports under a legal hold stay. Delivered copies are out of reach: the answer says whom to ask.

    Example: rufgate subject erase --yes <address.txt
    """
    if not yes and not sys.stdin.isatty():
        end(USAGE, "nothing was erased: give --yes where nobody can be asked")
    address = _address(surplus)
    with exit_codes():
        subjects = open_subjects(load(config), gate.now)
        found = _searched(subjects, address)
        plan = subjects.plan(found)
        approved(subjects.second, Kind.SUBJECT_ERASE, plan.digest, token_file)
        going = len(found.places) - plan.held
        if going and not yes:
            question = f"Delete {going} report(s) with their copies? {plan.held} stay on hold."
            typer.confirm(question, abort=True, err=True)
        erased = subjects.erase(found, plan)
    if as_json:
        typer.echo(json.dumps(erased_json(erased, found.lost), indent=2))
    else:
        for line in erased_lines(erased, found.lost):
            typer.echo(line)
    if not erased.complete:
        end(UNAVAILABLE, "not everything is proven to be gone: run it again")


def _searched(subjects: AuditedSubjects, address: SubjectAddress) -> Found:
    found = subjects.search(address)
    if isinstance(found, TooOften):
        again = f"{found.again_at:%Y-%m-%d %H:%M:%S} UTC"
        end(UNAVAILABLE, f"too many searches within an hour; the next is possible at {again}")
    return found


def _address(surplus: list[str] | None) -> SubjectAddress:
    if surplus:
        end(USAGE, _NEVER_AN_ARGUMENT)
    try:
        return read_address(_given())
    except (NoAddress, UnicodeError):
        _no_address()


def _given() -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt("Address (not shown)", hide_input=True, err=True)
        return asked
    return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8")


def _no_address() -> NoReturn:
    end(BAD_INPUT, str(NoAddress()))
