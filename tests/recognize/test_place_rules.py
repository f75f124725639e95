"""Addresses and towns are found as people write them; phrases in capitals are left."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.places import PLACE_RULES


def found(text: str) -> list[tuple[str, str]]:
    return [(rule.name, text[start:end]) for rule in PLACE_RULES for start, end in rule.find(text)]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("to 935 69 Gordon Terrace", "street", "935 69 Gordon Terrace"),
        ("at 12 Chapel Fold", "street", "12 Chapel Fold"),
        ("flat 3, 12 high street", "street_lower", "flat 3, 12 high street"),
        ("at 200 W 45th St", "street_numbered", "200 W 45th St"),
        ("Rua das Flores, 12", "street_roman", "Rua das Flores, 12"),
        ("on Mill Lane", "street_bare", "Mill Lane"),
        ("number 122 The Shambles", "street_the", "number 122 The Shambles"),
        ("at 49-51 The Shambles; the", "street_the", "49-51 The Shambles"),
        ("to 134a The Shambles tonight", "street_the", "134a The Shambles"),
        ("6076 Foo Apt. 864", "street_with_room", "6076 Foo Apt. 864"),
        ("Born 4 May 1961, Whitby", "town_of_birth", "Whitby"),
        ("short films - August, 35, Sandwich", "town_after_age", "Sandwich"),
        ("who is living in Sandwich", "town_lived_in", "Sandwich"),
        ("he is from Great Snoring.", "town_from", "Great Snoring"),
        ("6750 kosk 25 Apt. 864", "street_with_room", "6750 kosk 25 Apt. 864"),
        (
            "the corner of Dalbraut 99 and King Forges",
            "corner",
            "the corner of Dalbraut 99 and King Forges",
        ),
        ("Flat B, Rose House", "flat", "Flat B, Rose House"),
        ("top floor flat, 12 High St", "flat_lower", "top floor flat, 12 High St"),
        ("Rose Cottage, Mill Lane", "house_name", "Rose Cottage"),
        ("The Old Forge, Larch Hollow", "house_old", "The Old Forge, Larch Hollow"),
        ("Suite 413", "unit", "Suite 413"),
        ("RR 2, Site 14, Comp 9", "rural_route", "RR 2, Site 14, Comp 9"),
        ("unit 1009 box 0219\ndpo ap 51065", "military", "unit 1009 box 0219\ndpo ap 51065"),
        ("Postfach 12 34", "po_box", "Postfach 12 34"),
        ("addr=12 Foo, Bar", "address_label", "12 Foo, Bar"),
        ("IL 62704", "us_zip", "62704"),
        ("zip: 62704", "zip_context", "62704"),
        ("1012 AB Amsterdam", "nl_postcode", "1012 AB"),
        ("K1A 0B1", "ca_postcode", "K1A 0B1"),
        ("D02 X285", "eircode", "D02 X285"),
        ("Weg 1, 24103 Kiel", "town_postcode", "24103"),
        ("Leeds LS1 4AP", "town", "Leeds"),
        ("moved to Nether Wallop", "town_lived_in", "Nether Wallop"),
        ("a florist from Mousehole,", "town_travelled", "Mousehole"),
        ("going from Great Snoring to Sandwich with", "town_from_to", "Sandwich"),
        ("flew to Leppen on Tuesday", "town_travelled", "Leppen"),
        ("my zip code is 88012", "zip_context", "88012"),
        ("somewhere near Barking", "town_near", "Barking"),
        ("the parish of Sandwich", "town_of", "Sandwich"),
        ("wohnt in Kiel", "town_abroad", "Kiel"),
        ("just Stow-on-the-Wold.", "town_on_river", "Stow-on-the-Wold"),
        ("Carrickfergus", "town_form", "Carrickfergus"),
        ("255 hersnapvej 18, x", "street_german", "255 hersnapvej 18"),
        ("Am Alten Platz 4", "street_german_two", "Am Alten Platz 4"),
        ("0304 Rua Cidade de Maracajá 468", "street_roman", "0304 Rua Cidade de Maracajá 468"),
        ("31401 ul. Słowicza 10", "street_slavic", "31401 ul. Słowicza 10"),
        ("6076 Piroska u. 97.", "street_hungarian", "6076 Piroska u. 97."),
        ("5850 Jana Nerudy 894\nX", "street_town", "5850 Jana Nerudy 894"),
    ],
)
def test_addresses_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "4-8 May\nSt Columba's, Ullapool",
        "Hearing 10:30-11:30, Notice of hearing 2026/E/00600",
        "Advisory Nearside Rear Tyre Close to Limit",
        "Hard Drive and Google Drive",
        "during 2026, ordering 12 boxes, brigade 12",
        "Hardware address: AA:BB:CC:DD:EE:FF, address: 10.0.0.1, address: see below",
        "12 people from HR, 3 Union Members, 2 Day Pass",
        "the corner of the page and the table",
        "it comes from Excel; live in the moment; near the end; moved to Monday",
        "2026 Annual Report, 12 March 2026, New Year, Market Research",
        "Thursday 18 December at 5pm. Be at Unit",
        "7 January, 16.30, room 1.35",
        "Post Room 9am to 5.30pm",
        "26 december om 10.00 uur, 2 to 30 September to",
        "July 2, 2026\nReception, on May 4, 2026 Reception",
        "£675.95, Circle Loan",
        "come to Gate J67",
        "Born 1976 Pitch 70\n",
        "Weg 10:30 Uhr, Table 68, Superior Double With Garden View",
    ],
)
def test_phrases_stay(text: str) -> None:
    assert found(text) == []
