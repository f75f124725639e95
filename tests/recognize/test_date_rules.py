"""Birth dates are found however they are written; appointments and versions are left."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.dates import birth_date_rules

RULES = birth_date_rules(2022)


def found(text: str) -> list[tuple[str, str]]:
    return [(rule.name, text[start:end]) for rule in RULES for start, end in rule.find(text)]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("born the 18th of March, 2024 in Leeds", "birth", "the 18th of March, 2024"),
        ("d.o.b. 4th June 2023", "birth", "4th June 2023"),
        ("DOB=19610304", "birth", "19610304"),
        ("BDAY:3/4/25", "birth", "3/4/25"),
        ("Date of birth (dd/mm/yyyy): 04/05/2024", "birth", "04/05/2024"),
        ("Date of birth\n04.05.24", "birth", "04.05.24"),
        ("they were born in March 1971", "birth", "March 1971"),
        ("né à Lyon le 12/04/2024", "birth", "12/04/2024"),
        ("née le 4 mai 2024", "birth", "4 mai 2024"),
        ("geb. 04.05.24", "birth", "04.05.24"),
        ("* 4.5.2024", "birth", "4.5.2024"),
        ("nato il 3 marzo '24", "birth", "3 marzo '24"),
        ("nacida el 3 de marzo de 2024", "birth", "3 de marzo de 2024"),
        ("nascido a 3 de março de 2024", "birth", "3 de março de 2024"),
        ("geboortedatum 01-02-2024", "birth", "01-02-2024"),
        ("data urodzenia: 03.04.2024", "birth", "03.04.2024"),
        ("född 2024-03-04", "birth", "2024-03-04"),
        ('"personDateOfBirth": "2024-03-04"', "birth_camel", "2024-03-04"),
        ("her birthday is 4 May", "birth_day", "4 May"),
        ("12 March 2024 is his birthday", "birth_after", "12 March 2024"),
        ("12/03/24 (DOB)", "birth_after", "12/03/24"),
        ("on September the 18th 1975", "long_past", "September the 18th 1975"),
        ("1985-11-26", "long_past", "1985-11-26"),
        ("12.IV.1980", "long_past", "12.IV.1980"),
        (
            "on the fifth of May nineteen sixty-one",
            "long_past",
            "the fifth of May nineteen sixty-one",
        ),
        (
            "the 3rd of June two thousand and four",
            "long_past",
            "the 3rd of June two thousand and four",
        ),
        ("(17/08/50)", "short_past", "17/08/50"),
        ("Jane Doe,11.8.03,x", "short_past", "11.8.03"),
        ("Jane Doe,18 Mar 1936,x", "long_past", "18 Mar 1936"),
        ("(24/10/41 - 3 October)", "short_past", "24/10/41"),
        ("10.4.80", "short_past", "10.4.80"),
        ("11 jan '94", "short_past_month", "11 jan '94"),
        ("3-Mar-61", "short_past_month", "3-Mar-61"),
    ],
)
def test_birth_dates_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "on 12 March 2026 at 10",
        "12.03.26 10:30",
        "w/c 12 April, 2-4 March",
        "version 17.12.45",
        "agent v4.15.2 and 26.09.1",
        "12/04/2027",
        "from 1.2.25 to 3.4.25",
        "Thursday 4 May at 10.45, or 7 June 17h",
        "born ready for 12 people",
        "birthday party on 12 May 2026",
        "il giorno 24 ottobre alle 9.30",
        "5 de mayo de 2026 a las 10",
        "May 4, 2026",
        "since May 2019",
        "release 19.7.10",
        "starts Friday 11 April, 14.30 dob missing",
        "on the fifth of May twenty twenty-six",
    ],
)
def test_appointments_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "test Thu, 08 Jan 2015 09:12:33 -0500",  # the subject of swaks' test mail
        "test Thu, 08 Jan 2015 09:12:33 GMT",
        "This is a test mailing",
    ],
)
def test_the_date_of_a_mail_is_nobodys_birthday(text: str) -> None:
    assert not [rule.name for rule in birth_date_rules(2022) if list(rule.find(text))]
    assert [rule.name for rule in birth_date_rules(2022) if list(rule.find("08 Jan 2015 09:12"))]
