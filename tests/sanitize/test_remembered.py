"""The output is the same whether a text was seen before or not, and no name rides along."""

from __future__ import annotations

from typing import Any

import pytest

from rufgate.sanitize.detect import TextContext
from rufgate.sanitize.known_names import HeaderPerson, KnownNames
from rufgate.sanitize.masks import masked
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.spans import Analysis, Entity, Span
from rufgate.sanitize.text import Realisation, find_all, realise

_REALISATION = Realisation(
    redact_address=lambda *_: "p1-aaaaaaaaaaaaaaaaaaaaaaaa@mail.example",
    redact_link=lambda _: None,
    keep_domain=lambda _: "[domain]",
)
_LETTER = "Dear {name},\n\n{inside} asked for the lease.\n\nUnsubscribe: {mail}"


class Memory:
    """Remembers everything, under the texts themselves."""

    def __init__(self) -> None:
        self.values: dict[bytes, Any] = {}
        self.hits = 0

    def digest(self, *parts: str) -> bytes:
        return repr(parts).encode()

    def recall(self, digest: bytes) -> Any:
        self.hits += digest in self.values
        return self.values.get(digest)

    def keep(self, digest: bytes, value: object, items: int) -> None:
        self.values[digest] = value


class Names:
    """A recognizer that takes a few words for names, and counts what it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def analyze(self, text: RawText, language: str | None = None, **_: object) -> Analysis:
        plain = text.reveal()
        self.read.append(plain)
        spans = [
            Span(start=start, end=start + len(word), entity=Entity.PERSON, recognizer="rampart")
            for word in ("Zebedee", "Quentin", "Quill")
            if (start := plain.find(word)) >= 0
        ]
        return Analysis(spans=spans, language="en", covered=True)


def shown(memory: Memory | None, finder: Names, name: str, inside: str) -> str:
    first, _, last = name.partition(" ")
    mail = f"{first}.{last}@home.example".lower()
    known = KnownNames([HeaderPerson(name, mail.partition("@")[0], "home.example")])
    context = TextContext(recognizer=finder, known=known, memory=memory)
    text = _LETTER.format(name=name, inside=inside, mail=mail)
    (found,) = find_all([RawText(text)], context)
    return str(realise(found, _REALISATION, part="text").text)


def test_a_copy_to_somebody_else_is_not_read_again() -> None:
    memory, finder = Memory(), Names()
    first = shown(memory, finder, "Ada Whitcombe", "The tenant")
    before = len(finder.read)
    second = shown(memory, finder, "Robert Ashgrove", "The tenant")
    assert len(finder.read) == before
    assert memory.hits == 1
    assert first == second
    assert not any("Ada" in text or "Whitcombe" in text for text in finder.read)


@pytest.mark.parametrize("inside", ["Zebedee", "Zebedee Quill", "Mr Zebedee"])
def test_a_name_where_the_first_copy_had_a_harmless_word_goes(inside: str) -> None:
    memory = Memory()
    shown(memory, Names(), "Ada Whitcombe", "The tenant")
    outcome = shown(memory, Names(), "Robert Ashgrove", inside)
    assert memory.hits == 0
    assert "Zebedee" not in outcome
    assert "Quill" not in outcome


@pytest.mark.parametrize("inside", ["Robert", "Robert Ashgrove", "Ashgrove", "ROBERT ASHGROVE"])
def test_the_reader_s_own_name_where_the_first_copy_had_a_word_goes(inside: str) -> None:
    memory = Memory()
    for name, word in (("Ada Whitcombe", "The tenant"), ("Mary Stone", "Mary Stone")):
        shown(memory, Names(), name, word)
    outcome = shown(memory, Names(), "Robert Ashgrove", inside)
    assert "robert" not in outcome.lower()
    assert "ashgrove" not in outcome.lower()


_NAMES = ["Ada Whitcombe", "Robert Ashgrove", "Quentin Quill", "Olive Frost", "May Day", "Lee"]
_INSIDE = ["The tenant", "Quentin", "Quill", "Ada", "Robert Quill", "Frost", "Lee and Ada"]


def test_what_was_read_before_changes_no_output() -> None:
    """Each copy alone, and after all others in either order: the same to the character."""
    copies = [(name, inside) for name in _NAMES for inside in _INSIDE]
    alone = {copy: shown(None, Names(), *copy) for copy in copies}
    for order in (copies, copies[::-1]):
        memory = Memory()
        assert {copy: shown(memory, Names(), *copy) for copy in order} == alone
        assert memory.hits > 0


def test_nothing_masked_is_in_the_key_or_the_text() -> None:
    text = "Dear Ada Whitcombe, write to ada@home.example"
    known = KnownNames([HeaderPerson("Ada Whitcombe", "ada", "home.example")])
    spans = [*known.find(text)]
    hidden = masked(text, spans)
    assert "Ada Whitcombe" not in hidden.text + hidden.key
    assert hidden.key != masked(hidden.text, []).key


def test_spans_go_back_to_where_they_came_from() -> None:
    text = "Ada Whitcombe met Zebedee, and Ada Whitcombe left."
    known = KnownNames([HeaderPerson("Ada Whitcombe", "ada", "home.example")])
    hidden = masked(text, list(known.find(text)))
    start = hidden.text.index("Zebedee")
    inner = Span(start=start, end=start + 7, entity=Entity.PERSON, recognizer="rampart")
    across = Span(start=2, end=start + 7, entity=Entity.PERSON, recognizer="rampart")
    back = list(hidden.placed_back([inner, across]))
    assert [text[span.start : span.end] for span in back] == [
        "Zebedee",
        "Ada Whitcombe met Zebedee",
    ]
