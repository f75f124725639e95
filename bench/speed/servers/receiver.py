"""The gate's own SMTP server alone: each message is taken whole and answered, and nothing is done.

python -m bench.speed.servers.receiver PORT
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from structlog import get_logger

from bench.speed.client import RCPT_TO
from rufgate.receive.limits import SessionLimits
from rufgate.receive.replies import Reply
from rufgate.receive.smtp_server import Gate, GateSettings
from rufgate.sanitize.raw import RawMessage


async def _drop(_: RawMessage) -> Reply:
    return Reply.OK


async def serve(port: int) -> None:
    settings = GateSettings(
        hostname="receiver.example", recipients=(RCPT_TO,), limits=SessionLimits()
    )
    gate = Gate(settings, accept=_drop, clock=lambda: datetime.now(UTC), log=get_logger())
    await gate.start("127.0.0.1", port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
