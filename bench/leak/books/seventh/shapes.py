"""How the values of the seventh book are written: patterns with digits, days and times in them.

``#`` is any digit, ``~`` one that is not 0, ``^`` a capital; ``<...>`` a part of a date or time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_MONTHS = {
    "en": "January February March April June July August September October November December",
    "de": "Januar Februar März April Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april juni juli augustus september oktober november december",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi",
    "es": "lunes martes miércoles jueves viernes sábado",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag",
}
_TOKEN = re.compile(r"<(\w+)>|[#~^]")


def shape(*patterns: str) -> Callable[[Random], str]:
    """A maker of values that are written in one of these ways."""
    return lambda rng: _TOKEN.sub(lambda found: _part(rng, found), rng.choice(patterns))


def _part(rng: Random, found: re.Match[str]) -> str:
    simple = {"#": "0123456789", "~": "123456789", "^": "ABCDEFGHJKLMNPRSTVWXY"}
    if found[1] is None:
        return rng.choice(simple[found[0]])
    name, _, language = found[1].partition("_")
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    hour, year = rng.randint(8, 18), rng.randint(1941, 2005)
    values = {
        "D": str(day),
        "DD": f"{day:02d}",
        "th": f"{day}{_suffix(day)}",
        "m": str(month),
        "MM": f"{month:02d}",
        "M": rng.choice(_MONTHS[language or "en"].split()),
        "Mon": rng.choice(_MONTHS["en"].split())[:3],
        "W": rng.choice(_DAYS[language or "en"].split()),
        "Wd": rng.choice(_DAYS["en"].split())[:3],
        "h": str(hour),
        "hh": f"{hour:02d}",
        "hp": str(rng.randint(1, 9)),
        "q": rng.choice(("00", "15", "20", "30", "45")),
        "born": str(year),
        "yy": f"{year % 100:02d}",
    }
    return values[name]


def _suffix(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
