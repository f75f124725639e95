"""Mail to postmaster is passed on to a human inside the session, as it is.

In:  the content and the envelope sender; ``pass_on``, which hands both to the relay.
Out: the reply that the relay's answer stands for.
SECURITY: the mail is somebody's letter. It is not parsed beyond counting trace fields, and neither
     stored nor logged. A trace field is put in front, as RFC 5321 section 4.4 asks of every relay.
FAILS: never; what goes wrong with the relay is 451.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from rufgate.receive.replies import Reply

PassOn = Callable[[bytes, str], Awaitable[Reply]]
"""(content with CR LF line ends, envelope sender) -> the relay's answer."""

MAX_RECEIVED: Final = 50
_HEADER_LIMIT: Final = 1_048_576
_RECEIVED: Final = re.compile(rb"^received[ \t]*:", re.IGNORECASE | re.MULTILINE)


def loops(content: bytes | bytearray) -> bool:
    """More than 50 ``Received`` in the header: it goes round in circles (RFC 5321 section 6.3)."""
    end = content.find(b"\r\n\r\n", 0, _HEADER_LIMIT)
    header = content[: end + 2 if end >= 0 else _HEADER_LIMIT]
    return sum(1 for _ in _RECEIVED.finditer(header)) > MAX_RECEIVED


def with_trace(content: bytes | bytearray, *, hostname: str, now: datetime) -> bytes:
    """The content behind a trace field of ours. The client is left out: its address is personal."""
    field = f"Received: by {hostname} with ESMTP; {format_datetime(now)}\r\n"
    return field.encode("ascii", "replace") + content


async def pass_to_human(
    pass_on: PassOn, content: bytes | bytearray, *, sender: str, hostname: str, now: datetime
) -> Reply:
    """Hand one mail to the relay; its answer becomes ours."""
    if loops(content):
        return Reply.LOOP
    return await pass_on(with_trace(content, hostname=hostname, now=now), sender)
