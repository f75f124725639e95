"""Signing in, pages and API over HTTP: who gets in, what comes, what is entered."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from rufgate.review.access import Role
from rufgate.store.outbox import Outbox
from tests.review.web.site import NOW, A, B, fill, form_token, make_site, served

PAGES = {
    "analyst": ["/", "/?days=365", "/reports", "/campaigns", "/sources", "/statistics",
                "/deliveries"],
    "privacy-officer": ["/", "/retention", "/audit", "/audit?since=2026-03-01", "/records"],
    "postmaster": ["/", "/deliveries", "/deliveries?state=pending"],
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("web"))
    fill(site)
    with served(site):
        yield site


@pytest.mark.parametrize("role", PAGES)
def test_each_role_sees_its_pages(site, role):
    with site.signed_in(role) as client:
        for path in PAGES[role]:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.text)
            assert "<h1>" in answer.text


def test_a_report_is_shown_with_its_story_and_what_was_removed(site):
    with site.signed_in("analyst") as client:
        answer = client.get(f"/reports/{site.ids[A][0]}")
    assert answer.status_code == 200
    for shown in ("What probably happened", "alpha-subject", "alpha-text", "PERSON", "ner",
                  "x-mark/attachment", "192.0.2.10"):  # fmt: skip
        assert shown in answer.text


def test_pages_follow_each_other_by_their_cursor(site):
    seen = []
    with site.program("analyst") as client:
        cursor = None
        while True:
            answer = client.get(
                "/api/v1/reports", params={"limit": 2, **({"cursor": cursor} if cursor else {})}
            )
            assert answer.status_code == 200, answer.text
            seen += [one["id"] for one in answer.json()["reports"]]
            if (cursor := answer.json()["cursor"]) is None:
                break
    assert sorted(seen) == sorted(str(one) for ids in site.ids.values() for one in ids)


def test_sums_are_of_the_last_days_unless_others_are_asked_for(tmp_path):
    site = make_site(tmp_path)
    fill(site, each=1, days_ago=40)
    with served(site), site.signed_in("analyst") as client:
        for path, shown in (("/sources", "192.0.2.10"), ("/campaigns", "alpha-subject")):
            assert shown not in client.get(path).text
            for query in ("since=", "since=2026-01-01", "until=2026-03-01"):
                assert shown in client.get(f"{path}?{query}").text, (path, query)


def test_nobody_gets_in_without_a_token(site):
    with site.client() as client:
        assert client.get("/reports").headers["location"] == "/sign-in"
        assert client.get("/api/v1/reports").status_code == 401
        answer = client.post("/sign-in", data={"token": "guess"})
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
        assert client.get("/healthz").text == "ok\n"
        assert client.get("/readyz").text == "ok\n"


def test_a_cookie_is_no_token_and_a_token_no_cookie(site):
    with site.signed_in("analyst") as client:
        assert client.get("/api/v1/reports").status_code == 401
        cookie = next(iter(client.cookies.jar))
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite").lower() == "strict"
    with site.program("analyst") as program:
        assert program.get("/reports").status_code == 303


def test_a_changed_cookie_a_revoked_token_and_signing_out_end_a_session(site):
    with site.signed_in("analyst") as client:
        value = client.cookies["rufgate"]
        with site.client(
            cookies={"rufgate": value[:-1] + ("0" if value[-1] != "0" else "1")}
        ) as other:
            assert other.get("/").status_code == 303
        page = client.get("/").text
        assert client.post("/sign-out", data={"form": "0" * 64}).status_code == 403
        assert client.post("/sign-out", data={"form": form_token(page)}).status_code == 303
    with site.client(cookies={"rufgate": value}) as kept:
        assert kept.get("/").status_code == 303
    site.add("leaver", Role.ANALYST, "*")
    with site.signed_in("leaver") as client:
        assert client.get("/").status_code == 200
        assert site.tokens.revoke(site.known["leaver"][0], NOW)
        assert client.get("/").status_code == 303


def test_guessing_is_slowed_down(tmp_path):
    with served(make_site(tmp_path)) as site, site.client() as client:
        codes = [client.post("/sign-in", data={"token": f"{n}"}).status_code for n in range(12)]
        assert (codes[0], codes[-1]) == (401, 429)
        headers = {"Authorization": f"Bearer {site.known['analyst'][1]}"}
        assert client.get("/api/v1/stats", headers=headers).status_code == 429


def test_copies_are_sent_again_by_those_who_may_and_by_our_own_form(site):
    with site.signed_in("postmaster-a") as client:
        page = client.get("/deliveries").text
        assert "alpha-analyst" in page
        assert "beta-analyst" not in page
        mine, theirs = (copies_of(site, owner) for owner in (A, B))
        chosen = {"copy": [str(mine), str(theirs)]}
        assert client.post("/deliveries/retry", data=chosen).status_code == 403
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        own = {**chosen, "form": form_token(page)}
        assert client.post("/deliveries/retry", data=own, headers=elsewhere).status_code == 403
        answer = client.post("/deliveries/retry", data=own)
        assert answer.headers["location"] == "/deliveries?done=1"
    entry = site.entries()[0]
    assert (entry.action, entry.actor) == ("copies_retried", "postmaster")
    assert entry.said == {"asked": 2, "count": 1,
                          "token": site.known["postmaster-a"][0]}  # fmt: skip
    with site.signed_in("analyst") as client:
        own = {**chosen, "form": form_token(client.get("/").text)}
        assert client.post("/deliveries/retry", data=own).status_code == 403


def test_records_are_made_for_the_officer_alone(site):
    with site.signed_in("privacy-officer") as client:
        answer = client.get("/records/ropa.json")
        assert answer.json()["title"] == "ropa"
        assert "attachment" in answer.headers["content-disposition"]
        assert client.get("/records/../etc.json").status_code == 404
    for name in ("analyst", "privacy-officer-a", "postmaster"):
        with site.signed_in(name) as client:
            for path in ("/records", "/records/ropa.json", "/audit", "/retention"):
                assert client.get(path).status_code == 403, (name, path)


def test_counters_need_a_token_where_others_can_reach_them(site, tmp_path):
    with site.client() as client:
        assert client.get("/metrics").text == "rufgate_x 1\n"
    with served(make_site(tmp_path, is_local=False)) as open_site, open_site.client() as client:
        assert client.get("/metrics").status_code == 401
        for name, status in (("analyst-a", 403), ("postmaster-a", 403), ("postmaster", 200)):
            headers = {"Authorization": f"Bearer {open_site.known[name][1]}"}
            assert client.get("/metrics", headers=headers).status_code == status


def test_every_answer_is_guarded(site):
    with site.client() as client:
        for path in (
            "/",
            "/sign-in",
            "/nothing",
            "/healthz",
            "/api/v1/reports",
            "/static/rufgate.css",
        ):
            headers = client.get(path).headers
            assert headers["content-security-policy"].startswith(
                "default-src 'none'; style-src 'self'"
            )
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == ("max-age=3600" if "static" in path else "no-store")
        answer = client.post("/sign-in", data={"token": "x" * 70_000})
        assert answer.status_code == 413


def test_what_goes_wrong_inside_is_answered_without_a_word_about_it(tmp_path):
    def trouble() -> bool:
        raise LookupError("a secret value")

    with served(make_site(tmp_path, is_ready=trouble)) as site, site.client() as client:
        answer = client.get("/readyz")
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert client.get("/healthz").status_code == 200


def test_behind_a_trusted_proxy_with_tls_the_cookie_is_secure(tmp_path):
    assert "Secure" in cookie_by_tls(make_site(tmp_path, proxies=(ip_network("127.0.0.1/32"),)))
    assert "Secure" not in cookie_by_tls(make_site(tmp_path))  # nobody's word counts


def cookie_by_tls(site):
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    with served(site), site.client(headers=proxied) as client:
        answer = client.post("/sign-in", data={"token": site.known["analyst"][1]})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-rufgate=") == ("Secure" in cookie)
        return cookie


def test_wrong_values_are_named_and_never_repeated(site):
    with site.program("analyst") as client:
        for query in ({"since": "<b>x"}, {"limit": "many"}, {"source": "<b>"}, {"cursor": "<b>"},
                      {"nothing": "<b>"}, {"by": "<b>"}):  # fmt: skip
            path = "/api/v1/stats" if "by" in query else "/api/v1/reports"
            answer = client.get(path, params=query)
            assert answer.status_code == (404 if "cursor" in query else 422), query
            assert "<b>" not in answer.text
        document = client.get("/api/openapi.json").json()
    assert set(document["paths"]) == {
        "/api/v1/reports", "/api/v1/reports/{report_id}", "/api/v1/campaigns", "/api/v1/sources",
        "/api/v1/stats", "/api/v1/stats/public", "/api/v1/alerts",
        "/api/v1/retention", "/api/v1/holds", "/api/v1/audit",
    }  # fmt: skip


def copies_of(site, owner):
    return next(one.id for one in Outbox(site.engine).list() if one.report_id in site.ids[owner])
