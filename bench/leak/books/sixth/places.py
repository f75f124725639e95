"""Postal addresses of the sixth book, as people of many countries write them."""

from __future__ import annotations

from random import Random

from bench.leak.books.sixth import words
from bench.leak.scene import Scene

# (street, postcode, town, the line they make)
_ABROAD = (
    ("Gerbermühlweg 12a", "79713", "Bad Säckingen", "{street}, {code} {town}"),
    ("4 bis, rue des Vinaigriers", "73100", "Aix-les-Bains", "{street}, {code} {town}"),
    ("C/ Alfareros, 14, 3.º izda.", "28801", "Alcalá de Henares", "{street}, {code} {town}"),
    ("Via dei Cordai 27/B", "53037", "San Gimignano", "{street} - {code} {town} (SI)"),
    ("Brouwerskade 214-II", "5211 KX", "'s-Hertogenbosch", "{street}, {code} {town}"),
    (
        "Rua das Oleiras, n.º 61, 2.º Dto.",
        "4400-118",
        "Vila Nova de Gaia",
        "{street}, {code} {town}",
    ),
    ("1220 W Tamarack St Apt 4B", "12305-4417", "Skaneateles", "{street}, {town}, NY {code}"),
    ("Unit 3/88 Coolibah Crescent", "NSW 2650", "Wagga Wagga", "{street}, {town} {code}"),
    ("RR 2, Site 14, Comp 9", "S6H 7K4", "Moose Jaw", "{street}, {town} SK {code}"),
    ("Plot 412, Jharana Sahi", "751 014", "Bhubaneswar", "{street}, {town} - {code}"),
    ("P.O. Box 90417, Nyali Bridge Road", "80100", "Mombasa", "{street}, {town} {code}"),
    ("Odos Kalamion 33", "546 31", "Thessaloniki", "{street}, GR-{code} {town}"),
    ("Sadelmakergata 8, leil. 402", "5034", "Lillebryggen", "{street}, {code} {town}"),
    ("ul. Garncarska 17 m. 5", "31-115", "Podgórzanka", "{street}, {code} {town}"),
    ("4-12-7 Hanamizuki, Room 503", "〒259-1144", "Isehara", "{street}, {town} {code}"),
)


def street(rng: Random) -> str:
    """The first lines of an address in Britain, Ireland or America."""
    road, number = rng.choice(words.STREETS), rng.randint(2, 188)
    house = rng.choice(("Bramble Cottage", "Tigh na Mara", "The Old Creamery", "Hafod Wen"))
    return rng.choice(
        (
            f"{number} {road}",
            f"{number}{rng.choice('abc')} {road}",
            f"Flat {rng.randint(1, 40)}, {number} {road}",
            f"{number}/{rng.randint(1, 12)} {road}",
            f"{rng.randint(0, 3)}F{rng.randint(1, 3)}, {number} {road}",
            f"{house}, {road}",
            f"PO Box {rng.randint(1100, 9890)}",
            f"Unit {rng.randint(2, 19)}, {number} {road}",
            f"Top Flat, {number} {road}",
            f"number {number} {road}",
            f"{number}-{number + 2} {road}",
        )
    )


def abroad(scene: Scene) -> str:
    """A whole address of another country; street, postcode and town are each in the truth."""
    line, code, town, form = scene.rng.choice(_ABROAD)
    scene.truth.plant("STREET", line, scene.where)
    scene.truth.plant("POSTCODE", code, scene.where)
    scene.truth.plant("TOWN", town, scene.where)
    return form.format(street=line, code=code, town=town)
