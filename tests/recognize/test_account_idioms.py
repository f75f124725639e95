"""What is said of an account is no user name by itself."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.account_idioms import ACCOUNT_IDIOMS


@pytest.mark.parametrize(
    "text",
    [
        "Your account was locked",
        "You are logged in as administrator",
        "logged in as follows",
        "Let us have a Skype call, or a Teams meeting.",
        "Someone commented on your photo",
        "the login page | guest",
        "open /api/v1/status",
    ],
)
def test_common_words_are_left(text: str) -> None:
    assert [rule.name for rule in ACCOUNT_IDIOMS if list(rule.find(text))] == []
