"""``rufgate tokens`` and ``approve``, and the verbs that wait for a second person."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.sanitize.pseudonym import Keyring
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests import reports
from tests.sanitize.sanitizing import done, rules

ADDRESS = "ada.whitcombe@home.example"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    keys = tmp_path / "var" / "keys"
    make_keys(keys)
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "config" / "rufgate.toml").write_text(
        '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n[govern]\nsecond_approval = true\n'
    )
    epoch, fingerprint, loop = (
        bytes.fromhex((keys / name).read_text()) for name in ("epoch-1", "fingerprint", "loop")
    )
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    ring = Keyring(1, epoch, fingerprint, loop)
    ReportStore(engine).record(done(reports.report(), rules(keyring=ring)))
    engine.dispose()
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(*arguments: str, stdin: str = "") -> SimpleNamespace:
        given = SimpleNamespace(buffer=io.BytesIO(stdin.encode()), isatty=lambda: False)
        monkeypatch.setattr(sys, "stdin", given)
        code = main.run([*arguments, "--config", str(folder / "config" / "rufgate.toml")])
        printed = capsys.readouterr()
        return SimpleNamespace(code=code, out=printed.out, err=printed.err)

    return run


def token(run: Any, folder: Path, name: str, role: str) -> str:
    made = json.loads(run("tokens", "create", "--name", name, "--role", role, "--json").out)
    file = folder / name
    file.write_text(made["token"] + "\n")
    file.chmod(0o600)
    return str(file)


def request_in(err: str) -> str:
    return err.split("approve grant ")[1].split("`", maxsplit=1)[0]


def test_erasure_waits_for_another_person_and_happens_once(run, folder):
    one = token(run, folder, "one", "privacy-officer")
    other = token(run, folder, "other", "privacy-officer")
    asked = run("subject", "erase", "--yes", "--token-file", one, stdin=ADDRESS)
    assert asked.code == 69
    assert "nothing was done" in asked.err
    assert len(json.loads(run("reports", "list", "--json").out)) == 1
    request = request_in(asked.err)
    refused = run("approve", "grant", request, "--token-file", one)
    assert (refused.code, "another person" in refused.err) == (65, True)
    assert run("approve", "grant", request, "--token-file", other).code == 0
    done_ = run("subject", "erase", "--yes", "--token-file", one, stdin=ADDRESS)
    assert done_.code == 0
    assert json.loads(run("reports", "list", "--json").out) == []


def test_a_search_shows_nothing_before_it_is_approved(run, folder):
    one = token(run, folder, "one", "privacy-officer")
    other = token(run, folder, "other", "privacy-officer")
    asked = run("subject", "find", "--token-file", one, stdin=ADDRESS)
    assert (asked.code, asked.out) == (69, "")
    run("approve", "grant", request_in(asked.err), "--token-file", other)
    found = run("subject", "find", "--token-file", one, stdin=ADDRESS)
    assert (found.code, "1 report(s) found" in found.out) == (0, True)


@pytest.mark.parametrize("role", ["analyst", "postmaster"])
def test_the_verbs_need_the_privacy_officers_role(run, folder, role):
    file = token(run, folder, "one", role)
    denied = run("subject", "find", "--token-file", file, stdin=ADDRESS)
    assert (denied.code, denied.out) == (65, "")
    assert f"the role {role} may not" in denied.err
    asked = run("subject", "find", "--token-file",
                token(run, folder, "two", "privacy-officer"), stdin=ADDRESS)  # fmt: skip
    granting = run("approve", "grant", request_in(asked.err), "--token-file", file)
    assert granting.code == 65


def test_the_destruction_of_a_key_waits_too(run, folder):
    run("keys", "rotate")
    one = token(run, folder, "one", "privacy-officer")
    other = token(run, folder, "other", "privacy-officer")
    asked = run("keys", "destroy", "1", "--yes", "--token-file", one)
    assert asked.code == 69
    assert (folder / "var" / "keys" / "epoch-1").exists()
    run("approve", "grant", request_in(asked.err), "--token-file", other)
    assert run("keys", "destroy", "1", "--yes", "--token-file", one).code == 0
    assert not (folder / "var" / "keys" / "epoch-1").exists()


def test_without_a_token_or_with_an_open_file_nothing_is_done(run, folder):
    none = run("subject", "find", stdin=ADDRESS)
    assert (none.code, "--token-file" in none.err) == (64, True)
    file = Path(token(run, folder, "one", "privacy-officer"))
    file.chmod(0o644)
    opened = run("subject", "find", "--token-file", str(file), stdin=ADDRESS)
    assert (opened.code, "chmod 600" in opened.err) == (65, True)
    file.chmod(0o600)
    file.write_text("rg1_aaaaaaaaaa_" + "A" * 43)
    wrong = run("subject", "find", "--token-file", str(file), stdin=ADDRESS)
    assert (wrong.code, "not valid" in wrong.err) == (65, True)


def test_tokens_are_shown_once_and_listed_without(run, folder):
    made = run("tokens", "create", "--name", "desk", "--role", "analyst",
               "--domain", "Example.org", "--days", "5")  # fmt: skip
    text = made.out.strip()
    assert text.startswith("rg1_")
    listed = run("tokens", "list", "--json")
    (row,) = json.loads(listed.out)
    assert (row["name"], row["role"], row["domains"], row["state"]) == (
        "desk", "analyst", ["example.org"], "valid",
    )  # fmt: skip
    assert text not in listed.out + run("audit", "list", "--json").out
    assert run("tokens", "revoke", row["id"]).code == 0
    assert json.loads(run("tokens", "list", "--json").out)[0]["state"] == "revoked"
    assert run("tokens", "revoke", row["id"]).code == 65


@pytest.mark.parametrize(
    "wrong",
    [("--name", "a@b.example"), ("--name", "x" * 65), ("--days", "0"), ("--domain", "no domain")],
)
def test_a_wrong_token_is_64(run, wrong):
    given = {"--name": "desk", "--role": "analyst"} | dict([wrong])
    code = run("tokens", "create", *(part for pair in given.items() for part in pair)).code
    assert code == 64


def test_two_tokens_of_one_person_are_not_two_persons(run, folder):
    one = token(run, folder, "desk", "privacy-officer")
    asked = run("subject", "find", "--token-file", one, stdin=ADDRESS)
    other = token(run, folder, "Desk", "privacy-officer")
    granting = run("approve", "grant", request_in(asked.err), "--token-file", other)
    assert (granting.code, "another person" in granting.err) == (65, True)


def test_a_token_for_some_domains_reaches_no_verb_about_all(run, folder):
    made = run("tokens", "create", "--name", "one", "--role", "privacy-officer",
               "--domain", "example.org")  # fmt: skip
    file = folder / "limited"
    file.write_text(made.out)
    file.chmod(0o600)
    denied = run("subject", "find", "--token-file", str(file), stdin=ADDRESS)
    assert (denied.code, "some domains" in denied.err) == (65, True)


def test_a_login_at_the_proxy_is_let_in_without_a_token_and_kept_as_a_digest(run, folder):
    create = ("tokens", "create", "--name", "desk-1", "--role", "analyst", "--sign-in")
    made = run(*create, "ada@corp.example", "--domain", "example.org", "--days", "30", "--json")
    row = json.loads(made.out)
    assert (made.code, row["sign_in"], row["domains"]) == (0, "proxy", ["example.org"])
    assert "token" not in row
    again = run(*create, "ada@corp.example")
    assert (again.code, f"tokens revoke {row['id']}" in again.err) == (65, True)
    for wrong in ("", "a b", "a,b", "a;b", "\u00e4", "x" * 129):
        assert run(*create, wrong).code == 64
    held = b"".join(file.read_bytes() for file in (folder / "var").glob("rufgate.db*"))
    assert b"corp.example" not in held
    assert run("tokens", "revoke", row["id"]).code == 0
    told = run(*create, "ada@corp.example")
    assert (told.code, "whom the proxy names so is analyst" in told.out) == (0, True)
