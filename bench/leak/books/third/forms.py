"""Shapes of numbers, dates and secrets as different bodies and people write them.

In:  a seeded ``random.Random``.
Out: strings; in a pattern ``#`` is a digit, ``%`` one that is not zero, ``@`` a letter.
"""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Callable
from random import Random

from bench.leak.books.third import words

MONTHS = calendar.month_name[1:]
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"

RENT = ("PR########", "90%######", "T/%###/##@", "R%###/%##-#", "00%#####-02", "TEN %######")
STUDENT = ("S%######", "B00######", "26%######", "K%#######", "STU%####/26", "%########-7")
STAFF = ("E%#####", "P-%####", "00%#####", "PN %####/%", "MIS%#####", "SAP %#######")
CRIME = ("CR/0%####/26", "CR-26-%#####", "42/%####/26", "PS-2026%###-%###", "CHS/%####/26")
COURT = ("26@@%####", "%@#@@###", "AB/2026/0%###", "ABE-SG%###-26", "CF26C%####", "F%#/26/%##")
CLAIM = ("CLM-%#######", "HB%######", "PIP/##@/%####", "%@%#####@", "UC-%###-%###-%###")
HOSPITAL = ("H%#####@", "%##-##-####", "X%######", "RXF%######", "00%#####")
MEMBER = ("M-%#####", "GB/%####/@@", "%### %### ##", "LM%####", "00##-%####")
CASE = ("CAS-%#####-@%@#@%", "LAS/26/%####", "SW%#######", "26 00% ###", "EH-%####")
PUPIL = ("@############", "P%####@", "ADM-%###-26")
EVERY = (*RENT, *STUDENT, *STAFF, *CRIME, *COURT, *CLAIM, *HOSPITAL, *MEMBER, *CASE, *PUPIL)


def latin(name: str) -> bool:
    """Whether all letters are of the Latin script."""
    return all("LATIN" in unicodedata.name(char, "") for char in name if char.isalpha())


def shaped(rng: Random, pattern: str) -> str:
    """A pattern filled in."""
    kinds = {"#": "0123456789", "%": "123456789", "@": _LETTERS, "&": _LETTERS.lower()}
    return "".join(rng.choice(kinds.get(char, char)) for char in pattern)


def one_of(*patterns: str) -> Callable[[Random], str]:
    """A maker that fills one of the patterns."""
    return lambda rng: shaped(rng, rng.choice(patterns))


def password(rng: Random) -> str:
    w = rng.sample(words.PASS_WORDS, 4)
    return rng.choice(
        (
            f"{w[0].title()}{w[1].title()}{w[2].title()}",
            f"{w[0]}-{w[1]}-{w[2]}{rng.randint(2, 99)}",
            " ".join(w[:3]),
            f"{w[0].title()}{rng.randint(2019, 2026)}!",
            f"{w[0].upper()}{rng.choice('_.*@')}{w[1]}{rng.randint(1, 99)}",
            shaped(rng, rng.choice(("&@#%&&@#", "@&&#$&%@&#", "%&&@*#&@&%#?", "&&&&-&&%&-&&@&&&"))),
        )
    )


otp = one_of(
    "######", "######", "%## ###", "%#####", "%####", "%#######", "G-%#####", "@%@#%@", "&%&#&%#&"
)


def login(rng: Random) -> str:
    """The name of an account at work, at a university or at a public body."""
    last = rng.choice([w for w in words.LAST if w.isascii() and len(w) > 5]).lower()
    first = rng.choice([w for w in words.FIRST if w.isascii() and len(w) > 4]).lower()
    return rng.choice(
        (
            f"{first[0]}{last[:5]}{rng.randint(1, 29)}",
            f"{last[:6]}{first[0]}{rng.randint(2, 9)}",
            shaped(rng, rng.choice(("s2%#####", "c%######", "&&&%##", "u%#####", "&&%####"))),
            f"{first[:4]}.{last[:4]}-adm",
            f"{first}_{last}",
        )
    )


def handle(rng: Random) -> str:
    """What people call themselves among friends and strangers."""
    last = rng.choice([w for w in words.LAST if w.isascii() and len(w) > 5])
    return rng.choice(
        (
            f"@{rng.choice(words.HANDLES)}{rng.randint(3, 77)}",
            f"@{last.lower()}.{rng.choice('jmtks')}",
            f"{rng.choice(words.HANDLES)}_{rng.randint(1950, 2013)}",
            f"xX{last[:5]}Xx",
        )
    )


def dob(rng: Random) -> str:
    return born(rng, rng.randint(1934, 2004))


def child_dob(rng: Random) -> str:
    return born(rng, rng.randint(2009, 2024))


def born(rng: Random, year: int) -> str:
    """A date as people in Britain and Ireland write it."""
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    name, short = MONTHS[month - 1], MONTHS[month - 1][:3]
    return rng.choice(
        (
            f"{ordinal(day)} {name} {year}",
            f"{ordinal(day)} of {name} {year}",
            f"the {ordinal(day)} of {name}, {year}",
            f"{name} {ordinal(day)}, {year}",
            f"{day:02d}/{month:02d}/{year % 100:02d}",
            f"{day}-{month}-{year}",
            f"{day}.{month:02d}.{year % 100:02d}",
            f"{day:02d}-{short}-{year}",
            f"{day:02d} {short.upper()} {year}",
            f"{day} {short} {year}",
            f"{day:02d}.{month:02d}.{year}",
            f"{day} {month:02d} {year}",
        )
    )


def us_dob(rng: Random) -> str:
    day, month, year = rng.randint(13, 28), rng.randint(1, 12), rng.randint(1948, 2003)
    return rng.choice(
        (f"{MONTHS[month - 1]} {day}, {year}", f"{month}/{day}/{year}", f"{month:02d}-{day}-{year}")
    )


def ordinal(day: int) -> str:
    tail = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{tail}"


def when(rng: Random) -> str:
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    weekday, name = rng.choice(_DAYS), MONTHS[month - 1]
    hour, minute = rng.randint(8, 16), rng.choice(("00", "05", "10", "20", "30", "40", "45"))
    return rng.choice(
        (
            f"{weekday} {ordinal(day)} {name}, {hour}.{minute}",
            f"next {weekday} at {hour}.{minute}",
            f"noon on {weekday}",
            f"w/c {day} {name}",
            f"{weekday[:3]} {day} {name[:3]}, {hour % 12 or 12}-{(hour + 2) % 12 or 12}pm",
            f"{hour}.{minute} on the {ordinal(day)}",
            f"{hour}:{minute} on {weekday}, {day} {name} 2026",
            f"{day:02d}/{month:02d}/2026 {hour:02d}:{minute}",
            f"2026-{month:02d}-{day:02d}, {hour:02d}:{minute}",
            f"between {hour}.00 and {hour + 2}.30 on {weekday} {day} {name}",
            f"{weekday} week at half past {('two', 'three', 'nine', 'ten')[day % 4]}",
            f"{name} {day}, 2026 at {hour % 12 or 12}:{minute} {'am' if hour < 12 else 'pm'}",
            f"the morning of {weekday} {ordinal(day)}",
            f"{day}-{day + 3} {name} 2026",
            f"{weekday} evening at {hour % 12 or 12}",
        )
    )


_PHONES = (
    "07700 900###", "07700 900 ###", "(07700) 900###", "+44 7700 900###", "+447700900###",
    "0131 496 0###", "0141 4960###", "(0131) 496 0 ###", "01632 960 ###", "01632 960###",
    "029 2018 0###", "(029) 2018 0###", "+44 29 2018 0###", "028 9649 6###", "+44 28 9649 6###",
    "0117 496 0###", "0191 498 0###", "0161 496 0 ###", "03069 990 ###", "0808 157 0###",
    "0121/496 0###", "07700.900.###", "0 77 00 90 0# ##", "020 91% ####", "+353 (0)20 91% ####",
    "+353 20 91#####", "00 44 7700 900 ###", "0131-496-0###",
)  # fmt: skip
PHONES_DE = (
    "+49 (0)30 23125 ###", "030/23125-###", "0171 39200##", "+49 89 99998###", "0221 / 47 10 ###",
    "069 90009###", "+49-171-39200##", "040 66969 ###",
)  # fmt: skip
PHONES_FR = (
    "01 99 00 ## ##", "+33 (0)6 39 98 ## ##", "06.39.98.##.##", "02-61-91-##-##", "0033639 98####",
)  # fmt: skip
PHONES_US = (
    "+1 (312) 555-01##", "617.555.01##", "1-808-555-01##", "(503) 555-01##", "202 555 01##",
)  # fmt: skip
PHONES_FAR = (
    "(02) 5550 ####", "0491 570 ###", "031-390 06 ##", "070-174 06 ##", "+46 8 465 004 ##",
    "+34 6## 00 00 ##", "6## 00 00 ##", "+39 055 000 00##", "055 0000###", "+48 600 000 0##",
    "06-000000##", "+31 6 0000 00##", "+351 21 000 00 ##", "91 000 00 ##", "+91 00000 00###",
    "+234 800 000 0###", "+86 10 0000 0###", "+7 (495) 000-0#-##", "+380 44 000 0# ##",
)  # fmt: skip


def phone(rng: Random) -> str:
    """Mostly British and Irish; some people keep the number of another country."""
    abroad = rng.choice((PHONES_DE, PHONES_FR, PHONES_US, PHONES_FAR))
    return shaped(rng, rng.choice(_PHONES if rng.random() < 0.85 else abroad))


plate = one_of(
    "@@%# @@@", "@@2%@@@", "S@%4 @@@", "@%## @@@", "@GZ %###", "@@Z %##%", "231-KY-%###",
    "12-D-%####",
    "HB-@@ %###", "GÖ @@ %##", "F@-%##-@@", "@@-%##-@@", "%### K@@", "G@ %##@@", "@-%##-@@",
    "KR %@###", "@@@ %#@", "%@@@%##", "5%-@@-@%",
)  # fmt: skip


_TAGS = one_of(
    "LT-HR-0%##", "NB0%##-MK", "PC-LIB-%#", "EDU-CHROME-%###", "SURF%####", "GLH-WS%####",
    "WARD7-COW-%#", "C02@%###@@@#", "PF%@%###", "5CG%###@#@", "SM-A%##B (R5C@%#@@@@@)",
)  # fmt: skip


def device_tag(rng: Random) -> str:
    return _TAGS(rng)


def meter(rng: Random) -> str:
    return rng.choice(
        (f"{rng.randint(10, 99)} {rng.randint(100, 999)} kWh", f"0{rng.randint(1000, 9999)}")
    )


def score(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.randint(41, 98)}.{rng.randint(1, 9)} %",
            f"{rng.randint(12, 69)} out of 70",
            "B+ (68 %)",
        )
    )


def version(rng: Random) -> str:
    return f"{rng.randint(2, 14)}.{rng.randint(0, 9)}.{rng.randint(0, 30)}"


def dose(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.randint(2, 90) * 5} mg",
            f"{rng.randint(2, 9)}.5 ml",
            f"{rng.randint(10, 60)} units",
        )
    )


def euros(rng: Random) -> str:
    whole, cents = rng.randint(11, 989), rng.randint(0, 99)
    return rng.choice(
        (f"{whole},{cents:02d} €", f"EUR {whole},{cents:02d}", f"1.{whole:03d},{cents:02d} €")
    )


def pounds(rng: Random) -> str:
    whole = rng.randint(4, 985)
    return rng.choice((f"£{whole}.{rng.randint(0, 99):02d}", f"£1,{whole:03d}", f"£{whole}"))


def room(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.choice('BCG')}.{rng.randint(10, 48)}",
            f"{rng.choice('ACD')}{rng.randint(101, 340)}",
        )
    )


def quantity(rng: Random) -> str:
    return str(rng.randint(12, 240))
