"""Large messages go to a worker through its pipe alone: held once there, and twice if need be."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from uuid import uuid4

from test_pool import NOW, is_bare, make

from rufgate.receive.content import Content
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import Reason

SIZE = 8 * 2**20


def large(verb: str, size: int = SIZE) -> RawMessage:
    content = Content()
    content.add(f"{verb} ".encode() + b"x" * size)
    received = content.take(size + 7)
    return RawMessage(received.text, received_at=NOW, size=received.size)


async def sanitized(message: RawMessage, **steps):
    pool = make(**steps)
    await pool.start()
    try:
        return await pool.sanitize(message, uuid4())
    finally:
        await pool.stop()


async def test_a_worker_holds_it_once():
    """Its limit is 64 MB: a message of 48 fits in once, but not twice."""
    message = large("digest", 48 * 2**20)
    result = await sanitized(message)
    said = str(result.report.policy)
    assert said == hashlib.sha256(memoryview(message.reveal())).hexdigest()
    assert result.report.size_bytes == len(message)


async def test_a_second_run_gets_it_again():
    faults = []
    message = large("fail")
    result = await sanitized(message, on_fault=lambda reason, _name: faults.append(reason))
    assert result.report.reason is Reason.PARSER_ERROR
    assert faults == [Reason.PARSER_ERROR]


async def test_what_kills_two_workers_is_a_row():
    message = large("die always")
    pool = make()
    await pool.start()
    try:
        outcomes = [
            await asyncio.gather(pool.sanitize(message, uuid4()), return_exceptions=True)
            for _ in range(2)
        ]
    finally:
        await pool.stop()
    assert type(outcomes[0][0]).__name__ == "Unavailable"
    assert is_bare(outcomes[1][0])


def open_in(pid: int | str) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


async def test_nothing_is_left_open_in_either_process():
    pool = make()
    await pool.start()
    try:
        first = await pool.sanitize(large("ok"), uuid4())
        worker = int(str(first.report.policy).split()[0])
        ours, theirs = (open_in(pid) for pid in ("self", worker))
        for _ in range(5):
            await pool.sanitize(large("ok"), uuid4())
        assert open_in("self") <= ours
        assert open_in(worker) <= theirs
    finally:
        await pool.stop()


async def test_large_ones_leave_a_worker_to_ordinary_reports():
    pool = make(processes=2)
    await pool.start()
    try:
        dozing = [asyncio.create_task(pool.sanitize(large("doze"), uuid4())) for _ in range(3)]
        await asyncio.sleep(0.3)
        small = RawMessage(b"ok", received_at=NOW)
        for _ in range(3):
            await pool.sanitize(small, uuid4())
        assert not any(task.done() for task in dozing)
        await asyncio.gather(*dozing)
        await asyncio.gather(*(pool.sanitize(small, uuid4()) for _ in range(4)))
    finally:
        await pool.stop()


def _name(line: str) -> str:
    return " ".join(line.split()[5:])


def shared_by(pid: int | str) -> list[str]:
    """Mappings that another process could have, too."""
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    shared = [line for line in lines if line.split()[1][3] == "s"]
    hidden = ("/dev/shm", "/memfd:", "/dev/zero")
    return [line for line in shared if _name(line).startswith(hidden) or not _name(line)]


async def test_no_memory_is_shared_with_a_worker():
    """Raw mail is in nobody's memory but that of the two that must read it."""
    pool = make()
    await pool.start()
    try:
        first = await pool.sanitize(large("ok"), uuid4())
        worker = int(str(first.report.policy).split()[0])
        assert [*shared_by("self"), *shared_by(worker)] == []
    finally:
        await pool.stop()
