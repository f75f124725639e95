"""The search for raw mail finds the mark in every form, wherever it stands, and nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests import reports
from tests.e2e.raw_traces import MARK, traces
from tests.e2e.rounds import marked

FORMS = {
    "plain": marked(1),
    "upper": MARK.upper().encode(),
    "hex": marked(1).hex().encode(),
    "hex upper": marked(1).hex().upper().encode(),
    "quoted-printable": b"".join(b"=%02X" % byte for byte in MARK.encode()),
    "utf-16": marked(1).decode().encode("utf-16"),
    **{f"base64 {skip}": base64.b64encode(marked(1)[skip:]) for skip in range(3)},
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_found_in_a_file_of_any_name(tmp_path: Path, form: str) -> None:
    hidden = tmp_path / "a" / ".b"
    hidden.mkdir(parents=True)
    (hidden / "spool").write_bytes(b"\0" * 5000 + FORMS[form] + b"\0" * 5000)
    assert [file for file, _ in traces(tmp_path)] == ["a/.b/spool"]


def test_what_does_not_hold_it_is_not_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(reports.report())
    assert list(traces(tmp_path)) == []
