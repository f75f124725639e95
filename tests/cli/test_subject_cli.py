"""``rufgate subject``: asked by standard input, bounded in number, silent about what was given."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.store.engine import open_store
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore
from tests.govern.subject_world import (
    ADDRESS,
    NOT_KEPT,
    OTHER,
    fill,
    filtered,
    headers,
    keyring,
    later,
    write_keys,
)

CONFIG = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
[govern]
subject_searches_per_hour = 3
[forward]
relay = "127.0.0.1:2525"
tls = "none"
sender = "rufgate@gate.example.org"
[[analysts]]
name = "blue"
address = "blue@soc.example"
"""
RINGS = (keyring(1), keyring(2))


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    monkeypatch.setattr(gate, "now", lambda: later(5))
    make_keys(tmp_path / "var" / "keys")
    for ring in RINGS:
        write_keys(tmp_path / "var" / "keys", ring)
    file = tmp_path / "config" / "rufgate.toml"
    file.parent.mkdir(mode=0o700)
    file.write_text(CONFIG)
    file.chmod(0o600)
    return file


@pytest.fixture
def store(config: Path, tmp_path: Path) -> Any:
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    yield SimpleNamespace(engine=engine, reports=ReportStore(engine), outbox=Outbox(engine))
    engine.dispose()


@pytest.fixture
def subject(config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str, stdin: str | bytes = ADDRESS) -> tuple[int, str, str]:
        given = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main.run(["subject", *arguments, "--config", str(config)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def entries(store) -> list[tuple[str, str]]:
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT action, details FROM audit_entries")
        return [tuple(row) for row in rows if str(row[0]).startswith("subject")]


def test_find_says_what_is_held_and_nothing_of_others(subject, store):
    done = filtered(headers(To=f"{OTHER}, {ADDRESS}"), RINGS[0])
    store.reports.record(done)
    code, out, _ = subject("find", "--json")
    answer = json.loads(out)
    (held,) = answer["reports"]
    assert (code, answer["outcome"]) == (0, "1 report(s) found")
    assert held["report"] == str(done.report.id)
    assert (held["received_on"], held["about_domain"]) == ("2026-08-03", "example.org")
    assert held["roles"] == ["header To", "recipient"]
    assert {"class": "pseudonym", "until": "2027-01-30", "then": "delete"} in held["kept"]
    assert {copy["recipient"] for copy in held["copies"]} == {"blue", "red"}
    assert "to recognise, not to know" in answer["purposes"]["pseudonym"]
    assert any("free text" in limit for limit in answer["limits"])
    code, text, _ = subject("find")
    assert code == 0
    for line in ("as header To, recipient", "about domain:  example.org", "blue (pending)"):
        assert line in text
    for other in (*(str(token.digest) for token in done.report.tokens), "home.example", ADDRESS):
        assert other not in out + text


def test_erase_needs_a_yes_and_says_whom_to_ask(subject, store, tmp_path):
    ids = fill(store.reports, RINGS[0])
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'delivered' WHERE analyst = 'blue'")
    code, _, err = subject("erase")
    assert (code, store.reports.count()) == (64, len(ids))
    assert "--yes" in err
    code, out, _ = subject("erase", "--yes", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["erased_reports"] == len(ids) - 1 - len(NOT_KEPT)
    assert answer["ask_to_delete"] == [
        {"recipient": "blue", "delivered": len(ids) - 3, "being_sent": 0}
    ]
    assert (answer["files_searched"], answer["files_with_traces"]) == (True, [])
    assert store.reports.count() == 1 + len(NOT_KEPT)
    code, out, _ = subject("erase", "--yes")
    assert (code, out.splitlines()[0]) == (0, "nothing found.")
    assert "hold neither the address nor any of its pseudonyms" in out
    said = [action for action, _ in entries(store)]
    once = ["subject_asked", "subject_searched"]
    assert said == [*once, "subject_erased", *once]


def test_a_copy_being_sent_is_said_to_have_perhaps_gone_out(subject, store):
    store.reports.record(filtered(headers(From=ADDRESS), RINGS[1]))
    (taken,) = store.outbox.claim(later(5), lease=later(6) - later(5), limit=1)
    code, out, _ = subject("erase", "--yes")
    assert code == 0
    assert f"Ask {taken.analyst} to delete 0 delivered copies, 1 being sent" in out
    store.outbox.settle_delivered(taken.id, later(5))  # finds nothing to settle, and does not fail


@pytest.mark.parametrize("given", ["", "greta", "greta@", "a@b@c", "x" * 5000, b"\xff\xfe@x.y"])
def test_what_is_no_address_is_65_and_not_repeated(subject, store, given):
    code, out, err = subject("find", stdin=given)
    assert (code, out) == (65, "")
    assert "no mail address" in err
    assert "greta" not in err
    assert entries(store) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", ADDRESS),
        ("erase", "--yes", ADDRESS),
        (ADDRESS,),
        ("find", f"--address={ADDRESS}"),
        ("find", f"-{ADDRESS}"),
    ],
)
def test_an_address_as_an_argument_is_refused_and_not_repeated(subject, store, arguments):
    code, out, err = subject(*arguments)
    assert code == 64
    assert "never an argument" in err
    assert "greta" not in out + err
    assert entries(store) == []


def test_the_limit_counts_all_commands_and_says_when(subject, store, monkeypatch):
    for verb in (("find",), ("erase", "--yes"), ("find",)):
        assert subject(*verb)[0] == 0
    for verb in (("find",), ("erase", "--yes")):
        code, _, err = subject(*verb)
        assert code == 69
        assert "2026-08-08 10:00:00 UTC" in err
    assert [action for action, _ in entries(store)].count("subject_refused") == 2
    monkeypatch.setattr(gate, "now", lambda: later(5).replace(hour=10, second=1))
    assert subject("find")[0] == 0


def test_the_log_holds_counts_alone(subject, store):
    fill(store.reports, RINGS[0])
    subject("find")
    subject("erase", "--yes")
    assert all(
        set(json.loads(details)) <= {"count", "unknown", "held", "counts"}
        for _, details in entries(store)
    )


def test_a_role_address_stays_readable_and_is_found_and_erased(subject, store, tmp_path):
    role = "press@example.org"
    done = filtered(headers(From=role), RINGS[0], role_addresses=("press",))
    store.reports.record(done)
    store.reports.record(filtered(headers(From="my-press@example.org"), RINGS[0]))
    assert ("From", role) in [(str(h.name), str(h.value)) for h in done.report.headers]
    code, out, _ = subject("erase", "--yes", "--json", stdin=role)
    assert (code, json.loads(out)["erased_reports"]) == (0, 1)
    assert store.reports.count() == 1
    assert role.encode() not in (tmp_path / "var" / "rufgate.db").read_bytes()


def test_an_analyst_is_not_found_in_the_copies_that_are_addressed_to_them(subject, store):
    ids = fill(store.reports, RINGS[0])
    code, out, _ = subject("find", "--json", stdin="blue@soc.example")
    assert (code, json.loads(out)["reports"]) == (0, [])
    code, out, _ = subject("erase", "--yes", stdin="blue@soc.example")
    assert (code, store.reports.count()) == (0, len(ids))
    assert "one of this installation's own" in out


@pytest.mark.timeout(90)
def test_at_a_terminal_the_address_is_not_shown_and_a_no_erases_nothing(store, config):
    store.reports.record(filtered(headers(From=ADDRESS), RINGS[0]))
    program = [sys.executable, "-m", "rufgate", "subject", "erase", "--config", str(config)]
    for answer, left in ((b"n", 1), (b"y", 0)):
        master, slave = pty.openpty()
        run = subprocess.Popen(
            program, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        shown = _until(master, b"shown): ")  # echo is off from here on
        os.write(master, ADDRESS.encode() + b"\n")
        shown += _until(master, b"[y/N]")
        os.write(master, answer + b"\n")
        shown += _until(master, None)
        os.close(master)
        assert run.wait(60) == (130 if left else 0)
        assert b"Delete 1 report(s)" in shown
        assert b"greta" not in shown
        assert store.reports.count() == left


def _until(master: int, wanted: bytes | None) -> bytes:
    """What a terminal shows, up to ``wanted`` or to the end."""
    shown = b""
    while wanted is None or wanted not in shown:
        try:
            more = os.read(master, 4096)
        except OSError:  # the other end is closed
            more = b""
        if not more:
            break
        shown += more
    assert wanted is None or wanted in shown
    return shown
