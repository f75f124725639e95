"""Birth dates and appointments of the fourth book, as people of many countries write them.

In:  a seeded ``random.Random``.
Out: strings; a birth date is told by the words around it, an appointment likewise.
"""
# ruff: noqa: SIM905 - lists of words read better as text

from __future__ import annotations

import calendar
from random import Random

_MONTHS = {
    "de": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    ).split(),
    "fr": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ).split(),
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ).split(),
    "pt": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
    ).split(),
    "it": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre"
    ).split(),
    "nl": (
        "januari februari maart april mei juni juli augustus september oktober november december"
    ).split(),
}


def _born(rng: Random) -> tuple[int, int, int]:
    return rng.randint(1936, 2007), rng.randint(1, 12), rng.randint(1, 28)


def ordinal(day: int) -> str:
    if day in (11, 12, 13):
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"


def birth(rng: Random) -> str:
    """Day first, in English."""
    year, month, day = _born(rng)
    name, short = calendar.month_name[month], calendar.month_abbr[month]
    return rng.choice(
        (
            f"{ordinal(day)} {name} {year}",
            f"{ordinal(day)} of {name} {year}",
            f"the {ordinal(day)} of {name}, {year}",
            f"{day} {short} {year}",
            f"{day:02d}-{short}-{year}",
            f"{day:02d}/{month:02d}/{year % 100:02d}",
            f"{day:02d}/{month:02d}/{year}",
            f"{day}.{month}.{year % 100:02d}",
            f"{day:02d} {short.upper()} {year}",
            f"{day:02d} {month:02d} {year}",
            f"{year}/{month:02d}/{day:02d}",
        )
    )


def birth_american(rng: Random) -> str:
    year, month, day = _born(rng)
    name, short = calendar.month_name[month], calendar.month_abbr[month]
    return rng.choice(
        (
            f"{name} {day}, {year}",
            f"{name} {ordinal(day)}, {year}",
            f"{short}. {day}, {year}",
            f"{month:02d}/{day:02d}/{year}",
            f"{month}/{day}/{year % 100:02d}",
            f"{month:02d}-{day:02d}-{year}",
        )
    )


def birth_compact(rng: Random) -> str:
    year, month, day = _born(rng)
    return rng.choice((f"{year}{month:02d}{day:02d}", f"{year}-{month:02d}-{day:02d}"))


def birth_asian(rng: Random) -> str:
    year, month, day = _born(rng)
    return rng.choice(
        (f"{year}.{month:02d}.{day:02d}", f"{year}年{month}月{day}日", f"{year}. {month}. {day}")
    )


def birth_in(rng: Random, language: str) -> str:
    """Written out in German, French, Spanish, Portuguese, Italian or Dutch, or in digits."""
    year, month, day = _born(rng)
    name = _MONTHS[language][month - 1]
    written = {
        "de": f"{day}. {name} {year}",
        "es": f"{day} de {name} de {year}",
        "pt": f"{day} de {name} de {year}",
    }.get(language, f"{day} {name} {year}")
    by = {"de": ".", "nl": "-"}.get(language, "/")
    return rng.choice((written, written, by.join((f"{day:02d}", f"{month:02d}", f"{year}"))))


def _clock(rng: Random) -> str:
    hour, minute = rng.randint(8, 19), rng.choice(("00", "15", "20", "30", "45"))
    twelve = (hour - 1) % 12 + 1
    half = "am" if hour < 12 else "pm"
    return rng.choice(
        (f"{hour}.{minute}", f"{hour}:{minute}", f"{twelve}{half}", f"{twelve}.{minute}{half}",
         f"{twelve}:{minute} {half.upper()}")
    )  # fmt: skip


def when(rng: Random) -> str:
    """A time that is nobody's birthday."""
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    name, short = calendar.month_name[month], calendar.month_abbr[month]
    weekday = calendar.day_name[rng.randint(0, 6)]
    return rng.choice(
        (
            f"{weekday} {ordinal(day)} {name}",
            f"{weekday} {day} {name} at {_clock(rng)}",
            f"{weekday} {day} {short}, {_clock(rng)}",
            f"next {weekday}",
            f"{weekday} between 8am and 1pm",
            f"{weekday} at noon",
            f"{weekday}, {_clock(rng)}",
            f"w/c {day} {name}",
            f"{day}-{day + 2} {name}",
            f"{day} {name} 2026",
            f"{day:02d}/{month:02d}/2026 at {_clock(rng)}",
            f"{short} {day}",
            f"{weekday[:3]} {day} {short} {_clock(rng)}",
            f"10:00-11:30 on {weekday}",
        )
    )


def when_american(rng: Random) -> str:
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    name, weekday = calendar.month_name[month], calendar.day_name[rng.randint(0, 6)]
    return rng.choice(
        (
            f"{weekday}, {name} {day}",
            f"{name} {ordinal(day)}",
            f"{name} {day}, 2026",
            f"{month}/{day}/2026",
            f"{weekday} at {rng.randint(1, 7)}:30 PM ET",
            f"{calendar.month_abbr[month]} {day} at {rng.randint(8, 11)}am",
        )
    )


def when_in(rng: Random, language: str) -> str:
    day, name = rng.randint(1, 28), rng.choice(_MONTHS[language])
    hour = rng.randint(8, 19)
    return {
        "de": f"{day}. {name} um {hour} Uhr",
        "fr": f"{day} {name} à {hour}h30",
        "es": f"{day} de {name} a las {hour}:00",
        "pt": f"{day} de {name} às {hour}h",
        "it": f"{day} {name} alle ore {hour}.30",
        "nl": f"{day} {name} om {hour}.00 uur",
    }[language]


def stamp(rng: Random) -> str:
    """A time of a calendar invitation (RFC 5545)."""
    return f"2026{rng.randint(10, 12)}{rng.randint(1, 28):02d}T{rng.randint(7, 19):02d}3000Z"
