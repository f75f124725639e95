"""Reports about reports, and what comes back of our own copies."""

from __future__ import annotations

from rufgate.sanitize.sanitized import Kind, Reason
from tests import reports
from tests.sanitize.parsing import header, read


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
