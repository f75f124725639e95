import re

import pytest

from rufgate.sanitize.auth_redaction import redact_auth_results, redact_selector
from rufgate.sanitize.parsed import RawAuthResult
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.raw import RawText
from tests.sanitize.redaction_examples import context


def raw(method="dmarc", result="fail", authserv="mx.example", **properties):
    return RawAuthResult(
        authserv=RawText(authserv),
        method=RawText(method),
        result=RawText(result),
        properties=[
            (name.replace("__", "."), RawText(value)) for name, value in properties.items()
        ],
    )


def properties(ctx=None, **given):
    result = redact_auth_results([raw(**given)], ctx or context(), trusted=True)[0]
    return {str(name): str(value) for name, value in result.properties}


@pytest.mark.parametrize(
    ("name", "value", "pattern"),
    [
        ("header__d", "Example.ORG", "example.org"),
        ("header__from", "example.org", "example.org"),
        ("header__from", "Jane <jane@example.org>", "example.org"),
        ("header__s", "20230601", "20230601"),
        ("header__s", "6gbrjpgwjskckoa6a5zn6fwqkn67xbtw", r"\[selector\]"),
        ("header__a", "rsa-sha256", "rsa-sha256"),
        ("header__i", "jane@example.org", r"p1-[a-z2-7]{24}@example\.org"),
        ("header__i", "@example.org", r"@example\.org"),
        ("smtp__mailfrom", "jane@example.org", r"p1-[a-z2-7]{24}@example\.org"),
        ("smtp__mailfrom", "example.org", r"example\.org"),
        ("smtp__rcptto", "jane@jane-smith.example", r"p1-[a-z2-7]{24}@\[domain\]"),
        ("smtp__remote-ip", "192.0.2.1", r"192\.0\.2\.1"),
        ("policy__iprev", "198.51.100.7", r"198\.51\.100\.0/24"),
        ("smtp__helo", "mail.example.org", r"mail\.example\.org"),
        ("policy__dmarc", "none", "none"),
    ],
)
def test_properties_that_pass(name, value, pattern):
    shown = properties(**{name: value})
    assert re.fullmatch(pattern, shown[name.replace("__", ".")])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("smtp__auth", "jane"),
        ("header__b", "AbCd1234"),
        ("reason", "jane was here"),
        ("policy__dmarc", "jane"),
        ("header__a", "jane"),
        ("header__d", "jane"),
        ("smtp__helo", "janes-macbook.local"),
        ("smtp__mailfrom", "jane"),
        ("smtp__remote-ip", "jane"),
        ("x__jane", "y"),
    ],
)
def test_properties_that_are_dropped(name, value):
    assert properties(**{name: value}) == {}


def test_copies_do_not_tell_recipients():
    assert properties(context(recipients="count"), smtp__rcptto="jane@x.example") == {}


def test_methods_and_results_are_of_our_lists():
    results = redact_auth_results(
        [raw("jane"), raw("spf", "jane"), raw("DKIM", "Pass")], context(), trusted=True
    )
    assert [(str(item.method), str(item.result)) for item in results] == [
        ("spf", "unknown"),
        ("dkim", "pass"),
    ]


def test_the_authserv_id_is_a_host_or_nothing():
    assert str(redact_auth_results([raw()], context(), trusted=False)[0].authserv) == "mx.example"
    for authserv, trusted in (
        ("jane", True),
        ("mx.jane-smith.example", False),
        ("j@x.example", True),
    ):
        result = redact_auth_results([raw(authserv=authserv)], context(), trusted=trusted)[0]
        assert result.authserv is None


@pytest.mark.parametrize(
    ("selector", "shown"),
    [
        ("s1", "s1"),
        ("", None),
        ("jane.k1", "[selector]"),
        ("a1b2c3d4e5", "[selector]"),
        ("x y", "[selector]"),
        ("k2", "k2"),
    ],
)
def test_selectors(selector, shown):
    assert redact_selector(selector, context(names=frozenset({"jane"}))) == shown


def test_the_source_is_cut_by_policy():
    cut = context(Policy(source_ip="truncate"))
    assert properties(cut, **{"smtp__remote-ip": "192.0.2.1"}) == {"smtp.remote-ip": "192.0.2.0/24"}
