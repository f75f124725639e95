"""Codes and passwords are found by the words around them; numbers of things are left."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.credentials import CREDENTIAL_RULES


def found(text: str) -> list[tuple[str, str]]:
    return [
        (rule.name, text[start:end]) for rule in CREDENTIAL_RULES for start, end in rule.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("102-965 is your one time sign in code", "code_before", "102-965"),
        ("Initial password......: open-sesame", "password_joined", "open-sesame"),
        ("we set the password for the portal to copper?Lantern", "password_odd", "copper?Lantern"),
        ("The password is swordfish.", "password_word", "swordfish"),
        ("| Password | swordfish |", "password_cell", "swordfish"),
        ("G-123456 is your verification code", "code_before", "G-123456"),
        ("passcode MGN-7VG.", "code", "MGN-7VG"),
        ("Keysafe 5369. Room 4", "code", "5369"),
        ("PIN for the kiosk: 456-272", "code", "456-272"),
        ("Key safe by the back door, 5369", "code", "5369"),
        ("your PIN is one nine eight four", "code", "one nine eight four"),
        ("Ihr Einmalcode lautet 123456", "code", "123456"),
        ("tu código es 482913", "code", "482913"),
        ("Your verification code is\n\n  771 204\n", "code_below", "771 204"),
        ("Backup codes\n5087, DFC-PDF.", "code_list", "5087, DFC-PDF"),
        ("Type 436-663 when it asks", "code_typed", "436-663"),
        ("quote 3133 within ten minutes", "code_typed", "3133"),
        ("use 4471# for the barrier", "code_hash", "4471#"),
        ("the gate wants 636-699.", "code_of_lock", "636-699"),
        ("and the word is turnip-cobalt-fiddle.", "password_is", "turnip-cobalt-fiddle"),
        ("The four digits are 4821", "code", "4821"),
        ("The gate is FYQ-3FG", "code_of_lock", "FYQ-3FG"),
        ("wifi password: the-blue-door", "password", "the-blue-door"),
        ("Mot de passe : Tulipe", "password", "Tulipe"),
        ("MFA=CDS-YWV", "key_of_program", "CDS-YWV"),
        ("the pw is hunter2", "password_is", "hunter2"),
        ("Kennwort lautet Sommer2024", "password_is", "Sommer2024"),
        ("Temporary password KettleThimble", "password_beside", "KettleThimble"),
        ("Gym code below, wifi\nturnip-cobalt-fiddle.", "password_of_wifi", "turnip-cobalt-fiddle"),
        ("Router: turnip-gravel-plinth.", "password_of_lock", "turnip-gravel-plinth"),
        ("Hunter2022! is the new password", "password_before", "Hunter2022!"),
        ("use teapot?7616 to get in", "password_typed", "teapot?7616"),
        ("enter 796 961 at https://x.example", "code_typed", "796 961"),
        ("Reset to ZATHU%vvec8e", "password_set", "ZATHU%vvec8e"),
        ("passphrase is correct horse battery.", "passphrase", "correct horse battery"),
        ('the password for the wifi is "blue sky"', "password_quoted", "blue sky"),
        ("log in with bob1 / Hunter", "password_of_pair", "Hunter"),
    ],
)
def test_secrets_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "error code 5001, order status 1234",
        "SMTP code 5.7.1 and status code 4500",
        "code of conduct 2026",
        "the code expires in 10 minutes",
        "discount code SAVE20",
        "room 1204 is booked, 2000 tiles, meter reading 48213",
        "the door is 2.10 m high",
        "wifi is working again, the network is up-to-date",
        "Please type the password into the box; it expires on 12 March",
        "set to 25.00, then set it to 1.2.3, changed to version-2",
        "opening hours 0900-1700, access from 2026",
        "give 1000 people at the door",
        "send 2026 figures to the board",
        "read 12 pages to the class",
        "pass the parcel with 10 others",
    ],
)
def test_numbers_of_things_stay(text: str) -> None:
    assert found(text) == []
