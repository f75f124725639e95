"""All routes, by enumeration: who may, what is entered, and that no domain shows another's."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from rufgate.review.access import Role
from rufgate.store.filters import Filter
from rufgate.store.outbox import Outbox
from rufgate.store.query import Order, Query
from rufgate.store.reviews import Reviews
from tests.review.web.site import A, B, fill, form_token, make_site, raise_, served

ANALYST, OFFICER, POSTMASTER = "analyst", "privacy-officer", "postmaster"
EVERYBODY = {ANALYST, OFFICER, POSTMASTER}
NO_ROWS = {
    "/healthz": "one word",
    "/readyz": "one word",
    "/metrics": "counters without labels of people",
    "/static/{name}": "our own files",
    "/api/openapi.json": "what there is, nothing of what is in it",
    "/records": "names of records that can be made",
}
ANYBODY = {"/healthz", "/readyz", "/metrics", "/static/{name}", "/api/openapi.json", "/sign-in"}
MAY = {
    ("GET", "/"): EVERYBODY,
    ("GET", "/alerts"): EVERYBODY,
    ("GET", "/reports"): {ANALYST},
    ("GET", "/reports/{report_id}"): {ANALYST},
    ("GET", "/campaigns"): {ANALYST},
    ("GET", "/sources"): {ANALYST},
    ("GET", "/statistics"): {ANALYST, OFFICER},
    ("GET", "/statistics/{name}"): {ANALYST, OFFICER},
    ("GET", "/deliveries"): {ANALYST, POSTMASTER},
    ("POST", "/deliveries/retry"): {POSTMASTER},
    ("GET", "/retention"): {OFFICER},
    ("GET", "/audit"): {OFFICER},
    ("GET", "/records"): {OFFICER},
    ("GET", "/records/{name}"): {OFFICER},
    ("GET", "/api/v1/reports"): {ANALYST},
    ("GET", "/api/v1/reports/{report_id}"): {ANALYST},
    ("GET", "/api/v1/campaigns"): {ANALYST},
    ("GET", "/api/v1/sources"): {ANALYST},
    ("GET", "/api/v1/stats"): EVERYBODY,
    ("GET", "/api/v1/stats/public"): {ANALYST, OFFICER},
    ("GET", "/api/v1/alerts"): EVERYBODY,
    ("GET", "/api/v1/retention"): {OFFICER},
    ("GET", "/api/v1/holds"): {OFFICER},
    ("GET", "/api/v1/audit"): {OFFICER},
}
OF_ALL_DOMAINS = {
    "/retention", "/audit", "/records", "/records/{name}", "/api/v1/retention", "/api/v1/holds",
    "/api/v1/audit", "/statistics", "/statistics/{name}", "/api/v1/stats/public",
}  # fmt: skip
MARKS = ("beta-subject", "beta-text", "beta-reporter", "beta-analyst", "beta-agent", "beta-mail",
         "beta.example", "192.0.2.20", "192.0.2.21", "192.0.2.22")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("web"))
    fill(site)
    raise_(site, A, "many as alpha")
    raise_(site, B, "many as beta-subject")
    with served(site):
        yield site


def all_routes(site) -> list[tuple[str, str]]:
    return [
        (method, path)
        for path, methods in flat(site.routes.routes)
        for method in sorted(methods - {"HEAD"})
    ]


def flat(routes: Any) -> list[tuple[str, set[str]]]:
    found = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append((route.path, route.methods))
        elif hasattr(route, "effective_route_contexts"):
            for one in route.effective_route_contexts():
                found.append((one.path, one.methods))
    return found


def ask(site, name, method, path, **params):
    name_of_file = "public.csv" if path.startswith("/statistics") else "ropa.json"
    address = path.format(report_id=site.ids[A][0], name=name_of_file)
    if path.startswith("/api/"):
        headers = {"Authorization": f"Bearer {site.known[name][1]}"}
        return clients(site)[""].request(method, address, params=params, headers=headers)
    client = clients(site)[name]
    if method == "POST":
        token = form_token(client.get("/").text)
        return client.post(address, data={"form": token, "copy": params.get("copy", [])})
    return client.request(method, address, params=params)


def clients(site) -> dict[str, Any]:
    """One for each token's owner, signed in once; and one that is not."""
    if not site.clients:
        site.clients[""] = site.client()
        for name in site.known:
            site.clients[name] = site.client()
            site.clients[name].post("/sign-in", data={"token": site.known[name][1]})
    return site.clients


def test_each_route_is_for_the_roles_that_the_table_names(site):
    routes = [(m, p) for m, p in all_routes(site) if p not in ANYBODY and p != "/sign-out"]
    assert set(routes) == set(MAY)
    for method, path in routes:
        for role in EVERYBODY:
            answer = ask(site, role, method, path)
            expected = {200, 303} if role in MAY[method, path] else {403}
            assert answer.status_code in expected, (role, method, path, answer.text)
            if path in OF_ALL_DOMAINS:
                assert ask(site, f"{role}-a", method, path).status_code == 403, (role, path)


def test_each_route_that_returns_rows_leaves_an_entry_in_the_callers_name(site):
    for method, path in all_routes(site):
        if path in NO_ROWS or path in {"/sign-in", "/sign-out"}:
            continue
        role = min(MAY[method, path])
        before = site.entries()[0].sequence
        assert ask(site, role, method, path).status_code in {200, 303}
        new = [entry for entry in site.entries() if entry.sequence > before]
        own = [entry for entry in new if entry.action != "signed_in"]
        if method == "POST":
            own = [entry for entry in own if entry.action == "copies_retried"]
        assert own, (method, path)
        for entry in own:
            assert entry.actor == role, (path, entry)
            assert entry.said["token"] == site.known[role][0]


def test_entries_name_filters_and_never_what_they_were_given(site):
    asked = {"domain": A, "source": "192.0.2.0/24", "since": "2026-01-01", "limit": 7}
    ask(site, ANALYST, "GET", "/api/v1/reports", **asked)
    said = site.entries()[0].said
    assert said["filters"] == ["domain", "since", "source", "limit"]
    whole = json.dumps([entry.as_json() for entry in site.entries()])
    for value in (A, B, "192.0.2", "alpha", "beta"):
        assert value not in whole


def test_nobody_of_one_domain_gets_anything_of_another(site):
    """Each route and parameter, with all that belongs to the other domain as values."""
    theirs = theirs_of(site)
    document = site.routes.openapi()["paths"]
    ours_seen = 0
    for role in (ANALYST, POSTMASTER):
        name = f"{role}-a"
        for method, path in all_routes(site):
            if path in ANYBODY or path == "/sign-out" or role not in MAY[method, path]:
                continue
            if path in OF_ALL_DOMAINS:  # figures of all domains, fit for all: see the table above
                assert ask(site, name, method, path).status_code == 403
                continue
            described = document.get(path, {}).get("get", {}).get("parameters", [])
            names = {one["name"] for one in described if one["in"] == "query"}
            names = names or {"cursor", "campaign", "domain", "source", "offset", "state", "days"}
            answer = ask(site, name, method, path)
            ours_seen += "alpha" in answer.text
            check(answer, (), (name, path))
            for parameter in sorted(names):
                for value in theirs:
                    answer = ask(site, name, method, path, **{parameter: value})
                    check(answer, (value,), (name, path, parameter, value))
    assert ours_seen >= 8


def test_a_report_of_another_domain_is_as_absent_as_one_that_never_was(site):
    for form in ("/reports/{}", "/api/v1/reports/{}"):
        answers = [
            ask(site, "analyst-a", "GET", form.format(one)) for one in (site.ids[B][0], uuid4())
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        texts = [answer.text for answer in answers]
        if "api" in form:
            assert texts[0] == texts[1]
    entry = site.entries()[0]
    assert "report" not in entry.said


def test_counts_are_those_of_the_own_domain(site):
    for path, key, count in (("stats", "reports", 3), ("sources", "sources", 3),
                             ("campaigns", "campaigns", 1)):  # fmt: skip
        found = ask(site, "analyst-a", "GET", f"/api/v1/{path}").json()[key]
        assert (found if isinstance(found, int) else len(found)) == count


def theirs_of(site) -> list[str]:
    everything = Query(site.engine).page(Filter(), order=Order.NEWEST, limit=1)
    campaigns = Reviews(site.engine).campaigns_of(site.ids[B]).values()
    copies = [one.id for one in Outbox(site.engine).list() if one.report_id in site.ids[B]]
    return [B, "192.0.2.20", "beta-reporter.example", str(site.ids[B][0]), str(copies[0]),
            str(next(iter(campaigns))), str(everything.cursor)]  # fmt: skip


def check(answer, given, where) -> None:
    assert answer.status_code in {200, 303, 404, 422}, (where, answer.text)
    for mark in MARKS:
        if not any(mark in value for value in given):
            assert mark not in answer.text, (where, mark)


def test_roles_are_all_here():
    assert {role.value for role in Role} == EVERYBODY
