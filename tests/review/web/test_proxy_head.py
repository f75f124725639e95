"""The head of a request, with anything in it: nobody but the proxy names anybody."""

from __future__ import annotations

import re
from ipaddress import ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rufgate.review.web.proxy import (
    SECRET_HEADER,
    UNCLEAR,
    Doubt,
    SignOn,
    is_proxy,
    named,
    without_claims,
)

SECRET = b"0123456789abcdef0123456789abcdef"
SIGN_ON = SignOn(header="X-Remote-User", secret=SECRET)
OPEN = SignOn(header="X-Remote-User", secret=None)

near = st.sampled_from([b"x-remote-user", SECRET_HEADER.lower().encode()]).flatmap(
    lambda name: st.tuples(
        *(st.sampled_from([c, c.upper(), c + b"_", b"-" + c, b"." if c == b"-" else c])
          for c in (name[at:at + 1] for at in range(len(name))))
    ).map(b"".join)
)  # fmt: skip
names = st.one_of(near, st.from_regex(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}", fullmatch=True))
texts = st.one_of(st.just(SECRET), st.just(b"alice"), st.binary(max_size=40))
heads = st.lists(st.tuples(names, texts), max_size=6)
RIGHT = [(b"x-remote-user", b"alice"), (b"x-rufgate-proxy-secret", SECRET)]


@given(heads)
@example(RIGHT)
def test_who_is_no_proxy_names_nobody(head):
    for sign_on in (SIGN_ON, OPEN, None):
        assert named(head, sign_on, by_proxy=False) in {None, Doubt.SENDER}


@given(heads)
@example([*RIGHT, (b"X-Rufgate-Proxy-Secret", SECRET)])
@example([*RIGHT, (b"x-rufgate-proxy-secret", b"")])
def test_a_name_counts_with_the_secret_once_and_is_one_name(head):
    found = named(head, SIGN_ON, by_proxy=True)
    given_ = [value for name, value in head if name.lower() == b"x-rufgate-proxy-secret"]
    said = [value for name, value in head if name.lower() == b"x-remote-user"]
    if not isinstance(found, Doubt) and found is not None:
        assert given_ == [SECRET]
        assert found == UNCLEAR or said == [found.encode()]
        assert not re.search(r"[^!-~]|[,;]", found)


@given(heads, st.sampled_from([SIGN_ON, None]))
def test_nothing_like_a_claim_is_left_and_nothing_else_is_lost(head, sign_on):
    left = without_claims(head, sign_on)
    claims = {b"xrufgateproxysecret", *([b"xremoteuser"] if sign_on else [])}

    def is_claim(name):
        return re.sub(rb"[^a-z0-9]", b"", name.lower()) in claims

    assert left == [(name, value) for name, value in head if not is_claim(name)]


@pytest.mark.parametrize(
    ("client", "is_one"),
    [(("192.0.2.7", 1), True), (("::ffff:192.0.2.7", 1), True), (("192.0.2.8", 1), False),
     (("2001:db8::1", 1), True), (("2001:db9::1", 1), False), (None, False), (("x", 1), False),
     (("fe80::1%eth0", 1), False)],
)  # fmt: skip
def test_an_address_is_the_proxys_by_its_network(client, is_one):
    proxies = (ip_network("192.0.2.7/32"), ip_network("2001:db8::/64"))
    scope = {"type": "http", "client": client}
    assert is_proxy(scope, proxies, is_unix=False) is is_one
    assert is_proxy(scope, (), is_unix=False) is False
    assert is_proxy(scope, (), is_unix=True) is True
