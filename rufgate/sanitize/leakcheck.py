"""The second opinion: searches what is about to leave for what came in.

In:  the raw header persons, recipients and addresses of a report; the sanitized leaves.
Out: the names of the leaves that hold something they must not.
SECURITY: shares no pattern with the detectors, so that a fault there is not repeated here.
     It looks for whole addresses anywhere, and as whole words for local parts (4 characters and
     more), name words (4 letters and more) and IP addresses other than the stated source.
FAILS: never; text that cannot be decoded is searched as it is.
"""

from __future__ import annotations

import base64
import binascii
import html
import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

_WORD = re.compile(r"\w+", re.UNICODE)
_OURS = re.compile(r"\bp\d{1,9}-[a-z2-7]{24}\b|\[[A-Za-z]{2,16}(?: [A-Za-z]{2,16})?(?: \d{1,4})?\]")
_BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_SEPARATORS = re.compile(r"[\s<>\"'(),;:\[\]|]+")
_IPV4_SHAPE = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)")
_IPV6_SHAPE = re.compile(r"[0-9a-f:]{3,39}(?:\d{1,3}(?:\.\d{1,3}){3})?")
_URL_SAFE = str.maketrans("-_", "+/")
_MAX_NEEDLES = 5000


@dataclass(frozen=True, kw_only=True, slots=True)
class Needles:
    """What must not be found: folded addresses, words, and canonical IP addresses."""

    addresses: frozenset[str]
    words: frozenset[str]
    ips: frozenset[str]

    def without(self, exempt: Iterable[str]) -> Needles:
        """The same, with ``exempt`` words no longer searched alone (addresses stay whole)."""
        folded = frozenset(_fold(word) for word in exempt)
        return replace(self, words=self.words - folded)

    def without_addresses(self, exempt: Iterable[str]) -> Needles:
        """The same, without these whole addresses (our own, and roles that stay readable)."""
        folded = frozenset(_fold(address) for address in exempt)
        return replace(self, addresses=self.addresses - folded)

    def addresses_only(self) -> Needles:
        """For a finished mail, in which our own words stand beside the sanitized ones."""
        return replace(self, words=frozenset())


def needles_from(
    person_values: Sequence[str], display_names: Sequence[str], ips: Sequence[str]
) -> Needles:
    """Needles from decoded header values.

    ``person_values`` hold addresses in any notation, ``display_names`` words of names, ``ips``
    addresses that may not be shown.
    """
    addresses = {item for value in person_values for item in _addresses(value)}
    words = {word for name in display_names for word in words_in(name) if _is_name_word(word)}
    for address in addresses:
        words |= set(_local_words(address.rpartition("@")[0]))
    return Needles(
        addresses=frozenset(sorted(addresses)[:_MAX_NEEDLES]),
        words=frozenset(sorted(words)[:_MAX_NEEDLES]),
        ips=frozenset(canonical for ip in ips if (canonical := _canonical_ip(ip))),
    )


def leaks(needles: Needles, leaves: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The names among ``(name, text)`` whose text holds a needle in any encoding."""
    return frozenset(name for name, text in leaves if _holds(needles, text))


def _holds(needles: Needles, text: str) -> bool:
    return any(_found(needles, view) for view in _decodings(text))


def _found(needles: Needles, view: str) -> bool:
    folded = _fold(_OURS.sub(" ", view))
    if any(address in folded for address in needles.addresses):
        return True
    if not needles.words.isdisjoint(words_in(folded)):
        return True
    if not needles.words.isdisjoint(_SEPARATORS.split(folded)):  # "jane.doe" is one local part
        return True
    return bool(needles.ips) and not needles.ips.isdisjoint(_ips(folded))


def _decodings(text: str) -> Iterator[str]:
    """``text`` and what it reads as once percent, entity, quoted-printable or base64 is undone."""
    yield text
    if "%" in text:
        yield unquote(text, errors="replace")
    if "&" in text:
        yield html.unescape(text)
    if "=" in text:
        yield _unquoted_printable(text)
    yield _base64_readings(text)


def _unquoted_printable(text: str) -> str:
    joined = re.sub(r"=\r?\n", "", text)
    raw = re.sub(r"=([0-9A-Fa-f]{2})", lambda hit: chr(int(hit[1], 16)), joined)
    return raw.encode("latin-1", "replace").decode("utf-8", "replace")


def _base64_readings(text: str) -> str:
    """The printable readings of every base64 run at each of its phases, one a line."""
    readings = []
    for run in _BASE64_RUN.findall(text):
        plain = run.translate(_URL_SAFE)
        for phase in range(4):
            chunk = plain[phase:]
            whole = chunk[:-1] if len(chunk) % 4 == 1 else chunk  # cut off: 6 bits are no byte
            readings.append(_printable(whole + "=" * (-len(whole) % 4)))
    return "\n".join(filter(None, readings))


def _printable(chunk: str) -> str:
    """``chunk`` decoded, or "" where that is not text: most words are no base64."""
    try:
        content = base64.b64decode(chunk)
    except (binascii.Error, ValueError):
        return ""
    text = content.decode("utf-8", "ignore")
    printable = "".join(filter(str.isprintable, text)).encode()  # in bytes: scripts differ in width
    return text if len(text) >= 3 and len(printable) >= 0.8 * len(content) else ""


def _addresses(value: str) -> Iterator[str]:
    """Everything with an ``@`` between separators, folded; quoted local parts lose their quotes."""
    folded = _fold(value).replace('"@', "@")
    for chunk in _SEPARATORS.split(folded):
        local, at, domain = chunk.rpartition("@")
        domain = domain.strip(".-")
        if at and local and domain:
            yield f"{local}@{domain}"


def _local_words(local: str) -> Iterator[str]:
    """The local part, and the parts it is joined from, where they are long enough to tell."""
    if len(local) >= 4 and not local.isdigit():
        yield local
    for word in words_in(local):
        if _is_name_word(word):
            yield word


def _is_name_word(word: str) -> bool:
    return sum(char.isalpha() for char in word) >= 4


def words_in(text: str) -> list[str]:
    """The folded words of ``text``; underscores part words."""
    return [part for word in _WORD.findall(_fold(text)) for part in word.split("_") if part]


def _ips(text: str) -> Iterator[str]:
    plain = text.replace("ipv6:", " ")  # RFC 5321 section 4.1.3; the 6 would be taken for a group
    sixes = (shape for shape in _IPV6_SHAPE.findall(plain) if shape.count(":") >= 2)
    for shape in (*_IPV4_SHAPE.findall(text), *sixes):
        canonical = _canonical_ip(shape) or _canonical_ip(shape.strip(":"))
        if canonical:
            yield canonical


def _canonical_ip(text: str) -> str | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def _fold(text: str) -> str:
    """Case, compatibility forms and accents removed, so that variants of one word meet."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))
