"""``rufgate sanitize`` as a filter: once as a process, else in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli import here
from tests.reports import numbered, original, report

ROOT = Path(__file__).parents[2]
NO_REPORT = b"From: a@example.net\r\nSubject: Lunch with Ada Whitcombe\r\n\r\nSee you.\r\n"


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {key: v for key, v in os.environ.items() if not key.startswith("RUFGATE_")}
    return subprocess.run(
        [sys.executable, "-m", "rufgate", "sanitize", *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )


def run_here(
    folder: Path, *arguments: str, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return here.run_here(folder, "sanitize", *arguments, stdin=stdin)


def test_one_report_goes_to_standard_output(tmp_path: Path) -> None:
    result = run(tmp_path, "-", stdin=report())
    assert result.returncode == 0, result.stderr
    assert b"message/feedback-report" in result.stdout
    assert b"Whitcombe" not in result.stdout
    assert result.stderr == b""


def test_folders_keep_their_shape_and_others_are_still_written(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "1.eml").write_bytes(numbered(1))
    (tmp_path / "in" / "2.eml").write_bytes(NO_REPORT)
    (tmp_path / "in" / "deep" / "3.eml").write_bytes(numbered(3))
    result = run_here(tmp_path, "in", "--out", "out")
    assert result.returncode == 65
    written = sorted(p.relative_to(tmp_path / "out") for p in (tmp_path / "out").rglob("*.eml"))
    assert written == [Path("1.eml"), Path("deep/3.eml")]
    assert result.stdout == b""
    complaints = [line for line in result.stderr.splitlines() if b"no failure report" in line]
    assert len(complaints) == 1
    assert b"in/2.eml" in complaints[0]
    assert b"Whitcombe" not in result.stderr


def test_json_is_one_object_a_line(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(numbered(1))
    (tmp_path / "2.eml").write_bytes(numbered(2))
    result = run_here(tmp_path, "1.eml", "2.eml", "--json", "--tier", "metadata")
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["input"] for row in rows] == ["1.eml", "2.eml"]
    assert rows[0]["source_ip"] == "198.51.100.23"
    assert rows[0]["tier"] == "metadata"
    assert rows[0]["incidents_stated"] is None
    assert "incidents_stated" in rows[0]["not_stated"]
    assert b"Whitcombe" not in result.stdout


def test_several_inputs_need_a_place_to_go(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(numbered(1))
    assert run_here(tmp_path, "1.eml", "1.eml").returncode == 64


def test_explain_goes_to_standard_error(tmp_path: Path) -> None:
    result = run_here(tmp_path, "-", "--explain", stdin=report())
    assert b"found by" in result.stderr
    assert b"found by" not in result.stdout
    assert b"Whitcombe" not in result.stderr


def test_a_place_that_cannot_be_written_is_69(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(numbered(1))
    (tmp_path / "out").write_text("a file, no folder")
    result = run_here(tmp_path, "1.eml", "--out", "out", "--tier", "metadata")
    assert result.returncode == 69
    assert b"cannot write out/1.eml" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_configuration_without_keys_gets_throw_away_ones(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "rufgate.toml").write_text(
        '[smtp]\nrecipients = ["ruf@example.org"]\n[policy]\nsource_ip = "truncate"\n'
    )
    result = run_here(tmp_path, "-", "--tier", "metadata", stdin=report())
    assert result.returncode == 0, result.stderr
    assert b"Source-IP: 198.51.100.0/24" in result.stdout


def test_a_text_that_no_model_reads_is_left_out_or_by_wish_redacted_by_rules(
    tmp_path: Path,
) -> None:
    body = (
        "Vážený zákazníku, zasíláme vám požadované dokumenty k vaší žádosti o změnu smlouvy.\r\n"
        "Platba: GB82 WEST 1234 5698 7654 32, paní Whitcombe. Дмитрий\r\n"
    )
    content = report(original(body=body))
    (tmp_path / "config").mkdir()
    file = tmp_path / "config" / "rufgate.toml"
    shown = {}
    for choice in ("omit", "rules"):
        file.write_text(
            f'[smtp]\nrecipients = ["ruf@example.org"]\n[policy]\nuncovered_text = "{choice}"\n'
        )
        result = run_here(tmp_path, "-", "--json", stdin=content)
        assert result.returncode == 0, result.stderr
        shown[choice] = json.loads(result.stdout)
    assert (shown["omit"]["text"], shown["omit"]["subject"]) == (None, None)
    assert shown["omit"]["text_omitted"] == "language_not_covered"
    assert shown["omit"]["text_chars"] > 100
    rules = shown["rules"]
    assert "rules_only" in rules["flags"]
    assert rules["text"].startswith("Vážený zákazníku")
    assert [raw for raw in ("GB82", "7654", "hitcombe", "Дмитрий") if raw in rules["text"]] == []
    assert rules["text_omitted"] is None
