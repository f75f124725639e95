"""Made-up personal numbers of other countries, with valid check digits.

In:  a seeded ``random.Random``.
Out: strings in the forms in which people write them; ``MAKERS`` names each by country and kind.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bench.leak.identifiers import digits, luhn_check

_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_VERHOEFF_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_P = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_CF_ODD_DIGITS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_CF_ODD_LETTERS = (
    *_CF_ODD_DIGITS, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
)  # fmt: skip


def _birth(rng: Random) -> tuple[int, int, int]:
    """(two-digit year, month, day) of somebody born in the last century."""
    return rng.randint(31, 99), rng.randint(1, 12), rng.randint(1, 28)


def _weighted(body: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))


def de_tax(rng: Random) -> str:
    """German tax identification number: ten digits of which one occurs twice, and a check digit."""
    nine = rng.sample("0123456789", 9)
    if nine[0] == "0":
        nine.reverse()
    place = rng.randint(1, 9)
    body = "".join([*nine[:place], rng.choice(nine[1:]), *nine[place:]])
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    whole = f"{body}{(11 - product) % 10}"
    return rng.choice((whole, f"{whole[:2]} {whole[2:5]} {whole[5:8]} {whole[8:]}"))


def fr_nir(rng: Random) -> str:
    """French social security number, whose key is 97 less the rest of the number by 97."""
    year, month, _ = _birth(rng)
    body = f"{rng.choice('12')}{year:02d}{month:02d}{rng.randint(1, 95):02d}"
    body += f"{rng.randint(1, 990):03d}{rng.randint(1, 999):03d}"
    key = f"{97 - int(body) % 97:02d}"
    spaced = f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:]} {key}"
    return rng.choice((body + key, spaced))


def es_dni(rng: Random) -> str:
    number = rng.randint(10_000_000, 99_999_999)
    return f"{number}{rng.choice(('', '-', ' '))}{_DNI_LETTERS[number % 23]}"


def es_nie(rng: Random) -> str:
    first, number = rng.randint(0, 2), rng.randint(0, 9_999_999)
    by = rng.choice(("", "-"))
    letter = _DNI_LETTERS[int(f"{first}{number:07d}") % 23]
    return f"{'XYZ'[first]}{by}{number:07d}{by}{letter}"


def it_cf(rng: Random) -> str:
    """Italian codice fiscale."""
    letters = "".join(rng.choice("BCDFGLMNPRSTV") for _ in range(6))
    year, month, day = _birth(rng)
    body = f"{letters}{year:02d}{'ABCDEHLMPRST'[month - 1]}{day + rng.choice((0, 40)):02d}"
    body += f"{rng.choice('ABCDEFGHIL')}{rng.randint(100, 999)}"
    total = 0
    for place, char in enumerate(body):
        value = int(char) if char.isdigit() else ord(char) - 65
        odd = _CF_ODD_DIGITS if char.isdigit() else _CF_ODD_LETTERS
        total += odd[value] if place % 2 == 0 else value
    return body + chr(65 + total % 26)


def nl_bsn(rng: Random) -> str:
    while True:
        body = digits(rng, 8)
        rest = _weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if rest < 10:
            whole = f"{body}{rest}"
            return rng.choice((whole, f"{whole[:4]}.{whole[4:6]}.{whole[6:]}"))


def be_nrn(rng: Random) -> str:
    year, month, day = _birth(rng)
    body = f"{year:02d}{month:02d}{day:02d}{rng.randint(1, 997):03d}"
    check = f"{97 - int(body) % 97:02d}"
    dotted = f"{body[:2]}.{body[2:4]}.{body[4:6]}-{body[6:]}.{check}"
    return rng.choice((body + check, dotted))


def pl_pesel(rng: Random) -> str:
    year, month, day = _birth(rng)
    body = f"{year:02d}{month:02d}{day:02d}{rng.randint(0, 9999):04d}"
    return f"{body}{-_weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10}"


def se_pnr(rng: Random) -> str:
    year, month, day = _birth(rng)
    body = f"{year:02d}{month:02d}{day:02d}{rng.randint(0, 999):03d}"
    whole = f"{body[:6]}-{body[6:]}{luhn_check(body)}"
    return rng.choice((whole, f"19{whole}"))


def dk_cpr(rng: Random) -> str:
    year, month, day = _birth(rng)
    return f"{day:02d}{month:02d}{year:02d}-{rng.randint(1, 4999):04d}"


def fi_hetu(rng: Random) -> str:
    year, month, day = _birth(rng)
    born, serial = f"{day:02d}{month:02d}{year:02d}", f"{rng.randint(2, 899):03d}"
    return f"{born}-{serial}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(born + serial) % 31]}"


def pt_nif(rng: Random) -> str:
    body = rng.choice("12") + digits(rng, 7)
    rest = _weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    whole = f"{body}{0 if rest < 2 else 11 - rest}"
    return rng.choice((whole, f"{whole[:3]} {whole[3:6]} {whole[6:]}"))


def ie_pps(rng: Random) -> str:
    body = digits(rng, 7)
    second = rng.choice(("", "A"))
    total = _weighted(body, (8, 7, 6, 5, 4, 3, 2)) + 9 * bool(second)
    return f"{body}{'WABCDEFGHIJKLMNOPQRSTUV'[total % 23]}{second}"


def at_svnr(rng: Random) -> str:
    year, month, day = _birth(rng)
    born = f"{day:02d}{month:02d}{year:02d}"
    while True:
        serial = digits(rng, 3)
        rest = _weighted(serial + born, (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11
        if rest < 10:
            return f"{serial}{rest}{rng.choice(('', ' '))}{born}"


def us_itin(rng: Random) -> str:
    return f"9{rng.randint(10, 99)}-{rng.randint(70, 88)}-{rng.randint(1001, 9998)}"


def ca_sin(rng: Random) -> str:
    body = rng.choice("134567") + digits(rng, 7)
    whole = f"{body}{luhn_check(body)}"
    by = rng.choice((" ", "-"))
    return by.join((whole[:3], whole[3:6], whole[6:]))


def in_aadhaar(rng: Random) -> str:
    """Indian Aadhaar number, whose check digit is Verhoeff's."""
    body = str(rng.randint(2, 9)) + digits(rng, 10)
    check = 0
    for place, digit in enumerate(reversed(body), start=1):
        check = int(_VERHOEFF_D[check][int(_VERHOEFF_P[place % 8][int(digit)])])
    inverse = next(i for i in range(10) if _VERHOEFF_D[check][i] == "0")
    whole = f"{body}{inverse}"
    return rng.choice((whole, f"{whole[:4]} {whole[4:8]} {whole[8:]}"))


def in_pan(rng: Random) -> str:
    letters = "".join(rng.choice("ABCDEFGHIJKLMNPQRSTUVWXYZ") for _ in range(5))
    return f"{letters[:3]}P{letters[4]}{digits(rng, 4)}{rng.choice('ABCDEFGHJK')}"


def au_tfn(rng: Random) -> str:
    while True:
        whole = digits(rng, 9)
        if _weighted(whole, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0:
            return rng.choice((whole, f"{whole[:3]} {whole[3:6]} {whole[6:]}"))


def au_medicare(rng: Random) -> str:
    body = rng.choice("23456") + digits(rng, 7)
    check = _weighted(body, (1, 3, 7, 9, 1, 3, 7, 9)) % 10
    whole = f"{body}{check}{rng.randint(1, 5)}"
    return rng.choice((whole, f"{whole[:4]} {whole[4:9]} {whole[9:]}"))


MAKERS: dict[str, Callable[[Random], str]] = {
    maker.__name__: maker
    for maker in (
        de_tax, fr_nir, es_dni, es_nie, it_cf, nl_bsn, be_nrn, pl_pesel, se_pnr, dk_cpr, fi_hetu,
        pt_nif, ie_pps, at_svnr, us_itin, ca_sin, in_aadhaar, in_pan, au_tfn, au_medicare,
    )
}  # fmt: skip
