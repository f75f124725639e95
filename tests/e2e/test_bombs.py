"""Bombs through the front door of a running gate: each is answered, kept as a row with the reason,
and the next report is as if nothing had been.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import hostile, reports
from tests.e2e.gate import Gate, tree

ANSWER_WITHIN_S = 60.0  # SM-6
REASONS = {
    "multiparts in multiparts": "depth_limit",
    "many parts": "part_limit",
    "gzip in an aggregate report": "aggregate_report",
    "zip in an aggregate report": "aggregate_report",
    "many fields": "header_limit",
    "one long field": "header_limit",
    "received fields": "header_limit",
    "authentication results": "header_limit",
    "encoded words": "header_limit",
    "folded subject": "field_limit",
    "addresses": "header_limit",
    "nested comments": "header_limit",
    "charset": "header_limit",
    "continuations": "header_limit",
    "numbered continuations": "header_limit",
}
SOME = (  # of those that pass the limits, for `make test`
    "base64 of base64", "encoded messages in messages", "soft breaks", "open tags", "entities",
    "deep html", "one line", "dots", "combining", "zip attached", "links", "zero width",
    "confusable", "people",
)  # fmt: skip


def mails(name: str) -> tuple[bytes, ...]:
    """As large as passes the limits, and far above; in lines that SMTP allows."""
    if name in REASONS:
        return (hostile.SHAPES[name](300_000),)
    return hostile.SHAPES[name](60_000), hostile.SHAPES[name](1_000_000)


def allowed(content: bytes) -> bytes:
    """The door refuses a longer line than 64 KiB before anybody reads it: folded."""
    return b"\r\n".join(
        b"\r\n ".join(line[at : at + 60_000] for at in range(0, max(len(line), 1), 60_000))
        for line in content.split(b"\r\n")
    )


def rows(gate: Gate) -> list[tuple[str, str | None, str]]:
    return gate.rows("SELECT kind, reason, tier FROM reports ORDER BY received_at, id")  # type: ignore[return-value]  # text columns


def seen(gate: Gate) -> int:
    """Reports taken: what differs in the reporter's own words alone is the same report again."""
    return int(gate.rows("SELECT coalesce(sum(seen), 0) FROM reports")[0][0])


def throw(gate: Gate, name: str) -> float:
    """Send the bombs of that name, then a report; how long the slowest took."""
    slowest = 0.0
    for content in mails(name):
        before, counted = len(rows(gate)), seen(gate)
        began = time.monotonic()
        code, text = gate.send(allowed(content))
        slowest = max(slowest, time.monotonic() - began)
        assert code == 250, (name, text)
        found = rows(gate)[before:]
        assert seen(gate) == counted + 1, name  # a row, or one more of what was there
        assert slowest < ANSWER_WITHIN_S
        if name in REASONS:
            assert found[0][1:] == (REASONS[name], "metadata"), name
            again = gate.send(allowed(content))
            assert again[0] == 250, "a poison report would come back for days"
    return slowest


@pytest.fixture
def door(make_gate: Callable[..., Gate]) -> Gate:
    gate = make_gate(store_tier="metadata", analysts=(), processes=1)
    gate.start()
    return gate


def test_each_bomb_is_a_row_with_its_reason_and_the_next_report_is_unaffected(door: Gate) -> None:
    workers = set(tree(door.pid)) - {door.pid}
    took = {name: throw(door, name) for name in (*REASONS, *SOME)}
    assert door.send(reports.numbered(1))[0] == 250
    assert rows(door)[-1][:2] == ("auth_failure", None)
    assert set(tree(door.pid)) - {door.pid} == workers, "a bomb has cost a worker"
    assert not [file for file in Path(door.folder).rglob("core*") if file.is_file()]
    slowest = max(took, key=lambda name: took[name])
    print(f"slowest: {slowest} {took[slowest]:.2f} s")  # noqa: T201 - the figures, with -s


@pytest.mark.long
def test_every_shape_is_answered_in_time(door: Gate) -> None:
    took = {name: throw(door, name) for name in hostile.SHAPES}
    assert door.send(reports.numbered(1))[0] == 250
    for name in sorted(took, key=lambda name: -took[name])[:10]:
        print(f"{name}: {took[name]:.2f} s")  # noqa: T201 - the figures, with -s


@pytest.mark.long
def test_every_shape_is_answered_in_time_where_text_is_read(make_gate: Callable[..., Gate]) -> None:
    """With the models: what is past the time limit is kept without its text, and is answered."""
    gate = make_gate(store_tier="text", analysts=(), processes=1)
    gate.start()
    took = {name: throw(gate, name) for name in hostile.SHAPES}
    assert gate.send(reports.numbered(1))[0] == 250
    for name in sorted(took, key=lambda name: -took[name])[:10]:
        print(f"{name}: {took[name]:.2f} s")  # noqa: T201 - the figures, with -s
    late = [row for row in rows(gate) if row[1] in ("time_limit", "memory_limit")]
    print(f"past a limit: {len(late)} of {len(rows(gate))}")  # noqa: T201 - the figures, with -s
