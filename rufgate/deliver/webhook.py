"""Posts an event to a URL, signed.

In:  finished JSON; a URL, a secret.
Out: ``Delivered`` for an answer of 2xx, else ``Deferred`` or ``Refused`` with a code of ours.
SECURITY: HTTPS with a certificate that is valid for the host, or plain HTTP to this machine alone.
     No redirect is followed and no proxy of the environment used, so the body goes to the host
     that is configured or nowhere. Nothing of the answer but its status is read.
FAILS: never by exception for what a network or a server may do.

The signature is that of the Standard Webhooks specification: ``webhook-signature`` is ``v1,`` and
the base64 of HMAC-SHA256 over ``webhook-id.webhook-timestamp.body``. A repeat has the same id.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import re
import ssl
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from rufgate.deliver.courier import Deferred, Delivered, Outcome, Refused

FEWEST_BYTES: Final = 24  # of a secret, by the specification
_TIMEOUT_S: Final = 15.0
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([0-9]{3})[ \r]")
_PLAIN: Final = re.compile(r"[!-~]+")
_PREFIX: Final = b"whsec_"
_FOR_GOOD: Final = frozenset({400, 405, 406, 409, 410, 411, 413, 414, 415, 422, 431, 501})


@dataclass(frozen=True, slots=True)
class WebhookUrl:
    """Where events go."""

    host: str
    port: int
    is_tls: bool
    authority: str  # as in the URL
    target: str  # path and query

    @classmethod
    def parse(cls, text: str) -> Self:
        """``ValueError`` for what is no such URL; it never quotes it."""
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError:
            raise ValueError("write a URL, like https://siem.example.org/rufgate") from None
        host = (parts.hostname or "").lower()
        if not host or not _PLAIN.fullmatch(text) or parts.scheme not in {"https", "http"}:
            raise ValueError("write a URL, like https://siem.example.org/rufgate")
        if parts.username is not None or parts.fragment:
            raise ValueError("write the URL without user, password and fragment: events are signed")
        if parts.scheme == "http" and not _is_loopback(host):
            raise ValueError("write https: plain HTTP is for this machine alone (127.0.0.1)")
        is_tls = parts.scheme == "https"
        query = f"?{parts.query}" if parts.query else ""
        return cls(
            host,
            port or (443 if is_tls else 80),
            is_tls,
            parts.netloc,
            f"{parts.path or '/'}{query}",
        )


class Webhook:
    """One receiver. ``ca_file`` is for one with a private certification authority."""

    def __init__(
        self,
        url: WebhookUrl,
        secret: bytes,
        *,
        ca_file: Path | None = None,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        self._url: Final = url
        self._secret: Final = secret
        self._timeout_s: Final = timeout_s
        self._tls: Final = ssl.create_default_context(cafile=ca_file) if url.is_tls else None

    async def send(
        self, event_id: str, body: bytes, at: datetime, *, is_alert: bool = False
    ) -> Outcome:
        """Post it; as a whole it takes no longer than ``timeout_s``."""
        del is_alert  # it stands in the body
        try:
            async with asyncio.timeout(self._timeout_s):
                status = await self._post(self._request(event_id, body, at))
        except ssl.SSLCertVerificationError:
            return Deferred("certificate")
        except ssl.SSLError:
            return Deferred("tls")
        except TimeoutError:
            return Deferred("timeout")
        except (OSError, ValueError, EOFError) as error:
            return Deferred(type(error).__name__)
        return _outcome(status)

    async def _post(self, request: bytes) -> int | None:
        url = self._url
        reader, writer = await asyncio.open_connection(
            url.host, url.port, ssl=self._tls, server_hostname=url.host if self._tls else None
        )
        try:
            if self._tls is None and not _is_loopback(writer.get_extra_info("peername")[0]):
                return None
            writer.write(request)
            await writer.drain()
            found = _STATUS.match(await reader.readline())
            return int(found[1]) if found else None
        finally:
            writer.transport.abort()  # whoever keeps the connection open gets no say

    def _request(self, event_id: str, body: bytes, at: datetime) -> bytes:
        stamp = str(int(at.timestamp()))
        head = {
            "Host": self._url.authority,
            "User-Agent": "rufgate",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Connection": "close",
            "webhook-id": event_id,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(self._secret, event_id, stamp, body),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"POST {self._url.target} HTTP/1.1\r\n{lines}\r\n".encode("ascii") + body


def signature(secret: bytes, event_id: str, stamp: str, body: bytes) -> str:
    """That of the header."""
    digest = hmac.digest(secret, f"{event_id}.{stamp}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(digest).decode()}"


def secret_of(content: bytes) -> bytes:
    """What a file holds: ``whsec_`` and base64, or any text; ``ValueError`` where it is short."""
    text = content.strip()
    if text.startswith(_PREFIX):
        try:
            text = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            raise ValueError("holds no base64 behind whsec_") from None
    if len(text) < FEWEST_BYTES:
        raise ValueError(f"holds fewer than {FEWEST_BYTES} bytes: make one by openssl rand -hex 32")
    return text


def _outcome(status: int | None) -> Outcome:
    if status is None:
        return Deferred("no_http")
    if 200 <= status < 300:
        return Delivered()
    if status in _FOR_GOOD:
        return Refused(f"http_{status}")
    return Deferred(f"http_{status}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
