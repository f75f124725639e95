"""Each target sees the fault it is there for: planted in the product, found among its seeds."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from rufgate.receive import data_reader
from rufgate.receive.proxy import Header
from rufgate.sanitize import checked, context, feedback_redaction, parse, render
from rufgate.sanitize.sanitized import SanitizedAuthResult, SanitizedText
from tests.fuzz import targets_gate, targets_parts, targets_search
from tests.fuzz.table import TARGETS

Plant = tuple[object, str, Any]


def _raises(*_: object, **__: object) -> object:
    raise ValueError


def _one_line_more(*_: object, **__: object) -> str:
    return "a\r\nX-Evil: b"


def _nothing(*_: object, **__: object) -> frozenset[str]:
    return frozenset()


def _as_it_is(local: str, domain: str, *_: object, **__: object) -> str:
    return f"{local}@{domain}"


def _grown(source: bytes, start: int, end: int, _: str) -> Iterator[bytes]:
    yield source[start:end] * 20 + b"x" * 100


def _two_lines(*_: object, **__: object) -> tuple[SanitizedAuthResult, ...]:
    word = SanitizedText("dkim\r\n")
    return (SanitizedAuthResult(authserv=None, method=word, result=word),)


PLANTS: dict[str, tuple[Plant, ...]] = {
    "parse": ((parse, "find_layout", _raises),),
    "transfer": ((targets_parts, "decoded_chunks", _grown),),
    "auth_results": ((targets_parts, "redact_auth_results", _two_lines),),
    "feedback": ((feedback_redaction, "redact_selector", _one_line_more),),
    "html": ((targets_parts, "html_to_text", lambda text: f"{text}\0"),),
    "dialects": ((targets_parts, "read_sentence", _raises),),
    "headers": ((targets_parts, "from_domain", _raises),),
    "links": ((targets_search, "redact_link", lambda url, *_: url),),
    "leak_check": ((targets_search, "leaks", _nothing),),
    "planted": ((context, "redact_address", _as_it_is), (checked, "leaks", _nothing)),
    "round_trip": ((render, "_date", lambda _: "Tue, 03 Nov 2026 09:15:04 +0000"),),
    "again": ((render, "_body_text", lambda report: f"{report.text} a@b.example"),),
    "envelope": ((targets_gate, "read_header", lambda head: Header("", len(head) + 1)),),
    "data_end": ((data_reader, "_END", b"\r\n.\n"),),
    "names": ((targets_gate, "parse_record", _raises),),
    "anything": ((checked, "render", _raises),),
}


@pytest.mark.parametrize("name", TARGETS)
def test_a_fault_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _is_seen(name)
    for where, what, fault in PLANTS[name]:
        monkeypatch.setattr(where, what, fault)
    assert _is_seen(name)


def _is_seen(name: str) -> bool:
    try:
        for seed in _inputs(name):
            TARGETS[name].check(seed)
    except (AssertionError, ValueError):
        return True
    return False


def _inputs(name: str) -> list[bytes]:
    seeds = list(TARGETS[name].seeds())
    return Random(name).sample(seeds, min(12, len(seeds)))
