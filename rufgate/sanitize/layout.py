"""Where the three parts of a report are (RFC 5965 section 2), however the mail was put together.

In:  the mail as a tree of parts.
Out: ``Layout``: the explanation, the feedback part, the original; each may be missing.
SECURITY: files (``application/octet-stream``) are never taken for the feedback part. One wrapping
     mail is looked into, no more; a bounce is none, and what it returns is not a report to us.
FAILS: ``LimitExceeded`` past ``Limits``.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rufgate.sanitize.dialects import hotmail_start
from rufgate.sanitize.feedback import looks_like_feedback
from rufgate.sanitize.magic import HEAD_BYTES, media_type
from rufgate.sanitize.mime import Part, normalised
from rufgate.sanitize.original import HEADER_TYPES

MESSAGE_TYPES: Final = frozenset(
    ["message/rfc822", "message/rfc-822", "message/global", "text/rfc822", "text/rfc-822"]
)
_FEEDBACK_TYPES: Final = frozenset(["message/feedback-report", "text/feedback-report"])
_FEEDBACK_LINE = re.compile(rb"^content-type:[ \t]*message/feedback-report", re.I | re.M)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """``report`` is the mail itself, or the one that it forwards."""

    report: Part
    leaves: Sequence[Part]
    feedback: Part | None = None
    third: Part | None = None

    @property
    def says_feedback(self) -> bool:
        """Whether the mail calls itself a feedback report."""
        return self.report.parameter("report-type").strip().lower() == "feedback-report"

    def prose(self) -> Part | None:
        """The text for people: the first that is neither of the other two parts."""
        others = (self.feedback, self.third)
        texts = (
            leaf
            for leaf in self.leaves
            if leaf.media_type == "text/plain" and all(leaf is not other for other in others)
        )
        return next(texts, None)


def find_layout(root: Part) -> Layout:
    """The layout of ``root``; of the mail inside, if ``root`` only forwards a report."""
    found = _layout(_with_structure(root))
    if found.feedback is not None or is_bounce(root):
        return found
    for leaf in messages(found.leaves):
        if hotmail_start(leaf.message) is None:
            inner = _layout(leaf.message)
            if inner.feedback is not None:
                return inner
    return found


def is_bounce(root: Part) -> bool:
    """A delivery status, a disposition notification or their like (RFC 3464, RFC 8098)."""
    kind = root.parameter("report-type").strip().lower()
    return root.media_type == "multipart/report" and kind not in ("", "feedback-report")


def messages(leaves: Sequence[Part]) -> list[Part]:
    """The whole messages among ``leaves``."""
    return [leaf for leaf in leaves if leaf.media_type in MESSAGE_TYPES]


def returned(leaves: Sequence[Part]) -> list[Part]:
    """The messages among ``leaves``, and the header blocks that stand for one in a bounce."""
    return [leaf for leaf in leaves if _is_third(leaf)]


def decoded_feedback(part: Part) -> bytes:
    """The bytes of the feedback part, decoded whatever its header says."""
    if part.is_encoded:
        return normalised(part.content())
    raw = part.raw
    if b":" in raw or part.is_blank:
        return normalised(raw)
    try:
        return normalised(binascii.a2b_base64(raw))
    except binascii.Error:
        return normalised(raw)


def _layout(report: Part) -> Layout:
    leaves = list(report.leaves())
    found = Layout(report=report, leaves=leaves)
    at = _feedback_index(found)
    feedback = None if at is None else leaves[at]
    rest = leaves if at is None else [*leaves[at + 1 :], *leaves[:at]]
    third = next((leaf for leaf in rest if _is_third(leaf)), None)
    if third is None and at is not None:
        third = next((leaf for leaf in leaves[at + 1 :] if _starts_like_mail(leaf)), None)
    return replace(found, feedback=feedback, third=third)


def _feedback_index(layout: Layout) -> int | None:
    """By type; in what calls itself a feedback report also a text that holds its fields."""
    leaves = layout.leaves
    typed = (at for at, leaf in enumerate(leaves) if leaf.media_type in _FEEDBACK_TYPES)
    found = next(typed, None)
    if found is not None or not layout.says_feedback:
        return found
    texts = (at for at, leaf in enumerate(leaves) if leaf.media_type == "text/plain")
    return next((at for at in texts if looks_like_feedback(decoded_feedback(leaves[at]))), None)


def _is_third(leaf: Part) -> bool:
    return leaf.media_type in MESSAGE_TYPES or leaf.media_type in HEADER_TYPES


def _starts_like_mail(leaf: Part) -> bool:
    """Text after the feedback part that begins with a header line; or a ``.eml`` file."""
    is_file = leaf.filename.lower().endswith(".eml")
    if leaf.media_type != "text/plain" and not is_file:
        return False
    head = next(leaf.chunks(), b"")[:HEAD_BYTES]
    return media_type(head) == "message/rfc822"


def _with_structure(root: Part) -> Part:
    """``root`` as a multipart where its Content-Type was lost but its parts are there."""
    if root.value("content-type") is not None:
        return root
    if not _FEEDBACK_LINE.search(root.source, root.start, root.end):
        return root
    return replace(root, fields=(*root.fields, ("Content-Type", "multipart/mixed")))
