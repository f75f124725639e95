"""The scorer: which planted strings can still be found in the outputs, and what survived.

    python -m bench.leak.score --truth DIR --out DIR [--json FILE] [--show N]

In:  truth files (``NNNN.json``) and outputs: every file of ``--out`` whose name starts with the
     report's id. A missing file is an output that holds nothing.
Out: ``ReportScore`` for each report, ``figures`` over all: string leak, name-token leak, clean
     reports, by type, place and style, what was kept by class, each with a 95 % interval.
FAILS: ``OSError`` or ``ValueError`` where a truth file cannot be read.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.leak import kinds
from bench.leak.haystack import Haystack
from bench.leak.stats import Count, share, wilson

Figures = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A planted string that was found."""

    report: str
    style: str
    kind: str
    where: str
    value: str


@dataclass(frozen=True, kw_only=True)
class ReportScore:
    """One report's counts; keys of ``strings`` are (type, place)."""

    report: str
    style: str
    template: str
    strings: Mapping[tuple[str, str], Count]
    tokens: Count
    kept: Mapping[str, Count]
    leaks: tuple[Leak, ...]
    missing: bool = False

    @property
    def clean(self) -> bool:
        """Nothing personal was found."""
        return not self.leaks


def score_report(truth: Mapping[str, Any], blobs: Iterable[bytes]) -> ReportScore:
    """What of ``truth`` is in ``blobs``, the output for this report."""
    contents = tuple(blobs)
    output = Haystack(contents)
    label = {"report": truth["id"], "style": truth["style"]}
    strings: dict[tuple[str, str], Count] = defaultdict(lambda: (0, 0))
    leaks: list[Leak] = []
    for entry in truth["pii"]:
        key = (kinds.kind_of(entry), entry["where"])
        hit = output.has(entry["value"])
        strings[key] = (strings[key][0] + hit, strings[key][1] + 1)
        if hit:
            leaks.append(Leak(**label, kind=key[0], where=key[1], value=entry["value"]))
    words = [token for token in truth["name_tokens"] if output.has_word(token)]
    leaks += [Leak(**label, kind="NAME_TOKEN", where="-", value=token) for token in words]
    kept = {
        kind: (sum(output.keeps(value) for value in values), len(values))
        for kind, values in truth["survive"].items()
    }
    return ReportScore(
        **label,
        template=truth.get("template", ""),
        strings=dict(strings),
        tokens=(len(words), len(truth["name_tokens"])),
        kept=kept,
        leaks=tuple(leaks),
        missing=not contents,
    )


def score_folder(truth: Path, out: Path) -> list[ReportScore]:
    """Every truth file of ``truth`` against the files of ``out``."""
    scores = []
    outputs = sorted(file for file in out.iterdir() if file.is_file())
    for path in sorted(truth.glob("*.json")):
        known = json.loads(path.read_text(encoding="utf-8"))
        blobs: list[bytes] = []
        for file in outputs:
            is_truth = out.samefile(truth) and file.suffix == ".json"
            if file.name.startswith(known["id"]) and not is_truth:
                blobs += (file.read_bytes(), file.name[len(known["id"]) :].encode())
        scores.append(score_report(known, blobs))
    return scores


def figures(scores: Sequence[ReportScore]) -> Figures:
    """Everything that is said about a run."""
    clean = sum(one.clean for one in scores)
    low, high = wilson(clean, len(scores)) if scores else (0.0, 1.0)
    return {
        "reports": len(scores),
        "missing": sum(one.missing for one in scores),
        "string_leak": share([_all(one.strings) for one in scores]).as_json(),
        "token_leak": share([one.tokens for one in scores]).as_json(),
        "clean": {"share": clean / max(1, len(scores)), "hits": clean, "of": len(scores)}
        | {"low": low, "high": high},
        "over_templates": _over_templates(scores),
        "by_group": {
            name: share([_some(one, starts) for one in scores]).as_json()
            for name, starts in kinds.PERSONAL.items()
        },
        "by_type": _each(scores, lambda one: _regrouped(one.strings, 0)),
        "by_where": _each(scores, lambda one: _regrouped(one.strings, 1)),
        "by_style": _each(scores, lambda one: {one.style: _all(one.strings)}),
        "kept_by_group": {
            name: share([_all(_of_group(one.kept, starts)) for one in scores]).as_json()
            for name, starts in kinds.HARMLESS.items()
        },
        "kept": _each(scores, lambda one: one.kept),
    }


def _all(counts: Mapping[Any, Count]) -> Count:
    return sum(hit for hit, _ in counts.values()), sum(of for _, of in counts.values())


def _sum(one: Count, other: Count) -> Count:
    return one[0] + other[0], one[1] + other[1]


def _over_templates(scores: Sequence[ReportScore]) -> Figures:
    """The two leaks with templates as clusters: reports of one template share its wording."""
    strings: dict[str, Count] = defaultdict(lambda: (0, 0))
    tokens: dict[str, Count] = defaultdict(lambda: (0, 0))
    for one in scores:
        strings[one.template] = _sum(strings[one.template], _all(one.strings))
        tokens[one.template] = _sum(tokens[one.template], one.tokens)
    return {
        "string_leak": share(list(strings.values())).as_json(),
        "token_leak": share(list(tokens.values())).as_json(),
    }


def _regrouped(counts: Mapping[tuple[str, str], Count], place: int) -> Mapping[str, Count]:
    """Counts by one of the two parts of their keys."""
    found: dict[str, Count] = defaultdict(lambda: (0, 0))
    for key, count in counts.items():
        found[key[place]] = _sum(found[key[place]], count)
    return found


def _some(one: ReportScore, starts: tuple[str, ...]) -> Count:
    return _all(_of_group(_regrouped(one.strings, 0), starts))


def _of_group(counts: Mapping[str, Count], starts: tuple[str, ...]) -> Mapping[str, Count]:
    return {name: count for name, count in counts.items() if kinds.belongs(name, starts)}


def _each(
    scores: Sequence[ReportScore], counts: Callable[[ReportScore], Mapping[str, Count]]
) -> Mapping[str, Figures]:
    """A share for every name that ``counts`` gives for any report."""
    found: dict[str, list[Count]] = defaultdict(list)
    for one in scores:
        for name, count in counts(one).items():
            found[name].append(count)
    return {name: share(rows).as_json() for name, rows in sorted(found.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description="Scores outputs against truth files")
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many leaks")
    options = parser.parse_args()
    scores = score_folder(options.truth, options.out)
    measured = figures(scores)
    text = json.dumps(measured, indent=1)
    if options.json:
        options.json.write_text(text + "\n")
    else:
        print(text)
    for leak in [leak for one in scores for leak in one.leaks][: options.show]:
        print(leak.report, leak.style, leak.kind, leak.where, leak.value, sep=" | ")


if __name__ == "__main__":
    main()
