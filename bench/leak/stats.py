"""Shares with a 95 % interval, for counts that come in clusters.

In:  how many of how many, for each report (or each template, each text).
Out: ``Share``: the share of all and its interval.

The strings of one report stand or fall together, so that counting them one by one would promise too
much. The interval is the hull of two: a bootstrap that draws whole clusters (2,000 draws, seeded),
and Wilson's for single counts, which holds where few clusters differ and the bootstrap does not.
Where nothing was hit (or everything), a bootstrap can only repeat that: there the bound is the
"rule of three" over clusters, 1 - 0.05 ** (1 / clusters), about three by their number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

_DRAWS = 2000
_SEED = 20_261_124
_Z = 1.959964  # two-sided 95 %
_TAIL = 0.05

Count = tuple[int, int]
"""(hits, of)"""


@dataclass(frozen=True, kw_only=True)
class Share:
    """``hits`` of ``of``, over ``clusters`` that hold any."""

    hits: int
    of: int
    clusters: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing is 0."""
        return self.hits / self.of if self.of else 0.0

    def as_json(self) -> dict[str, float]:
        """With the share, so that a reader need not divide."""
        return {"share": self.value, **asdict(self)}


def share(counts: Sequence[Count]) -> Share:
    """The share over all clusters that hold anything to count."""
    held = [count for count in counts if count[1]]
    hits, of = sum(hit for hit, _ in held), sum(total for _, total in held)
    low, high = _interval(held, hits, of) if held else (0.0, 1.0)
    return Share(hits=hits, of=of, clusters=len(held), low=low, high=high)


def _interval(held: Sequence[Count], hits: int, of: int) -> tuple[float, float]:
    low, high = wilson(hits, of)
    bound = 1 - _TAIL ** (1 / len(held))
    if hits == 0:
        return 0.0, max(high, bound)
    if hits == of:
        return min(low, 1 - bound), 1.0
    drawn_low, drawn_high = _bootstrap(held)
    return min(low, drawn_low), max(high, drawn_high)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's interval (1927) for ``hits`` of ``of`` independent trials."""
    share_, z2 = hits / of, _Z * _Z
    middle = (share_ + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * math.sqrt(share_ * (1 - share_) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def _bootstrap(held: Sequence[Count]) -> tuple[float, float]:
    """Percentiles of the share when as many clusters are drawn, with replacement."""
    counts = np.array(held, dtype=float)
    number = len(held)
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(number, np.full(number, 1 / number), size=_DRAWS) @ counts
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    return float(low), float(high)
