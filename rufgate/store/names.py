"""Conditions on domain names and addresses, the same on each database.

In:  a column, a name or a network.
Out: SQL conditions that are never NULL, which NOT cannot turn.
FAILS: ``ValueError`` for what is no network.
"""

from __future__ import annotations

import functools
from ipaddress import IPv4Network, IPv6Network, ip_network
from sqlite3 import Connection
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, case, cast, false, func, literal, or_, true
from sqlalchemy.dialects.postgresql import INET

_IN_NETWORK: Final = "rufgate_in_network"
_ADDRESS: Final = "^[0-9a-f.:]+(/[0-9]+)?$"  # also stored: what a policy leaves, as "private"

Network = IPv4Network | IPv6Network


def under(column: Column[Any], name: str) -> ColumnElement[bool]:
    """Whether the column holds ``name`` or a subdomain of it; ``*`` is all."""
    if name == "*":
        return true()
    value, wanted = func.coalesce(column, ""), name.lower().rstrip(".")
    return or_(value == wanted, value.endswith(f".{wanted}", autoescape=True))


def in_network(column: Column[Any], network: Network, dialect: str) -> ColumnElement[bool]:
    """Whether the column holds an address or a network within ``network``."""
    value, wanted = func.coalesce(column, ""), literal(str(network))
    if dialect == "postgresql":
        within = cast(value, INET).op("<<=", is_comparison=True)(cast(wanted, INET))
        return case((value.regexp_match(_ADDRESS), within), else_=false())
    asked: ColumnElement[int] = getattr(func, _IN_NETWORK)(value, wanted)
    return asked == 1


def add_functions(driver: Connection) -> None:
    """Teach an SQLite connection what the conditions ask for."""
    driver.create_function(_IN_NETWORK, 2, _is_in_network, deterministic=True)


def _is_in_network(value: str, network: str) -> int:
    held, wanted = _network(value), _network(network)
    if held is None or wanted is None or held.version != wanted.version:
        return 0
    return int(held.subnet_of(wanted))  # type: ignore[arg-type]  # the versions are the same


@functools.lru_cache(maxsize=4096)
def _network(text: str) -> Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None
