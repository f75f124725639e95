"""Nothing is filed away, and nothing marked as imported, before it is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rufgate.receive import importer
from rufgate.receive.importer import Became, Importer, ImportStopped, Seen
from rufgate.receive.mailboxes import open_mailbox
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Marks(dict[str, str]):
    """In memory."""

    def became(self, digest: str) -> str | None:
        return self.get(digest)

    def note(self, digest: str, became: str) -> None:
        self[digest] = became


class Answering:
    """An intake that answers as told, and remembers when each mail was said to have come."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self.came_at: list[datetime] = []

    async def accept(self, message: RawMessage) -> Reply:
        self.came_at.append(message.received_at)
        return self._replies.pop(0) if self._replies else Reply.OK

    def __call__(self, _on_recorded: Callable[..., None]) -> Any:
        return self


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "_FIRST_WAIT_S", 0.001)


def imported(box: Path, intake: Answering, marks: Marks, move_to: Path | None = None) -> list[Seen]:
    run = Importer(
        intake,
        marks,
        digest=lambda content: content.hex(),
        clock=lambda: NOW,
        max_bytes=10_000,
        move_to=str(move_to) if move_to else None,
    )

    async def all_of_it() -> list[Seen]:
        return [seen async for seen in run.run(open_mailbox(box))]

    return asyncio.run(all_of_it())


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "one.eml").write_bytes(b"Date: Tue, 03 Mar 2026 10:11:12 +0000\n\none")
    return folder


@pytest.mark.parametrize("reply", [Reply.TRY_LATER, Reply.STORE_FULL])
def test_what_is_not_recorded_stays_where_it_lies_and_is_tried_again(
    box: Path, tmp_path: Path, reply: Reply
) -> None:
    marks, done = Marks(), tmp_path / "done"
    with pytest.raises(ImportStopped):
        imported(box, Answering(*[reply] * 9), marks, done)
    assert marks == {}
    assert [path.name for path in box.iterdir()] == ["one.eml"]
    assert not done.exists()
    (seen,) = imported(box, Answering(Reply.TRY_LATER, Reply.OK), marks, done)
    assert seen.filed_away
    assert len(marks) == 1


def test_a_mail_came_when_it_says_and_never_in_the_future(box: Path) -> None:
    (box / "two.eml").write_bytes(b"Received: by a; Fri, 01 Jan 2100 00:00:00 +0000\n\ntwo")
    (box / "zero.eml").write_bytes(b"Received: by a; soon\nSubject: x\n\nthree")
    intake = Answering()
    imported(box, intake, Marks())
    assert intake.came_at == [datetime(2026, 3, 3, 10, 11, 12, tzinfo=UTC), NOW, NOW]


def test_a_loop_and_what_is_too_large_stay(box: Path, tmp_path: Path) -> None:
    (box / "two.eml").write_bytes(b"x" * 10_001)
    marks = Marks()
    seen = imported(box, Answering(Reply.LOOP), marks, tmp_path / "done")
    assert [one.became for one in seen] == [Became.LOOP, Became.TOO_LARGE]
    assert len(list(box.iterdir())) == 2
    assert list(marks.values()) == ["loop"]  # too large today may be taken tomorrow


def test_links_inside_a_folder_are_not_followed(box: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"Subject: x\n\nsecret")
    (box / "link.eml").symlink_to(tmp_path / "secret")
    assert len(imported(box, Answering(), Marks())) == 1
