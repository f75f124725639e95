"""What makes two mails alike in a storm: a keyed digest of sanitized values. Pure.

In:  a sanitized report, the client's address, the reporter's authenticated domain if there is one.
Out: the network of an address; a digest that is equal for reports that tell the same.
SECURITY: the digest is made with the fingerprint key, so it confirms no guess about its values. A
     reporter that is authenticated has keys of its own: nobody can hide its reports by sending
     more in its name.
FAILS: never; what is no address has no network.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Final

from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Kind, SanitizedReport

_REPORTS: Final = frozenset({Kind.AUTH_FAILURE, Kind.ARF_OTHER, Kind.COMPLAINT})
_V4_PREFIX: Final = 24
_V6_PREFIX: Final = 48


def client_network_of(address: RawText) -> str:
    """The /24 or /48 of a client; "" where there is none."""
    return _network(address.reveal())


def sender_key(client: RawText, authenticated: str | None, digest: Callable[[bytes], str]) -> str:
    """Who sent a mail: a reporter that is authenticated, else a network."""
    sender = ("reporter", authenticated) if authenticated else ("net", client_network_of(client))
    return digest("\0".join(["sender", *sender]).encode("utf-8", "replace"))


def storm_key(
    report: SanitizedReport,
    *,
    client: RawText,
    authenticated: str | None,
    digest: Callable[[bytes], str],
) -> str:
    """By reporter, reported domain, source network and failure; what is no report by its sender.

    A name that a report does not state is replaced by the network that the report came from.
    """
    sender = authenticated or client_network_of(client) or str(report.reporter_domain or "")
    if report.kind in _REPORTS:
        values = [
            authenticated or "",
            str(report.reporter_domain or sender),
            str(report.reported_domain or report.from_domain or ""),
            _network(str(report.source_ip)) if report.source_ip else "",
            str(report.auth_failure or report.feedback_type or ""),
        ]
    else:
        values = [report.reason.value if report.reason else "", sender]
    return digest("\0".join(["storm", report.kind.value, *values]).encode("utf-8", "replace"))


def _network(text: str) -> str:
    """Of an address, or of a network that was truncated before; other text stands for itself."""
    base, slash, _ = text.partition("/")
    try:
        address = ip_address(base.partition("%")[0])
    except ValueError:
        return text if slash or text.isalpha() else ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    prefix = _V4_PREFIX if address.version == 4 else _V6_PREFIX
    host = address.max_prefixlen - prefix
    return f"{type(address)(int(address) >> host << host)}/{prefix}"  # ip_network takes ten times
