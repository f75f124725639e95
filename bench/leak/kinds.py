"""Types of planted strings, and classes of what must survive, in the groups that goals speak of.

In:  the name of a type or class.
Out: whether it belongs to a group; a name belongs to every group one of whose words it starts with.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from bench.leak import identifiers_abroad

_UK_NUMBERS = (
    "UK_NHS", "UK_CHI", "UK_NINO", "UK_UTR", "UK_PASSPORT", "UK_DRIVING_LICENCE", "UK_POSTCODE",
    "UK_SORT_ACCOUNT", "CT_REF", "POSTCODE", "EIRCODE",
)  # fmt: skip
STRUCTURED = "structured identifiers"  # those with a form that a rule can know
OTHER_SCRIPT = "PERSON_OTHER_SCRIPT"  # a PERSON that is not written in Latin letters
NON_LATIN = "names in non-Latin script"

PERSONAL: Mapping[str, tuple[str, ...]] = {
    STRUCTURED: (
        *("EMAIL", "PHONE", "CREDIT_CARD", "IBAN", "US_SSN", *_UK_NUMBERS),
        *(name.upper() for name in identifiers_abroad.MAKERS),
    ),
    NON_LATIN: ("NON_LATIN_NAME", OTHER_SCRIPT),
    "birth dates": ("BIRTH_DATE",),
    "number plates": ("UK_PLATE", "PLATE"),
    "user names and handles": ("USERNAME", "HANDLE"),
    "device names, MAC addresses": ("DEVICE", "MAC"),
    "passwords, one-time codes": ("PASSWORD", "ONE_TIME_CODE"),
    "personal references": ("REFERENCE",),
    "file names": ("FILE_NAME",),
}
HARMLESS: Mapping[str, tuple[str, ...]] = {
    "harmless phrases": ("phrase", "subject_phrase"),
    "numbers": ("number",),
    "appointment dates": ("appointment",),
    "metadata": ("metadata",),
}


def kind_of(entry: Mapping[str, str]) -> str:
    """The type of an entry of a truth file; persons in other scripts are one of their own."""
    is_latin = all(_is_latin(char) for char in entry["value"])
    return entry["type"] if is_latin or entry["type"] != "PERSON" else OTHER_SCRIPT


def _is_latin(char: str) -> bool:
    return not char.isalpha() or unicodedata.name(char, "").startswith(
        ("LATIN", "FEMININE", "MASC")
    )


def belongs(name: str, starts: tuple[str, ...]) -> bool:
    """Whether ``name`` is of a group."""
    return name.startswith(starts)
