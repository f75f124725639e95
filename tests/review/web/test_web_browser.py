"""The pages in a browser: nothing blocked, nothing complained of, nothing asked for elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest

from rufgate.review.access import sign_in_digest
from rufgate.review.web.proxy import SignOn
from rufgate.store.published import Published, PublishedMonths
from tests.review.web.running import HEADER, SECRET, named
from tests.review.web.site import KEY, NOW, A, B, fill, make_site, raise_, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: `pip install -e .[dev]` brings it"
)
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-core is not installed: see [dev]"
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium: `apt-get install chromium` brings it"
)
PAGES = {
    "": ["/sign-in", "/nothing"],
    "analyst": ["/", "/?days=365", "/reports?guess=spoof", "/reports", "/reports/{id}",
                "/campaigns", "/sources", "/statistics", "/alerts", "/deliveries"],
    "privacy-officer": ["/", "/retention", "/audit", "/records"],
    "postmaster": ["/", "/deliveries?state=pending"],
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("web"))
    fill(site)
    raise_(site, A, "Messages about alpha.example rose to 312 today; usual are 20.")
    publish(site)
    with served(site):
        yield site


def publish(site: Any) -> None:
    """A month of statistics, as it was told."""
    cells = [("spoof", A, "spf"), ("spoof", A, "spf_and_dkim"), ("own_system", A, "dkim"),
             ("third_party", B, None), ("unclear", "other", "none_stated")]  # fmt: skip
    figures = [[list(cell), 5 * number] for number, cell in enumerate(cells, 1)]
    PublishedMonths(site.engine).keep([Published(month="2026-02", k=5, figures=figures)], NOW)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def test_pages_are_clean(site, browser):
    assert faults(site, browser, "light", 1280) == []
    assert faults(site, browser, "dark", 390) == []
    few = {role: paths[:1] for role, paths in PAGES.items()} | {"analyst": ["/reports/{id}"]}
    assert violations(site, browser, "dark", 390, few) == []


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_clean_in_each_look(site, browser, scheme, width):
    assert faults(site, browser, scheme, width) == []
    assert violations(site, browser, scheme, width) == []


def faults(site: Any, browser: Any, *look: Any) -> list[str]:
    """What a browser complains of, with the policy of content in force."""
    found: list[str] = []
    heard: set[Any] = set()
    for page, path in walk(site, browser, *look):
        if page not in heard:
            heard.add(page)
            page.on("console", lambda one: found.append(one.text))
            page.on("pageerror", lambda one: found.append(str(one)))
            page.on("request", lambda one: elsewhere(site, one.url, found))
        before = len(found)
        answer = page.goto(path)
        expected = 404 if path == "/nothing" else 200
        if answer.status != expected:
            found.append(f"status {answer.status}")
        if page.evaluate("document.documentElement.scrollWidth") > look[1]:
            found.append("wider than the window")
        found[before:] = [f"{path}: {one}" for one in found[before:] if not expected_of(path, one)]
    return found


def expected_of(path: str, told: str) -> bool:
    """The browser tells of a 404 itself."""
    return path == "/nothing" and "404" in told


def violations(
    site: Any, browser: Any, scheme: str, width: int, pages: dict[str, list[str]] = PAGES
) -> list[str]:
    """Of axe-core: it is a script, so the policy is set aside for it."""
    found: list[str] = []
    for page, path in walk(site, browser, scheme, width, pages, bypass_csp=True):
        page.goto(path)
        told = axe.Axe().run(page).response["violations"]
        found += [f"{path}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in told]
    return found


def walk(
    site: Any, browser: Any, scheme: str, width: int,
    pages: dict[str, list[str]] = PAGES, **how: Any,
) -> Iterator[tuple[Any, str]]:  # fmt: skip
    """A page of a browser for each role, and where it is to go."""
    for role, paths in pages.items():
        context = context_of(site, browser, role, (scheme, width), **how)
        page = context.new_page()
        for path in paths:
            yield page, path.format(id=site.ids[A][0])
        context.close()


def context_of(site: Any, browser: Any, role: str, look: tuple[str, int], **how: Any) -> Any:
    scheme, width = look
    context = browser.new_context(
        base_url=site.base, color_scheme=scheme, viewport={"width": width, "height": 800}, **how
    )
    if role:
        context.add_cookies([{"name": "rufgate", "value": cookie_of(site, role), "url": site.base}])
    return context


def cookie_of(site: Any, role: str) -> str:
    if role not in site.clients:
        site.clients[role] = site.client()
        site.clients[role].post("/sign-in", data={"token": site.known[role][1]})
    return site.clients[role].cookies["rufgate"]


def elsewhere(site: Any, url: str, found: list[str]) -> None:
    if not url.startswith(site.base):
        found.append(f"request to {url}")


def test_single_sign_on_needs_no_token_and_says_so(tmp_path, browser):
    sign_on = SignOn(header=HEADER, secret=SECRET.encode())
    site = make_site(tmp_path, sign_on=sign_on, proxies=(ip_network("127.0.0.1/32"),))
    site.tokens.admit(sign_in_digest(KEY, "alice"), "desk", "analyst", [A], NOW)
    with served(site):
        context = browser.new_context(base_url=site.base, extra_http_headers=dict(named("alice")))
        page = context.new_page()
        page.goto("/reports")
        assert page.get_by_role("heading", name="Reports").is_visible()
        page.get_by_role("button", name="Sign out").click()
        assert page.url.endswith("/sign-in")
        assert axe.Axe().run(page).response["violations"] == []
        page.get_by_role("link", name="Go on").click()
        assert page.get_by_role("heading", name="Overview").is_visible()
        context.set_extra_http_headers(dict(named("mallory")))
        assert page.goto("/").status == 403
        assert page.get_by_role("heading", name="That is not for you").is_visible()
        context.close()


def test_signing_in_works_with_the_keyboard_alone_and_without_scripts(site, browser):
    context = browser.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/reports")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(site.known["analyst"][1])
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    assert page.get_by_role("heading", name="Overview").is_visible()
    page.get_by_role("link", name="Reports", exact=True).click()
    page.locator("summary").click()
    page.get_by_label("Domain", exact=True).fill(A)
    page.get_by_role("button", name="Show").click()
    assert "3 reports" in page.locator("caption").inner_text()
    page.get_by_role("button", name="Sign out").click()
    assert page.url.endswith("/sign-in")
    context.close()
