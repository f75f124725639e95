"""The gate as the benchmark runs it: the call of ``rufgate sanitize``, with keys that never change.

In:  a report's bytes and a tier; or a bare text.
Out: the copy for a reader at that tier; the ranges of a text that would be replaced.

Keys, ids and the clock are fixed, so that the same reports give the same copies to the byte: with
fresh keys a pseudonym could spell a short planted word by chance, in one run and not in the next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from rufgate.app import filter_rules
from rufgate.recognize.load import load_recognizer
from rufgate.sanitize.detect import TextContext
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage, RawText
from rufgate.sanitize.redact import Rules, sanitize
from rufgate.sanitize.sanitized import Sanitized, Tier
from rufgate.sanitize.spans import Recognizer
from rufgate.sanitize.text import TextFindings, find_all

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_KEYS = Keyring(
    epoch=1,
    epoch_key=b"leak benchmark: pseudonyms......",
    fingerprint_key=b"leak benchmark: fingerprints....",
    loop_key=b"leak benchmark: loop marks......",
)

recognizer = cache(load_recognizer)


@cache
def rules(tier: Tier) -> Rules:
    """What ``rufgate sanitize`` uses where there is no configuration."""
    return replace(filter_rules(None, tier), keyring=_KEYS)


def message(content: bytes) -> RawMessage:
    return RawMessage(content, received_at=NOW)


def copy(content: bytes, *, number: int, tier: Tier, reader: Recognizer | None) -> bytes | None:
    """The copy, or None where there is none; without ``reader`` it shows no free text."""
    done = sanitize(
        message(content), rules=rules(tier), report_id=UUID(int=number), recognizer=reader
    )
    return done.copies[0].content if isinstance(done, Sanitized) and done.copies else None


def findings(text: str) -> TextFindings:
    """What is found in a text of which no header is known."""
    (found,) = find_all([RawText(text)], TextContext(recognizer=recognizer()))
    return found
