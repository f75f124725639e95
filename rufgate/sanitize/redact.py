"""The only maker of sanitized reports: parse, redact by structure and by spans, check, render.

In:  a ``RawMessage``, the ``Rules`` in force, a ``Recognizer``.
Out: ``Sanitized`` (the store's view and the analysts' copies), or ``OuterLoop``.
SECURITY: pure; whatever is not named in a rule is dropped. Each view is leak-checked before it is
     returned: a hit removes the field, then lowers the tier, then leaves a bare row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final
from uuid import UUID

from rufgate.sanitize.policy import Audience, Policy, Sender
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import Reason, Sanitized, Tier
from rufgate.sanitize.spans import Recognizer


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Everything that decides how a report is treated; sent to each worker once."""

    policy: Policy
    keyring: Keyring
    audiences: tuple[Audience, ...]
    sender: Sender
    engine: str


@final
@dataclass(frozen=True, slots=True)
class OuterLoop:
    """Our own mark, or too many Received fields, in the outer header: answered 554 5.4.6."""


def sanitize(
    message: RawMessage,
    *,
    rules: Rules,
    report_id: UUID,
    recognizer: Recognizer | None,
    tier_cap: Tier = Tier.TEXT,
    reason: Reason | None = None,
) -> Sanitized | OuterLoop:
    """Everything ``message`` becomes, at most at ``tier_cap``."""
    raise NotImplementedError


def bare(message: RawMessage, *, rules: Rules, report_id: UUID, reason: Reason) -> Sanitized:
    """A row that says only when, how large and why; the content is used for its HMAC alone."""
    raise NotImplementedError
