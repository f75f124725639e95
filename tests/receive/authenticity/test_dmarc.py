"""The tree walk by tables: the examples of RFC 9989, and what checkdmarc finds in the same zone."""

import pytest

from rufgate.receive.authenticity.dmarc import author, organization, parse_policy, steps
from tests.receive.authenticity.zones import Zone

ZONE: dict[str, list[str] | None] = {
    "_dmarc.example.com TXT": ["v=DMARC1; p=reject"],
    "_dmarc.sub.example.com TXT": ["v=DMARC1; p=none; aspf=s; adkim=s"],
    "_dmarc.example TXT": ["v=DMARC1; p=reject; psd=y"],
    "_dmarc.gov.example TXT": ["v=DMARC1; p=reject; psd=y; np=reject"],
    "_dmarc.agency.gov.example TXT": ["v=DMARC1; p=none"],
    "_dmarc.own.example.net TXT": ["v=DMARC1; p=none; psd=n"],
    "_dmarc.example.net TXT": ["v=DMARC1; p=none"],
    "_dmarc.two.example.org TXT": ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
    "_dmarc.two.test TXT": ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
    "_dmarc.example.org TXT": ["v=spf1 -all", "v=DMARC1;p=none"],
}


def test_where_a_walk_asks() -> None:
    assert steps("a.mail.example.com") == (
        "a.mail.example.com", "mail.example.com", "example.com", "com",
    )  # fmt: skip
    long = "a.b.c.d.e.f.g.h.i.j.mail.example.com"  # RFC 9989 section 4.10
    assert steps(long) == (
        long, "g.h.i.j.mail.example.com", "h.i.j.mail.example.com", "i.j.mail.example.com",
        "j.mail.example.com", "mail.example.com", "example.com", "com",
    )  # fmt: skip
    assert all(len(steps(".".join("x" * labels))) <= 8 for labels in range(1, 120))


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        ("example.com", "example.com"),
        ("a.mail.example.com", "example.com"),
        ("x.sub.example.com", "example.com"),
        ("a.b.c.d.e.f.g.h.i.j.mail.example.com", "example.com"),
        ("mail.own.example.net", "own.example.net"),  # psd=n
        ("mail.example.net", "example.net"),
        ("x.y.gov.example", "y.gov.example"),  # one below psd=y
        ("mail.agency.gov.example", "agency.gov.example"),
        ("gov.example", "gov.example"),  # psd=y at the start is no boundary
        ("some.thing.example", "thing.example"),
        ("nothing.test", "nothing.test"),
        ("mail.nothing.test", "mail.nothing.test"),
        ("two.example.org", "example.org"),  # two records are none
    ],
)
async def test_organizational_domains(domain: str, owner: str) -> None:
    zone = Zone(ZONE)
    assert await organization(domain, zone) == owner
    assert len(zone.asked) <= 8


async def test_policies_of_authors() -> None:
    zone = Zone(ZONE)
    own = await author("sub.example.com", zone)
    assert (own.has_policy, own.strict_spf, own.strict_dkim) == (True, True, True)
    above = await author("x.y.example.com", zone)
    assert (above.has_policy, above.strict_spf, above.organization) == (True, False, "example.com")
    suffix = await author("x.y.gov.example", zone)
    assert (suffix.has_policy, suffix.organization) == (True, "y.gov.example")
    assert not (await author("nothing.test", zone)).has_policy
    assert not (await author("two.test", zone)).has_policy


async def test_trouble_on_the_way_is_a_temporary_error() -> None:
    zone = Zone({**ZONE, "_dmarc.mail.example.com TXT": None})
    assert (await author("mail.example.com", zone)).result.value == "temperror"


@pytest.mark.parametrize(
    ("text", "is_policy"),
    [
        ("v=DMARC1", True), ("v=DMARC1;", True), (" v = DMARC1 ; p=none", True),
        ("v=DMARC1; nonsense; p", True), ("v=DMARC10; p=none", False), ("p=none; v=DMARC1", False),
        ("v=dmarc1; p=none", False), ("", False), ("v=DMARC1 p=none", False),
    ],
)  # fmt: skip
def test_what_is_a_record(text: str, is_policy: bool) -> None:
    assert (parse_policy(text, "example.com") is not None) is is_policy
