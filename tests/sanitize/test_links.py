import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.sanitize.links import find_links, link_host, redact_link
from rufgate.sanitize.policy import Policy
from tests.sanitize.redaction_examples import PSEUDONYMS, rule

NAMES = frozenset({"jane", "doe"})


def shown(url, *, policy=None, pseudonymizer=PSEUDONYMS):
    return redact_link(url, policy or Policy(), rule(), NAMES, pseudonymizer)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://www.evil.example/u/jane?x=1#f", "hxxps://www[.]evil[.]example/…"),
        ("http://evil.example", "hxxp://evil[.]example"),
        ("http://evil.example/", "hxxp://evil[.]example"),
        ("HTTPS://EVIL.example", "hxxps://evil[.]example"),
        ("https://jane:pw@evil.example/", "hxxps://evil[.]example"),
        ("https://jane%40x.example@evil.example/", "hxxps://evil[.]example"),
        (r"https:\\evil.example\jane", "hxxps://evil[.]example/…"),
        ("www.evil.example/jane", "www[.]evil[.]example/…"),
        ("https://evil.example?jane", "hxxps://evil[.]example/…"),
        ("https://evil.example:8443/x", "hxxps://evil[.]example:8443/…"),
        ("https://jane-doe.evil.example/", "hxxps://[label][.]evil[.]example"),
        ("https://a1b2c3d4e5.evil.example/", "hxxps://[label][.]evil[.]example"),
        (f"https://{'x' * 21}.evil.example/", "hxxps://[label][.]evil[.]example"),
        ("http://192.0.2.7/x", "hxxp://192[.]0[.]2[.]7/…"),
        ("http://3221225991/x", "hxxp://192[.]0[.]2[.]7/…"),
        ("http://10.0.0.1/x", "hxxp://private/…"),
        ("http://[2001:db8::1]/x", "hxxp://[2001:db8::1]/…"),
        ("http://janes-pc/x", "hxxp://[domain]/…"),
        ("http://janes-pc.local/x", "hxxp://[domain]/…"),
        ("https://bücher.example/x", "hxxps://xn--bcher-kva[.]example/…"),
        ("hxxps://evil[.]example/x", "hxxps://evil[.]example/…"),
        ("ftp://evil.example/x", "fxp://evil[.]example/…"),
        ("data:text/html,jane", None),
        ("tel:+447700900123", None),
        ("sms:+447700900123", None),
        ("javascript:alert(1)", None),
        ("gopher://evil.example/jane", None),
        ("", None),
        ("https://", None),
        (
            "https://nl.esp.example/r?u=https%3A%2F%2Fx.example%2Fjane",
            "hxxps://nl[.]esp[.]example/…",
        ),
    ],
)
def test_links_keep_scheme_and_host(url, text):
    assert shown(url) == text


def test_a_mailto_becomes_its_pseudonym():
    assert re.fullmatch(
        r"p1-[a-z2-7]{24}@\[domain\]", shown("mailto:jane%40x.example?subject=Jane")
    )
    assert shown("mailto:jane@x.example", pseudonymizer=None) == "[EMAIL]"


def test_policy_path_keeps_plain_words_only():
    url = "https://evil.example/login/jane/jane%40x.example/abc123/verify.php;s=1?jane"
    assert shown(url, policy=Policy(links="path")) == (
        "hxxps://evil[.]example/login/[label]/[label]/[label]/verify.php"
    )


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://x.example/a?b=c.", ["https://x.example/a?b=c"]),
        ("(http://x.example/a)", ["http://x.example/a"]),
        ("http://x.example/a_(b)", ["http://x.example/a_(b)"]),
        ("go to www.x.example now", ["www.x.example"]),
        ("<https://j:p@x.example/a>", ["https://j:p@x.example/a"]),
        ("bit.ly/abc and x.co.uk/y?z", ["bit.ly/abc", "x.co.uk/y?z"]),
        ("and/or, 1.5/2, e.g./i.e.", []),
        ("write mailto:jane@x.example!", ["mailto:jane@x.example"]),
        ("data:text/html;base64,amFuZQ== end", ["data:text/html;base64,amFuZQ=="]),
        ("HTTPS://X.EXAMPLE/A\nnext", ["HTTPS://X.EXAMPLE/A"]),
        ("jane@www.x.example", []),
    ],
)
def test_links_are_found_in_text(text, links):
    assert [text[span.start : span.end] for span in find_links(text)] == links


@pytest.mark.parametrize(
    "text",
    [
        "a." * 50_000,
        "http://" * 20_000,
        "http://" + ")" * 60_000,
        "www." * 30_000,
        "a" * 100_000,
        "a-" * 50_000,
        "a.com/ " * 15_000,
        "mailto:" * 20_000,
        "." * 100_000,
        "ab:" * 30_000,
        ("a" * 62 + ".") * 1500,
    ],
)
def test_hostile_text_takes_linear_time(text):
    start = time.process_time()
    find_links(text)
    shown(text)
    assert time.process_time() - start < 2


def test_link_hosts():
    assert link_host("https://j@EVIL.example:81/x") == "evil.example"
    assert link_host("tel:1") is None


@pytest.mark.parametrize("label", ["jane-doe", "7f3a9be21c44d0e1", "x" * 21])
def test_a_link_host_loses_what_a_link_would_hide(label):
    assert link_host(f"https://{label}.spam.example/x", NAMES) == "spam.example"
    assert link_host("https://shop.spam.example/x", NAMES) == "shop.spam.example"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("<https://x.example/a b/c?e=d>", "https://x.example/a b/c?e=d"),
        ("see <https://x.example/a\nb>, then", "https://x.example/a\nb"),
        ("<https://x.example/a> b>", "https://x.example/a"),
        ("<https://x.example/a b", "https://x.example/a"),
        ("<https://x.example/a <b>", "https://x.example/a"),
        ("(https://x.example/a b>", "https://x.example/a"),
    ],
)
def test_a_link_in_brackets_ends_with_them(text, link):
    (span,) = find_links(text)
    assert text[span.start : span.end] == link


@given(st.text(max_size=200))
def test_nothing_behind_the_host_survives(rest):
    text = shown(f"https://plantedmark:{rest}@x.example/plantedmark{rest}?plantedmark")
    assert text is None or "plantedmark" not in text


@given(st.text(alphabet=st.sampled_from("htps:/\\@.[]?#%40ajwé-_ \r\n"), max_size=200))
def test_links_never_raise_nor_break_lines(url):
    for text in (shown(url), shown(url, policy=Policy(links="path"))):
        assert text is None or text.isprintable()
    find_links(url)
