"""The relay's password: one closed file, and nothing of it in what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rufgate.settings import slices
from rufgate.settings.load import load
from rufgate.settings.problems import ConfigError
from tests.settings.conftest import MINIMAL

FORWARD = '[forward]\nrelay = "mail.example.org:587"\npassword_file = "config/password"\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"correct-horse-battery", "user:password"),
        (b":correct-horse-battery", "user:password"),
        (b"gate:correct\nhorse-battery", "user:password"),
        (b"gate:correct-horse-battery\xff\xfe", "UTF-8"),
    ],
)
def test_what_is_no_login_is_refused_without_showing_it(
    written: Callable[[str], Path], content: bytes, message: str
) -> None:
    path = written(MINIMAL + FORWARD)
    password = path.with_name("password")
    password.write_bytes(content)
    password.chmod(0o600)
    with pytest.raises(ConfigError, match=message) as caught:
        slices.relay(load(path))
    assert "horse" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_user_and_password_are_parted_at_the_first_colon(written: Callable[[str], Path]) -> None:
    path = written(MINIMAL + FORWARD)
    password = path.with_name("password")
    password.write_text("gate:correct:horse\n")
    password.chmod(0o600)
    relay = slices.relay(load(path))
    assert (relay.username, relay.password) == ("gate", "correct:horse")
    assert "horse" not in repr(relay)
