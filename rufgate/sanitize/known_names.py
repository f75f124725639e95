"""Names that the headers tell: where a name is known, it need not be guessed.

In:  the persons of From, To, Cc, Reply-To and Sender (and of quoted header blocks in the text).
Out: a matcher that finds them in free text however they are written, and numbers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class HeaderPerson:
    """One mailbox of a header field, decoded: display name, local part, domain (each may be "")."""

    name: str
    local: str
    domain: str


class KnownNames:
    """Finds the names of ``persons``; ``exempt`` words are never taken for a name alone."""

    def __init__(self, persons: Sequence[HeaderPerson] = (), exempt: Iterable[str] = ()) -> None:
        self._persons = tuple(persons)
        self._exempt = frozenset(exempt)
