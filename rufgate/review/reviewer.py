"""Reads reports as they come: a verdict for each, and the campaign it belongs to.

In:  the store, the key of fingerprints, the sources that are known to be ours.
Out: rows of ``reviews``.
SECURITY: works on what is stored, so on redacted values alone.
FAILS: ``StoreUnavailable``; what was read stays read.

Campaigns are told by the shape of their reports. What is like a known shape joins its campaign,
else it begins one. The known shapes are kept in memory and read again from the store, where another
gate begins campaigns and shapes are forgotten, as often as a small part of the time allows.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID, uuid4

import numpy as np

from rufgate.review.shape import BITS, shape_of
from rufgate.review.story import Story
from rufgate.review.verdict import Verdict, verdict
from rufgate.store.reviews import Review, Reviews
from rufgate.store.stored import StoredDetail

VERSION: Final = 1
"""Of the verdict's rules: a greater one reads every report again."""

_ALIKE: Final = 32  # bits of 128; strangers differ in 64 and hardly ever in less than 40
_BATCH: Final = 200
_SHAPES_LAST: Final = 200  # times as long as it took to read them,
_SHAPES_LAST_AT_MOST_S: Final = 300.0
_DIGITS: Final = BITS // 4
_DMARC: Final = {True: "passed", False: "failed", None: "unknown"}

KnownSources = Callable[[str | None], Sequence[str]]


def no_known_sources(_owner: str | None) -> Sequence[str]:
    """Nobody has said which sources are ours."""
    return ()


class Reviewer:
    """Reads the reports of one store. Not for use from two threads at once."""

    def __init__(
        self,
        reviews: Reviews,
        key: bytes,
        *,
        known_sources: KnownSources = no_known_sources,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        self.reviews: Final = reviews
        self._key = key
        self._known_sources = known_sources
        self._new_id = new_id
        self._shapes: _Shapes | None = None
        self._shapes_until = 0.0

    def run(
        self,
        told: Callable[[int], None] = lambda _: None,
        is_over: Callable[[], bool] = lambda: False,
        batch: int = _BATCH,
    ) -> int:
        """Read all that waits, or until ``is_over``; how many. ``told`` hears of each batch."""
        total = 0
        while not is_over() and (waiting := self.reviews.waiting(VERSION, batch)):
            total += self._read_all(waiting, told)
        return total

    def run_among(
        self,
        report_ids: Sequence[UUID],
        told: Callable[[int], None] = lambda _: None,
        is_over: Callable[[], bool] = lambda: False,
        batch: int = _BATCH,
    ) -> int:
        """The same of these reports alone: it takes no longer in a large store."""
        total = 0
        for start in range(0, len(report_ids), batch):
            if is_over():
                break
            ids = report_ids[start : start + batch]
            total += self._read_all(self.reviews.waiting(VERSION, batch, ids), told)
        return total

    def _read_all(self, waiting: Sequence[StoredDetail], told: Callable[[int], None]) -> int:
        if waiting:
            shapes = self._known_shapes()
            before = self.reviews.campaigns_of(detail.summary.id for detail in waiting)
            made = [self._read(detail, before, shapes) for detail in waiting]
            self.reviews.save(made, VERSION)
            told(len(made))
        return len(waiting)

    def _known_shapes(self) -> _Shapes:
        began = time.monotonic()
        if self._shapes is None or began >= self._shapes_until:
            self._shapes = _Shapes(self.reviews.shapes())
            took = time.monotonic() - began
            self._shapes_until = began + min(_SHAPES_LAST * took, _SHAPES_LAST_AT_MOST_S)
        return self._shapes

    def judge(self, detail: StoredDetail) -> Verdict:
        """The verdict on one report, as it is read."""
        owner = detail.facts.get("owner_domain")
        return verdict(Story.of(detail), self._known_sources(owner))

    def _read(self, detail: StoredDetail, before: Mapping[UUID, UUID], shapes: _Shapes) -> Review:
        found, shape = self.judge(detail), shape_of(detail, self._digest)
        campaign = before.get(detail.summary.id) or shapes.campaign_of(shape)
        if campaign is None:
            campaign = self._new_id()
            shapes.add(campaign, shape)
        return Review(
            report_id=detail.summary.id,
            rule=found.rule,
            guess=found.guess.value,
            sureness=found.sureness.value,
            dmarc=_DMARC[found.is_passed],
            campaign_id=campaign,
            shape=None if shape is None else f"{shape:0{_DIGITS}x}",
        )

    def _digest(self, feature: bytes) -> bytes:
        return hmac.digest(self._key, feature, "sha256")


class _Shapes:
    """The shapes of campaigns, compared all at once."""

    def __init__(self, known: Sequence[tuple[UUID, str]]) -> None:
        self._campaigns = [campaign for campaign, _ in known]
        self._halves = np.zeros((max(1024, 2 * len(known)), 2), dtype=np.uint64)
        for at, (_, digits) in enumerate(known):
            self._halves[at] = _split(int(digits, 16))

    def campaign_of(self, shape: int | None) -> UUID | None:
        """The campaign whose shape is nearest, where it is near enough."""
        if shape is None or not self._campaigns:
            return None
        known = self._halves[: len(self._campaigns)]
        bits = np.bitwise_count(known ^ np.array(_split(shape), dtype=np.uint64)).sum(axis=1)
        nearest = int(bits.argmin())
        return self._campaigns[nearest] if bits[nearest] <= _ALIKE else None

    def add(self, campaign: UUID, shape: int | None) -> None:
        """What comes later may be like it."""
        if shape is None:
            return
        if len(self._campaigns) == len(self._halves):
            self._halves = np.concatenate([self._halves, np.zeros_like(self._halves)])
        self._halves[len(self._campaigns)] = _split(shape)
        self._campaigns.append(campaign)


def _split(shape: int) -> tuple[int, int]:
    return shape >> 64, shape & (1 << 64) - 1
