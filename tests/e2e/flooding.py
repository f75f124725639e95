"""Hostile clients on raw sockets, a normal sender beside them, and the gate's memory.

In:  a running gate.
Out: replies to the hostile; answer times of the normal; the peak of the gate's own memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.e2e.gate import RECIPIENT, Gate
from tests.e2e.load import report

MIB = 1 << 20
TO_DATA = b"EHLO flood.example\r\nMAIL FROM:<>\r\nRCPT TO:<" + RECIPIENT.encode() + b">\r\nDATA\r\n"


class Poured(NamedTuple):
    """What the gate said, and whether it cut the connection off."""

    replies: list[str]
    cut_off: bool


def tell(figures: str) -> None:
    """For whoever runs with ``-rP``."""
    sys.stdout.write(figures + "\n")


def with_smtp_keys(gate: Gate, **keys: object) -> Gate:
    """The gate with more lines under ``[smtp]``; before it is started."""
    return with_keys(gate, "smtp", **keys)


def with_keys(gate: Gate, section: str, **keys: object) -> Gate:
    lines = f"[{section}]\n" + "".join(f"{key} = {json.dumps(keys[key])}\n" for key in keys)
    text = gate.config.read_text()
    there = f"[{section}]\n" in text
    text = text.replace(f"[{section}]\n", lines, 1) if there else text + lines
    gate.config.write_text(text)
    return gate


def open_socket(gate: Gate, source: str = "127.0.0.1") -> socket.socket:
    """A connection from ``source``: all of 127.0.0.0/8 is this machine."""
    return socket.create_connection(("127.0.0.1", gate.port), 60, source_address=(source, 0))


def pour(gate: Gate, start: bytes, chunk: bytes, total: int, end: bytes = b"") -> Poured:
    """Send ``start``, then ``total`` bytes of ``chunk``, and ``end``."""
    answers = bytearray()
    cut_off = threading.Event()
    with open_socket(gate) as sock:

        def read() -> None:
            try:
                while got := sock.recv(65_536):
                    answers.extend(got)
            except ConnectionResetError:  # there was more under way; the last reply may be lost
                cut_off.set()

        reading = threading.Thread(target=read, daemon=True)
        reading.start()
        try:
            sock.sendall(start)
            for _ in range(total // len(chunk)):
                sock.sendall(chunk)
            sock.sendall(end)
            sock.shutdown(socket.SHUT_WR)
        except OSError:
            cut_off.set()
        reading.join(60)
        assert not reading.is_alive(), "the gate neither answers nor closes"
    return Poured(bytes(answers).decode().splitlines(), cut_off.is_set())


def pour_all(flood: Callable[[], Poured], *, attackers: int, seconds: float) -> list[Poured]:
    """The same flood from several attackers, again and again until the time is over."""
    end = time.monotonic() + seconds

    def attack(_attacker: int) -> list[Poured]:
        poured = [flood()]
        while time.monotonic() < end:
            poured.append(flood())
        return poured

    with ThreadPoolExecutor(attackers) as pool:
        return [poured for many in pool.map(attack, range(attackers)) for poured in many]


class Crowd:
    """Clients that hold a connection each and do nothing, or a byte at a time."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._writers: list[asyncio.StreamWriter] = []
        self._dribbles: list[tuple[asyncio.StreamWriter, bytes]] = []

    @property
    def open(self) -> int:
        return sum(not writer.is_closing() for writer in self._writers)

    async def gather(self, number: int) -> None:
        """A quarter each: silent, in the middle of a command, in a row of them, in DATA."""
        for start in range(0, number, 100):
            await asyncio.gather(*(self._join(n) for n in range(start, min(number, start + 100))))

    async def _join(self, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._gate.port)
        assert (await reader.readline()).startswith(b"220")
        self._writers.append(writer)
        match number % 4:
            case 1:
                self._dribbles.append((writer, b"NOOP " + b"x" * 400))
            case 2:
                self._dribbles.append((writer, b"NOOP\r\n" * 60))
            case 3:
                writer.write(TO_DATA)
                await reader.readuntil(b"354")
                self._dribbles.append((writer, b"a line\r\n" * 100))

    async def dribble(self, seconds: float) -> None:
        """A byte each, half a second apart."""
        end = time.monotonic() + seconds
        turn = 0
        while time.monotonic() < end:
            for writer, text in self._dribbles:
                writer.write(text[turn : turn + 1])
            turn += 1
            await asyncio.sleep(0.5)

    def leave(self) -> None:
        for writer in self._writers:
            writer.close()


class Peak:
    """The gate's own process: memory at first, and the most since then, in MiB."""

    def __init__(self, gate: Gate) -> None:
        self._folder = Path(f"/proc/{gate.pid}")
        self.before = self._value("VmRSS")
        self._highest_before = self._value("VmHWM")
        self._samples = [self.before]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.02):
            with contextlib.suppress(OSError):
                self._samples.append(self._value("VmRSS"))

    def growth(self) -> float:
        """The highest peak since the start, by the kernel's own mark where it moved."""
        mark = self._value("VmHWM")
        return (mark if mark > self._highest_before else max(self._samples)) - self.before

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(5)

    def _value(self, name: str) -> float:
        status = (self._folder / "status").read_text()
        found = re.search(rf"^{name}:\s+(\d+) kB", status, re.M)
        assert found
        return int(found[1]) / 1024


class Normal:
    """Reporters that send one report after another, each in a session of its own."""

    def __init__(self, gate: Gate, *, senders: int = 2, pause_s: float = 0.05) -> None:
        self.seconds: list[float] = []
        self.refused: list[str] = []
        self._gate, self._pause = gate, pause_s
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(n,), daemon=True) for n in range(senders)
        ]

    def _run(self, sender: int) -> None:
        number = sender * 100_000
        while not self._stop.is_set():
            number += 1
            began = time.monotonic()
            try:
                reply = deliver(self._gate, report(number), f"127.77.{sender}.1")
            except OSError as error:
                reply = repr(error)
            self.seconds.append(time.monotonic() - began)
            if not reply.startswith("250"):
                self.refused.append(reply)
            self._stop.wait(self._pause)

    def told(self) -> str:
        return f"{len(self.seconds)} reports of others, p99 {self.p99():.2f} s"

    def p99(self) -> float:
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)]

    @contextlib.contextmanager
    def sending(self) -> Iterator[Normal]:
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join(120)


def deliver(gate: Gate, content: bytes, source: str, *, header: bytes = b"") -> str:
    """One report from ``source``, from the connection to the reply."""
    with open_socket(gate, source) as sock, sock.makefile("rb") as lines:

        def reply() -> str:
            while (line := lines.readline())[3:4] == b"-":
                pass
            return line.decode().strip()

        sock.sendall(header)
        greeting = reply()
        if not greeting.startswith("220"):
            return greeting
        for command in TO_DATA.split(b"\r\n")[:-1]:
            sock.sendall(command + b"\r\n")
            answer = reply()
            if answer[:1] not in "23":
                return answer
        sock.sendall(content.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n")
        return reply()


async def burst(gate: Gate, connections: int, *, at_once: int = 1000) -> list[bytes]:
    """Many connections as fast as they go; the first line that each was given."""
    gate_is_free = asyncio.Semaphore(at_once)
    done = asyncio.Event()
    left = connections

    async def one() -> bytes:
        nonlocal left
        async with gate_is_free:
            reader, writer = await asyncio.open_connection("127.0.0.1", gate.port)
            line = await asyncio.wait_for(reader.readline(), 60)
            left -= 1
        if left == 0:
            done.set()
        if line.startswith(b"220"):
            await done.wait()  # whoever is let in stays until all have tried
        writer.close()
        return line

    return await asyncio.gather(*(one() for _ in range(connections)))
