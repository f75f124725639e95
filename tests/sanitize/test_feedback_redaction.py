import dataclasses
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.sanitize.dns_records import redact_selector_record, redact_spf_record
from rufgate.sanitize.feedback_redaction import RedactedFeedback, redact_feedback
from rufgate.sanitize.parsed import Feedback, RawAuthResult
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import SanitizedReport, TokenRole
from tests.sanitize.redaction_examples import context

TOKEN = r"p1-[a-z2-7]{24}"


def redacted(ctx=None, **fields):
    given_fields = {
        name: RawText(value) if isinstance(value, str) and name != "source_ip" else value
        for name, value in fields.items()
    }
    return redact_feedback(Feedback(**given_fields), ctx or context())


def texts(*values):
    return tuple(map(RawText, values))


def test_every_field_is_one_of_the_report():
    names = {field.name for field in dataclasses.fields(SanitizedReport)}
    assert {field.name for field in dataclasses.fields(RedactedFeedback)} <= names


@pytest.mark.parametrize(
    ("field", "value", "pattern"),
    [
        ("feedback_type", "auth-failure", "auth-failure"),
        ("feedback_type", "jane", "other"),
        ("user_agent", "Lua/1.0", r"Lua/1\.0"),
        ("user_agent", "Yahoo!-Mail-Feedback/2.0 (jane's build)", r"Yahoo!-Mail-Feedback/2\.0"),
        ("reporting_mta", "dns; mx.example", r"dns; mx\.example"),
        ("reporting_mta", "dns;mail.reporter.example (jane)", r"dns; mail\.reporter\.example"),
        ("reporting_mta", "jane@mx.example", r"dns; mx\.example"),
        ("auth_failure", "dmarc (jane)", "dmarc"),
        ("auth_failure", "SPF, jane", "spf"),
        ("auth_failure", "spf,dmarc", "spf, dmarc"),
        ("auth_failure", "jane", "unknown"),
        ("delivery_result", "delivered", "delivered"),
        ("delivery_result", "smg-policy-action", "policy"),
        ("delivery_result", "jane-policies", "other"),
        ("identity_alignment", "DKIM, jane, spf", "dkim, spf"),
        ("dkim_domain", "a.example.org; b.example.org", r"a\.example\.org"),
        ("dkim_selector", "20230601", "20230601"),
        ("dkim_identity", "jane@example.org", rf"{TOKEN}@example\.org"),
        ("dkim_identity", "@example.org", r"@example\.org"),
        ("original_mail_from", "<jane@example.org>", rf"{TOKEN}@example\.org"),
        (
            "original_mail_from",
            "b+jane=x.example@esp.example",
            rf"verp-{TOKEN}=\[domain\]@esp\.example",
        ),
        ("original_mail_from", "<>", "<>"),
        ("original_mail_from", "", "<>"),
        ("original_mail_from", "<example.org>", r"@example\.org"),
        ("original_envelope_id", "jane-1234", TOKEN),
        ("source_ip", "192.0.2.1", r"192\.0\.2\.1"),
    ],
)
def test_fields_that_pass(field, value, pattern):
    assert re.fullmatch(pattern, str(getattr(redacted(**{field: value}), field)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user_agent", "jane@x.example/1.0"),
        ("user_agent", "Lua/1.0 by jane@x.example"),
        ("user_agent", "<script>"),
        ("reporting_mta", "dns; janes-pc.local"),
        ("identity_alignment", "jane"),
        ("dkim_domain", "jane"),
        ("dkim_identity", "jane"),
        ("original_envelope_id", " "),
        ("original_mail_from", "jane"),
        ("dkim_selector_dns", "jane"),
        ("auth_failure", ""),
        ("delivery_result", ""),
    ],
)
def test_fields_that_are_dropped(field, value):
    assert getattr(redacted(**{field: value}), field) is None


def test_what_is_not_stated_stays_none():
    nothing = redacted()
    assert nothing.source_ip is None
    assert nothing.original_mail_from is None
    assert nothing.auth_results == ()
    assert nothing.tokens == ()


def test_numbers_and_dates_pass():
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    result = redacted(arrival_at=moment, incidents=3, unknown_fields=2)
    assert (result.arrival_at, result.incidents_stated, result.fields_dropped) == (moment, 3, 2)


def test_the_port_goes_with_the_last_part_of_the_address():
    cut = context(Policy(source_ip="truncate"))
    kept = redacted(source_ip="192.0.2.1", source_port=1234)
    truncated = redacted(cut, source_ip="192.0.2.1", source_port=1234)
    assert (str(kept.source_ip), kept.source_port) == ("192.0.2.1", 1234)
    assert (str(truncated.source_ip), truncated.source_port) == ("192.0.2.0/24", None)


def test_the_first_readable_reported_domain_counts():
    result = redacted(reported_domains=texts("jane", "Example.ORG", "b.example"))
    assert str(result.reported_domain) == "example.org"


def test_uris_are_told_by_host():
    uris = texts("https://jane@evil.example/jane?jane", "tel:123", "mailto:jane@x.example")
    shown = list(map(str, redacted(reported_uris=uris).reported_uris))
    assert shown[0] == "hxxps://evil[.]example"
    assert re.fullmatch(rf"{TOKEN}@\[domain\]", shown[1])
    assert len(shown) == 2


def test_names_from_the_headers_are_in_no_other_field():
    result = redacted(
        context(names=frozenset({"jane"})),
        user_agent="JaneDoe/1.0",
        reported_uris=texts("https://jane-doe.evil.example/"),
        spf_dns=texts('txt : example.org : "v=spf1 include:jane.esp.example -all"'),
    )
    assert result.user_agent is None
    assert [str(domain.name) for domain in result.domains] == ["evil.example"]
    (record,) = map(str, result.spf_dns)
    assert record == 'txt : example.org : "v=spf1 include:[label].esp.example -all"'


def test_recipients_are_tokens_in_the_store_and_a_number_in_copies():
    recipients = texts("<jane@x.example>", "joe@gmail.com")
    stored = redacted(original_rcpt_to=recipients)
    copied = redacted(context(recipients="count"), original_rcpt_to=recipients)
    assert (stored.recipient_count, copied.recipient_count) == (2, 2)
    assert [token.role for token in stored.tokens] == [TokenRole.RECIPIENT] * 2
    assert [str(token.domain) for token in stored.tokens] == ["None", "gmail.com"]
    assert copied.tokens == ()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (
            'txt : example.org : "v=spf1 ip4:192.0.2.0/24 include:_spf.example.com -all"',
            'txt : example.org : "v=spf1 ip4:192.0.2.0/24 include:_spf.example.com -all"',
        ),
        (
            'TXT:jane._spf.example.org:"v=spf1 exists:%{l}._spf.example.org -all"',
            'txt : [label]._spf.example.org : "v=spf1 exists:%{l}._spf.example.org -all"',
        ),
        (
            'txt : quillovexmar._spf.example.org : "v=spf1 -all"',
            'txt : [label]._spf.example.org : "v=spf1 -all"',
        ),
        (
            'txt : 1.2.0.192._spf.example.org : "v=spf1 -all"',
            'txt : [label].[label].[label].[label]._spf.example.org : "v=spf1 -all"',
        ),
        (
            'txt : example.org : "v=spf1 " "jane@x.example ~all"',
            'txt : example.org : "v=spf1 ~all"',
        ),
        ("jane", None),
        ('jane : example.org : "v=spf1"', None),
        ('txt : example.org : "jane was here"', None),
    ],
)
def test_spf_records(value, shown):
    assert redact_spf_record(value, context(names=frozenset({"jane"}))) == shown


def test_key_records_lose_notes_and_granularity():
    record = '"v=DKIM1; k=rsa; n=ask jane; g=jane; " "p=MIGf MA0=; t=s; x=jane"'
    assert redact_selector_record(record) == '"v=DKIM1; k=rsa; p=MIGfMA0=; t=s"'


MARK = "plantedmark"
WORD = st.text(alphabet=st.sampled_from('@.;:<>"=()[]% é\r\n\t-'), max_size=20)


@given(WORD, WORD)
def test_a_mark_survives_nowhere_but_in_domains(before, after):
    mark = f"{before}{MARK}{after}"
    result = redacted(
        feedback_type=mark,
        auth_failure=mark,
        delivery_result=mark,
        identity_alignment=mark,
        original_envelope_id=mark,
        original_mail_from=f"{MARK}@x.example",
        dkim_identity=f"{MARK}@x.example",
        dkim_selector_dns=f"v=DKIM1; n={mark}",
        user_agent=f"x/1 ({mark})",
        original_rcpt_to=texts(mark),
        reported_uris=texts(f"https://{MARK}@x.example/{mark}"),
        auth_results=[
            RawAuthResult(
                authserv=None,
                method=RawText("spf"),
                result=RawText(mark),
                properties=[
                    ("smtp.auth", RawText(mark)),
                    ("smtp.mailfrom", RawText(f"{MARK}@x.example")),
                ],
            )
        ],
    )
    assert MARK not in repr(result)


@given(st.text(max_size=100))
def test_redaction_never_raises_nor_breaks_lines(value):
    fields = dict.fromkeys(
        (
            "feedback_type",
            "user_agent",
            "original_envelope_id",
            "original_mail_from",
            "reporting_mta",
            "auth_failure",
            "delivery_result",
            "identity_alignment",
            "dkim_domain",
            "dkim_identity",
            "dkim_selector",
            "dkim_selector_dns",
        ),
        value,
    )
    lists = dict.fromkeys(
        ("original_rcpt_to", "reported_domains", "reported_uris", "spf_dns"), texts(value)
    )
    result = redacted(**fields, **lists)
    for name in fields:
        shown = getattr(result, name)
        assert shown is None or str(shown).isprintable()
