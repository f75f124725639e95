"""What each part receives: its own values, never ``Settings``."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from rufgate.deliver.courier import RelayConfig
from rufgate.govern.rules import RetentionRule
from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.receive.authenticity.check import ReporterRules
from rufgate.receive.authenticity.resolver import parse_name_server
from rufgate.receive.canary_watch import CanaryPlan
from rufgate.receive.fronts import Fronts, parse_network
from rufgate.receive.limits import Rate, SessionLimits
from rufgate.receive.rates import ClientRates
from rufgate.recognize.clamd import Clamd, ClamdAddress, ScanLimits
from rufgate.review.web.proxy import SignOn, secret_of
from rufgate.sanitize.policy import Audience, OwnDomain, Policy, Sender
from rufgate.settings.problems import ConfigError, Problem
from rufgate.settings.schema import Settings
from rufgate.store.names import Network
from rufgate.store.storms import StormRules

_NOBODY = "nobody@rufgate.invalid"  # stands in copies where there is no analyst


def hostname(settings: Settings) -> str:
    """How the gate calls itself."""
    return settings.smtp.hostname or socket.getfqdn().lower() or "localhost"


def policy(settings: Settings) -> Policy:
    """The rules of redaction."""
    section = settings.policy
    return Policy(
        store_tier=section.store_tier,
        links=section.links,
        attachment_digest=section.attachment_digest,
        source_ip=section.source_ip,
        domains=section.domains,
        uncovered_text=section.uncovered_text,
        own_domains=tuple(
            OwnDomain(name=entry.name, role_addresses=entry.role_addresses)
            for entry in settings.domains
        ),
        allow_phrases=settings.phrases.allow,
        deny_phrases=settings.phrases.deny,
    )


def known_sources(settings: Settings) -> Callable[[str | None], tuple[str, ...]]:
    """Which addresses and networks an owner of reports calls its own."""
    listed = {entry.name: entry.known_sources for entry in settings.domains}
    return lambda owner: listed.get(owner or "", ())


def domain_names(settings: Settings) -> tuple[str, ...]:
    """Those of ``[[domains]]``."""
    return tuple(entry.name for entry in settings.domains)


def web_proxies(settings: Settings) -> tuple[Network, ...]:
    """Whose word on the client and on TLS counts."""
    return tuple(map(parse_network, settings.web.trusted_proxies))


def web_sign_on(settings: Settings) -> SignOn | None:
    """How a proxy says who asks; the secret is read once. Raises ``ConfigError``."""
    web = settings.web
    if web.proxy_header is None:
        return None
    secret = None
    if web.proxy_secret_file is not None:
        try:
            owners = trusted_owners(settings.keys.directory)
            secret = secret_of(read_secret(web.proxy_secret_file, owners))
        except (SecretProblem, ValueError) as found:
            problem = Problem(
                level="error", file=str(web.proxy_secret_file), line=None,
                key="web.proxy_secret_file", message=f"the file {found}",
            )  # fmt: skip
            raise ConfigError((problem,)) from None
    return SignOn(header=web.proxy_header, secret=secret)


def audiences(settings: Settings) -> tuple[Audience, ...]:
    """Who gets copies."""
    return tuple(
        Audience(
            name=analyst.name,
            address=analyst.address,
            tier=analyst.tier,
            pseudonyms=analyst.pseudonyms,
            domains=analyst.domains,
        )
        for analyst in settings.analysts
    )


def sender(settings: Settings) -> Sender:
    """Who copies come from."""
    return Sender(address=settings.forward.sender or _NOBODY, hostname=hostname(settings))


def session_limits(settings: Settings) -> SessionLimits:
    """The limits of SMTP sessions."""
    smtp = settings.smtp
    return SessionLimits(
        max_connections=smtp.max_connections,
        max_connections_per_ip=smtp.max_connections_per_ip,
        max_connections_per_network=smtp.max_connections_per_network,
        max_message_bytes=smtp.max_message_bytes,
        memory_budget_bytes=settings.limits.memory_budget_mb * 1_048_576,
    )


def fronts(settings: Settings) -> Fronts:
    """Who may say for whom it speaks."""
    smtp = settings.smtp
    return Fronts(map(parse_network, smtp.trusted_fronts), smtp.front_protocol)


def reporter_rules(settings: Settings) -> ReporterRules:
    """Who may send, and whose word a front's is."""
    section = settings.authenticity
    return ReporterRules(
        reporters=section.reporters,
        authserv_ids=frozenset(name.lower() for name in section.authserv_id),
    )


def name_servers(settings: Settings) -> tuple[tuple[str, int], ...]:
    """Who is asked; none: those of the system."""
    return tuple(map(parse_name_server, settings.authenticity.resolver))


def client_rates(settings: Settings) -> ClientRates:
    """How much mail is taken of one address, of one network, in all."""
    limits = settings.limits
    return ClientRates(
        per_address=_rate(limits.messages_per_minute_per_ip, limits.burst_per_ip),
        per_network=_rate(limits.messages_per_minute_per_network, limits.burst_per_network),
        in_all=_rate(limits.messages_per_minute, limits.burst),
    )


def reporter_rate(settings: Settings) -> Rate | None:
    """How much one reporter may send; None is no limit."""
    limits = settings.limits
    return _rate(limits.messages_per_minute_per_reporter, limits.burst_per_reporter)


def _rate(per_minute: int, burst: int) -> Rate | None:
    if per_minute == 0:
        return None
    return Rate(per_second=per_minute / 60, burst=max(burst, per_minute))


def storm_rules(settings: Settings) -> StormRules:
    """When reports stop making rows of their own."""
    limits = settings.limits
    return StormRules(
        after=limits.storm_after,
        window=timedelta(minutes=limits.storm_window_minutes),
        rows_per_hour=limits.storm_rows_per_hour,
        rows_per_sender=limits.storm_rows_per_sender,
        bytes_per_hour=limits.storm_megabytes_per_hour * 1_000_000,
        forward_every=limits.storm_forward_every,
        max_waiting=limits.max_waiting_copies,
    )


def clamd(settings: Settings) -> Clamd | None:
    """Who looks at attachments; None: nobody."""
    section = settings.malware
    if section.clamd is None:
        return None
    limits = ScanLimits(
        time_limit_s=section.time_limit_s,
        max_bytes=section.max_attachment_bytes,
        max_attachments=section.max_attachments,
    )
    return Clamd(address=ClamdAddress.parse(section.clamd), limits=limits)


def last_days(settings: Settings) -> dict[str, date]:
    """Until when reports are collected, of the domains for which that is limited."""
    return {
        entry.name: entry.collect_until
        for entry in settings.domains
        if entry.collect_until is not None
    }


def ended_domains(settings: Settings, today: date) -> tuple[str, ...]:
    """Those for which collecting is over."""
    return tuple(name for name, last in last_days(settings).items() if last < today)


def canary_plan(settings: Settings) -> CanaryPlan:
    """When the gate tests itself."""
    return CanaryPlan(every_s=settings.canary.every_minutes * 60)


def relay(settings: Settings) -> RelayConfig:
    """How copies leave; raises ``ConfigError`` where the password file is not what it should be."""
    forward = settings.forward
    user, password = _login(settings) if forward.password_file is not None else (None, None)
    return RelayConfig(
        hostname=hostname(settings),
        relay=forward.relay or "",
        tls=forward.tls,
        username=user,
        password=password,
    )


def _login(settings: Settings) -> tuple[str, str]:
    """User and password: one line, ``user:password``. Nothing of it is ever shown."""
    path = settings.forward.password_file or Path()
    try:
        content = read_secret(path, trusted_owners(settings.keys.directory)).decode("utf-8")
    except SecretProblem as found:
        problem = f"the file {found}"
    except UnicodeDecodeError:
        problem = "the file is not UTF-8 text"
    else:
        user, colon, password = content.strip().partition(":")
        if colon and user and password.isprintable():
            return user, password
        problem = "the file must hold one line, user:password"
    raise ConfigError(
        (
            Problem(
                level="error", file=str(path), line=None, key="forward.password_file",
                message=problem,
            ),
        )
    )  # fmt: skip


def retention_rules(settings: Settings) -> tuple[RetentionRule, ...]:
    """The rules of the file; the built-in ones hold where it is silent."""
    return tuple(
        RetentionRule(
            field_class=entry.field_class,
            days=entry.days,
            action=entry.action,
            domain=entry.domain,
            reporter=entry.reporter,
            owner=entry.owner,
            reason=entry.reason,
            review_by=entry.review_by,
        )
        for entry in settings.retention
    )
