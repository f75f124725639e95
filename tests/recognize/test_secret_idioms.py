"""Passwords and codes in the sentences that people hand them over in; states and rules stay."""

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
        ("wifi password marblespoon", "password_last", "marblespoon"),
        ("Temporary password marblespoon.", "password_last", "marblespoon"),
        ("The password's marblespoon", "password_becomes", "marblespoon"),
        ("the password has been changed to marblespoon.", "password_becomes", "marblespoon"),
        ("Votre mot de passe est marblespoon", "password_becomes", "marblespoon"),
        ("The password for the shared folder: Marble2026", "password_for", "Marble2026"),
        ("Passwort für das WLAN: marblespoon", "password_for", "marblespoon"),
        ("Your new password:\nmarblespoon\n", "password_below", "marblespoon"),
        ("Here is the password\n\n  kT9vLqmm\n", "password_below", "kT9vLqmm"),
        ("use marblespoon as the password", "password_used_as", "marblespoon"),
        ("the zip opens with marblespoon9", "password_opens", "marblespoon9"),
        ("it is encrypted with kT9vLqmm.", "password_opens", "kT9vLqmm"),
        ("tool --password marblespoon", "password_option", "marblespoon"),
        ("mysql -u root -pmarblespoon", "password_of_mysql", "marblespoon"),
        ("<password>marblespoon</password>", "password_tagged", "marblespoon"),
        (
            "recovery phrase: marble spoon kettle plover window copper",
            "recovery_phrase",
            "marble spoon kettle plover window copper",
        ),
        ("Answer to your security question: Plover", "secret_answer", "Plover"),
        ("Your collection code is KL48", "code_short", "KL48"),
        ("door code: 482", "code_short", "482"),
        ("Alarm off with 4821, on with the same.", "code_of_lock_with", "4821"),
        ("The wifi is marblespoon, all lower case.", "secret_spelled", "marblespoon"),
        ("SSID PloverHouse, key marblespoon", "secret_of_wifi", "marblespoon"),
        ("u: mkettle p: marblespoon", "secret_after_slash", "marblespoon"),
        ("Give the driver the number 4821 when he comes", "number_given", "4821"),
        ("Parcel box: 4821", "code_of_box", "4821"),
        ("I always use marblespoon9 for the shop", "password_of_habit", "marblespoon9"),
        ("a senha do wifi é marblespoon", "password_becomes", "marblespoon"),
        ("Contraseña temporal: kT9vLqmm", "password", "kT9vLqmm"),
        ("Пароль: marblespoon", "password", "marblespoon"),
        ("Ваш код: 4829", "code", "4829"),
        ("인증번호: 4829", "code", "4829"),
        ("Confirm with 482913 within 10 minutes", "code_typed", "482913"),
        ("Backup codes\n1. 4821 3377\n2. 9921 4410", "code_list", "4821 3377\n2. 9921 4410"),
    ],
)
def test_secrets_in_their_sentences_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Password policy: strong",
        "password: required",
        "Password = None",
        "Your new password expires today.",
        "Forgot your password?\nRegards",
        "The password must be changed.",
        "We have set a password for you: see below",
        "the file opens with Excel, the talk opens with music",
        "encrypted with AES-256, protected with TLS-1.3",
        "the wifi is down, all day; it's free, one word of advice",
        "Parcel box: 12 kg, letter box 2026",
        "Give the team 4 days and the staff 2 weeks",
        "Log in as usual and open the report.",
        "Use code SPRING20 for 20% off.",
        "enter code HAPPY26 at checkout",
        "recovery phrase: keep these words in a safe place and tell nobody about them",
        "the gate opens with 20 people, on to 2026",
        "Door 482 is on the left, gate B14",
        "Use it as the password field",
        "run tool --password FILE, --token TOKEN",
        "The code of the building has 482 pages",
    ],
)
def test_what_is_said_of_secrets_stays(text: str) -> None:
    assert found(text) == []
