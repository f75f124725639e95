"""A real gate for tests: ``rufgate init`` and ``rufgate serve`` in a folder, and a loopback relay.

In:  an empty folder.
Out: a running process that is talked to by SMTP, its database, logs and outgoing mail.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import smtplib
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from rufgate.app import set_up

ROOT = Path(__file__).resolve().parents[2]
RECIPIENT = "dmarc-ruf@ruf.example.org"
_LISTENING = re.compile(rb"listening")
_PORT = re.compile(rb"""["']?port["']?\s*[=:]\s*["']?(\d+)|127\.0\.0\.1:(\d+)""")


class Sink:
    """The analysts' mail server: takes everything, remembers everything."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mails: list[tuple[str, bytes]] = []
        self._sessions: list[SMTP] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def start(self) -> None:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def hang_up(self) -> None:
        """End the connections that others keep; called in its loop."""
        for session in self._sessions:
            if session.transport is not None:
                session.transport.close()
        self._sessions.clear()

    def _session(self) -> SMTP:
        session = SMTP(self, hostname="soc.example.net", loop=self._loop)
        self._sessions.append(session)
        return session

    async def _listen(self) -> asyncio.Server:
        return await self._loop.create_server(
            self._session,
            "127.0.0.1",
            self.port,
        )

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's hook
        with self._lock:
            self._mails.append((envelope.rcpt_tos[0], bytes(envelope.content)))
        return "250 2.0.0 kept"

    def mails(self, recipient: str | None = None) -> list[bytes]:
        with self._lock:
            return [mail for to, mail in self._mails if recipient in (None, to)]


def wait_for(what: Callable[[], Any], *, seconds: float, every: float = 0.05) -> Any:
    """The first true answer of ``what``; ``AssertionError`` if there is none in time."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(every)


class Gate:
    """One installation in ``folder``. Analysts are (name, address, tier)."""

    def __init__(
        self,
        folder: Path,
        relay_port: int,
        *,
        analysts: Sequence[tuple[str, str, str]] = (("desk", "desk@soc.example.net", "text"),),
        store_tier: str = "headers",
        log_level: str = "debug",
        processes: int = 2,
        store_url: str | None = None,
    ) -> None:
        self.folder = folder
        self.config = folder / "config" / "rufgate.toml"
        self.database = folder / "var" / "rufgate.db"
        self.server_url = store_url if store_url and not store_url.startswith("sqlite") else None
        if store_url and self.server_url is None:
            self.database = Path(str(make_url(store_url).database))
        self.log = folder / "serve.log"
        self.temporary = folder / "tmp"
        self.port = 0
        self.program: tuple[str, ...] = ("rufgate",)  # a module and its arguments
        self._process: subprocess.Popen[bytes] | None = None
        set_up(folder)  # as `rufgate init` does, which has tests of its own
        self.temporary.mkdir(exist_ok=True)
        lines = [
            "[smtp]",
            'listen = "127.0.0.1:0"',
            'hostname = "gate.example.org"',
            f'recipients = ["{RECIPIENT}"]',
            "[web]",
            'listen = "off"',
            "[authenticity]",
            "check = false",
            "[workers]",
            f"processes = {processes}",
            "[policy]",
            f'store_tier = "{store_tier}"',
            "[forward]",
            f'relay = "127.0.0.1:{relay_port}"',
            'tls = "none"',
            'sender = "rufgate@gate.example.org"',
            "[log]",
            'format = "json"',
            f'level = "{log_level}"',
            "[limits]",  # a test sends more alike reports, and more at once, than a reporter does
            "storm_after = 0",
            "storm_rows_per_hour = 0",
            "storm_rows_per_sender = 0",
            "storm_megabytes_per_hour = 0",
            "messages_per_minute = 0",
            "messages_per_minute_per_network = 0",
            "messages_per_minute_per_reporter = 0",
            "[canary]",
            "every_minutes = 0",  # a test counts rows: the canary flies where it is asked to
        ]
        if store_url:
            lines += ["[store]", f'url = "{store_url}"']
        for name, address, tier in analysts:
            lines += [
                "[[analysts]]",
                f'name = "{name}"',
                f'address = "{address}"',
                f'tier = "{tier}"',
            ]
        self.config.write_text("\n".join(lines) + "\n")

    def command(
        self, *arguments: str, stdin: bytes = b"", expect: int | None = 0
    ) -> subprocess.CompletedProcess[bytes]:
        """One run of the command line; its exit code is checked unless ``expect`` is None."""
        done = subprocess.run(
            [sys.executable, "-m", "rufgate", *arguments],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            timeout=120,
            check=False,
        )
        if expect is not None:
            assert done.returncode == expect, done.stderr.decode(errors="replace")[-2000:]
        return done

    def start(self) -> None:
        """Start ``serve`` in a process group of its own, and wait until it listens."""
        start_of_log = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self.program, "serve", "--config", str(self.config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env={**os.environ, "TMPDIR": str(self.temporary)},
                start_new_session=True,
            )

        def listening() -> int | None:
            assert self.running, self.log.read_text(errors="replace")[-3000:]
            return _port_of(self.log.read_bytes()[start_of_log:])

        self.port = wait_for(listening, seconds=90)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """``kill -9`` of the whole process group."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(30)

    def wait_gone(self, seconds: float) -> bool:
        """Whether the gate ended by itself in that time."""
        assert self._process is not None
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def terminate(self, *, seconds: float = 60) -> int:
        """SIGTERM to the server alone, as systemd's ``KillMode=mixed`` does; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def client(self, *, timeout: float = 60) -> smtplib.SMTP:
        return smtplib.SMTP(
            "127.0.0.1", self.port, local_hostname="mx.receiver.example", timeout=timeout
        )

    def send(
        self, content: bytes, *, mail_from: str = "", connection: smtplib.SMTP | None = None
    ) -> tuple[int, bytes]:
        """One mail; the code and text of the answer to DATA."""
        if connection is not None:
            return _transaction(connection, content, mail_from)
        with self.client() as fresh:
            return _transaction(fresh, content, mail_from)

    def reports(self) -> list[dict[str, Any]]:
        """``rufgate reports list --json``."""
        done = self.command("reports", "list", "--json", "--config", str(self.config))
        listed = json.loads(done.stdout)
        assert isinstance(listed, list)
        return listed

    def reports_in_database(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT id, kind, reason, reported_domain, seen FROM reports")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """A read-only look into the database."""
        if self.server_url:
            return _rows_on_server(self.server_url, query)
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return db.execute(query).fetchall()

    def wait_delivered(self, *, seconds: float = 60) -> None:
        """Until no copy waits in the outbox."""
        wait_for(lambda: self.rows(WAITING)[0][0] == 0, seconds=seconds)


def _rows_on_server(url: str, query: str) -> list[tuple[Any, ...]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


WAITING = "SELECT count(*) FROM outbox WHERE content IS NOT NULL"


def _port_of(log: bytes) -> int | None:
    for line in log.splitlines():
        if _LISTENING.search(line):
            match = _PORT.search(line)
            if match:
                return int(match[1] or match[2])
    return None


def _transaction(smtp: smtplib.SMTP, content: bytes, mail_from: str) -> tuple[int, bytes]:
    """MAIL, RCPT and DATA by hand: ``sendmail`` would hide which command was refused."""
    smtp.ehlo_or_helo_if_needed()
    smtp.rset()
    for code, said in (smtp.mail(mail_from), smtp.rcpt(RECIPIENT)):
        if code >= 400:
            return code, said
    try:
        return smtp.data(content)
    except smtplib.SMTPDataError as refused:
        return int(refused.smtp_code), bytes(refused.smtp_error or b"")


def tree(pid: int) -> Iterator[int]:
    """``pid`` and all its descendants."""
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def processor_s(pid: int) -> float:
    """Processor time that the process tree has used, with that of children that ended."""
    ticks = 0
    for member in tree(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime: proc(5)
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Proportional memory of the process tree, in MB."""
    total = 0
    for member in tree(pid):
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])  # type: ignore[index]  # the kernel always writes it
    return total / 1024
