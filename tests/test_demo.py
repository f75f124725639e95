"""The demonstration says what happened, over real sockets; the whole gate is in ``e2e``."""

from __future__ import annotations

from contextlib import asynccontextmanager

from rufgate.demo import RECIPIENT, REPORTS, LoopbackSink, run
from rufgate.sanitize.sanitized import Kind
from tests.sanitize.sanitizing import row


class Refusing(LoopbackSink):
    """A server that takes nothing."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's hook
        return "451 4.3.0 Temporary trouble here, try again later"


@asynccontextmanager
async def listening(server: LoopbackSink):
    port = await server.start()
    try:
        yield port
    finally:
        await server.stop()


async def test_each_report_is_shown_before_and_after(tmp_path):
    said: list[str] = []
    sink = LoopbackSink(tmp_path / "out", said.append)
    async with listening(sink) as port:
        assert await run(port, sink, said.append, wait_s=5)
    text = "\n".join(said)
    assert text.count("--- before:") == text.count("--- after:") == len(REPORTS)
    written = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in written] == [f"{n:04d}.eml" for n in range(1, len(REPORTS) + 1)]
    assert [file.read_bytes() for file in written] == [report.wire() for report in REPORTS]
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    for file in written:
        assert f"copy delivered: {file}" in text


async def test_a_refused_report_is_said_and_ends_it():
    said: list[str] = []
    gate, sink = Refusing(), LoopbackSink()
    async with listening(gate) as port, listening(sink):
        assert not await run(port, sink, said.append, wait_s=5)
    assert "did not take the report" in said[-1]


async def test_a_copy_that_does_not_come_is_said_and_ends_it():
    said: list[str] = []
    gate, sink = LoopbackSink(), LoopbackSink()
    async with listening(gate) as port, listening(sink):
        assert not await run(port, sink, said.append, wait_s=0.05)
    assert said[-1] == "--- no copy arrived at the sink in time ---"


def test_the_built_in_reports_are_failure_reports():
    for report in REPORTS:
        assert f"To: {RECIPIENT}\r\n".encode() in report.wire()
        assert b"\n" not in report.wire().replace(b"\r\n", b"")
        assert row(report.wire()).kind is Kind.AUTH_FAILURE, report.title
