"""What verbs share that ask who somebody is: the token, and the second person.

SECURITY: a token comes from a file that is closed to others, or a prompt without echo.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from rufgate.audited.access import AccessDenied, SecondPerson, token_in
from rufgate.cli.exits import BAD_INPUT, UNAVAILABLE, USAGE, end
from rufgate.govern.approvals import Kind, NotGranted, Waiting

TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--token-file", metavar="FILE", help="Your personal token, in a file of mode 0600."
    ),
]


def token_of(file: Path | None) -> str:
    """The token of the file, or asked for."""
    if file is not None:
        return token_in(file)
    if not sys.stdin.isatty():
        end(USAGE, "who asks? give --token-file FILE; `rufgate tokens create` makes tokens")
    asked: str = typer.prompt("Your token (not shown)", hide_input=True, err=True)
    return asked


@contextmanager
def denials() -> Iterator[None]:
    """What was denied, as a line and an exit code."""
    try:
        yield
    except (AccessDenied, NotGranted) as denied:
        end(BAD_INPUT, str(denied))


def approved(second: SecondPerson, kind: Kind, digest: str, file: Path | None) -> None:
    """Go on only where the configuration asks for nobody else, or somebody else said yes."""
    if not second.is_asked_for:
        return
    with denials():
        answer = second.require(kind, digest, token_of(file))
    if isinstance(answer, Waiting):
        end(
            UNAVAILABLE,
            f"nothing was done: a second person has to run `rufgate approve grant {answer.id}` "
            f"by {answer.until:%Y-%m-%d %H:%M} UTC; then run this again",
        )
