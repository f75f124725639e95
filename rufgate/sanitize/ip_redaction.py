"""IP addresses: the stated source may be shown, others only as their network.

In:  text in which an address is expected.
Out: the canonical address, ``192.0.2.0/24``, ``2001:db8::/48``, ``private``, or None.
SECURITY: forms that carry an IPv4 address inside an IPv6 one are unmapped or cut before it.
FAILS: never.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final

PRIVATE: Final = "private"

_IP_SHAPE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]{2,39}[0-9A-Fa-f:.]{0,16})"
)
_IPV6_TAG = re.compile(r"\bIPv6:", re.IGNORECASE)  # RFC 5321 section 4.1.3
_ZONE = re.compile(r"%[\w.-]{1,32}$")
# Not ``is_private``: that also covers the documentation networks (RFC 5737, RFC 3849).
_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::/127",
        "fc00::/7",
        "fe80::/10",
    )
)
_CARRIERS = {  # IPv6 networks that embed an IPv4 address within the first 48 bits, or near them
    ipaddress.IPv6Network("2002::/16"): "2002::/16",  # 6to4, RFC 3056
    ipaddress.IPv6Network("2001::/32"): "2001::/32",  # Teredo, RFC 4380
    ipaddress.IPv6Network("64:ff9b::/32"): "64:ff9b::/32",  # NAT64, RFC 6052
}


def canonical_ip(text: str) -> str | None:
    """``text`` as ``ipaddress`` writes it, v4-mapped unmapped; None if it is no address."""
    plain = _ZONE.sub("", text.strip().strip("[]()").strip())
    if plain[:5].lower() == "ipv6:":
        plain = plain[5:]
    try:
        address = ipaddress.ip_address(plain)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def find_ip(text: str) -> str | None:
    """The first IP address in ``text``, canonical."""
    for hit in _IP_SHAPE.finditer(_IPV6_TAG.sub(" ", text[:4096])):
        if found := canonical_ip(hit[0]):
            return found
        if found := canonical_ip(hit[0].rstrip(".:")):
            return found
    return None


def is_private(address: str) -> bool:
    """Whether a canonical address belongs to no public network."""
    ip = ipaddress.ip_address(address)
    return any(ip.version == network.version and ip in network for network in _PRIVATE)


def truncate_ip(address: str) -> str:
    """The network of a canonical address: /24 or /48, ``private`` where it is nobody's."""
    if is_private(address):
        return PRIVATE
    ip = ipaddress.ip_address(address)
    for network, shown in _CARRIERS.items():
        if ip.version == 6 and ip in network:
            return shown
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))


def show_ip(text: str, source_ip: str | None, *, keep: bool) -> str | None:
    """An address as it may be shown: whole only if it is the stated source and may be kept."""
    address = canonical_ip(text)
    if address is None:
        return None
    if keep and address == source_ip:
        return address
    return truncate_ip(address)
