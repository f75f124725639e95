"""Texts that others wrote: presidio-research's ``synth_dataset_v2.json``, read where it is present.

In:  the environment variable ``RUFGATE_INDEPENDENT``, else ``../shared/data/synth_dataset_v2.json``
     beside the checkout. It is never copied.
Out: letters and digits of personal values that stay readable, by type, and other letters and
     digits that are lost; how many values are covered whole, and at all.

Any hit counts, whatever it was taken for. ORGANIZATION, TITLE, AGE, NRP, DATE_TIME and DOMAIN_NAME
are neutral: neither a leak nor a loss. A text that is left out, because no detector covers its
language, leaks nothing and loses everything.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.leak.coverage import METHODS
from bench.leak.stats import Count, share

NEUTRAL = frozenset({"ORGANIZATION", "TITLE", "AGE", "NRP", "DATE_TIME", "DOMAIN_NAME"})
_ROOT = Path(__file__).resolve().parents[2]
_BESIDE = _ROOT.parent / "shared/data/synth_dataset_v2.json"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A text and its spans: (start, end, type)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, kw_only=True)
class TextScore:
    """Letters and digits of one text; values as (type, letters leaked, letters)."""

    values: tuple[tuple[str, int, int], ...]
    lost: Count
    left_out: bool


def dataset() -> Path | None:
    """The file, if it is there."""
    path = Path(os.environ.get("RUFGATE_INDEPENDENT", _BESIDE))
    return path if path.is_file() else None


def samples(path: Path) -> list[Sample]:
    """Everything in the file, in its order."""
    return [
        Sample(
            text=item["full_text"],
            spans=tuple(
                (span["start_position"], span["end_position"], span["entity_type"])
                for span in item["spans"]
            ),
        )
        for item in json.loads(path.read_text(encoding="utf-8"))
    ]


def score_text(sample: Sample, covered: frozenset[int] | None) -> TextScore:
    """What stays readable of ``sample`` where ``covered`` characters are replaced."""
    letters = [at for at, char in enumerate(sample.text) if char.isalnum()]
    shown = set(letters) - covered if covered is not None else set()
    personal: set[int] = set()
    neutral: set[int] = set()
    values = []
    for start, end, kind in sample.spans:
        inside = [at for at in letters if start <= at < end]
        if kind in NEUTRAL:
            neutral.update(inside)
        else:
            personal.update(inside)
            values.append((kind, sum(at in shown for at in inside), len(inside)))
    others = set(letters) - personal - neutral
    return TextScore(
        values=tuple(values), lost=(len(others - shown), len(others)), left_out=covered is None
    )


def score_all(method: str, chosen: Sequence[Sample]) -> list[TextScore]:
    """``chosen`` as one of ``METHODS`` reads it."""
    read = METHODS[method]
    return [score_text(sample, read(sample.text, frozenset())) for sample in chosen]


def figures(scores: Iterable[TextScore]) -> dict[str, Any]:
    """Shares over all texts; the clusters of their intervals are the texts."""
    rows = list(scores)
    values = [value for one in rows for value in one.values]
    by_type: dict[str, list[Count]] = defaultdict(list)
    for kind, leaked, of in values:
        by_type[kind].append((leaked, of))
    leaks = [(sum(v[1] for v in one.values), sum(v[2] for v in one.values)) for one in rows]
    return {
        "texts": len(rows),
        "left_out": sum(one.left_out for one in rows),
        "leaked": share(leaks).as_json(),
        "lost": share([one.lost for one in rows]).as_json(),
        "values_covered_whole": share([(leaked == 0, 1) for _, leaked, _ in values]).as_json(),
        "values_met": share([(leaked < of, 1) for _, leaked, of in values]).as_json(),
        "by_type": {kind: share(counts).as_json() for kind, counts in sorted(by_type.items())},
    }
