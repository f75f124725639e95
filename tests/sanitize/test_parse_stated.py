"""Source address, arrival and results where part 2 leaves them out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rufgate.sanitize.received import read_arrival
from rufgate.sanitize.sanitized import Flag
from tests import reports
from tests.sanitize.parsing import RECEIVED_AT, read, results

SPARSE = (("Feedback-Type", "auth-failure"), ("Version", "1"))
AUTHOR = ("From", "news@example.org")


def report(*header: tuple[str, str], **parts: object) -> bytes:
    return reports.headers_only((*header, AUTHOR), feedback=SPARSE, **parts)


@pytest.mark.parametrize(
    ("value", "ip"),
    [
        ("from a.example (a.example [203.0.113.9]) by mx.example", "203.0.113.9"),
        ("from [203.0.113.9] (helo=[10.9.9.9]) by mx.example", "203.0.113.9"),
        ("from [IPv6:::ffff:203.0.113.9] (unknown [203.0.113.9]) by mx.example", "203.0.113.9"),
        ("from 127.0.0.1 (EHLO a.example) (203.0.113.9) by mx.example", "203.0.113.9"),
        ("from unknown (HELO pc) (joe@203.0.113.9) by mx.example", "203.0.113.9"),
        ("from 203.0.113.9 by mx.example", "203.0.113.9"),
        ("from a.example ([IPv6:2001:db8::9]) by mx.example", "2001:db8::9"),
        ("from a.example (2001:db8::9) by mx.example with HTTPS", "2001:db8::9"),
        ("by mx.example with SMTP id 203.0.113.9", None),
        ("from a.example by mx.example ([203.0.113.9])", None),
        ("from a.example (XX.YY.ZZ.6) by mx.example", None),
    ],
)
def test_received_line(value: str, ip: str | None) -> None:
    assert read_arrival([("Received", f"{value}; Tue, 3 Nov 2026 09:00:00 +0000")]).source_ip == ip


def test_internal_hops_are_passed_over() -> None:
    content = report(
        ("Received", "by store.example"),
        ("Received", "from in.example ([10.0.0.5]) by store.example"),
        ("Received", "from out.example ([203.0.113.9]) by in.example"),
        ("Received", "from forged.example ([203.0.113.66]) by out.example"),
    )
    assert read(content).feedback.source_ip == "203.0.113.9"


def test_nothing_below_the_reporters_own_line_is_believed() -> None:
    content = report(
        ("Received", "from out.example ([203.0.113.9]) by mx.example"),
        ("Received", "from forged.example ([203.0.113.66]) by out.example"),
        ("Received-SPF", "pass client-ip=203.0.113.67"),
        ("Authentication-Results", "out.example; spf=pass (sender IP is 203.0.113.68)"),
    )
    found = read(content)
    assert found.feedback.source_ip == "203.0.113.9"
    assert results(found) == []


def test_received_spf_of_the_reporter() -> None:
    content = report(
        ("Received-SPF", "Fail (mx: no) client-ip=203.0.113.8; envelope-from=<b@x.example>;"),
        ("Received", "from out.example ([203.0.113.9]) by mx.example"),
    )
    found = read(content)
    assert found.feedback.source_ip == "203.0.113.8"
    assert results(found) == ["spf=fail"]
    properties = dict(found.feedback.auth_results[0].properties)
    assert properties["smtp.mailfrom"].reveal() == "b@x.example"


def test_only_internal_hops() -> None:
    content = report(("Received", "from in.example ([10.0.0.5]) by store.example"))
    assert read(content).feedback.source_ip == "10.0.0.5"


SENTENCE = (
    "This is an email abuse report for an email message\r\nreceived from IP\r\n192.0.2.89 on"
    " Tue, 03 Nov 2026 10:14:58 +0100 (CET).\r\n"
)


def test_sentence_of_the_first_part_is_the_last_resort() -> None:
    found = read(report(first=SENTENCE))
    assert found.feedback.source_ip == "192.0.2.89"
    assert found.feedback.arrival_at == datetime(2026, 11, 3, 9, 14, 58, tzinfo=UTC)
    traced = report(("Received", "from a.example ([203.0.113.9]) by mx.example"), first=SENTENCE)
    assert read(traced).feedback.source_ip == "203.0.113.9"
    full = read(reports.headers_only(first=SENTENCE))
    assert full.feedback.source_ip == "198.51.100.23"


def test_obscured_address_in_the_sentence() -> None:
    found = read(report(first=SENTENCE.replace("192.0.2.89", "x.x.x.x")))
    assert found.feedback.source_ip is None
    assert Flag.BAD_SOURCE_IP in found.flags


def test_stated_results_are_not_mixed_with_the_originals() -> None:
    fields = (*SPARSE, ("Authentication-Results", "mx.example; dkim=fail"))
    header = (("Authentication-Results", "mx.example; spf=pass"), AUTHOR)
    assert results(read(reports.headers_only(header, feedback=fields))) == ["dkim=fail"]


def _arrival(value: str, date: str | None = "Tue, 03 Nov 2026 09:15:02 +0000") -> datetime | None:
    content = reports.headers_only(feedback=(*SPARSE, ("Arrival-Date", value)))
    stated = b"Date: Tue, 03 Nov 2026 09:15:02 +0000\r\n"
    assert content.count(stated) == 1
    return read(
        content.replace(stated, f"Date: {date}\r\n".encode() if date else b"")
    ).feedback.arrival_at


def test_chinese_cst_is_told_from_central_time() -> None:
    assert _arrival("Tue, 03 Nov 2026 17:14:58 CST") == datetime(2026, 11, 3, 9, 14, 58, tzinfo=UTC)
    assert _arrival("Tue, 03 Nov 2026 03:14:58 CST") == datetime(2026, 11, 3, 9, 14, 58, tzinfo=UTC)


def test_impossible_dates_give_way_to_our_clock() -> None:
    """A date near the report's own is kept, however old both are."""
    assert _arrival("Tue, 03 Nov 2037 09:14:58 +0000") == RECEIVED_AT
    assert _arrival("Tue, 03 Nov 2009 09:14:58 +0000") == RECEIVED_AT
    old = datetime(2009, 11, 3, 9, 14, 58, tzinfo=UTC)
    assert _arrival("Tue, 03 Nov 2009 09:14:58 +0000", "Tue, 03 Nov 2009 09:20:00 +0000") == old
    assert _arrival("Tue, 03 Nov 2009 09:14:58 +0000", None) == old


def test_late_complaints_keep_their_date() -> None:
    fields = (("Feedback-Type", "abuse"), ("Arrival-Date", "Thu, 01 Oct 2026 08:00:00 +0000"))
    found = read(reports.headers_only(feedback=fields))
    assert found.feedback.arrival_at == datetime(2026, 10, 1, 8, tzinfo=UTC)
    assert Flag.BAD_DATE not in found.flags
