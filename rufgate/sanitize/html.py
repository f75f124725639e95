"""HTML as the text that a reader, or a recognizer, can use.

In:  one decoded HTML document of the reported message, hostile.
Out: plain text. Blocks end lines and inline tags do not (``ali<b>ce</b>`` is one word); the targets
     of links, ``alt``, ``title`` and form values, hidden text and comments are part of it, because
     personal data stands there too. Scripts, styles and templates are dropped.
SECURITY: nothing is fetched or shown; past the limits the rest is dropped, never passed on.
FAILS: never; what cannot be read as HTML yields less text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MAX_INPUT = 2_000_000  # characters; a mail of that size is markup, not a letter
_MAX_NODES = 100_000
_MAX_NESTED = 5_000_000  # open tags times tags: the tree builder scans its stack for each tag
_MAX_RESUMED = 1_000_000  # the same for formatting: each block resumes all that are open
_MAX_ATTRIBUTE = 2048


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DROPPED = frozenset({"script", "style", "template", "svg", "math", "object", "iframe", "meta"})
_CELL = frozenset({"td", "th"})
_BLOCK = _names(
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html"
    " input legend li main menu nav ol optgroup option p pre section select summary table tbody"
    " textarea tfoot thead title tr ul"
)
_RESUMED = _names("a b big code em font i nobr s small strike strong tt u")
_NEVER_OPEN = _names(
    "area base br col embed hr img input link meta param source track wbr p li dd dt td th tr tbody"
    " thead tfoot option"
)
_PARAGRAPH = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|o:p|s|small|span|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?>"
    r"|<!\[CDATA\[\s*\]\]>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_SPOKEN = ("alt", "title", "aria-label", "value", "placeholder")
_TARGETS = ("href", "src", "action", "cite", "background")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAIL_LINK = re.compile(r"\s*mailto:", re.IGNORECASE)
_NO_TEXT = re.compile(r"\s*(?:data|javascript|cid|about|vbscript|#)", re.IGNORECASE)
_CELL_BREAK = " | "


def html_to_text(html: str) -> str:
    """The text of ``html``, one line per block, an empty line between paragraphs."""
    source = html[:_MAX_INPUT].replace("\0", "").encode("utf-8", "replace").decode()
    if _is_bomb(source):
        return _stripped(source)
    try:
        root = LexborHTMLParser(source).root
    except (ValueError, RuntimeError):
        return ""
    page = _Page()
    if root is not None:
        _walk(root, page)
    return page.text()


def _is_bomb(source: str) -> bool:
    """Whether building the tree could take time or memory out of proportion to its size."""
    still_open: Counter[str] = Counter()
    tags = nested = resumed = 0
    deepest = most_resumed = 0
    for slash, raw_name in _TAG.findall(source):
        name = raw_name.lower()
        tags += 1
        if name in _NEVER_OPEN or (slash and not still_open[name]):
            continue
        step = -1 if slash else 1
        still_open[name] += step
        nested += step
        resumed += step if name in _RESUMED else 0
        deepest, most_resumed = max(deepest, nested), max(most_resumed, resumed)
    return deepest * tags > _MAX_NESTED or most_resumed * tags > _MAX_RESUMED


def _stripped(source: str) -> str:
    """The text between tags, without their attributes: for markup that is only an attack."""
    lines = unescape(_ANY_TAG.sub("\n", source)).splitlines()
    return "\n".join(filter(None, map(_tidy, lines)))


class _Page:
    """Collects lines. Hidden text and comments wait apart until their line is done."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._hidden: list[str] = []
        self._apart: list[str] = []
        self._hidden_at: int | None = None

    def say(self, text: str) -> None:
        (self._line if self._hidden_at is None else self._hidden).append(text)

    def say_apart(self, text: str) -> None:
        self._apart.append(f"\n{text}\n")

    def hide(self, depth: int) -> None:
        if self._hidden_at is None:
            self._hidden_at = depth
            self._hidden.append("\n")

    def unhide(self, depth: int) -> None:
        if self._hidden_at == depth:
            self._hidden_at = None
            self._hidden.append("\n")

    def end_line(self, *, paragraph: bool = False) -> None:
        if self._hidden_at is not None:
            self._hidden.append("\n")
            return
        apart = "".join((*self._hidden, "\n", *self._apart)).split("\n")
        said = (_tidy("".join(self._line)), *map(_tidy, apart))
        self._lines.extend(filter(None, said))
        self._line, self._hidden, self._apart = [], [], []
        if paragraph and self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self) -> str:
        self._hidden_at = None
        self.end_line()
        return "\n".join(self._lines).strip("\n")


def _walk(root: LexborNode, page: _Page) -> None:
    """Depth first without recursion: nesting is the sender's choice."""
    node: LexborNode | None = root
    depth = 0
    for _ in range(_MAX_NODES):
        if node is None:
            return
        child = node.child if _enter(node, page, depth) else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        _leave(node, page, depth)
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if node is None or depth < 0:
                return
            _leave(node, page, depth)
        node = node.next if node is not None else None


def _enter(node: LexborNode, page: _Page, depth: int) -> bool:
    """Says what ``node`` itself holds; whether its children are to be visited."""
    tag = node.tag or ""
    if tag == "-text":
        page.say(_SPACE.sub(" ", node.text_content or ""))
    elif tag == "-comment":
        page.say_apart(_plain_comment(node.comment_content or ""))
    if tag.startswith("-") and tag != "-document":
        return False
    if tag in _DROPPED:
        return False
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        page.hide(depth)
    if tag in _BLOCK:
        page.end_line()
    for text in _spoken(attributes):
        page.say_apart(text)
    return True


def _leave(node: LexborNode, page: _Page, depth: int) -> None:
    tag = node.tag or ""
    if tag.startswith("-") or tag in _DROPPED:
        return
    target = _target(node.attributes)
    if target:
        page.say(f" <{target}> ")
    if tag in _CELL:
        page.say(_CELL_BREAK)
    elif tag in _BLOCK:
        page.end_line(paragraph=tag in _PARAGRAPH)
    page.unhide(depth)


def _spoken(attributes: dict[str, str | None]) -> Iterator[str]:
    """What a reader may be told although it is not in the text."""
    for name in _SPOKEN:
        value = attributes.get(name)
        if value and value.strip():
            yield _SPACE.sub(" ", _untagged(value[:_MAX_ATTRIBUTE]))


def _target(attributes: dict[str, str | None]) -> str:
    """The address of a link, image or form, without the scheme where that is ``mailto``."""
    for name in _TARGETS:
        value = attributes.get(name)
        if value and not _NO_TEXT.match(value):
            if mail := _MAIL_LINK.match(value):
                return _SPACE.sub(" ", unquote(_untagged(value[mail.end() : _MAX_ATTRIBUTE])))
            return _SPACE.sub("", _untagged(value[:_MAX_ATTRIBUTE]))
    return ""


def _plain_comment(comment: str) -> str:
    """A comment's own text; conditional comments hold markup, whose tags are cut out."""
    return _SPACE.sub(" ", _untagged(comment[:_MAX_INPUT]))


def _untagged(text: str) -> str:
    """``text`` without tags: those of formatting join what they part, as they do in a page."""
    if "<" not in text:
        return text
    return _ANY_TAG.sub(" ", _INLINE_TAG.sub("", text))


def _tidy(line: str) -> str:
    return _SPACE.sub(" ", line).strip(" ").removesuffix(_CELL_BREAK.rstrip()).rstrip()
