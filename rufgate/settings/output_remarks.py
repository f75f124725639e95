"""What is to be said of ``[[outputs]]``.

In:  valid ``Settings``.
Out: remarks: each URL is one of its kind, a webhook is signed, what travels in the clear is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from rufgate.deliver.syslog import SyslogTarget
from rufgate.deliver.webhook import WebhookUrl, secret_of
from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.sanitize.sanitized import Tier
from rufgate.settings.problems import Loc
from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Output, Settings
from rufgate.settings.values import is_loopback
from rufgate.store.filters import Scope


def output_remarks(settings: Settings) -> Iterator[Remark]:
    """All of them."""
    seen = set[tuple[str, str]]()
    for index, entry in enumerate(settings.outputs):
        loc: Loc = ("outputs", index)
        yield from _webhook(loc, entry) if entry.kind == "webhook" else _syslog(loc, entry)
        if (entry.kind, entry.url) in seen:
            yield Remark((*loc, "url"), "this output is listed twice")
        seen.add((entry.kind, entry.url))
        yield from _domains(settings, loc, entry)
        if entry.tier is not Tier.METADATA:
            what = "redacted subjects" if entry.tier is Tier.HEADERS else "redacted text"
            yield warning((*loc, "tier"), f"{what} of people's mail leave to another tool")


def secret_remarks(settings: Settings) -> Iterator[Remark]:
    """What is wrong with what the files of secrets hold; a file that is open is told elsewhere."""
    owners = trusted_owners(settings.keys.directory)
    for index, entry in enumerate(settings.outputs):
        if entry.secret_file is None or entry.kind != "webhook":
            continue
        try:
            secret_of(read_secret(entry.secret_file, owners))
        except SecretProblem:
            continue
        except ValueError as problem:
            yield Remark(("outputs", index, "secret_file"), f"the file {problem}")


def _webhook(loc: Loc, entry: Output) -> Iterator[Remark]:
    try:
        WebhookUrl.parse(entry.url)
    except ValueError as problem:
        yield Remark((*loc, "url"), str(problem))
    if entry.secret_file is None:
        yield Remark(
            (*loc, "secret_file"),
            "required for a webhook, which is signed: name a file, 0600, made by "
            "`openssl rand -hex 32`",
        )
    yield from _ca_file(loc, entry)
    if entry.format != "ecs":
        yield Remark((*loc, "format"), 'a webhook gets JSON: "ecs"')


def _domains(settings: Settings, loc: Loc, entry: Output) -> Iterator[Remark]:
    """A report belongs to an entry of [[domains]], so nothing belongs to another name."""
    for name in entry.domains:
        is_known = any(Scope((name,)).covers(own.name) for own in settings.domains)
        if name != "*" and not is_known:
            yield warning((*loc, "domains"), f"{name} has no [[domains]]: it gets nothing")


def _ca_file(loc: Loc, entry: Output) -> Iterator[Remark]:
    if entry.ca_file is not None and not entry.ca_file.is_file():
        yield Remark((*loc, "ca_file"), "there is no such file")


def _syslog(loc: Loc, entry: Output) -> Iterator[Remark]:
    if entry.secret_file is not None:
        yield Remark((*loc, "secret_file"), "is for webhooks: syslog is not signed")
    try:
        target = SyslogTarget.parse(entry.url)
    except ValueError as problem:
        yield Remark((*loc, "url"), str(problem))
        return
    if target.is_tls:
        yield from _ca_file(loc, entry)
        return
    if entry.ca_file is not None:
        yield Remark((*loc, "ca_file"), 'is for TLS: write the url as "tls:host:6514"')
    if target.route is not None and not is_loopback(target.route.host):
        yield warning(
            (*loc, "url"),
            "events travel unencrypted: write tls:host:6514, or send to a syslog daemon of this "
            "machine, which forwards them by TLS",
        )
