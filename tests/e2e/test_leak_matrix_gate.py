"""The leak matrix through a real gate, with the real recognizers: no mark is anywhere afterwards.

``tests/sanitize/test_leak_matrix.py`` tries each place and form alone, in the core. Here they come
in packs, over SMTP, to analysts at every tier; then row, log and outgoing mail are searched.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.e2e.gate import Gate, Sink
from tests.e2e.marks import Haystack
from tests.e2e.matrix_reports import packs
from tests.e2e.test_canary import ANALYSTS
from tests.sanitize.leak_places import KEPT

PREFIX = "Quarvo"


def _mark(number: int) -> str:
    return f"{PREFIX}{number:03d}Zelmin"


def test_the_packs_really_hold_their_marks() -> None:
    unseen = [
        name
        for names, report in packs(_mark)
        for haystack in [Haystack(report.content + report.mail_from.encode())]
        for name, mark in names.items()
        if not haystack.holds(mark)
    ]
    assert unseen == []


def test_no_mark_of_the_matrix_is_found_afterwards(
    make_gate: Callable[..., Gate], sink: Sink
) -> None:
    gate = make_gate(analysts=ANALYSTS, log_level="debug", store_tier="text")
    gate.start()
    made = list(packs(_mark))
    with gate.client() as connection:
        for names, report in made:
            code, _ = gate.send(report.content, mail_from=report.mail_from, connection=connection)
            assert code == 250, list(names)[:1]
    gate.wait_delivered(seconds=240)
    assert gate.terminate() == 0
    assert len(gate.reports_in_database()) == len(made)
    _assert_texts_were_shown(sink)
    marks = {name: mark for names, _ in made for name, mark in names.items()}
    found = [
        (name, where) for where, content in _written(gate, sink) for name in _found(content, marks)
    ]
    assert found == []


def _assert_texts_were_shown(sink: Sink) -> None:
    """Else the search would prove nothing."""
    shown = [mail for mail in sink.mails(ANALYSTS[0][1]) if KEPT.encode() in mail]
    assert len(shown) > 40


def _written(gate: Gate, sink: Sink) -> list[tuple[str, bytes]]:
    """Every file but the keys, and every mail."""
    files = [
        (str(path.relative_to(gate.folder)), path.read_bytes())
        for path in gate.folder.rglob("*")
        if path.is_file() and not path.is_relative_to(gate.folder / "var" / "keys")
    ]
    return [*files, ("mail", b"\n".join(sink.mails()))]


def _found(content: bytes, marks: dict[str, str]) -> list[str]:
    haystack = Haystack(content)
    if not haystack.holds(PREFIX):  # spares a search for each mark
        return []
    return [name for name, mark in marks.items() if haystack.holds(mark)] or ["some mark"]
