"""SPF records: read and expanded (RFC 7208 sections 5 to 7). Pure.

In:  the text of a record.
Out: ``SpfRecord``; names that macros expand to.
SECURITY: a record that would put a local part into a name (``%{s}``, ``%{l}``) is an error: the
     reporter's people are nobody else's business. ``exp`` is never fetched.
FAILS: ``BadRecord``, which is ``permerror``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
)
from typing import Final, final
from urllib.parse import quote

from rufgate.sanitize.verdicts import SpfResult

_TERMS: Final = 200
_QUALIFIERS: Final[Mapping[str, SpfResult]] = {
    "+": SpfResult.PASS, "-": SpfResult.FAIL, "~": SpfResult.SOFTFAIL, "?": SpfResult.NEUTRAL,
}  # fmt: skip
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(.*)")
_MECHANISM = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)(.*)")
_MACRO = re.compile(r"%\{([A-Za-z])([0-9]{0,3})(r?)([.+,/_=-]*)\}", re.IGNORECASE)
_LITERAL: Final[Mapping[str, str]] = {"%%": "%", "%_": " ", "%-": "%20"}
_CIDR = re.compile(r"(?:/([0-9]{1,3}))?(?://([0-9]{1,3}))?\Z")
_EVERYWHERE, _LOCAL, _EXPLAINING = frozenset("odipvh"), frozenset("sl"), frozenset("crt")
_MAX_NAME: Final = 253

Client = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class BadRecord(Exception):  # noqa: N818 - an outcome: ``permerror``
    """The record is not what RFC 7208 allows, or asks for a local part."""


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Mechanism:
    """One mechanism; ``domain`` is not expanded yet and may be absent."""

    name: str
    result: SpfResult
    domain: str | None = None
    network: Network | None = None
    bits: tuple[int, int] = (32, 128)


@final
@dataclass(frozen=True, slots=True)
class SpfRecord:
    """The mechanisms in their order, and where to go on if none matches."""

    mechanisms: tuple[Mechanism, ...]
    redirect: str | None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Macros:
    """What the macros of one message stand for."""

    client: Client
    helo: str
    sender_domain: str


def is_spf(text: str) -> bool:
    """Whether a TXT record is an SPF record (section 4.5)."""
    return text[:7].lower().rstrip(" ") == "v=spf1"


def parse_record(text: str) -> SpfRecord:
    """The record in ``text``, all of it checked."""
    terms = text[6:].split(" ")
    if not text.isascii() or len(terms) > _TERMS:
        raise BadRecord
    mechanisms: list[Mechanism] = []
    modifiers: dict[str, str] = {}
    for term in filter(None, terms):
        if modifier := _MODIFIER.fullmatch(term):
            _add_modifier(modifiers, modifier[1].lower(), modifier[2])
        else:
            mechanisms.append(_mechanism(term))
    return SpfRecord(tuple(mechanisms), modifiers.get("redirect"))


def expand(spec: str, domain: str, macros: Macros) -> str:
    """``spec`` as a name; too long a name loses labels from the left (section 7.3)."""
    values: Mapping[str, Callable[[], str]] = {
        "o": lambda: macros.sender_domain,
        "d": lambda: domain,
        "i": lambda: _dotted(macros.client),
        "p": lambda: "unknown",
        "v": lambda: "in-addr" if macros.client.version == 4 else "ip6",
        "h": lambda: macros.helo,
    }

    def value(found: re.Match[str]) -> str:
        letter, digits, backwards, delimiters = found.groups()
        parts = re.split(f"[{re.escape(delimiters or '.')}]", values[letter.lower()]())
        if backwards:
            parts.reverse()
        text = ".".join(parts[-int(digits) :] if digits else parts)
        return quote(text, safe="") if letter.isupper() else text

    name = re.sub(r"%[%_-]", lambda found: _LITERAL[found[0]], _MACRO.sub(value, spec))
    while len(name) > _MAX_NAME:
        _, _, name = name.partition(".")
    return name


def _add_modifier(modifiers: dict[str, str], name: str, value: str) -> None:
    if name in ("redirect", "exp"):
        if name in modifiers:
            raise BadRecord
        _check_domain(value, _EVERYWHERE if name == "redirect" else _EVERYWHERE | _LOCAL)
        modifiers[name] = value
    else:
        _check_macros(value, _EVERYWHERE | _LOCAL | _EXPLAINING)


def _mechanism(term: str) -> Mechanism:
    result = _QUALIFIERS.get(term[0])
    found = _MECHANISM.fullmatch(term[1:] if result else term)
    if found is None:
        raise BadRecord
    name, rest = found[1].lower(), found[2]
    result = result or SpfResult.PASS
    match name:
        case "all" if not rest:
            return Mechanism(name=name, result=result)
        case "include" | "exists" if rest.startswith(":"):
            return Mechanism(name=name, result=result, domain=_check_domain(rest[1:]))
        case "ptr" if not rest or rest.startswith(":"):
            domain = _check_domain(rest[1:]) if rest else None
            return Mechanism(name=name, result=result, domain=domain)
        case "a" | "mx":
            return _with_hosts(name, result, rest)
        case "ip4" | "ip6" if rest.startswith(":"):
            return Mechanism(name=name, result=result, network=_network(name, rest[1:]))
    raise BadRecord


def _with_hosts(name: str, result: SpfResult, rest: str) -> Mechanism:
    cidr = _CIDR.search(rest)
    if cidr is None:  # it matches the empty end at least
        raise BadRecord
    head = rest[: cidr.start()]
    if head and not head.startswith(":"):
        raise BadRecord
    domain = _check_domain(head[1:]) if head else None
    bits = (_bits(cidr[1], 32), _bits(cidr[2], 128))
    return Mechanism(name=name, result=result, domain=domain, bits=bits)


def _bits(digits: str | None, most: int) -> int:
    if digits is None:
        return most
    if int(digits) > most or (len(digits) > 1 and digits[0] == "0"):
        raise BadRecord
    return int(digits)


def _network(name: str, text: str) -> Network:
    address, slash, digits = text.partition("/")
    kind, most = (IPv4Address, 32) if name == "ip4" else (IPv6Address, 128)
    if slash and not digits.isdecimal():
        raise BadRecord
    bits = _bits(digits if slash else None, most)
    if "%" in address:  # a zone
        raise BadRecord
    try:
        return ip_network((int(kind(address)), bits) if most == 128 else f"{kind(address)}/{bits}",
                          strict=False)  # fmt: skip
    except ValueError:
        raise BadRecord from None


def _check_domain(spec: str, letters: frozenset[str] = _EVERYWHERE) -> str:
    """A domain-spec (section 7.1): macros, and a top label or a macro at the end."""
    _check_macros(spec, letters)
    if spec.endswith("}") or spec[-2:] in _LITERAL:
        return spec
    _, dot, top = spec.removesuffix(".").rpartition(".")
    plain = top.replace("-", "")
    if not dot or not plain.isalnum() or top.isdecimal() or top[0] == "-" or top[-1] == "-":
        raise BadRecord
    return spec


def _check_macros(text: str, letters: frozenset[str]) -> None:
    rest = _MACRO.sub("", text)
    if not all("!" <= char <= "~" for char in text) or "%" in re.sub(r"%[%_-]", "", rest):
        raise BadRecord
    for found in _MACRO.finditer(text):
        if found[1].lower() not in letters or (found[2] and int(found[2]) == 0):
            raise BadRecord


def _dotted(client: Client) -> str:
    if isinstance(client, IPv4Address):
        return str(client)
    return ".".join(client.exploded.replace(":", ""))
