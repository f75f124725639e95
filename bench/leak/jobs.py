"""The work of a run, cut into pieces that worker processes do.

In:  a ``Plan`` and a number, or a slice of texts.
Out: scores; with ``keep``, the reports and outputs as files.

Each worker loads its models once, at its first piece. A worker that dies ends the run: a benchmark
that goes on without some of its reports would measure something else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from bench.leak import gate, generate, independent, prose, stock
from bench.leak.independent import Sample, TextScore
from bench.leak.score import ReportScore, score_report
from bench.leak.stats import Count
from rufgate.sanitize.sanitized import Tier

T = TypeVar("T")
_SLICE = 50  # texts of the independent set in one piece


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which reports are made, and what is done with them."""

    part: str = "measure"
    count: int = 300
    seed: int = 1
    style: str | None = None
    tier: Tier = Tier.TEXT
    stock: bool = False
    keep: Path | None = None


@dataclass(frozen=True, kw_only=True)
class ReportDone:
    """A report's scores; ``stock`` where it was asked for."""

    number: int
    rufgate: ReportScore
    stock: ReportScore | None


def one_report(plan: Plan, number: int) -> ReportDone:
    """Report ``number``: made, sanitized, scored."""
    made = generate.case(number, seed=plan.seed, part=plan.part, style=plan.style)
    content = made.content
    copy = gate.copy(content, number=number, tier=plan.tier, reader=gate.recognizer())
    outputs = {"out": [copy] if copy else []}
    if plan.stock:
        outputs["stock"] = stock.output(content, number=number, tier=plan.tier)
    if plan.keep:
        truth = json.dumps(made.truth, ensure_ascii=False, indent=1).encode()
        _write(plan.keep / "in", number, {".eml": content, ".json": truth})
        for folder, blobs in outputs.items():
            named = {f".{place}.eml": blob for place, blob in enumerate(blobs)}
            _write(plan.keep / folder, number, named)
    scores = {name: score_report(made.truth, blobs) for name, blobs in outputs.items()}
    return ReportDone(number=number, rufgate=scores["out"], stock=scores.get("stock"))


def _write(folder: Path, number: int, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in files.items():
        (folder / f"{number:04d}{ending}").write_bytes(content)


def report_jobs(plan: Plan) -> list[Callable[[], ReportDone]]:
    """One piece for each report."""
    return [partial(one_report, plan, number) for number in range(plan.count)]


def text_jobs(method: str, samples: list[Sample]) -> list[Callable[[], list[TextScore]]]:
    """The independent set in slices."""
    return [
        partial(independent.score_all, method, samples[start : start + _SLICE])
        for start in range(0, len(samples), _SLICE)
    ]


def prose_jobs(method: str, source: prose.Source) -> list[Callable[[], Count]]:
    """One piece for each piece of a source."""
    pieces = [piece for text in source.texts for piece in prose.pieces(text)]
    return [partial(prose.score_piece, method, piece) for piece in pieces]


class Pool:
    """Worker processes; ``run`` keeps the order of what it is given."""

    def __init__(self, executor: ProcessPoolExecutor, tick: Callable[[], None]) -> None:
        self._executor = executor
        self._tick = tick

    def run(self, jobs: Iterable[Callable[[], T]]) -> list[T]:
        """The results of ``jobs``; ``tick`` is called as each is done."""
        futures = [self._executor.submit(job) for job in jobs]
        for future in as_completed(futures):
            future.result()  # an error of a worker ends the run here
            self._tick()
        return [future.result() for future in futures]


@contextmanager
def pool(processes: int | None, tick: Callable[[], None]) -> Iterator[Pool]:
    """``processes`` workers, by default one a core; on an error what still waits is dropped."""
    number = processes or len(os.sched_getaffinity(0))
    executor = ProcessPoolExecutor(number, mp_context=get_context("spawn"))
    try:
        yield Pool(executor, tick)
    finally:
        executor.shutdown(cancel_futures=True)
