"""Looks for raw mail in files: for a mark that stands in every report of a load.

In:  folders.
Out: (file, encoding) of each trace.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

MARK = "wq7kzx4vhj2n"  # in local parts, in the boundary, in fields that nobody keeps


def needles(mark: str = MARK) -> dict[str, list[bytes]]:
    """Encoding → what to look for; "plain" ones in lower case."""
    raw = mark.encode()
    found = {
        "plain": [raw, raw[::-1]],
        "hex": [raw.hex().encode()],
        "quoted-printable": [b"".join(b"=%02x" % byte for byte in raw)],
        "utf-16": [mark.encode("utf-16-le"), mark.encode("utf-16-be")],
    }
    for form in (mark, mark.upper(), mark.capitalize()):
        for phase in range(3):
            coded = base64.b64encode(b"\0" * phase + form.encode() + b"\0\0")
            whole = (phase + len(form)) * 8 // 6  # characters that hang on the mark alone
            found.setdefault("base64", []).append(coded[(0, 2, 3)[phase] : whole])
    return found


def traces(*folders: Path) -> Iterator[tuple[str, str]]:
    """Every file under ``folders``, whatever its name; keys and configuration too."""
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                for name in _in(file.read_bytes()):
                    yield str(file.relative_to(folder)), name


def _in(content: bytes) -> Iterator[str]:
    low = content.lower()
    for name, words in needles().items():
        where = content if name == "base64" else low
        if any(word in where for word in words):
            yield name
