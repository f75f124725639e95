"""All that is looked at, in the order in which it should be put right.

In:  a configuration file, the time.
Out: findings; the names of what was looked at.
SECURITY: nothing is changed, nothing is sent but greetings, no row is shown.
FAILS: never: what cannot be looked at is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rufgate.audited import dns
from rufgate.deliver.courier import RelayConfig
from rufgate.doctor import machine, network, store
from rufgate.doctor.finding import Area, Finding, Level
from rufgate.posture.seen import Level as DnsLevel
from rufgate.settings import slices
from rufgate.settings.load import check_all, load
from rufgate.settings.problems import ConfigError
from rufgate.settings.schema import Settings

Look = Callable[[], Iterable[Finding]]
_LEVELS = {
    DnsLevel.ERROR: Level.ERROR,
    DnsLevel.UNKNOWN: Level.UNKNOWN,
    DnsLevel.WARNING: Level.WARNING,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Extent:
    """How far it goes."""

    dns: bool = True
    detectors: bool = True
    places: machine.Places = field(default_factory=machine.Places)


def examine(
    file: Path | None, now: datetime, extent: Extent, on_area: Callable[[str], None]
) -> Iterator[Finding]:
    """One area after another; ``on_area`` hears which is next."""
    on_area("configuration")
    yield from _of_configuration(file, now)
    try:
        settings = load(file)
    except ConfigError:
        return  # without it nothing else is known
    for area, look in _areas(settings, now, extent):
        on_area(area)
        yield from look()


def _areas(settings: Settings, now: datetime, extent: Extent) -> Iterator[tuple[str, Look]]:
    yield "user", machine.look_at_user
    yield "clock", machine.look_at_clock
    yield "memory", lambda: machine.look_at_memory(settings, extent.places)
    yield "store", lambda: store.look_at_store(settings, now)
    yield "certificate", lambda: machine.look_at_certificate(settings, now)
    yield "gate", lambda: network.look_at_listener(settings)
    yield "relay", lambda: network.look_at_relay(_relay(settings))
    yield "scanner", lambda: network.look_at_scanner(settings)
    if extent.detectors:
        yield "detectors", lambda: machine.look_at_detectors(settings)
    if extent.dns:
        yield "dns", lambda: _of_dns(settings, now)


def _of_configuration(file: Path | None, now: datetime) -> Iterator[Finding]:
    """What ``check`` says; the key is the code."""
    area = Area("configuration")
    for problem in check_all(file, now.date()):
        make = area.error if problem.level == "error" else area.warning
        where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
        yield make(problem.key, problem.message, f"{where}: {problem.key}")


def _of_dns(settings: Settings, now: datetime) -> Iterator[Finding]:
    try:
        found = dns.look(settings, now.date())
    except ConfigError as error:  # a file that ``check`` has named already
        found = ()
        del error
    for one in found:
        yield Finding(
            level=_LEVELS[one.level],
            area="dns",
            code=one.code,
            message=f"{one.name}: {one.message}",
            to_do="see `rufgate dns records` for what to publish",
        )


def _relay(settings: Settings) -> RelayConfig | None:
    try:
        return slices.relay(settings)
    except ConfigError:
        return None  # the password's file: said with the configuration
