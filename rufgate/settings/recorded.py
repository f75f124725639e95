"""What the records say of an installation: its settings, and the published figures.

In:  settings.
Out: ``Facts``; a record of one kind, as plain values.
SECURITY: settings and published figures alone, no row of a report.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from rufgate.deliver.syslog import SyslogTarget
from rufgate.govern.records.dpia import dpia
from rufgate.govern.records.facts import EventRecipient, Facts
from rufgate.govern.records.figures import Figures, read_figures
from rufgate.govern.records.notice import notice
from rufgate.govern.records.ropa import ropa
from rufgate.sanitize.sanitized import Tier
from rufgate.settings import slices
from rufgate.settings.schema import Settings, Smtp

_PAGE: Final = "leak-benchmark.md"

Record = dict[str, Any]


def record_of(kind: str, settings: Settings, version: str) -> Record:
    """``ropa``, ``dpia`` or ``notice``."""
    return _RECORDS[kind](facts_of(settings, version))


def facts_of(settings: Settings, version: str) -> Facts:
    """What the records say of this installation."""
    return Facts(
        controller=settings.govern.controller,
        contact=settings.govern.contact,
        gate=slices.hostname(settings),
        domains=tuple(entry.name for entry in settings.domains),
        policy=slices.policy(settings),
        audiences=slices.audiences(settings),
        rules=slices.retention_rules(settings),
        engine=version,
        measures=tuple(_measures(settings)),
        outputs=tuple(_outputs(settings)),
        collection_ends=tuple(
            (entry.name, entry.collect_until.isoformat())
            for entry in settings.domains
            if entry.collect_until is not None
        ),
    )


def _outputs(settings: Settings) -> Iterator[EventRecipient]:
    """By host alone: the rest of a URL may be a secret, and an address is somebody's."""
    for entry in settings.outputs:
        is_webhook = entry.kind == "webhook"
        host = urlsplit(entry.url).hostname if is_webhook else _syslog(entry.url)
        yield EventRecipient(entry.kind, host or "this machine", entry.tier.value, entry.domains)
    for address in settings.alerts.to:
        yield EventRecipient("mail of alerts", address.rpartition("@")[2], Tier.METADATA.value)


def _syslog(url: str) -> str | None:
    route = SyslogTarget.parse(url).route
    return route.host if route else None


def published_figures() -> Figures:
    """Of the page that comes with the program: in a wheel inside the package, else beside it."""
    package = Path(__file__).parents[1]
    for page in (package / _PAGE, package.parent / "docs" / _PAGE):
        if page.is_file():
            return read_figures(page.read_text(encoding="utf-8"))
    return Figures()


def _measures(settings: Settings) -> list[tuple[str, str]]:
    """What protects the data, as it is set."""
    smtp, forward, govern = settings.smtp, settings.forward, settings.govern
    return [
        ("TLS for reports that come in", _tls_in(smtp)),
        ("TLS for copies that go out", forward.tls),
        ("what the store keeps of a report", settings.policy.store_tier.value),
        ("source addresses", settings.policy.source_ip),
        ("domains", settings.policy.domains),
        ("text in languages that no detector reads", settings.policy.uncovered_text),
        ("attachments looked at for malware", "yes" if settings.malware.clamd else "no"),
        ("self-test of the gate, minutes", str(settings.canary.every_minutes)),
        ("new keys for pseudonyms, days", str(settings.keys.epoch_days)),
        ("hour of deletion, UTC", "every hour" if govern.quiet_hour is None
         else str(govern.quiet_hour)),
        ("second person's approval", "yes" if govern.second_approval else "no"),
        (("deleted data are overwritten, keys are files of their own (0600), the audit log is "
         "chained, workers are confined"), "always"),
    ]  # fmt: skip


def _tls_in(smtp: Smtp) -> str:
    if smtp.tls_certificate is None:
        return "not offered"
    return "required" if smtp.require_tls else "offered"


_RECORDS: Final[dict[str, Callable[[Facts], Record]]] = {
    "ropa": ropa,
    "dpia": lambda facts: dpia(facts, published_figures()),
    "notice": notice,
}
