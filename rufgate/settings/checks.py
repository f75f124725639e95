"""What no single key shows: contradictions between keys, loops, files that are open to others.

In:  valid ``Settings``; the rights of the files they name.
Out: remarks, errors and warnings.
SECURITY: files are looked at, not opened. A mail loop is refused before it can start.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from rufgate.govern.keys import key_problems
from rufgate.govern.rules import COARSENABLE, addresses_after_times, lapsing
from rufgate.govern.secret_files import exposure, trusted_owners
from rufgate.receive.limits import SESSION_BYTES, MemoryBudget
from rufgate.settings.dated import dated_remarks
from rufgate.settings.list_remarks import list_remarks
from rufgate.settings.output_remarks import output_remarks, secret_remarks
from rufgate.settings.problems import Loc
from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Settings
from rufgate.settings.sealing import sealing_remarks
from rufgate.settings.server_remarks import server_remarks
from rufgate.settings.slices import retention_rules
from rufgate.settings.web_remarks import proxy_secret_remarks, web_remarks
from rufgate.store.field_classes import FieldClass


def remarks(settings: Settings, today: date | None = None) -> list[Remark]:
    """All that is to be said about ``settings``; with ``today`` also what only the day shows."""
    checks = (
        _addresses, _forwarding, web_remarks, _limits, _tls, _authenticity, _gate,
        _names, _uncovered, _retention, _lapsing, _late_addresses, _secrets, _scanning,
        output_remarks, sealing_remarks, server_remarks,
    )  # fmt: skip
    dated = dated_remarks(settings, today) if today else ()
    return [*(remark for check in checks for remark in check(settings)), *dated]


def key_remarks(settings: Settings) -> list[Remark]:
    """What is wrong with the key files, and with the list made under one of them.

    Of no matter to verbs that need no keys.
    """
    folder = settings.keys.directory
    found = [Remark(("keys", "directory"), problem) for problem in key_problems(folder)]
    if not found and not os.access(folder, os.W_OK | os.X_OK):
        found.append(
            warning(
                ("keys", "directory"),
                f"{folder} cannot be written by this user: a gate that runs so makes no new epoch "
                "every [keys] epoch_days",
            )
        )
    return [
        *found,
        *secret_remarks(settings),
        *proxy_secret_remarks(settings),
        *list_remarks(settings),
    ]


def _addresses(settings: Settings) -> Iterator[Remark]:
    """None of our mail may come back as a report."""
    recipients = {address.lower() for address in settings.smtp.recipients}
    used: list[tuple[Loc, str | None]] = [
        (("smtp", "postmaster"), settings.smtp.postmaster),
        (("forward", "sender"), settings.forward.sender),
        (("govern", "audit_heads_to"), settings.govern.audit_heads_to),
    ]
    used += [(("analysts", n, "address"), a.address) for n, a in enumerate(settings.analysts)]
    used += [(("alerts", "to"), address) for address in settings.alerts.to]
    for loc, address in used:
        if address is not None and address.lower() in recipients:
            yield Remark(loc, "this address is one of [smtp] recipients: mail would go in circles")
    if settings.smtp.postmaster is None:
        yield warning(
            ("smtp", "postmaster"),
            "not set: mail to postmaster is refused, against RFC 5321 section 4.5.1",
        )


def _forwarding(settings: Settings) -> Iterator[Remark]:
    forward = settings.forward
    if settings.analysts and forward.sender is None:
        yield Remark(
            ("forward", "sender"),
            "required where there are analysts: an address whose domain passes SPF or DKIM",
        )
    if settings.govern.audit_heads_to is not None and forward.sender is None:
        yield Remark(("forward", "sender"), "required for [govern] audit_heads_to: who it is from")
    if settings.alerts.to and forward.sender is None:
        yield Remark(("forward", "sender"), "required for [alerts] to: who it is from")
    if not settings.analysts:
        yield warning(("analysts",), "there is none: reports are stored and sent to nobody")
    if forward.tls == "none":
        yield warning(("forward", "tls"), "copies travel unencrypted")
    if forward.password_file is not None and forward.relay is None:
        yield Remark(("forward", "password_file"), "a password needs a relay: set [forward] relay")
    if forward.password_file is not None and forward.tls != "required":
        yield Remark(("forward", "password_file"), 'a password needs [forward] tls = "required"')


def _limits(settings: Settings) -> Iterator[Remark]:
    """0 is no limit: allowed, and said."""
    limits = settings.limits
    if limits.storm_megabytes_per_hour == 0:
        yield warning(
            ("limits", "storm_megabytes_per_hour"), "nothing bounds how fast the database grows"
        )
    if limits.max_waiting_copies == 0:
        yield warning(("limits", "max_waiting_copies"), "nothing bounds how many copies wait")


def _tls(settings: Settings) -> Iterator[Remark]:
    smtp = settings.smtp
    if (smtp.tls_certificate is None) != (smtp.tls_key is None):
        missing = "tls_key" if smtp.tls_key is None else "tls_certificate"
        yield Remark(("smtp", missing), "tls_certificate and tls_key go together: set both or none")
    if smtp.require_tls and smtp.tls_certificate is None:
        yield Remark(("smtp", "require_tls"), "needs tls_certificate and tls_key")
    if smtp.tls_certificate is not None and not smtp.tls_certificate.is_file():
        yield Remark(("smtp", "tls_certificate"), "there is no such file")


def _gate(settings: Settings) -> Iterator[Remark]:
    smtp, budget = settings.smtp, settings.limits.memory_budget_mb * 1_048_576
    sessions = smtp.max_connections * SESSION_BYTES
    if not MemoryBudget(budget - sessions).has_room(smtp.max_message_bytes):
        yield Remark(
            ("limits", "memory_budget_mb"),
            "too small for 64 KiB for each of [smtp] max_connections and, in three quarters of the "
            "rest, one message of [smtp] max_message_bytes: raise it, or lower them",
        )
    for loc in (("smtp", "trusted_fronts", n) for n, net in enumerate(smtp.trusted_fronts)
                if net.endswith("/0")):  # fmt: skip
        yield Remark(loc, "everybody could say to be anybody: name the fronts' own addresses")
    if not smtp.trusted_fronts and "front_protocol" in smtp.model_fields_set:
        yield warning(("smtp", "front_protocol"), "has no effect without [smtp] trusted_fronts")


def _authenticity(settings: Settings) -> Iterator[Remark]:
    section = settings.authenticity
    if section.reporters and not section.check:
        yield Remark(
            ("authenticity", "reporters"),
            "nobody could prove to be one of them: set check = true, or remove the key",
        )
    if section.authserv_id and not settings.smtp.trusted_fronts:
        yield warning(
            ("authenticity", "authserv_id"), "has no effect without [smtp] trusted_fronts"
        )


def _names(settings: Settings) -> Iterator[Remark]:
    for index in _repeated(analyst.name.lower() for analyst in settings.analysts):
        yield Remark(("analysts", index, "name"), "this name is used twice")
    for index in _repeated(domain.name for domain in settings.domains):
        yield Remark(("domains", index, "name"), "this domain is listed twice")


def _uncovered(settings: Settings) -> Iterator[Remark]:
    if settings.policy.uncovered_text == "rules":
        yield warning(
            ("policy", "uncovered_text"),
            "names in languages that no detector reads stay, unless the header tells them",
        )


def _retention(settings: Settings) -> Iterator[Remark]:
    rules = settings.retention
    for index in _repeated((rule.field_class, rule.domain, rule.reporter) for rule in rules):
        yield Remark(("retention", index, "class"), "a rule for the same data stands above")
    for index, rule in enumerate(rules):
        if rule.action == "coarsen" and rule.field_class not in COARSENABLE:
            message = f'class "{rule.field_class.value}" has no coarser form: use "delete"'
            yield Remark(("retention", index, "action"), message)
        if rule.owner == "unassigned":
            yield warning(
                ("retention", index, "owner"), "nobody owns this rule: name who decided it"
            )
    given = {rule.field_class for rule in rules if rule.domain == rule.reporter == "*"}
    silent = [member.value for member in FieldClass if member not in given]
    if silent:
        yield warning(
            ("retention",),
            f"built-in rules with owner unassigned hold for: {', '.join(silent)}",
        )


def _lapsing(settings: Settings) -> Iterator[Remark]:
    rules = retention_rules(settings)
    found = lapsing(rules)
    for index, rule in enumerate(rules):
        if rule in found:
            yield Remark(
                ("retention", index, "days"),
                'the reporter is forgotten before: keep it shorter, or class "domain" as long',
            )


def _late_addresses(settings: Settings) -> Iterator[Remark]:
    rules = retention_rules(settings)
    for address, time in addresses_after_times(rules):
        rule = address if address in rules else time
        yield warning(
            ("retention", rules.index(rule), "days"),
            'class "address" is kept longer than "time" here, and with it the times in Received '
            "fields: keep it no longer",
        )


def _scanning(settings: Settings) -> Iterator[Remark]:
    if settings.malware.clamd and settings.malware.time_limit_s >= settings.workers.time_limit_s:
        yield Remark(
            ("malware", "time_limit_s"),
            "must be below [workers] time_limit_s: waiting for clamd would use up a report's time",
        )


def _secrets(settings: Settings) -> Iterator[Remark]:
    files: list[tuple[Loc, Path | None]] = [
        (("forward", "password_file"), settings.forward.password_file),
        (("smtp", "tls_key"), settings.smtp.tls_key),
        (("web", "proxy_secret_file"), settings.web.proxy_secret_file),
        (("forward", "dkim_key"), settings.forward.dkim_key),
    ]
    files += [
        (("outputs", index, "secret_file"), entry.secret_file)
        for index, entry in enumerate(settings.outputs)
    ]
    owners = trusted_owners(settings.keys.directory)
    for loc, path in files:
        problem = exposure(path, owners) if path is not None else None
        if problem is not None:
            yield Remark(loc, f"the file {problem}")


def _repeated(values: Iterable[object]) -> Iterator[int]:
    """The places of all but the first of equal values."""
    seen: Counter[object] = Counter()
    for index, value in enumerate(values):
        if seen[value]:
            yield index
        seen[value] += 1
