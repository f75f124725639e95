"""``rufgate bench leak`` on 300 reports of the measuring part, scored by our own scorer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.leak import kinds
from rufgate.cli.main import run

pytestmark = pytest.mark.timeout(600)
SEED = 20261124
LEAKED = {
    kinds.STRUCTURED: 0.0,
    kinds.NON_LATIN: 0.05,
    "personal references": 0.05,
    "file names": 0.05,
}
KEPT = {"harmless phrases": 0.93, "numbers": 0.85, "appointment dates": 0.93, "metadata": 0.97}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command writes; it prints no leak, since this part is for measuring only."""
    file: Path = tmp_path_factory.mktemp("leak") / "figures.json"
    code = run(["bench", "leak", "--part", "measure", "--seed", str(SEED), "--json", str(file)])
    assert code == 0
    measured: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["rufgate"]
    return measured


def test_every_report_has_an_output(figures: dict[str, Any]) -> None:
    assert (figures["reports"], figures["missing"]) == (300, 0)


def test_few_strings_leak(figures: dict[str, Any]) -> None:
    assert figures["string_leak"]["share"] <= 0.015
    assert figures["token_leak"]["share"] <= 0.015


def test_most_reports_are_clean(figures: dict[str, Any]) -> None:
    assert figures["clean"]["share"] >= 0.8


@pytest.mark.parametrize("group", LEAKED)
def test_what_a_rule_can_know_does_not_leak(figures: dict[str, Any], group: str) -> None:
    assert figures["by_group"][group]["of"] >= 20
    assert figures["by_group"][group]["share"] <= LEAKED[group]


@pytest.mark.parametrize("group", KEPT)
def test_what_is_harmless_survives(figures: dict[str, Any], group: str) -> None:
    assert figures["kept_by_group"][group]["of"] >= 50
    assert figures["kept_by_group"][group]["share"] >= KEPT[group]
