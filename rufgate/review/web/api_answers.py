"""What all answers of the API have in common.

In:  text of a query.
Out: the kinds of values; the answers other than what was asked for.
FAILS: ``ValueError``, which the framework turns into a 422.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _is_day(text: object) -> object:
    """A date alone: a bare number is no time here."""
    if text is not None and not _DAY.fullmatch(str(text)):
        raise ValueError("takes a day, as 2027-01-31")
    return text


Day = Annotated[date | None, BeforeValidator(_is_day)]


class Problem(BaseModel):
    """Why there is no answer."""

    detail: str


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Problem, "description": "No valid token."},
    403: {"model": Problem, "description": "Not for this role or its domains."},
    404: {"model": Problem, "description": "There is no such report, or page."},
    422: {"model": Problem, "description": "A value cannot be understood."},
    429: {"model": Problem, "description": "Too many tokens that are none."},
    503: {"model": Problem, "description": "The store cannot be reached, or is not read yet."},
}
