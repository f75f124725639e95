"""The shared corpus of published mail, read where it is present and never copied.

In:  the environment variable ``RUFGATE_CORPUS``, else ``../shared/corpus`` beside the checkout.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PLACE = Path(
    os.environ.get("RUFGATE_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus")
)
CORPUS: Path | None = _PLACE if _PLACE.is_dir() else None

needs_corpus = pytest.mark.skipif(
    CORPUS is None, reason="no corpus: set RUFGATE_CORPUS to the folder that holds it"
)


def corpus_files(kind: str) -> list[Path]:
    """Every mail of ``reports`` or ``originals``, sorted; empty where there is no corpus."""
    return [] if CORPUS is None else sorted((CORPUS / kind).rglob("*.eml"))


def corpus_name(path: Path) -> str:
    """``sisimai/arf-01.eml``."""
    return "/".join(path.parts[-2:])
