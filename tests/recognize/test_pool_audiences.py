"""One message's copies may be for others than the analysts of the rules; the next one's are not."""

from __future__ import annotations

from uuid import uuid4

from rufgate.recognize.load import no_recognizer
from rufgate.recognize.pool import WorkerPool
from rufgate.sanitize.policy import Audience
from tests import reports
from tests.sanitize.sanitizing import ANALYST, message, rules

INTERNAL = (
    Audience(name="=a", address="a@gate.invalid"),
    Audience(name="=b", address="b@gate.invalid"),
)


async def test_given_audiences_stand_in_for_the_configured_ones_once():
    pool = WorkerPool(
        rules(ANALYST),
        processes=1,
        time_limit_s=20,
        memory_limit_mb=512,
        recognizer=no_recognizer,
    )
    await pool.start()
    try:
        own = await pool.sanitize(message(reports.report()), uuid4(), INTERNAL)
        other = await pool.sanitize(message(reports.report()), uuid4())
    finally:
        await pool.stop()
    assert [str(copy.analyst) for copy in own.copies] == ["=a", "=b"]
    assert [str(copy.analyst) for copy in other.copies] == [ANALYST.name]
