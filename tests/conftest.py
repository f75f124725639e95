"""For all tests: what one sets up for its whole process ends with it; a store on either engine.

A test that asks for ``store_url`` (or for a fixture that does) runs on SQLite and on PostgreSQL.
One that looks at the file (fixture ``path``) runs on SQLite alone. On PostgreSQL it is left to the
long tests, unless it is marked ``quick_on_both``.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import event
from sqlalchemy.pool import Pool

from rufgate.store import engine
from tests.postgres import NoServer, Server, make_server

_URLS = ("store_url", "module_store_url")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both engines, where the test can be run on both."""
    quick = metafunc.definition.get_closest_marker("quick_on_both")
    on_postgres = pytest.param("postgresql", marks=() if quick else pytest.mark.long)
    engines = ["sqlite"] if "path" in metafunc.fixturenames else ["sqlite", on_postgres]
    for url in _URLS:
        if url in metafunc.fixturenames:
            metafunc.parametrize(url, engines, indirect=True)


class _Template:
    """A store as ``open_store`` makes it, which takes as long as twenty migrations do, once."""

    def __init__(self) -> None:
        self.is_wanted = True
        self._real = engine._secure_file
        self._content = b""

    def secure_file(self, path: Path) -> None:
        """In place of the engine's: an empty file becomes a store at the newest schema."""
        self._real(path)
        if self.is_wanted and path.stat().st_size == 0:
            path.write_bytes(self._made())

    def _made(self) -> bytes:
        if not self._content:
            self.is_wanted = False
            with tempfile.TemporaryDirectory() as folder:
                engine.open_store(f"sqlite:///{folder}/template.db").dispose()
                self._content = Path(folder, "template.db").read_bytes()
            self.is_wanted = True
        return self._content


_template = _Template()


@pytest.fixture(autouse=True)
def new_stores_are_copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """But where migrations are what is tested."""
    if "migrates" not in request.keywords:
        monkeypatch.setattr(engine, "_secure_file", _template.secure_file)


_opened: list[Any] = []


@event.listens_for(Pool, "connect")
def _note(driver: Any, _record: object) -> None:
    if not isinstance(driver, sqlite3.Connection):
        _opened.append(driver)


@pytest.fixture(autouse=True)
def connections_are_closed() -> Iterator[None]:
    """Commands end with their process, and so do their connections; here they are run in ours.

    A pool that lives on makes new ones.
    """
    yield
    while _opened:
        _opened.pop().close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for this process's tests."""
    try:
        server = make_server()
    except NoServer as missing:
        pytest.skip(str(missing))
    yield server
    server.remove()


@pytest.fixture
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store of its own for this test."""
    yield from _urls(request, tmp_path)


@pytest.fixture(scope="module")
def module_store_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A store that the tests of a module share."""
    yield from _urls(request, tmp_path_factory.mktemp("store"))


def _urls(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'rufgate.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.database()
    yield url
    server.give_back(url)


@pytest.fixture(autouse=True)
def hooks_are_put_back() -> Iterator[None]:
    """``telemetry.configure`` takes over the hooks in which pytest would see a lost exception."""
    before = sys.excepthook, sys.unraisablehook, threading.excepthook, logging.raiseExceptions
    log = structlog.get_config()  # and its level: a later test reads what is logged
    yield
    structlog.configure(**log)
    sys.excepthook, sys.unraisablehook, threading.excepthook, logging.raiseExceptions = before
