"""The parts of a running gate, each made from the wiring.

In:  ``Wiring``: settings, rules, an open store, a clock, a log.
Out: the worker pool, the SMTP server, the canary.
SECURITY: each part gets its own slice of the settings.
FAILS: ``CannotStart`` where certificate and key are not to be had.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import Engine
from structlog.typing import FilteringBoundLogger

from rufgate.deliver.courier import Delivered, Refused, RelayConfig, SmtpCourier
from rufgate.deliver.finish import Finisher, ManifestSigner
from rufgate.govern.burial import Burial
from rufgate.govern.keys import load_audit_key, load_web_key
from rufgate.govern.replay import replay
from rufgate.govern.signed_heads import load_signing_key
from rufgate.govern.tombstone_places import place_of
from rufgate.govern.tombstones import Tombstones
from rufgate.receive.authenticity.check import ReporterCheck
from rufgate.receive.authenticity.resolver import DnsResolver
from rufgate.receive.collection import Collection
from rufgate.receive.intake import Intake
from rufgate.receive.open_files import make_room
from rufgate.receive.postmaster import PassOn
from rufgate.receive.rates import Fairness
from rufgate.receive.replies import Reply
from rufgate.receive.smtp_server import Gate, GateSettings, server_tls
from rufgate.recognize.load import load_recognizer, models_in_use, no_recognizer
from rufgate.recognize.pool import Steps, WorkerPool
from rufgate.review.reviewer import Reviewer
from rufgate.review.web import who
from rufgate.sanitize.redact import Rules
from rufgate.sanitize.sanitized import Reason, SanitizedMessage, Tier
from rufgate.settings import slices
from rufgate.settings.outputs import output_scopes
from rufgate.settings.schema import Settings, Smtp
from rufgate.settings.sealing import dkim_signer, seals
from rufgate.store.access_tokens import AccessTokens
from rufgate.store.audit import Audit
from rufgate.store.events import Events
from rufgate.store.reviews import Reviews
from rufgate.store.tombstone_marks import noted_end
from rufgate.systemd import Manager
from rufgate.telemetry import Tap


class CannotStart(Exception):  # noqa: N818 - an outcome; the command line makes it an exit code
    """The gate cannot run here; the message says why and what to do, in our own words."""

    def __init__(self, message: str, *, is_configuration: bool = False) -> None:
        super().__init__(message)
        self.is_configuration = is_configuration


@dataclass(frozen=True, kw_only=True, slots=True)
class Wiring:
    """What a service is made from."""

    settings: Settings
    rules: Rules
    relay: RelayConfig
    engine: Engine
    audit: Audit
    clock: Callable[[], datetime]
    log: FilteringBoundLogger
    tap: Tap = field(default_factory=Tap)  # on the log, for the canary
    manager: Manager = field(default_factory=Manager)


def pool(wiring: Wiring, on_fault: Callable[[Reason, str], None]) -> WorkerPool:
    """The processes that redact."""
    workers = wiring.settings.workers
    reads_text = any(tier.rank for tier in tiers_in_use(wiring))
    return WorkerPool(
        wiring.rules,
        processes=workers.processes,
        time_limit_s=workers.time_limit_s,
        memory_limit_mb=workers.memory_limit_mb,
        recognizer=partial(load_recognizer, workers.models) if reads_text else no_recognizer,
        steps=Steps(on_fault=on_fault, clamd=slices.clamd(wiring.settings)),
    )


def gate(wiring: Wiring, intake: Intake, courier: SmtpCourier) -> Gate:
    """The SMTP server."""
    smtp = wiring.settings.smtp
    if (room := make_room(smtp.max_connections)) < smtp.max_connections:
        raise CannotStart(
            f"[smtp] max_connections is more than this process may open files for: set it to "
            f"{max(room, 1)}, or raise the limit (LimitNOFILE= of the unit, ulimit -n)",
            is_configuration=True,
        )
    settings = GateSettings(
        hostname=slices.hostname(wiring.settings),
        recipients=smtp.recipients,
        limits=slices.session_limits(wiring.settings),
        tls=_tls(smtp),
        require_tls=smtp.require_tls,
        rates=slices.client_rates(wiring.settings),
        fronts=slices.fronts(wiring.settings),
    )
    return Gate(
        settings,
        accept=intake.accept,
        clock=wiring.clock,
        log=wiring.log,
        pass_on=_pass_on(courier, smtp.postmaster) if smtp.postmaster else None,
    )


def reporters(wiring: Wiring) -> ReporterCheck | None:
    """Who is speaking; None where nobody asks."""
    settings = wiring.settings
    if not settings.authenticity.check:
        return None
    return ReporterCheck(
        DnsResolver(slices.name_servers(settings)),
        slices.fronts(settings),
        slices.reporter_rules(settings),
    )


def forget_again(wiring: Wiring) -> None:
    """What a restored database brought back of what was forgotten by hand goes, and it is told.

    A list that is lost is told too, and holds nothing up: no refusal would bring it back.
    """
    keys, place = wiring.settings.keys.directory, place_of(wiring.settings.store.tombstones)
    if not place.exists() and noted_end(wiring.engine) is None:
        return  # nothing was ever forgotten by hand
    listed = Tombstones(place, load_audit_key(keys), wiring.clock)
    burial = Burial(tombstones=listed, audit=wiring.audit)
    done = replay(wiring.engine, burial, keys, wiring.clock())
    if done.lost:
        wiring.log.error("tombstones_lost", rows=done.lost, detail="see the privacy page, backups")
    if done.rows:
        wiring.log.warning("tombstones_replayed", rows=done.rows)


def fairness(wiring: Wiring) -> Fairness:
    """What one reporter may send."""
    return Fairness(slices.reporter_rate(wiring.settings), digest=wiring.rules.keyring.fingerprint)


def reviewer(wiring: Wiring) -> Reviewer:
    """What reads the recorded reports."""
    return Reviewer(
        Reviews(wiring.engine, events(wiring).add_within),
        wiring.rules.keyring.fingerprint_key,
        known_sources=slices.known_sources(wiring.settings),
    )


def events(wiring: Wiring) -> Events:
    """What waits for other tools."""
    return Events(wiring.engine, wiring.clock, output_scopes(wiring.settings))


def door(wiring: Wiring) -> who.Door:
    """Who knows the tokens of people."""
    key = load_web_key(wiring.settings.keys.directory)
    return who.TokenDoor(AccessTokens(wiring.engine, wiring.audit), key, wiring.clock)


def finisher(wiring: Wiring, on_withheld: Callable[[SanitizedMessage], None]) -> Finisher:
    """What signs manifests and copies, and seals them."""
    signing_key = load_signing_key(wiring.settings.keys.directory)
    return Finisher(
        ManifestSigner(key=signing_key, models=models_in_use()),
        seals=seals(wiring.settings),
        dkim=dkim_signer(wiring.settings),
        clock=wiring.clock,
        on_withheld=on_withheld,
    )


def collection(wiring: Wiring, on_dropped: Callable[[], None]) -> Collection:
    """Until when reports are collected."""
    return Collection(slices.last_days(wiring.settings), wiring.engine, on_dropped)


def tiers_in_use(wiring: Wiring) -> tuple[Tier, ...]:
    """That of the store and those of the analysts."""
    analysts = (audience.tier for audience in wiring.rules.audiences)
    return (wiring.rules.policy.store_tier, *analysts)


def _tls(smtp: Smtp) -> ssl.SSLContext | None:
    if not (smtp.tls_certificate and smtp.tls_key):
        return None
    try:
        return server_tls(smtp.tls_certificate, smtp.tls_key)
    except (ssl.SSLError, OSError):
        raise CannotStart(
            "[smtp] tls_certificate and tls_key cannot be read, or do not belong together: "
            "both are PEM files",
            is_configuration=True,
        ) from None


def _pass_on(courier: SmtpCourier, postmaster: str) -> PassOn:
    """Mail for postmaster goes to ``postmaster``; what the relay says is what we answer."""

    async def pass_on(content: bytes, mail_from: str) -> Reply:
        match await courier.pass_on(content, mail_from=mail_from, recipient=postmaster):
            case Delivered():
                return Reply.OK
            case Refused():
                return Reply.RELAY_REFUSED
            case _:
                return Reply.RELAY_UNREACHABLE

    return pass_on
