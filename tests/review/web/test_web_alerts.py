"""Alerts stand on the first page, each for those whose domain it is about."""

from __future__ import annotations

import pytest

from rufgate.review.access import Role
from rufgate.store.filters import Scope
from tests.review.web.site import A, B, make_site, raise_, served


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = make_site(tmp_path_factory.mktemp("web"))
    raise_(made, A, "many as alpha")
    raise_(made, f"sub.{A}", "many below alpha")
    raise_(made, B, "many as beta <b>")
    raise_(made, None, "of the gate")
    raise_(made, B, "long ago", days_ago=3)
    with served(made):
        yield made


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_those_of_its_domains(site, role):
    with site.signed_in(role.value) as client:
        html = client.get("/").text
    for said in ("many as alpha", "many below alpha", "many as beta &lt;b&gt;", "of the gate"):
        assert said in html
    assert "long ago" not in html
    with site.signed_in(f"{role.value}-a") as client:
        html = client.get("/").text
    assert "many as alpha" in html
    assert "many below alpha" in html
    assert "beta" not in html
    assert "of the gate" not in html


@pytest.mark.parametrize("role", list(Role))
def test_programs_see_the_same_for_as_long_as_they_ask(site, role):
    with site.program(role.value) as client:
        found = client.get("/api/v1/alerts").json()["alerts"]
        assert len(found) == 5
        assert found[-1]["message"] == "long ago"
        assert set(found[0]) == {"kind", "domain", "message", "at"}
        today = client.get("/api/v1/alerts", params={"since": "2026-03-19"}).json()["alerts"]
        assert len(today) == 4
        assert len(client.get("/api/v1/alerts", params={"limit": 2}).json()["alerts"]) == 2
    with site.program(f"{role.value}-a") as client:
        found = client.get("/api/v1/alerts").json()["alerts"]
    assert {one["domain"] for one in found} == {A, f"sub.{A}"}


def test_the_look_is_entered_as_a_count(site):
    with site.signed_in(f"{Role.ANALYST.value}-a") as client:
        client.get("/")
    entry = next(one for one in site.entries() if one.action == "alerts_listed")
    assert entry.said is not None
    assert (entry.said["count"], entry.said["filters"]) == (2, ["since", "limit"])


def test_a_scope_covers_a_name_and_what_is_below_it():
    scope = Scope(("example.org",))
    assert scope.covers("example.org")
    assert scope.covers("a.example.org")
    assert not scope.covers("badexample.org")
    assert not scope.covers(None)
    assert Scope(("*",)).covers(None)
    assert not Scope().covers("example.org")


def test_the_page_has_all_of_a_month_and_leads_to_what_they_are_about(tmp_path):
    site = make_site(tmp_path)
    mailing = "6f1f5c3e-0000-4000-8000-000000000000"
    raise_(site, A, "many", days_ago=9)
    raise_(site, A, "a mailing", kind="campaign", campaign=mailing)
    raise_(site, A, "look by `rufgate outbox list` <b>", kind="outbox")
    raise_(site, B, "not of alpha", kind="new_source")
    raise_(site, A, "purged", kind="purge_not_verified")
    raise_(site, A, "far too old", days_ago=40)
    links = {
        f"/sources?domain={A}&amp;since=2026-03-11&amp;until=2026-03-11": {"analyst"},
        f"/reports?campaign={mailing}": {"analyst"},
        f"/sources?domain={B}&amp;since=2026-03-20&amp;until=2026-03-20": {"analyst"},
        'href="/retention" aria-label': {"privacy-officer"},
        'href="/deliveries" aria-label': {"analyst", "postmaster"},
    }
    with served(site):
        for role in Role:
            with site.signed_in(role.value) as client:
                html = client.get("/alerts").text
                assert "look by <code>rufgate outbox list</code> &lt;b&gt;" in html
                assert "far too old" not in html
                for href, roles in links.items():
                    assert (href in html) == (role.value in roles), (role, href)
            with site.signed_in(f"{role.value}-a") as client:
                html = client.get("/alerts").text
                assert "a mailing" in html
                assert "beta" not in html
                assert "not of alpha" not in html
