"""The receivers of events, as they are configured.

In:  valid ``Settings``.
Out: ``ConfiguredOutput``.
SECURITY: secrets are read once, from files that are closed to others.
FAILS: ``ConfigError`` where such a file is not what it should be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rufgate.deliver.courier import Courier
from rufgate.deliver.outputs import MailReceiver, Receiver, SyslogReceiver
from rufgate.deliver.syslog import SyslogTarget
from rufgate.deliver.webhook import Webhook, WebhookUrl, secret_of
from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.sanitize.sanitized import Tier
from rufgate.settings.problems import ConfigError, Problem
from rufgate.settings.schema import Output, Settings
from rufgate.settings.slices import hostname, sender
from rufgate.store.filters import EVERYTHING, Scope


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfiguredOutput:
    """One of them. ``id`` stays the same as long as its kind and URL do, and tells neither."""

    id: str
    scope: Scope  # whose reports and alerts
    tier: Tier
    form: Literal["ecs", "cef", "mail"]
    receiver: Receiver


def output_scopes(settings: Settings) -> dict[str, Scope]:
    """Their ids, and whose reports each is told of: no secret is read."""
    return {_id(entry): Scope(entry.domains) for entry in settings.outputs}


def outputs(settings: Settings) -> Sequence[ConfiguredOutput]:
    """Those of the file, in its order."""
    return [
        ConfiguredOutput(
            id=_id(entry),
            scope=Scope(entry.domains),
            tier=entry.tier,
            form=entry.format,
            receiver=_receiver(settings, entry, index),
        )
        for index, entry in enumerate(settings.outputs)
    ]


def mails(settings: Settings, courier: Courier) -> Sequence[ConfiguredOutput]:
    """One for each address of ``[alerts] to``: for alerts, not for reports."""
    return [
        ConfiguredOutput(
            id=_named("mail", address),
            scope=EVERYTHING,
            tier=Tier.METADATA,
            form="mail",
            receiver=MailReceiver(courier, sender=sender(settings).address, recipient=address),
        )
        for address in settings.alerts.to
    ]


def _id(entry: Output) -> str:
    return _named(entry.kind, entry.url)


def _named(kind: str, where: str) -> str:
    digest = hashlib.sha256(f"{kind} {where}".encode()).hexdigest()
    return f"{kind}-{digest[:12]}"


def _receiver(settings: Settings, entry: Output, index: int) -> Receiver:
    try:
        if entry.kind == "webhook":
            return _webhook(settings, entry, index)
        target = SyslogTarget.parse(entry.url)
        return SyslogReceiver(target, hostname(settings), ca_file=entry.ca_file)
    except OSError:  # ``ssl.SSLError`` is one
        why = "the file holds no certificates in PEM form"
        raise _error(entry.ca_file or Path(), index, "ca_file", why) from None


def _webhook(settings: Settings, entry: Output, index: int) -> Webhook:
    path = entry.secret_file or Path()
    try:
        content = read_secret(path, trusted_owners(settings.keys.directory))
        return Webhook(WebhookUrl.parse(entry.url), secret_of(content), ca_file=entry.ca_file)
    except (SecretProblem, ValueError) as found:
        raise _error(path, index, "secret_file", f"the file {found}") from None


def _error(path: Path, index: int, key: str, message: str) -> ConfigError:
    key = f"outputs[{index}].{key}"
    return ConfigError(
        (Problem(level="error", file=str(path), line=None, key=key, message=message),)
    )
