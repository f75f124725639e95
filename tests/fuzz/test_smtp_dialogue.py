"""A few hundred conversations with the real server, the same ones each time; and that they tell."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from tests.fuzz.choices import Choices
from tests.fuzz.smtp_dialogue import MARK, Talk, certificate, check_log, run, served
from tests.receive.gates import Client, open_gate


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    return certificate(tmp_path)


async def test_no_conversation_breaks_the_server(tls: ssl.SSLContext) -> None:
    assert await run(4, 60, tls, rounds=4) >= 64


@pytest.mark.long
async def test_no_conversation_breaks_the_server_for_long(tls: ssl.SSLContext) -> None:
    assert await run(5, 120, tls) > 500


async def test_trouble_inside_the_server_is_seen() -> None:
    async def fails(_: RawMessage) -> Reply:
        raise RuntimeError

    async with open_gate(fails) as door:
        with pytest.raises(AssertionError, match="served no more"):
            await served(door, b"")
        with pytest.raises(AssertionError):
            check_log(door)


async def test_a_mark_in_the_log_is_seen() -> None:
    async with open_gate() as door:
        door.log.info("session", client_net=f"{MARK}.example")
        with pytest.raises(AssertionError, match="the log repeats"):
            check_log(door)


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        (b"250 2.0.0 Message accepted\r\n250 hello\r\n", "not in the table"),
        (b"501 5.5.4 Quillovexmar?\r\n", "repeats"),
        (b"250-AUTH PLAIN\r\n", "not in the table"),
    ],
)
async def test_a_reply_that_is_not_in_the_table_is_seen(heard: bytes, told: str) -> None:
    async with open_gate() as door:
        client: Client = await door.dial()
        talk = Talk(client, Choices(b""))
        talk.heard += heard
        with pytest.raises(AssertionError, match=told):
            talk.check()
