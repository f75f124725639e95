"""htmx in a browser: results are swapped without loading a page, and nothing is complained of."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.review.web.site import NOW, A, fill, make_site, served
from tests.review.web.test_web_browser import axe, browser, context_of, playwright, pytestmark

__all__ = ["browser", "pytestmark"]
MARK = "window.isSameDocument = true"
LOOKS = [("light", 1280), ("dark", 390), ("light", 390), ("dark", 1280)]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("web"))
    fill(site, each=60)
    with served(site):
        yield site


def opened(site: Any, browser: Any, look: tuple[str, int], **how: Any) -> tuple[Any, list[str]]:
    page = context_of(site, browser, "analyst", look, **how).new_page()
    found: list[str] = []
    page.on("console", lambda one: found.append(one.text))
    page.on("pageerror", lambda one: found.append(str(one)))
    page.on("request", lambda one: one.url.startswith(site.base) or found.append(one.url))
    page.goto("/reports")
    page.evaluate(MARK)
    return page, found


def is_same(page: Any) -> bool:
    return page.evaluate("window.isSameDocument === true")


def shows(page: Any, count: int) -> None:
    """Waits for it, without a script: the policy forbids the browser to evaluate one."""
    told = f"{count} reports on this page"
    playwright.expect(page.locator("#told")).to_have_text(told, timeout=30_000)


def asks_for(page: Any, name: str, value: str) -> None:
    if not page.locator("details").evaluate("one => one.open"):
        page.locator("summary").click()
    page.get_by_label(name, exact=True).fill(value)
    page.get_by_role("button", name="Show").click()


@pytest.mark.parametrize("look", LOOKS[:2])
def test_filters_and_pages_swap_the_results_alone(site, browser, look):
    page, found = opened(site, browser, look)
    asks_for(page, "Domain", A)
    page.wait_for_url("**/reports?*domain=alpha.example*")
    assert is_same(page)
    assert page.locator("#told").inner_text() == "50 reports on this page"
    assert page.locator("#in-use").inner_text() == "(1 in use)"
    assert page.evaluate("document.activeElement.textContent") == "Show"
    cells = page.locator("td[data-label=Domain]").all_inner_texts()
    assert len(cells) == 50
    assert {one.rpartition("\n")[2] for one in cells} == {A}
    further = page.locator("#p-further")
    further.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**cursor=**")
    shows(page, 10)
    assert is_same(page)
    assert page.evaluate("document.activeElement.id") == "p-further"
    assert page.locator("#p-further").get_attribute("aria-disabled") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") <= look[1]
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "<" not in stored
    assert "htmx-history-cache" not in stored
    page.go_back()
    shows(page, 50)
    assert re.search(r"domain=alpha\.example", page.url)
    assert "cursor" not in page.url
    assert found == []
    page.context.close()


def test_a_refusal_and_an_ended_session_come_as_whole_pages(site, browser):
    page, _ = opened(site, browser, LOOKS[0])
    asks_for(page, "Source address or network", "nowhere")
    playwright.expect(page.locator("#results")).to_have_count(0)
    assert not is_same(page)
    assert page.locator("h1").is_visible()
    assert page.url.startswith(f"{site.base}/reports?")
    page.goto("/reports")
    page.context.clear_cookies()
    asks_for(page, "Domain", A)
    page.wait_for_url("**/sign-in*")
    page.context.close()


@pytest.mark.parametrize(
    "look", [LOOKS[0], *(pytest.param(x, marks=pytest.mark.long) for x in LOOKS[1:])]
)
def test_what_was_swapped_in_is_accessible(site, browser, look):
    page, _ = opened(site, browser, look, bypass_csp=True)
    asks_for(page, "Domain", A)
    page.wait_for_url("**/reports?*")
    page.locator("#p-further").click()
    page.wait_for_url("**cursor=**")
    shows(page, 10)
    told = axe.Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in told] == []
    page.context.close()


def test_campaigns_swap_alike(site, browser):
    page, found = opened(site, browser, LOOKS[0])
    page.goto("/campaigns")
    page.evaluate(MARK)
    asks_for(page, "From day", str((NOW - timedelta(days=300)).date()))
    page.wait_for_url("**/campaigns?*since=2025*")
    assert is_same(page)
    assert found == []
    page.context.close()
