"""The shape of a mailing: 128 bits that are alike for reports of one mailing.

In:  a stored report.
Out: ``Shape``: a similarity hash (Charikar, STOC 2002) over weighted features of redacted values.
SECURITY: features are redacted words without labels and numbers, domains, selectors and types;
     each is hashed under a key, so that a shape confirms no guess about them.
FAILS: never; a report with too little to compare by has no shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np

from rufgate.sanitize.domains import organizational
from rufgate.store.stored import StoredDetail

BITS: Final = 128
_SUBJECT: Final = 6
_SUBJECT_PAIR: Final = 3
_TEXT: Final = 1
_STRUCTURE: Final = 4
_MOST_SHINGLES: Final = 300
_LEAST_WEIGHT: Final = 12  # less tells nothing: two strangers would look alike
_LABEL: Final = re.compile(r"\[[^\]\n]{1,40}\]|\bp\d{1,9}-[a-z2-7]{24}\b")
_WORD: Final = re.compile(r"[^\W_]+")
_STRUCTURAL_ROLES: Final = frozenset({"mail_from", "dkim", "link"})

Digest = Callable[[bytes], bytes]


def shape_of(report: StoredDetail, digest: Digest) -> int | None:
    """The shape under ``digest`` (16 bytes and more a feature); None where too little is known.

    A report's owner is part of each feature: shapes of two owners have nothing in common.
    """
    weights: Counter[str] = Counter()
    for feature, weight in _features(report):
        weights[feature] = max(weights[feature], weight)
    if sum(weights.values()) < _LEAST_WEIGHT:
        return None
    owner = str(report.facts.get("owner_domain") or "")
    named = (f"shape\0{owner}\0{feature}".encode("utf-8", "replace") for feature in weights)
    digests = b"".join(digest(name)[: BITS // 8] for name in named)
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8)).reshape(-1, BITS)
    votes = np.array(list(weights.values())) @ (2 * bits.astype(np.int64) - 1)
    return int.from_bytes(np.packbits(votes > 0).tobytes())


def distance(one: int, other: int) -> int:
    """In how many bits two shapes differ."""
    return (one ^ other).bit_count()


def _features(report: StoredDetail) -> Iterator[tuple[str, int]]:
    facts = report.facts
    subject = _words(str(facts.get("subject") or ""))
    yield from ((f"s:{word}", _SUBJECT) for word in subject)
    yield from ((f"s2:{pair}", _SUBJECT_PAIR) for pair in _runs(subject, 2))
    text = _words(str(facts.get("text") or ""))
    yield from ((f"t:{run}", _TEXT) for run in list(_runs(text, 3))[:_MOST_SHINGLES])
    yield from ((f"d:{name}", _STRUCTURE) for name in _structure(report))


def _structure(report: StoredDetail) -> Iterator[str]:
    """What a mailing's machinery leaves, whoever it is sent to."""
    for domain in report.domains:
        if domain["role"] in _STRUCTURAL_ROLES:
            yield f"{domain['role']}:{organizational(domain['name'])}"
    if selector := report.facts.get("dkim_selector"):
        yield f"selector:{selector}"
    for attachment in report.attachments:
        yield f"attached:{attachment['media_type']}"
    for name, value in report.headers:
        if name.lower() in {"list-id", "x-mailer"}:
            yield f"{name.lower()}:{value}"
    if source := report.summary.source_ip:
        yield f"source:{_network(source)}"


def _network(source: str) -> str:
    return source.rpartition(".")[0] if "." in source else ":".join(source.split(":")[:3])


def _words(text: str) -> list[str]:
    """Without labels; a word with a digit is a number, which varies from mail to mail."""
    words = _WORD.findall(_LABEL.sub(" ", text.casefold()))
    return ["#" if any(map(str.isdigit, word)) else word for word in words]


def _runs(words: list[str], size: int) -> Iterable[str]:
    return (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
