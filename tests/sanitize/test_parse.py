"""The shapes in which failure reports come."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime

import pytest

from rufgate.sanitize.sanitized import Flag, Kind, Reason
from tests import reports
from tests.sanitize.parsing import body, header, read, results, text

ARRIVAL = datetime(2026, 11, 3, 9, 14, 58, tzinfo=UTC)
BASE64_HEADER = (
    "Content-Type: message/feedback-report\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment\r\n"
)


def feedback(**values: str | None) -> tuple[tuple[str, str], ...]:
    return reports.changed(reports.FEEDBACK, **values)


def assert_whole(content: bytes) -> None:
    """``content`` is read as the builder's standard report."""
    found = read(content)
    assert found.kind is Kind.AUTH_FAILURE
    assert found.reason is None
    assert found.feedback.source_ip == "198.51.100.23"
    assert found.feedback.arrival_at == ARRIVAL
    assert text(found.feedback.auth_failure) == "dmarc"
    assert text(found.feedback.delivery_result) == "reject"
    assert [one.reveal() for one in found.feedback.reported_domains] == ["example.org"]
    assert results(found) == ["dmarc=fail", "spf=fail"]
    assert header(found, "from") == ['"Revenue Office" <revenue@example.org>']


def test_conforming_report() -> None:
    found = read(reports.report())
    assert_whole(reports.report())
    assert found.flags == frozenset()
    assert body(found) == "Dear Mrs Whitcombe,\n\nplease confirm before Friday."
    assert text(found.feedback.original_mail_from) == "<bounce@mailer.example.net>"
    assert text(found.feedback.identity_alignment) == "none"
    assert found.outer_received == 0
    assert {one.name.reveal() for one in found.outer_headers} >= {"From", "To", "Subject"}


def test_fields_of_rfc_9991_and_6692() -> None:
    fields = feedback(
        Source_Port="52311",
        Incidents="17 (today)",
        Identity_Alignment="dkim, spf",
        DKIM_Domain="example.org",
        DKIM_Identity="news@example.org",
        DKIM_Selector="sel1",
        DKIM_Selector_DNS='"v=DKIM1; p=abc"',
        SPF_DNS='txt : example.org : "v=spf1 -all"',
        Reported_URI="https://shop.example/x",
        Original_Envelope_Id="4XYZ",
        Reporting_MTA="dns; mx.receiver.example",
        DKIM_Canonicalized_Body="RGVhciBNcnMgV2hpdGNvbWJl",
        X_Vendor="anything",
    )
    given = read(reports.report(feedback=fields)).feedback
    assert (given.source_port, given.incidents) == (52311, 17)
    assert text(given.identity_alignment) == "dkim, spf"
    assert text(given.dkim_domain) == "example.org"
    assert text(given.dkim_identity) == "news@example.org"
    assert text(given.dkim_selector) == "sel1"
    assert text(given.dkim_selector_dns) == '"v=DKIM1; p=abc"'
    assert [one.reveal() for one in given.spf_dns] == ['txt : example.org : "v=spf1 -all"']
    assert [one.reveal() for one in given.reported_uris] == ["https://shop.example/x"]
    assert text(given.original_envelope_id) == "4XYZ"
    assert text(given.reporting_mta) == "dns; mx.receiver.example"
    assert given.unknown_fields == 2


def test_missing_fields_are_not_made_up() -> None:
    given = read(reports.headers_only(feedback=(("Feedback-Type", "auth-failure"),))).feedback
    assert given.auth_failure is None
    assert given.incidents is None
    assert given.source_ip is None
    assert given.arrival_at is None
    assert given.reported_domains == ()
    assert given.auth_results == ()


def test_missing_feedback_type_counts_as_failure() -> None:
    found = read(reports.report(feedback=feedback(Feedback_Type=None)))
    assert found.kind is Kind.AUTH_FAILURE
    assert Flag.NO_FEEDBACK_TYPE in found.flags


def test_doubled_field_keeps_the_first() -> None:
    fields = (*reports.FEEDBACK, ("Source-IP", "203.0.113.99"), ("Auth-Failure", "spf"))
    found = read(reports.report(feedback=fields))
    assert found.feedback.source_ip == "198.51.100.23"
    assert text(found.feedback.auth_failure) == "dmarc"
    assert Flag.DUPLICATE_FIELD in found.flags


def test_lists_keep_all() -> None:
    fields = (
        *reports.FEEDBACK,
        ("Original-Rcpt-To", "<b@home.example>"),
        ("Reported-Domain", "b.example"),
        ("Authentication-Results", "mx.receiver.example; dkim=none"),
    )
    found = read(reports.report(feedback=fields))
    assert len(found.feedback.original_rcpt_to) == 2
    assert [one.reveal() for one in found.feedback.reported_domains] == ["example.org", "b.example"]
    assert results(found) == ["dmarc=fail", "spf=fail", "dkim=none"]
    assert Flag.DUPLICATE_FIELD not in found.flags


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"Received_Date": "Tue, 03 Nov 2026 09:10:00 +0000"}, Flag.BOTH_DATES),
        ({"Arrival_Date": "yesterday"}, Flag.BAD_DATE),
        ({"Incidents": "4294967296"}, Flag.BAD_INCIDENTS),
        ({"Incidents": "many"}, Flag.BAD_INCIDENTS),
        ({"Source_IP": "XX.YY.ZZ.6"}, Flag.BAD_SOURCE_IP),
        ({"Source_IP": "x.x.x.x"}, Flag.BAD_SOURCE_IP),
    ],
)
def test_odd_values_are_flagged(fields: dict[str, str], flag: Flag) -> None:
    assert flag in read(reports.headers_only(feedback=feedback(**fields))).flags


def test_a_bad_source_ip_is_none_stated() -> None:
    found = read(reports.headers_only(feedback=feedback(Source_IP="x.x.x.x")))
    assert found.feedback.source_ip is None


def _encoded(fields: bytes, header: str = BASE64_HEADER) -> bytes:
    return reports.report(feedback=fields, feedback_header=header)


@pytest.mark.parametrize("separator", [b"\r\n", b"\r\n\r\n", b""])
def test_base64_feedback(separator: bytes) -> None:
    coded = base64.b64encode(reports.block(reports.FEEDBACK))
    lines = separator.join(coded[at : at + 72] for at in range(0, len(coded), 72))
    content = _encoded(b"\r\n" + lines + b"\r\n")
    assert_whole(content)
    assert Flag.ENCODED_FEEDBACK in read(content).flags


def test_quoted_printable_feedback() -> None:
    coded = quopri.encodestring(reports.block(reports.FEEDBACK)).replace(b"\n", b"\r\n")
    coded = coded.replace(b"\r\r\n", b"\r\n")
    assert_whole(_encoded(coded, BASE64_HEADER.replace("base64", "quoted-printable")))


def test_base64_is_said_but_not_so() -> None:
    assert_whole(_encoded(reports.block(reports.FEEDBACK)))


def test_base64_is_so_but_not_said() -> None:
    coded = base64.encodebytes(reports.block(reports.FEEDBACK))
    assert_whole(_encoded(coded, "Content-Type: message/feedback-report\r\n"))


def test_fields_after_stray_blank_lines() -> None:
    rows = [reports.block([field]) for field in reports.FEEDBACK]
    assert_whole(reports.report(feedback=b"\r\n" + b"\r\n".join(rows)))


def test_folded_fields_with_comments() -> None:
    fields = feedback(Source_IP="198.51.100.23 (host.\r\n\tpool.example)")
    assert_whole(reports.report(feedback=fields))


@pytest.mark.parametrize(
    "third_type",
    [
        "message/rfc822",
        "Message/RFC822; charset=us-ascii",
        "message/rfc-822",
        "message/global",
        "text/rfc822",
        "text/plain",
    ],
)
def test_types_of_a_whole_message(third_type: str) -> None:
    content = reports.report(third_type=third_type)
    assert_whole(content)
    assert body(read(content)) == "Dear Mrs Whitcombe,\n\nplease confirm before Friday."


@pytest.mark.parametrize(
    "third_type",
    [
        "text/rfc822-headers",
        "text/rfc822-header",
        "text/rfc-822-headers",
        "message/rfc822-headers",
        "message/global-headers",
        'text/rfc822-headers; charset="x-nobody-knows"',
    ],
)
def test_types_of_a_header_block(third_type: str) -> None:
    content = reports.report(reports.block(reports.ORIGINAL_HEADER), third_type=third_type)
    assert_whole(content)
    found = read(content)
    assert found.original is not None
    assert found.original.headers_only
    assert found.original.text is None


def test_base64_original() -> None:
    third = base64.encodebytes(reports.original())
    kind = "message/rfc822\r\nContent-Transfer-Encoding: base64"
    content = reports.report(third, third_type=kind)
    assert_whole(content)
    assert body(read(content)) == "Dear Mrs Whitcombe,\n\nplease confirm before Friday."


def test_no_third_part() -> None:
    found = read(reports.report(third_type=None))
    assert found.kind is Kind.AUTH_FAILURE
    assert found.original is None
    assert Flag.NO_THIRD_PART in found.flags
    assert found.feedback.source_ip == "198.51.100.23"


def test_no_report_type() -> None:
    content = reports.report(report_type=None)
    assert_whole(content)
    assert Flag.NO_REPORT_TYPE in read(content).flags


def test_no_content_type_at_all() -> None:
    content = reports.report()
    at = content.index(b"Content-Type: multipart")
    assert_whole(content[:at] + content[content.index(b"\r\n", at) + 2 :])


def test_boundary_lost() -> None:
    assert_whole(reports.report().replace(b'; boundary="part"', b"", 1))


@pytest.mark.parametrize("boundary", ["mx.example:8BE2660E72", "=_a/b=+c:?d'(e)", "--", "a b"])
def test_boundaries(boundary: str) -> None:
    assert_whole(reports.report(boundary=boundary))


def test_no_blank_line_before_the_boundary() -> None:
    content = reports.headers_only()
    assert_whole(content.replace(b"\r\n\r\n--part", b"\r\n--part"))
    assert_whole(content[: content.rindex(b"\r\n--part--")])


@pytest.mark.parametrize(
    "start",
    [
        b"From reporter@mx.example Tue Nov  3 09:15:02 2026\r\n",
        b">From reporter@mx.example Tue Nov  3 09:15:02 2026\r\n",
        b"\xef\xbb\xbf",
        b"\r\n\r\n",
        b"\xef\xbb\xbf\r\n \r\n",
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_what_may_stand_before_headers(start: bytes, *, inside: bool) -> None:
    content = reports.report(start + reports.original()) if inside else start + reports.report()
    assert_whole(content)
    if not inside:
        assert (Flag.MBOX_LINE in read(content).flags) is (b"From" in start)


@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\r\n"])
def test_line_ends_make_no_difference(ending: bytes) -> None:
    """A report with CR alone reads like one with CRLF, down to its fingerprint."""
    content = reports.report()
    assert_whole(content.replace(b"\r\n", ending))
    assert Flag.BARE_NEWLINES in read(content.replace(b"\r\n", ending)).flags
    mine = read(content.replace(b"\r\n", ending))
    assert mine.fingerprint_input == read(content).fingerprint_input
    assert body(mine) == body(read(content))


def test_mixed_line_ends() -> None:
    head, _, rest = reports.report().partition(b"--part\r\n")
    assert_whole(head + b"--part\n" + rest.replace(b"\r\n", b"\n", 9))


def test_forwarded_report() -> None:
    wrapper = (
        b"From: postmaster@example.org\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\r\nsee below\r\n"
        b"--outer\r\nContent-Type: message/rfc822\r\n\r\n" + reports.report() + b"\r\n--outer--\r\n"
    )
    assert_whole(wrapper)
    assert read(wrapper).outer_headers[0].value.reveal() == "postmaster@example.org"


def test_feedback_fields_in_a_text_part() -> None:
    assert_whole(reports.report(feedback_header="Content-Type: text/plain\r\n"))


def test_a_file_is_no_feedback_part() -> None:
    header = "Content-Type: application/octet-stream; name=report\r\n"
    found = read(reports.report(feedback_header=header))
    assert (found.kind, found.reason) == (Kind.UNPARSED, Reason.NO_FEEDBACK_FIELDS)


def test_empty_feedback_part() -> None:
    found = read(reports.report(feedback=b""))
    assert (found.kind, found.reason) == (Kind.UNPARSED, Reason.NO_FEEDBACK_FIELDS)


@pytest.mark.parametrize(
    "kind", ["abuse", "fraud", "not-spam", "opt-out", "xarf", "miscategorized"]
)
def test_other_feedback_types(kind: str) -> None:
    found = read(reports.report(feedback=feedback(Feedback_Type=kind)))
    assert (found.kind, found.reason) == (Kind.ARF_OTHER, Reason.FEEDBACK_TYPE)
    assert text(found.feedback.feedback_type) == kind


@pytest.mark.parametrize("kind", ["Auth-Failure", "auth-failure (dmarc)", "auth-failure;"])
def test_spellings_of_auth_failure(kind: str) -> None:
    assert_whole(reports.report(feedback=feedback(Feedback_Type=kind)))


def test_received_fields_of_the_outer_header_are_counted() -> None:
    outer = [("Received", f"by mx{number}.example") for number in range(7)]
    assert read(reports.report(outer=outer)).outer_received == 7


def test_fingerprint_ignores_the_envelope_side() -> None:
    mine = read(reports.report()).fingerprint_input
    moved = reports.report(
        outer=[("Received", "by elsewhere.example")], boundary="other", first="Hello.\r\n"
    )
    assert read(moved).fingerprint_input == mine
    assert read(reports.numbered(2)).fingerprint_input != mine
    changed = reports.report(feedback=feedback(Source_IP="198.51.100.24"))
    assert read(changed).fingerprint_input != mine
