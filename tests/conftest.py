"""For all tests: what one sets up for its whole process ends with it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def hooks_are_put_back() -> Iterator[None]:
    """``telemetry.configure`` takes over the hooks in which pytest would see a lost exception."""
    before = sys.excepthook, sys.unraisablehook, threading.excepthook, logging.raiseExceptions
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook, logging.raiseExceptions = before
