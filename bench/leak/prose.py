"""Technical prose: how much of it is taken for personal data although nobody is in it.

    python -m bench.leak.prose    # prints the words that are covered

In:  this project's own README, change log and docs, and the descriptions that other projects give
     of their installed packages.
Out: for each source the share of its words that would be replaced.

A word is what stands between white space and holds a letter or digit. Lines that may well name
somebody are not counted: those with an ``@``, and those about authors, maintainers, sponsors or
copyright. Nor are links and host names, of which the host is shown. A piece that is left out as a
whole, because its language is not covered, counts as lost. Tables of figures do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.leak import page
from bench.leak.coverage import METHODS, Covered
from bench.leak.stats import Count, share

PACKAGES = (
    "aiosmtplib", "alembic", "cryptography", "dnspython", "email-validator", "numpy",
    "publicsuffixlist", "selectolax", "spacy", "SQLAlchemy", "structlog", "tokenizers",
)  # fmt: skip
"""What the gate needs, but for descriptions about personal data, or that name many people."""

OWN = "this project"
UNCOUNTED = {"rufgate": frozenset({"LINK", "domain"}), "stock": frozenset({"URL"})}
_ROOT = Path(__file__).resolve().parents[2]
_PIECE = 4000  # characters: a long mail
_WORD = re.compile(r"\S*\w\S*")
_LINKED = re.compile(r"(?:https?|ftp|hxxps?)://|\bwww\.", re.IGNORECASE)
_NAMES_SOMEBODY = re.compile(
    r"@|\b(?:authors?|by|contribut\w+|copyright|created|credits?|maintain\w+|sponsor\w*|thanks?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document, or all of one project's."""

    name: str
    texts: tuple[str, ...]


def sources() -> list[Source]:
    """This project's own, and of ``PACKAGES`` those that are installed and describe themselves."""
    return [*_own(), *_others()]


def _own() -> Iterator[Source]:
    """The files of the source tree; what the package says of itself where it is installed."""
    files = [*sorted(_ROOT.glob("*.md")), *sorted((_ROOT / "docs").rglob("*.md"))]
    texts = [page.without_figures(file.read_text(encoding="utf-8")) for file in files]
    yield Source(name=OWN, texts=tuple(texts or [_description("rufgate")]))


def _others() -> Iterator[Source]:
    for name in PACKAGES:
        text = _description(name)
        if text:
            yield Source(name=f"{name} {metadata.version(name)}", texts=(text,))


def _description(name: str) -> str:
    """What a package's metadata says at length; "" where it is not installed or says nothing."""
    try:
        return str(metadata.metadata(name).json.get("description") or "").strip()
    except metadata.PackageNotFoundError:
        return ""


def pieces(text: str) -> list[str]:
    """``text`` cut at empty lines into pieces of the length of a mail."""
    done: list[str] = []
    for paragraph in re.split(r"(?<=\n)\s*\n", text):
        if done and len(done[-1]) + len(paragraph) < _PIECE:
            done[-1] += f"\n{paragraph}"
        else:
            done.append(paragraph)
    return [piece for piece in done if piece.strip()]


def score_piece(method: str, piece: str) -> Count:
    """(words covered, words) of one piece."""
    covered = METHODS[method](piece, UNCOUNTED[method])
    words = list(counted_words(piece))
    return len(_lost(covered, words)), len(words)


def _lost(covered: Covered, words: Sequence[range]) -> list[range]:
    return [word for word in words if covered is None or not covered.isdisjoint(word)]


def main() -> None:
    """Print the words that rufgate covers, source by source: what to look at when rules change."""
    for source in sources():
        print(f"{source.name}:")
        for piece in (piece for text in source.texts for piece in pieces(text)):
            covered = METHODS["rufgate"](piece, UNCOUNTED["rufgate"])
            lost = _lost(covered, list(counted_words(piece)))
            if lost:
                print("   ", " ".join(piece[word.start : word.stop] for word in lost))


def counted_words(piece: str) -> Iterator[range]:
    """Where the words stand that are nothing personal."""
    at = 0
    for line in piece.splitlines(keepends=True):
        if not _NAMES_SOMEBODY.search(line):
            for match in _WORD.finditer(line):
                if not _LINKED.search(match[0]):
                    yield range(at + match.start(), at + match.end())
        at += len(line)


def figures(found: Mapping[str, Sequence[Count]]) -> dict[str, Any]:
    """The share of each source, whose pieces are the clusters, and that of all others together."""
    others = [count for name, counts in found.items() if name != OWN for count in counts]
    each = {name: share(counts).as_json() for name, counts in found.items()}
    return {"own": each.pop(OWN, None), "others": share(others).as_json(), "by_source": each}


if __name__ == "__main__":
    main()
