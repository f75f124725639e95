"""The model is the measured one or none, and no text is cut silently."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from rufgate.recognize import rampart
from rufgate.recognize.rampart import RampartModel, RampartReader, RecognizerUnavailable
from rufgate.recognize.windows import WINDOW_CHARS, windows


@pytest.fixture(scope="module")
def model() -> RampartReader:
    return RampartReader(RampartModel())


def names_in(model: RampartReader, text: str) -> set[str]:
    """What the model takes for anything, window by window, without a word list."""
    return {
        text[span.start : span.end]
        for window in windows(text)
        for span in model.believed(text, window, model.guesses(text[slice(*window)]), None)
    }


def test_the_package_around_the_model_is_never_imported(model: RampartReader) -> None:
    assert names_in(model, "Regards, Margaret Thornbury")
    assert not [name for name in sys.modules if name.startswith("arcjet")]


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RecognizerUnavailable, match=r"config\.json .*reinstall"):
        RampartModel(tmp_path)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "rampart"
    shutil.copytree(rampart._installed_folder(), folder)
    with (folder / "tokenizer.json").open("ab") as file:
        file.write(b" ")
    with pytest.raises(RecognizerUnavailable, match=r"tokenizer\.json .*not the measured one"):
        RampartModel(folder)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 400,
        "x" * 1000,
        "one line\n" * 100,
        "A sentence. Another! " * 50,
        "",
        "\n\n \n",
        "한국어" * 300,
    ],
)
def test_windows_are_short_and_cover_everything(text: str) -> None:
    found = list(windows(text))
    assert all(end - start <= WINDOW_CHARS for start, end in found)
    read = {place for start, end in found for place in range(start, end)}
    assert all(place in read for place, char in enumerate(text) if char.isalnum())


def test_a_window_of_too_many_tokens_is_halved(model: RampartReader) -> None:
    text = "1 2 " * 300 + "Margaret Thornbury"
    found = model.guesses(text)
    assert any(text[guess.start : guess.end] == "Margaret" for guess in found)


def test_a_name_in_the_last_line_is_found(model: RampartReader) -> None:
    text = "Nothing to see in this line of the text.\n" * 40 + "Regards, Margaret Thornbury"
    assert "Margaret" in names_in(model, text)
