"""Numbers that keep a person are found by their label, in running text and in tables."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.references import REFERENCE_RULES


def found(text: str) -> list[tuple[str, str]]:
    return [
        (rule.name, text[start:end]) for rule in REFERENCE_RULES for start, end in rule.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("rent account no. 12/3456", "keeper", "12/3456"),
        ("Matricule n° 88/3206", "keeper", "88/3206"),
        ("supporter number is 44021", "keeper", "44021"),
        ("numéro de dossier 88321", "keeper_turned", "88321"),
        ("Claim: 4411-02", "keeper_sign", "4411-02"),
        ("Client R07885927.", "keeper_direct", "R07885927"),
        ("Application 364.352.84 moves up", "keeper_direct", "364.352.84"),
        ("Matricule 88/3206", "keeper_direct", "88/3206"),
        ("case PP6QMS; sibling", "keeper_direct", "PP6QMS"),
        ("BOOKING YP43MW", "keeper_direct", "YP43MW"),
        ("Our ref AB/12", "reference", "AB/12"),
        ("id 123e4567-e89b-12d3-a456-426614174000", "uuid", "123e4567-e89b-12d3-a456-426614174000"),
        ("see HB/2024/00123", "slashed", "HB/2024/00123"),
        ("Name,DOB,Fee\nAnn,4 May 2024,3.00", "column_birth", "4 May 2024"),
        ("Name\tPIN\nAnn\tzulu", "column_secret", "zulu"),
        ("Name | Login\nAnn | gnome", "column_user", "gnome"),
        ("Host;Owner\nxk-12;Ann", "column_device", "xk-12"),
        ("Name   Reg\nAnn   BOB 1", "column_plate", "BOB 1"),
        ('"Name","Member no."\n"Ann, B","771 2"', "column_reference", "771 2"),
        ("Name,Ext\nAnn,4123", "column_phone", "4123"),
    ],
)
def test_references_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Client: 26.09.1",
        "policy 2026, case 12, members 5000",
        "account 12.03.2026, rent 404.57, fine is 253.90.",
        "Hearing 20-22 September",
        "the customer 12 people",
        "order number 12345, invoice 2026-0042",
        "Item,Price,Qty\nTea,3.00,12",
        "Login, please, and wait\nthen 3, 4",
        "Kind | Lost\nPHONE | 3 of 9\nPIN | 4 of 7\nIBAN | 2 of 8",
        "Name,DOB\n\nAnn,4 May 2024",
    ],
)
def test_numbers_of_things_stay(text: str) -> None:
    assert found(text) == []
