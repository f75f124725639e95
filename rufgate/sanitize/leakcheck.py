"""The second opinion: searches what is about to leave for what came in.

In:  the raw header persons, recipients and addresses of a report; the sanitized leaves.
Out: the names of the leaves that hold something they must not.
SECURITY: shares no pattern and no helper with the detectors, so that a fault there is not repeated
     here. It looks for whole addresses anywhere, and as whole words for local parts (4 characters
     and more), name words (4 letters and more) and IP addresses other than the stated source. The
     work is linear in the output: a text whose readings grow beyond a bound counts as a hit.
FAILS: never; text that cannot be decoded is searched as it is.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rufgate.sanitize.leak_readings import readings

_WORD = re.compile(r"\w+", re.UNICODE)
_OURS = re.compile(r"\bp\d{1,9}-[a-z2-7]{24}\b|\[[A-Za-z]{2,16}(?: [A-Za-z]{2,16})?(?: \d{1,4})?\]")
_SEPARATORS = re.compile(r"[\s<>\"'(),;:\[\]|]+")
_NAME_SEPARATORS = re.compile(r"[\s<>()\"',;]+")
_GROUP_NAME = re.compile(r"(?:^|[;,])[^\"<>@,;:=]{1,200}:")
_ENCODED_WORD = re.compile(
    r"=\?(?P<charset>[^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?(?P<coding>[bBqQ])\?(?P<payload>[^?]*)\?="
)
_NO_CHARSET = re.compile(r"escape|idna|punycode", re.IGNORECASE)  # slow, or given to warnings
_IPV4_SHAPE = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)")
_IPV6_SHAPE = re.compile(r"[0-9a-f:]{3,39}(?:\d{1,3}(?:\.\d{1,3}){3})?")
_MARKS = re.compile(  # what combines with the letter before it, of all that ``_RARE`` has not
    "[" + "".join(char for char in map(chr, range(0x10000)) if unicodedata.combining(char)) + "]+"
)
_RARE = re.compile("[\U00010000-\U0010ffff]")
_MAX_NEEDLES = 5000
_DEPTH = 2  # encodings within each other
_MAX_GROWTH = 16  # how many times its own length a text may read as
_LEAST_ALLOWED = 65_536  # characters of readings that any text may have


@dataclass(frozen=True, kw_only=True, slots=True)
class Needles:
    """What must not be found: folded addresses, words, and canonical IP addresses."""

    addresses: frozenset[str]
    words: frozenset[str]
    ips: frozenset[str]

    def without(self, exempt: Iterable[str]) -> Needles:
        """The same, with ``exempt`` words no longer searched alone (addresses stay whole)."""
        return self.without_folded(frozenset(_fold(word) for word in exempt))

    def without_folded(self, exempt: frozenset[str]) -> Needles:
        """The same for words that ``folded`` has made ready: long lists that do not change."""
        return replace(self, words=self.words - exempt)

    def without_addresses(self, exempt: Iterable[str]) -> Needles:
        """The same, without these whole addresses (our own, and roles that stay readable)."""
        folded = frozenset(_fold(address) for address in exempt)
        return replace(self, addresses=self.addresses - folded)

    def addresses_only(self) -> Needles:
        """For a finished mail, in which our own words stand beside the sanitized ones."""
        return replace(self, words=frozenset())


def folded(words: Iterable[str]) -> frozenset[str]:
    """``words`` as they are compared here."""
    return frozenset(map(_fold, words))


def needles_from(
    person_values: Sequence[str], display_names: Sequence[str], ips: Sequence[str]
) -> Needles:
    """Needles from header values.

    ``person_values`` hold persons as the header has them: encoded words, names, comments, addresses
    in any notation. They are read here by our own means; ``display_names`` are what others read in
    them, ``ips`` addresses that may not be shown.
    """
    values = [_without_encoded_words(value) for value in person_values]
    names = [*display_names, *map(_beside_addresses, values)]
    addresses = {item for value in values for item in _addresses(value)}
    words = {word for name in names for word in words_in(name) if _is_name_word(word)}
    for address in addresses:
        words |= set(_local_words(address.rpartition("@")[0]))
    return Needles(
        addresses=frozenset(sorted(addresses)[:_MAX_NEEDLES]),
        words=frozenset(sorted(words)[:_MAX_NEEDLES]),
        ips=frozenset(canonical for ip in ips if (canonical := _canonical_ip(ip))),
    )


def leaks(
    needles: Needles, leaves: Iterable[tuple[str, str]], *, depth: int = _DEPTH
) -> frozenset[str]:
    """The names among ``(name, text)`` whose text holds a needle in any encoding.

    ``depth`` is how many encodings may lie within each other; a finished mail adds its own.
    """
    return frozenset(name for name, text in leaves if _holds(needles, text, depth))


def _holds(needles: Needles, text: str, depth: int) -> bool:
    allowed = max(_LEAST_ALLOWED, _MAX_GROWTH * len(text))
    for reading in readings(text, depth):
        allowed -= len(reading)
        if allowed < 0 or _found(needles, reading):  # nobody's text reads as so much
            return True
    return False


def _found(needles: Needles, view: str) -> bool:
    folded = _fold(_OURS.sub(" ", view))
    if any(address in folded for address in needles.addresses):
        return True
    if not needles.words.isdisjoint(words_in(folded)):
        return True
    if not needles.words.isdisjoint(_SEPARATORS.split(folded)):  # "jane.doe" is one local part
        return True
    return bool(needles.ips) and not needles.ips.isdisjoint(_ips(folded))


def _addresses(value: str) -> Iterator[str]:
    """Everything with an ``@`` between separators, folded; quoted local parts lose their quotes."""
    folded = _fold(value).replace('"@', "@")
    for chunk in _SEPARATORS.split(folded):
        local, at, domain = chunk.rpartition("@")
        domain = domain.strip(".-")
        if at and local and domain:
            yield f"{local}@{domain}"


def _beside_addresses(value: str) -> str:
    """What is left of a value without its addresses and the names of groups: names, comments."""
    chunks = _NAME_SEPARATORS.split(_GROUP_NAME.sub(" ", value))
    return " ".join(chunk for chunk in chunks if "@" not in chunk)


def _without_encoded_words(value: str) -> str:
    """``value`` with RFC 2047 words read; bytes of neighbours are read as one, for some split one
    character over two words."""
    read: list[str] = []
    pending, charset, at = b"", "", 0
    for hit in _ENCODED_WORD.finditer(value):
        between = value[at : hit.start()]
        if between.strip() or hit["charset"].lower() != charset:
            read += (_text(pending, charset), between)
            pending, charset = b"", hit["charset"].lower()
        pending += _bytes_of(hit["coding"], hit["payload"])
        at = hit.end()
    return "".join((*read, _text(pending, charset), value[at:]))


def _bytes_of(coding: str, payload: str) -> bytes:
    content = payload.encode("utf-8", "replace")
    if coding in "qQ":
        return quopri.decodestring(content.replace(b"_", b" "))
    try:
        return base64.b64decode(content + b"=" * (-len(content) % 4))
    except binascii.Error:
        return b""


def _text(content: bytes, charset: str) -> str:
    for name in ("" if _NO_CHARSET.search(charset) else charset, "utf-8", "latin-1"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):  # an unknown charset, or bytes that it does not have
            continue
    return ""


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
    if text.isascii():  # has neither of the latter
        return text.lower()
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    if _RARE.search(plain):
        return "".join(char for char in plain if not unicodedata.combining(char))
    return _MARKS.sub("", plain)
