"""Values inside fields: encoded words, addresses, dates, authentication results."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.sanitize.auth_results import parse_auth_results
from rufgate.sanitize.fields import decode_words, parse_date, parse_ip


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),
        ("=?iso-8859-1?q?a?=\r\n =?iso-8859-1?q?b?=", "ab"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?ada.whit?= =?utf-8?q?combe=40home.example?=", "ada.whitcombe@home.example"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8*en?q?b_c?=", "b c"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?utf-8?q?a=0D=0ABcc:_x?=", "a  Bcc: x"),
        ("=?nonsense?q?b?=", "b"),
        ("=?utf-8?b?!?=", ""),
        ("=?utf-8?x?b?=", "=?utf-8?x?b?="),
        ("a\r\nb\x00c\u2028d", "a  b c d"),
    ],
)
def test_decode_words(value: str, expected: str) -> None:
    assert decode_words(value) == expected


@given(st.text(max_size=300) | st.from_regex(r"(=\?[a-z0-9-]*\?[bq]\?[ -~]*\?=\s?){1,4}"))
def test_decode_words_never_raises_nor_breaks_the_line(value: str) -> None:
    assert not any(char in decode_words(value) for char in "\r\n\x00\x0b\x0c\x85\u2028\u2029")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 (pool-1.example)", "192.0.2.1"),
        ("[192.0.2.1]", "192.0.2.1"),
        ("192.0.2.1:25", "192.0.2.1"),
        ("192.0.2.1#25", "192.0.2.1"),
        ("IPv6:2001:db8::1", "2001:db8::1"),
        ("[IPv6:2001:DB8:0::1]", "2001:db8::1"),
        ("[2001:db8::1]:25", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("x.x.x.x", None),
        ("XX.YY.ZZ.6", None),
        ("192.0.2.256", None),
        ("", None),
        ("(192.0.2.1)", None),
    ],
)
def test_parse_ip(value: str, expected: str | None) -> None:
    assert parse_ip(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "Tue, 03 Nov 2026 09:14:58 +0000",
        "3 Nov 2026 10:14:58 +0100 (CET)",
        "Tue, 03 Nov 2026 09:14:58 -0000",
        "Tue, 03 Nov 2026 01:14:58 PST",
        "Tue, 03 Nov 2026 18:14:58 JST",
        "Tue Nov  3 09:14:58 2026",
        "2026-11-03T10:14:58+01:00",
        "2026-11-03 09:14:58",
        "2026-11-03T09:14:58Z",
    ],
)
def test_parse_date(value: str) -> None:
    assert parse_date(value) == datetime(2026, 11, 3, 9, 14, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["", "yesterday", "99 Foo 2026", "1 Jan 2026 99:00:00 +0000", "0" * 99]
)
def test_no_date(value: str) -> None:
    assert parse_date(value) is None


@given(
    st.text(max_size=120)
    | st.from_regex(r"[0-9]{1,3} [A-Z][a-z]{2} [0-9]{1,6} [0-9:]{1,9} [+-]?[0-9A-Z]{1,6}")
)
def test_dates_and_addresses_never_raise(value: str) -> None:
    found = parse_date(value, near=datetime(2026, 11, 3, tzinfo=UTC))
    assert found is None or found.tzinfo is UTC
    assert parse_ip(value) != ""


def read(value: str) -> list[tuple[str | None, str, dict[str, str]]]:
    return [
        (
            one.authserv.reveal() if one.authserv else None,
            f"{one.method.reveal()}={one.result.reveal()}",
            {name: raw.reveal() for name, raw in one.properties},
        )
        for one in parse_auth_results(value)
    ]


def test_conforming_authentication_results() -> None:
    value = (
        "mx.example 1; spf=pass (mx: ok; really) smtp.mailfrom=a@b.example;"
        ' dkim=fail reason="bad; key" header.d=b.example header.s="s 1"'
    )
    assert read(value) == [
        ("mx.example", "spf=pass", {"smtp.mailfrom": "a@b.example"}),
        ("mx.example", "dkim=fail", {"header.d": "b.example", "header.s": "s 1"}),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("dmarc=fail (p=none, dis=none) header.from=b.example", ["dmarc=fail"]),
        (
            "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dkim=none",
            ["spf=fail", "dkim=none"],
        ),
        (
            "mta.example  from=b; domainkeys=neutral (no sig); from=b.example; dkim=pass (ok)",
            ["domainkeys=neutral", "dkim=pass"],
        ),
        (
            "mx.example; dkim=fail (e: x=y) header.d=a.example; dkim=permerror",
            ["dkim=fail", "dkim=permerror"],
        ),
        ("mx.example; spf=pass smtp.mailfrom=a dkim=pass header.d=b", ["spf=pass", "dkim=pass"]),
        ("mx.example; DKIM/1=Pass", ["dkim=pass"]),
        ("mx.example; none", []),
        ("", []),
        ("(((((", []),
    ],
)
def test_tolerated_authentication_results(value: str, expected: list[str]) -> None:
    assert [result for _, result, _ in read(value)] == expected


def test_no_authserv_id() -> None:
    assert read("spf=fail smtp.mailfrom=b.example")[0][0] is None


@given(st.text(alphabet='ab=;()". \\', max_size=80))
def test_authentication_results_never_raise(value: str) -> None:
    assert len(parse_auth_results(value)) <= 50
