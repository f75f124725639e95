"""What an operator can configure, seen from outside of a running gate.

Two gates serve all tests of this file, at tier metadata, so that no models are loaded: ``full``
has a certificate, a postmaster, and files made under umask 000; ``strict`` has ``require_tls``
and no postmaster. Their relay answers as each test tells it.
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
import os
import re
import smtplib
import ssl
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests import reports
from tests.e2e.gate import RECIPIENT, Gate, Sink, wait_for
from tests.e2e.load import Load, delivered, domain, stored
from tests.e2e.marks import Haystack

HUMAN = "duty@office.example.net"
DESK = "desk@soc.example.net"
KEPT = "250 2.0.0 kept"
CA = trustme.CA()


class Relay(Sink):
    """A relay that answers DATA as told, remembers envelopes, and can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = KEPT
        self.envelopes: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's hook
        if self.answer != KEPT:
            return self.answer
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos[0]))
        return await super().handle_DATA(server, session, envelope)

    @contextlib.contextmanager
    def answering(self, line: str) -> Iterator[None]:
        self.answer = line
        try:
            yield
        finally:
            self.answer = KEPT

    @contextlib.contextmanager
    def away(self) -> Iterator[None]:
        """Nobody listens on its port, and connections that were kept have ended."""
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self.hang_up)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), self._loop).result(10)
        try:
            yield
        finally:
            self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)


@pytest.fixture(scope="module")
def relay() -> Iterator[Relay]:
    server = Relay()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def full(relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    before = os.umask(0)
    try:
        with running(tmp_path_factory.mktemp("full"), relay, f'postmaster = "{HUMAN}"') as gate:
            yield gate
    finally:
        os.umask(before)


@pytest.fixture(scope="module")
def strict(relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    with running(tmp_path_factory.mktemp("strict"), relay, "require_tls = true") as gate:
        yield gate


@contextlib.contextmanager
def running(folder: Path, relay: Relay, *smtp: str) -> Iterator[Gate]:
    """A gate with a certificate for 127.0.0.1 and more lines in ``[smtp]``."""
    gate = Gate(
        folder,
        relay.port,
        analysts=(("desk", DESK, "metadata"),),
        store_tier="metadata",
        processes=1,
    )
    issued = CA.issue_cert("127.0.0.1")
    issued.cert_chain_pems[0].write_to_path(folder / "config" / "gate.pem")
    issued.private_key_pem.write_to_path(folder / "config" / "gate.key")
    (folder / "config" / "gate.key").chmod(0o600)
    files = ('tls_certificate = "config/gate.pem"', 'tls_key = "config/gate.key"')
    text = gate.config.read_text()
    gate.config.write_text(text.replace("[smtp]", "\n".join(("[smtp]", *files, *smtp))))
    gate.start()
    try:
        yield gate
    finally:
        gate.kill()


@contextlib.contextmanager
def over_tls(gate: Gate) -> Iterator[smtplib.SMTP]:
    """A session after STARTTLS, with the certificate checked, before its second EHLO."""
    context = ssl.create_default_context()
    CA.configure_trust(context)
    with gate.client() as smtp:
        assert smtp.starttls(context=context)[0] == 220
        yield smtp


def about(name: str, number: int = 0, **parts: Any) -> bytes:
    """A report that is known by its reported domain afterwards."""
    feedback = reports.changed(reports.FEEDBACK, Reported_Domain=name)
    return reports.numbered(number, feedback=feedback, **parts)


def seen(gate: Gate, name: str) -> list[int]:
    """How often each row about ``name`` was seen."""
    rows = gate.rows(f"SELECT seen FROM reports WHERE reported_domain = '{name}'")
    return [count for (count,) in rows]


def write_to(gate: Gate, recipient: str, content: bytes, *, sender: str = "") -> tuple[int, bytes]:
    """One mail to ``recipient``; the answer to RCPT where it refuses, else that to DATA."""
    with gate.client() as smtp:
        smtp.ehlo()
        assert smtp.mail(sender)[0] == 250
        code, text = smtp.rcpt(recipient)
        if code >= 400:
            return code, text
        return smtp.data(content)


# --- TLS ------------------------------------------------------------------------------------------


def test_a_report_goes_through_starttls(full: Gate) -> None:
    with over_tls(full) as smtp:
        assert smtp.sock.version() in ("TLSv1.2", "TLSv1.3")  # type: ignore[union-attr]  # connected
        smtp.ehlo()
        assert not smtp.has_extn("auth")
        assert not smtp.has_extn("starttls")
        assert full.send(about("tls.example.org"), connection=smtp)[0] == 250
    assert seen(full, "tls.example.org") == [1]


def test_require_tls_refuses_mail_in_the_clear(strict: Gate) -> None:
    with strict.client() as smtp:
        smtp.ehlo()
        assert smtp.has_extn("starttls")
        assert not smtp.has_extn("auth")
        code, text = smtp.mail("")
        assert (code, text[:5]) == (530, b"5.7.0")
    with over_tls(strict) as smtp:
        assert strict.send(about("strict.example.org"), connection=smtp)[0] == 250
    assert seen(strict, "strict.example.org") == [1]


# --- postmaster -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sender", ["", "quintessa.orlow@home.example"])
def test_mail_to_postmaster_reaches_a_human_and_leaves_no_trace(
    full: Gate, relay: Relay, sender: str
) -> None:
    letter = (
        b"From: Quintessa Orlow <quintessa.orlow@home.example>\r\nTo: postmaster\r\n"
        b"Subject: =?utf-8?q?K=C3=A4se?=\r\n\r\n.\r\n..two dots\r\nFrom here \xe4 on\r\n\r\n \r\n"
    )
    letters = len(relay.mails(HUMAN))
    assert write_to(full, "postmaster", letter, sender=sender)[0] == 250
    (mail,) = relay.mails(HUMAN)[letters:]
    assert [envelope for envelope in relay.envelopes if envelope[1] == HUMAN][letters:] == [
        (sender or "<>", HUMAN)
    ]
    trace, rest = mail.split(b"\r\n", 1)
    assert re.fullmatch(rb"Received: by gate\.example\.org with ESMTP; [^\r\n]+", trace)
    assert rest == letter
    files = sorted(full.database.parent.glob("rufgate.db*"))
    kept = b"".join(file.read_bytes() for file in files)
    assert {file.name for file in files} >= {"rufgate.db", "rufgate.db-wal"}
    for place in (kept, full.log.read_bytes()):
        for mark in ("quintessa", "orlow", "two dots", "From here"):
            assert not Haystack(place).holds(mark), mark
    assert not [row for row in full.reports_in_database() if row[1] == "unparseable"]


def test_postmasters_mail_is_not_taken_while_the_relay_is_away(full: Gate, relay: Relay) -> None:
    with relay.away():
        code, text = write_to(full, "postmaster", b"Subject: x\r\n\r\nhello\r\n")
    assert (code, text[:5]) == (451, b"4.4.1")
    assert write_to(full, "postmaster", b"Subject: x\r\n\r\nhello\r\n")[0] == 250


def test_postmaster_and_reports_in_one_mail_are_separated(full: Gate) -> None:
    for first, second in ((RECIPIENT, "postmaster"), ("postmaster", RECIPIENT)):
        with full.client() as smtp:
            smtp.ehlo()
            smtp.mail("")
            assert smtp.rcpt(first)[0] == 250
            code, text = smtp.rcpt(second)
            assert (code, text[:5]) == (452, b"4.5.3")


def test_without_a_postmaster_there_is_no_such_recipient(strict: Gate) -> None:
    with over_tls(strict) as smtp:
        smtp.ehlo()
        smtp.mail("")
        code, text = smtp.rcpt("postmaster")
        assert (code, text[:5]) == (550, b"5.1.1")


# --- copies ---------------------------------------------------------------------------------------


def test_copies_wait_are_parked_retried_and_dropped(full: Gate, relay: Relay) -> None:
    full.wait_delivered()
    with relay.answering("451 4.7.1 not now"):
        assert full.send(about("waits.example.org", 1))[0] == 250
        wait_for(lambda: states(full) == {"pending 4.7.1": 1}, seconds=20)
    with relay.answering("550 5.7.1 never"):
        for number in (2, 3):
            assert full.send(about("parked.example.org", number))[0] == 250
        wait_for(lambda: states(full) == {"pending 4.7.1": 1, "parked 5.7.1": 2}, seconds=20)
    where = ("--config", str(full.config))
    listed = json.loads(full.command("outbox", "list", "--json", *where).stdout)
    (waiting,) = [entry for entry in listed if entry["state"] == "pending"]
    assert (waiting["reason"], waiting["attempts"], waiting["analyst"]) == ("4.7.1", 1, "desk")
    assert waiting["due_at"] > waiting["created_at"]
    parked, dropped = [entry for entry in listed if entry["state"] == "parked"]
    assert {parked["reason"], dropped["reason"]} == {"5.7.1"}
    full.command("outbox", "drop", dropped["id"], *where)
    assert states(full) == {"pending 4.7.1": 1, "parked 5.7.1": 1}
    query = "SELECT count(*) FROM outbox WHERE state = 'dropped' AND content IS NULL"
    assert full.rows(query) == [(1,)]
    full.command("outbox", "retry", waiting["id"], parked["id"], *where)
    full.wait_delivered(seconds=20)
    mails = Counter(name for mail in relay.mails(DESK) for name in delivered([mail]))
    assert (mails["waits.example.org"], mails["parked.example.org"]) == (1, 1)


def states(gate: Gate) -> dict[str, int]:
    """State and reason of the copies that still have their bytes."""
    query = "SELECT state || ' ' || coalesce(reason, '') FROM outbox WHERE content IS NOT NULL"
    return dict(Counter(state for (state,) in gate.rows(query)))


def test_another_way_and_another_envelope_make_no_second_report(full: Gate, relay: Relay) -> None:
    for sender, hop in (("", "a"), ("bounces@mx.receiver.example", "b")):
        trace = (
            f"from {hop}.example by mx.example; Tue, 03 Nov 2026 09:1{len(sender) % 10}:00 +0000"
        )
        outer = (("Received", trace), ("Return-Path", f"<{sender}>"))
        assert full.send(about("twice.example.org", 4, outer=outer), mail_from=sender)[0] == 250
    full.wait_delivered()
    assert seen(full, "twice.example.org") == [2]
    mails = [mail for mail in relay.mails(DESK) if "twice.example.org" in delivered([mail])]
    assert len(mails) == 1


def test_a_second_gate_on_the_same_database_loses_and_doubles_nothing(
    full: Gate, relay: Relay
) -> None:
    second = copy.copy(full)
    second.log = full.folder / "second.log"
    second.start()
    try:
        loads = [Load(gate, range(30), senders=2) for gate in (full, second)]
        for load in loads:
            load.start()
        for load in loads:
            load.join()
        assert [load.acknowledged for load in loads] == [set(range(30))] * 2
        full.wait_delivered()
        assert second.terminate() == 0
    finally:
        if second.running:
            second.kill()
    rows = stored(full)
    mails = Counter(name for mail in relay.mails(DESK) for name in delivered([mail]))
    for number in range(30):
        assert rows[domain(number)] == 1
        assert seen(full, domain(number)) == [2]
        assert mails[domain(number)] == 1


# --- files and the configuration ------------------------------------------------------------------


def test_files_are_closed_to_others_under_any_umask(full: Gate) -> None:
    assert full.send(about("files.example.org"))[0] == 250
    var = full.database.parent
    names = {path.name for path in var.iterdir()}
    assert {"rufgate.db", "rufgate.db-wal", "keys"} <= names
    assert list((var / "keys").iterdir())
    modes = {path: path.stat().st_mode & 0o777 for path in (var, *var.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


BASE = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
[forward]
sender = "rufgate@gate.example.org"
[[analysts]]
name = "desk"
address = "desk@soc.example.net"
"""
BROKEN = {
    "half a promise": (
        BASE + 'encrypt = "openpgp"\n[[retention]]\nclass = "text"\ndays = 3\naction = "coarsen"\n',
        {"analysts[0].key_file": 5, "retention[0].action": 12},
    ),
    "no signing": (
        BASE.replace("[forward]", '[forward]\ndkim_key = "config/dkim.key"'),
        {"forward.dkim_key": 4},
    ),
    "unknown": (BASE.replace("[forward]", "retries = 3\n[forward]"), {"smtp.retries": 3}),
    "circle": (
        BASE.replace("desk@soc.example.net", "DMARC-ruf@RUF.example.org"),
        {"analysts[0].address": 7},
    ),
}


@pytest.mark.parametrize("case", list(BROKEN))
def test_what_would_not_hold_is_refused_by_line_and_key(
    full: Gate, tmp_path: Path, case: str
) -> None:
    text, wanted = BROKEN[case]
    config = tmp_path / "config" / "rufgate.toml"
    config.parent.mkdir()
    config.write_text(text)
    config.chmod(0o644)  # the gate of this module runs without a umask, and so does the test
    complaints = full.command("serve", "--config", str(config), expect=78).stderr.decode()
    for key, line in wanted.items():
        assert f"rufgate: {config}:{line}: {key}: " in complaints
    assert "Traceback" not in complaints
    shown = full.command("check", "--json", "--config", str(config), expect=78).stdout
    found = {
        (problem["key"], problem["line"], problem["file"])
        for problem in json.loads(shown)
        if problem["level"] == "error"
    }
    assert {(key, line, str(config)) for key, line in wanted.items()} <= found
