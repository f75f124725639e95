"""A PostgreSQL server for one measurement, with what its statistics say.

In:  the programs of Debian's ``postgresql``, or those of the path; ``psycopg``.
Out: a URL of an empty database; transactions, and time spent waiting for locks.
FAILS: ``CannotMeasure`` says what to install.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench.speed.processes import CannotMeasure, processor_s

_START_S: Final = 60
_LOOK_S: Final = 0.01
_SETTINGS: Final = ("listen_addresses=", "max_connections=120", "shared_buffers=128MB", "jit=off")
_WAITING: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    " AND application_name = 'rufgate'"
)
_COMMITS: Final = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"


class Server:
    """One that runs, durable as it comes."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder, self._process = folder, process
        self.url = f"postgresql+psycopg://rufgate@/postgres?host={folder}"

    def processor_s(self) -> float:
        return processor_s(self._process.pid)

    def connect(self) -> Any:  # noqa: ANN401 - psycopg is optional
        import psycopg  # noqa: PLC0415 - see above

        return psycopg.connect(
            host=str(self.folder), user="rufgate", dbname="postgres", autocommit=True
        )

    def commits(self) -> int:
        with self.connect() as connection:
            return int(connection.execute(_COMMITS).fetchone()[0])


class LockWaits:
    """Seconds in which somebody waited for a lock of another while the block ran."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.seconds = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> LockWaits:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        """Each look stands for the time since the one before."""
        with self._server.connect() as connection:
            last = time.monotonic()
            while not self._over.wait(_LOOK_S):
                waiting = connection.execute(_WAITING).fetchone()[0]
                now = time.monotonic()
                self.seconds += now - last if waiting else 0
                last = now


@contextmanager
def server() -> Iterator[Server]:
    """A server in a folder of its own; both are gone at the end."""
    programs, account = _programs(), _account()
    with tempfile.TemporaryDirectory(prefix="rufgate-pg-") as name:
        folder = Path(name)  # near the root: a socket's path is short
        if account:
            os.chown(folder, account["user"], account["group"])
        made = [programs / "initdb", "-D", folder / "data", "-U", "rufgate", "--auth=trust"]
        subprocess.run(
            [*made, "--encoding=UTF8", "--locale=C.UTF-8"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **account,
        )  # fmt: skip
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder]
            + [f"-c{setting}" for setting in _SETTINGS],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd="/", **account,
        )  # fmt: skip
        try:
            yield _ready(Server(folder, process))
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown
            process.wait(_START_S)


def _ready(made: Server) -> Server:
    end = time.monotonic() + _START_S
    while True:
        try:
            made.connect().close()
        except ImportError:
            raise CannotMeasure(
                "psycopg is not installed: pip install 'rufgate[postgres]'"
            ) from None
        except Exception as error:  # noqa: BLE001 - any of the driver's: it is not up yet
            if time.monotonic() > end:
                raise CannotMeasure(f"PostgreSQL does not start: {type(error).__name__}") from None
            time.sleep(0.05)
        else:
            return made


def _programs() -> Path:
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    newest = sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    for folder in (*newest, *on_path):
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder
    raise CannotMeasure("there is no PostgreSQL server here: install Debian's postgresql")


def _account() -> dict[str, Any]:
    """Who runs it: it refuses to be run by root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise CannotMeasure("PostgreSQL refuses root, and there is no user postgres or nobody")
