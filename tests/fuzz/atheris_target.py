"""One target under atheris, in a process of its own: ``python -m tests.fuzz.atheris_target NAME``.

In:  the name, and libFuzzer's own options behind it.
Out: libFuzzer's lines on standard error; ends with 77 at the first crash, hang or leak.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["rufgate"]):
    from tests.fuzz.table import TARGETS, run_one


def main() -> None:
    """Never returns: libFuzzer ends the process."""
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    atheris.Setup([name, *options], lambda data: run_one(target, data))
    atheris.Fuzz()


main()
