"""Made-up identifiers with valid check digits, in the forms in which people write them.

In:  a seeded ``random.Random``.
Out: strings; none is taken from anywhere, each only obeys the published format.
"""
# ruff: noqa: SIM905 - lists of words read better as text

from __future__ import annotations

from random import Random

_NINO_FIRST = "ABCEGHJKLMNOPRSTWXYZ"
_NINO_SECOND = "ABCEGHJKLMNPRSTWXYZ"
_NINO_REFUSED = {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}
_PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"
_POSTCODE_AREAS = (
    "AB B BA BN BS CA CF CM CV DD DH E EH FK G GL GU HU IP IV KA KY L LE LS M ML NE NG NW OX PA "
    "PE PH PL PO RG S SE SN SO SW TD TQ TR W WR YO"
).split()
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def digits(rng: Random, count: int) -> str:
    """``count`` digits, the first not zero."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def _group(value: str, *sizes: int, by: str = " ") -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(value[start : start + size])
        start += size
    return by.join(part for part in parts if part)


def mod11_check(body: str) -> int | None:
    """Check digit of NHS and CHI numbers; None where the number is not issued."""
    rest = 11 - sum(int(d) * (10 - i) for i, d in enumerate(body)) % 11
    return {11: 0, 10: None}.get(rest, rest)


def nhs(rng: Random) -> str:
    while True:
        body = rng.choice("467") + digits(rng, 8)
        check = mod11_check(body)
        if check is not None:
            break
    whole = f"{body}{check}"
    return rng.choice((whole, _group(whole, 3, 3, 4), _group(whole, 3, 3, 4, by="-")))


def chi(rng: Random) -> str:
    while True:
        body = f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{rng.randint(30, 99):02d}"
        body += f"{rng.randint(0, 999):03d}"
        check = mod11_check(body)
        if check is not None:
            break
    whole = f"{body}{check}"
    return rng.choice((whole, _group(whole, 6, 4)))


def nino(rng: Random) -> str:
    while True:
        prefix = rng.choice(_NINO_FIRST) + rng.choice(_NINO_SECOND)
        if prefix not in _NINO_REFUSED:
            break
    number = f"{rng.randint(0, 999999):06d}"
    whole = f"{prefix}{number}{rng.choice('ABCD')}"
    spaced = _group(whole, 2, 2, 2, 2, 1)
    return rng.choice((whole, spaced, spaced.lower(), f"{whole[:2]} {number} {whole[-1]}"))


def utr(rng: Random) -> str:
    body = digits(rng, 9)
    total = sum(int(d) * w for d, w in zip(body, (6, 7, 8, 9, 10, 5, 4, 3, 2), strict=True))
    whole = "21987654321"[total % 11] + body
    return rng.choice((whole, _group(whole, 5, 5)))


def postcode(rng: Random) -> str:
    inward = f"{rng.randint(0, 9)}{rng.choice(_INWARD)}{rng.choice(_INWARD)}"
    whole = f"{rng.choice(_POSTCODE_AREAS)}{rng.randint(1, 19)} {inward}"
    return rng.choice((whole, whole, whole, whole.lower(), whole.replace(" ", "")))


def passport(rng: Random) -> str:
    return digits(rng, 9) if rng.random() < 0.6 else f"{rng.choice(('AB', 'PA'))}{digits(rng, 7)}"


def driving_licence(rng: Random, surname: str) -> str:
    letters = "".join(c for c in surname.upper() if "A" <= c <= "Z")
    born = f"{rng.randint(4, 9)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(0, 9)}"
    tail = f"{rng.choice('ABCDEGHJ')}{rng.choice('ABJKLM')}9{rng.choice('ABGT')}{rng.choice('CDX')}"
    return f"{letters[:5]:9<5}{born}{tail}"


def plate(rng: Random) -> str:
    def letters(count: int) -> str:
        return "".join(rng.choice(_PLATE_LETTERS) for _ in range(count))

    modern = f"{letters(2)}{rng.choice((12, 17, 20, 23, 57, 68, 71, 73))} {letters(3)}"
    older = f"{rng.choice('HJKLMNPRSTVWX')}{rng.randint(21, 998)} {letters(3)}"
    return rng.choice((modern, modern, modern.replace(" ", ""), older))


def sort_account(rng: Random) -> tuple[str, str]:
    sort = _group(digits(rng, 6), 2, 2, 2, by=rng.choice("- "))
    return sort, digits(rng, 8)


def luhn_check(body: str) -> int:
    total = 0
    for i, d in enumerate(reversed(body)):
        doubled = int(d) * (2 if i % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def card(rng: Random) -> str:
    length, prefix = rng.choice(((16, "4"), (16, "51"), (16, "55"), (15, "37")))
    body = prefix + "".join(str(rng.randint(0, 9)) for _ in range(length - 1 - len(prefix)))
    whole = f"{body}{luhn_check(body)}"
    if length == 15:
        return rng.choice((whole, _group(whole, 4, 6, 5)))
    return rng.choice((whole, _group(whole, 4, 4, 4, 4), _group(whole, 4, 4, 4, 4, by="-")))


def iban(rng: Random) -> str:
    country, bban = rng.choice(
        (
            ("GB", rng.choice(("WEST", "NWBK", "ABBY")) + digits(rng, 14)),
            ("DE", digits(rng, 18)),
            ("FR", digits(rng, 23)),
            ("NL", "ABNA" + digits(rng, 10)),
            ("ES", digits(rng, 20)),
            ("IE", "AIBK" + digits(rng, 14)),
        )
    )
    as_number = "".join(str(int(c, 36)) for c in f"{bban}{country}00")
    whole = f"{country}{98 - int(as_number) % 97:02d}{bban}"
    return rng.choice((whole, _group(whole, *([4] * 9))))


def ssn(rng: Random) -> str:
    area = rng.choice([n for n in range(101, 899) if n != 666])
    return f"{area}-{rng.randint(10, 99)}-{rng.randint(1001, 9998)}"


def phone(rng: Random) -> str:
    """Numbers of the ranges that regulators keep free for drama (Ofcom, NANPA, and others)."""
    tail = f"{rng.randint(0, 999):03d}"
    forms = (
        f"07700 900{tail}",
        f"07700 900 {tail}",
        f"07700900{tail}",
        f"+44 7700 900{tail}",
        f"+44 (0)7700 900 {tail}",
        f"0044 7700 900{tail}",
        f"07700-900-{tail}",
        f"020 7946 0{tail}",
        f"(020) 7946 0{tail}",
        f"+44 20 7946 0{tail}",
        f"01632 960{tail}",
        f"01632-960{tail}",
        f"0113 496 0{tail}",
        f"0141 496 0{tail}",
        f"(0131) 496 0{tail}",
        f"+1 202-555-01{tail[:2]}",
        f"(415) 555-01{tail[:2]}",
        f"+353 20 91{tail[:1]} {digits(rng, 4)}",
        f"+33 1 99 00 {tail[:2]} {digits(rng, 2)}",
        f"+49 30 23125 {tail}",
        f"+61 491 570 {tail}",
        f"0{digits(rng, 4)} {digits(rng, 6)}",
    )
    return rng.choice(forms)


def mac(rng: Random) -> str:
    by = rng.choice(":-")
    return by.join(f"{rng.randint(0, 255):02X}" for _ in range(6))


def password(rng: Random) -> str:
    stem = "".join(rng.choice("bcdfghjkmnpqrstvwxz") + rng.choice("aeiou") for _ in range(3))
    return f"{stem.capitalize()}{rng.choice('!#$%?')}{rng.randint(21, 989)}{rng.choice('xkqz')}"
