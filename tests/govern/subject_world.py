"""A store filled through the real filter, with one person's address in every place of a report.

Out: reports of two people under several epochs, with copies for two analysts.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from rufgate.sanitize.policy import Audience, OwnDomain
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import sanitize
from rufgate.sanitize.sanitized import Sanitized, Tier
from rufgate.store.reports import ReportStore
from tests.reports import FEEDBACK, ORIGINAL_HEADER, changed, original, report
from tests.sanitize.sanitizing import Finder, rules

BEGAN = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
ADDRESS = "greta.lindqvist@sampo.example"
OTHER = "ada.whitcombe@home.example"
ANALYSTS = ("blue", "red")
VERP = "bounces-greta.lindqvist=sampo.example@mailer.example.net"


def headers(**fields: str) -> bytes:
    return report(original(changed(ORIGINAL_HEADER, **fields)))


def feedback(**fields: str) -> bytes:
    return report(feedback=changed(FEEDBACK, **fields))


def body(words: str) -> bytes:
    return report(original(body=words))


PLACES: Mapping[str, bytes] = {
    "from": headers(From=f"Greta <{ADDRESS}>"),
    "to": headers(To=f"{OTHER}, Greta <Greta.Lindqvist+news@SAMPO.example>"),
    "cc": headers(Cc=f'"greta.lindqvist"@sampo.example, {OTHER}'),
    "reply to": headers(Reply_To=ADDRESS),
    "return path": headers(Return_Path=f"<{ADDRESS}>"),
    "sender": headers(Sender=ADDRESS),
    "received for": headers(
        Received=(
            "from mail.example.net (mail.example.net [198.51.100.23]) by mx.receiver.example"
            f" with ESMTP id 1 for <{ADDRESS}>; Tue, 03 Nov 2026 09:14:55 +0000"
        )
    ),
    "list unsubscribe": headers(List_Unsubscribe=f"<mailto:{ADDRESS}?subject=leave>"),
    "authentication results": headers(
        Authentication_Results=f"mx.receiver.example; spf=fail smtp.mailfrom={ADDRESS}"
    ),
    "dkim signature": headers(
        DKIM_Signature=f"v=1; a=rsa-sha256; d=sampo.example; s=s1; i={ADDRESS}; h=from; bh=a; b=b"
    ),
    "subject": headers(Subject=f"Fwd: from {ADDRESS} to you"),
    "mail from": feedback(Original_Mail_From=f"<{ADDRESS}>"),
    "verp": feedback(Original_Mail_From=f"<{VERP}>"),
    "recipient": feedback(Original_Rcpt_To=f"<{ADDRESS}>"),
    "dkim identity": feedback(DKIM_Identity=ADDRESS, Auth_Failure="signature"),
    "reported uri": feedback(Reported_URI=f"mailto:{ADDRESS}"),
    "reporter's results": feedback(
        Authentication_Results=f"mx.receiver.example; spf=fail smtp.mailfrom={ADDRESS}"
    ),
    "text": body(f"Dear all,\r\n\r\nplease write to {ADDRESS} before Friday.\r\n"),
}

# Of these fields the filter keeps nothing of the person, so there is nothing to find.
NOT_KEPT = {"received for", "list unsubscribe"}


def keyring(epoch: int) -> Keyring:
    key = secrets.token_bytes(32)
    return Keyring(epoch=epoch, epoch_key=key, fingerprint_key=b"f" * 32, loop_key=b"l" * 32)


def filtered(
    content: bytes,
    keys: Keyring,
    *,
    received_at: datetime = BEGAN,
    store_tier: Tier = Tier.TEXT,
    copy_tier: Tier = Tier.TEXT,
    role_addresses: tuple[str, ...] = (),
) -> Sanitized:
    """``content`` through the whole filter, with a fingerprint of its own."""
    audiences = [Audience(name=n, address=f"{n}@soc.example", tier=copy_tier) for n in ANALYSTS]
    own = OwnDomain(name="example.org", role_addresses=role_addresses)
    given = rules(*audiences, keyring=keys, store_tier=store_tier, own_domains=(own,))
    done = sanitize(
        RawMessage(content, received_at=received_at),
        rules=given,
        report_id=uuid4(),
        recognizer=Finder(),
    )
    assert isinstance(done, Sanitized)
    fingerprint = replace(done.report, fingerprint=type(done.report.policy)(uuid4().hex))
    return replace(done, report=fingerprint)


def fill(store: ReportStore, keys: Keyring, **how: object) -> dict[str, UUID]:
    """A report for each place, and one of somebody else; their ids by place."""
    found = {}
    for place, content in {**PLACES, "other": report()}.items():
        done = filtered(content, keys, **how)  # type: ignore[arg-type]  # passed on as given
        store.record(done)
        found[place] = done.report.id
    return found


def write_keys(folder: Path, keys: Keyring) -> None:
    """An epoch's key where ``rufgate init`` would have put it."""
    path = folder / f"epoch-{keys.epoch}"
    path.write_text(keys.epoch_key.hex() + "\n")
    path.chmod(0o600)


def later(days: int) -> datetime:
    return BEGAN + timedelta(days=days)
