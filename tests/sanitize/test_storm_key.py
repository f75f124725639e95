"""Which mails are alike in a storm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Kind, Reason, SanitizedReport
from rufgate.sanitize.storm_key import client_network_of, sender_key, storm_key
from tests.sanitize.sanitizing import KEYRING
from tests.store.full_report import full_report, text


def key(report: SanitizedReport, client: str = "192.0.2.1", authenticated: str | None = None):
    return storm_key(
        report, client=RawText(client), authenticated=authenticated, digest=KEYRING.fingerprint
    )


def changed(**values: object) -> SanitizedReport:
    return replace(full_report(), **values)


FULL = key(full_report())
NOT_A_REPORT = {"kind": Kind.UNPARSED, "reason": Reason.NOT_A_REPORT}


@pytest.mark.parametrize(
    ("values", "alike"),
    [
        ({"fingerprint": text("other"), "subject": text("other")}, True),
        ({"source_ip": text("192.0.2.200"), "source_port": 1}, True),
        ({"source_ip": text("192.0.2.0/24")}, True),
        ({"source_ip": text("::ffff:192.0.2.3")}, True),
        ({"source_ip": text("192.0.3.77")}, False),
        ({"source_ip": text("private")}, False),
        ({"source_ip": None}, False),
        ({"reporter_domain": text("other.example")}, False),
        ({"reported_domain": text("other.example")}, False),
        ({"auth_failure": text("spf")}, False),
        ({"kind": Kind.ARF_OTHER}, False),
    ],
)
def test_reports_are_alike_by_reporter_domain_network_and_failure(values, alike):
    assert (key(changed(**values)) == FULL) is alike


def test_who_sent_a_report_matters_only_where_it_names_no_reporter():
    assert key(full_report(), client="198.51.100.1") == FULL
    nameless = changed(reporter_domain=None)
    assert key(nameless, "198.51.100.1") == key(nameless, "198.51.100.200")
    assert key(nameless, "198.51.100.1") != key(nameless, "198.51.101.1")


def test_nobody_can_collapse_the_reports_of_an_authenticated_reporter():
    assert key(full_report(), authenticated="reporter.example") != FULL


def test_what_is_no_report_is_alike_by_its_reason_and_the_network_it_came_from():
    garbage = changed(**NOT_A_REPORT)
    made_up = changed(**NOT_A_REPORT, reporter_domain=text("made-up.example"))
    assert key(garbage) == key(made_up, "192.0.2.99")
    assert key(garbage) != key(garbage, "192.0.3.1")
    assert key(garbage) != key(replace(garbage, reason=Reason.DEPTH_LIMIT))


def test_without_a_client_its_stated_domain_stands_in():
    one, two = (changed(**NOT_A_REPORT, reporter_domain=text(name)) for name in ("a.b", "c.d"))
    assert key(one, client="") != key(two, client="")


def test_a_key_is_a_keyed_digest_and_holds_no_name():
    other = replace(KEYRING, fingerprint_key=b"another key of thirty-two bytes..")
    again = storm_key(
        full_report(), client=RawText(""), authenticated=None, digest=other.fingerprint
    )
    assert len(FULL) == 64
    assert int(FULL, 16)
    assert again != FULL


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_the_network_of_a_client(address, network):
    assert client_network_of(RawText(address)) == network


def test_a_sender_is_an_authenticated_reporter_or_a_network():
    def sender(client: str, authenticated: str | None = None) -> str:
        return sender_key(RawText(client), authenticated, KEYRING.fingerprint)

    assert sender("192.0.2.1") == sender("192.0.2.2") != sender("192.0.3.1")
    assert sender("192.0.2.1", "r.example") == sender("192.0.3.1", "r.example")
    assert sender("192.0.2.1", "r.example") not in {sender("192.0.2.1"), sender("", "s.example")}
