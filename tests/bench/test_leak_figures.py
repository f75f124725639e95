"""Shares, intervals, goals and the page: what is said about a run follows from its counts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bench.leak import goals, kinds, page, parts, run, score, stats, tables
from bench.leak.command import Measured, Options
from bench.leak.jobs import Plan
from bench.leak.run import is_measuring
from bench.leak.score import Leak, ReportScore


def _report(number: int, *, leaked: int, of: int, kind: str = "EMAIL") -> ReportScore:
    leak = Leak(report=str(number), style="letter", kind=kind, where="text", value="Jo Bloggs")
    return ReportScore(
        report=str(number),
        style="letter",
        template=f"book/{number % 3}",
        strings={(kind, "text"): (leaked, of)},
        tokens=(0, 2),
        kept={"phrase": (3, 4), "metadata": (4, 4)},
        leaks=(leak,) * leaked,
    )


def _figures(*reports: ReportScore) -> dict[str, Any]:
    about = {"part": "measure", "count": len(reports), "seed": 1, "tier": "text", "templates": 3}
    versions = {"versions": {"rufgate": "1"}}
    return {"run": about | versions, "rufgate": score.figures(reports), "stock": None}


def test_wilson_as_published() -> None:
    """Newcombe (1998), Statistics in Medicine 17:857, table I: 81/263, 15/148, 0/20, 1/29."""
    for (hits, of), expected in {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }.items():
        assert stats.wilson(hits, of) == pytest.approx(expected, abs=5e-5)


def test_nothing_found_is_bounded_by_three_over_the_reports() -> None:
    found = stats.share([(0, 20)] * 300)
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(3 / 300, rel=0.01)
    kept = stats.share([(20, 20)] * 300)
    assert (kept.low, kept.high) == (pytest.approx(1 - 3 / 300, rel=0.01), 1.0)


def test_strings_that_leak_together_widen_the_interval() -> None:
    apart = stats.share([(1, 10)] * 100)
    together = stats.share([(10, 10)] * 10 + [(0, 10)] * 90)
    assert apart.value == together.value == 0.1
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_the_same_counts_give_the_same_interval() -> None:
    counts = [(number * number % 97, 97 + number) for number in range(60)]
    assert stats.share(counts) == stats.share(counts)


def test_nothing_planted_is_nothing_known() -> None:
    found = stats.share([(0, 0)] * 5)
    assert (found.value, found.of, found.low, found.high) == (0.0, 0, 0.0, 1.0)


def test_figures_add_up() -> None:
    found = score.figures([_report(n, leaked=int(n < 3), of=4) for n in range(12)])
    assert (found["string_leak"]["hits"], found["string_leak"]["of"]) == (3, 48)
    assert (found["clean"]["hits"], found["clean"]["of"]) == (9, 12)
    assert found["by_group"][kinds.STRUCTURED]["hits"] == 3
    assert found["by_group"]["birth dates"]["of"] == 0
    assert found["by_type"]["EMAIL"] == found["by_where"]["text"] == found["by_style"]["letter"]
    assert found["kept_by_group"]["harmless phrases"]["share"] == 0.75
    assert found["over_templates"]["string_leak"]["clusters"] == 3


@pytest.mark.parametrize(
    ("kind", "value", "group"),
    [
        ("EMAIL_OBFUSCATED", "jo at home dot example", kinds.STRUCTURED),
        ("PT_NIF", "123456789", kinds.STRUCTURED),
        ("PERSON", "Ирина Петрова", kinds.NON_LATIN),
        ("NON_LATIN_NAME", "王小明", kinds.NON_LATIN),
        ("MAC", "00:11:22:33:44:55", "device names, MAC addresses"),
    ],
)
def test_types_belong_to_the_groups_of_the_goals(kind: str, value: str, group: str) -> None:
    found = kinds.kind_of({"type": kind, "value": value})
    assert [name for name, starts in kinds.PERSONAL.items() if kinds.belongs(found, starts)] == [
        group
    ]


def test_a_latin_name_is_no_name_in_another_script() -> None:
    assert kinds.kind_of({"type": "PERSON", "value": "Jürgen O'Größe-Łuk"}) == "PERSON"


def test_missed_goals_are_named() -> None:
    missed = goals.missed(_figures(*(_report(n, leaked=int(n < 3), of=4) for n in range(12))))
    assert [row.what for row in missed] == [
        "strings leaked",
        "reports without any leak",
        f"leaked: {kinds.STRUCTURED}",
        "kept: harmless phrases",
    ]


def test_a_goal_on_the_bound_is_reached_and_one_without_strings_is_open() -> None:
    rows = goals.rows(_figures(*(_report(n, leaked=int(n < 1), of=1) for n in range(200))))
    reached = {row.what: row.reached for row in rows}
    assert reached["strings leaked"] is True  # 1 of 200 is 0.5 %
    assert reached["leaked: birth dates"] is None
    assert reached["personal letters leaked"] is None


def test_goals_of_texts_and_prose() -> None:
    share = stats.share([(1, 100)] * 6).as_json()
    figures = _figures(_report(0, leaked=0, of=4)) | {
        "independent": {"rufgate": {"leaked": share, "lost": share}},
        "prose": {"rufgate": {"own": share, "others": share | {"share": 0.02}}},
    }
    reached = {row.what: row.reached for row in goals.rows(figures)}
    assert reached["personal letters leaked"] is True
    assert reached["this project's docs"] is True
    assert reached["other projects' descriptions"] is False


def test_the_page_is_filled_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    figures = _figures(*(_report(n, leaked=int(n < 3), of=4) for n in range(12)))
    file = tmp_path / "page.md"
    file.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n")
    page.write(file, figures)
    once = file.read_text()
    page.write(file, figures)
    assert file.read_text() == once
    assert once.startswith(f"before\n{page.BEGIN}\n")
    assert once.endswith(f"{page.END}\nafter\n")
    assert "old" not in once
    assert "| strings leaked | 6.25 % |" in once
    assert "| **no** |" in once
    assert "Jo Bloggs" not in once
    assert page.without_figures(once) == "before\n\nafter\n"
    assert page.without_figures("no marks") == "no marks"


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="needs the lines"):
        page.filled("no marks", _figures(_report(0, leaked=0, of=1)))


def test_a_measuring_part_is_not_quoted() -> None:
    leaks = _report(0, leaked=1, of=1).leaks
    for quoted in (True, False):
        console = Console(file=io.StringIO(), width=120)
        tables.show_leaks(console, leaks, quoted=quoted)
        assert isinstance(console.file, io.StringIO)
        assert ("Jo Bloggs" in console.file.getvalue()) is quoted


@pytest.mark.parametrize(
    ("part", "reveal", "quoted"),
    [("measure", False, False), ("measure", True, True), ("tune", False, True)],
)
def test_the_command_quotes_what_may_be_seen(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    part: str,
    reveal: bool,
    quoted: bool,
) -> None:
    report = _report(0, leaked=1, of=1)
    measured = Measured(figures=_figures(report), leaks=report.leaks)
    monkeypatch.setattr(run, "measure", lambda *_: measured)
    output = run.Output(show=5, reveal=reveal)
    assert run.run(Options(plan=Plan(part=part)), output) == 0
    printed = capsys.readouterr().out
    assert "EMAIL | text" in printed
    assert ("Jo Bloggs" in printed) is quoted


def test_figures_are_written_although_nobody_reads_the_tables(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stop(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(run, "measure", lambda *_: Measured(figures=_figures(), leaks=()))
    monkeypatch.setattr(tables, "show", stop)
    file = tmp_path / "figures.json"
    with pytest.raises(BrokenPipeError):
        run.run(Options(plan=Plan(part="tune")), run.Output(as_json=file))
    assert json.loads(file.read_text())["rufgate"]["reports"] == 0


def test_which_parts_and_books_are_for_measuring() -> None:
    assert is_measuring("measure")
    assert not is_measuring("tune")
    for part, books in parts.PARTS.items():
        assert [is_measuring(book.name) for book in books] == [part == "measure"] * len(books)
