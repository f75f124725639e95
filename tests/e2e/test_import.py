"""Old mail through the same intake: from files, mbox, Maildir and a real IMAP server, once each."""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import reports
from tests.e2e.gate import ROOT, Gate
from tests.receive.imap_server import PASSWORD, ImapServer, imap_server, needs_dovecot

RECEIVED = b"Received: from a by b; Tue, 03 Mar 2026 10:11:12 +0000\r\n"


def report(number: int) -> bytes:
    """One that came in March, unlike any other."""
    return RECEIVED + reports.numbered(number)


NO_REPORT = (
    b"Received: from a by b; Tue, 03 Mar 2026 10:11:12 +0000\r\nSubject: Lunch?\r\n\r\nAt one?\r\n"
)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """An installation that does not run: import needs no running gate."""
    return Gate(
        tmp_path, 1, store_tier="metadata", analysts=(("desk", "desk@soc.example.net", "metadata"),)
    )


def run(gate: Gate, *arguments: str, expect: int = 0, **variables: str) -> Any:
    command = [sys.executable, "-m", "rufgate", "import", *arguments, "--config", str(gate.config)]
    done = subprocess.run(
        [*command, "--json"],
        env={**os.environ, **variables},
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == expect, done.stderr.decode(errors="replace")[-2000:]
    return json.loads(done.stdout) if done.stdout else done.stderr.decode()


def days(gate: Gate) -> list[str]:
    return [str(row[0]) for row in gate.rows("SELECT received_on FROM reports ORDER BY 1")]


def test_a_folder_of_files_mbox_and_maildir_is_imported_once(gate: Gate, tmp_path: Path) -> None:
    old = tmp_path / "old"
    (old / "files").mkdir(parents=True)
    (old / "files" / "one.eml").write_bytes(report(1))
    (old / "files" / "lunch.eml").write_bytes(NO_REPORT)
    box = mailbox.mbox(old / "box")
    for number in (2, 3):
        entry = mailbox.mboxMessage(report(number))
        entry.set_from("reporter@receiver.example Wed Apr 01 08:00:00 2026")
        box.add(entry)
    box.close()
    for part in ("new", "cur", "tmp"):
        (old / "dir" / part).mkdir(parents=True)
    (old / "dir" / "cur" / "1777000000.M1.host:2,S").write_bytes(report(4))  # 24 April 2026
    (old / "dir" / "new" / "1777000001.M2.host").write_bytes(report(4))
    before = {path: path.stat().st_mtime_ns for path in old.rglob("*")}
    said = run(gate, str(old))
    assert (said["recorded"], said["known"], said["no_report"], said["before"]) == (4, 0, 1, 1)
    assert days(gate) == ["2026-03-03", "2026-03-03", "2026-04-01", "2026-04-01", "2026-04-24"]
    again = run(gate, str(old))
    assert (again["recorded"], again["known"], again["before"]) == (0, 0, 6)
    assert {row[4] for row in gate.reports_in_database()} == {1}, "none was counted twice"
    assert {path: path.stat().st_mtime_ns for path in old.rglob("*")} == before, "nothing changed"
    assert gate.rows("SELECT count(*) FROM outbox") == [(0,)], (
        "no analyst gets years of old reports"
    )


def test_the_wipe_plan_says_what_is_in_the_store_and_nothing_else(
    gate: Gate, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for number in (1, 2):
        (old / f"{number}.eml").write_bytes(report(number))
    (old / "lunch.eml").write_bytes(NO_REPORT)
    run(gate, str(old / "1.eml"), str(old / "lunch.eml"))
    plan = run(gate, str(old), "--wipe-plan")
    assert plan == {
        "may_go": [str(old / "1.eml")],
        "look_first": [str(old / "lunch.eml")],
        "not_imported": [str(old / "2.eml")],
    }
    assert len(gate.reports_in_database()) == 2


def test_reports_are_filed_away_once_recorded_and_the_rest_stays(
    gate: Gate, tmp_path: Path
) -> None:
    old, done = tmp_path / "old", tmp_path / "done"
    old.mkdir()
    (old / "one.eml").write_bytes(report(1))
    (old / "lunch.eml").write_bytes(NO_REPORT)
    said = run(gate, str(old), "--move", str(done))
    assert said["filed_away"] == 1
    assert [path.name for path in done.iterdir()] == ["one.eml"]
    assert [path.name for path in old.iterdir()] == ["lunch.eml"]
    assert done.stat().st_mode & 0o077 == 0
    (old / "one.eml").write_bytes(report(2))
    said = run(gate, str(old / "one.eml"), "--move", str(done), expect=65)
    assert (said["recorded"], said["filed_away"], said["left"]) == (1, 0, 1)
    assert (old / "one.eml").exists()


@pytest.mark.long
def test_without_room_nothing_is_moved_and_a_second_run_goes_on(gate: Gate, tmp_path: Path) -> None:
    """A database that nobody may write stands in for one that is not to be had."""
    old, done = tmp_path / "old", tmp_path / "done"
    old.mkdir()
    (old / "one.eml").write_bytes(report(1))
    run(gate, str(old / "one.eml"))
    (old / "two.eml").write_bytes(report(2))
    import sqlite3  # noqa: PLC0415 - of this one test

    writer = sqlite3.connect(gate.database, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    try:
        run(gate, str(old), "--move", str(done), expect=69)
    finally:
        writer.close()
    assert not done.exists() or list(done.iterdir()) == []
    said = run(gate, str(old), "--move", str(done))
    assert (said["recorded"], said["before"], said["filed_away"]) == (1, 1, 2)


def test_the_import_is_in_the_audit_log_and_nothing_of_the_mail_is(
    gate: Gate, tmp_path: Path
) -> None:
    (tmp_path / "one.eml").write_bytes(report(1))
    run(gate, str(tmp_path / "one.eml"))
    listed = gate.command("audit", "list", "--json", "--config", str(gate.config))
    entries = json.loads(listed.stdout)
    (entry,) = [one for one in entries if one["action"] == "mail_imported"]
    assert entry["details"] == {"count": 1, "asked": 1}
    gate.command("audit", "verify", "--config", str(gate.config))


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


@needs_dovecot
@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_folder_of_a_server_is_read_and_left_as_it_was(
    gate: Gate, server: ImapServer, tmp_path: Path, scheme: str
) -> None:
    box = f".{scheme}"
    server.put("1777000000.M1.host", report(1), box)
    server.put("1777000001.M2.host", NO_REPORT, box)
    before = server.names(box)
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    file.chmod(0o600)
    trust = {"SSL_CERT_FILE": str(server.authority)}
    url = server.url(scheme, scheme=scheme)
    said = run(gate, "--imap", url, "--password-file", str(file), **trust)
    assert (said["recorded"], said["no_report"]) == (1, 1)
    assert [name.partition(":")[0] for name in server.names(box)] == before
    assert not any("S" in name.partition(":2,")[2] for name in server.names(box)), "still unread"
    again = run(gate, "--imap", url, **trust, IMAP_PASSWORD=PASSWORD)
    assert (again["recorded"], again["before"]) == (0, 2)


@needs_dovecot
def test_a_mail_of_a_server_is_moved_only_after_its_commit(gate: Gate, server: ImapServer) -> None:
    server.put("1777000000.M1.host", report(1), ".moving")
    server.put("1777000001.M2.host", NO_REPORT, ".moving")
    server.put("1777000002.M3.host", NO_REPORT, ".done")
    secrets = {"SSL_CERT_FILE": str(server.authority), "IMAP_PASSWORD": PASSWORD}
    said = run(gate, "--imap", server.url("moving"), "--move", "done", **secrets)
    assert (said["recorded"], said["filed_away"]) == (1, 1)
    assert (len(server.names(".moving")), len(server.names(".done"))) == (1, 2)
    server.put("1777000003.M4.host", report(2), ".moving")
    said = run(gate, "--imap", server.url("moving"), "--move", "nowhere", expect=65, **secrets)
    assert (said["recorded"], said["left"]) == (1, 1)
    assert len(server.names(".moving")) == 2
