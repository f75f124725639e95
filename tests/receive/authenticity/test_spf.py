"""SPF by tables: the examples of RFC 7208, its limits, and records that are none."""

from ipaddress import ip_address

import pytest

from rufgate.receive.authenticity.spf import check_host
from rufgate.receive.authenticity.spf_record import (
    BadRecord,
    Macros,
    expand,
    is_spf,
    parse_record,
)
from tests.receive.authenticity.zones import Zone

# RFC 7208 appendix A: the zone of the examples.
RFC_ZONE: dict[str, list[str] | None] = {
    "example.com MX": ["mail-a.example.com", "mail-b.example.com"],
    "example.com A": ["192.0.2.10", "192.0.2.11"],
    "amy.example.com A": ["192.0.2.65"],
    "bob.example.com A": ["192.0.2.66"],
    "mail-a.example.com A": ["192.0.2.129"],
    "mail-b.example.com A": ["192.0.2.130"],
    "www.example.com A": ["192.0.2.10", "192.0.2.11"],
    "mail-c.example.org A": ["192.0.2.140"],
    "example.org MX": ["mail-c.example.org"],
    "10.2.0.192.in-addr.arpa PTR": ["example.com"],
    "11.2.0.192.in-addr.arpa PTR": ["example.com"],
    "65.2.0.192.in-addr.arpa PTR": ["amy.example.com"],
    "66.2.0.192.in-addr.arpa PTR": ["bob.example.com"],
    "129.2.0.192.in-addr.arpa PTR": ["mail-a.example.com"],
    "130.2.0.192.in-addr.arpa PTR": ["mail-b.example.com"],
    "140.2.0.192.in-addr.arpa PTR": ["mail-c.example.org"],
    "4.0.0.10.in-addr.arpa PTR": ["bob.example.com"],
    "_spf.example.net TXT": ["v=spf1 ip4:198.51.100.0/24 -all"],
}


async def _check(record: str, client: str, more: dict[str, list[str] | None] | None = None) -> str:
    zone = Zone({**RFC_ZONE, "example.com TXT": ["other", record], **(more or {})})
    return (await check_host(ip_address(client), "example.com", "mx.example.com", zone)).value


@pytest.mark.parametrize(
    ("record", "passing", "failing"),
    [
        ("v=spf1 +all", "192.0.2.129", None),
        ("v=spf1 a -all", "192.0.2.10", "192.0.2.129"),
        ("v=spf1 a:example.org -all", None, "192.0.2.10"),
        ("v=spf1 mx -all", "192.0.2.129", "192.0.2.10"),
        ("v=spf1 mx:example.org -all", "192.0.2.140", "192.0.2.129"),
        ("v=spf1 mx mx:example.org -all", "192.0.2.140", "192.0.2.141"),
        ("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.131", "192.0.2.132"),
        ("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.143", "192.0.2.144"),
        ("v=spf1 ptr -all", "192.0.2.65", "192.0.2.140"),
        ("v=spf1 ptr -all", "192.0.2.10", "10.0.0.4"),
        ("v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.129", "192.0.2.65"),
        ("v=spf1 include:_spf.example.net ~all", "198.51.100.7", None),
        ("v=spf1 redirect=_spf.example.net", "198.51.100.7", "192.0.2.1"),
        ("V=SPF1 IP4:192.0.2.1 -ALL", "192.0.2.1", "192.0.2.2"),
    ],
)
async def test_the_examples_of_appendix_a(
    record: str, passing: str | None, failing: str | None
) -> None:
    if passing:
        assert await _check(record, passing) == "pass"
    if failing:
        assert await _check(record, failing) == "fail"


@pytest.mark.parametrize(
    ("record", "client", "result"),
    [
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::9", "pass"),
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db9::9", "fail"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "::ffff:192.0.2.9", "pass"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "2001:db8::9", "fail"),
        ("v=spf1 a//64 -all", "2001:db8::9", "fail"),
        ("v=spf1", "192.0.2.1", "neutral"),
        ("v=spf1 ?all", "192.0.2.1", "neutral"),
        ("v=spf1 ~all", "192.0.2.1", "softfail"),
        ("v=spf1 -exists:%{ir}.no.example.com ?all", "192.0.2.1", "neutral"),
        ("v=spf1 exists:%{ir}.yes.example.com -all", "192.0.2.1", "pass"),
        ("v=spf1 moo=%{xyz -all", "192.0.2.1", "permerror"),
        ("v=spf1 moo=cow -all", "192.0.2.1", "fail"),
        ("v=spf1 exp=%{s}.example.com -all", "192.0.2.1", "fail"),
        ("v=spf1 include:none.example.com -all", "192.0.2.1", "permerror"),
        ("v=spf1 redirect=none.example.com", "192.0.2.1", "permerror"),
        ("v=spf1 include:trouble.example.com -all", "192.0.2.1", "temperror"),
        ("v=spf1 a:trouble.example.com -all", "192.0.2.1", "temperror"),
        ("v=spf1 ip4:192.0.2.1 a:trouble.example.com -all", "192.0.2.1", "pass"),
        ("v=spf1 include:broken.example.com -all", "192.0.2.1", "permerror"),
        ("v=spf1 include:example.com -all", "192.0.2.1", "permerror"),
        ("v=spf1 redirect=example.com", "192.0.2.1", "permerror"),
        ("v=spf1 mx:null.example.com -all", "192.0.2.1", "fail"),
        ("v=spf1 mx:many.example.com -all", "192.0.2.1", "permerror"),
    ],
)
async def test_results(record: str, client: str, result: str) -> None:
    more: dict[str, list[str] | None] = {
        "1.2.0.192.yes.example.com A": ["127.0.0.2"],
        "trouble.example.com TXT": None,
        "trouble.example.com A": None,
        "broken.example.com TXT": ["v=spf1 ip4:999"],
        "null.example.com MX": ["."],
        "many.example.com MX": [f"mx{number}.example.com" for number in range(11)],
    }
    assert await _check(record, client, more) == result


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 include:%{l}.example.com -all", "v=spf1 exists:%{s}.example.com -all",
        "v=spf1 exists:%{L2r+}.x.example.com -all", "v=spf1 redirect=%{S}.example.com",
        "v=spf1 ip4:192.0.2.1 a:%{l}.example.com -all",  # even where it is never reached
    ],
)  # fmt: skip
async def test_a_record_that_would_name_a_person_is_an_error_and_asks_nothing(record: str) -> None:
    zone = Zone({"example.com TXT": [record]})
    result = await check_host(ip_address("192.0.2.1"), "example.com", "mx.example.com", zone)
    assert result.value == "permerror"
    assert zone.asked == [("example.com", "TXT")]


@pytest.mark.parametrize(
    "term",
    [
        "ip4", "ip4:", "ip4:1.2.3", "ip4:1.2.3.4/33", "ip4:1.2.3.4/08", "ip4:1.2.3.4/", "ip4:::1",
        "ip6:1.2.3.4", "ip6:::1/129", "ip6:fe80::1%1", "a:", "a/33", "a//129", "a:example.com:8080",
        "a:111.222.33.44", "a:foo", "a:example.-com", "mx/ab", "all:x", "all/8", "include",
        "include:", "include:x.example/24", "exists", "exists:", "ptr/24", "ptr:", "-", "?", "moo",
        "a:%{d", "a:%{x}.example", "a:%{d0}.example", "a:%a.example", "a:%{c}.example",
        "redirect=", "redirect=a.example redirect=b.example", "exp=a.b exp=c.d", "=x",
        "a:\u00fc.de",
    ],
)  # fmt: skip
def test_what_is_no_record(term: str) -> None:
    with pytest.raises(BadRecord):
        parse_record(f"v=spf1 {term}")


def test_what_is_taken_for_a_record() -> None:
    assert is_spf("v=spf1")
    assert is_spf("V=sPf1 -all")
    assert not is_spf("v=spf10 -all")
    assert not is_spf("v=spf1-all")
    assert not is_spf(" v=spf1 -all")


async def test_two_records_are_an_error_and_none_is_none() -> None:
    client = ip_address("192.0.2.1")
    two = Zone({"example.com TXT": ["v=spf1 -all", "v=spf1 +all"]})
    assert (await check_host(client, "example.com", "x", two)).value == "permerror"
    assert (await check_host(client, "example.com", "x", Zone({}))).value == "none"


async def test_ten_look_ups_are_allowed_and_eleven_are_not() -> None:
    hosts: dict[str, list[str] | None] = {
        f"a{number}.example.com A": ["203.0.113.1"] for number in range(11)
    }
    ten = " ".join(f"a:a{number}.example.com" for number in range(10))
    assert await _check(f"v=spf1 {ten} ip4:192.0.2.1 -all", "192.0.2.1", hosts) == "pass"
    assert await _check(f"v=spf1 {ten} a:a10.example.com ?all", "192.0.2.1", hosts) == "permerror"


async def test_look_ups_count_over_included_records() -> None:
    chain: dict[str, list[str] | None] = {
        f"i{number}.example.com TXT": [f"v=spf1 include:i{number + 1}.example.com -all"]
        for number in range(20)
    }
    assert await _check("v=spf1 include:i0.example.com ?all", "192.0.2.1", chain) == "permerror"


async def test_two_look_ups_in_vain_are_allowed_and_three_are_not() -> None:
    two = "a:e1.example.com a:e2.example.com"
    assert await _check(f"v=spf1 {two} ip4:192.0.2.1 -all", "192.0.2.1") == "pass"
    assert await _check(f"v=spf1 {two} mx:e3.example.com ?all", "192.0.2.1") == "permerror"


async def test_only_ten_names_of_an_address_are_tried() -> None:
    names = [f"p{number}.example.com" for number in range(30)]
    more: dict[str, list[str] | None] = {"1.2.0.192.in-addr.arpa PTR": names}
    more |= {f"{name} A": ["203.0.113.1"] for name in names[:29]}
    more |= {"p29.example.com A": ["192.0.2.1"]}
    assert await _check("v=spf1 ptr -all", "192.0.2.1", more) == "fail"


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        # RFC 7208 section 7.4
        ("%{o}", "email.example.com"), ("%{d}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"), ("%{d2}", "example.com"), ("%{d1}", "com"),
        ("%{dr}", "com.example.email"), ("%{d2r}", "example.email"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{v}._%%%_%-x.%{h}", "in-addr._% %20x.mx.example.com"), ("%{d2-}", "email.example.com"),
    ],
)  # fmt: skip
def test_macros(spec: str, name: str) -> None:
    macros = Macros(
        client=ip_address("192.0.2.3"), helo="mx.example.com", sender_domain="email.example.com"
    )
    assert expand(spec, "email.example.com", macros) == name


def test_macros_of_an_ipv6_client() -> None:
    macros = Macros(client=ip_address("2001:db8::cb01"), helo="h", sender_domain="d.example")
    assert expand("%{ir}.%{v}._spf.%{d2}", "email.example.com", macros) == (
        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"
    )


def test_a_name_that_is_too_long_loses_labels_from_the_left() -> None:
    macros = Macros(client=ip_address("192.0.2.3"), helo="h", sender_domain="d.example")
    long = ".".join(["x" * 60] * 6)
    name = expand(f"{long}.%{{d}}", "example.com", macros)
    assert len(name) <= 253
    assert name.endswith(".example.com")
