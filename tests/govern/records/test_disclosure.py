"""What reporters disclose beyond need: counted from real reports, and said in a letter."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.govern.records.disclosure import disclosed
from rufgate.govern.records.letter import letter
from rufgate.sanitize.addresses import Mailbox
from rufgate.sanitize.hidden_recipients import names_somebody
from rufgate.sanitize.redact import sanitize
from rufgate.sanitize.sanitized import Flag
from rufgate.settings.load import load
from rufgate.settings.recorded import facts_of
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import open_store, reading
from rufgate.store.reports import ReportStore
from tests.reports import FEEDBACK, ORIGINAL_HEADER, changed, original, report
from tests.sanitize.sanitizing import Finder, message, rules
from tests.store.full_report import full_report
from tests.store.full_report import sanitized as stored

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HIDDEN = "redacted@home.example"
PDF = (
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nDear Mrs Whitcombe\r\n"
    b'--b\r\nContent-Type: application/pdf; name="a.pdf"\r\n\r\n%PDF-1.4 x\r\n--b--\r\n'
)
CONFIG = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
hostname = "gate.example.org"
[[domains]]
name = "example.org"
[govern]
controller = "Example Council"
contact = "dpo@example.org"
"""


def hidden(*, feedback: str = f"<{HIDDEN}>", to: str = HIDDEN) -> dict:
    return {
        "feedback": changed(FEEDBACK, Original_Rcpt_To=feedback),
        "header": changed(ORIGINAL_HEADER, To=to),
    }


def made(reporter: str, *, body: str | bytes = "", feedback=FEEDBACK, header=ORIGINAL_HEADER):
    content = report(original(header, body), feedback=feedback)
    return content.replace(b"mx.receiver.example", reporter.encode())


def flags(content: bytes) -> set[Flag]:
    found = sanitize(message(content), rules=rules(), report_id=uuid4(), recognizer=Finder())
    return set(found.report.flags)


@pytest.mark.parametrize(
    ("given", "is_named"),
    [
        ({}, True),
        (hidden(), False),
        (hidden(feedback="<ada.whitcombe@home.example>"), True),
        (hidden(to='"Ada" <ada.whitcombe@home.example>'), True),
        (hidden(to=f"{HIDDEN}, ada@home.example"), True),
        (hidden(to="rZ8cqXWGiKHzhz1MsFRGTysHia4=@home.example"), False),  # RFC 6590's own vector
    ],
)
def test_a_recipient_that_the_reporter_did_not_hide_is_flagged(given, is_named):
    assert (Flag.RECIPIENT_NAMED in flags(made("receiver.example", **given))) == is_named


@pytest.mark.parametrize(
    ("local", "is_somebody"),
    [
        ("ada.whitcombe", True), ("a", True), ("info", True), ("ada1999", True),
        ("bartholomew-featherstonehaugh", True), ("redacted", False), ("REDACTED", False),
        ("xxxx", False), ("x", False), ("***", False), ("0123456789abcdef", False),
        ("rZ8cqXWGiKHzhz1MsFRGTysHia4=", False), ("xkidzxba7xx23b3eyhu4ylbl", False),
        ("QUJDRA==", False), ("", False), ("undisclosed-recipients", False),
    ],
)  # fmt: skip
def test_tokens_and_words_are_nobody(local, is_somebody):
    assert names_somebody([Mailbox("", local, "home.example")]) == is_somebody


def test_both_engines_count_alike(store_url):
    engine = open_store(store_url)
    for number, flags in enumerate(((Flag.RECIPIENT_NAMED, Flag.MBOX_LINE), ())):
        one = full_report(fingerprint=str(number), reporter=f"mx{number}.reporter.example")
        one = replace(one, flags=flags)
        ReportStore(engine).record(replace(stored(), report=one, copies=()))
    (found,) = disclosed(engine)
    engine.dispose()
    assert found.reporter == "reporter.example"
    assert (found.reports, found.with_text, found.with_attachments) == (2, 2, 2)
    assert found.with_recipients == 1
    assert not disclosed_since(store_url, date(9999, 1, 1))


def disclosed_since(store_url, day):
    engine = open_store(store_url)
    try:
        return disclosed(engine, day)
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gate")
    make_keys(folder / "var" / "keys")
    (folder / "config").mkdir(mode=0o700)
    (folder / "config" / "rufgate.toml").write_text(CONFIG)
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    store = ReportStore(engine)
    sent = (
        made("mx1.open.example", body="Dear Mrs Whitcombe,\r\n"),
        made("mx2.open.example", body=PDF),
        made("mx2.open.example", **hidden()),
        made("mx.careful.example", **hidden()),
    )
    for number, content in enumerate(sent):
        unlike = message(content.replace(b"refund-1", b"refund-%d" % number))
        store.record(sanitize(unlike, rules=rules(), report_id=uuid4(), recognizer=Finder()))
    engine.dispose()
    return folder


def run(folder, *arguments: str) -> int:
    file = folder / "config" / "rufgate.toml"
    return main.run(["records", "disclosure", *arguments, "--config", str(file)])


def test_what_each_reporter_sent_is_counted(folder, capsys):
    assert run(folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    found = {row["reporter"]: row for row in told["reporters"]}
    assert set(found) == {"open.example", "careful.example"}
    one = found["open.example"]
    counted = [one[name] for name in ("reports", "with_text", "with_attachments")]
    assert counted == [3, 2, 1]
    assert one["with_recipients"] == 2
    assert one["longest_text"] >= 18
    careful = found["careful.example"]
    assert [careful[name] for name in ("reports", "with_text", "with_attachments",
                                       "with_recipients")] == [1, 0, 0, 0]  # fmt: skip
    assert told["not_told"]
    assert run(folder) == 0
    assert "| open.example | 3 | 2 |" in capsys.readouterr().out
    assert run(folder, "--json", "--since", "9999-01-01") == 0
    assert json.loads(capsys.readouterr().out)["reporters"] == []


def test_the_letter_says_what_was_sent_and_asks_for_less(folder, capsys):
    assert run(folder, "--letter", "Open.Example.") == 0
    text = capsys.readouterr().out
    plain = " ".join(text.split())
    for said in (
        "To the postmaster of open.example", "from example.org", "text of the message, in 2 of 3",
        "attachments, in 1 of 3 reports", "address as it is, in 2 of 3", "RFC 6590",
        "RFC 9991, section 7", "text/rfc822-headers", "Example Council", "dpo@example.org",
    ):  # fmt: skip
        assert said in plain, said
    assert all(len(line) <= 72 for line in text.splitlines())
    for personal in ("Whitcombe", "whitcombe", "home.example", "refund", "p1-"):
        assert personal not in text


def test_the_letter_leaves_out_what_was_not_sent(folder, capsys, tmp_path):
    assert run(folder, "--letter", "careful.example") == 65
    assert run(folder, "--letter", "stranger.example") == 65
    assert "nothing is stored" in capsys.readouterr().err
    assert run(folder, "--letter", "open.example", "--json") == 64
    assert run(folder, "--since", "soon") == 64


def test_a_letter_asks_for_no_more_than_was_found(folder):
    facts = facts_of(load(folder / "config" / "rufgate.toml"), "1")
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    one = next(sent for sent in disclosed(engine) if sent.reporter == "open.example")
    engine.dispose()
    only = replace(one, with_text=0, with_attachments=0)
    text = letter(only, facts, NOW.date())
    assert "rfc822-headers" not in text
    assert "RFC 6590" in text
    only = replace(one, with_recipients=0)
    assert "Original-Rcpt-To" not in letter(only, facts, NOW.date())


def test_that_it_was_made_is_entered(folder):
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    with reading(engine) as connection:
        rows = connection.execute(audit_entries.select()).mappings().all()
    engine.dispose()
    entered = [json.loads(row["details"]) for row in rows if row["action"] == "record_made"]
    assert entered
    assert all(said == {"record": "disclosure"} for said in entered)
