"""The floor of receiving in Python: aiosmtpd as it comes, which drops each message.

python -m bench.speed.servers.bare PORT
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from aiosmtpd.smtp import SMTP

SIZE_LIMIT = 32 * 1_048_576


class Drops:
    """A handler that keeps nothing."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ANN401, ARG002, N802 - aiosmtpd's hook
        return "250 2.0.0 dropped"


async def serve(handler: object, port: int) -> None:
    """Listen until the process is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="bare.example", loop=loop, data_size_limit=SIZE_LIMIT),
        "127.0.0.1",
        port,
        backlog=1024,
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Drops(), int(sys.argv[1])))
