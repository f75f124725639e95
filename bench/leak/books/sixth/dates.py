"""Birth dates, appointments and the stamps of quoted mail, in many shapes."""

from __future__ import annotations

import calendar
from random import Random

_MONTHS = ("January", "March", "July", "September", "October", "November", "December")


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def birth(rng: Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1934, 2015)
    name, short = calendar.month_name[month], calendar.month_abbr[month]
    return rng.choice(
        (
            f"{_ordinal(day)} {name} {year}",
            f"the {_ordinal(day)} of {name}, {year}",
            f"{day} {short} {year}",
            f"{day:02d}-{short.upper()}-{year}",
            f"{day:02d}/{month:02d}/{year % 100:02d}",
            f"{day}.{month}.{year % 100:02d}",
            f"{day:02d} {month:02d} {year}",
            f"{year}/{month:02d}/{day:02d}",
            f"{year}{month:02d}{day:02d}",
            f"{day}-{month}-{year}",
            f"{name} the {_ordinal(day)} {year}",
            f"{day} {name[:3].lower()} '{year % 100:02d}",
        )
    )


def birth_american(rng: Random) -> str:
    day, month, year = rng.randint(13, 28), rng.randint(1, 12), rng.randint(1934, 2015)
    name, short = calendar.month_name[month], calendar.month_abbr[month]
    return rng.choice(
        (
            f"{name} {day}, {year}",
            f"{month}/{day}/{year}",
            f"{month:02d}/{day}/{year % 100:02d}",
            f"{short}. {day}, {year}",
            f"{short} {_ordinal(day)} {year}",
        )
    )


def when(rng: Random) -> str:
    day, other = rng.choice(calendar.day_name[:4]), calendar.day_name[5]
    number, month = rng.randint(1, 26), rng.choice(_MONTHS)
    hour, minute = rng.randint(8, 16), rng.choice(("00", "10", "30", "45"))
    return rng.choice(
        (
            f"next {day}",
            f"{day} at noon",
            f"{hour}.{minute} on {day}",
            f"w/c {number} {month}",
            f"{number}-{number + 2} {month}",
            f"{day} the {_ordinal(number)}",
            f"{hour}:{minute}-{hour + 1}:{minute}",
            f"{other} morning at half past nine",
            f"{number} {month} 2026, {hour}:{minute}",
            f"{month} {number}",
            f"{hour % 12 or 12}pm this {day}",
            f"{day}, {_ordinal(number)} {month}",
            f"the week of {number} {month}",
        )
    )


STAMPS: dict[str, tuple[str, ...]] = {
    "stamp": (
        "Tue, Oct {day}, 2026 at {clock}",
        "{day} Oct 2026, at {clock}",
        "{day} October 2026 {clock}",
        "2026-10-{day:02d} {clock}",
    ),
    "stamp_de": ("Dienstag, {day}. Oktober 2026 {clock}", "{day}.10.2026 {clock}"),
    "stamp_fr": ("mar. {day} oct. 2026 à {clock}", "{day}/10/2026 à {clock}"),
    "stamp_es": ("martes, {day} de octubre de 2026 {clock}", "{day}/10/2026 {clock}"),
    "stamp_nl": ("di {day} okt. 2026 om {clock}", "{day}-10-2026 {clock}"),
}
