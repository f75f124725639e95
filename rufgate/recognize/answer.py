"""What a worker sent, read without trusting it.

In:  the payload of a worker's answer.
Out: ``Sanitized`` or ``OuterLoop``.
SECURITY: pickle can name any function; a worker that hostile mail has taken over must not thereby
     take over the main process. Only result types are built, by their exact names, and of
     functions only ``getattr`` is understood: as the look-up of a member of a result enumeration.
FAILS: ``NotAResult`` for everything else, without a word of what it was.
"""

from __future__ import annotations

import io
import pickle
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import NoReturn, final

from rufgate.sanitize import sanitized, verdicts, vocabulary
from rufgate.sanitize.redact import OuterLoop
from rufgate.sanitize.sanitized import Sanitized

_TYPES: tuple[type, ...] = (
    OuterLoop,
    uuid.UUID,
    datetime,
    timedelta,
    timezone,
    *(
        value
        for module in (sanitized, verdicts, vocabulary)
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    ),
)
_ALLOWED = {(value.__module__, value.__qualname__): value for value in _TYPES}
_BROKEN_PICKLE = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


class NotAResult(Exception):  # noqa: N818 - an outcome, not an error of the caller
    """The bytes are not a pickled result."""


def read_result(payload: bytes | bytearray) -> Sanitized | OuterLoop:
    """The result in ``payload``; raises ``NotAResult``."""
    try:
        result = _Results(io.BytesIO(payload)).load()
    except _BROKEN_PICKLE:
        raise NotAResult from None
    if not isinstance(result, Sanitized | OuterLoop):
        raise NotAResult
    return result


def _member(enumeration: object, name: str) -> Enum:
    """Stands in for ``getattr``, by which early 3.11 pickles members (CPython issue 105332)."""
    if isinstance(enumeration, type) and issubclass(enumeration, Enum):
        return enumeration[name]
    raise NotAResult


@final
class _Results(pickle.Unpickler):
    """Knows the names of the result types and no other."""

    def find_class(self, module: str, name: str) -> type | Callable[[object, str], Enum]:
        if (module, name) == ("builtins", "getattr"):
            return _member
        found = _ALLOWED.get((module, name))
        if found is None:
            raise NotAResult
        return found

    def persistent_load(self, pid: object) -> NoReturn:
        del pid
        raise NotAResult
