"""A finished copy, cut from tier ``text`` to tier ``headers`` by its own structure. Pure.

In:  the bytes of a copy that ``render`` wrote.
Out: the bytes that ``render`` writes at tier ``headers``, but for the MIME fields of the reported
     message, which tier ``text`` does not have; None where the structure is not exactly ours.
SECURITY: keeps what stands before the body of the third part and nothing after it; a copy that is
     not surely of our own making is not cut, so that whoever asked drops it.
FAILS: never.
"""

from __future__ import annotations

import re
from typing import Final

_THIRD: Final = b"\r\nContent-Type: message/rfc822\r\n\r\n"
_BODY: Final = b"MIME-Version: 1.0\r\nContent-Type: "
_BOUNDARY: Final = re.compile(
    rb"\r\nContent-Type: multipart/report; report-type=feedback-report;"
    rb'\r\n boundary="([\w-]{1,70})"\r\n'
)
_MARK: Final = re.compile(rb"(\r\nX-Rufgate-Redaction: [^\r\n]*; tier=)text(?=\r\n)")
_LINE: Final = re.compile(rb"(\r\nTier:[ ]+)text(?=\r\n)")


def cut_to_headers(content: bytes) -> bytes | None:
    """The copy without its text; None where that cannot be made surely."""
    top, gap, _ = content.partition(b"\r\n\r\n")
    boundary = _BOUNDARY.search(top + b"\r\n")
    if not gap or boundary is None or not _MARK.search(top):
        return None
    mark = b"\r\n--" + boundary[1]
    parts = content.split(mark)
    if len(parts) != 5 or parts[4] != b"--\r\n":  # top, three parts, the end
        return None
    top, explanation, feedback, third, end = parts
    if not third.startswith(_THIRD):
        return None
    block = _header_block(third.removeprefix(_THIRD))
    top, is_marked = _MARK.subn(rb"\1headers", top)
    explanation, is_told = _LINE.subn(rb"\1headers", explanation)
    if block is None or (is_marked, is_told) != (1, 1):
        return None
    shorter = b"\r\nContent-Type: text/rfc822-headers\r\n\r\n" + block + b"\r\n"
    return mark.join((top, explanation, feedback, shorter.removesuffix(b"\r\n"), end))


def is_sealed(content: bytes) -> bool:
    """Whether only the analyst can read the copy: nobody can look into it or cut it."""
    fields = content.partition(b"\r\n\r\n")[0]
    return b"\r\nContent-Type: multipart/encrypted;" in fields or (
        b"\r\nContent-Type: application/pkcs7-mime;" in fields
    )


def _header_block(message: bytes) -> bytes | None:
    """The fields before our own MIME fields, which end the block of tier ``text``."""
    block, gap, _ = message.partition(b"\r\n\r\n")
    before, own, after = (b"\r\n" + block).rpartition(b"\r\n" + _BODY)
    if (
        not gap
        or not own
        or (
            b"\r\n" in after
            and not after.split(b"\r\n", 1)[1].startswith(
                (b" ", b"Content-Transfer-Encoding: quoted-printable")
            )
        )
    ):
        return None
    return before.removeprefix(b"\r\n") + b"\r\n"
