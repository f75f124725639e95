"""htmx: the only script there is, the very file that was published, and pages whole without it."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rufgate.review.web import app
from rufgate.store.audit_entries import Action
from tests.review.web.site import fill, make_site, served

STATIC = Path(app.__file__).parent / "static"
# dist/htmx.min.js of the npm package htmx.org, 2.0.11
DIGEST = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
NO_SCRIPT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("web"))
    fill(site, each=1)
    with served(site):
        yield site


def test_no_other_script_is_kept_and_this_one_is_as_published():
    assert [path.name for path in STATIC.iterdir() if path.suffix not in {".css", ".svg"}] == [
        "htmx.min.js"
    ]
    assert hashlib.sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() == DIGEST
    for path in (Path(app.__file__).parent / "templates").iterdir():
        scripts = re.findall(r"<script\b.*", path.read_text())
        is_its = path.name == "parts.html"
        assert scripts == (['<script src="/static/htmx.min.js" defer></script>'] * is_its)


def test_only_lists_may_run_it_and_nothing_else_is_loosened(site):
    with site.signed_in("privacy-officer") as officer, site.signed_in("analyst") as analyst:
        for path in ("/reports", "/campaigns"):
            policy = analyst.get(path).headers["content-security-policy"]
            assert policy == f"{NO_SCRIPT}; script-src 'self'; connect-src 'self'"
        one = re.search(r'"(/reports/[0-9a-f-]+)"', analyst.get("/reports").text)[1]
        for client, path in (
            *((analyst, path) for path in ("/", one, "/sources", "/api/v1/reports", "/nothing")),
            *((officer, path) for path in ("/retention", "/audit", "/static/htmx.min.js")),
        ):
            answer = client.get(path)
            assert answer.headers["content-security-policy"] == NO_SCRIPT, path
            assert path.endswith(".js") or "<script" not in answer.text, path


def test_a_swap_is_a_page_like_any_other_and_is_entered(site):
    with site.signed_in("analyst") as client:
        query = {"domain": "alpha.example"}
        plain, swap = (client.get("/reports", params=query, headers=h) for h in ({}, HTMX))
        assert plain.text == swap.text
        first, second = [
            one for one in site.entries() if one.action == Action.REPORTS_LISTED.value
        ][:2]
        assert first.said == second.said
        ids = re.findall(r' id="([^"]+)"', swap.text)
        assert len(ids) == len(set(ids))
        assert {"results", "told", "in-use"} <= set(ids)


def test_what_is_no_page_of_results_is_loaded_whole(site):
    with site.client() as nobody:
        answer = nobody.get("/reports?domain=x.example", headers=HTMX)
        assert (answer.status_code, answer.text) == (200, "")
        assert answer.headers["hx-redirect"] == "/reports?domain=x.example"
        assert "hx-redirect" not in nobody.get("//evil.example", headers=HTMX).headers
        assert nobody.get("/sources", headers=HTMX).status_code == 303
    with site.signed_in("analyst") as client:
        answer = client.get("/campaigns?since=never&domain=%0d%0ax", headers=HTMX)
        assert answer.headers["hx-redirect"] == "/campaigns?since=never&domain=%0d%0ax"


def test_how_it_is_set_up(site):
    found: dict[str, str] = {}

    class Meta(HTMLParser):
        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if given.get("name") == "htmx-config":
                found.update(given)

    with site.signed_in("analyst") as client:
        Meta().feed(client.get("/reports").text)
    for said in ('"includeIndicatorStyles": false', '"allowEval": false', '"historyCacheSize": 0',
                 '"selfRequestsOnly": true', '"allowScriptTags": false'):  # fmt: skip
        assert said in found["content"]
