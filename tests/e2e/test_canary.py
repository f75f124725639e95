"""The product's oath: what came in personal is nowhere afterwards, in no encoding.

One report for each place of ``PLACES``, each with a mark of its own, through a real gate at
log level debug, with analysts at every tier. Then all that the gate wrote or sent is searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.canary_mail_places import BODY, HEADERS
from tests.e2e.canary_report_places import FEEDBACK, OTHER, OUTER
from tests.e2e.gate import Gate, Sink
from tests.e2e.marks import Haystack, spellings
from tests.e2e.planting import Place, Planted

PLACES: dict[str, Place] = OUTER | FEEDBACK | HEADERS | BODY | OTHER

PREFIX = "Quillo"
ANALYSTS = (
    ("first", "first@soc.example.net", "text"),
    ("second", "second@soc.example.net", "headers"),
    ("third", "third@soc.example.net", "metadata"),
)


def _mark(number: int) -> str:
    """A word that no dictionary and no other mark holds."""
    return f"{PREFIX}{number:03d}Vexmar"


@pytest.mark.parametrize(("name", "spelled"), list(spellings(_mark(7))))
def test_the_search_finds_a_mark_in_every_spelling(name: str, spelled: bytes) -> None:
    haystack = Haystack(b"some bytes before\r\n" + spelled + b"\r\nand after")
    assert haystack.holds(_mark(7)), name
    assert haystack.holds(PREFIX), name  # by which the search is shortened
    assert not haystack.holds(_mark(8)), name


def test_every_place_really_holds_its_mark() -> None:
    for number, (name, place) in enumerate(PLACES.items()):
        planted = place(_mark(number))
        everything = planted.content + planted.mail_from.encode()
        found = Haystack(everything).holds(_mark(number)) or _hidden_well(name)
        assert found, name


def _hidden_well(name: str) -> bool:
    """Places whose encoding the search need not know: the gate itself must not decode them out."""
    return name in {"zero width", "uuencode", "filename 2231"}


def test_no_mark_is_found_anywhere_afterwards(make_gate: Callable[..., Gate], sink: Sink) -> None:
    gate = make_gate(analysts=ANALYSTS, log_level="debug", store_tier="text")
    gate.start()
    planted = {name: place(_mark(n)) for n, (name, place) in enumerate(PLACES.items())}
    _send_all(gate, planted)
    gate.wait_delivered(seconds=120)
    assert len(gate.reports_in_database()) == len(planted)
    _assert_reports_are_not_just_dropped(sink, len(planted))
    running = _written(gate)
    assert gate.terminate() == 0
    stopped = _written(gate)
    # What a file only added to stands in what it is now: a log need not be searched twice.
    running = {name: c for name, c in running.items() if not stopped.get(name, b"").startswith(c)}
    places = {**running, **{f"{name}, stopped": c for name, c in stopped.items()}}
    places["outgoing mail"] = b"\n".join(sink.mails())
    found = [
        f"{name} -> {where}"
        for where, content in places.items()
        for name in _found(Haystack(content))
    ]
    assert not found


def _send_all(gate: Gate, planted: dict[str, Planted]) -> None:
    answers = {}
    with gate.client() as connection:
        for name, report in planted.items():
            code, text = gate.send(
                report.content, mail_from=report.mail_from, connection=connection
            )
            answers[name] = (code, text)
    assert {name for name, (code, _) in answers.items() if code != 250} == set()


def _assert_reports_are_not_just_dropped(sink: Sink, sent: int) -> None:
    """Else the search would prove nothing: most reports must have reached each analyst."""
    for _, address, _ in ANALYSTS:
        assert len(sink.mails(address)) > sent * 0.85
    texts = [mail for mail in sink.mails(ANALYSTS[0][1]) if b"message/rfc822" in mail]
    assert len(texts) > sent * 0.6


def _written(gate: Gate) -> dict[str, bytes]:
    """Every file below the gate's folder but its keys: database, WAL, logs, whatever else."""
    return {
        str(path.relative_to(gate.folder)): path.read_bytes()
        for path in gate.folder.rglob("*")
        if path.is_file() and not path.is_relative_to(gate.folder / "var" / "keys")
    }


def _found(haystack: Haystack) -> list[str]:
    if not haystack.holds(PREFIX):  # spares a search for each mark in each view
        return []
    return [name for n, name in enumerate(PLACES) if haystack.holds(_mark(n))]


def test_the_search_of_files_is_not_blind(tmp_path: Path) -> None:
    """A mark in a SQLite file's free page is found as well."""
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (v TEXT)")
        db.execute("INSERT INTO t VALUES (?)", (f"{_mark(3)}@canary.example",))
    db.close()
    assert Haystack(path.read_bytes()).holds(_mark(3))
