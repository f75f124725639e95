"""Numbers and codes of the fourth book in the shapes that firms and people use.

In:  a seeded ``random.Random``.
Out: strings; telephone numbers are of ranges kept free for drama where a country has such, else
     with a block of noughts that nobody is given.
"""
# ruff: noqa: SIM905 - lists of words read better as text

from __future__ import annotations

from random import Random

from bench.leak.identifiers import digits, luhn_check
from bench.leak.identifiers import plate as british_plate

_CLEAR = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_MIXED = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PHONES = {
    "uk": (
        "07700 900###", "+44 7700 900 ###", "07700900###", "(0)7700 900###", "+447700900###",
        "028 9649 6###", "029 2018 0###", "0161 496 0###", "0117 496 0 ###", "020 7946 0###",
        "0808 157 0###", "0909 8790###", "020 91# ####", "+353 20 91# ####",
    ),
    "us": (
        "(202) 555-01##", "415.555.01##", "1-312-555-01##", "+1 (646) 555 01##", "713 555 01##",
        "+1617555 01##", "(503) 555-01## ext. 4#", "+1-416-555-01##", "604-555-01##",
    ),
    "au": (
        "(02) 5550 ####", "03 7010 ####", "+61 7 5550 ####", "0491 570 156", "0491 571 804",
        "+61 491 574 632", "0491578957", "021 000 0###", "+64 21 000 0###",
    ),
    "in": (
        "+91 98000 00###", "098000-00###", "91-9800000###", "98000 00 ###", "+91-9800000###",
        "(+91) 98000 00###", "9800000###",
    ),
    "af": (
        "0803 000 0###", "+234 803 000 0###", "+254 700 000 ###", "0700 000###", "082 000 0###",
        "+27 82 000 0###", "+233 20 000 0###", "0800000####", "+221 77 000 00 ##",
    ),
    "as": (
        "010-0000-####", "+82 10 0000 ####", "090-0000-####", "+81 3 0000 ####", "139 0000 0###",
        "+852 9000 0###", "+65 8000 0###", "+63 917 000 0###", "+62 812-0000-0###", "0900-000-###",
    ),
    "la": (
        "(11) 90000-####", "+55 21 90000-####", "+52 55 0000 ####", "55 0000 ## ##",
        "+57 300 000 ####", "11 15-0000-####", "+56 9 0000 ####", "+51 900 000 ###",
    ),
    "me": (
        "+971 50 000 0###", "050-000-0###", "+972-50-000-0###", "+90 530 000 ## ##",
        "0100 000 0###", "00971 50 000 0###", "+966 50 000 0###", "+20 100 000 0###",
    ),
    "eu": (
        "06 39 98 ## ##", "01.99.00.##.##", "+33 6 39 98 ## ##", "030 23125-###",
        "+49 89 99998 ###", "0152 2881 7386", "(0221) 4710-###", "040/66969###", "070-1740 6##",
        "+33 (0)1 99 00 ## ##", "600 000 ###", "+39 300 000 0###", "06-0000 0###",
    ),
}  # fmt: skip
_PLATES = {
    "uk": ("^^## ^^^", "^^##^^^", "^### ^^^", "^^^ ####"),
    "us": ("#^^^###", "^^^-####", "^^^ ####", "^## ^^#"),
    "au": ("^^^ ##^", "1^^ #^^", "###-^^#", "^^^###"),
    "in": ("^^ 0# ^^ ####", "^^-##-^^-####", "^^##^^####"),
    "af": ("CA ###-###", "^^^ ### GP", "K^^ ###^", "^^^-###^^", "GR ####-2#"),
    "as": ("^^^-####", "S^^ ####^", "##가 ####", "粤B #^###"),
    "la": ("^^^#^##", "^^^-##-##", "^^ ### ^^", "^^^ ###"),
    "me": ("^ #####", "##-###-##", "34 ^^ ####", "^^^ ####"),
    "eu": ("B-^^ ####", "HH ^^ ###", "^^-###-^^", "#### ^^^", "^^ ### ^^", "##-^^^-#", "WX ####^"),
}
_REFERENCES = (
    "########", "#######/##", "^^-########", "EMP00####", "E#####", "##-####-##", "CLM/2026/#####",
    "^^^########", "MEM ### ### ###", "#### #### #### ###", "T-#######", "LN#########",
    "ACC-####-####", "CAS-#####-^^^^^^", "S#######^", "P/##/######", "^#^#-#^#^", "0######-#",
    "K##/#####", "ref.##########", "CRN ##########", "UHID########", "TEN/#####/^", "POL#########",
)  # fmt: skip
_ORDERS = (
    "###-#######-#######",
    "#1#####",
    "SO-######",
    "W#########",
    "PO-26-#####",
    "##-#####-#####",
)
_DEVICES = (
    "DESKTOP-^#^^#^#", "LAPTOP-#^^#^##^", "NB-####-LON", "MB-^^####", "wks-####-fin", "PC0####",
    "SM-^###^-####", "CND######^", "5CG#######", "C02^#####^^^#", "FVF^####^^^##", "R58M########^",
    "iPhone-^###", "android-########", "PF-######^", "TAB-##-####", "KIOSK^##-^#",
)  # fmt: skip
_LEET = str.maketrans("aeo", "430")
_STEMS = (
    "Mango Velvet Falcon Thunder Biscuit Orchid Copper Saffron Pepper Tiger Lantern Marble Puffin "
    "Cobalt Walnut Dragon Monsoon Guava"
).split()


def shaped(rng: Random, shapes: tuple[str, ...]) -> str:
    """One of the shapes: ``#`` is a digit, ``^`` a capital letter."""
    made = []
    for char in rng.choice(shapes):
        if char == "#":
            made.append(str(rng.randint(0, 9)))
        else:
            made.append(rng.choice(_CLEAR) if char == "^" else char)
    return "".join(made)


def phone(rng: Random, region: str = "") -> str:
    """Of a region, else of any."""
    return shaped(rng, _PHONES[region or rng.choice(list(_PHONES))])


def plate(rng: Random, region: str = "") -> str:
    """Of a region, else a British one or any."""
    if not region and rng.random() < 0.3:
        return british_plate(rng)
    return shaped(rng, _PLATES[region or rng.choice(list(_PLATES))])


REGIONS = tuple(_PHONES)


def reference(rng: Random) -> str:
    return shaped(rng, _REFERENCES)


def order(rng: Random) -> str:
    return shaped(rng, _ORDERS)


def booking(rng: Random) -> str:
    """Six characters, as airlines give them."""
    letters = [rng.choice(_CLEAR) for _ in range(4)] + [str(rng.randint(2, 9)) for _ in range(2)]
    rng.shuffle(letters)
    return "".join(letters)


def imei(rng: Random) -> str:
    body = "35" + "".join(str(rng.randint(0, 9)) for _ in range(12))
    return f"{body}{luhn_check(body)}"


def device(rng: Random) -> str:
    return imei(rng) if rng.random() < 0.08 else shaped(rng, _DEVICES)


def mac(rng: Random) -> str:
    plain = "".join(f"{rng.randint(0, 255):02x}" for _ in range(6))
    pairs = [plain[i : i + 2] for i in range(0, 12, 2)]
    dotted = ".".join(plain[i : i + 4] for i in range(0, 12, 4))
    return rng.choice(
        (":".join(pairs), ":".join(pairs).upper(), "-".join(pairs).upper(), "-".join(pairs), dotted)
    )


def password(rng: Random) -> str:
    stem, other = rng.sample(_STEMS, 2)
    noise = "".join(rng.choice(f"{_MIXED}{_MIXED.lower()}#!%*-_+") for _ in range(12))
    sign = rng.choice("!@#$%*?")
    return rng.choice(
        (
            f"{stem}{rng.randint(10, 99)}{sign}",
            f"{stem}-{other}-{rng.randint(2, 99)}".lower(),
            f"{stem}{sign}{rng.randint(1970, 2026)}",
            stem.translate(_LEET) + f"{other}{sign}",
            f"{stem}{other}{rng.randint(1, 9)}",
            f"x{noise}7",
            f"{rng.choice(_CLEAR).lower()}{noise[:7]}{sign}4",
        )
    )


def otp(rng: Random) -> str:
    six, mixed = digits(rng, 6), "".join(rng.choice(_MIXED) for _ in range(8))
    return rng.choice(
        (
            six,
            six,
            f"{six[:3]} {six[3:]}",
            f"{six[:3]}-{six[3:]}",
            "".join(rng.choice("3456789") for _ in range(4)),
            digits(rng, 5),
            digits(rng, 7),
            digits(rng, 8),
            f"G-{six}",
            f"{rng.choice(_CLEAR)}{mixed[:4]}{rng.randint(2, 9)}",
            f"{mixed[:4]}-{mixed[4:]}",
        )
    )


def price(rng: Random) -> str:
    """An amount without its currency."""
    return rng.choice(
        (
            f"{rng.randint(3, 899)}.{rng.randint(0, 99):02d}",
            f"{rng.randint(1, 19)},{digits(rng, 3)}.00",
        )
    )


def euro(rng: Random) -> str:
    """As the continent writes it."""
    return rng.choice(
        (
            f"{rng.randint(3, 899)},{rng.randint(0, 99):02d}",
            f"{rng.randint(1, 9)}.{digits(rng, 3)},00",
        )
    )


def dollars(rng: Random) -> str:
    return f"${rng.randint(4, 999)}.{rng.randint(0, 99):02d}"


def rupees(rng: Random) -> str:
    return rng.choice(
        (f"Rs. {rng.randint(2, 9)},{digits(rng, 3)}", f"₹{rng.randint(1, 4)},2{digits(rng, 1)},500")
    )


def other_money(rng: Random) -> str:
    code = rng.choice(("KES", "NGN", "ZAR", "AED", "SGD", "PHP", "A$", "R$", "MXN", "¥", "HK$"))
    return f"{code} {rng.randint(1, 89)},{digits(rng, 3)}"


def room(rng: Random) -> str:
    number = rng.randint(101, 1290)
    return rng.choice(
        (f"{number}", f"B{number}", f"{rng.randint(1, 9)}.{rng.randint(10, 99)}", f"12-{number}")
    )


def quantity(rng: Random) -> str:
    return f"{rng.randint(100, 640)}"


def version(rng: Random) -> str:
    return f"{rng.randint(2, 19)}.{rng.randint(0, 14)}.{rng.randint(0, 9)}"


def percent(rng: Random) -> str:
    return f"{rng.randint(10, 95)}%"


def weight(rng: Random) -> str:
    return f"{rng.randint(1, 29)}.{rng.randint(1, 9)} kg"
