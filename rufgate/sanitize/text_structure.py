"""What a text holds by its form alone: addresses, links, host names, IP addresses, own output.

In:  readable text.
Out: spans. Addresses are found whatever their top-level domain, quoted, obfuscated or encoded.
SECURITY: every pattern is bounded, so that time grows with the text only.
FAILS: never.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from rufgate.sanitize.domains import has_known_suffix
from rufgate.sanitize.encoded import encoded_spans
from rufgate.sanitize.links import find_links
from rufgate.sanitize.spans import Entity, Span

_I = re.IGNORECASE
_LOCAL = r"[^\s@<>()\[\]\\,;:\"“”‘’|{}/]"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(
    rf"(?P<local>\"[^\"\n]{{1,64}}\"|(?<![^\s<>()\[\]\\,;:\"“”‘’|{{}}/=]){_LOCAL}{{1,128}}"
    rf"|{_LOCAL}{{1,64}})\s?@\s?"
    rf"(?P<domain>(?:{_LABEL}\.){{0,8}}{_LABEL}|\[(?:IPv6:)?[0-9a-fA-F.:]{{3,45}}\])",
    _I,
)
_ENCODED = re.compile(r"[\w.%+-]{1,64}%(?:25)*40[\w.%-]{1,100}", _I)
_AT = r"(?:\s?[\[({<]\s?(?:at|@|ät|arroba|bei|chez)\s?[\])}>]\s?|\s(?:at|ät|arroba)\s)"
_DOT = r"(?:\s?[\[({<]\s?(?:dot|punkt|point|punto|\.)\s?[\])}>]\s?|\s(?:dot|punkt|punto)\s|\.)"
_OBFUSCATED = re.compile(
    rf"(?<![\w.+-])(?P<local>[\w+-]{{1,40}}(?:{_DOT}[\w+-]{{1,40}}){{0,4}}){_AT}"
    rf"(?P<domain>[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}})(?!\w)",
    _I,
)
_SPACED_AT = re.compile(
    r"(?<!\S)(?P<local>[\w.+-]{1,64})\s@\s(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
)
_HOST = re.compile(rf"(?<![\w@./\\-])(?:{_LABEL}\.){{1,6}}[^\W\d_]{{2,24}}(?![\w@])(?!\.\w)")
_INTERNAL = re.compile(
    r"\.(?:local|localdomain|internal|intranet|lan|corp|home|private|arpa|domain|invalid|test"
    r"|example)\Z",
    _I,
)
_NOT_A_HOST = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|txt|csv|zip|html?|php|py|js|md|exe|ics|eml|xml"
    r"|json)\Z"
    r"|\A(?:e\.g|i\.e|p\.m|a\.m|etc)\Z",
    _I,
)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w]|\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])", _I
)

_LABELS = "|".join(
    re.escape(entity.value)
    for entity in Entity
    if entity.value.isupper() and entity is not Entity.PERSON
)
OWN_OUTPUT = re.compile(
    rf"\[(?:{_LABELS}|PERSON \d{{1,4}}|domain|label|private)\]"
    r"|(?:(?:verp|batv|srs0|srs1|relay)-)?\bp\d{1,9}-[a-z2-7]{24}\b"
    r"(?:=[\w.\[\]-]{1,100})?(?:@(?:\[domain\]|[\w.-]{1,253}\w))?"
    r"|@\[domain\]"
)


@dataclass(frozen=True, slots=True)
class Address:
    """What stands in an address as written."""

    local: str
    domain: str


def read_address(written: str) -> Address:
    """The two halves of a matched address in any of its notations; domain "" if there is none."""
    plain = _ENCODED.fullmatch(written)
    text = unquote(written.replace("%25", "%"), errors="replace") if plain else written
    for pattern in (_ADDRESS, _OBFUSCATED, _SPACED_AT):
        match = pattern.fullmatch(text)
        if match:
            local = (
                re.sub(_DOT, ".", match["local"], flags=_I)
                if pattern is _OBFUSCATED
                else match["local"]
            )
            domain = re.sub(_DOT, ".", match["domain"], flags=_I)
            return Address(local.strip().strip('"'), domain.strip())
    local, _, domain = text.rpartition("@")
    return Address(local.strip(), domain.strip())


def structure_spans(text: str) -> Iterator[Span]:
    """All of them, possibly overlapping."""
    links = find_links(text)
    addresses = list(_addresses(text))
    yield from links
    yield from addresses
    yield from encoded_spans(text, apart=(*links, *addresses))
    yield from _ips(text)
    yield from _hosts(text)


def _addresses(text: str) -> Iterator[Span]:
    patterns = (
        ("address", _ADDRESS, "@" in text),
        ("address_encoded", _ENCODED, "%" in text),
        ("address_obfuscated", _OBFUSCATED, True),
        ("address_spaced", _SPACED_AT, " @ " in text),
    )
    for name, pattern, wanted in patterns:
        for match in pattern.finditer(text) if wanted else ():
            if name != "address_obfuscated" or _is_plausible(match):
                yield _span(match, Entity.ADDRESS, name)


def _is_plausible(match: re.Match[str]) -> bool:
    """``look at example.org`` is no address; ``john dot smith at example dot org`` is."""
    bracketed = re.search(r"[\[({<]", match[0])
    dotted = re.search(r"\s(?:dot|punkt|punto)\s", match[0], _I)
    return bool(bracketed or dotted)


def _hosts(text: str) -> Iterator[Span]:
    for match in _HOST.finditer(text):
        name = match[0].lower()
        if _NOT_A_HOST.search(name):
            continue
        if _INTERNAL.search(name) or has_known_suffix(name):
            yield _span(match, Entity.DOMAIN, "host")


def _ips(text: str) -> Iterator[Span]:
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            if _is_ip(match[0].partition("/")[0]):
                yield _span(match, Entity.IP, "ip")


def _is_ip(value: str) -> bool:
    try:
        return len(value) > 3 and bool(ipaddress.ip_address(value))
    except ValueError:
        return False


def _span(match: re.Match[str], entity: Entity, name: str) -> Span:
    return Span(start=match.start(), end=match.end(), entity=entity, recognizer=name)
