"""The faster form of the model is made once, kept whole, and never taken from somebody else."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from rufgate.recognize import fast_model, rampart
from rufgate.recognize.fast_model import Model, Why
from rufgate.recognize.rampart import RampartModel

_SHIPPED = b"the model as shipped"
_MADE = b"the model in int8" * 100_000


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was converted, by a converter that takes no time."""
    calls: list[bytes] = []

    def convert(shipped: bytes) -> bytes:
        calls.append(shipped)
        return _MADE

    monkeypatch.setattr(fast_model, "_converted", convert)
    monkeypatch.setattr(fast_model, "_has_exact_products", lambda: True)
    return calls


def test_it_is_made_once_and_read_afterwards(tmp_path: Path, made: list[bytes]) -> None:
    first, second = (fast_model.fast_model(_SHIPPED, tmp_path / "models") for _ in range(2))
    assert first == second == Model(_MADE, is_int8=True)
    assert made == [_SHIPPED]


def test_the_kept_file_is_ours_alone(tmp_path: Path, made: list[bytes]) -> None:
    folder = tmp_path / "models"
    fast_model.fast_model(_SHIPPED, folder)
    (kept,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, kept.stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_damaged_file_is_made_anew(tmp_path: Path, made: list[bytes], place: int) -> None:
    fast_model.fast_model(_SHIPPED, tmp_path)
    (kept,) = tmp_path.iterdir()
    content = bytearray(kept.read_bytes())
    content[place] ^= 1
    kept.write_bytes(content)
    assert fast_model.fast_model(_SHIPPED, tmp_path) == Model(_MADE, is_int8=True)
    assert len(made) == 2
    assert hashlib.sha256(kept.read_bytes()[32:]).digest() == kept.read_bytes()[:32]


def test_a_file_cut_short_is_made_anew(tmp_path: Path, made: list[bytes]) -> None:
    fast_model.fast_model(_SHIPPED, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert fast_model.fast_model(_SHIPPED, tmp_path).content == _MADE


def test_a_file_that_others_may_write_is_not_used(tmp_path: Path, made: list[bytes]) -> None:
    fast_model.fast_model(_SHIPPED, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.chmod(0o622)
    fast_model.fast_model(_SHIPPED, tmp_path)
    assert len(made) == 2


def test_a_folder_that_cannot_be_written_costs_the_keeping_alone(made: list[bytes]) -> None:
    model = fast_model.fast_model(_SHIPPED, Path("/proc/nowhere"))
    assert model == Model(_MADE, is_int8=True, why=Why.FOLDER)
    assert model.in_words() == "int8 not_kept"


def test_another_source_is_another_file_and_replaces_the_first(
    tmp_path: Path, made: list[bytes]
) -> None:
    for shipped in (_SHIPPED, b"another"):
        fast_model.fast_model(shipped, tmp_path)
    assert made == [_SHIPPED, b"another"]
    assert len(list(tmp_path.iterdir())) == 1


def test_without_exact_products_it_runs_as_shipped(
    tmp_path: Path, made: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_model, "_has_exact_products", lambda: False)
    model = fast_model.fast_model(_SHIPPED, tmp_path)
    assert model == Model(_SHIPPED, is_int8=False, why=Why.PROCESSOR)
    assert made == []
    assert model.in_words() == "shipped no_vnni"


def test_what_cannot_be_converted_runs_as_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_model, "_has_exact_products", lambda: True)
    model = fast_model.fast_model(b"no model at all", tmp_path)  # a real process fails
    assert model == Model(b"no model at all", is_int8=False, why=Why.CONVERSION)
    assert list(tmp_path.iterdir()) == []


@cache
def _shipped() -> bytes:
    return (rampart._installed_folder() / "onnx" / "model_q4.onnx").read_bytes()


@pytest.mark.long
def test_the_conversion_gives_the_same_bytes_each_time() -> None:
    one, other = (fast_model._converted(_shipped()) for _ in range(2))
    assert one is not None
    assert one == other


@pytest.mark.long
def test_both_forms_say_nearly_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong half of a byte, or a wrong scale, would leave nothing of the answers."""
    text = "Please call Margaret Thornbury in Harrogate, 14 Mill Lane, about the invoice."
    monkeypatch.setattr(fast_model, "_has_exact_products", lambda: True)
    small = RampartModel(kept=tmp_path)
    monkeypatch.setattr(fast_model, "_has_exact_products", lambda: False)
    whole = RampartModel(kept=tmp_path)
    assert (small.form, whole.form) == ("int8", "shipped no_vnni")
    answers = [
        np.array([chance.sum() for _, _, chance in model.read(text, 0, len(text))])
        for model in (small, whole)
    ]
    assert np.abs(answers[0] - answers[1]).max() < 0.1
    assert (answers[1] > 0.9).sum() > 5
