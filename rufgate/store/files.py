"""Whether short byte patterns stand in files, in any case of their letters.

In:  files, patterns: few, since each is looked for by itself (``byte_search`` takes thousands).
Out: for each file how many patterns stand in it.
SECURITY: sees what no query shows; by ``file_search``, a process of its own.
FAILS: ``StoreUnavailable`` where the files cannot be read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rufgate.store import file_search
from rufgate.store.engine import StoreUnavailable


def patterns_in(
    files: Sequence[Path], exact: Sequence[bytes], folded: Sequence[bytes]
) -> dict[Path, int]:
    """The files in which a pattern stands, and how many do."""
    order = {
        "paths": [str(path.absolute()) for path in files],
        "exact": [pattern.hex() for pattern in exact],
        "folded": [pattern.hex() for pattern in folded],
    }
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", str(Path(file_search.__file__))],
        input=json.dumps(order).encode(),
        env={},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise StoreUnavailable("the store's files cannot be read")
    counts = json.loads(done.stdout)
    return {path: count for path, count in zip(files, counts, strict=True) if count}
