"""One person, one number: through subject, text and signature of a report, however written.

In:  names as they stand in the text, in reading order; the persons known from the headers; all
     names of the report beforehand, so that ``jdoe`` in the subject is ``Jane Doe`` of the text.
Out: numbers from 1.
SECURITY: linear in the number of names, however many share a word: a name is compared with the
     first few persons that it could be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from rufgate.sanitize.known_names import fold, tokens_of

_MAX_COMPARED: Final = 32  # persons that one name is compared with
_MAX_WORDS: Final = 16  # of a person that others are compared with
_MAX_JOINED: Final = 8  # words of a person whose joined forms are known


class PersonNumbers:
    """Numbers the persons of one report. ``Jane``, ``J. Doe`` and ``Doe, Jane`` are one."""

    def __init__(self, people: Iterable[frozenset[str]] = (), names: Iterable[str] = ()) -> None:
        self._people: list[set[str]] = []
        self._places: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._numbers: dict[int, int] = {}
        self._whole: dict[str, int] = {}
        for words in people:
            self._add(set(words))
        for name in sorted(names, key=_fullness):
            self._place(name)

    def number(self, name: str) -> int:
        """The number of the person called ``name``."""
        return self._numbers.setdefault(self._place(name), len(self._numbers) + 1)

    def _place(self, name: str) -> int:
        whole = fold(name)
        if whole not in self._whole:
            self._whole[whole] = self._find(name)
        return self._whole[whole]

    def _find(self, name: str) -> int:
        words = _words_of(name)
        full = {word for word in words if len(word) > 1}
        for place in self._candidates(full or words):
            if self._is_same(full, words - full, self._people[place]):
                self._people[place].update(full)
                self._index(place)
                return place
        return self._add(full)

    def _add(self, words: set[str]) -> int:
        self._people.append(words)
        self._index(len(self._people) - 1)
        return len(self._people) - 1

    def _index(self, place: int) -> None:
        """Note by which words, joined words and initials a name could be that of ``place``."""
        known = self._people[place]
        if len(known) > _MAX_WORDS:
            return
        for key in (*known, *(word[0] for word in known), *_joined(known)):
            if len(self._places[key]) < _MAX_COMPARED:
                self._places[key][place] = None

    def _candidates(self, words: Iterable[str]) -> Iterator[int]:
        keys = (key for word in sorted(words) for key in (word, word.removesuffix("s")))
        found = (place for key in keys for place in self._places.get(key, ()))
        return iter(sorted(islice(dict.fromkeys(found), _MAX_COMPARED)))

    @staticmethod
    def _is_same(full: set[str], initials: set[str], known: set[str]) -> bool:
        """Whether one set of words contains the other and the initials are those of the rest."""
        full = {word[:-1] if word[-1] == "s" and word[:-1] in known else word for word in full}
        if len(full) == 1 and not full.isdisjoint(_joined(known)):
            return True
        if not full:
            return bool(initials) and initials <= {word[0] for word in known}
        if not (full <= known or known <= full) or not known:
            return False
        return initials <= {word[0] for word in known} or known <= full


def _words_of(name: str) -> set[str]:
    """The folded words of a name; ``JD`` and ``J.D.`` alike are two initials."""
    tokens = tokens_of(name)
    if len(tokens) == 1 and len(tokens[0].word) == 2 and tokens[0].word.isupper():
        return set(tokens[0].folded)
    return {token.folded for token in tokens}


def _fullness(name: str) -> tuple[int, int, str]:
    """Sorts the names that tell most first."""
    full = [word for word in _words_of(name) if len(word) > 1]
    return -len(full), -len(name), name


def _joined(known: set[str]) -> Iterator[str]:
    """``jdoe`` and ``janedoe`` for ``jane`` and ``doe``."""
    if len(known) > _MAX_JOINED:
        return
    for first in known:
        for second in known:
            if first != second:
                yield from (first + second, first[0] + second, second + first[0])
