"""A report's own signatures, verified by real workers, whatever became of the first run."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import dkim
import pool_runs
import pytest

from rufgate.recognize.load import no_recognizer
from rufgate.recognize.pool import Steps, WorkerPool
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import Reason, Sanitized
from rufgate.sanitize.verdicts import DkimResult
from tests.recognize.test_signatures import KEY, MAIL, PRIVATE
from tests.sanitize.sanitizing import rules

SIGNED = dkim.sign(MAIL, b"s1", b"reporter.example", PRIVATE) + MAIL


@pytest.mark.parametrize(("content", "result"), [(SIGNED, "pass"), (MAIL, "neutral")])
async def test_a_report_whose_first_run_was_too_slow_keeps_its_reporter(
    content: bytes, result: str
) -> None:
    """Who wrote the reported mail decides how slow that run is."""
    pool = WorkerPool(
        rules(),
        processes=1,
        time_limit_s=1.5,
        memory_limit_mb=512,
        recognizer=no_recognizer,
        steps=Steps(run=pool_runs.run_slow_at_first),
    )
    await pool.start()
    message = RawMessage(bytearray(content), received_at=datetime(2026, 11, 3, tzinfo=UTC))
    try:
        found = await pool.sanitize(message, uuid4(), dkim_keys=(KEY,))
    finally:
        await pool.stop()
    assert isinstance(found, Sanitized)
    assert found.report.reason is Reason.TIME_LIMIT
    assert found.signatures == (DkimResult(result),)
