"""Messages over time as bars: where each stands. Pure.

In:  counts by day and verdict; the first and the last day.
Out: ``Chart``: numbers for a template, which draws with shapes and classes alone.
FAILS: never; without counts there are no bars.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, final

ORDER: Final = ("spoof", "unclear", "forwarded", "third_party", "own_system", None)
WIDTH: Final = 720
HEIGHT: Final = 220
_LEFT: Final = 64
_BOTTOM: Final = 30
_TOP: Final = 14
_MOST_DAYS: Final = 62  # more are drawn by weeks
_TICKS: Final = 4


@final
@dataclass(frozen=True, slots=True)
class Part:
    """The piece of a bar."""

    guess: str | None
    count: int
    y: float
    height: float


@final
@dataclass(frozen=True, slots=True)
class Bar:
    """A day, or a week."""

    first: date
    last: date
    total: int
    x: float
    width: float
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The day, or the first and the last."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@final
@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    guesses: tuple[str | None, ...]  # those that occur
    total: int
    left: int = _LEFT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def chart(days: Iterable[Mapping[str, Any]], first: date, last: date) -> Chart:
    """Bars from ``first`` to ``last``; days are those of ``Query.over_time(by="guess")``."""
    counts: dict[date, Counter[str | None]] = {}
    size = 1 if (last - first).days < _MOST_DAYS else 7
    starts = [first + timedelta(days=at) for at in range(0, (last - first).days + 1, size)]
    for day in days:
        on = date.fromisoformat(day["day"])
        if first <= on <= last:
            start = first + timedelta(days=(on - first).days // size * size)
            guess = day["guess"] if day["guess"] in ORDER else None
            counts.setdefault(start, Counter())[guess] += int(day["seen"])
    top = _round_up(max((sum(count.values()) for count in counts.values()), default=0))
    room = HEIGHT - _BOTTOM - _TOP
    step = (WIDTH - _LEFT) / len(starts)
    bars = tuple(
        _bar(start, min(start + timedelta(days=size - 1), last), counts.get(start, Counter()),
             (_LEFT + number * step + step * 0.1, step * 0.8), room / top)
        for number, start in enumerate(starts)
    )  # fmt: skip
    ticks = sorted({top * number // _TICKS for number in range(_TICKS + 1)})
    known = {guess for count in counts.values() for guess in count}
    return Chart(
        bars=bars,
        ticks=tuple((tick, round(_TOP + room - tick * room / top, 1)) for tick in ticks),
        guesses=tuple(guess for guess in ORDER if guess in known),
        total=sum(bar.total for bar in bars),
    )


def _bar(
    first: date, last: date, count: Counter[str | None], place: tuple[float, float], scale: float
) -> Bar:
    parts, y = [], float(HEIGHT - _BOTTOM)
    for guess in ORDER:
        if found := count[guess]:
            y -= found * scale
            parts.append(Part(guess, found, round(y, 1), round(found * scale, 1)))
    x, width = place
    total = sum(count.values())
    return Bar(first, last, total, round(x, 1), round(width, 1), tuple(parts))


def _round_up(most: int) -> int:
    """A number that reads well on a scale, not below ``most``."""
    digits: int = 10 ** max(0, len(str(most)) - 1)
    return next(top for lead in (1, 2, 4, 8, 10) if (top := max(4, lead * digits)) >= most)
