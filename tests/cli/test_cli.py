"""The command line, and ``serve`` as a process: exit codes, where output goes, JSON shapes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from rufgate.cli import main
from tests.cli.here import run_here

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    environment = {key: v for key, v in os.environ.items() if not key.startswith("RUFGATE_")}
    environment["PYTHONPATH"] = str(ROOT)

    def run_it(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        if "serve" not in arguments:
            done = run_here(tmp_path, *arguments, environment=more)
            out, err = done.stdout.decode(), done.stderr.decode()
            return subprocess.CompletedProcess(done.args, done.returncode, out, err)
        return subprocess.run(
            [sys.executable, "-m", "rufgate", *arguments],
            cwd=tmp_path,
            env={**environment, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run_it


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("foo",),
        ("--foo",),
        ("reports",),
        ("reports", "show", "no-uuid"),
        ("outbox", "drop"),
        ("sanitize",),
    ],
)
def test_a_wrong_command_line_is_64(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(list(arguments)) == 64
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err


@pytest.mark.parametrize(
    "verb",
    [
        ("init",), ("serve",), ("demo",), ("sanitize",), ("check",), ("reports", "list"),
        ("reports", "show"), ("outbox", "list"), ("outbox", "retry"), ("outbox", "drop"),
        ("policy", "test"),
    ],
)  # fmt: skip
def test_each_verb_explains_itself_with_an_example(
    verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run([*verb, "--help"]) == 0
    printed = capsys.readouterr().out
    assert "Example" in printed
    assert "--demo-sink" not in printed


def test_init_makes_what_check_accepts_and_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    assert run("init").returncode == 0
    file = tmp_path / "config" / "rufgate.toml"
    file.write_text(file.read_text() + "# mine\n")
    again = run("init")
    assert "already" in again.stdout
    assert file.read_text().endswith("# mine\n")
    check = run("check", "--json")
    assert check.returncode == 0
    assert {problem["level"] for problem in json.loads(check.stdout)} == {"warning"}


def test_nobody_else_can_write_what_init_makes(run: Run, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert run("init").returncode == 0
    finally:
        os.umask(before)
    made = list(tmp_path.rglob("*"))
    assert tmp_path / "config" / "rufgate.toml" in made
    assert [path for path in made if path.stat().st_mode & 0o022] == []


def test_check_names_file_line_and_key(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text('[smtp]\nrecipients = ["a@ruf.example.org"]\n[forward]\ntls = "maybe"\n')
    result = run("check", "--config", str(path), "--json")
    assert result.returncode == 78
    (problem,) = json.loads(result.stdout)
    assert (problem["file"], problem["line"], problem["key"]) == (str(path), 4, "forward.tls")
    table = run("check", RUFGATE_CONFIG=str(path))
    assert table.returncode == 78
    assert "forward.tls" in table.stdout


def test_without_keys_check_and_serve_name_init(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "var" / "keys" / "loop").unlink()
    for verb in ("check", "serve"):
        result = run(verb)
        assert result.returncode == 78
        assert "rufgate init" in " ".join((result.stdout + result.stderr).split())


@pytest.mark.parametrize("verb", [("serve",), ("reports", "list"), ("outbox", "list"), ("check",)])
def test_without_a_configuration_the_code_is_78(run: Run, verb: tuple[str, ...]) -> None:
    result = run(*verb)
    assert result.returncode == 78
    assert "Traceback" not in result.stderr


def test_a_port_in_use_is_69_and_says_which(run: Run) -> None:
    run("init")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        result = run(
            "serve",
            RUFGATE_SMTP__LISTEN=address,
            RUFGATE_POLICY__STORE_TIER="metadata",
            RUFGATE_WEB__LISTEN="off",
        )
    assert result.returncode == 69
    assert f"port {address.rpartition(':')[2]} (Address already in use)" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_certificate_that_is_none_is_78(run: Run, tmp_path: Path) -> None:
    run("init")
    certificate, key = tmp_path / "gate.pem", tmp_path / "gate.key"
    for file in (certificate, key):
        file.write_text("this is no PEM\n")
        file.chmod(0o600)
    result = run(
        "serve",
        RUFGATE_SMTP__TLS_CERTIFICATE=str(certificate),
        RUFGATE_SMTP__TLS_KEY=str(key),
        RUFGATE_SMTP__LISTEN="127.0.0.1:0",
        RUFGATE_WEB__LISTEN="off",
        RUFGATE_POLICY__STORE_TIER="metadata",
    )
    assert result.returncode == 78
    assert "tls_certificate" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_empty_store_lists_nothing(run: Run) -> None:
    run("init")
    assert json.loads(run("reports", "list", "--json").stdout) == []
    assert json.loads(run("outbox", "list", "--json").stdout) == []
    assert run("reports", "show", str(uuid4())).returncode == 65
    assert run("outbox", "retry", str(uuid4())).returncode == 65


def test_a_store_that_cannot_be_opened_is_69(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "file").write_text("")
    result = run("reports", "list", RUFGATE_STORE__URL="sqlite:///file/below.db")
    assert result.returncode == 69
    assert "Traceback" not in result.stderr


def test_the_process_ends_with_the_code_of_the_verb(run: Run) -> None:
    assert run("foo").returncode == 64


def test_a_missing_input_is_a_usage_error(run: Run) -> None:
    assert run("sanitize", "absent.eml").returncode == 64
