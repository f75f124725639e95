"""Exit codes of sysexits, and how errors become them.

Out: one line or table on standard error, and the code.
SECURITY: messages are those of our own error types; nothing else is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import typer

from rufgate.govern.keys import KeyProblem
from rufgate.govern.replay import KeyIsBack
from rufgate.govern.tombstones import TombstonesDamaged
from rufgate.recognize.load import RecognizerUnavailable
from rufgate.service import CannotStart
from rufgate.settings.problems import ConfigError
from rufgate.store.engine import StoreUnavailable

USAGE: Final = 64
BAD_INPUT: Final = 65
UNAVAILABLE: Final = 69
FAULT: Final = 70
CONFIGURATION: Final = 78


def complain(message: str) -> None:
    """A line on standard error."""
    typer.echo(f"rufgate: {message}", err=True)


def end(code: int, message: str) -> NoReturn:
    """Complain and leave."""
    complain(message)
    raise typer.Exit(code)


@contextmanager
def exit_codes() -> Iterator[None]:
    """Our own errors as a line each and an exit code."""
    try:
        yield
    except ConfigError as error:
        for problem in error.problems:
            if problem.level == "error":
                complain(str(problem))
        raise typer.Exit(CONFIGURATION) from None
    except (KeyProblem, KeyIsBack, TombstonesDamaged) as problem:
        complain(str(problem))
        raise typer.Exit(CONFIGURATION) from None
    except CannotStart as trouble:
        complain(str(trouble))
        code = CONFIGURATION if trouble.is_configuration else UNAVAILABLE
        raise typer.Exit(code) from None
    except (RecognizerUnavailable, StoreUnavailable) as trouble:
        complain(str(trouble))
        raise typer.Exit(UNAVAILABLE) from None
