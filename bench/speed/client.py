"""The load: many SMTP sessions in one process, in a closed or an open loop.

    python -m bench.speed.client PORT '{"count": 60, "sessions": 8, "shape": {"seed": 7}}'

In:  ``Load``: which reports, how many sessions, at which rate.
Out: one line of JSON: ``Outcome``.

Closed loop: each session sends the next report when the last was answered; the time of a message
runs from its MAIL to the answer after its data. Open loop (``rate``): reports are due at fixed
times, whether or not a session is free, and the time runs from when one was due: a server that
stalls cannot hide it. Connecting and making reports is no part of the times.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from bench.speed.generate import Shape, report

MAIL_FROM: Final = "noreply-dmarc@reporter.example"
RCPT_TO: Final = "ruf@ruf.example"
_END: Final = b".\r\n"
_TIMEOUT_S: Final = 90


@dataclass(frozen=True, kw_only=True)
class Load:
    """What is sent, and how."""

    count: int
    sessions: int = 8
    distinct: int = 0  # so many different reports, in turn; 0: all differ
    start: int = 0  # number of the first report
    rate: float = 0.0  # a second, in an open loop; 0: closed
    seconds: float = 20.0  # no report is begun after that
    shape: Shape = field(default_factory=Shape)

    def salted(self, salt: int, turn: int) -> Load:
        """The same with reports that no other turn has sent."""
        shape = replace(self.shape, seed=self.shape.seed + 1000 * salt + turn)
        return replace(self, start=100_000 * salt + 10_000 * turn, shape=shape)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came back. Times in seconds."""

    accepted: int
    refused: Mapping[str, int]  # stage and code, or what went wrong
    seconds: float
    p50: float
    p99: float
    size: int  # bytes of a message, on average

    @property
    def per_second(self) -> float:
        return self.accepted / self.seconds if self.seconds else 0.0


def load_from(values: Mapping[str, Any]) -> Load:
    """The ``Load`` of JSON."""
    return Load(**{**values, "shape": Shape(**values.get("shape", {}))})


def reports(load: Load) -> list[bytes]:
    """What goes over the wire: dot-stuffed (RFC 5321 section 4.5.2), with its end."""
    count = min(load.count, load.distinct or load.count)
    return [_stuffed(report(load.start + number, load.shape)) for number in range(count)]


def _stuffed(content: bytes) -> bytes:
    return (b"\r\n" + content).replace(b"\r\n.", b"\r\n..")[2:] + _END


class Refused(Exception):  # noqa: N818 - says what happened
    """An answer that is none of success; the message is stage and code."""


class _Run:
    """One load under way."""

    def __init__(self, load: Load, messages: Sequence[bytes], port: int) -> None:
        self._load, self._messages, self._port = load, messages, port
        self._next = 0
        self._began = 0.0
        self.times: list[float] = []
        self.refused: Counter[str] = Counter()

    async def run(self) -> float:
        """The seconds from the first report to the last answer."""
        sessions = [_Session() for _ in range(min(self._load.sessions, self._load.count))]
        await asyncio.gather(*(session.open(self._port) for session in sessions))
        self._began = time.perf_counter()
        await asyncio.gather(*map(self._work, sessions))
        seconds = time.perf_counter() - self._began
        for session in sessions:
            session.close()
        return seconds

    async def _work(self, session: _Session) -> None:
        while (due := self._take()) is not None:
            number, at = due
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            began = at if self._load.rate else time.perf_counter()
            try:
                async with asyncio.timeout(_TIMEOUT_S):
                    await session.send(self._messages[number % len(self._messages)])
            except Refused as answer:
                self.refused[str(answer)] += 1
            except (OSError, EOFError, TimeoutError) as error:
                self.refused[type(error).__name__] += 1
                return  # the session is of no more use
            else:
                self.times.append(time.perf_counter() - began)

    def _take(self) -> tuple[int, float] | None:
        """The next report and when it is due."""
        number, now = self._next, time.perf_counter()
        if number >= self._load.count or now > self._began + self._load.seconds:
            return None
        self._next += 1
        return number, self._began + number / self._load.rate if self._load.rate else now


class _Session(asyncio.Protocol):
    """One SMTP session. A protocol and no streams: the client shares the cores with the server."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._answer: asyncio.Future[bytes] | None = None

    async def open(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        self._answer = loop.create_future()
        await loop.create_connection(lambda: self, "127.0.0.1", port)
        await self._expect("greeting", b"2")
        await self._say("EHLO", b"EHLO load.example\r\n", b"2")

    async def send(self, message: bytes) -> None:
        try:
            await self._say("MAIL", f"MAIL FROM:<{MAIL_FROM}>\r\n".encode(), b"2")
            await self._say("RCPT", f"RCPT TO:<{RCPT_TO}>\r\n".encode(), b"2")
            await self._say("DATA", b"DATA\r\n", b"3")
            await self._say("end of data", message, b"2")
        except Refused:
            await self._say("RSET", b"RSET\r\n", b"2")
            raise

    async def _say(self, stage: str, line: bytes, wanted: bytes) -> None:
        if self._transport is None:
            raise EOFError
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(line)
        await self._expect(stage, wanted)

    async def _expect(self, stage: str, wanted: bytes) -> None:
        if self._answer is None:
            raise EOFError
        line = await self._answer
        if not line.startswith(wanted):
            raise Refused(f"{stage} {line[:3].decode('latin-1')}")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\n" in self._received:
            line, _, self._received = self._received.partition(b"\n")
            is_last = line[3:4] != b"-"
            if is_last and self._answer is not None and not self._answer.done():
                self._answer.set_result(line)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or EOFError())

    def close(self) -> None:
        if self._transport is not None:
            self._transport.write(b"QUIT\r\n")
            self._transport.close()


def send(port: int, load: Load) -> Outcome:
    """Send ``load`` to ``port`` of this machine."""
    messages = reports(load)
    run = _Run(load, messages, port)
    seconds = asyncio.run(run.run())
    size = sum(map(len, messages)) // len(messages)
    return Outcome(
        accepted=len(run.times),
        refused=dict(run.refused),  # ``asdict`` makes nonsense of a Counter
        seconds=seconds,
        p50=percentile(run.times, 50),
        p99=percentile(run.times, 99),
        size=size,
    )


def percentile(values: Sequence[float], share: int) -> float:
    """The value that ``share`` percent are not above; NaN of nothing."""
    if not values:
        return float("nan")
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]


def main() -> None:
    port, load = int(sys.argv[1]), load_from(json.loads(sys.argv[2]))
    print(json.dumps(asdict(send(port, load))))


if __name__ == "__main__":
    main()
