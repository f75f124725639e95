"""Runs a planted report through the core and looks for its mark in all that comes out."""

from __future__ import annotations

from rufgate.sanitize.leaves import leaves_of
from rufgate.sanitize.policy import Audience
from rufgate.sanitize.redact import Rules, sanitize
from rufgate.sanitize.sanitized import Sanitized, Tier
from rufgate.sanitize.spans import Recognizer
from tests.e2e.marks import Haystack
from tests.e2e.planting import Planted
from tests.sanitize.sanitizing import REPORT_ID, Finder, message, text_rules

MARK = "Quillo007Vexmar"
RULES = text_rules(
    *(Audience(name=tier.value, address="soc@analyst.example", tier=tier) for tier in Tier)
)


def outcome(
    planted: Planted, recognizer: Recognizer | None = None, rules: Rules = RULES
) -> Sanitized:
    """What becomes of ``planted`` at each tier."""
    done = sanitize(
        message(planted.content, mail_from=planted.mail_from),
        rules=rules,
        report_id=REPORT_ID,
        recognizer=recognizer or Finder(),
    )
    assert isinstance(done, Sanitized)
    return done


def written(done: Sanitized) -> bytes:
    """Everything that leaves: the row, leaf by leaf, and the copies."""
    leaves = [text for _, text in leaves_of(done.report)]
    rest = (done.report.tokens, done.report.counts, done.report.attachments)
    return b"\n\n".join(
        ["\n".join(leaves).encode(), repr(rest).encode(), *(copy.content for copy in done.copies)]
    )


def is_planted(planted: Planted, mark: str = MARK) -> bool:
    """Whether the search sees the mark in what is sent: else finding none would say nothing."""
    return Haystack(planted.content + b"\n" + planted.mail_from.encode()).holds(mark)


def leaks(planted: Planted, mark: str = MARK, recognizer: Recognizer | None = None) -> bool:
    return Haystack(written(outcome(planted, recognizer))).holds(mark)
