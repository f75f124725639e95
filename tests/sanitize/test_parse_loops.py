"""Reports about reports, and what comes back of our own copies."""

from __future__ import annotations

import email

import pytest

from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.redact import OuterLoop, Rules
from rufgate.sanitize.sanitized import Kind, Reason, Tier
from tests import reports
from tests.sanitize.parsing import header, read
from tests.sanitize.sanitizing import REPORT_ID, done, rules, run


def test_report_about_a_report() -> None:
    found = read(reports.report(reports.report(boundary="inner")))
    assert (found.kind, found.reason) == (Kind.LOOP, Reason.REPORT_ABOUT_REPORT)
    assert found.original is not None
    assert found.original.is_report


def test_our_mark_inside_stays_reachable() -> None:
    marked = (*reports.ORIGINAL_HEADER, ("X-Rufgate-Loop", "p1.abc"))
    assert header(read(reports.headers_only(marked)), "x-rufgate-loop") == ["p1.abc"]


def test_bounce_of_our_copy_is_a_loop() -> None:
    copy = b"X-Rufgate-Loop: p1.abc\r\n" + reports.report(boundary="inner")
    bounce = reports.report(
        copy,
        feedback=b"Final-Recipient: rfc822; analyst@example.com\r\n",
        feedback_header="Content-Type: message/delivery-status\r\n",
        report_type="delivery-status",
    )
    found = read(bounce)
    assert found.kind is Kind.LOOP
    assert header(found, "x-rufgate-loop") == ["p1.abc"]


def test_other_bounce_is_no_report() -> None:
    bounce = reports.report(
        feedback=b"Action: failed\r\n",
        feedback_header="Content-Type: message/delivery-status\r\n",
        report_type="delivery-status",
    )
    found = read(bounce)
    assert (found.kind, found.reason, found.original) == (Kind.UNPARSED, Reason.NOT_A_REPORT, None)


# --- what a gate's copy is recognised by --------------------------------------------------------

OTHER = Keyring(1, b"e" * 32, b"g" * 32, b"m" * 32)


def copy_of(content: bytes = reports.report(), given: Rules | None = None) -> bytes:
    (copy,) = done(content, given).copies
    return copy.content


def less(content: bytes, *names: bytes) -> bytes:
    """``content`` without the outer fields of those names, as a relay may hand it on."""
    head, blank, body = content.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(names)]
    return b"\r\n".join(kept) + blank + body


def wrapped(content: bytes) -> bytes:
    """``content`` as an attachment of a mail that forwards it."""
    return (
        b"From: desk@soc.example.net\r\nSubject: Fwd: report\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="fwd"\r\n\r\n'
        b"--fwd\r\nContent-Type: text/plain\r\n\r\nplease see\r\n"
        b"--fwd\r\nContent-Type: message/rfc822\r\n\r\n" + content + b"\r\n--fwd--\r\n"
    )


def counted(content: bytes) -> Reason | None:
    """The reason why ``content`` is a loop; it must go out to nobody."""
    outcome = done(content)
    assert (outcome.report.kind, outcome.copies) == (Kind.LOOP, ())
    assert outcome.report.tier is Tier.METADATA
    return outcome.report.reason


def test_our_copy_is_refused_by_either_of_its_outer_marks() -> None:
    copy = copy_of()
    assert run(copy) == OuterLoop()
    assert run(less(copy, b"message-id:")) == OuterLoop()
    assert run(less(copy, b"x-", b"auto-submitted:")) == OuterLoop()


def test_our_copy_without_outer_marks_is_known_by_its_feedback_part() -> None:
    bare = less(copy_of(), b"x-", b"message-id:", b"auto-submitted:", b"precedence:")
    assert counted(bare) is Reason.OWN_MARK_INSIDE


def test_our_copy_forwarded_as_an_attachment_goes_no_further() -> None:
    copy = copy_of()
    assert counted(wrapped(copy)) is Reason.OWN_MARK_INSIDE
    assert counted(wrapped(less(copy, b"x-"))) is Reason.OWN_MARK_INSIDE
    assert counted(wrapped(less(copy, b"x-", b"message-id:"))) is Reason.OWN_MARK_INSIDE
    head, _, body = copy.partition(b"\r\n\r\n")
    outside_only = head + b"\r\n\r\n" + body.replace(b"X-Rufgate-Loop:", b"X-Other:")
    assert counted(wrapped(outside_only)) is Reason.OWN_MARK_INSIDE


def test_the_copy_of_another_gate_goes_no_further() -> None:
    copy = copy_of(given=rules(keyring=OTHER))
    assert counted(copy) is Reason.FOREIGN_MARK
    assert counted(less(copy, b"x-", b"message-id:")) is Reason.FOREIGN_MARK
    assert counted(wrapped(copy)) is Reason.FOREIGN_MARK


def test_an_invented_mark_keeps_back_the_mail_of_its_inventor_alone() -> None:
    forged = f"{REPORT_ID}.{'0' * 24}"
    assert counted(reports.report(outer=(("X-Rufgate-Loop", forged),))) is Reason.FOREIGN_MARK
    feedback = (*reports.FEEDBACK, ("X-Rufgate-Loop", forged))
    assert counted(reports.report(feedback=feedback)) is Reason.FOREIGN_MARK
    alone = b"X-Rufgate-Loop: " + forged.encode() + b"\r\n"
    assert done(reports.report(feedback=alone)).report.kind is not Kind.AUTH_FAILURE


def test_a_forger_cannot_keep_back_reports_about_his_forgery() -> None:
    """He writes the header of part 3: no mark but ours counts there."""
    forged = ("X-Rufgate-Loop", f"{REPORT_ID}.{'0' * 24}")
    foreign = ("X-Rufgate-Loop", OTHER.loop_mark(str(REPORT_ID)))
    for mark in (forged, foreign):
        inside = reports.original((*reports.ORIGINAL_HEADER, mark))
        outcome = done(reports.report(inside))
        assert outcome.report.kind is Kind.AUTH_FAILURE
        assert len(outcome.copies) == 1


def test_a_message_id_read_in_a_reply_does_not_hide_a_forgery() -> None:
    known = email.message_from_bytes(copy_of())["Message-ID"]
    header = reports.changed(reports.ORIGINAL_HEADER, Message_ID=known)
    assert done(reports.report(reports.original(header))).report.kind is Kind.AUTH_FAILURE


def test_a_report_about_our_copy_of_which_little_is_left() -> None:
    """A reporter may give a header block of a few fields alone (RFC 9991 section 7)."""
    fields = dict(email.message_from_bytes(copy_of()).items())
    few = tuple((name, str(fields[name])) for name in ("From", "Subject", "Date", "Message-ID"))
    assert counted(reports.headers_only(few)) is Reason.OWN_MARK_INSIDE


@pytest.mark.parametrize("third_type", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_of_our_copy_is_counted(third_type: str) -> None:
    copy = copy_of()
    if third_type == "text/rfc822-headers":
        copy = copy.partition(b"\r\n\r\n")[0] + b"\r\n"
    bounce = reports.report(
        copy,
        third_type=third_type,
        feedback=b"Final-Recipient: rfc822; analyst@example.com\r\n",
        feedback_header="Content-Type: message/delivery-status\r\n",
        report_type="delivery-status",
    )
    assert counted(bounce) is Reason.OWN_MARK_INSIDE
