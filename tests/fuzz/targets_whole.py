"""Targets for the filter as a whole: nobody's mark comes out, facts stay, twice is as once.

In:  bytes: a mail, or the decisions by which ``grammar`` makes a report.
Out: nothing; an ``AssertionError`` says which property broke.

No recognizer finds anything here: what is redacted is found by structure alone.
"""

from __future__ import annotations

import re

from rufgate.sanitize.leaves import leaves_of
from rufgate.sanitize.policy import Audience
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.redact import OuterLoop, sanitize
from rufgate.sanitize.sanitized import Kind, Sanitized, SanitizedReport, Tier
from tests.e2e.marks import Haystack
from tests.fuzz.choices import Choices
from tests.fuzz.grammar import MARK, Maker
from tests.fuzz.targets_parts import assert_clean
from tests.sanitize.leak_search import RULES, written
from tests.sanitize.parsing import read
from tests.sanitize.sanitizing import KEY, REPORT_ID, Finder, message, text_rules

STORE = Audience(name="store", address="soc@analyst.example", pseudonyms="store")
ROUND = text_rules(STORE)
AT_TIER = tuple(text_rules(audience) for audience in reversed(RULES.audiences))
# The key of the next gate: our Message-ID says nothing to it, and the same person is the same.
NEXT = text_rules(STORE, keyring=Keyring(1, KEY, b"f" * 32, b"n" * 32))
# A mark makes it a loop, of which nothing but the count is kept: a relay took it off on the way.
_UNMARKED = re.compile(rb"^(?:X-Rufgate-Loop|Loop-Mark)[^\r]*\r\n", re.MULTILINE | re.IGNORECASE)
_STUB = re.compile(r"\[attachment \d+ removed: [^\]]+\]")  # the copy's own, below the text


def _sanitized(content: bytes, mail_from: str = "", **options: object) -> Sanitized | OuterLoop:
    facts: dict[str, object] = {"rules": RULES, "recognizer": Finder(), "report_id": REPORT_ID}
    return sanitize(message(content, mail_from=mail_from), **{**facts, **options})  # type: ignore[arg-type]


def _check(done: Sanitized) -> None:
    for name, text in leaves_of(done.report):
        if name != "text":
            assert_clean(text)
    for copy in done.copies:
        assert copy.content.isascii(), "a copy that is not 7-bit"
        assert copy.content.replace(b"\r\n", b"").find(b"\n") < 0, "a bare line feed in a copy"
        assert max(map(len, copy.content.split(b"\r\n"))) <= 998, "a line over RFC 5322's limit"


def anything(data: bytes) -> None:
    """Any bytes through the filter, also without a recognizer: clean rows, clean copies."""
    recognizer = None if len(data) % 4 == 0 else Finder()
    done = _sanitized(data, rules=AT_TIER[len(data) % 3], recognizer=recognizer)
    if isinstance(done, Sanitized):
        _check(done)
        assert done.report.kind is not Kind.LEAKCHECK or not done.report.headers


def planted(data: bytes) -> None:
    """A report full of marks: none comes out, in the row and in a copy of any tier."""
    choices = Choices(data)
    rules = choices.pick(AT_TIER)
    made = Maker(choices).report()
    done = _sanitized(made.planted.content, made.planted.mail_from, rules=rules)
    if isinstance(done, Sanitized):
        _check(done)
        assert not Haystack(written(done)).holds(MARK), f"the mark came out: {made.said}"


def _facts(report: SanitizedReport) -> dict[str, object]:
    """What must be the same when a copy is read again."""
    names = ("source_ip", "reported_domain", "auth_failure", "delivery_result", "arrival_at",
             "incidents_stated", "dkim_domain", "dkim_selector", "identity_alignment")  # fmt: skip
    facts: dict[str, object] = {name: getattr(report, name) for name in names}
    facts["results"] = [(str(one.method), str(one.result)) for one in report.auth_results]
    return facts


def _first(data: bytes) -> tuple[Sanitized, tuple[str, ...]] | None:
    """A report made by decisions, as this gate leaves it, if it is one that gets a copy."""
    made = Maker(Choices(data)).report()
    done = _sanitized(made.planted.content, rules=ROUND)
    if isinstance(done, OuterLoop) or not done.copies:
        return None
    return done, made.said


def round_trip(data: bytes) -> None:
    """What is rendered is read with the facts of the row."""
    first = _first(data)
    if first is None:
        return
    done, said = first
    found = read(done.copies[0].content)
    assert found.kind is Kind.AUTH_FAILURE, said
    stated, report = found.feedback, done.report
    assert stated.source_ip == (str(report.source_ip) if report.source_ip else None), said
    assert stated.arrival_at == report.arrival_at, said
    domains = [domain.reveal() for domain in stated.reported_domains]
    assert domains == ([str(report.reported_domain)] if report.reported_domain else []), said
    results = [(one.method.reveal(), one.result.reveal()) for one in stated.auth_results]
    assert results == [(str(one.method), str(one.result)) for one in report.auth_results], said


def again(data: bytes) -> None:
    """Our own copy at the next gate: facts, subject and text stay as they are."""
    first = _first(data)
    if first is None:
        return
    done, said = first
    second = _sanitized(_UNMARKED.sub(b"", done.copies[0].content), rules=NEXT)
    assert isinstance(second, Sanitized), said
    assert _facts(second.report) == _facts(done.report), said
    for name in ("subject", "text"):
        was, now = getattr(done.report, name), getattr(second.report, name)
        if done.copies[0].tier is Tier.TEXT and was is not None:
            assert _STUB.sub("", str(now)).split() == str(was).split(), (name, said)
