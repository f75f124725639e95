"""Numbers, codes and machine names of the sixth book, in many shapes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bench.leak.books.sixth import words
from bench.leak.identifiers import digits
from bench.leak.identifiers import mac as common_mac
from bench.leak.identifiers import phone as common_phone
from bench.leak.identifiers import plate as british_plate

_UPPER = "ABCDEFGHJKLMNPRSTUVWXYZ"
_MIXED = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_SPOKEN = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _some(rng: Random, letters: str, count: int) -> str:
    return "".join(rng.choice(letters) for _ in range(count))


def _zeros(rng: Random, count: int) -> str:
    return _some(rng, "0123456789", count)


def phone(rng: Random) -> str:
    """Numbers kept free for drama, in groups that people make up as they write."""
    t = _zeros(rng, 3)
    forms = (
        f"0770 090 0{t}",
        f"077 00 900 {t}",
        f"07700.900.{t}",
        f"07700/900{t}",
        f"+447700900{t}",
        f"(07700) 900-{t}",
        f"44 7700 900 {t}",
        f"0161 4960 {t}",
        f"0118-496 0{t}",
        f"0289 6496 {t}",
        f"+44 (0) 29 2018 0{t}",
        f"01632 96 0{t[0]} {t[1:]}",
        f"tel:+1-212-555-01{t[:2]}",
        f"1 (312) 555 01{t[:2]}",
        f"406.555.01{t[:2]}",
        f"+49 (0)171 39200 {t[:2]}",
        f"0221/4710 {t}",
        f"+33 (0)6 39 98 {t[:2]} {digits(rng, 2)}",
        f"01 99 00 {t[:2]} {digits(rng, 2)}",
        f"+34 600 000 {t}",
        f"+39 347 000 0{t}",
        f"+31 6 1000 0{t}",
        f"+351 910 000 {t}",
        f"0491 570 {t}",
        f"+353 (0)20 917 0{t}",
        f"+91 90000 00{t}",
        f"+234 800 000 0{t}",
        f"+82 10-0000-0{t}",
        f"+55 (11) 90000-0{t}",
    )
    return rng.choice((*forms, common_phone(rng)))


def spoken(rng: Random) -> str:
    """A number as it is said on the telephone."""
    last = [rng.randint(0, 9) for _ in range(3)]
    said = " ".join(_SPOKEN[digit] for digit in last)
    return rng.choice(
        (
            f"oh double seven double oh, nine double oh, {said}",
            f"zero seven seven zero zero nine zero zero {said.replace('oh', 'zero')}",
            f"o seven seven hundred nine hundred {said}",
            f"0 double-7 double-0 nine hundred {''.join(map(str, last))}",
            f"oh one six three two, nine six oh, {said}",
        )
    )


def plate(rng: Random) -> str:
    """Plates of Britain, Ireland and the continent."""
    one, two, three = (_some(rng, _UPPER, n) for n in (1, 2, 3))
    number = rng.randint(117, 989)
    return rng.choice(
        (
            british_plate(rng),
            british_plate(rng).lower(),
            f"{one}-{two} {number}",
            f"{rng.choice(('M', 'HH', 'KA', 'FDS'))}-{two} {number}",
            f"{two}-{number}-{_some(rng, _UPPER, 2)}",
            f"{number * 7 % 9000 + 1000} {_some(rng, 'BCDFGHJKLMNP', 3)}",
            f"{two}{number}{_some(rng, _UPPER, 2)}",
            f"{number // 10}-{three}-{number % 9 + 1}",
            f"{rng.randint(12, 26)}{rng.randint(1, 2)}-{rng.choice(('D', 'KK', 'SO'))}-{number}4",
            f"{two}Z {number}7",
        )
    )


def password(rng: Random) -> str:
    noun = rng.choice(("Gurnard", "teapot", "Wobble", "zeppelin", "Crumpet", "marzipan"))
    tail = rng.randint(12, 9870)
    return rng.choice(
        (
            f"{noun}{rng.choice('!?#*&_')}{tail}",
            f"{tail}{noun}{rng.choice('!$%^')}",
            f"{noun[:3]}-{_some(rng, _MIXED.lower(), 6)}-{_some(rng, _MIXED, 4)}",
            _some(rng, _MIXED, 5) + rng.choice("!@$%") + _some(rng, _MIXED.lower(), 6),
            f"{noun.replace('e', '3').replace('a', '4')}{tail}{rng.choice('!#')}{rng.choice('xz')}",
        )
    )


def wifi(rng: Random) -> str:
    pair = rng.sample(("otter", "gravel", "plinth", "mango", "cobalt", "turnip", "fiddle"), 3)
    return rng.choice(
        (
            "-".join(pair),
            "".join(pair) + digits(rng, 2),
            f"{pair[0].capitalize()}{pair[1].capitalize()}{digits(rng, 3)}",
            _some(rng, "abcdef0123456789", 10),
        )
    )


def otp(rng: Random) -> str:
    six = digits(rng, 6)
    return rng.choice(
        (
            six,
            f"{six[:3]} {six[3:]}",
            f"{six[:3]}-{six[3:]}",
            f"{rng.choice('GQX')}-{six}",
            digits(rng, 8),
            digits(rng, 5),
            digits(rng, 7),
            _some(rng, _MIXED, 3) + "-" + _some(rng, _MIXED, 3),
            _some(rng, "BCDFGHJKMPQRTVWX", 4) + str(rng.randint(2, 9)) + _some(rng, _MIXED, 3),
            str(rng.randint(3001, 9899)),
        )
    )


def username(rng: Random) -> str:
    stem, two = rng.choice(words.HANDLES), rng.randint(11, 98)
    return rng.choice(
        (
            f"{stem}{two}",
            f"xX_{stem}_Xx",
            f"{stem}.{rng.choice(('uk', 'irl', 'official', 'plays'))}",
            f"the_real_{stem}",
            f"{_some(rng, 'bcdfghjklmnprst', 3)}{rng.randint(1001, 9899)}",
            f"{rng.choice('abcdefgh')}{rng.choice(words.LAST[40:60]).lower()}{two}",
            f"svc-{stem}-{two}",
        )
    )


def device(rng: Random) -> str:
    stem = rng.choice(words.HANDLES)
    return rng.choice(
        (
            f"{rng.choice(('LT', 'NB', 'MBP', 'PC', 'SURF'))}{digits(rng, 5)}",
            f"{rng.choice(('FIN', 'HR', 'OPS'))}-{rng.choice(('LAP', 'TAB'))}-{digits(rng, 4)}",
            f"{stem}s-iPhone",
            f"{stem}-macbook.local",
            f"DESKTOP-{_some(rng, _MIXED, 7)}",
            f"android-{_some(rng, '0123456789abcdef', 12)}",
            f"Galaxy-A{rng.randint(12, 73)}-of-{stem}",
        )
    )


def mac(rng: Random) -> str:
    value = common_mac(rng)
    plain = value.replace("-", "").replace(":", "")
    dotted = f"{plain[:4]}.{plain[4:8]}.{plain[8:]}".lower()
    return rng.choice((value, value.lower(), dotted, plain))


def _shaped(*shapes: str) -> Callable[[Random], str]:
    """One of the shapes, ``#`` being a digit from one to nine, ``@`` a letter, ``*`` either."""

    def make(rng: Random) -> str:
        letters = {"#": "123456789", "@": _UPPER, "*": _MIXED}
        return "".join(rng.choice(letters.get(c, c)) for c in rng.choice(shapes))

    return make


REFERENCES: dict[str, Callable[[Random], str]] = {
    "student": _shaped("s#######", "#######/1", "U########", "24-#####", "@@@0####"),
    "employee": _shaped("E-#####", "00#####", "PN######", "######K", "@@-####-26"),
    "crime": _shaped("42/######/26", "CRN/####/14NOV", "##########-M", "PS-20261103-####"),
    "tenancy": _shaped("T/######/02", "TEN#######", "RA #### ####", "@@@-###-###-1"),
    "claim": _shaped("CLM/2026/######-B", "##-#######-MTR", "HX########", "@@/##/####/@"),
    "member": _shaped("M-88-#####", "### #### ###", "LBR#######X", "@@@ ####-##"),
    "court": _shaped("#BM#####", "K#QZ###R", "FD26P#####", "T2026####@"),
    "patient": _shaped("RXH#######", "P00######", "MRN ########", "######/H"),
    "booking": _shaped("@@#***", "@#@#**", "*@##@*"),
    "visa": _shaped("GWF0########", "####-####-####-####", "UAN ####-####-####"),
    "prisoner": _shaped("A####@@"),
    "policy": _shaped("HP/#######/A", "POL ####-#####", "@@###########"),
}


def reference(rng: Random) -> str:
    return rng.choice(tuple(REFERENCES.values()))(rng)


def version(rng: Random) -> str:
    return f"{rng.randint(1, 19)}.{rng.randint(0, 40)}.{rng.randint(0, 12)}"


def score(rng: Random) -> str:
    return f"{rng.randint(0, 6)}-{rng.randint(0, 5)}"


def hours(rng: Random) -> str:
    return rng.choice(("9am to 5.30pm", "08:00-20:00", "10-4", "7.30 till late", "noon to six"))


def meter(rng: Random) -> str:
    return digits(rng, 5)


def size(rng: Random) -> str:
    return f"{rng.randint(20, 240)} x {rng.randint(20, 140)} cm"


def percent(rng: Random) -> str:
    return f"{rng.randint(1, 39)}.{rng.randint(1, 9)}%"
