"""Number plates of many countries are found; codes that merely look like some are left."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.vehicles import VEHICLE_RULES


def found(text: str) -> list[tuple[str, str]]:
    return [
        (rule.name, text[start:end]) for rule in VEHICLE_RULES for start, end in rule.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("AB12 CDE is blocking us", "plate", "AB12 CDE"),
        ("AB12CDE", "plate", "AB12CDE"),
        ("ab12 cde is blocking us", "plate_lower", "ab12 cde"),
        ("her car is 1234 BCD", "plate_context", "1234 BCD"),
        ("reg=192-D-9464", "plate_context", "192-D-9464"),
        ("Kennzeichen WZ144KG", "plate_context", "WZ144KG"),
        ("plate 8ABC123", "plate_context", "8ABC123"),
        ("nr rej WA 12345", "plate_context", "WA 12345"),
        ("the Golf, B MW 1234,", "plate_context", "B MW 1234"),
        ("reg abc 123", "plate_context_lower", "abc 123"),
        ("Car: l279 flc.", "plate_old_lower", "l279 flc"),
        ("number plate says BOB 1", "plate_private", "BOB 1"),
        ("saw A123 BCD", "plate_prefix", "A123 BCD"),
        ("saw ABC123D", "plate_prefix", "ABC123D"),
        ("saw ABZ 1234", "plate_northern_irish", "ABZ 1234"),
        ("saw 261-SO-9734", "plate_irish", "261-SO-9734"),
        ("saw 03 D 12345", "plate_irish", "03 D 12345"),
        ("saw M-AB 1234E", "plate_german", "M-AB 1234E"),
        ("van (ZT571MA)", "plate_french_italian", "ZT571MA"),
        ("saw AB-123-CD", "plate_french_italian", "AB-123-CD"),
        ("saw 12-BCD-3", "plate_dutch", "12-BCD-3"),
        ("saw 1-ABC-234", "plate_dutch", "1-ABC-234"),
        ("saw MH 12 AB 1234", "plate_indian", "MH 12 AB 1234"),
        ("I wrote down KT 19 WXE before he left", "plate_parted", "KT 19 WXE"),
        ("The permit is for P 418 GHT.", "plate_context", "P 418 GHT"),
        ("Rego: 1KL 4MN", "plate_context", "1KL 4MN"),
        ("Matrícula do carro: AB 48 CD", "plate_context", "AB 48 CD"),
        ("Q418 GHT was imported", "plate_prefix", "Q418 GHT"),
        ("Kennzeichen b xy 77, schwarz", "plate_context_lower", "b xy 77"),
        ("immatriculation : fg 482 kx", "plate_context_lower", "fg 482 kx"),
        ("La targa è gh482kl", "plate_context_lower", "gh482kl"),
        ("Reg: W R 6 3 F J O", "plate_spelled", "W R 6 3 F J O"),
        ("Trade plate number 1234 please", "plate_trade", "1234"),
    ],
)
def test_plates_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "in 10 the end, he10 the",
        "the A40 and M25 by car, then the B1234",
        "12-05-24 at 10:30, 10-MAY-2026",
        "flight NZ 123 in seat 14C",
        "parking costs 12.50 for 24 hours",
        "COVID-19, RFC 5322, UTF-8, ISO-8859-1, KB-1234",
        "drives 12 miles, under reg. 36A",
        "registration opens 10 May",
        "a van for 12 people",
        "Registration fee: 45 GBP for members, car insurance from GBP 240 a year",
        "The plates are 25 cm wide, set of 6",
        "ON 12 MAR, WE 51 ARE, BY 10 NOV",
        "The van is 3 m by 2 m; the car did 40 mph",
    ],
)
def test_other_codes_stay(text: str) -> None:
    assert found(text) == []
