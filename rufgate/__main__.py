"""``python -m rufgate`` and the ``rufgate`` command."""

from __future__ import annotations

import sys

from rufgate.cli.main import run
from rufgate.telemetry import configure


def main() -> None:
    """Run the command line and exit with its code."""
    # Before anything is read: Python and its libraries would print what they were working on.
    configure(style="console", level="error")
    sys.exit(run())


if __name__ == "__main__":
    main()
