"""Check digits of identifiers. Each takes the value as written and looks at its digits only."""

from __future__ import annotations

import re


def digits(value: str) -> str:
    """The ASCII digits of ``value``."""
    return re.sub(r"[^0-9]", "", value)


def luhn(value: str) -> bool:
    """ISO/IEC 7812-1 annex B: payment cards, IMEI."""
    total = 0
    for place, char in enumerate(reversed(digits(value))):
        number = int(char) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def is_card(value: str) -> bool:
    """13 to 19 digits that are not all alike, with Luhn's check digit."""
    plain = digits(value)
    return 13 <= len(plain) <= 19 and len(set(plain)) > 1 and luhn(plain)


def is_iban(value: str) -> bool:
    """ISO 13616: rearranged, letters as numbers, mod 97 is 1."""
    plain = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    if not 15 <= len(plain) <= 34:
        return False
    rearranged = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in rearranged)) % 97 == 1


def mod11(value: str) -> bool:
    """NHS and CHI numbers: weights 10 to 2, 11 minus the sum's remainder is the tenth digit."""
    plain = digits(value)
    if len(plain) != 10 or len(set(plain)) == 1:
        return False
    check = 11 - sum(int(char) * (10 - place) for place, char in enumerate(plain[:9])) % 11
    return check % 11 == int(plain[9]) and check != 10


def is_chi(value: str) -> bool:
    """A Scottish CHI number: a date (DDMMYY), then as an NHS number."""
    plain = digits(value)
    return mod11(plain) and 1 <= int(plain[:2]) <= 31 and 1 <= int(plain[2:4]) <= 12


def is_pesel(value: str) -> bool:
    """Polish PESEL: weights 1, 3, 7, 9."""
    plain = digits(value)
    if len(plain) != 11:
        return False
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    total = sum(int(char) * weight for char, weight in zip(plain, weights, strict=False))
    return (10 - total % 10) % 10 == int(plain[10])


def is_dni(value: str) -> bool:
    """Spanish DNI and NIE: the letter is the number mod 23."""
    plain = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    number = plain[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return number.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == plain[-1]


def not_a_date(value: str) -> bool:
    """Whether three groups of two digits cannot be a day, a month and a year in any order."""
    groups = [int(group) for group in re.findall(r"\d{2}", value)[:3]]
    return len(groups) == 3 and not (
        (1 <= groups[0] <= 31 and 1 <= groups[1] <= 12)
        or (1 <= groups[0] <= 12 and 1 <= groups[1] <= 31)
    )
