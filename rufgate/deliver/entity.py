"""A finished copy as two: what every server on the way reads, and what can be sealed. Pure.

In:  the bytes of a copy that ``render`` wrote, or an entity that was opened again.
Out: the outer fields and the MIME entity; fields put in front of either; a digest of a body.
SECURITY: the outer fields hold constants, ids and addresses of the configuration; all that stands
     in a report is in the entity.
FAILS: ``ValueError`` where the bytes are no copy of ours.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

_BEGINS: Final = b"\r\nMIME-Version: 1.0\r\n"  # the entity's own fields follow
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


def split_copy(content: bytes) -> tuple[bytes, bytes]:
    """The outer fields with their last line end, and the entity from its first field on."""
    outer, begins, entity = content.partition(_BEGINS)
    if not begins or b"\r\n\r\n" in outer:
        raise ValueError("no copy of ours")
    return outer + b"\r\n", entity


def join_copy(outer: bytes, entity: bytes) -> bytes:
    """The copy again."""
    return outer.removesuffix(b"\r\n") + _BEGINS + entity


def body_digest(entity: bytes) -> str:
    """SHA-256 of the body in hex, whatever a mail program did to line ends and to the last lines.

    As "simple" of RFC 6376 section 3.4.3, after every line end is made CRLF.
    """
    lines = _LINE_END.sub(b"\r\n", entity)
    body = lines.partition(b"\r\n\r\n")[2]
    return hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").hexdigest()
