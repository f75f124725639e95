"""The models over a text: window by window, each window once.

In:  readable text in a language that they read; ranges that are hidden anyway.
Out: spans of what they guess, weighed by a word list.
SECURITY: what a window holds is decided by its words alone, so that an answer from memory is the
     answer that reading it again would give.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rufgate.recognize.lexicon import Lexicon
from rufgate.recognize.memory import Memory
from rufgate.recognize.rampart import Guess, RampartReader
from rufgate.recognize.spacy_ner import NerReader
from rufgate.recognize.windows import Range, Sieve, windows
from rufgate.sanitize.spans import Span

_MEMORY_BYTES: Final = 16 * 2**20


@dataclass(frozen=True, slots=True)
class _Window:
    """What both models say of a window, in places of the window."""

    named: tuple[Span, ...]
    guessed: tuple[Guess, ...]


_NOTHING: Final = _Window((), ())


class Models:
    """spaCy for English, Rampart for every language that it reads."""

    def __init__(
        self, ner: NerReader, rampart: RampartReader, lexicons: Mapping[str, Lexicon]
    ) -> None:
        self._ner: Final = ner
        self._rampart: Final = rampart
        self._lexicons: Final = lexicons
        self._sieves: Final = {name: Sieve(lexicon) for name, lexicon in lexicons.items()}
        self._memory: Final[Memory[_Window]] = Memory(_MEMORY_BYTES)

    def read(self, text: str, language: str, hidden: Sequence[Range] = ()) -> Iterator[Span]:
        """What they guess in ``text``."""
        sieve = self._sieves[language]
        worth = [window for window in windows(text) if sieve.is_worth(text, window, hidden)]
        pieces = [text[start:end].rstrip() for start, end in worth]
        for window, found in zip(worth, self._found(pieces, language), strict=True):
            start = window[0]
            for span in found.named:
                yield replace(span, start=start + span.start, end=start + span.end)
            yield from self._rampart.believed(text, window, found.guessed, self._lexicons[language])

    def forget(self) -> None:
        """The words of the text before, which the word lists know of."""
        for lexicon in self._lexicons.values():
            lexicon.forget()

    def _found(self, pieces: Sequence[str], language: str) -> list[_Window]:
        """What the models say of each piece; those that nobody asked for yet are read."""
        digests = [self._memory.digest(language, piece) for piece in pieces]
        known = {digest: self._memory.recall(digest) for digest in digests}
        new = {
            digest: piece
            for digest, piece in zip(digests, pieces, strict=True)
            if known[digest] is None
        }
        unread = list(new.values())
        named = self._ner.spans(unread) if language == "en" else [()] * len(unread)
        read = {
            digest: _Window(spans, self._rampart.guesses(piece))
            for (digest, piece), spans in zip(new.items(), named, strict=True)
        }
        for digest, found in read.items():
            self._memory.keep(digest, found, len(found.named) + len(found.guessed))
        return [read.get(digest) or known[digest] or _NOTHING for digest in digests]
