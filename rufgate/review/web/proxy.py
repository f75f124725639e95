"""What a proxy in front may say: who the client is, and who has signed in there.

In:  the head of a request, before any other part of the application sees it.
Out: the head without what only a proxy may say; whom the proxy named, if it may.
SECURITY: a name counts from a Unix socket, or from a listed address that also sends the shared
     secret; where a secret is set, it must be sent by either way. From everybody the headers are
     taken away, however they are written, so that no handler can believe one by mistake. A name is
     a key into our own table and nothing more: role and domains are never in a header.
FAILS: never; what is not believed is nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from starlette.types import Scope

    from rufgate.store.names import Network

SECRET_HEADER: Final = "X-Rufgate-Proxy-Secret"  # noqa: S105 - a header's name
FEWEST_BYTES: Final = 24
UNCLEAR: Final = ""
"""A proxy that is believed said something that is no one name."""

_SECRET: Final = SECRET_HEADER.lower().encode()
_UNLIKE: Final = re.compile(rb"[^a-z0-9]+")
_LINE: Final = re.compile(rb"[\x21-\x7e]+")
_NAME: Final = re.compile(r"[!-+\--:<-~]{1,128}")  # printable, without space, comma, semicolon

Headers = list[tuple[bytes, bytes]]


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SignOn:
    """How a proxy says who has signed in there."""

    header: str
    secret: bytes | None  # None on a Unix socket, which its rights close to others


class Doubt(Enum):
    """Why a name that was sent is not believed."""

    SENDER = "sender"
    NO_SECRET = "no_secret"  # noqa: S105 - a word of the log
    WRONG_SECRET = "wrong_secret"  # noqa: S105 - a word of the log


def is_name(text: str) -> bool:
    """Whether a proxy could say it: one word of printable ASCII, of one person."""
    return _NAME.fullmatch(text) is not None


def secret_of(content: bytes) -> bytes:
    """What a file holds; ``ValueError`` where a header cannot carry it or it is short."""
    text = content.strip()
    if len(text) < FEWEST_BYTES:
        raise ValueError(f"holds fewer than {FEWEST_BYTES} bytes: make one by openssl rand -hex 32")
    if not _LINE.fullmatch(text):
        raise ValueError("holds more than one word: make one by openssl rand -hex 32")
    return text


def is_proxy(scope: Scope, proxies: Iterable[Network], *, is_unix: bool) -> bool:
    """Whether the proxy sent this; whoever may open our Unix socket is one."""
    if is_unix:  # where we listen there, we listen nowhere else
        return True
    client = scope.get("client")
    try:
        peer = ip_address(client[0] if client else "")
    except ValueError:
        return False
    if isinstance(peer, IPv6Address) and peer.ipv4_mapped is not None:
        peer = peer.ipv4_mapped
    return any(peer in network for network in proxies)


def without_claims(headers: Headers, sign_on: SignOn | None) -> Headers:
    """The head without a name or a secret in any spelling."""
    claims = {_bare(_SECRET)} | ({_bare(sign_on.header.encode())} if sign_on else set())
    return [(name, value) for name, value in headers if _bare(name) not in claims]


def named(headers: Headers, sign_on: SignOn | None, *, by_proxy: bool) -> str | Doubt | None:
    """Whom the head names, as it came; None where it names nobody."""
    if sign_on is None:
        return None
    said = _values(headers, sign_on.header.lower().encode())
    if not any(said):
        return None
    if not by_proxy:
        return Doubt.SENDER
    doubt = _doubt(_values(headers, _SECRET), sign_on.secret)
    if doubt is not None:
        return doubt
    name = said[0].decode("ascii", "replace") if len(said) == 1 else UNCLEAR
    return name if is_name(name) else UNCLEAR


def _doubt(given: list[bytes], secret: bytes | None) -> Doubt | None:
    if secret is None:
        return None
    if not given:
        return Doubt.NO_SECRET
    is_right = len(given) == 1 and hmac.compare_digest(_digest(given[0]), _digest(secret))
    return None if is_right else Doubt.WRONG_SECRET


def _digest(text: bytes) -> bytes:
    """Of one length, whatever was sent."""
    return hashlib.sha256(text).digest()


def _values(headers: Headers, name: bytes) -> list[bytes]:
    return [value for given, value in headers if given.lower() == name]


def _bare(name: bytes) -> bytes:
    """Alike for all that a proxy or a gateway could take for the same header."""
    return _UNLIKE.sub(b"", name.lower())
