"""``rufgate dns``: what is printed is right, and what is wrong is found by a real name server."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from datetime import date

import dns.zone
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from rufgate.posture.check import check, questions
from rufgate.posture.dmarc_record import dmarc_records, mailto, uris_of
from rufgate.posture.plan import Own, Plan
from rufgate.posture.seen import Place, Seen
from rufgate.sanitize.domains import organizational
from tests.posture.installation import CONFIG, Installation, zone_of


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Installation(tmp_path_factory.mktemp("gate"))


@pytest.fixture
def gate(made):
    made.configure(CONFIG)
    return made


@pytest.fixture(scope="module")
def zone(made):
    made.configure(CONFIG)
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert made.run("records") == 0
    return zone_of(printed.getvalue())


def without(zone: str, start: str) -> str:
    left = [line for line in zone.splitlines() if not line.startswith(start)]
    assert len(left) < len(zone.splitlines())
    return "\n".join(left)


def test_what_is_printed_is_a_zone_and_is_found_right(gate, zone, capsys):
    assert gate.check(zone, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert gate.check(zone) == 0
    assert capsys.readouterr().out == "no problem found\n"
    gate.run("records")
    whole = dns.zone.from_text(
        capsys.readouterr().out, origin=".", relativize=False, check_origin=False
    )
    assert len(whole.nodes) == 8  # that of ruf.example.org has two records


def test_each_record_of_the_list_is_there(gate, zone, capsys):
    gate.run("records", "--json")
    told = json.loads(capsys.readouterr().out)
    values = {(one["name"], one["type"]): one["value"] for one in told["records"]}
    ruf = "v=DMARC1; p=none; ruf=mailto:dmarc-ruf@ruf.example.org"
    assert values["_dmarc.example.org", "TXT"] == ruf
    assert values["_dmarc.brand.example", "TXT"] == ruf
    name = "brand.example._report._dmarc.ruf.example.org"  # DM-4
    assert values[name, "TXT"] == "v=DMARC1;"
    assert values["ruf.example.org", "MX"] == "10 gate.example.org."
    assert values["ruf.example.org", "TXT"] == "v=spf1 a:mail.example.org -all"
    key = values["ruf1._domainkey.ruf.example.org", "TXT"]
    assert re.fullmatch(r"v=DKIM1; k=ed25519; p=[\w+/]{43}=", key)
    assert re.fullmatch(r"v=STSv1; id=[a-f0-9]{16}", values["_mta-sts.ruf.example.org", "TXT"])
    policy = values["https://mta-sts.ruf.example.org/.well-known/mta-sts.txt", "FILE"]
    assert "mx: gate.example.org\r\n" in policy
    assert values["_smtp._tls.ruf.example.org", "TXT"] == (
        "v=TLSRPTv1; rua=mailto:postmaster@example.org"
    )
    assert re.fullmatch(r"3 1 1 [a-f0-9]{64}", values["_25._tcp.gate.example.org", "TLSA"])
    assert len(values) == 10
    assert told["hints"] == []
    assert "example.org._report" not in "".join(name for name, _ in values if name[0] == "e")


GATE = "mailto:dmarc-ruf@ruf.example.org"
OTHER = '_dmarc.example.org TXT "v=DMARC1; p=none; ruf='
AUTHORISED = "brand.example._report._dmarc.ruf.example.org"
KEY = "ruf1._domainkey.ruf.example.org"

# What to take out, what to put in, the code, its level.
FAULTS = {
    "no DMARC record": ("_dmarc.example.org", "", "dmarc_missing", "error"),
    "two DMARC records": ("", f'{OTHER}{GATE}; fo=1"', "dmarc_several", "error"),
    "no version": (
        "_dmarc.example.org", f'_dmarc.example.org TXT "p=none; v=DMARC1; ruf={GATE}"',
        "dmarc_unreadable", "error",
    ),
    "no ruf": ("_dmarc.example.org", '_dmarc.example.org TXT "v=DMARC1; p=none"', "ruf_missing",
               "error"),
    "ruf elsewhere alone": ("_dmarc.example.org", f'{OTHER}mailto:x@vendor.example"',
                            "ruf_elsewhere", "error"),
    "ruf elsewhere, too": ("_dmarc.example.org", f'{OTHER}{GATE}, mailto:x@vendor.example"',
                           "ruf_bypasses_gate", "error"),
    "another mailbox of ours": ("_dmarc.example.org", f'{OTHER}{GATE},mailto:x@ruf.example.org"',
                                "ruf_bypasses_gate", "error"),
    "a size": ("_dmarc.example.org", f'{OTHER}{GATE}!10m"', "ruf_size", "warning"),
    "another scheme": ("_dmarc.example.org", f'{OTHER}{GATE},https://x.example/r"',
                       "ruf_unreadable", "error"),
    "fo of both": ("_dmarc.example.org",
                   f'_dmarc.example.org TXT "v=DMARC1; p=none; fo=0:1; ruf={GATE}"',
                   "fo_contradicts", "warning"),
    "no authorisation": (AUTHORISED, "", "authorisation_missing", "error"),
    "an authorisation of something else": (AUTHORISED, f'{AUTHORISED} TXT "v=spf1 -all"',
                                           "authorisation_missing", "error"),
    "two authorisations": ("", f'{AUTHORISED} TXT "v=DMARC1"', "authorisation_several", "warning"),
    "an authorisation for another host": (
        AUTHORISED, f'{AUTHORISED} TXT "v=DMARC1; ruf=mailto:x@vendor.example"',
        "authorisation_contradicts", "error",
    ),
    "an authorisation for another mailbox": (
        AUTHORISED, f'{AUTHORISED} TXT "v=DMARC1; ruf=mailto:x@ruf.example.org"',
        "ruf_bypasses_gate", "error",
    ),
    "no MX": ("ruf.example.org. MX", "", "mx_missing", "error"),
    "no MX but an address": ("ruf.example.org. MX", "ruf.example.org A 192.0.2.1", "mx_implicit",
                             "warning"),
    "null MX": ("ruf.example.org. MX", "ruf.example.org MX 0 .", "mx_null", "error"),
    "MX elsewhere": ("ruf.example.org. MX", "ruf.example.org MX 10 mail.example.org.",
                     "mx_elsewhere", "warning"),
    "MX beside": ("", "ruf.example.org MX 20 mail.example.org.", "mx_beside", "warning"),
    "MX without address": ("gate.example.org A", "", "mx_unresolved", "error"),
    "no SPF": ("ruf.example.org. TXT", 'ruf.example.org TXT "hello"', "spf_missing", "error"),
    "two SPF": ("", 'ruf.example.org TXT "v=spf1 mx -all"', "spf_several", "error"),
    "open SPF": ("ruf.example.org. TXT", 'ruf.example.org TXT "v=spf1 +all"', "spf_open", "error"),
    "SPF of another host": ("ruf.example.org. TXT", 'ruf.example.org TXT "v=spf1 mx -all"',
                            "spf_not_listed", "warning"),
    "SPF that cannot be read": ("ruf.example.org. TXT", 'ruf.example.org TXT "v=spf1 ip4:x -all"',
                                "spf_broken", "error"),
    "no DKIM": (KEY, "", "dkim_missing", "error"),
    "another DKIM key": (KEY, f'{KEY} TXT "v=DKIM1; k=rsa; p=TUlJ"', "dkim_wrong", "error"),
    "a revoked DKIM key": (KEY, f'{KEY} TXT "v=DKIM1; p="', "dkim_revoked", "error"),
    "two DKIM keys": ("", f'{KEY} TXT "v=DKIM1; p=TUlJ"', "dkim_several", "error"),
    "no MTA-STS": ("_mta-sts", "", "mta_sts_missing", "warning"),
    "two MTA-STS": ("", '_mta-sts.ruf.example.org TXT "v=STSv1; id=1"', "mta_sts_several", "error"),
    "a bad id": ("_mta-sts", '_mta-sts.ruf.example.org TXT "v=STSv1; id=a-1"', "mta_sts_id",
                 "error"),
    "no TLSRPT": ("_smtp._tls", "", "tlsrpt_missing", "warning"),
    "TLSRPT without a target": ("_smtp._tls", '_smtp._tls.ruf.example.org TXT "v=TLSRPTv1;"',
                                "tlsrpt_no_target", "error"),
    "TLSRPT to ruf": ("_smtp._tls", f'_smtp._tls.ruf.example.org TXT "v=TLSRPTv1; rua={GATE}"',
                      "tlsrpt_to_ruf", "error"),
    "two TLSRPT": ("", '_smtp._tls.ruf.example.org TXT "v=TLSRPTv1; rua=mailto:a@b.example"',
                   "tlsrpt_several", "error"),
    "no TLSA": ("_25._tcp", "", "tlsa_missing", "warning"),
    "another TLSA": ("_25._tcp", f"_25._tcp.gate.example.org TLSA 3 1 1 {'ab' * 32}", "tlsa_wrong",
                     "error"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_by_its_name_and_nothing_else(gate, zone, capsys, fault):
    out, in_, code, level = FAULTS[fault]
    wrong = "\n".join(filter(None, [without(zone, out) if out else zone, in_]))
    found = gate.compare(wrong)
    assert found.pop(code) == level
    assert set(found) <= BESIDE_IT.get(code, set())


BESIDE_IT = {
    "dmarc_several": {"dmarc_missing"},
    "dmarc_unreadable": {"dmarc_missing"},
    "ruf_elsewhere": {"ruf_bypasses_gate"},
    "mx_null": {"mx_elsewhere"},
}


def test_authorisations_are_asked_for_where_they_are_needed(gate, zone):
    assert gate.check(zone) == 0
    assert (AUTHORISED, "TXT") in gate.server.asked
    assert ("example.org._report._dmarc.ruf.example.org", "TXT") not in gate.server.asked


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ("v=spf1 a:mail.example.org ~all", {}),
        ("v=spf1 include:spf.example.org -all", {}),
        ("v=spf1 ip4:192.0.2.0/24 -all", {}),
        ("v=spf1 ip4:198.51.100.0/24 -all", {"spf_not_listed": "warning"}),
        ("v=spf1 include:nowhere.example.org -all", {"spf_broken": "error"}),
    ],
)
def test_spf_is_worked_out_for_the_host_that_sends(gate, zone, record, found):
    lines = (f'ruf.example.org TXT "{record}"', 'spf.example.org TXT "v=spf1 ip4:192.0.2.26 -all"')
    assert gate.compare("\n".join((without(zone, "ruf.example.org. TXT"), *lines))) == found


@pytest.mark.parametrize("name", ["example.org", "sub.example.org"])
def test_an_intake_that_ended_is_no_longer_asked_for(gate, zone, capsys, name):
    ended = CONFIG.replace(
        '[[domains]]\nname = "example.org"\n',
        f'[[domains]]\nname = "{name}"\ncollect_until = 2020-01-31\n',
    )
    gate.configure(ended)
    assert gate.check(zone, "--json") == 78
    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["code"], finding["name"]) == ("intake_ended", "_dmarc.example.org")
    assert "ended on 2020-01-31" in finding["message"]
    assert (f"at _dmarc.{name}" in finding["message"]) == (name != "example.org")
    without_it = without(zone, "_dmarc.example.org") + '\n_dmarc.example.org TXT "v=DMARC1; p=none"'
    assert gate.check(without_it, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    gate.run("records")
    printed = capsys.readouterr()
    assert f"_dmarc.{name}" not in printed.out
    assert "take ruf out" in printed.err


def test_a_subdomain_goes_by_the_record_above_it(gate, zone, capsys):
    gate.configure(CONFIG + '[[domains]]\nname = "sub.example.org"\n')
    assert gate.check(zone, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    gate.run("records")
    assert "_dmarc.sub" not in capsys.readouterr().out


def test_an_address_in_the_domain_itself_needs_no_authorisation(gate, capsys):
    own = '"dmarc-ruf@ruf.example.org", "ruf@brand.example"'
    gate.configure(CONFIG.replace('"dmarc-ruf@ruf.example.org"', own))
    gate.run("records")
    printed = capsys.readouterr().out
    assert "_dmarc.brand.example. 3600 IN TXT" in printed
    assert 'ruf=mailto:ruf@brand.example"' in printed
    assert "_report" not in printed


def test_by_the_tree_walk_two_domains_may_be_apart(gate, zone, capsys):
    """RFC 9989: ``psd=n`` makes the host a domain of its own, whatever the suffix list says."""
    apart = f'{zone}\n_dmarc.ruf.example.org TXT "v=DMARC1; psd=n; p=reject"'
    assert gate.check(apart, "--json") == 78
    (finding,) = json.loads(capsys.readouterr().out)
    assert finding["code"] == "authorisation_missing"
    assert finding["name"] == "example.org._report._dmarc.ruf.example.org"


def test_by_the_suffix_list_two_domains_may_be_apart():
    """Reporters before RFC 9989 go by it, whatever the walk says; their question counts, too."""
    plan = Plan(
        recipients=("r@host.co.uk",), own=(Own(name="brand.co.uk"),), today=date(2027, 3, 1)
    )
    one = Place(policy="brand.co.uk", organization="co.uk")
    places = {"brand.co.uk": one, "host.co.uk": Place(policy=None, organization="co.uk")}
    name = "brand.co.uk._report._dmarc.host.co.uk"
    assert (name, "TXT") in questions(plan, Seen({}, places), organizational)
    answers = {("_dmarc.brand.co.uk", "TXT"): ("v=DMARC1; ruf=mailto:r@host.co.uk",)}
    found = check(plan, Seen({**answers, (name, "TXT"): ()}, places), organizational)
    assert [finding.code for finding in found] == ["authorisation_missing"]
    assert not check(plan, Seen({**answers, (name, "TXT"): ()}, places), lambda _: "uk")


def test_without_tls_nothing_may_ask_for_it(gate, zone, capsys):
    plain = "".join(line for line in CONFIG.splitlines(True) if not line.startswith("tls_"))
    gate.configure(plain)
    assert gate.check(zone, "--json") == 78
    found = [(one["code"], one["name"]) for one in json.loads(capsys.readouterr().out)]
    assert found == [
        ("tls_not_offered", "_mta-sts.ruf.example.org"),
        ("tls_not_offered", "_25._tcp.gate.example.org"),
    ]
    gate.run("records")
    printed = capsys.readouterr()
    assert "STSv1" not in printed.out
    assert "TLSA" not in printed.out
    assert "tls_certificate" in printed.err


def test_no_answer_is_no_error_and_no_success(gate, zone, capsys):
    gate.configure(CONFIG.replace("brand.example", "brand.broken.example"))
    assert gate.check(zone, "--json") == 69
    found = json.loads(capsys.readouterr().out)
    assert [(one["level"], one["name"]) for one in found] == [
        ("unknown", "_dmarc.brand.broken.example")
    ]


def test_a_long_key_is_printed_in_strings_that_are_read_as_one(gate, zone, capsys):
    """An RSA key is longer than one string of a TXT record may be."""
    pem = rsa.generate_private_key(65537, 2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    (gate.folder / "rsa.pem").write_bytes(pem)
    (gate.folder / "rsa.pem").chmod(0o600)
    gate.configure(CONFIG.replace("dkim.pem", "rsa.pem"))
    assert gate.compare(zone) == {"dkim_wrong": "error"}
    gate.run("records")
    printed = capsys.readouterr().out
    assert re.search(r'"v=DKIM1; k=rsa; p=MII[^"]{200,}" "[^"]+"\n', printed)
    assert gate.compare(zone_of(printed)) == {}


def test_long_answers_come_by_tcp(gate, zone, capsys):
    many = "\n".join(f'ruf.example.org TXT "verification-{n}-{"x" * 100}"' for n in range(20))
    assert gate.check(f"{zone}\n{many}") == 0
    assert "ruf.example.org." in gate.server.over_tcp


def test_what_dns_says_moves_no_terminal(gate, zone, capsys):
    hostile = without(zone, "_dmarc.example.org") + f'\n{OTHER}mailto:x\\027[2J@vendor.example"'
    assert gate.check(hostile) == 78
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "found:" in printed
    assert gate.check(hostile, "--json") == 78
    assert "\x1b" not in capsys.readouterr().out


def test_a_wrong_resolver_or_certificate_is_said(gate, tmp_path, capsys):
    assert gate.run("check", "--resolver", "dns.example:53") == 64
    assert "192.0.2.53:53" in capsys.readouterr().err
    gate.configure(CONFIG.replace('"tls.pem"', '"tls.key"'))
    assert gate.run("records") == 78
    assert "no certificate" in capsys.readouterr().err


def test_hints_say_what_no_record_can(gate, capsys):
    gate.configure('[smtp]\nrecipients = ["r@ruf.example.org"]\n')
    assert gate.run("records") == 0
    said = capsys.readouterr().err
    for what in ("[[domains]]", "[smtp] hostname", "dkim_key", "tls_certificate"):
        assert what in said


@pytest.mark.parametrize(
    ("text", "address", "size"),
    [
        ("mailto:a@b.example", "a@b.example", None),
        ("MAILTO:a@b.example!10m", "a@b.example", "10m"),
        ("mailto:a%21b%2Cc@b.example", "a!b,c@b.example", None),
        ("mailto:a@b.example?subject=x", "a@b.example", None),
        ("mailto:a@b@c", None, None),
        ("mailto:", None, None),
        ("https://b.example/", None, None),
        ("a@b.example", None, None),
    ],
)
def test_uris_are_read(text, address, size):
    (uri,) = uris_of(text)
    assert (uri.address, uri.size) == (address, size)


def test_an_address_is_written_so_that_it_is_read_again():
    for address in ("a@b.example", "a!b,c;d@b.example", "a+tag@b.example", "ü?#%@b.example"):
        assert [uri.address for uri in uris_of(mailto(address))] == [address]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("v=DMARC1", True), ("v = DMARC1 ; p=none", True), ("v=DMARC1;", True), ("v=DMARC12", False),
     ("v=dmarc1; p=none", False), ("p=none; v=DMARC1", False), ("", False)],
)  # fmt: skip
def test_the_version_comes_first(text, is_one):
    assert bool(dmarc_records([text])) == is_one
