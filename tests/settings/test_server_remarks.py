"""A store on a server: its driver, its password, its connection; nothing of a URL is quoted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rufgate.settings.load import load, load_with_warnings
from rufgate.settings.problems import ConfigError, Problem

Write = Callable[[str], Path]
MINIMAL = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
BY_SOCKET = "postgresql+psycopg://rufgate@/rufgate?host=/run/postgresql"
SECRET = "Xq7vB2-hush"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def said(path: Path) -> Problem:
    with pytest.raises(ConfigError) as caught:
        load(path)
    (problem,) = (p for p in caught.value.problems if p.key == "store.url")
    assert SECRET not in repr(caught.value.problems)
    return problem


def store(url: str) -> str:
    return f'{MINIMAL}[store]\nurl = "{url}"\n'


def warned(path: Path) -> list[str]:
    return [
        problem.message for problem in load_with_warnings(path)[1] if problem.key == "store.url"
    ]


def test_a_server_that_is_reached_by_its_socket_is_fine(written: Write) -> None:
    path = written(store(BY_SOCKET))
    assert load(path).store.url == BY_SOCKET
    assert warned(path) == []


def test_a_password_in_the_file_is_refused(written: Write) -> None:
    for url in (
        f"postgresql+psycopg://rufgate:{SECRET}@localhost/rufgate",
        f"postgresql+psycopg://rufgate@localhost/rufgate?password={SECRET}",
    ):
        problem = said(written(store(url)))
        assert "~/.pgpass" in problem.message
        assert problem.line == 4


def test_a_password_in_the_environment_is_not(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"postgresql+psycopg://rufgate:{SECRET}@localhost/rufgate"
    monkeypatch.setenv("RUFGATE_STORE__URL", url)
    assert load(written(MINIMAL)).store.url == url


@pytest.mark.parametrize("by_name", [True, False])
def test_a_password_file_that_others_can_read_is_refused(
    written: Write, home: Path, by_name: bool
) -> None:
    file = home / ("pass" if by_name else ".pgpass")
    file.write_text(f"*:*:*:*:{SECRET}\n")
    file.chmod(0o640)
    path = written(store(f"{BY_SOCKET}&passfile={file}" if by_name else BY_SOCKET))
    assert "chmod 600" in said(path).message
    file.chmod(0o600)
    assert load(path)
    if by_name:
        file.unlink()
        assert "is missing" in said(path).message


def test_without_the_driver_it_says_what_to_install(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'rufgate[postgres]'" in said(written(store(BY_SOCKET))).message


def test_another_machine_must_prove_who_it_is(written: Write) -> None:
    url = "postgresql+psycopg://rufgate@db.example.org/rufgate"
    assert "sslmode=verify-full" in warned(written(store(url)))[0]
    assert "sslmode=verify-full" in warned(written(store(f"{url}?sslmode=require")))[0]
    assert warned(written(store(f"{url}?sslmode=verify-full"))) == []
    assert warned(written(store("postgresql+psycopg://rufgate@127.0.0.1/rufgate"))) == []


def test_the_list_of_tombstones_may_be_another_database_and_not_the_stores(
    written: Write,
) -> None:
    other = BY_SOCKET.replace("/rufgate?", "/tombstones?")
    text = f'{store(BY_SOCKET)}tombstones = "{other}"\n'
    assert load(written(text)).store.tombstones == other
    for url, key in (
        (BY_SOCKET, "another database"),
        (other.replace("@", f":{SECRET}@"), "~/.pgpass"),
    ):
        with pytest.raises(ConfigError) as caught:
            load(written(f'{store(BY_SOCKET)}tombstones = "{url}"\n'))
        (problem,) = (p for p in caught.value.problems if p.key == "store.tombstones")
        assert key in problem.message
    with pytest.raises(ConfigError, match="write FILE or"):
        load(written(f'{MINIMAL}[store]\ntombstones = "sqlite:///var/list.db"\n'))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://rufgate@localhost/rufgate", "mysql://x/y", "postgresql+psycopg://localhost",
        f"postgresql+psycopg://a:{SECRET}@h:port/x", "postgresql+psycopg://[::1/x", "sqlite:///",
    ],
)  # fmt: skip
def test_what_is_no_url_of_a_store_is_refused(written: Write, url: str) -> None:
    assert "postgresql+psycopg://USER@HOST/DATABASE" in said(written(store(url))).message
