"""Targets for links and the leak check, each with a mark of its own.

In:  bytes, as decisions.
Out: nothing; an ``AssertionError`` says which property broke.
"""

from __future__ import annotations

import base64
import html
import quopri
from collections.abc import Callable
from urllib.parse import quote

from rufgate.sanitize.leakcheck import leaks, needles_from
from rufgate.sanitize.links import find_links, link_host, redact_host_of, redact_link
from rufgate.sanitize.policy import Policy
from tests.fuzz.choices import Choices
from tests.sanitize.redaction_examples import PSEUDONYMS, rule

MARK = "quillo007vexmar"
HOSTS = (
    *("www.evil.example", "evil.example:8443", "192.0.2.7", "[2001:db8::1]", "bücher.example"),
    *("a.b.c.d.e.example", "hxxp.evil[.]example", "EVIL.EXAMPLE.", "%65vil.example"),
)
SCHEMES = ("https://", "http://", "HTTPS:\\\\", "hxxp://", "ftp://", "www.", "wss://", "https:////")
PATHS = (
    *("", "/", "/u/{m}", "/{m}/x", "?e={m}", "#{m}", "/u?e={m}%40x.example&f=1", "\\{m}", ";{m}"),
    *("/a.html?{m}#{m}", "/%7B{m}%7D", "/c/{b}", "//{m}@x.example/", "/?u=https://{m}.example/"),
)
USERS = ("", "", "", "{m}@", "{m}:pw@", "x:{m}@", "{m}%40home.example@", "{m}@x@")
ADDRESSES = (
    *("ada.whitcombe@home.example", "Ada+tag@home.example", "o'hara@x-y.example"),
    *("üzeyir@home.example", "quillo007vexmar@b.example", "jane=doe@mail.example"),
)
CODINGS: tuple[Callable[[str], str], ...] = (
    lambda text: quote(text, safe=""),
    lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    html.escape,
    lambda text: "".join(f"&#{ord(char)};" for char in text),
    lambda text: "".join(f"&#x{ord(char):x};" for char in text),
    lambda text: "".join(f"={byte:02X}" for byte in text.encode()),
    lambda text: quopri.encodestring(text.encode(), quotetabs=True).decode(),
    lambda text: base64.b64encode(f"to {text} now".encode()).decode(),
    lambda text: base64.urlsafe_b64encode(f"of {text} too".encode()).decode().rstrip("="),
)


def _link(choices: Choices) -> str:
    coded = base64.b64encode(f"to {MARK}".encode()).decode().rstrip("=")
    parts = (choices.pick(table) for table in (SCHEMES, USERS, HOSTS, PATHS))
    return "".join(parts).replace("{m}", MARK).replace("{b}", coded)


def links(data: bytes) -> None:
    """Any text: links are found and shown; a link with a mark shows none, at either policy."""
    choices = Choices(data)
    shown_as: list[str] = []
    for policy in (Policy(), Policy(links="path")):
        url = _link(choices)
        names = frozenset({MARK})
        shown = redact_link(url, policy, rule(), names, PSEUDONYMS)
        host = redact_host_of(url, rule(), names, PSEUDONYMS)
        for text in (shown, host, link_host(url, names)):
            assert MARK not in (text or "").lower(), url
            shown_as.append(text or "")
        if shown is not None:
            again = redact_link(shown, policy, rule(), names, PSEUDONYMS)
            assert again is None or MARK not in again
            assert "@" not in shown, url
    text = choices.text()
    for span in find_links(text):
        assert 0 <= span.start < span.end <= len(text), "a span outside of the text"
        url = text[span.start : span.end]
        for policy in (Policy(), Policy(links="path")):
            shown = redact_link(url, policy, rule(), frozenset(), PSEUDONYMS) or ""
            assert not any(char in shown for char in "\r\n\0?#"), "more than a host and a path"


def leak_check(data: bytes) -> None:
    """An address in up to two encodings beside anything is found again; nothing raises."""
    choices = Choices(data)
    address = choices.pick(ADDRESSES)
    written = choices.pick((address, address.upper(), address.title()))
    for _ in range(choices.number(3)):
        written = choices.pick(CODINGS)(f" {written} ")
    noise = choices.text()
    needles = needles_from([f"Somebody <{address}>", noise[:300]], [noise[:40]], [noise[:40]])
    leaks(needles, [("leaf", noise)])
    half = len(noise) // 2
    plain = needles_from([f"Somebody <{address}>"], [], [])
    around = f"{noise[:half]}\n\n {written} \n\n{noise[half:]}"
    assert leaks(plain, [("leaf", around)]) == {"leaf"}, "what came in was not found"
