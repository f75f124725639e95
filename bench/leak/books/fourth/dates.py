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


def birth(rng: Random, since: int = 0) -> str:
    """Day first, in English; of a child where a first year is given."""
    year, month, day = _born(rng)
    year = rng.randint(since, 2025) if since else year
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
            f"{weekday} at noon",
            f"{weekday}, {_clock(rng)}",
            f"w/c {day} {name}",
            f"{day} {name} 2026",
            f"{day:02d}/{month:02d}/2026 at {_clock(rng)}",
            f"{short} {day}",
            f"{weekday[:3]} {day} {short} {_clock(rng)}",
        )
    )


def window(rng: Random) -> str:
    """From one time to another."""
    day, hour = rng.randint(1, 25), rng.randint(7, 15)
    name, weekday = calendar.month_name[rng.randint(1, 12)], calendar.day_name[rng.randint(0, 6)]
    return rng.choice(
        (
            f"{weekday} between {hour}:00 and {hour + 4}:00",
            f"{weekday} {hour}.00-{hour + 1}.30",
            f"{weekday} {day} {name}, {hour:02d}:00 - {hour + 2:02d}:00",
            f"{day}-{day + 2} {name}",
            f"{day} to {day + 3} {name}",
            f"{hour}:00-{hour + 1}:30 on {weekday}",
            f"{weekday[:3]} 8am to 1pm",
            f"{weekday} from noon till 3",
        )
    )


def sent(rng: Random) -> str:
    """When a quoted mail was written, as mail programs put it."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), 2026
    hour, minute = rng.randint(0, 23), rng.randint(0, 59)
    name, short = calendar.month_name[month], calendar.month_abbr[month]
    weekday = calendar.day_name[calendar.weekday(year, month, day)]
    half, twelve = ("AM" if hour < 12 else "PM"), (hour - 1) % 12 + 1
    return rng.choice(
        (
            f"{weekday[:3]}, {day} {short} {year} at {hour:02d}:{minute:02d}",
            f"{weekday[:3]}, {short} {day}, {year} at {twelve}:{minute:02d} {half}",
            f"{day} {short} {year}, at {hour:02d}:{minute:02d}",
            f"{weekday}, {name} {day}, {year} {twelve}:{minute:02d} {half}",
            f"{day} {name} {year} {hour:02d}:{minute:02d}",
            f"{day:02d}/{month:02d}/{year} {hour:02d}:{minute:02d}",
            f"{year}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}",
        )
    )


def moment(rng: Random) -> str:
    """A point in time, to the minute."""
    day, hour = rng.randint(1, 28), rng.randint(5, 22)
    short = calendar.month_abbr[rng.randint(1, 12)]
    minute = f"{rng.randint(0, 11) * 5:02d}"
    return rng.choice(
        (f"{hour:02d}:{minute} on {day} {short}", f"{day} {short} at {hour}.{minute}",
         f"{day:02d}{short.upper()} {hour:02d}:{minute}", f"{short} {day}, {hour:02d}:{minute}")
    )  # fmt: skip


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


def sent_in(rng: Random, language: str) -> str:
    """When a quoted mail was written, as programs in other languages put it."""
    day, month, hour, minute = (
        rng.randint(1, 28), rng.randint(1, 12), rng.randint(7, 22), rng.randint(10, 59)
    )  # fmt: skip
    name = _MONTHS[language][month - 1]
    return {
        "de": f"{day:02d}.{month:02d}.26 um {hour:02d}:{minute}",
        "fr": f"{day} {name} 2026 à {hour}:{minute}",
        "es": f"{day} de {name} de 2026, a las {hour}:{minute}",
        "pt": f"{day} de {name} de 2026 às {hour}:{minute}",
        "it": f"{day} {name} 2026 alle ore {hour}:{minute}",
        "nl": f"{day} {name} 2026 om {hour}:{minute}",
    }[language]


def stamp(rng: Random) -> str:
    """A time of a calendar invitation (RFC 5545)."""
    return f"2026{rng.randint(10, 12)}{rng.randint(1, 28):02d}T{rng.randint(7, 19):02d}3000Z"
