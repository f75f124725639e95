"""What is counted, under which labels, and the file that a collector reads."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from prometheus_client.parser import text_string_to_metric_families

from rufgate.metrics import Metrics
from rufgate.sanitize.sanitized import (
    Flag,
    LeakHit,
    Reason,
    RedactionCount,
    Sanitized,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.sanitize.spans import Entity
from tests import reports
from tests.sanitize.sanitizing import Finder, done, text_rules

Labels = tuple[tuple[str, str], ...]
AT_0 = {
    "delivered", "deferred", "parked", "collection_ended", "time_limit", "memory_limit",
    "worker_died", "parser_error",
}  # fmt: skip
HOSTILE = "ada.whitcombe@home.example"


def samples(metrics: Metrics) -> dict[tuple[str, Labels], float]:
    """Every sample but the times at which counters were made."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


def counted(metrics: Metrics, name: str, **labels: str) -> float:
    return samples(metrics).get((f"rufgate_{name}_total", tuple(sorted(labels.items()))), 0.0)


def sanitized(**changes: object) -> Sanitized:
    outcome = done(reports.report(), text_rules(), recognizer=Finder(r"confirm", Entity.REFERENCE))
    return replace(outcome, report=replace(outcome.report, **changes))


def test_reports_are_counted_by_what_they_were() -> None:
    metrics = Metrics()
    for recorded in ("new", "new", "duplicate", HOSTILE):
        metrics.recorded(sanitized(), recorded)
    facts = {"kind": "auth_failure", "tier": "text"}
    assert counted(metrics, "reports", **facts, recorded="new") == 2
    assert counted(metrics, "reports", **facts, recorded="duplicate") == 1
    assert counted(metrics, "reports", **facts, recorded="other") == 1


def test_redactions_are_counted_once_by_entity_and_recognizer() -> None:
    metrics = Metrics()
    outcome = sanitized()
    expected = sum(count.count for count in outcome.report.counts)
    assert expected >= 3
    metrics.recorded(outcome, "new")
    metrics.recorded(outcome, "duplicate")
    found = {key: n for key, n in samples(metrics).items() if key[0] == "rufgate_redactions_total"}
    assert sum(found.values()) == expected
    assert counted(metrics, "redactions", entity="reference", recognizer="pattern") == 1


def test_hits_are_counted_by_field_and_tier_and_by_report() -> None:
    metrics = Metrics()
    assert counted(metrics, "leakcheck_reports") == 0
    assert ("rufgate_leakcheck_reports_total", ()) in samples(metrics)  # a rise from 0 is seen
    hits = (
        LeakHit(field=SanitizedText("text"), tier=Tier.TEXT, analyst=None),
        LeakHit(field=SanitizedText("headers"), tier=Tier.TEXT, analyst=None, count=2),
        LeakHit(field=SanitizedText("mail"), tier=Tier.HEADERS, analyst=SanitizedText("blue")),
        LeakHit(field=SanitizedText(HOSTILE), tier=Tier.HEADERS, analyst=None),
    )
    metrics.recorded(replace(sanitized(), hits=hits), "new")
    assert counted(metrics, "leakcheck_reports") == 1
    assert counted(metrics, "leakcheck_hits", field="text", tier="text") == 1
    assert counted(metrics, "leakcheck_hits", field="headers", tier="text") == 2
    assert counted(metrics, "leakcheck_hits", field="mail", tier="headers") == 1
    assert counted(metrics, "leakcheck_hits", field="other", tier="headers") == 1


def test_what_somebody_waits_for_stands_at_0():
    found = samples(Metrics())
    assert {value for _, labels in found for _, value in labels} == AT_0
    assert set(found.values()) == {0.0}


def test_uncovered_texts_failures_and_deliveries_are_counted() -> None:
    metrics = Metrics()
    metrics.recorded(sanitized(text_omitted=Reason.LANGUAGE_NOT_COVERED), "new")
    metrics.recorded(sanitized(flags=(Flag.RULES_ONLY,)), "new")
    metrics.recorded(sanitized(flags=(Flag.RULES_ONLY,)), "duplicate")
    metrics.failed(Reason.TIME_LIMIT)
    for result in ("delivered", "delivered", "deferred", "parked", HOSTILE):
        metrics.settled(result)
    assert counted(metrics, "uncovered_texts", handling="omit") == 1
    assert counted(metrics, "uncovered_texts", handling="rules") == 1
    assert counted(metrics, "sanitizing_failures", reason="time_limit") == 1
    assert counted(metrics, "copies", result="delivered") == 2
    assert counted(metrics, "copies", result="parked") == 1
    assert counted(metrics, "copies", result="other") == 1


def labels_of(metrics: Metrics) -> Iterator[str]:
    for _, labels in samples(metrics):
        yield from (value for _, value in labels)


def with_counts(*pairs: tuple[str, str]) -> Sanitized:
    counts = tuple(
        RedactionCount(
            entity=SanitizedText(entity),
            recognizer=SanitizedText(recognizer),
            part=SanitizedText("text"),
            count=1,
        )
        for entity, recognizer in pairs
    )
    return sanitized(counts=counts)


@pytest.mark.parametrize(
    "value", [HOSTILE, "home.example", "192.0.2.7", "x" * 41, "", "a\nb", 'a"b', "Ð", "p1-aaaa"]
)
def test_what_a_spoiled_worker_sends_becomes_no_label(value: str) -> None:
    metrics = Metrics()
    metrics.recorded(with_counts((value, value)), "new")
    assert set(labels_of(metrics)) <= {"auth_failure", "text", "new", "other"} | AT_0


def test_the_number_of_labels_is_bounded() -> None:
    metrics = Metrics()
    words = [f"a{'b' * (n // 26)}{chr(ord('a') + n % 26)}" for n in range(500)]
    metrics.recorded(with_counts(*((word, word) for word in words)), "new")
    assert counted(metrics, "redactions", entity="other", recognizer="other") == 300
    assert len(set(labels_of(metrics)) - AT_0) < 210


def test_two_gates_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.settled("delivered")
    assert counted(other, "copies", result="delivered") == 0


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_file_is_for_owner_and_group_at_most(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "collect" / "metrics.prom"
    before = os.umask(umask)
    try:
        Metrics().write(path)
        Metrics().write(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) & ~0o640 == 0
    assert b"rufgate_leakcheck_reports_total 0.0" in path.read_bytes()
    assert [file.name for file in path.parent.iterdir()] == ["metrics.prom"]


def test_a_reader_never_sees_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "metrics.prom"
    metrics = Metrics()
    metrics.write(path)
    whole = path.read_bytes()
    seen = []
    replaced = Path.replace

    def look(self: Path, target: Path) -> Path:
        seen.append(path.read_bytes())
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", look)
    metrics.settled("delivered")
    metrics.write(path)
    assert seen == [whole]
    assert path.read_bytes() != whole


def test_a_link_in_the_place_of_the_new_file_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "other"
    target.write_text("mine")
    (tmp_path / f".metrics.prom.{os.getpid()}.new").symlink_to(target)
    Metrics().write(tmp_path / "metrics.prom")
    assert target.read_text() == "mine"


def test_a_link_that_comes_between_is_not_followed_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "other"
    target.write_text("mine")
    (tmp_path / f".metrics.prom.{os.getpid()}.new").symlink_to(target)
    monkeypatch.setattr(Path, "unlink", lambda self: None)
    with pytest.raises(FileExistsError):
        Metrics().write(tmp_path / "metrics.prom")
    assert target.read_text() == "mine"


def test_importing_the_module_registers_nothing() -> None:
    from prometheus_client import REGISTRY  # noqa: PLC0415 - the global one, which we leave alone

    names = {family.name for family in REGISTRY.collect()}
    assert not [name for name in names if name.startswith("rufgate")]


def test_a_row_without_a_report_counts_too() -> None:
    bare = SanitizedReport(
        id=UUID(int=1),
        received_at=sanitized().report.received_at,
        size_bytes=1,
        kind=sanitized().report.kind,
        tier=Tier.METADATA,
        policy=SanitizedText("p"),
        engine=SanitizedText("e"),
        key_id=SanitizedText("k"),
        fingerprint=SanitizedText("f"),
    )
    metrics = Metrics()
    metrics.recorded(Sanitized(report=bare), "new")
    assert counted(metrics, "reports", kind="auth_failure", tier="metadata", recorded="new") == 1
