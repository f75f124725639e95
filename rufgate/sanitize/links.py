"""Links: found in text, shown as scheme and host only, and not clickable.

In:  text, or one link of it, in any notation.
Out: ``hxxps://host[.]tld/…``; None for what is dropped (``data:``, ``tel:``, ``sms:``, unknown).
SECURITY: userinfo, query and fragment never pass; path segments only by policy, and never those
     that could be an identifier. A label left of the organizational domain that is long, hex-like
     or holds a known name becomes ``[label]``. Every pattern is bounded: linear time.
FAILS: never.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import unquote

from rufgate.sanitize.addresses import redact_address, split_address
from rufgate.sanitize.domains import (
    HIDDEN,
    HIDDEN_LABEL,
    DomainRule,
    has_known_suffix,
    holds_name,
    is_opaque,
    organizational,
    public_name,
)
from rufgate.sanitize.ip_redaction import PRIVATE, canonical_ip, truncate_ip
from rufgate.sanitize.link_forms import DEFANGED, MORE
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.pseudonym import Pseudonymizer
from rufgate.sanitize.spans import Entity, Span

_LINK = re.compile(
    r"(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,15}:[/\\]{2}"
    r"|(?<![\w@.-])www\d{0,3}\.(?=[\w-])"
    r"|(?<![\w@.+-])(?:mailto|tel|sms|callto|skype|javascript|whatsapp|tg|cid):(?=[\w+<(%?,;/.@-])"
    r"|(?<![\w@.+-])data:(?=[\w/;=+.-]{0,80},)"  # RFC 2397; "Data:" is a date in Italian
    r"|(?P<bare>(?<![\w@.+/-])(?:[^\W_](?:[\w-]{0,61})\.){1,8}[a-z]{2,24}(?::\d{1,5})?/))"
    r"[^\s<>\"]*",
    re.IGNORECASE,
)
_BRACKETED_REST = re.compile(r"[^<>]{0,512}(?=>)")
_SPLIT = re.compile(r"([a-z][a-z0-9+.-]{1,15}):[/\\]{2,}", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/?#\\]")
_TRAILING: Final = ".,;:!?'»”’*_"
_SAFE_SEGMENT = re.compile(r"[A-Za-z][A-Za-z_-]{0,19}(?:\.[A-Za-z]{2,5})?")
_PORT = re.compile(r"(.*):(\d{1,5})", re.DOTALL)
_MAX_SEGMENTS = 8
_MAX_TRAILING = 32


def find_links(text: str) -> list[Span]:
    """Every link in ``text``: with a scheme, with ``www.``, or a known domain with a path."""
    spans = []
    for hit in _LINK.finditer(text):
        if hit["bare"] and not has_known_suffix(hit["bare"].rstrip("/").partition(":")[0].lower()):
            continue
        end = _end_in_brackets(text, hit) or hit.start() + len(_without_trailing(hit[0]))
        spans.append(
            Span(start=hit.start(), end=end, entity=Entity.LINK, recognizer="links", score=1.0)
        )
    return spans


def _end_in_brackets(text: str, hit: re.Match[str]) -> int | None:
    """Where a link in ``<...>`` ends, over spaces and line breaks (RFC 3986 appendix C).

    A client that wraps lines breaks links too: the rest of a query would stay in the text.
    """
    if hit["bare"] or text[hit.start() - 1 : hit.start()] != "<":
        return None
    closing = _BRACKETED_REST.match(text, hit.end())
    return closing.end() if closing else None


def redact_link(
    url: str,
    policy: Policy,
    rule: DomainRule,
    names: frozenset[str],
    pseudonymizer: Pseudonymizer | None = None,
) -> str | None:
    """``url`` as it may be shown in text; None: drop it.

    ``names`` are lower-case words of names known from the headers. A ``mailto:`` becomes its
    pseudonym, or ``[EMAIL]`` without a ``pseudonymizer``.
    """
    plain = url.strip()
    if plain[:7].lower() == "mailto:":
        return _mailto(plain[7:], rule, pseudonymizer)
    scheme, authority, tail = _parts(plain)
    host = None if scheme is None else _host(authority, names)
    if host is None:
        return None
    shown = f"{scheme}{host}"
    path = _path(tail, names) if policy.links == "path" else ""
    rest = f"/{MORE}" if len(tail) > 1 and not path else path
    return f"{shown}{rest}"


def redact_host_of(
    url: str, rule: DomainRule, names: frozenset[str], pseudonymizer: Pseudonymizer
) -> str | None:
    """Like ``redact_link`` with the host alone: for header and feedback fields, in ASCII."""
    plain = url.strip().strip("<>").strip()
    if plain[:7].lower() == "mailto:":
        return _mailto(plain[7:], rule, pseudonymizer)
    scheme, authority, _ = _parts(plain)
    host = None if scheme is None else _host(authority, names)
    return None if host is None else f"{scheme}{host}"


def link_host(url: str, names: frozenset[str] = frozenset()) -> str | None:
    """The host of a link as an A-label domain, None if it is no public name.

    It is cut to its organizational domain where a label may not be shown.
    """
    scheme, authority, _ = _parts(url.strip().strip("<>"))
    host = None if scheme is None else public_name(_split_port(authority)[0])
    if host is None:
        return None
    organization = organizational(host)
    left = host[: -len(organization)].rstrip(".").split(".")
    return organization if any(_is_hidden(label, names) for label in left) else host


def _parts(url: str) -> tuple[str | None, str, str]:
    """``(defanged scheme with ://, authority without userinfo, path and the rest)``."""
    split = _SPLIT.match(url)
    if split:
        known = DEFANGED.get(split[1].lower())
        scheme, rest = (f"{known}://" if known else None), url[split.end() :]
    else:
        scheme, rest = "", url
    end = _AUTHORITY_END.search(rest)
    authority, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    authority = unquote(authority[:2048], errors="replace").rpartition("@")[2]
    authority = authority.replace("[.]", ".")
    if not split and public_name(_split_port(authority)[0]) is None:
        scheme = None  # ``tel:``, ``data:`` and their like
    return scheme, authority, tail


def _split_port(authority: str) -> tuple[str, str]:
    port = _PORT.fullmatch(authority)
    return (port[1], port[2]) if port else (authority, "")


def _host(authority: str, names: frozenset[str]) -> str | None:
    name, port = _split_port(authority)
    shown = _ip_host(name) or _named_host(name, names)
    suffix = f":{int(port)}" if port and int(port) <= 65535 else ""
    return f"{shown}{suffix}" if shown else None


def _ip_host(name: str) -> str | None:
    """An IP host, also one written as a single number; it is the link's, not a person's."""
    plain = name.strip("[]")
    if plain.isascii() and plain.isdigit() and int(plain[:11]) < 2**32:
        plain = str(ipaddress.ip_address(int(plain[:11])))
    address = canonical_ip(plain)
    if address is None:
        return None
    if truncate_ip(address) == PRIVATE:
        return PRIVATE
    return address.replace(".", "[.]") if "." in address else f"[{address}]"


def _named_host(name: str, names: frozenset[str]) -> str | None:
    if not name:
        return None
    host = public_name(name)
    if host is None:
        return HIDDEN
    organization = organizational(host)
    left = host[: -len(organization)].rstrip(".")
    labels = [
        HIDDEN_LABEL if _is_hidden(label, names) else label for label in left.split(".") if label
    ]
    return "[.]".join([*labels, *organization.split(".")])


def _is_hidden(label: str, names: frozenset[str]) -> bool:
    return is_opaque(label) or holds_name(label, names)


def _path(tail: str, names: frozenset[str]) -> str:
    """The path by policy ``path``: plain words pass, whatever could name somebody does not."""
    path = re.split(r"[?#;]", tail, maxsplit=1)[0]
    shown = []
    for segment in [part for part in path.split("/") if part][:_MAX_SEGMENTS]:
        plain = unquote(segment, errors="replace")
        safe = _SAFE_SEGMENT.fullmatch(plain) and not holds_name(plain.lower(), names)
        shown.append(plain if safe else HIDDEN_LABEL)
    return "".join(f"/{segment}" for segment in shown)


def _mailto(rest: str, rule: DomainRule, pseudonymizer: Pseudonymizer | None) -> str | None:
    target = re.split(r"[?,;]", rest, maxsplit=1)[0]
    local, domain = split_address(unquote(target[:2048], errors="replace"))
    if not local:
        return None
    if pseudonymizer is None:
        return f"[{Entity.ADDRESS.value}]"
    return redact_address(local, domain, pseudonymizer, rule, sender_side=False)


def _without_trailing(link: str) -> str:
    """A link without the marks of the sentence around it, of which there are few."""
    for _ in range(_MAX_TRAILING):
        closing = {")": "(", "]": "[", "}": "{"}.get(link[-1:])
        if not link or (link[-1] not in _TRAILING and (closing is None or closing in link)):
            break
        link = link[:-1]
    return link
