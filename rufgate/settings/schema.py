"""The configuration as frozen values: every key, its type, its default.

In:  plain values of the file and the environment.
Out: ``Settings``.
SECURITY: an unknown key is an error; addresses are checked here, once.
FAILS: pydantic's ``ValidationError``, which quotes input: only ``settings.load`` may see it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from rufgate.receive.fronts import FrontProtocol, parse_network
from rufgate.sanitize.pseudonym import a_label
from rufgate.sanitize.sanitized import Tier
from rufgate.store.field_classes import FieldClass

MAX_MESSAGE_BYTES = 26_214_400


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


def _domain(text: str) -> str:
    name = a_label(text)
    if not name or "@" in name or any(c.isspace() or c in "/:*" for c in name):
        raise ValueError("not a domain name; write one like example.org")
    return name


def _domain_or_all(text: str) -> str:
    return text if text == "*" else _domain(text)


def _listen(text: str) -> str:
    split_listen(text)
    return text


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


def _network(text: str) -> str:
    try:
        return str(parse_network(text))
    except ValueError:
        raise ValueError(
            "not a network; write one like 192.0.2.0/24, 2001:db8::/32 or 192.0.2.7"
        ) from None


def _from_base(path: Path, info: ValidationInfo) -> Path:
    base: Path = (info.context or {}).get("base", Path())
    return base / path.expanduser()


def _store_url(url: str, info: ValidationInfo) -> str:
    """Relative SQLite files count from where all relative paths count."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and len(url) > len(prefix):
        return f"{prefix}{_from_base(Path(url.removeprefix(prefix)), info).absolute()}"
    if url.startswith("postgresql+psycopg://"):
        return url
    raise ValueError("write sqlite:///FILE")


def _listed(value: object) -> object:
    """In an environment variable a list may be written with commas."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


Address = Annotated[str, AfterValidator(_address)]
Domain = Annotated[str, AfterValidator(_domain)]
DomainOrAll = Annotated[str, AfterValidator(_domain_or_all)]
Network = Annotated[str, AfterValidator(_network)]
Listen = Annotated[str, AfterValidator(_listen)]
FilePath = Annotated[Path, AfterValidator(_from_base)]
StoreUrl = Annotated[str, AfterValidator(_store_url)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_listed)]
Domains = Annotated[tuple[DomainOrAll, ...], BeforeValidator(_listed)]
Networks = Annotated[tuple[Network, ...], BeforeValidator(_listed)]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


class _Section(BaseModel):
    # ``validate_default`` makes default paths count from the same folder as given ones.
    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )


class Smtp(_Section):
    """``[smtp]``: where reports come in."""

    listen: Listen = "127.0.0.1:8025"
    hostname: Domain | None = None  # the machine's own name where absent
    recipients: Annotated[Addresses, Field(min_length=1)]
    postmaster: Address | None = None
    max_message_bytes: int = Field(default=MAX_MESSAGE_BYTES, ge=65_536, le=268_435_456)
    max_connections: int = Field(default=500, ge=1, le=10_000)
    max_connections_per_ip: int = Field(default=50, ge=1, le=10_000)
    max_connections_per_network: int = Field(default=100, ge=1, le=10_000)
    tls_certificate: FilePath | None = None
    tls_key: FilePath | None = None
    require_tls: bool = False
    trusted_fronts: Networks = ()
    front_protocol: FrontProtocol = FrontProtocol.EITHER


class OwnDomainEntry(_Section):
    """``[[domains]]``: a domain whose failure reports are collected."""

    name: Domain
    collect_until: date | None = None
    role_addresses: Words = ()
    known_sources: Words = ()


class LimitsSection(_Section):
    """``[limits]``: how much of a client's mail is taken. 0 is no limit."""

    messages_per_minute_per_ip: int = Field(default=0, ge=0)
    burst_per_ip: int = Field(default=100, ge=1)
    memory_budget_mb: int = Field(default=256, ge=1, le=65_536)


class Authenticity(_Section):
    """``[authenticity]``: whom a report must come from."""

    check: bool = False
    reporters: Words = ()


class Malware(_Section):
    """``[malware]``."""

    clamd: str | None = None


class Workers(_Section):
    """``[workers]``: the processes that redact."""

    processes: int = Field(default=2, ge=1, le=64)
    time_limit_s: float = Field(default=20, gt=0, le=27)  # twice this and the wait fit in 60 s
    memory_limit_mb: int = Field(default=1024, ge=512)


class Store(_Section):
    """``[store]``."""

    url: StoreUrl = "sqlite:///var/rufgate.db"
    tombstones: FilePath = Path("var/tombstones.log")


class Keys(_Section):
    """``[keys]``."""

    directory: FilePath = Path("var/keys")
    epoch_days: int = Field(default=90, ge=1)


class PolicySection(_Section):
    """``[policy]``: what of a report is kept."""

    store_tier: Tier = Tier.HEADERS
    links: Literal["host", "path"] = "host"
    attachment_digest: Literal["keyed", "sha256", "none"] = "keyed"
    source_ip: Literal["keep", "truncate"] = "keep"
    domains: Literal["known", "organizational", "keep"] = "known"
    uncovered_text: Literal["omit", "rules"] = "omit"


class Phrases(_Section):
    """``[phrases]``: words that always stay, words that never do."""

    allow: Words = ()
    deny: Words = ()


class Canary(_Section):
    """``[canary]``: how often the gate tests itself; 0 is on request only."""

    every_minutes: int = Field(default=60, ge=0, le=10_080)


class Forward(_Section):
    """``[forward]``: how copies leave."""

    relay: str | None = None
    tls: Literal["required", "opportunistic", "none"] = "required"
    sender: Address | None = None
    password_file: FilePath | None = None
    dkim_selector: str | None = None
    dkim_key: FilePath | None = None


class Analyst(_Section):
    """``[[analysts]]``: who gets copies, and of what."""

    name: Name
    address: Address
    domains: Domains = ("*",)
    tier: Tier = Tier.TEXT
    pseudonyms: Literal["own", "store"] = "own"
    encrypt: Literal["none", "openpgp", "smime"] = "none"
    key_file: FilePath | None = None


class RetentionEntry(_Section):
    """``[[retention]]``: how long one class of fields is kept."""

    field_class: FieldClass = Field(alias="class")
    domain: DomainOrAll = "*"
    reporter: DomainOrAll = "*"
    days: int = Field(ge=0, le=36_500)
    action: Literal["delete", "coarsen"] = "delete"
    owner: str = "unassigned"
    reason: str = ""
    review_by: date | None = None


class Govern(_Section):
    """``[govern]``."""

    quiet_hour: int | None = Field(default=None, ge=0, le=23)
    second_approval: bool = False


class Web(_Section):
    """``[web]``."""

    listen: Listen = "127.0.0.1:8080"
    trusted_proxies: Words = ()
    proxy_header: str | None = None
    proxy_secret_file: FilePath | None = None


class Output(_Section):
    """``[[outputs]]``."""

    kind: Literal["webhook", "syslog"]
    url: str
    tier: Tier = Tier.METADATA


class Alerts(_Section):
    """``[alerts]``."""

    to: Addresses = ()


class Log(_Section):
    """``[log]``: what goes to standard error, and counters to a file."""

    format: Literal["json", "console"] = "json"
    level: Literal["debug", "info", "warning", "error"] = "info"
    metrics_file: FilePath | None = None


class Settings(_Section):
    """All of the configuration."""

    smtp: Smtp
    domains: tuple[OwnDomainEntry, ...] = ()
    limits: LimitsSection = LimitsSection()
    authenticity: Authenticity = Authenticity()
    malware: Malware = Malware()
    workers: Workers = Workers()
    store: Store = Store()
    keys: Keys = Keys()
    policy: PolicySection = PolicySection()
    phrases: Phrases = Phrases()
    canary: Canary = Canary()
    forward: Forward = Forward()
    analysts: tuple[Analyst, ...] = ()
    retention: tuple[RetentionEntry, ...] = ()
    govern: Govern = Govern()
    web: Web = Web()
    outputs: tuple[Output, ...] = ()
    alerts: Alerts = Alerts()
    log: Log = Log()
