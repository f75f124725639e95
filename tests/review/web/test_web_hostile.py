"""Stored values are hostile: whatever stands in a column, pages show it and nothing obeys it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from sqlalchemy import String, update

from rufgate.store import schema
from rufgate.store.column_types import StoredText
from rufgate.store.engine import writing
from tests.review.web.site import A, B, fill, make_site, served

PAYLOAD = (
    "\"'></textarea></title><script>alert(1)</script><img src=//evil.example/x onerror=alert(1)>"
    "<a href=javascript:alert(1)>x</a>{{7*7}}{% raw %}\x1b[31m\u202e"
)
KEPT = {"id", "state", "day", "method"}  # without these there would be nothing to see


class Tags(HTMLParser):
    """What a browser would make of a page: elements, attributes, text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.scripts: set[tuple[tuple[str, str | None], ...]] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "script":
            self.scripts.add(tuple(attrs))
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("web"))
    fill(site, each=1)
    with writing(site.engine) as connection:
        for table in schema.metadata.sorted_tables:
            if table is not schema.reports and "report_id" not in table.c:
                continue
            values = {
                column.name: PAYLOAD
                for column in table.c
                if isinstance(column.type, StoredText | String) and column.name not in KEPT
                and not column.unique and column.name not in {"fingerprint", "owner_domain"}
            }  # fmt: skip
            if values:
                connection.execute(update(table).values(values))
        for name in ("spf_dns", "reported_uris", "not_stated", "flags"):
            connection.execute(update(schema.reports).values({name: [PAYLOAD]}))
    with served(site):
        yield site


def test_nothing_that_is_stored_becomes_part_of_a_page(site):
    pages = ["/", "/reports", f"/reports/{site.ids[A][0]}", "/campaigns", "/sources", "/deliveries"]
    shown = 0
    with site.signed_in("analyst") as client:
        for path in pages:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.text)
            shown += inert(answer.text, path)
    assert shown > 30


def test_what_is_asked_by_comes_back_inert(site):
    with site.signed_in("analyst") as client:
        for path in ("/reports", "/sources", "/campaigns"):
            answer = client.get(path, params={"domain": PAYLOAD[:-7], "reporter": "\"'><script>"})
            assert answer.status_code == 200
            inert(answer.text, path)
        answer = client.get("/nothing/<script>alert(1)</script>")
        assert answer.status_code == 404
        inert(answer.text, "nothing")


def test_json_is_json(site):
    with site.program("analyst") as client:
        for path in ("reports", f"reports/{site.ids[B][0]}", "campaigns", "sources", "stats"):
            answer = client.get(f"/api/v1/{path}")
            assert answer.headers["content-type"] == "application/json"
            assert "\x1b" not in answer.text
            assert answer.json()


def inert(html: str, where: str) -> int:
    """How often the payload is shown."""
    found = Tags()
    found.feed(html)
    assert found.scripts <= {(("src", "/static/htmx.min.js"), ("defer", None))}, where
    forbidden = {"iframe", "object", "embed", "style", "base", "textarea"}
    assert not found.tags & forbidden, where
    for name, value in found.attributes:
        assert not name.startswith("on"), (where, name)
        assert name != "style", where
        if name in {"href", "src", "action"}:
            assert value.startswith(("/", "#")), (where, value)
            assert not value.startswith("//"), (where, value)
    for character in ("\x1b", "\u202e"):
        assert character not in html, where
    return found.text.count("{{7*7}}")
