"""``rufgate policy apply``: hold what is stored to the policy of now.

SECURITY: prints settings, classes, tables and numbers; with ``--json`` also the rows' random keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Final

import typer
from packaging.version import InvalidVersion, Version

from rufgate import app as gate
from rufgate.audited import policy as audited
from rufgate.cli.exits import BAD_INPUT, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.cli.tables import print_rows
from rufgate.govern.tighten import Looser, Tightening
from rufgate.settings.load import load

Digest = Annotated[
    str | None, typer.Option("--plan", metavar="DIGEST", help="Carry out the plan of this digest.")
]
Before = Annotated[
    str | None,
    typer.Option(
        "--engine-before",
        metavar="VERSION",
        help="Also drop subject and text that an older engine made.",
    ),
]
_COLUMNS: Final = ("setting", "table", "class", "action", "rows")
_WORDS: Final = {
    "engine": "subject and text that an older engine redacted",
    "store_tier": "what the tier of the store does not hold any more",
    "uncovered_text": "text and subject that no model read for names",
    "deny": "subjects, texts and header fields in which a denied phrase stands",
    "links": "the paths of links",
    "attachment_digest": "digests of attachments",
    "source_ip": "IP addresses, cut to their network",
    "domains": "domains that are not kept any more, or are cut",
    "analyst_removed": "copies for somebody who is no analyst any more",
    "analyst_domains": "copies of reports that the analyst may not see any more",
    "analyst_tier": "copies that hold more than the analyst may have: cut where that is sure,"
    " else dropped",
}


def apply(
    digest: Digest = None,
    engine_before: Before = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Take from stored reports and waiting copies what the policy of now would not have kept.

    Without --plan it only shows what would go, with a digest. With --plan it is done, and cannot
    be undone; refused (exit code 65) where the plan is no longer the same. Detectors are not run
    again. --engine-before as it was for the plan.

    Example: rufgate policy apply

    Example: rufgate policy apply --engine-before 1.2.0 --plan DIGEST
    """
    before = _version(engine_before)
    with exit_codes():
        settings = load(config)
        found = audited.plan_policy(settings, gate.now, before)
        if digest is None:
            _print_plan(found, as_json=as_json)
            return
        if found.digest != digest.strip().lower():
            end(BAD_INPUT, "the plan has changed, nothing was done: see `rufgate policy apply`")
        changed = audited.apply_policy(settings, found, gate.now)
    counts = {name.value: rows for name, rows in changed.items() if rows}
    if as_json:
        typer.echo(json.dumps({"digest": found.digest, "policy": found.policy, "rows": counts}))
        return
    print_rows(("class", "rows"), [{"class": k, "rows": v} for k, v in counts.items()])
    for line in (*_held(found), *_not_undone(found)):
        typer.echo(line)
    typer.echo(f"done: {len(found.marked)} reports are now held to policy {found.policy}")


def _version(text: str | None) -> Version | None:
    try:
        return None if text is None else Version(text)
    except InvalidVersion:
        end(USAGE, "--engine-before takes a version, as 1.2.0: see `engine` of `reports show`")


def _print_plan(found: Tightening, *, as_json: bool) -> None:
    said = found.as_json()
    if as_json:
        typer.echo(json.dumps(said, indent=2))
        return
    typer.echo(f"What the policy of the configuration ({found.policy}) would not have kept:")
    print_rows(_COLUMNS, said["entries"])
    for setting in dict.fromkeys(found.settings):
        typer.echo(f"{setting}: {_WORDS[setting]}")
    for line in (*_held(found), *_not_undone(found)):
        typer.echo(line)
    if found.unknown:
        typer.echo(
            f"{found.unknown} reports were made under a policy that is not known here: they are"
            " judged as if it had been the loosest"
        )
    typer.echo("nothing was changed; what --plan does cannot be undone")
    typer.echo(f"digest: {found.digest}")


def _held(found: Tightening) -> Iterator[str]:
    if found.plan.held:
        yield f"kept by a legal hold: something of {found.plan.held} reports"
    if found.copies.parked:
        yield f"kept by a legal hold, but not sent: {found.copies.parked} copies (parked)"


def _not_undone(found: Tightening) -> Iterator[str]:
    """What no stricter or looser policy reaches."""
    if found.copies.delivered:
        yield f"{found.copies.delivered} copies are already delivered: they cannot be called back"
    for one in found.looser:
        yield _looser(one)


def _looser(one: Looser) -> str:
    if one.setting == "allow":
        return (
            f"[phrases] allow is not what it was, or is not known, for {one.reports} reports: what"
            " was kept or removed because of it cannot be told; --engine-before drops their text"
        )
    if one.setting == "deny":
        return (
            f"[phrases] deny is not what it was, or is not known, for {one.reports} reports: what"
            " was removed because of it does not come back"
        )
    return (
        f'[policy] {one.setting} is "{one.now}", {one.reports} reports were made under the stricter'
        f' "{one.was}": what they lack does not come back'
    )
