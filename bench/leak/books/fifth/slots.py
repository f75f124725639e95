"""Slots of the fifth book: the common ones in other shapes, and a few of its own."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from random import Random
from weakref import WeakKeyDictionary

from bench.leak.book import Composed, Kept, Planted, Slot
from bench.leak.books.fifth import words
from bench.leak.scene import Scene, ascii_fold

_UPPER = "ABCDEFGHJKLMNPRSTVWXYZ"
_MIXED = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def shaped(rng: Random, *shapes: str) -> str:
    """One of the shapes: ``#`` a digit, ``@`` a letter, ``?`` either, all else as it is."""
    made = rng.choice(shapes)
    pools = {"#": "0123456789", "@": _UPPER, "?": _MIXED}
    return "".join(rng.choice(pools[char]) if char in pools else char for char in made)


def _maker(*shapes: str) -> Callable[[Random], str]:
    return lambda rng: shaped(rng, *shapes)


def _password(rng: Random) -> str:
    word = rng.choice(("Kettle", "gravel", "Anemone", "PUFFIN", "trombone", "Zinc", "marmalade"))
    other = rng.choice(("lantern", "Otter", "skylight", "Banjo", "rhubarb", "Thimble"))
    return shaped(
        rng,
        f"{word}##!",
        f"{word}-{other}-##",
        f"{word}{other}#",
        f"{word}_{other}$##",
        "?k#?w!m?Q#",
        f"{other}*20##",
        "x?-#?t-p?#-##z",
    )


def _phone(rng: Random) -> str:
    """UK, US, Irish, Australian, French, German and Swedish numbers kept free for fiction."""
    return shaped(
        rng,
        "020 7946 0###", "07700 900###", "(01632) 960 ###", "0131-496-0###", "+44 7700 900 ###",
        "+44 (0)113 496 0###", "00447700900###", "029 2018 0###", "0808 157 0###", "028 9649 6###",
        "(212) 555-01##", "+1 646-555-01##", "312.555.01##", "1-800-555-01##", "0491 570 1##",
        "(02) 5550 ####", "+61 3 5550 ####", "020 91# ####", "01 99 00 ## ##", "06.39.98.##.##",
        "+33 (0)6 39 98 ## ##", "030/23125###", "+49 89 99998###", "0171-39200##",
        "08-465 004 ##", "+46 70 1740 6##", "+48 500 000 ###", "+91 99999 0####", "06-000 000 ##",
    )  # fmt: skip


def _plate(rng: Random) -> str:
    return shaped(
        rng,
        "@@2# @@@", "@@6#@@@", "@1##@ @@@", "@@@ ###", "24#-D-####",
        "B-@@ ####", "@@-1##-@@", "#### BK@", "@@-9##-T", "@KZ ####",
    )  # fmt: skip


def _street(rng: Random) -> str:
    number, road = rng.randint(2, 187), rng.choice(words.STREETS)
    flat = rng.randint(1, 9)
    return rng.choice(
        (
            f"{number} {road}",
            f"{number}{rng.choice('abc')} {road}",
            f"Flat {flat}, {number} {road}",
            f"Flat {flat}/{rng.randint(1, 3)}, {number} {road}",
            f"{rng.choice(('Rose Cottage', 'The Old Forge', 'Glen View'))}, {road}",
            f"Unit {flat}B, {number} {road}",
            f"PO Box {rng.randint(1010, 9890)}",
            f"{rng.choice(('Lindenstraße', 'Am Mühlbach', 'Gartenweg'))} {number}",
            f"{number} bis, {rng.choice(('rue des Tilleuls', 'allée du Lavoir'))}",
            f"Calle del Pozo {number}, {flat}º B",
            f"{number} {rng.choice(('Maple Ridge Dr', 'Juniper Blvd'))}, Apt {flat}C",
        )
    )


def _birth(rng: Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1934, 2012)
    name = calendar.month_name[month]
    tail = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return rng.choice(
        (
            f"{day}{tail} {name} {year}",
            f"{day}{tail} of {name}, {year}",
            f"{name} {day}, {year}",
            f"{day:02d}/{month:02d}/{year % 100:02d}",
            f"{day:02d}-{name[:3].upper()}-{year}",
            f"{day:02d}.{month:02d}.{year}",
            f"{day}/{month}/{year}",
            f"{year}-{month:02d}-{day:02d}",
            f"{name[:3]} {day} {year}",
            f"{day:02d} {month:02d} {year}",
        )
    )


def _lately(rng: Random) -> str:
    day, name = rng.randint(1, 28), rng.choice(calendar.month_name[1:])
    year = rng.randint(2014, 2025)
    return rng.choice(
        (
            f"{day} {name} {year}",
            f"{name[:3]} {day}, {year}",
            f"{day:02d}.{rng.randint(1, 12):02d}.{year % 100}",
            f"the {day}th of {name} {year}" if 10 < day < 20 else f"{day} {name[:3]} {year}",
        )
    )


def _when(rng: Random) -> str:
    day, month = rng.choice(calendar.day_name[:6]), rng.choice(calendar.month_name[1:])
    number, hour = rng.randint(1, 24), rng.randint(9, 16)
    return rng.choice(
        (
            f"next {day}",
            f"{day} {number} {month}, {hour}.30",
            f"{number}-{number + 4} {month}",
            f"w/c {number} {month}",
            f"{day} at noon",
            f"{month} {number} at {hour - 8}:15 pm",
            f"between {hour} and {hour + 2} on {day}",
            f"{number:02d}/11/2026 {hour}:45",
            f"the first {day} in {month}",
            f"{day}, {number} {month} 2027",
            f"half past ten on {day}",
        )
    )


def _username(scene: Scene) -> str:
    """Half of them made of the recipient's name, as directories do it."""
    who, rng = scene.cast["r"], scene.rng
    last = ascii_fold(who.last).replace(" ", "").replace("'", "").replace(".", "") or who.local
    value = rng.choice(
        (
            shaped(rng, f"{last[:6]}##"),
            shaped(rng, f"CORP\\{last[:5]}#"),
            shaped(rng, "wx@####", "u######", "ext-@@###").lower(),
            shaped(rng, f"{rng.choice(words.HANDLES)}_##"),
        )
    )
    return scene.truth.plant("USERNAME", value, scene.where)


def _file(scene: Scene) -> str:
    who = scene.cast["r"]
    middle = ascii_fold(who.last).replace(" ", "") or who.local
    value = scene.rng.choice(words.FILES).format(middle)
    return scene.truth.plant("FILE_NAME", value, scene.where)


_MONTHS = {
    "de": "Januar März Mai Juli September Oktober Dezember",
    "fr": "janvier février avril juin août octobre décembre",
    "es": "enero marzo mayo julio septiembre noviembre",
    "it": "gennaio marzo aprile giugno luglio ottobre",
    "pt": "fevereiro março maio agosto setembro dezembro",
    "nl": "januari maart mei juni augustus oktober",
}
_DATES = {
    "de": ("am {d}. {m} um {h} Uhr", "{d}. {m} {y}"),
    "fr": ("{d} {m} à {h}h30", "{d} {m} {y}"),
    "es": ("el {d} de {m} a las {h}:15", "{d} de {m} de {y}"),
    "it": ("{d} {m} alle {h}.30", "{d} {m} {y}"),
    "pt": ("{d} de {m} às {h}h", "{d} de {m} de {y}"),
    "nl": ("{d} {m} om {h}.45 uur", "{d} {m} {y}"),
}


def _dated(language: str, which: int) -> Callable[[Random], str]:
    """An appointment (0) or a birth date (1) in a language's own words."""

    def make(rng: Random) -> str:
        return _DATES[language][which].format(
            d=rng.randint(2, 28),
            m=rng.choice(_MONTHS[language].split()),
            h=rng.randint(9, 17),
            y=rng.randint(1938, 2009),
        )

    return make


def _names(first: str, last: str) -> Planted:
    """People whose names are written between these two code points."""
    names = [name for name in words.NON_LATIN if first <= name[0] <= last]
    return Planted(kind="NON_LATIN_NAME", make=lambda rng: rng.choice(names))


_SEEN: WeakKeyDictionary[Scene, dict[str, str]] = WeakKeyDictionary()


def _once(kind: str, *shapes: str) -> Composed:
    """A value that is the same in subject and text; an order number is kept, others go."""

    def make(scene: Scene) -> str:
        seen = _SEEN.setdefault(scene, {})
        value = seen.setdefault(shapes[0], shaped(scene.rng, *shapes))
        if kind == "order_number":
            return scene.truth.keep(kind, value)
        return scene.truth.plant(kind, value, scene.where)

    return Composed(make=make)


def _ref(*shapes: str) -> Planted:
    return Planted(kind="REFERENCE", make=_maker(*shapes))


SLOTS: dict[str, Slot] = {
    "order": _once("order_number", "7######", "30######", "1##-#######-2"),
    "code": _once("ONE_TIME_CODE", "######", "### ###", "########", "G-######", "####-####"),
    "rent_no": _once("REFERENCE", "6#######0#", "T/####/0#", "TN00#####", "###.###.##"),
    "crime_no": _once("REFERENCE", "CR/00#####/26", "26/#####@", "##26000####", "4B####/26"),
    "case_no": _once("REFERENCE", "@@/##/#####-@", "####-####-#", "K#2##@@###", "2026/@/0####"),
    "student_no": _once("REFERENCE", "S2######", "2600####", "@####-UG", "kcx#####"),
    "claim_no": _once("REFERENCE", "CLM00#####@@", "H/26/######", "9#######-01"),
    "hospital_no": _once("REFERENCE", "RXH#######", "MRN 00######", "@@####-##", "K######"),
    "my_plate": _once("UK_PLATE", "@@2# @@@", "@@6#@@@", "@@@ ###", "24#-D-####", "@@-1##-@@"),
    "reference": _ref("@@/##/#####-@", "####-####-#", "R0#######", "@@@####/##", "W#-###-###"),
    "rent_ref": _ref("6#######0#", "T/####/0#", "TN00#####", "###.###.##", "SM-@##-####"),
    "crime_ref": _ref(
        "CR/00#####/26", "26/#####@", "##26000####", "PS-202610##-0###", "4#*####/26"
    ),
    "student_ref": _ref("S2######", "2600####", "@####-UG", "kcx#####", "QA.26.####"),
    "staff_ref": _ref("E#####", "P-00####", "##/####", "HR7####@", "000#####"),
    "claim_ref": _ref("CLM00#####@@", "H/26/######", "MTR-####-@#", "9#######-01", "@@ ### ###"),
    "member_ref": _ref("M ### ###", "LIB-####-####", "U#######", "0#####/@", "GC#####"),
    "hospital_ref": _ref("RXH#######", "H#####@", "MRN 00######", "@@####-##", "K######"),
    "device": Planted(
        kind="DEVICE",
        make=_maker(
            "NB-HR-0###", "uk-man-lt####", "PC0####", "T14-??????", "iPad-VAN-0#", "WS-3F-D##"
        ),
    ),
    "username": Composed(make=_username),
    "password": Planted(kind="PASSWORD", make=_password),
    "otp": Planted(
        kind="ONE_TIME_CODE",
        make=_maker(
            "######", "### ###", "####", "########", "G-######", "????-????", "@#@#@#", "###-###"
        ),
    ),
    "login": Planted(kind="USERNAME", make=_maker("wx@####", "u######", "svc_@@###", "@@####x")),
    "handle": Planted(
        kind="USERNAME",
        make=lambda rng: rng.choice(words.HANDLES) + shaped(rng, "##", "_##", ".###", "20##"),
    ),
    "newborn": Planted(kind="BIRTH_DATE", make=_lately),
    "file": Composed(make=_file),
    "dob": Planted(kind="BIRTH_DATE", make=_birth),
    "when": Kept(kind="appointment", make=_when),
    "phone": Planted(kind="PHONE", make=_phone),
    "plate": Planted(kind="UK_PLATE", make=_plate),
    "street": Planted(kind="STREET", make=_street),
    "amount": Kept(
        kind="number",
        make=_maker(
            "£1##.50", "£2,#1#.00", "EUR 1.##0,75", "€4#,90", "$3##.99", "2## kr", "£6#.##"
        ),
    ),
    "reading": Kept(kind="number", make=_maker("1#### kWh", "1##.4 m3", "23## units")),
    "score": Kept(
        kind="number", make=_maker("8#.4 %", "1#/20", "7#.5 points", "4-3 after extra time")
    ),
    "version": Kept(kind="number", make=_maker("v4.1#.2", "26.0#.1", "build 88##", "2.1#-rc1")),
    "percent": Kept(kind="number", make=_maker("9#.4 %", "8# percent", "0.0## %")),
    "size": Kept(kind="number", make=_maker("4#.2 GB", "1## MB", "3.#7 TiB")),
    "weight": Kept(kind="number", make=_maker("7#.4 kg", "11 st 1# lb")),
    "minutes": Kept(kind="number", make=_maker("4# minutes", "1## seconds", "2#0 ms")),
    "baking": Kept(kind="number", make=_maker("4# minutes", "35-40 min", "1 h 1# min")),
    "size_kg": Kept(kind="number", make=_maker("2.#5 kg", "1#.0 kg", "7#0 g")),
    "count": Kept(kind="number", make=_maker("1## copies", "3# boxes", "24 pallets", "6#0 sheets")),
    **{f"when_{key}": Kept(kind="appointment", make=_dated(key, 0)) for key in _DATES},
    **{f"dob_{key}": Planted(kind="BIRTH_DATE", make=_dated(key, 1)) for key in _DATES},
    "cyrillic": _names("\u0400", "\u04ff"),
    "greek": _names("\u0370", "\u03ff"),
    "arabic": _names("\u0600", "\u06ff"),
    "hebrew": _names("\u0590", "\u05ff"),
    "chinese": Planted(kind="NON_LATIN_NAME", make=lambda rng: rng.choice(words.CHINESE)),
    "japanese": Planted(kind="NON_LATIN_NAME", make=lambda rng: rng.choice(words.JAPANESE)),
    "korean": _names("\uac00", "\ud7a3"),
    "thai": _names("\u0e00", "\u0e7f"),
    "tamil": _names("\u0b80", "\u0bff"),
    "georgian": _names("\u10a0", "\u10ff"),
    "armenian": _names("\u0530", "\u058f"),
    "ukrainian": Planted(kind="NON_LATIN_NAME", make=lambda rng: rng.choice(words.UKRAINIAN)),
    "persian": Planted(kind="NON_LATIN_NAME", make=lambda rng: rng.choice(words.PERSIAN)),
    "devanagari": _names("\u0900", "\u097f"),
}
