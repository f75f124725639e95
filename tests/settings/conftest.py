"""Configuration files on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

MINIMAL = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("RUFGATE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Writes ``config/rufgate.toml``."""

    def write(text: str) -> Path:
        path = tmp_path / "config" / "rufgate.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return write
