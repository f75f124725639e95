"""One person, one number: through subject, text and signature of a report, however written.

In:  names as they stand in the text, in reading order; the persons known from the headers; all
     names of the report beforehand, so that ``jdoe`` in the subject is ``Jane Doe`` of the text.
Out: numbers from 1.
"""

from __future__ import annotations

from collections.abc import Iterable

from rufgate.sanitize.known_names import fold, tokens_of


class PersonNumbers:
    """Numbers the persons of one report. ``Jane``, ``J. Doe`` and ``Doe, Jane`` are one."""

    def __init__(self, people: Iterable[frozenset[str]] = (), names: Iterable[str] = ()) -> None:
        self._people: list[set[str]] = [set(words) for words in people]
        self._numbers: dict[int, int] = {}
        self._whole: dict[str, int] = {}
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
        for place, known in enumerate(self._people):
            if self._is_same(full, words - full, known):
                known.update(full)
                return place
        self._people.append(full)
        return len(self._people) - 1

    @staticmethod
    def _is_same(full: set[str], initials: set[str], known: set[str]) -> bool:
        """Whether one set of words contains the other and the initials are those of the rest."""
        full = {word[:-1] if word[-1] == "s" and word[:-1] in known else word for word in full}
        if len(full) == 1 and any(_is_made_of(word, known) for word in full):
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


def _is_made_of(word: str, known: set[str]) -> bool:
    """``jdoe`` or ``janedoe`` for ``jane`` and ``doe``."""
    return any(
        word in (first + second, first[0] + second, second + first[0])
        for first in known
        for second in known
        if first != second
    )
