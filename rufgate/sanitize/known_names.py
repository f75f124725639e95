"""Names that the headers tell: where a name is known, it need not be guessed.

In:  the persons of From, To, Cc, Reply-To and Sender (and of quoted header blocks in the text).
Out: spans of their names in free text, however written: any order and case, with initials, joined
     as in user names, without accents, possessive.
FAILS: never. A word that is also a plain English one counts only with a capital and beside another
     part of the name, or away from the start of a sentence; ``exempt`` words never count alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rufgate.sanitize.spans import Entity, Span
from rufgate.sanitize.words import COMMON_WORDS, ROLE_WORDS

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_GAP = re.compile(r"[ .,_'’-]{0,3}")
_NO_DECOMPOSITION = str.maketrans("łŁđĐıøØþð", "lLdDioOtd")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n>][\s\"'“‘(>]{0,6})\Z")
_MONTHS = frozenset({"april", "may", "june", "july", "august", "jan", "mar", "jun", "jul", "sep"})
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[ /-]\Z")
_NUMBER_AFTER = re.compile(r",? \d")
_MAX_PERSONS = 500
_MAX_RUN_WORDS = 12  # no name has more; with every comma the whole run is looked at again


@dataclass(frozen=True, slots=True, repr=False)
class HeaderPerson:
    """One mailbox of a header field, decoded: display name, local part, domain (each may be "")."""

    name: str
    local: str
    domain: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, without a possessive ending, and its folded form."""

    start: int
    end: int
    word: str
    folded: str


class KnownNames:
    """Finds the names of ``persons``; ``exempt`` words are never taken for a name alone."""

    def __init__(
        self,
        persons: Sequence[HeaderPerson] = (),
        exempt: Iterable[str] = (),
        guessed: frozenset[str] = frozenset(),
    ) -> None:
        self._persons = tuple(persons)[:_MAX_PERSONS]
        self._guessed = guessed
        self.exempt = frozenset(fold(word) for word in exempt)
        self.people = tuple(filter(None, (_words_of(person) for person in self._persons)))
        self._parts = frozenset(word for words in self.people for word in words)
        self._alone = frozenset(word for word in self._parts if len(word) >= 3) - self.exempt
        self._joined = frozenset(_compounds(self.people)) - self.exempt - COMMON_WORDS
        self._locals = tuple(sorted(_whole_locals(self._persons, self.exempt)))

    def extended(self, persons: Sequence[HeaderPerson], *, guessed: bool = False) -> KnownNames:
        """The same and ``persons``; words that are only ``guessed`` count with a capital alone."""
        if not persons:
            return self
        words = frozenset(word for person in persons for word in _words_of(person)) - self._parts
        doubtful = self._guessed | words if guessed else self._guessed
        return KnownNames((*self._persons, *persons), self.exempt, doubtful)

    def find(self, text: str) -> Iterator[Span]:
        """Where the names stand in ``text``."""
        if not self.people:
            return
        tokens = tokens_of(text)
        marks = [self._counts(text, tokens, place) for place in range(len(tokens))]
        yield from _runs(text, tokens, marks, self.people)
        folded = text.casefold()
        for needle in self._locals if len(folded) == len(text) else ():
            yield from _whole(folded, needle)
        yield from self._unspaced(text)

    def _counts(self, text: str, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        if token.folded in self._joined:
            return True
        if token.folded in _MONTHS and _is_dated(text, token):
            return False
        if token.folded not in self._parts:
            return self._is_initial(text, tokens, place)
        if token.folded not in self._alone:
            return token.word[:1].isupper() and self._beside_name(text, tokens, place)
        return self._counts_alone(text, tokens, place)

    def _counts_alone(self, text: str, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        if token.folded not in COMMON_WORDS:
            return token.folded not in self._guessed or token.word[:1].isupper()
        if not token.word[:1].isupper():
            return False
        before = text[max(0, token.start - 8) : token.start]
        return self._beside_name(text, tokens, place) or not _SENTENCE_START.search(before)

    def _is_initial(self, text: str, tokens: Sequence[Token], place: int) -> bool:
        """``J`` in ``J. Smith`` or ``Smith, J``."""
        token = tokens[place]
        return (
            len(token.word) == 1 and token.word.isupper() and self._beside_name(text, tokens, place)
        )

    def _beside_name(self, text: str, tokens: Sequence[Token], place: int) -> bool:
        return any(
            0 <= other < len(tokens)
            and tokens[other].folded in self._alone
            and tokens[other].word[:1].isupper()
            and _GAP.fullmatch(text, *_between(tokens[place], tokens[other]))
            for other in (place - 1, place + 1)
        )

    def _unspaced(self, text: str) -> Iterator[Span]:
        """Names in scripts that write no spaces are searched as they are."""
        if not _UNSPACED.search(text):
            return
        for name in dict.fromkeys(
            name for person in self._persons for name in _UNSPACED.findall(person.name)
        ):
            start = text.find(name)
            while start >= 0:
                yield _span(start, start + len(name))
                start = text.find(name, start + len(name))


def _is_dated(text: str, token: Token) -> bool:
    """``4 May``, ``May 2026``: a month beside a number, though somebody may be called so."""
    before = text[max(0, token.start - 8) : token.start]
    return bool(_DAY_BEFORE.search(before) or _NUMBER_AFTER.match(text, token.end))


def tokens_of(text: str) -> list[Token]:
    """The words of ``text``."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[-2:] in ("'s", "’s"):
            word = word[:-2]
        tokens.append(Token(match.start(), match.start() + len(word), word, fold(word)))
    return tokens


def fold(word: str) -> str:
    """Lower case without accents and apostrophes."""
    if word.isascii():
        return word.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", word.translate(_NO_DECOMPOSITION)).casefold()
    return "".join(char for char in plain if char not in "'’" and not unicodedata.combining(char))


def _words_of(person: HeaderPerson) -> frozenset[str]:
    """The words by which ``person`` may be called."""
    words = set()
    for token in (*tokens_of(person.name.partition("@")[0]), *tokens_of(_local_name(person.local))):
        if len(token.word) >= 2 and token.folded not in ROLE_WORDS:
            words.add(token.folded)
            words.add(fold(unicodedata.normalize("NFC", token.word).lower().translate(_UMLAUTS)))
    return frozenset(words)


def _local_name(local: str) -> str:
    return re.sub(r"[\d_+.-]+", " ", local.partition("+")[0])


def _compounds(people: Sequence[frozenset[str]]) -> Iterator[str]:
    """``janedoe``, ``jdoe``, ``doej``: two parts, or a part and an initial, without a space."""
    for words in people:
        for first in sorted(words)[:8]:
            for second in sorted(words)[:8]:
                if first != second and len(second) >= 3:
                    yield from (first + second, first[0] + second, second + first[0])


def _whole_locals(persons: Sequence[HeaderPerson], exempt: frozenset[str]) -> Iterator[str]:
    """Local parts that are to be found as they are: ``jane.doe``, ``jd1984``."""
    for person in persons:
        local = person.local.strip('"').casefold()
        plain = re.sub(r"[^a-z]", "", fold(local))
        for form in (local, local.partition("+")[0]):
            plain_word = form in COMMON_WORDS or plain in ROLE_WORDS or {form, plain} & exempt
            if len(form) >= 4 and not plain_word:
                yield form


def _whole(folded: str, needle: str) -> Iterator[Span]:
    start = folded.find(needle)
    while start >= 0:
        end = start + len(needle)
        around = folded[max(start - 1, 0) : start] + folded[end : end + 1]
        if not any(char.isalnum() for char in around):
            yield _span(start, end)
        start = folded.find(needle, end)


def _runs(
    text: str, tokens: Sequence[Token], marks: Sequence[bool], people: Sequence[frozenset[str]]
) -> Iterator[Span]:
    """Neighbouring marked tokens as one span: ``Doe, Jane``, ``J. Doe``."""
    run: list[Token] = []
    for token, marked in zip(tokens, marks, strict=True):
        if not marked:
            continue
        if run and not _joins(text[run[-1].end : token.start], run, token, people):
            yield _span(run[0].start, run[-1].end)
            run = []
        run.append(token)
    if run:
        yield _span(run[0].start, run[-1].end)


def _joins(gap: str, run: Sequence[Token], token: Token, people: Sequence[frozenset[str]]) -> bool:
    """Whether ``gap`` stands inside one name: ``Doe, Jane`` is one, ``Jane Doe, John`` two."""
    if not _GAP.fullmatch(gap) or (gap.startswith(". ") and len(run[-1].word) > 1):
        return False  # "met Robert. Jane left": a sentence ends there
    if "," not in gap or len(run) > _MAX_RUN_WORDS:
        return "," not in gap
    words = {one.folded for one in (*run, token) if len(one.word) > 1}
    is_new = token.folded not in {one.folded for one in run}
    return is_new and any(words <= person for person in people)


def _between(one: Token, other: Token) -> tuple[int, int]:
    return (one.end, other.start) if one.start < other.start else (other.end, one.start)


def _span(start: int, end: int) -> Span:
    return Span(start=start, end=end, entity=Entity.PERSON, recognizer="known_names")
