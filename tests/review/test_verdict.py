"""Verdicts on real and made reports, each through the whole filter and the store.

The tables say what somebody who reads such reports for a living would say, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest

from rufgate.review.story import Story
from rufgate.review.verdict import RULES, Guess, Sureness, Verdict, verdict, verdict_of_source
from rufgate.sanitize.redact import sanitize
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests.corpus import CORPUS, needs_corpus
from tests.corpus_facts import FACTS
from tests.reports import FEEDBACK, ORIGINAL_HEADER, changed, original, report
from tests.sanitize.sanitizing import Finder, message, rules

OURS, SERVICE = "header.from=example.org", "smtp.mailfrom=bounce@sendgrid.net"
OTHER = "smtp.mailfrom=a@mailer.example.net"
OWN_SPF, OWN_DKIM = "smtp.mailfrom=desk@example.org", "header.d=example.org header.s=s1"
LIST = {"List_Id": "<talk.lists.example.net>", "List_Post": "<mailto:talk@lists.example.net>"}
ARC = {"ARC_Seal": "i=1; a=rsa-sha256; d=relay.example.net; s=k; cv=none; b=QUJD"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a report states, and the verdict."""

    name: str
    says: str  # Authentication-Results without the authserv-id
    rule: str
    guess: str
    sure: str = "likely"
    passed: bool | None = False
    why: str = ""
    feedback: tuple[tuple[str, str | None], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


def _case(name, says, rule, verdict_, why, passed=False, feedback=(), **headers):
    guess, _, sure = verdict_.partition(" ")
    return Case(
        name=name, says=says, rule=rule, guess=guess, sure=sure or "likely", passed=passed,
        why=why, feedback=tuple(feedback), headers=tuple(headers.items()),
    )  # fmt: skip


MADE = (
    _case("fo=1, unsigned", f"dmarc=pass {OURS}; spf=pass {OWN_SPF}; dkim=none", "not_signed",
          "own_system", "in SPF, so ours; it only lacks a signature", True),
    _case("fo=1, unsigned, dmarc not stated", f"spf=pass {OWN_SPF}; dkim=none", "not_signed",
          "own_system", "an aligned pass is a DMARC pass", True),
    _case("own host, footer after signing",
          f"dmarc=pass {OURS}; spf=pass {OWN_SPF}; dkim=fail {OWN_DKIM}",
          "signature_broke_at_home", "own_system", "came straight from us, changed before", True,
          [("Auth-Failure", "bodyhash")]),
    _case("subdomain bounce", "spf=pass smtp.mailfrom=b@bounce.example.org; dkim=none",
          "not_signed", "own_system", "relaxed alignment: same organization", True),
    _case("fo=1, list kept the signature",
          f"dmarc=pass {OURS}; dkim=pass {OWN_DKIM}; spf=pass {OTHER}",
          "signed_and_handed_on", "forwarded", "our signature holds, the list sent it", True,
          **LIST),
    _case("fo=1, plain forwarding", f"dkim=pass {OWN_DKIM}; spf=fail {OWN_SPF}",
          "signed_from_elsewhere", "forwarded possible", "genuine, from a host not in SPF", True),
    _case("fo=1, service with our DKIM",
          f"dmarc=pass {OURS}; dkim=pass {OWN_DKIM}; spf=pass {SERVICE}",
          "signed_by_service", "third_party", "a service set up with DKIM, not with bounces", True),
    _case("passed, no details", f"dmarc=pass {OURS}", "passed", "unclear none",
          "nothing to act on", True),
    _case("service, bounces only", f"dmarc=fail {OURS}; spf=pass {SERVICE}; dkim=none",
          "service", "third_party", "a known sender for many"),
    _case("service, own signature",
          f"dmarc=fail {OURS}; dkim=pass header.d=mcsv.net; spf=pass smtp.mailfrom=b@mcdlv.net",
          "service", "third_party", "a newsletter tool without our DKIM"),
    _case("service with list header", f"dmarc=fail {OURS}; dkim=pass header.d=sendgrid.net",
          "service", "third_party", "newsletters carry List-Id, too", **LIST),
    _case("Microsoft tenant", f"dmarc=fail {OURS}; dkim=pass header.d=contoso.onmicrosoft.com",
          "service", "third_party", "a tenant that signs by its default name"),
    _case("unknown provider", f"dmarc=fail {OURS}; spf=pass {OTHER}; dkim=none",
          "somebody_else", "third_party possible", "forgers seldom prove who they are"),
    _case("private mailbox", f"dmarc=fail {OURS}; dkim=pass header.d=gmail.com",
          "private_mailbox", "unclear possible", "a person who writes as us from Gmail"),
    _case("list broke the signature",
          f"dmarc=fail {OURS}; dkim=fail {OWN_DKIM}; dkim=pass header.d=lists.example.net; "
          "spf=pass smtp.mailfrom=b@lists.example.net",
          "handed_on", "forwarded", "our broken signature beside the list's", **LIST),
    _case("list without header",
          f"dmarc=fail {OURS}; dkim=fail {OWN_DKIM}; dkim=pass header.d=lists.example.net; "
          "spf=pass smtp.mailfrom=b@lists.example.net",
          "handed_on", "forwarded", "two signatures and a foreign envelope say it alone"),
    _case("list header only", f"dmarc=fail {OURS}", "list", "forwarded possible",
          "a list, or a newsletter", **LIST),
    _case("ARC only", f"dmarc=fail {OURS}; spf=fail {OWN_SPF}", "list", "forwarded possible",
          "an intermediary, which a forger could also use", **ARC),
    _case("resent", f"dmarc=fail {OURS}; spf=fail {OTHER}; dkim=none", "forwarder", "forwarded",
          "a person bounced it on", Resent_From="<a@mailer.example.net>"),
    _case("SRS", f"dmarc=fail {OURS}; spf=pass smtp.mailfrom=relay.example.net", "forwarder",
          "forwarded", "the envelope says so",
          feedback=[("Original-Mail-From", "<SRS0=ab=cd=example.org=desk@relay.example.net>")]),
    _case("body changed", f"dkim=fail {OWN_DKIM}", "changed_on_the_way", "forwarded possible",
          "signed by us once; who changed it is open", None, [("Auth-Failure", "bodyhash")]),
    _case("signature wrong", f"dmarc=fail {OURS}; dkim=fail {OWN_DKIM}; spf=fail {OTHER}",
          "changed_on_the_way", "forwarded possible", "the same",
          feedback=[("Auth-Failure", "signature")]),
    _case("key gone", f"dmarc=fail {OURS}; dkim=permerror {OWN_DKIM}; spf=fail {OWN_SPF}",
          "key_missing", "own_system", "a forger would not sign with a selector of ours"),
    _case("key revoked", f"dkim=fail {OWN_DKIM}; spf=none {OTHER}", "key_missing", "own_system",
          "an old signer still at work", feedback=[("Auth-Failure", "revoked")]),
    _case("signature neutral", f"dmarc=fail {OURS}; dkim=neutral {OWN_DKIM}", "key_missing",
          "own_system", "a signature of ours that could not be used"),
    _case("DNS down", f"dmarc=fail {OURS}; spf=temperror {OWN_SPF}; dkim=temperror {OWN_DKIM}",
          "dns_trouble", "unclear none", "our name servers did not answer"),
    _case("plain spoof", f"dmarc=fail {OURS}; spf=fail {OWN_SPF}; dkim=none", "not_authorized",
          "spoof", "SPF says no, no signature"),
    _case("spoof, softfail", f"dmarc=fail {OURS}; spf=softfail {OWN_SPF}; dkim=none",
          "not_listed", "spoof possible", "~all does not say no: may be a host we forgot"),
    _case("spoof, DKIM not stated", f"dmarc=fail {OURS}; spf=fail {OWN_SPF}", "not_listed",
          "spoof possible", "a signature may have been there"),
    _case("spoof with foreign envelope", f"dmarc=fail {OURS}; spf=none {OTHER}; dkim=none",
          "nothing_passed", "spoof possible", "nobody proved anything"),
    _case("spoof with a broken foreign signature",
          f"dmarc=fail {OURS}; spf=fail {OTHER}; dkim=fail header.d=mailer.example.net",
          "nothing_passed", "spoof possible", "even its own signature fails"),
    _case("own host name", f"dmarc=fail {OURS}; spf=softfail {OWN_SPF}; dkim=none", "own_host",
          "own_system possible", "calls itself ours; anybody may",
          Received="from printer.example.org (198.51.100.23) by mx.receiver.example with ESMTP; "
          "Tue, 03 Nov 2026 09:14:58 +0000"),
    _case("DMARC alone", f"dmarc=fail {OURS}", "only_dmarc", "unclear none", "too little is said"),
    _case("nothing at all", "iprev=pass policy.iprev=198.51.100.23", "nothing_stated",
          "unclear none", "too little is said", None),
)  # fmt: skip

REAL = {
    "ietf-rfc9991-draft/example-1.eml": ("list", "forwarded", False, "List headers, DMARC alone"),
    "parsedmarc/DMARC_Failure_Report_for_domain.de_mail-from_sharepoint_domain.de_ip_10.10.10.10_"
    ".eml": ("only_dmarc", "unclear", False, "the receiver states DMARC alone"),
    "parsedmarc/Netease_DMARC_Failure_Report_Rent_Reminder.eml": (
        "somebody_else", "third_party", False,
        "rent reminders of a landlord, signed and enveloped by its property software",
    ),
    "parsedmarc/exim_plain_text_only_no_arf_part.eml": (
        "not_listed", "spoof", False, "softfail from a stranger, no signature stated",
    ),
    "parsedmarc/test_init_testFailureTextReportParses.eml": (
        "only_dmarc", "unclear", False, "the receiver states DMARC alone",
    ),
    "parsedmarc/test_init_testParseReportFileInvalidFailureReason.eml": (
        "nothing_stated", "unclear", None, "no result at all",
    ),
    "pecl-mailparse/gh21-linkedin.eml": ("nothing_stated", "unclear", None, "no readable result"),
    "sisimai/arf-19.eml": (
        "handed_on", "forwarded", False,
        "the author's and the list host's signature, neither good, under a third envelope",
    ),
    "stalwart-mail-auth/003.eml": ("changed_on_the_way", "forwarded", None, "bodyhash alone"),
    "stalwart-mail-auth/004.eml": ("only_dmarc", "unclear", False, "DMARC alone"),
    "stalwart-mail-auth/005.eml": ("changed_on_the_way", "forwarded", None, "bodyhash alone"),
}  # fmt: skip


@pytest.fixture
def judge(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")

    def through_the_store(content: bytes, known: tuple[str, ...] = ()) -> Verdict:
        found = sanitize(message(content), rules=rules(), report_id=uuid4(), recognizer=Finder())
        store = ReportStore(engine)
        store.record(found)
        detail = store.show(found.report.id)
        return verdict(Story.of(detail), known)

    yield through_the_store
    engine.dispose()


def made(case: Case) -> bytes:
    stated = {"Authentication-Results": f"mx.receiver.example; {case.says}"}
    feedback = tuple((name, stated.get(name, value)) for name, value in FEEDBACK)
    given = dict(case.feedback)
    feedback = tuple((name, given.get(name, value)) for name, value in feedback)
    header = changed(ORIGINAL_HEADER, **dict(case.headers))
    received = [field for field in header if field[0] == "Received"]
    rest = [field for field in header if field[0] != "Received"]
    return report(original((*received, *rest)), feedback=feedback)


@pytest.mark.parametrize("case", MADE, ids=lambda case: case.name)
def test_a_made_report(judge, case):
    found = judge(made(case))
    assert (found.rule, found.guess.value, found.sureness.value, found.is_passed) == (
        case.rule,
        case.guess,
        case.sure,
        case.passed,
    ), case.why


@needs_corpus
@pytest.mark.parametrize("name", REAL)
def test_a_real_report(judge, name):
    rule, guess, passed, why = REAL[name]
    found = judge((CORPUS / "reports" / name).read_bytes())
    assert (found.rule, found.guess.value, found.is_passed) == (rule, guess, passed), why


def test_the_table_has_every_failure_report_of_the_corpus():
    """All eleven that it holds; its other reports are complaints and loops, not failure reports."""
    assert set(REAL) == {name for name, facts in FACTS.items() if facts.kind == "auth_failure"}
    assert len(REAL) == 11


def test_every_rule_speaks_in_the_tables_and_there_are_thirty_made_cases():
    assert {rule.name for rule in RULES} == {case.rule for case in MADE}
    assert len(MADE) >= 30


@pytest.mark.parametrize("stated", ["none", "spf", "dkim", "dkim, spf", None])
def test_identity_alignment_changes_nothing(judge, stated):
    fields = tuple((n, v) for n, v in FEEDBACK if n != "Identity-Alignment")
    given = fields if stated is None else (*fields, ("Identity-Alignment", stated))
    found = judge(report(original(), feedback=given))
    assert found.rule == "nothing_passed"
    assert found.is_passed is False


@pytest.mark.parametrize("known", ["198.51.100.23", "198.51.100.0/24"])
def test_a_known_source_is_ours_whatever_else_is_said(judge, known):
    spoof = next(case for case in MADE if case.name == "plain spoof")
    found = judge(made(spoof), ("2001:db8::/32", known))
    assert (found.guess, found.sureness) == (Guess.OWN_SYSTEM, Sureness.LIKELY)
    assert "198.51.100.23" in found.next_step


def test_a_network_wider_than_what_is_known_is_not_known(judge):
    spoof = next(case for case in MADE if case.name == "plain spoof")
    assert judge(made(spoof), ("198.51.100.24",)).guess is Guess.SPOOF


def test_the_next_step_names_the_record_to_change(judge):
    steps = {case.rule: judge(made(case)).next_step for case in MADE}
    assert "TXT at example.org" in steps["not_authorized"]
    assert "_domainkey.example.org" in steps["key_missing"]
    assert "Sendgrid" in steps["service"] or "Microsoft 365" in steps["service"]
    assert not any("{" in step for step in steps.values())


def test_a_pass_for_somebody_else_is_said_not_to_count(judge):
    case = next(case for case in MADE if case.name == "unknown provider")
    assert any("does not count for example.org" in said for said in judge(made(case)).mechanisms)


def test_a_source_is_what_most_of_its_reports_are(judge):
    spoof, service = (
        judge(made(next(case for case in MADE if case.name == name)))
        for name in ("plain spoof", "service, bounces only")
    )
    assert verdict_of_source([(spoof, 3), (service, 40)]) is service
    assert verdict_of_source([]) is None


def test_as_json_is_plain(judge):
    found = judge(made(MADE[0])).as_json()
    assert found["dmarc"] == "passed"
    assert set(found) == {
        "dmarc", "guess", "sureness", "rule", "summary", "mechanisms", "evidence", "next_step",
    }  # fmt: skip
