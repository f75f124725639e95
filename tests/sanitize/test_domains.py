import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.sanitize.domains import (
    HIDDEN,
    is_opaque,
    organizational,
    owner_domain,
    public_name,
)
from rufgate.sanitize.policy import OwnDomain, Policy
from tests.sanitize.redaction_examples import own, rule


@pytest.mark.parametrize(
    ("domain", "shown"),
    [
        ("Mail.Example.ORG.", "mail.example.org"),
        ("gmail.com", "gmail.com"),
        ("jane.gmail.com", HIDDEN),
        ("trust.nhs.uk", "trust.nhs.uk"),
        ("cs.ox.ac.uk", "cs.ox.ac.uk"),
        ("notnhs.uk", HIDDEN),
        ("jane-smith.example", HIDDEN),
        ("esp.example", "esp.example"),  # shared with the sender's side
    ],
)
def test_a_recipients_domain_is_kept_only_if_known(domain, shown):
    assert rule(own()).keep(domain, sender_side=False) == shown


def test_the_senders_side_is_kept_as_a_labels():
    assert rule().keep("BÜCHER.example", sender_side=True) == "xn--bcher-kva.example"


def test_organizational_cuts_the_senders_side():
    organizational_policy = Policy(domains="organizational")
    assert rule(organizational_policy).keep("a.b.shop.co.uk", sender_side=True) == "shop.co.uk"


def test_keep_keeps_everything_that_is_public():
    everything = rule(Policy(domains="keep"))
    assert everything.keep("jane-smith.example", sender_side=False) == "jane-smith.example"
    assert everything.keep("janes-pc.local", sender_side=True) == HIDDEN


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "localhost",
        "janes-pc",
        "janes-macbook.local",
        "a.internal",
        "1.2.0.192.in-addr.arpa",
        "a..example",
        "192.0.2.1",
        "jane.doe",
        "jane.smithers",
        "[192.0.2.1]",
        "jane@x.example",
        "x.example\r\nBcc: y",
        "a" * 64 + ".example",
        "a." * 5000 + "example",
        "jane doe.example",
    ],
)
def test_what_is_not_in_the_public_dns_never_passes(name):
    assert public_name(name) is None
    assert rule(Policy(domains="keep")).keep(name, sender_side=True) == HIDDEN


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("mta1.example.org", "mta1.example.org"),
        ("janes-macbook.example.org", "example.org"),
        ("desktop-4f5k2.example.org", "example.org"),
        ("host-198-51-100-7.example.org", "example.org"),
        ("0123456789abcdef.example.org", "example.org"),
        ("jane.example.org", "example.org"),  # a name known from the headers
        ("janes-macbook.local", HIDDEN),
        ("mail.jane-smith.example", HIDDEN),
        ("mail-ej1-f41.google.com", "mail-ej1-f41.google.com"),
    ],
)
def test_host_names_lose_what_could_be_a_person(host, shown):
    assert rule().host(host, names=frozenset({"jane"})) == shown


def test_organizational_domains_by_the_public_suffix_list():
    assert organizational("a.b.example.co.uk") == "example.co.uk"
    assert organizational("a.b.example") == "b.example"
    assert organizational("co.uk") == "co.uk"


@pytest.mark.parametrize(
    ("label", "opaque"),
    [
        ("20230601", False),
        ("selector1", False),
        ("deadbeef", False),
        ("a1b2c3d4", True),
        ("x" * 21, True),
        ("u447700900123", True),
    ],
)
def test_opaque_labels(label, opaque):
    assert is_opaque(label) is opaque


OWN = Policy(own_domains=(OwnDomain(name="example.org"), OwnDomain(name="mail.example.org")))


@pytest.mark.parametrize(
    ("reported", "author", "owner"),
    [
        ("example.org", "example.org", "example.org"),
        ("sub.mail.example.org", None, "mail.example.org"),
        (None, "a.example.org", "example.org"),
        ("example.com", "example.org", "example.org"),
        ("example.org", "example.com", None),  # From disagrees, and is nobody's here
        ("example.org", "mail.example.org", "example.org"),
        ("example.org", None, "example.org"),
        (None, None, None),
        ("notexample.org", None, None),
    ],
)
def test_whose_report_it_is(reported, author, owner):
    assert owner_domain(OWN, reported, author) == owner


def test_without_own_domains_a_report_is_nobodys():
    assert owner_domain(Policy(), "example.org", "example.org") is None


@given(st.text(max_size=300), st.booleans())
def test_whatever_comes_in_the_outcome_is_a_name_or_hidden(text, sender_side):
    shown = rule().keep(text, sender_side=sender_side)
    assert shown == HIDDEN or public_name(shown) == shown
    assert shown.isascii()
    assert not set(shown) & set("@ \r\n")
