"""``rufgate bench leak`` on 300 reports of the measuring part, scored by our own scorer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.leak import independent, kinds, shared_scorer
from rufgate.cli.main import run

pytestmark = pytest.mark.timeout(600)
SEED = 20261124
LEAKED = {
    kinds.STRUCTURED: 0.001,  # none is the goal; one telephone number of some 1,800 gets through
    kinds.NON_LATIN: 0.05,
    "birth dates": 0.02,
    "personal references": 0.03,
    "file names": 0.02,
}
KEPT = {"harmless phrases": 0.955, "numbers": 0.94, "appointment dates": 0.95, "metadata": 1.0}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run's folder; no leak is printed, since this part is for measuring only."""
    folder: Path = tmp_path_factory.mktemp("leak")
    command = ["bench", "leak", "--part", "measure", "--seed", str(SEED), "--prose"]
    command += ["--independent"] if independent.dataset() else []
    assert run([*command, "--keep", str(folder), "--json", str(folder / "figures.json")]) == 0
    return folder


@pytest.fixture(scope="module")
def measured(kept: Path) -> dict[str, Any]:
    return dict(json.loads((kept / "figures.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def figures(measured: dict[str, Any]) -> dict[str, Any]:
    return dict(measured["rufgate"])


def test_every_report_has_an_output(figures: dict[str, Any]) -> None:
    assert (figures["reports"], figures["missing"]) == (300, 0)


def test_another_scorer_finds_no_more(kept: Path, figures: dict[str, Any]) -> None:
    program = shared_scorer.scorer()
    if program is None:
        pytest.skip("no second scorer: set RUFGATE_SCORER to its score.py")
    _, theirs = shared_scorer.score(kept / "in", kept / "out", program)
    assert theirs["missing"] == 0
    assert theirs["string_leak"] <= figures["string_leak"]["share"]
    assert theirs["token_leak"] <= figures["token_leak"]["share"]
    assert theirs["reports_fully_clean"] >= figures["clean"]["share"]


def test_few_strings_leak(figures: dict[str, Any]) -> None:
    assert figures["string_leak"]["share"] <= 0.006
    assert figures["token_leak"]["share"] <= 0.006


def test_most_reports_are_clean(figures: dict[str, Any]) -> None:
    assert figures["clean"]["share"] >= 0.9


@pytest.mark.parametrize("group", LEAKED)
def test_what_a_rule_can_know_does_not_leak(figures: dict[str, Any], group: str) -> None:
    assert figures["by_group"][group]["of"] >= 20
    assert figures["by_group"][group]["share"] <= LEAKED[group]


@pytest.mark.parametrize("group", KEPT)
def test_what_is_harmless_survives(figures: dict[str, Any], group: str) -> None:
    assert figures["kept_by_group"][group]["of"] >= 50
    assert figures["kept_by_group"][group]["share"] >= KEPT[group]


def test_technical_prose_stays_readable(measured: dict[str, Any]) -> None:
    prose = measured["prose"]["rufgate"]
    assert prose["own"]["share"] <= 0.01
    assert prose["others"]["of"] >= 1000
    assert prose["others"]["share"] <= 0.025


def test_texts_that_others_wrote(measured: dict[str, Any]) -> None:
    if "rufgate" not in measured["independent"]:
        pytest.skip("no independent set: set RUFGATE_INDEPENDENT to synth_dataset_v2.json")
    texts = measured["independent"]["rufgate"]
    assert texts["texts"] == 1500
    assert texts["leaked"]["share"] <= 0.03
    assert texts["lost"]["share"] <= 0.015
