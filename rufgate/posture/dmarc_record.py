"""DMARC records as text: which they are, and where they want failure reports. Pure.

In:  TXT values of a ``_dmarc`` or ``_report._dmarc`` name.
Out: ``DmarcRecord``.
FAILS: never; what cannot be read is said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, final
from urllib.parse import quote, unquote

_VERSION: Final = re.compile(r"v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|\Z)")
_SIZE: Final = re.compile(r"!([0-9]+[kmgt]?)\Z", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[^@\s<>]+@[^@\s<>,]+")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class ReportUri:
    """One target of reports. ``address`` is None where it is no ``mailto:`` with an address."""

    text: str
    address: str | None
    size: str | None  # of ``!10m``, which RFC 9990 made obsolete

    @property
    def is_mailto(self) -> bool:
        """Whether it is of the one scheme that every reporter knows."""
        return self.text.lower().startswith("mailto:")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class DmarcRecord:
    """Its text, where it wants failure reports, and when."""

    text: str
    ruf: tuple[ReportUri, ...]
    fo: frozenset[str]


def dmarc_records(values: Iterable[str]) -> tuple[DmarcRecord, ...]:
    """Those of ``values`` that are DMARC records: the version comes first (RFC 9989)."""
    return tuple(_record(text) for text in values if _VERSION.match(text.lstrip(" \t")))


def mailto(address: str) -> str:
    """The URI of an address; what separates URIs and sizes is encoded."""
    local, _, domain = address.rpartition("@")
    return f"mailto:{quote(local, safe='+=&$_.~-')}@{domain}"


def tags_of(text: str) -> dict[str, str]:
    """``name=value`` of a list with semicolons; of a name that is repeated, the first."""
    tags: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip())
    return tags


def uris_of(value: str) -> tuple[ReportUri, ...]:
    """Those of a ``ruf`` or ``rua``, in their order."""
    return tuple(_uri(part.strip()) for part in value.split(",") if part.strip())


def _record(text: str) -> DmarcRecord:
    tags = tags_of(text)
    return DmarcRecord(
        text=text,
        ruf=uris_of(tags.get("ruf", "")),
        fo=frozenset(one.strip().lower() for one in tags.get("fo", "").split(":") if one.strip()),
    )


def _uri(text: str) -> ReportUri:
    size = _SIZE.search(text)
    plain = text[: size.start()] if size else text
    scheme, _, rest = plain.partition(":")
    address = unquote(rest.partition("?")[0])
    is_address = scheme.lower() == "mailto" and _ADDRESS.fullmatch(address)
    return ReportUri(
        text=text, address=address if is_address else None, size=size[1] if size else None
    )
