"""What the gate must reach and be reached by: its listener, the relay, the scanner.

In:  settings.
Out: findings. Nothing is sent but greetings; a login is tried where one is configured.
SECURITY: as the courier does it: with ``tls = "required"`` nothing is said before verified TLS.
FAILS: never: what does not answer is a finding.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from rufgate.deliver.courier import RelayConfig
from rufgate.deliver.routes import Route
from rufgate.doctor.finding import Area, Finding
from rufgate.settings.schema import Settings
from rufgate.settings.values import split_listen

_WITHIN_S: Final = 10.0
_IMPLICIT_TLS: Final = 465
_ANY: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - how to reach it
_RELAY: Final = Area("relay")
_TO_MEND_TLS: Final = (
    'copies wait until it is mended: [forward] tls = "required" sends nothing in clear'
)


def look_at_listener(settings: Settings) -> Iterator[Finding]:
    """Whether a gate takes reports where the configuration says."""
    host, port = split_listen(settings.smtp.listen)
    if port == 0:
        return
    area = Area("gate")
    try:
        with socket.create_connection((_ANY.get(host, host), port), timeout=_WITHIN_S) as peer:
            peer.settimeout(_WITHIN_S)
            greeting = peer.recv(512)
    except OSError:
        yield area.error(
            "gate_not_running",
            f"nothing answers on {settings.smtp.listen}",
            "start it: `rufgate serve`, or `systemctl start rufgate`",
        )
        return
    if not greeting.startswith(b"220 "):
        yield area.error(
            "gate_not_ready",
            f"what answers on {settings.smtp.listen} does not greet as a gate that takes mail",
            "see the gate's log; is it another program, or are there too many connections?",
        )


def look_at_relay(
    relay: RelayConfig | None, trust: ssl.SSLContext | None = None
) -> Iterator[Finding]:
    """Connect, begin TLS, log in, leave."""
    if relay is None or not relay.relay:
        return
    route = Route.parse(relay.relay)
    context = trust or ssl.create_default_context()
    try:
        yield from _tried(route, relay, context)
    except ssl.SSLError:
        yield _RELAY.error(
            "relay_certificate",
            f"the certificate of {route.host} is not valid for that name",
            _TO_MEND_TLS,
        )
    except smtplib.SMTPAuthenticationError:
        yield _RELAY.error(
            "relay_login",
            f"{route.host} does not take user and password",
            "put the right ones into [forward] password_file",
        )
    except (OSError, smtplib.SMTPException):
        yield _RELAY.error(
            "relay_unreachable",
            f"{route.host} port {route.port} does not answer as a mail server",
            "see [forward] relay, the network and the firewall; copies wait meanwhile",
        )


def _tried(route: Route, relay: RelayConfig, context: ssl.SSLContext) -> Iterator[Finding]:
    from_start = route.port == _IMPLICIT_TLS and relay.tls != "none"
    server: smtplib.SMTP = (
        smtplib.SMTP_SSL(route.host, route.port, relay.hostname, timeout=_WITHIN_S, context=context)
        if from_start
        else smtplib.SMTP(route.host, route.port, relay.hostname, timeout=_WITHIN_S)
    )
    try:
        server.ehlo()
        if relay.tls == "required" and not from_start:
            if not server.has_extn("starttls"):
                yield _RELAY.error(
                    "relay_without_tls", f"{route.host} offers no STARTTLS", _TO_MEND_TLS
                )
                return
            server.starttls(context=context)
            server.ehlo()
        if relay.username is not None:
            server.login(relay.username, relay.password or "")
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def look_at_scanner(settings: Settings) -> Iterator[Finding]:
    """Whether clamd answers."""
    if settings.malware.clamd is None:
        return
    where = str(settings.malware.clamd)
    try:
        with _scanner(where) as peer:
            peer.sendall(b"zPING\0")
            answer = peer.recv(64)
    except OSError:
        answer = b""
    if answer.rstrip(b"\0\n") != b"PONG":
        yield Area("scanner").error(
            "scanner_unreachable",
            f"clamd does not answer at {where}",
            "start clamd, or see [malware] clamd: attachments go unscanned meanwhile",
        )


def _scanner(where: str) -> socket.socket:
    kind, _, rest = where.partition(":")
    if kind == "unix":
        peer = socket.socket(socket.AF_UNIX)
        try:
            peer.settimeout(_WITHIN_S)
            peer.connect(rest)
        except OSError:
            peer.close()
            raise
        return peer
    host, port = split_listen(rest if kind == "tcp" else where)
    return socket.create_connection((host, port), timeout=_WITHIN_S)
