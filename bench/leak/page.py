"""The figures of a run inside a page of the documentation.

In:  a page with the marks ``<!-- figures -->`` and ``<!-- end of figures -->``, and figures.
Out: the page with what stands between the marks replaced; all else is left as it was.
FAILS: ``ValueError`` where the page has no such marks; ``OSError`` where there is no such page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.leak import goals
from bench.leak.tables import BREAKDOWNS, bound, cell, interval, of, some_only

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
_VERDICTS = {True: "yes", False: "**no**", None: "-"}


def write(path: Path, figures: Mapping[str, Any]) -> None:
    """Fill ``path`` with ``figures``."""
    path.write_text(filled(path.read_text(encoding="utf-8"), figures), encoding="utf-8")


def has_marks(path: Path) -> bool:
    """Whether ``path`` is a page that can be filled."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return BEGIN in text and END in text.partition(BEGIN)[2]


def filled(text: str, figures: Mapping[str, Any]) -> str:
    """``text`` with the figures between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs the lines {BEGIN} and {END}")
    return "".join((before, BEGIN, "\n", "\n".join(_lines(figures)), "\n", END, after))


def without_figures(text: str) -> str:
    """``text`` without what a run filled in."""
    before, _, rest = text.partition(BEGIN)
    return before + rest.partition(END)[2] if rest else text


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    yield from _run(figures)
    yield from _goals(figures)
    for title, key in BREAKDOWNS:
        stock = (figures.get("stock") or {}).get(key, {})
        yield from _breakdown(title, some_only(key, figures["rufgate"][key]), stock)
    independent = figures.get("independent") or {}
    if independent:
        ours, theirs = (independent.get(name, {}) for name in ("rufgate", "stock"))
        yield from _breakdown(
            f"The independent set: letters leaked, by type ({ours['texts']} texts,"
            f" {ours['left_out']} left out)",
            ours["by_type"],
            theirs.get("by_type", {}),
        )
    prose = figures.get("prose") or {}
    if prose:
        stock = prose.get("stock", {}).get("by_source", {})
        yield from _breakdown(
            "Technical prose: words covered", prose["rufgate"]["by_source"], stock
        )


def _run(figures: Mapping[str, Any]) -> Iterator[str]:
    run, ours = figures["run"], figures["rufgate"]
    templates = ours["over_templates"]
    yield f"- Part `{run['part']}`, seed {run['seed']}, tier `{run['tier']}`"
    yield f"- {ours['reports']} reports of {run['templates']} templates"
    yield f"- {ours['missing']} reports without an output"
    yield f"- Over templates the intervals are {interval(templates['string_leak'])} (strings) and"
    yield f"  {interval(templates['token_leak'])} (name tokens)."
    yield "- " + ", ".join(f"{name} {version}" for name, version in run["versions"].items())


def _goals(figures: Mapping[str, Any]) -> Iterator[str]:
    group = ""
    for row in goals.rows(figures):
        if row.figure is None:
            continue
        if row.group != group:
            group = row.group
            yield from _head(
                group, "measure", "figure", "95 % interval", "stock presidio", "goal", "reached"
            )
        yield _row(
            row.what,
            cell(row.figure),
            interval(row.figure),
            cell(row.stock),
            bound(row),
            _VERDICTS[row.reached],
        )


def _breakdown(title: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
    yield from _head(title, "", "share", "95 % interval", "of", "stock presidio")
    for name, figure in ours.items():
        yield _row(name, cell(figure), interval(figure), of(figure), cell(theirs.get(name)))


def _head(title: str, *columns: str) -> Iterator[str]:
    yield f"\n### {title[:1].upper()}{title[1:]}\n"
    yield _row(*columns)
    yield _row(*("---" if place == 0 else "--:" for place in range(len(columns))))


def _row(*cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
