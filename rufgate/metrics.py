"""Counters of the running gate, and the file in which a node exporter finds them.

In:  results of sanitizing and delivery, as sanitized types and fixed words.
Out: the text exposition format of Prometheus.
SECURITY: labels are members of closed lists, or plain words of a bounded number: what comes from a
     worker is not trusted, so that no address, domain or name can become one. The file is readable
     by its owner and group at most.
FAILS: ``OSError`` where the file cannot be written; the counters stay.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, generate_latest

from rufgate.sanitize.sanitized import (
    Flag,
    LeakHit,
    Reason,
    Sanitized,
    SanitizedReport,
)

_WORD: Final = re.compile(r"_?[A-Za-z][A-Za-z_]{0,39}")
_OTHER: Final = "other"
_MAX_PAIRS: Final = 200  # of entity and recognizer
_FIELDS: Final = frozenset(field.name for field in fields(SanitizedReport)) | {"mail"}
_MODE: Final = 0o640
_RECORDED: Final = frozenset({"new", "duplicate", "collapsed", "overflowed"})
_DELIVERY_RESULTS: Final = ("delivered", "deferred", "parked")
_FAULTS: Final = (
    Reason.TIME_LIMIT, Reason.MEMORY_LIMIT, Reason.WORKER_DIED, Reason.PARSER_ERROR,
)  # fmt: skip
_ENDED: Final = "collection_ended"


class Metrics:
    """The counters of one gate. Safe to use from many threads."""

    def __init__(self) -> None:
        self._registry: Final = CollectorRegistry()
        self._pairs: set[tuple[str, str]] = set()
        self._lock: Final = threading.Lock()
        self._reports = self._counter(
            "reports", "Reports taken, by what they were.", "kind", "tier", "recorded"
        )
        self._dropped = self._counter(
            "reports_dropped", "Reports taken, counted and dropped.", "reason"
        )
        self._hits = self._counter(
            "leakcheck_hits",
            "Fields in which the leak check found something of the input, before anything left.",
            "field",
            "tier",
        )
        self._leaky = self._counter(  # stands at 0 from the start, so that a rise can be seen
            "leakcheck_reports", "Reports in which the leak check found anything."
        )
        self._redactions = self._counter(
            "redactions", "What was removed from the rows that were stored.", "entity", "recognizer"
        )
        self._uncovered = self._counter(
            "uncovered_texts", "Texts in a language that no detector covers.", "handling"
        )
        self._failures = self._counter(
            "sanitizing_failures", "Runs of a worker that did not end well.", "reason"
        )
        self._copies = self._counter(
            "copies", "Ends of attempts to deliver a copy to an analyst.", "result"
        )
        self._events = self._counter(
            "events", "Ends of attempts to send an event to another tool.", "result"
        )
        self._begin()

    def _begin(self) -> None:
        """At 0 what somebody waits for: a rise from nothing is not seen by a collector."""
        for result in _DELIVERY_RESULTS:
            self._copies.labels(result)
            self._events.labels(result)
        for reason in _FAULTS:
            self._failures.labels(reason.value)
        self._dropped.labels(_ENDED)

    def recorded(self, sanitized: Sanitized, recorded: str) -> None:
        """A report was stored (``new``), or counted on a row that was there."""
        report = sanitized.report
        known = recorded if recorded in _RECORDED else _OTHER
        self._reports.labels(report.kind.value, report.tier.value, known).inc()
        self._leaked(sanitized.hits)
        if recorded == "new":
            self._kept(report)

    def _kept(self, report: SanitizedReport) -> None:
        if report.text_omitted is Reason.LANGUAGE_NOT_COVERED:
            self._uncovered.labels("omit").inc()
        if Flag.RULES_ONLY in report.flags:
            self._uncovered.labels("rules").inc()
        for count in report.counts:
            if str(count.recognizer) != "leakcheck":  # has a counter of its own
                pair = self._pair(str(count.entity), str(count.recognizer))
                self._redactions.labels(*pair).inc(count.count)

    def _leaked(self, hits: Sequence[LeakHit]) -> None:
        if hits:
            self._leaky.inc()
        for hit in hits:
            name = str(hit.field)
            self._hits.labels(name if name in _FIELDS else _OTHER, hit.tier.value).inc(hit.count)

    def failed(self, reason: Reason) -> None:
        """A worker's run ended in a limit or an error."""
        self._failures.labels(reason.value).inc()

    def dropped(self) -> None:
        """A report was counted and dropped, since collecting for its domain is over."""
        self._dropped.labels(_ENDED).inc()

    def settled(self, result: str) -> None:
        """A copy was delivered, deferred or parked."""
        self._copies.labels(result if result in _DELIVERY_RESULTS else _OTHER).inc()

    def told(self, result: str) -> None:
        """An event was delivered, deferred or given up (``parked``)."""
        self._events.labels(result if result in _DELIVERY_RESULTS else _OTHER).inc()

    def exposition(self) -> bytes:
        """Everything counted so far."""
        return generate_latest(self._registry)

    def write(self, path: Path) -> None:
        """Replace ``path`` in one step, so that nobody reads half a file."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        beside = path.with_name(f".{path.name}.{os.getpid()}.new")  # no name that a collector reads
        with suppress(FileNotFoundError):
            beside.unlink()  # left by a process of this number that was killed
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, _MODE)  # the umask of `serve` would close it to the group
            file.write(self.exposition())
        beside.replace(path)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"rufgate_{name}", meaning, labels, registry=self._registry)

    def _pair(self, entity: str, recognizer: str) -> tuple[str, str]:
        """The labels of one redaction; past a number of different ones all are alike."""
        pair = _word(entity), _word(recognizer)
        with self._lock:
            if pair not in self._pairs and len(self._pairs) >= _MAX_PAIRS:
                return _OTHER, _OTHER
            self._pairs.add(pair)
        return pair


def _word(text: str) -> str:
    return text if _WORD.fullmatch(text) else _OTHER
