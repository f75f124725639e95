"""Which mail is a copy that a gate sent, or a report about one: it must not go out again.

In:  a ``ParsedReport``, the keys, the names of the analysts, the address that copies come from.
Out: whether the mail itself is in a circle (554), or why a report is only counted (a ``Reason``).
SECURITY: the header around a report and its feedback part are written by whoever sends it to us,
     so any gate's mark there counts: two gates that forward to each other end after one hop, and
     an outsider who invents a mark keeps back his own mail alone. Part 3 is written by whoever
     sent the reported message, perhaps a forger: there only a mark under our own key counts, or he
     could keep every report about his forgery from the analysts.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rufgate.sanitize.headers import from_domain
from rufgate.sanitize.parsed import LOOP_FIELD, ParsedReport, RawHeader
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Reason

_MARK: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{24}", re.I)
_OWN_ID: Final = re.compile(
    r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{24})@", re.I
)
_MAX_MARKS = 20  # of one header: a mail that went through more gates than that is in a circle too


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """What our own copies are recognised by."""

    keyring: Keyring
    analysts: tuple[str, ...]
    sender: str

    def is_own_copy(self, headers: Sequence[RawHeader]) -> bool:
        """Our mark; or, where a relay took off unknown fields, the keyed Message-ID."""
        if any(map(self.keyring.is_own_mark, _marks(headers))):
            return True
        return any(self._is_own_id(value) for value in _values(headers, "message-id"))

    def is_reported_copy(self, headers: Sequence[RawHeader]) -> bool:
        """The same in part 3; a Message-ID may be copied from a reply, so From is asked as well."""
        if any(map(self.keyring.is_own_mark, _marks(headers))):
            return True
        own_domain = self.sender.rpartition("@")[2].lower()
        return from_domain(headers) == own_domain and self.is_own_copy(headers)

    def _is_own_id(self, value: str) -> bool:
        found = _OWN_ID.match(value.strip())
        if found is None:
            return False
        report_id, serial = found[1].lower(), found[2].lower()
        names = (f"{report_id}/{name}" for name in self.analysts)
        return any(self.keyring.is_own_mark(f"{name}.{serial}") for name in names)


def is_outer_loop(parsed: ParsedReport, marks: Marks, max_received: int) -> bool:
    """RFC 5321 section 6.3, and our own mark on the outside: a copy came back."""
    return parsed.outer_received > max_received or marks.is_own_copy(parsed.outer_headers)


def loop_inside(parsed: ParsedReport, marks: Marks) -> Reason | None:
    """Why this report is only counted; None where it is about somebody's mail, not a gate's."""
    if marks.is_own_copy(parsed.wrapped_headers) or _own(parsed.feedback.loop_marks, marks):
        return Reason.OWN_MARK_INSIDE
    if marks.is_reported_copy(parsed.original.headers if parsed.original else ()):
        return Reason.OWN_MARK_INSIDE
    foreign = (*_marks(parsed.outer_headers), *_marks(parsed.wrapped_headers))
    stated = (mark.reveal() for mark in parsed.feedback.loop_marks)
    if any(_MARK.fullmatch(mark.strip()) for mark in (*foreign, *stated)):
        return Reason.FOREIGN_MARK
    return None


def _own(found: Sequence[RawText], marks: Marks) -> bool:
    return any(marks.keyring.is_own_mark(mark.reveal()) for mark in found)


def _marks(headers: Sequence[RawHeader]) -> Iterator[str]:
    yield from _values(headers, LOOP_FIELD)


def _values(headers: Sequence[RawHeader], name: str) -> Iterator[str]:
    """The values of the first fields of that name."""
    named = (header for header in headers if header.name.reveal().strip().lower() == name)
    for header, _ in zip(named, range(_MAX_MARKS), strict=False):
        yield header.value.reveal()
