"""``rufgate policy test``: what it shows, and what it never does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.here import run_here
from tests.corpus import CORPUS, corpus_files, needs_corpus
from tests.reports import ORIGINAL_HEADER, changed, original, report

HEADER = changed(
    ORIGINAL_HEADER,
    From='"News" <newsletter@example.org>',
    Subject="Contoso Helpdesk: your refund, Mrs Whitcombe",
)
BODY = (
    "Dear Ada,\r\n\r\nplease call the Contoso Helpdesk about Project Nightingale, or write to\r\n"
    "zebedee.quill@partner.example or newsletter@example.org. Thornbury is known.\r\n\r\n"
    "Kind regards,\r\nMargaret Thornbury\r\n+44 20 7946 0018\r\n"
)
RAW = ("Whitcombe", "Thornbury", "Margaret", "zebedee", "quill", "7946", "home.example")


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return run_here(folder, "policy", *arguments, stdin=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.eml").write_bytes(report(original(HEADER, BODY)))
    (tmp_path / "in" / "2.eml").write_bytes(report(original(HEADER, "Project Nightingale\r\n")))
    (tmp_path / "3.eml").write_bytes(b"From: a@example.net\r\nSubject: lunch\r\n\r\nSee you.\r\n")
    return tmp_path


def told(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    values = json.loads(done.stdout)
    assert isinstance(values, dict)
    return values


def test_lines_before_and_after_are_shown_and_nothing_raw(folder: Path) -> None:
    done = run(
        folder, "test", "in/1.eml", "--allow", "Contoso Helpdesk", "--deny", "project nightingale",
        "--role", "Newsletter@Example.org", "--allow", "absent words",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "+ Contoso Helpdesk: your refund, " in text
    assert "about [REDACTED], or write to" in text
    assert "+ From: newsletter@example.org" in text
    assert 'warning: "absent words" never occurred' in text
    assert [raw for raw in RAW if raw.lower() in text.lower()] == []
    assert done.stderr == b""


def test_json_counts_by_phrase_part_and_file(folder: Path) -> None:
    done = run(folder, "test", "in", "3.eml", "--json", "--deny", "Project Nightingale")
    assert done.returncode == 65
    assert b"3.eml: no failure report" in done.stderr
    values = told(done)
    (total,) = values["phrases"]
    counts = {key: total[key] for key in ("reports", "occurs", "stays", "goes")}
    assert counts == {"reports": 2, "occurs": 2, "stays": 0, "goes": 2}
    assert [file["kind"] for file in values["files"]] == ["auth_failure", "auth_failure", None]
    (use,) = values["files"][0]["phrases"]
    assert (use["list"], use["in"], use["occurs"], use["goes"]) == ("deny", "text", 1, 1)
    (change,) = values["files"][1]["changes"]
    assert change["after"] == ["[REDACTED]"]
    assert [raw for raw in RAW if raw.encode() in done.stdout] == []


def test_a_known_name_is_a_warning_in_both_forms(folder: Path) -> None:
    arguments = ("test", "in/1.eml", "--allow", "Whitcombe")
    text = run(folder, *arguments).stdout.decode()
    assert 'warning: "Whitcombe" lets a name through' in text
    (file,) = told(run(folder, *arguments, "--json"))["files"]
    (warning,) = file["warnings"]
    assert (warning["warning"], warning["phrase"]) == ("known_name", "Whitcombe")
    assert warning["fields"] == ["subject"]


def test_without_phrases_those_of_the_configuration_are_tried(folder: Path) -> None:
    (folder / "config").mkdir()
    (folder / "config" / "rufgate.toml").write_text(
        '[smtp]\nrecipients = ["ruf@example.net"]\n'
        '[[domains]]\nname = "example.org"\nrole_addresses = ["newsletter"]\n'
        '[phrases]\nallow = ["Contoso Helpdesk"]\ndeny = ["refund"]\n'
    )
    values = told(run(folder, "test", "in/1.eml", "--json"))
    sums = {row["phrase"]: (row["list"], row["stayed"], row["stays"]) for row in values["phrases"]}
    assert sums == {
        "Contoso Helpdesk": ("allow", 0, 2),
        "refund": ("deny", 1, 0),
        "newsletter@example.org": ("role", 0, 2),
    }
    foreign = told(run(folder, "test", "in/1.eml", "--json", "--role", "desk@example.net"))
    assert [warning["warning"] for warning in foreign["warnings"]] == ["no_own_domain"]


def test_phrases_may_come_from_a_file_and_the_report_from_standard_input(folder: Path) -> None:
    file = folder / "phrases.toml"
    file.write_text('[phrases]\nallow = ["Contoso Helpdesk"]\n')
    content = (folder / "in" / "1.eml").read_bytes()
    done = run(folder, "test", "-", "--phrases", "phrases.toml", "--json", stdin=content)
    assert done.returncode == 0, done.stderr
    assert told(done)["phrases"][0]["stays"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("in/1.eml",), 64, b"nothing to try"),
        (("in/1.eml", "--allow", " "), 64, b"a phrase is empty"),
        (("in/1.eml", "--role", "newsletter"), 64, b"write an address"),
        (("absent.eml", "--allow", "x"), 64, b"no file or folder"),
        (("in/1.eml", "--phrases", "absent.toml"), 78, b"no such file"),
        (("in/1.eml", "--phrases", "3.eml"), 78, b"not valid TOML"),
        (("in/1.eml", "--phrases", "odd.toml"), 78, b"two lists of text"),
        (("in/1.eml", "--phrases", "more.toml"), 78, b"one section"),
        (("in/1.eml", "--config", "absent.toml", "--allow", "x"), 78, b"no such file"),
        ((), 64, b""),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    folder: Path, arguments: tuple[str, ...], code: int, words: bytes
) -> None:
    (folder / "odd.toml").write_text('[phrases]\nallow = ["hunter2", 7]\n')
    (folder / "more.toml").write_text('[phrases]\n[policy]\nlinks = "path"\n')
    done = run(folder, "test", *arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"hunter2" not in done.stderr


def test_what_a_terminal_would_obey_is_not_printed(folder: Path) -> None:
    body = "Contoso Helpdesk \x1b[2J\x1b]0;owned\x07 says\r\n"
    (folder / "in" / "1.eml").write_bytes(report(original(HEADER, body)))
    done = run(folder, "test", "in/1.eml", "--deny", "says", "--allow", "Contoso Helpdesk")
    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout


@needs_corpus
def test_published_reports_are_read_to_the_end(folder: Path) -> None:
    assert CORPUS is not None
    done = run(folder, "test", str(CORPUS / "reports"), "--json", "--deny", "the")
    assert done.returncode in (0, 65), done.stderr
    assert b"Traceback" not in done.stderr
    values = told(done)
    assert len(values["files"]) >= len(corpus_files("reports"))
    (total,) = values["phrases"]
    assert total["occurs"] == total["goes"] > 0
    assert total["stays"] == 0
