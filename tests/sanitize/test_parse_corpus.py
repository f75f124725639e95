"""Published reports and mails: what each report states, and that nothing stops the parser.

What the reports state is in ``tests.corpus_facts``, as a person read it in the files.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rufgate.sanitize.parsed import Malformed
from rufgate.sanitize.sanitized import Flag, Kind
from tests import reports
from tests.corpus import corpus_files, corpus_name, needs_corpus
from tests.corpus_facts import FACTS
from tests.sanitize.parsing import body, header, read, read_any, results, text

pytestmark = needs_corpus
FILES = {corpus_name(path): path for path in corpus_files("reports")}
MAX_SECONDS = 2.0

SUBJECTS = {
    "abuseio/AOL_example_2.eml": "A FastDown4Tonight Call Is Waiting",
    "flanker/yahoo.eml": "Some subject",
    "parsedmarc/Netease_DMARC_Failure_Report_Rent_Reminder.eml": "Rent Reminder",
    "parsedmarc/exim_plain_text_only_no_arf_part.eml": "Payment from your account.",
    "parsedmarc/test_init_testFailureTextReportParses.eml": "spam",
    "pecl-mailparse/gh21-linkedin.eml": None,
    "rspamd/lua_parse_arf_enriches_a_sparse_Microsoft_JMRP_report_from_origi.eml": "Special offer",
    "sisimai/arf-12.eml": "Nyaaan",
    "sisimai/arf-24.eml": "Nyaan",
    "sisimai/mac_arf-01.eml": "Kijitora cat family",
    "stalwart-mail-auth/004.eml": "Wir kaufen dein Auto!",
}


@pytest.mark.parametrize("name", FILES)
def test_report_is_read_as_it_states(name: str) -> None:
    facts, found = FACTS[name], read(FILES[name].read_bytes())
    stated = found.feedback
    assert found.kind.value in facts.kind.split("|")
    assert stated.source_ip in (facts.source_ip.split("|") if facts.source_ip else [None])
    assert text(stated.auth_failure) == facts.failure
    domains = [one.reveal() for one in stated.reported_domains]
    assert domains[:1] == ([facts.reported] if facts.reported else [])
    assert set(results(found)) >= set(facts.auth)
    assert (found.reason is None) is (found.kind is Kind.AUTH_FAILURE)


@pytest.mark.parametrize("name", FILES)
def test_arrival(name: str) -> None:
    at = read(FILES[name].read_bytes()).feedback.arrival_at
    assert (at.strftime("%Y-%m-%dT%H:%M:%S") if at else None) == FACTS[name].arrival


@pytest.mark.parametrize("name", SUBJECTS)
def test_original_is_found(name: str) -> None:
    expected = SUBJECTS[name]
    assert header(read(FILES[name].read_bytes()), "subject") == ([expected] if expected else [])


def test_obscured_address_is_flagged() -> None:
    found = read(FILES["pecl-mailparse/gh21-linkedin.eml"].read_bytes())
    assert Flag.BAD_SOURCE_IP in found.flags
    assert body(found) == "foo"


def test_encoded_feedback_part_is_flagged() -> None:
    found = read(FILES["parsedmarc/Netease_DMARC_Failure_Report_Rent_Reminder.eml"].read_bytes())
    assert {Flag.ENCODED_FEEDBACK, Flag.NO_REPORT_TYPE} <= found.flags


def test_line_end_variants_of_one_report_are_that_report() -> None:
    names = ["sisimai/arf-01.eml", "sisimai/dos_arf-01.eml", "sisimai/mac_arf-01.eml"]
    assert len({read(FILES[name].read_bytes()).fingerprint_input for name in names}) == 1


@pytest.mark.parametrize("name", FILES)
def test_line_ends_make_no_difference(name: str) -> None:
    plain = FILES[name].read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found = [read(plain.replace(b"\n", ending)) for ending in (b"\n", b"\r", b"\r\n")]
    assert len({(one.kind, one.fingerprint_input, one.feedback.source_ip) for one in found}) == 1
    assert len({one.original.text if one.original else None for one in found}) == 1


@pytest.mark.parametrize("path", corpus_files("originals"), ids=corpus_name)
def test_any_mail_as_the_original(path: Path) -> None:
    content = reports.report(path.read_bytes(), boundary="=_reporter_7f3a")
    began = time.process_time()
    found = read_any(content)
    assert time.process_time() - began < MAX_SECONDS
    if isinstance(found, Malformed):
        assert found.reason.value.endswith("_limit")
    else:
        assert found.kind in (Kind.AUTH_FAILURE, Kind.LOOP)
        assert found.feedback.source_ip == "198.51.100.23"
        assert found.original is not None
