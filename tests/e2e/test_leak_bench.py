"""300 synthetic reports of the measuring part at tier text, scored by the shared scorer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.leak import generate, run

SEED = 20261124
NEVER = ("EMAIL", "PHONE", "CREDIT_CARD", "IBAN", "UK_NHS", "UK_NINO")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    program = run.scorer()
    if program is None:
        pytest.skip("no scorer: set RUFGATE_SCORER to its score.py")
    folder: Path = tmp_path_factory.mktemp("leak")
    generate.write(folder / "in", count=300, seed=SEED, part="measure")
    run.sanitize(folder / "in", folder / "out", "text")
    words, measured = run.score(folder / "in", folder / "out", program, show=60)
    print(words)  # noqa: T201 - pytest shows it when a test fails
    return measured


def test_every_report_has_an_output(figures: dict[str, Any]) -> None:
    assert (figures["reports"], figures["missing"]) == (300, 0)


def test_few_strings_leak(figures: dict[str, Any]) -> None:
    assert figures["string_leak"] <= 0.015


@pytest.mark.parametrize("kind", NEVER)
def test_identifiers_never_leak(figures: dict[str, Any], kind: str) -> None:
    planted, leaked = figures["leak_by_type"][kind]
    assert planted >= 5
    assert leaked == 0


@pytest.mark.parametrize("kind", ["phrase", "subject_phrase"])
def test_harmless_phrases_survive(figures: dict[str, Any], kind: str) -> None:
    assert figures["utility_by_class"][kind] >= 0.97


@pytest.mark.parametrize("kind", ["metadata", "metadata_ip"])
def test_metadata_survives(figures: dict[str, Any], kind: str) -> None:
    assert figures["utility_by_class"][kind] == 1.0
