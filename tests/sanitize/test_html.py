"""HTML becomes text in which names and addresses are whole, wherever they stood."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.sanitize.html import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>ali<b>ce</b>@example.com</p>", "alice@example.com"),
        ("<p>07700<wbr>900<wbr/>123</p>", "07700900123"),
        ("<p>Jane&nbsp;D&#111;e &amp; co</p>", "Jane\u00a0Doe & co"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>a@x.example</div><div>b</div>", "a@x.example\nb"),
        ("<table><tr><td>Name</td><td>Jane</td></tr><tr><td>x</table>", "Name | Jane\nx"),
        ('<a href="https://t.example/x?u=1">here</a>', "here <https://t.example/x?u=1>"),
        ('<a href="mailto:jane%40x.example">write</a>', "write <jane@x.example>"),
        ('<img alt="Photo of Jane" src="cid:1">', "Photo of Jane"),
        ('a<span title="Jane Doe">b</span>c', "abc\nJane Doe"),
        ("a<!-- for jane@x.example -->b", "ab\nfor jane@x.example"),
        ('Ja<i style="display:none">x9</i>ne', "Jane\nx9"),
        ("a<script>var b</script><style>c{}</style>d", "ad"),
        ("<input value='Jane' placeholder='name'>", "Jane\nname"),
        ("<meta name='viewport' content='width=device-width'><p>x</p>", "x"),
        ('<p title="Ja<b>ne</b> Doe">x</p>', "x\nJane Doe"),
        ('<a href="mailto:ja<b>ne</b>@x.example">y</a>', "y <jane@x.example>"),
        ("x<!--[if mso]><p>Ja<b>ne</b></p><![endif]-->", "x\n[if mso]> Jane <![endif]"),
        ('<div style="display:none">Ja<!-- c -->ne</div>x', "x\nJane\nc"),
        ("<p>Ja<![CDATA[ ]]>ne</p>", "Jane\n[CDATA[ ]]"),
        ("plain text", "plain text"),
        ("", ""),
    ],
)
def test_reads_as_a_person_would_and_more(html: str, text: str) -> None:
    assert html_to_text(html) == text


@given(st.text(max_size=400))
def test_never_raises(html: str) -> None:
    assert isinstance(html_to_text(html), str)
    assert isinstance(html_to_text("<p " + html + ">x"), str)


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 20_000,
        "<div>" * 100_000 + "x",
        "<b>" * 100_000,
        "<!--" * 50_000,
        "".join(f"<font color={number}>" for number in range(2_000)) + "<p>x" * 20_000,
        "<table>" * 50_000,
        "&" * 200_000,
    ],
    ids=["tags", "nesting", "formatting", "comments", "resumed", "tables", "entities"],
)
def test_hostile_markup_is_read_in_bounded_time(html: str) -> None:
    start = time.process_time()
    text = html_to_text(html)
    assert time.process_time() - start < 3
    assert len(text) <= len(html)


def test_a_surrogate_does_not_stop_it() -> None:
    assert html_to_text("<p>\ud800 x</p>") == "? x"
