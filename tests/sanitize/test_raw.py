"""Raw content cannot slip out by accident."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from datetime import UTC, datetime

import pytest

from rufgate.sanitize.raw import RawMessage, RawText

SECRET = "ada.whitcombe@home.example"
MESSAGE = RawMessage(
    SECRET.encode(),
    received_at=datetime(2026, 11, 3, tzinfo=UTC),
    mail_from=SECRET,
    helo=SECRET,
    client_ip=SECRET,
)
RAW = [RawText(SECRET), MESSAGE]


@pytest.mark.parametrize("raw", RAW)
@pytest.mark.parametrize(
    "use",
    [
        str,
        lambda raw: f"{raw}",
        lambda raw: format(raw, ">80"),
        lambda raw: "%s" % raw,  # noqa: UP031 - the form itself is under test
        "{}".format,
        lambda raw: "".join([raw]),
        lambda raw: json.dumps({"raw": raw}),
        bytes,
        pickle.dumps,
        lambda raw: pickle.dumps(raw, 0),
        lambda raw: pickle.dumps([raw]),
        copy.copy,
        copy.deepcopy,
        vars,
    ],
)
def test_it_is_turned_into_nothing(raw, use):
    with pytest.raises(TypeError) as caught:
        use(raw)
    assert SECRET not in repr(caught.value)


def test_its_repr_tells_only_the_size():
    assert repr(RawText(SECRET)) == f"<RawText {len(SECRET)} chars>"
    assert repr(MESSAGE) == f"<RawMessage {len(SECRET)} bytes>"
    assert SECRET not in f"{RAW!r} {MESSAGE.helo!r} {MESSAGE.mail_from!r} {MESSAGE.client_ip!r}"


def test_a_log_line_cannot_hold_it(caplog, monkeypatch):
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logging.getLogger("rufgate").error("got %s", RawText(SECRET))
    logging.getLogger("rufgate").error("got %r", RawText(SECRET))
    assert "got <RawText" in caplog.text
    assert SECRET not in caplog.text


def test_it_opens_by_one_door():
    assert RawText(SECRET).reveal() == SECRET
    assert MESSAGE.reveal() == SECRET.encode()
    doors = (MESSAGE.mail_from, MESSAGE.helo, MESSAGE.client_ip)
    assert [door.reveal() for door in doors] == [SECRET] * 3
    assert not hasattr(RawText(SECRET), "__dict__")
    assert not hasattr(MESSAGE, "__dict__")


def test_it_cannot_be_given_other_content():
    with pytest.raises(AttributeError):
        MESSAGE.mail_from = RawText("other")
    with pytest.raises(AttributeError):
        RawText(SECRET).text = "other"


def test_equal_text_is_equal_and_never_equals_plain_text():
    assert RawText("a") == RawText("a")
    assert hash(RawText("a")) == hash(RawText("a"))
    assert RawText("a") != RawText("b")
    assert RawText("a") != "a"
    assert [len(RawText("abc")), bool(RawText("")), bool(RawText("a"))] == [3, False, True]
