"""Every report of the corpus by SMTP: 250, and a row that says what the report says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.corpus import corpus_files, corpus_name, needs_corpus
from tests.corpus_facts import FACTS
from tests.e2e.gate import Gate, Sink

pytestmark = needs_corpus
NAMES = [corpus_name(path) for path in corpus_files("reports")]
SAME_AGAIN = {"sisimai/arf-23.eml", "sisimai/dos_arf-01.eml", "sisimai/mac_arf-01.eml"}
STATED = {
    "reporter_domain": "reporter",
    "source_ip": "source_ip",
    "auth_failure": "failure",
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """File name → its row, after all were sent to one gate, one after the other."""
    relay = Sink()
    relay.start()
    gate = Gate(tmp_path_factory.mktemp("corpus") / "gate", relay.port)
    gate.start()
    try:
        yield _send_all(gate)
    finally:
        gate.kill()
        relay.stop()


def _send_all(gate: Gate) -> dict[str, dict[str, Any]]:
    """Rows are told apart by the order of their coming: which ids are new after each mail."""
    ids: dict[str, bytes] = {}
    for path in corpus_files("reports"):
        code, text = gate.send(path.read_bytes())
        assert code == 250, (corpus_name(path), code, text)
        for (new,) in gate.rows("SELECT id FROM reports ORDER BY received_at"):
            if new not in ids.values():
                ids[corpus_name(path)] = new
    listed = {str(row["id"]).replace("-", ""): row for row in gate.reports()}
    return {name: listed[_hex(new)] for name, new in ids.items()}


def _hex(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value).replace("-", "")


def test_the_table_names_every_file() -> None:
    assert set(NAMES) == set(FACTS)
    assert len(FACTS) == 62


def test_every_mail_has_a_row_of_its_own(rows: dict[str, dict[str, Any]]) -> None:
    """But for variants that differ in line ends or outer headers only: that report again."""
    assert set(NAMES) - set(rows) <= SAME_AGAIN


def _row(rows: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    if name not in rows:
        pytest.skip("a variant of a report that came before; counted there")
    return rows[name]


@pytest.mark.parametrize("name", NAMES)
def test_row_says_what_it_is(rows: dict[str, dict[str, Any]], name: str) -> None:
    row, facts = _row(rows, name), FACTS[name]
    assert row["kind"] in facts.kind.split("|")
    if row["kind"] != "auth_failure":
        assert row["reason"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", list(STATED))
def test_row_holds_what_the_report_states(
    rows: dict[str, dict[str, Any]], name: str, key: str
) -> None:
    _compare(_row(rows, name), key, getattr(FACTS[name], STATED[key]))


@pytest.mark.parametrize("name", NAMES)
def test_row_holds_the_reported_domain(rows: dict[str, dict[str, Any]], name: str) -> None:
    """Where it is not stated, the From domain of the third part may stand for it."""
    row, facts = _row(rows, name), FACTS[name]
    if facts.reported is None and row["reported_domain"] is not None:
        assert row["reported_domain"] == facts.from_domain
    else:
        _compare(row, "reported_domain", facts.reported)


@pytest.mark.parametrize("name", NAMES)
def test_row_holds_the_arrival_date(rows: dict[str, dict[str, Any]], name: str) -> None:
    row, facts = _row(rows, name), FACTS[name]
    shown = {**row, "arrival_at": row["arrival_at"] and row["arrival_at"][:19]}
    _compare(shown, "arrival_at", facts.arrival)


@pytest.mark.parametrize("name", NAMES)
def test_row_holds_the_authentication_results(rows: dict[str, dict[str, Any]], name: str) -> None:
    """Those of the feedback part; a row may hold more, from fields that the reporter added."""
    row, facts = _row(rows, name), FACTS[name]
    found = {f"{one['method']}={one['result']}" for one in row["auth_results"] or ()}
    assert found >= set(facts.auth)
    assert bool(found) is not ("auth_results" in row["not_stated"])


def _compare(row: dict[str, Any], key: str, stated: str | None) -> None:
    if stated is None:
        assert row[key] is None
        assert key in row["not_stated"]
    else:
        assert row[key] in stated.split("|")
        assert key not in row["not_stated"]
