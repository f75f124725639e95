"""The kinds of values that keys hold: addresses, domains, networks, paths, each checked once.

In:  a plain value of the file or the environment.
Out: the value in its one form.
FAILS: ``ValueError`` with what to write instead; it never quotes the value.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from rufgate.deliver.syslog import SyslogTarget
from rufgate.receive.authenticity.resolver import parse_name_server
from rufgate.receive.fronts import parse_network
from rufgate.recognize.clamd import ClamdAddress
from rufgate.review.web.proxy import SECRET_HEADER
from rufgate.sanitize.pseudonym import a_label

_UNIX: Final = "unix:"
_LONGEST_SOCKET: Final = 98  # of the 107 bytes that Linux takes; a draft of it has a longer name
_HEADER_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_NOT_AN_IDENTITY: Final = re.compile(  # means something else to a server, a proxy or to us
    r"accept.*|authorization|connection|content-.*|cookie|forwarded|host|keep-alive|origin"
    r"|proxy-.*|range|referer|sec-.*|te|trailer|transfer-encoding|upgrade|user-agent|via"
    rf"|x-forwarded-(for|host|port|proto|server)|{SECRET_HEADER.lower()}"
)


def _address(text: str) -> str:
    try:
        checked = validate_email(
            text,
            check_deliverability=False,
            test_environment=True,
            globally_deliverable=False,  # names of an intranet, and those of RFC 2606, are fine
            allow_smtputf8=True,
        )
    except EmailNotValidError:
        raise ValueError(
            "not an e-mail address; write one like dmarc-ruf@ruf.example.org"
        ) from None
    return checked.normalized


def domain_name(text: str) -> str:
    """In its one form, without a dot at the end; ``ValueError`` for anything else."""
    name = a_label(text)
    if not name or "@" in name or any(c.isspace() or c in "/:*" for c in name):
        raise ValueError("not a domain name; write one like example.org")
    return name


def _domain_or_all(text: str) -> str:
    return text if text == "*" else domain_name(text)


def _listen(text: str) -> str:
    split_listen(text)
    return text


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def split_listen(text: str) -> tuple[str, int]:
    """Host and port of ``127.0.0.1:8025`` or ``[::1]:8025``; ``ValueError`` for anything else."""
    host, colon, port = text.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    bracketed = host.startswith("[") and host.endswith("]")
    valid = colon and bare and port.isascii() and port.isdecimal() and int(port) < 65536
    if not valid or (":" in bare and not bracketed):
        raise ValueError(
            "write host:port, like 127.0.0.1:8025 or [::1]:8025; port 0 is any free one"
        )
    return bare, int(port)


def _web_listen(text: str, info: ValidationInfo) -> str:
    """Host and port, a socket of this machine (a relative path counts as all paths do), or off."""
    if not text.startswith(_UNIX):
        return text if text == "off" else _listen(text)
    name = text.removeprefix(_UNIX)
    path = _from_base(Path(name), info).absolute()
    if not name or len(os.fsencode(path)) > _LONGEST_SOCKET:
        raise ValueError(f"write unix:FILE, with a path of at most {_LONGEST_SOCKET} bytes in all")
    return f"{_UNIX}{path}"


def unix_path(listen: str) -> Path | None:
    """The socket's path; None where it is a host and a port."""
    return Path(listen.removeprefix(_UNIX)) if listen.startswith(_UNIX) else None


def _header_name(text: str) -> str:
    if not _HEADER_NAME.fullmatch(text):
        raise ValueError(
            "write the name of a header, of letters, digits and hyphens: X-Remote-User"
        )
    if _NOT_AN_IDENTITY.fullmatch(text.lower()):
        raise ValueError("this header means something else: choose another, like X-Remote-User")
    return text


def _clamd(text: str) -> str:
    ClamdAddress.parse(text)
    return text


def _syslog(text: str) -> str:
    SyslogTarget.parse(text)
    return text


def _network(text: str) -> str:
    try:
        return str(parse_network(text))
    except ValueError:
        raise ValueError(
            "not a network; write one like 192.0.2.0/24, 2001:db8::/32 or 192.0.2.7"
        ) from None


def _name_server(text: str) -> str:
    try:
        parse_name_server(text)
    except ValueError:
        raise ValueError(
            "not a name server; write its address, like 192.0.2.53, 192.0.2.53:5353 or "
            "[2001:db8::53]:53"
        ) from None
    return text


def _from_base(path: Path, info: ValidationInfo) -> Path:
    base: Path = (info.context or {}).get("base", Path())
    return base / path.expanduser()


def _store_url(url: str, info: ValidationInfo) -> str:
    """Relative SQLite files count from where all relative paths count."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and len(url) > len(prefix):
        return f"{prefix}{_from_base(Path(url.removeprefix(prefix)), info).absolute()}"
    if url.startswith("postgresql+psycopg://"):
        with suppress(ArgumentError, ValueError):
            if make_url(url).database:
                return url
    raise ValueError(
        "write sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE (?host=FOLDER: a socket)"
    )


def _list_place(given: object, info: ValidationInfo) -> object:
    """A file, or a database of its own."""
    if not isinstance(given, str) or ":/" not in given:
        return _from_base(Path(given), info) if isinstance(given, str | Path) else given
    if given.startswith("postgresql+psycopg://"):
        return _store_url(given, info)
    raise ValueError("write FILE or postgresql+psycopg://USER@HOST/DATABASE")


def _listed(value: object) -> object:
    """In an environment variable a list may be written with commas."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


Address = Annotated[str, AfterValidator(_address)]
Domain = Annotated[str, AfterValidator(domain_name)]
DomainOrAll = Annotated[str, AfterValidator(_domain_or_all)]
Network = Annotated[str, AfterValidator(_network)]
ClamdSocket = Annotated[str, AfterValidator(_clamd)]
Syslog = Annotated[str, AfterValidator(_syslog)]
Listen = Annotated[str, AfterValidator(_listen)]
WebListen = Annotated[str, AfterValidator(_web_listen)]
HeaderName = Annotated[str, AfterValidator(_header_name)]
FilePath = Annotated[Path, AfterValidator(_from_base)]
ListPlace = Annotated[Path | str, BeforeValidator(_list_place)]
StoreUrl = Annotated[str, AfterValidator(_store_url)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_listed)]
Domains = Annotated[tuple[DomainOrAll, ...], BeforeValidator(_listed)]
OnlyDomains = Annotated[tuple[Domain, ...], BeforeValidator(_listed)]
NameServer = Annotated[str, AfterValidator(_name_server)]
NameServers = Annotated[tuple[NameServer, ...], BeforeValidator(_listed)]


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("takes one line of text")
    return text.strip()


Networks = Annotated[tuple[Network, ...], BeforeValidator(_listed)]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
OneLine = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
