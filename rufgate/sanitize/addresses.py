"""Mail addresses: found in any notation, shown only as pseudonyms.

In:  header values as written (RFC 5322 section 3.4, and what really comes).
Out: ``Mailbox`` triples; addresses as ``p1-<token>@domain``.
SECURITY: one pass over the input, in linear time; no parser of the standard library is used, since
     those raise, or take quadratic time, on hostile values.
FAILS: never; what is no address yields a mailbox without one, or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from rufgate.sanitize.domains import DomainRule, own_domain, public_name
from rufgate.sanitize.fields import decode_words
from rufgate.sanitize.pseudonym import Pseudonymizer

_AT_SIGNS: Final = str.maketrans({"\uff20": "@", "\ufe6b": "@"})
_QUOTED_SPACE: Final = "\ue000"  # private use: keeps a quoted local part in one piece
_ENCODED_AT = re.compile(r"%(?:25)*40", re.IGNORECASE)
_BATV = re.compile(r"prvs=([^=]*)=(.+)|btv1==[^=]*==(.+)", re.IGNORECASE | re.DOTALL)
_PLAIN_RUN = re.compile(r"[^\"(<,;:]+")
_ANGLE_STOP = re.compile(r"[>,;<\"]")
_BATV_TAG = re.compile(r"[0-9a-f]{6,12}", re.IGNORECASE)
_SRS0 = re.compile(r"srs0[=+-](.+)", re.IGNORECASE | re.DOTALL)
_SRS1 = re.compile(r"srs1[=+-](.+)", re.IGNORECASE | re.DOTALL)
_ID_PREFIX = re.compile(r"[0-9a-f]{1,64}-(?=.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox: display name and comments, unquoted local part, domain; each may be empty."""

    name: str
    local: str
    domain: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who an address stands for: itself, or the address that it wraps (VERP, SRS, BATV, relay)."""

    marker: str  # "", "verp", "batv", "srs0", "srs1", "relay"
    local: str
    domain: str


def parse_mailboxes(value: str) -> tuple[Mailbox, ...]:
    """Every mailbox of an address list, in order; group names are dropped.

    RFC 2047 words are decoded after the structure is read, as section 5 there demands; a value
    whose only address is inside such a word is read again in its decoded form.
    """
    found = tuple(_Scanner(value.translate(_AT_SIGNS)).mailboxes())
    if "=?" in value and not any(box.domain for box in found):
        decoded = decode_words(value).translate(_AT_SIGNS)
        found = tuple(_Scanner(decoded).mailboxes()) or found
    return tuple(replace(box, name=_plain_name(box.name)) for box in found)


def redact_address(
    local: str, domain: str, pseudonymizer: Pseudonymizer, rule: DomainRule, *, sender_side: bool
) -> str:
    """``p1-<token>@domain``; ``verp-p1-<token>=[domain]@esp.example`` where it wraps another.

    ``sender_side`` speaks of ``domain``; an inner domain is a recipient's unless it is known.
    Local parts that the policy lists for an own domain stay readable.
    """
    outer = rule.keep(domain, sender_side=sender_side)
    if not local:
        return f"@{outer}" if domain else ""
    if is_role(local, domain, rule):
        return f"{canonical_local(local)}@{outer}"
    person = person_behind(local, domain)
    token = pseudonymizer.address(person.local, person.domain)
    if not person.marker:
        return f"{token}@{outer}"
    if person.marker == "batv":
        return f"batv-{token}@{outer}"
    return f"{person.marker}-{token}={rule.keep(person.domain, sender_side=False)}@{outer}"


def person_behind(local: str, domain: str) -> Person:
    """The person that ``local@domain`` leads to.

    BATV: draft-levine-smtp-batv; SRS: Shevek's scheme as deployed; VERP: Bernstein's; percent and
    bang forms: RFC 5321 section 5 and appendix F.2.
    """
    if batv := _BATV.fullmatch(local):
        tag, rest, barracuda = batv.groups()
        swapped = bool(rest) and bool(_BATV_TAG.fullmatch(rest)) and not _BATV_TAG.fullmatch(tag)
        return Person("batv", barracuda or (tag if swapped else rest), domain)
    for marker, shape in (("srs0", _SRS0), ("srs1", _SRS1)):
        wrapped = shape.fullmatch(local)
        parts = wrapped[1].rsplit("=", 2) if wrapped else []
        if len(parts) == 3 and parts[2] and public_name(parts[1]):
            return Person(marker, parts[2], parts[1])
    return _verp(local) or _relayed(local) or Person("", local, domain)


def is_role(local: str, domain: str, rule: DomainRule) -> bool:
    """Whether the policy lists this local part, or address, under its own domain."""
    name = public_name(domain)
    own = own_domain(rule.policy, name)
    if own is None:
        return False
    plain = canonical_local(local)
    return any(entry.strip().lower() in (plain, f"{plain}@{name}") for entry in own.role_addresses)


def canonical_local(local: str) -> str:
    """NFC, lower case, without quotes and ``+tag``."""
    plain = unicodedata.normalize("NFC", local.strip().strip('"')).lower()
    head, plus, _ = plain.partition("+")
    return head if plus and head else plain


def split_address(text: str) -> tuple[str, str]:
    """``(local, domain)`` of one address in any notation; ``("", "")`` if it is none."""
    plain = text.translate(_AT_SIGNS).strip().strip("<>").strip()
    if plain.startswith("@") and ":" in plain:  # source route, RFC 5321 appendix C
        plain = plain.rpartition(":")[2]
    if "@" not in plain and "%" in plain:
        plain = unquote(_ENCODED_AT.sub("@", plain), errors="replace")
    local, at, domain = plain.rpartition("@")
    if not at:
        return "", ""
    return _unquoted(local.strip().strip("<")), domain.strip().strip("<>.,;").strip()


def _verp(local: str) -> Person | None:
    """``bounces+id-jane=example.org``; a base64 blob that ends in ``=`` is none."""
    head, _, inner = local.rpartition("=")
    if not head or public_name(inner) is None:
        return None
    person = head.rpartition("+")[2] if "+" in head else head.partition("-")[2] or head
    return Person("verp", _ID_PREFIX.sub("", person, count=1) or head, inner)


def _relayed(local: str) -> Person | None:
    """``jane%example.org`` or ``example.org!jane`` in front of a relay's domain."""
    for separator in ("@", "%"):
        head, mark, inner = local.rpartition(separator)
        if mark and head and public_name(inner):
            return Person("relay", head, inner)
    inner, bang, tail = local.rpartition("!")
    inner = inner.rpartition("!")[2]
    return Person("relay", tail, inner) if bang and tail and public_name(inner) else None


def _unquoted(local: str) -> str:
    if len(local) >= 2 and local[0] == local[-1] == '"':
        local = re.sub(r"\\(.)", r"\1", local[1:-1], flags=re.DOTALL)
    return local


def _plain_name(name: str) -> str:
    return " ".join(decode_words(name).replace('"', " ").split())


class _Scanner:
    """Reads an address list once, from left to right."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._at = 0
        self._words: list[str] = []
        self._comments: list[str] = []
        self._closed = {'"': True, "(": True}  # whether a closing mark can still come

    def mailboxes(self) -> Iterator[Mailbox]:
        while self._at < len(self._value):
            if plain := _PLAIN_RUN.match(self._value, self._at):
                self._words.append(plain[0])
                self._at = plain.end()
                continue
            char = self._value[self._at]
            if char in '"(' and self._closed[char]:
                self._quoted() if char == '"' else self._comment()
                continue
            self._at += 1
            if char == "<":
                yield from self._angle()
            elif char in ",;":
                yield from self._bare()
            elif char == ":" and "@" not in "".join(self._words[-64:]):
                self._words.clear()
            else:
                self._words.append(char)
        yield from self._bare()

    def _quoted(self) -> None:
        end = self._end_of_quoted(self._at)
        if end < 0:
            self._closed['"'] = False
            return
        text = self._value[self._at : end]
        self._words.append("".join(_QUOTED_SPACE if char.isspace() else char for char in text))
        self._at = end

    def _end_of_quoted(self, start: int) -> int:
        index = start + 1
        while index < len(self._value):
            if self._value[index] == '"':
                return index + 1
            index += 2 if self._value[index] == "\\" else 1
        return -1

    def _comment(self) -> None:
        depth, index = 0, self._at
        while index < len(self._value):
            char = self._value[index]
            depth += {"(": 1, ")": -1}.get(char, 0)
            index += 2 if char == "\\" else 1
            if depth == 0:
                self._comments.append(self._value[self._at + 1 : index - 1])
                self._at = index
                return
        self._closed["("] = False

    def _angle(self) -> Iterator[Mailbox]:
        """An address in angle brackets; one that is never closed ends at a comma or the end."""
        index = self._at
        while stop := _ANGLE_STOP.search(self._value, index):
            index = stop.start()
            if self._value[index] != '"':
                break
            end = self._end_of_quoted(index) if self._quote_opens(index) else -1
            index = end if end > 0 else index + 1
        else:
            index = len(self._value)
        text = self._value[self._at : index]
        self._at = index + (index < len(self._value) and self._value[index] == ">")
        local, domain = split_address(_without_comments(text))
        name = self._take_name()
        if local or domain or name:
            yield Mailbox(name, local, domain)

    def _quote_opens(self, index: int) -> bool:
        if not self._closed['"']:
            return False
        self._closed['"'] = self._end_of_quoted(index) > 0
        return self._closed['"']

    def _bare(self) -> Iterator[Mailbox]:
        """What stood between commas without angle brackets: ``jane@example.org (Jane)``."""
        joined = "@".join(part.strip() for part in "".join(self._words).split("@"))
        chunks = [chunk.replace(_QUOTED_SPACE, " ") for chunk in joined.split()]
        pairs = [split_address(chunk) for chunk in chunks]
        self._words = [
            f"{chunk} " for chunk, pair in zip(chunks, pairs, strict=True) if not any(pair)
        ]
        name = self._take_name()
        addresses = [pair for pair in pairs if any(pair)]
        if not addresses and name:
            yield Mailbox(name, "", "")
        for local, domain in addresses:
            yield Mailbox(name, local, domain)

    def _take_name(self) -> str:
        name = " ".join(("".join(self._words), *self._comments)).replace(_QUOTED_SPACE, " ")
        self._words.clear()
        self._comments.clear()
        return " ".join(name.split())


def _without_comments(text: str) -> str:
    """``text`` with balanced comments cut out; used inside angle brackets only."""
    if "(" not in text or '"' in text:
        return text
    kept, depth = [], 0
    for char in text:
        depth += char == "("
        if not depth:
            kept.append(char)
        depth -= char == ")" and depth > 0
    return "".join(kept)
