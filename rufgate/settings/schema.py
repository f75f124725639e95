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

from pydantic import BaseModel, ConfigDict, Field

from rufgate.receive.fronts import FrontProtocol
from rufgate.sanitize.sanitized import Tier
from rufgate.settings.values import (
    Address,
    Addresses,
    ClamdSocket,
    Domain,
    DomainOrAll,
    Domains,
    FilePath,
    HeaderName,
    Listen,
    ListPlace,
    Name,
    NameServers,
    Networks,
    OneLine,
    OnlyDomains,
    StoreUrl,
    Syslog,
    WebListen,
    Words,
)
from rufgate.store.field_classes import FieldClass

MAX_MESSAGE_BYTES = 26_214_400


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
    known_sources: Networks = ()


class LimitsSection(_Section):
    """``[limits]``: how much is taken, and how much of it makes rows. 0 is no limit."""

    messages_per_minute_per_ip: int = Field(default=0, ge=0)
    burst_per_ip: int = Field(default=100, ge=1)
    memory_budget_mb: int = Field(default=256, ge=1, le=65_536)
    messages_per_minute_per_network: int = Field(default=600, ge=0)
    burst_per_network: int = Field(default=1000, ge=1)
    messages_per_minute_per_reporter: int = Field(default=600, ge=0)
    burst_per_reporter: int = Field(default=1000, ge=1)
    messages_per_minute: int = Field(default=3000, ge=0)
    burst: int = Field(default=5000, ge=1)
    storm_after: int = Field(default=20, ge=0)
    storm_window_minutes: int = Field(default=60, ge=1, le=1440)
    storm_forward_every: int = Field(default=100, ge=0)  # 0: none of them
    storm_rows_per_hour: int = Field(default=1000, ge=0)
    storm_rows_per_sender: int = Field(default=250, ge=0)
    storm_megabytes_per_hour: int = Field(default=32, ge=0)
    max_waiting_copies: int = Field(default=10_000, ge=0)


class Authenticity(_Section):
    """``[authenticity]``: who is speaking, and whether everybody may."""

    check: bool = True
    reporters: OnlyDomains = ()
    authserv_id: Words = ()
    resolver: NameServers = ()


class Malware(_Section):
    """``[malware]``: who looks at attachments, and at how much of a report."""

    clamd: ClamdSocket | None = None
    time_limit_s: float = Field(default=5.0, gt=0, le=20)
    max_attachment_bytes: int = Field(default=MAX_MESSAGE_BYTES, ge=1024, le=268_435_456)
    max_attachments: int = Field(default=20, ge=1, le=100)


class Workers(_Section):
    """``[workers]``: the processes that redact."""

    processes: int = Field(default=2, ge=1, le=64)
    time_limit_s: float = Field(default=20, gt=0, le=25)  # twice this and the wait fit in 60 s
    memory_limit_mb: int = Field(default=1024, ge=512)
    models: FilePath = Path("var/models")  # the faster form of a model, made at the first start


class Store(_Section):
    """``[store]``."""

    url: StoreUrl = "sqlite:///var/rufgate.db"
    tombstones: ListPlace = Path("var/tombstones.log")


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
    subject_searches_per_hour: int = Field(default=10, ge=1, le=1000)
    audit_heads_file: FilePath | None = None
    audit_heads_syslog: Syslog | None = None
    audit_heads_to: Address | None = None
    audit_heads_every_hours: float = Field(default=24, gt=0, le=720)
    controller: OneLine = ""  # who is responsible, as records name them
    contact: OneLine = ""


class Web(_Section):
    """``[web]``."""

    listen: WebListen = "127.0.0.1:8080"
    trusted_proxies: Networks = ()
    proxy_header: HeaderName | None = None
    proxy_secret_file: FilePath | None = None


class Output(_Section):
    """``[[outputs]]``."""

    kind: Literal["webhook", "syslog"]
    url: str  # of a webhook; or unix:, udp:, tcp:, tls: as [govern] audit_heads_syslog
    domains: Domains = ("*",)
    tier: Tier = Tier.METADATA
    format: Literal["ecs", "cef"] = "ecs"
    secret_file: FilePath | None = None
    ca_file: FilePath | None = None


class Alerts(_Section):
    """``[alerts]``: who is told, and from when on; 0 is never."""

    to: Addresses = ()
    new_source_messages: int = Field(default=10, ge=0)  # in a day, of a network not seen before
    spike_messages: int = Field(default=50, ge=0)  # in a day, and so many times the usual:
    spike_factor: float = Field(default=5, ge=0)
    campaign_messages: int = Field(default=100, ge=0)
    silent_days: int = Field(default=3, ge=0, le=28)
    waiting_copies: int = Field(default=100, ge=0)
    waiting_hours: int = Field(default=6, ge=0)


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
