"""Authentication-Results fields, read tolerantly (RFC 8601, and what is sent in its name).

In:  the field's value, unfolded.
Out: one ``RawAuthResult`` per method.
SECURITY: linear; comments are dropped before anything else is read, since they quote names and IPs.
FAILS: never; what is no ``method=result`` is skipped. A reader of our own, since authres raises
     on fields without an authserv-id, which LinkedIn and Microsoft send.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rufgate.sanitize.parsed import RawAuthResult
from rufgate.sanitize.raw import RawText

_PAIR = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9_.-]{0,63}(?:/[0-9]+)?)[ \t]*=[ \t]*"
    r"(?P<value>\"[^\"]{0,2000}\"|[^\s;\"]{1,2000})"
)
_SEGMENT = re.compile(r"(?:\"[^\"]*\"|[^;])+")
_METHODS = frozenset(
    [
        "arc",
        "auth",
        "bimi",
        "compauth",
        "dkim",
        "dkim-adsp",
        "dkim-atps",
        "dmarc",
        "dnswl",
        "domainkeys",
        "iprev",
        "rrvs",
        "sender-id",
        "smime",
        "spf",
        "vbr",
        "x-hmca",
        "x-google-dkim",
    ]
)
_MAX_RESULTS = 50
_MAX_PROPERTIES = 30
_MAX_VALUE = 16_384


def parse_auth_results(value: str) -> tuple[RawAuthResult, ...]:
    """Every ``method=result`` of one field, in order, with its properties."""
    plain = _without_comments(value[:_MAX_VALUE])
    segments = _SEGMENT.findall(plain)
    authserv = _authserv(segments[0]) if segments else None
    results = [found for segment in segments for found in _results(segment, authserv)]
    return tuple(results[:_MAX_RESULTS])


def _authserv(segment: str) -> RawText | None:
    """The first word before the first ``;``, unless it is already a result."""
    words = segment.split()
    if not words or "=" in words[0]:
        return None
    return RawText(words[0].strip('"'))


def _results(segment: str, authserv: RawText | None) -> Iterator[RawAuthResult]:
    """Usually one; where the ``;`` between two is missing, each known method begins another."""
    pairs = list(_pairs(segment))
    starts = [at for at, (name, _) in enumerate(pairs) if _method(name) in _METHODS]
    for start, stop in zip(starts, [*starts[1:], len(pairs)], strict=False):
        method, result = pairs[start]
        properties = [(name, RawText(value)) for name, value in pairs[start + 1 : stop]]
        yield RawAuthResult(
            authserv=authserv,
            method=RawText(_method(method)),
            result=RawText(result.lower()),
            properties=tuple(one for one in properties if "." in one[0])[:_MAX_PROPERTIES],
        )


def _pairs(segment: str) -> Iterator[tuple[str, str]]:
    for hit in _PAIR.finditer(segment):
        yield hit["name"].lower(), hit["value"].strip('"')


def _method(name: str) -> str:
    return name.partition("/")[0]


def _without_comments(value: str) -> str:
    """``value`` with comments cut out; quoted strings are kept as they are, escapes respected."""
    kept: list[str] = []
    depth, quoted, at = 0, False, 0
    while at < len(value):
        char = value[at]
        if char == "\\":
            kept.append("" if depth else value[at : at + 2])
            at += 2
            continue
        if char == '"' and not depth:
            quoted = not quoted
        if char == "(" and not quoted:
            depth += 1
        elif char == ")" and depth and not quoted:
            depth -= 1
            char = " "
        if not depth:
            kept.append(char)
        at += 1
    return "".join(kept)
