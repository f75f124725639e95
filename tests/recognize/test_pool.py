"""Real worker processes: what they return, how they end, and that nothing is left of them."""

import asyncio
import io
import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from uuid import UUID, uuid4

import pool_runs
import pytest

from rufgate.recognize.answer import NotAResult, read_result
from rufgate.recognize.pool import Steps, Unavailable, WorkerPool
from rufgate.recognize.presidio import PresidioRecognizer
from rufgate.recognize.template import TemplateLost
from rufgate.sanitize.policy import Policy, Sender
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop, Rules
from rufgate.sanitize.sanitized import Reason, SanitizedReport, Tier

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RULES = Rules(
    policy=Policy(),
    keyring=Keyring(1, b"e" * 32, b"f" * 32, b"l" * 32),
    audiences=(),
    sender=Sender(address="gate@ruf.example.org", hostname="ruf.example.org"),
    engine="test",
)


def message(content: str | bytes) -> RawMessage:
    content = content.encode() if isinstance(content, str) else content
    return RawMessage(
        content,
        received_at=NOW,
        mail_from="r@example.net",
        helo="mx.example.net",
        client_ip="192.0.2.7",
    )


def make(processes=1, time_limit_s=5.0, recognizer=pool_runs.no_recognizer, **steps):
    return WorkerPool(
        RULES,
        processes=processes,
        time_limit_s=time_limit_s,
        memory_limit_mb=64,
        recognizer=recognizer,
        steps=Steps(run=pool_runs.run, bare=pool_runs.bare, **steps),
    )


@pytest.fixture
async def pool():
    pool = make()
    await pool.start()
    yield pool
    await pool.stop()


def pid(result) -> int:
    return int(str(result.report.policy).split()[0])


def is_bare(result) -> bool:
    return str(result.report.policy) == "bare"


def children(parent: int) -> set[int]:
    """Every living descendant of ``parent``."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, ppid = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(ppid) == parent and state != "Z":
            found |= {int(stat.parent.name)} | children(int(stat.parent.name))
    return found


async def gone(pids: set[int]) -> bool:
    """Whether all of ``pids`` end within five seconds."""
    for _ in range(100):
        if not any(alive(pid) for pid in pids):
            return True
        await asyncio.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def test_result_comes_back_with_what_was_sent(pool):
    report_id = uuid4()
    result = await pool.sanitize(message("ok"), report_id)
    assert result.report.id == report_id
    assert result.report.received_at == NOW
    assert (result.report.tier, result.report.reason) == (Tier.TEXT, None)
    assert str(result.report.policy).split()[1:] == ["r@example.net", "mx.example.net", "192.0.2.7"]
    assert pid(result) in children(os.getpid())


async def test_outer_loop_comes_back(pool):
    assert await pool.sanitize(message("loop"), uuid4()) == OuterLoop()


async def test_forked_worker_finds_what_the_recognizer_finds_unforked():
    text = "Dear John Smith,\n\nplease call Jane Miller on +44 20 7946 0958 from London.\n"
    content = message(text)
    here = pool_runs.recognize(
        content, rules=RULES, report_id=UUID(int=1), recognizer=PresidioRecognizer()
    )
    pool = WorkerPool(
        RULES,
        processes=2,
        time_limit_s=20,
        memory_limit_mb=300,
        recognizer=PresidioRecognizer,
        steps=Steps(run=pool_runs.recognize, bare=pool_runs.bare),
    )
    await pool.start()
    try:
        results = await asyncio.gather(*(pool.sanitize(content, UUID(int=1)) for _ in range(4)))
    finally:
        await pool.stop()
    assert "PERSON" in str(here.report.policy)
    assert results == [here] * 4


async def test_worker_is_confined(pool):
    result = await pool.sanitize(message("facts"), uuid4())
    assert result.report.reason is None


async def test_worker_is_kept_between_messages(pool):
    first = await pool.sanitize(message("ok"), uuid4())
    assert pid(await pool.sanitize(message("ok"), uuid4())) == pid(first)


async def test_past_time_limit_the_report_is_run_again_at_metadata_in_a_fresh_worker():
    pool = make(time_limit_s=0.4)
    await pool.start()
    try:
        before = pid(await pool.sanitize(message("ok"), uuid4()))
        result = await pool.sanitize(message("spin"), uuid4())
        assert (result.report.tier, result.report.reason) == (Tier.METADATA, Reason.TIME_LIMIT)
        assert pid(result) != before
        assert await gone({before})
    finally:
        await pool.stop()


async def test_past_time_limit_twice_a_bare_row_is_left():
    pool = make(time_limit_s=0.3)
    await pool.start()
    try:
        result = await pool.sanitize(message("spin always"), uuid4())
        assert is_bare(result)
        assert result.report.reason is Reason.TIME_LIMIT
        assert not is_bare(await pool.sanitize(message("ok"), uuid4()))
    finally:
        await pool.stop()


async def test_past_memory_limit_the_report_is_run_again_at_metadata_in_a_fresh_worker(pool):
    before = pid(await pool.sanitize(message("ok"), uuid4()))
    result = await pool.sanitize(message("hog"), uuid4())
    assert (result.report.tier, result.report.reason) == (Tier.METADATA, Reason.MEMORY_LIMIT)
    assert pid(result) != before
    assert is_bare(await pool.sanitize(message("hog always"), uuid4()))


async def test_message_larger_than_the_memory_limit_is_a_bare_row(pool):
    result = await pool.sanitize(message(b"ok " + bytes(80 * 2**20)), uuid4())
    assert is_bare(result)
    assert result.report.reason is Reason.MEMORY_LIMIT


async def test_first_death_is_temporary_second_over_the_same_content_is_a_bare_row(pool):
    with pytest.raises(Unavailable):
        await pool.sanitize(message("die"), uuid4())
    with pytest.raises(Unavailable):
        await pool.sanitize(message("die differently"), uuid4())
    result = await pool.sanitize(message("die"), uuid4())
    assert is_bare(result)
    assert result.report.reason is Reason.WORKER_DIED
    assert (await pool.sanitize(message("ok"), uuid4())).report.reason is None


async def test_worker_that_died_idle_costs_nobody_a_message(pool):
    before = pid(await pool.sanitize(message("ok"), uuid4()))
    os.kill(before, signal.SIGKILL)
    assert await gone({before})
    assert pid(await pool.sanitize(message("ok"), uuid4())) != before


@pytest.mark.parametrize("verb", ["fail", "recurse", "gzip", "write"])
async def test_error_in_the_parser_is_run_again_at_metadata(pool, verb):
    result = await pool.sanitize(message(verb), uuid4())
    assert (result.report.tier, result.report.reason) == (Tier.METADATA, Reason.PARSER_ERROR)
    assert not is_bare(result)
    assert is_bare(await pool.sanitize(message(f"{verb} always"), uuid4()))


async def test_of_an_exception_only_the_type_name_comes_out(capfd):
    faults = []
    pool = make(on_fault=lambda reason, name: faults.append((reason, name)))
    await pool.start()
    try:
        result = await pool.sanitize(message("fail"), uuid4())
    finally:
        await pool.stop()
    assert faults == [(Reason.PARSER_ERROR, "LookupError")]
    assert pool_runs.SECRET not in repr(result)
    assert capfd.readouterr() == ("", "")


async def test_result_that_names_other_code_is_not_run(pool):
    with pytest.raises(Unavailable):
        await pool.sanitize(message("forge"), uuid4())
    for value in (os.system, {"a": 1}, UUID(int=1)):
        with pytest.raises(NotAResult):
            read_result(pickle.dumps(value))
    with pytest.raises(NotAResult):
        read_result(b"\x80\x05junk")


class Attribute:
    """What is pickled as ``getattr(owner, name)``."""

    def __init__(self, owner, name):
        self.call = getattr, (owner, name)

    def __reduce__(self):
        return self.call


class ByName(pickle.Pickler):
    """Pickles members of enumerations as Python 3.11.2 does (CPython issue 105332)."""

    def reducer_override(self, value):
        if isinstance(value, Enum):
            return getattr, (type(value), value.name)
        return NotImplemented


def test_members_of_enumerations_are_read_as_early_311_pickles_them():
    result = pool_runs.report(message("x"), uuid4(), Tier.HEADERS, Reason.TIME_LIMIT)
    target = io.BytesIO()
    ByName(target, pickle.HIGHEST_PROTOCOL).dump(result)
    assert b"getattr" in target.getvalue()
    assert read_result(target.getvalue()) == result


@pytest.mark.parametrize(
    "attribute",
    [
        Attribute(Tier, "mro"),
        Attribute(Tier, "__class__"),
        Attribute(Tier, "NO_SUCH"),
        Attribute(SanitizedReport, "__init__"),
        Attribute("text", "format"),
    ],
)
def test_getattr_reaches_members_of_enumerations_only(attribute):
    note = Attribute(Tier, "HEADERS")
    reached = []
    for value in (note, attribute):
        result = pool_runs.report(message("x"), uuid4(), value, None)
        with suppress(NotAResult):
            reached.append(read_result(pickle.dumps(result)).report.tier)
    assert reached == [Tier.HEADERS]


async def test_death_leaves_the_other_worker_alone_and_twenty_messages_arrive():
    pool = make(processes=2)
    await pool.start()
    try:
        contents = [f"nap {number}" for number in range(20)]
        contents[5] = "die"
        results = await asyncio.gather(
            *(pool.sanitize(message(content), uuid4()) for content in contents),
            return_exceptions=True,
        )
    finally:
        await pool.stop()
    assert isinstance(results.pop(5), Unavailable)
    assert [r.report.size_bytes for r in results] == [len(c) for c in contents if c != "die"]
    assert len({pid(r) for r in results}) in (2, 3)


async def test_no_free_worker_within_the_wait_is_temporary():
    pool = make(time_limit_s=1.5)
    pool.wait_limit_s = 0.2
    await pool.start()
    try:
        busy = asyncio.create_task(pool.sanitize(message("spin"), uuid4()))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await pool.sanitize(message("ok"), uuid4())
        assert 0.1 < time.monotonic() - began < 1.0
        assert (await busy).report.reason is Reason.TIME_LIMIT
    finally:
        await pool.stop()


async def test_large_message_does_not_block_the_loop(pool):
    worker = pid(await pool.sanitize(message("ok"), uuid4()))
    os.kill(worker, signal.SIGSTOP)  # reads nothing: a blocking write would hang here for ever
    sending = asyncio.create_task(pool.sanitize(message(b"ok " + bytes(25 * 2**20)), uuid4()))
    await asyncio.sleep(0.2)
    assert not sending.done()
    os.kill(worker, signal.SIGCONT)
    assert (await sending).report.size_bytes == 25 * 2**20 + 3


async def test_cancelled_message_ends_its_worker_and_frees_its_place(pool):
    before = pid(await pool.sanitize(message("ok"), uuid4()))
    spinning = asyncio.create_task(pool.sanitize(message("spin"), uuid4()))
    await asyncio.sleep(0.1)
    spinning.cancel()
    with pytest.raises(asyncio.CancelledError):
        await spinning
    assert await gone({before})
    assert pid(await pool.sanitize(message("ok"), uuid4())) != before


def is_ours(process: int) -> bool:
    """Other tests' helpers are children of the same process: a database server is one."""
    return b"recognize.worker_process" in Path(f"/proc/{process}/cmdline").read_bytes()


async def test_lost_template_is_replaced(pool):
    old = {process for process in children(os.getpid()) if is_ours(process)}
    assert len(old) >= 2
    for child in old:
        os.kill(child, signal.SIGKILL)
    assert await gone(old)
    assert (await pool.sanitize(message("ok"), uuid4())).report.reason is None


async def test_stop_leaves_no_process_and_answers_what_runs():
    before = children(os.getpid())
    pool = make(processes=2)
    await pool.start()
    started = children(os.getpid()) - before
    assert len(started) == 3
    running = asyncio.create_task(pool.sanitize(message("spin"), uuid4()))
    await asyncio.sleep(0.1)
    await pool.stop()
    assert not any(alive(pid) for pid in started)
    with pytest.raises(Unavailable):
        await running
    with pytest.raises(Unavailable):
        await pool.sanitize(message("ok"), uuid4())


async def test_model_that_cannot_load_fails_the_start_and_leaves_no_process():
    before = children(os.getpid())
    pool = make(recognizer=pool_runs.broken_recognizer)
    with pytest.raises(TemplateLost):
        await pool.start()
    await pool.stop()
    assert children(os.getpid()) == before


KILLED = """
import asyncio, uuid
from test_pool import make, message

async def main():
    pool = make(processes=2)
    await pool.start()
    print("ready", flush=True)
    await pool.sanitize(message("spin"), uuid.uuid4())

asyncio.run(main())
"""


async def test_killed_main_process_leaves_no_worker():
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(  # noqa: ASYNC220 - the test has nothing else to do
        [sys.executable, "-c", KILLED], env={"PYTHONPATH": path}, stdout=subprocess.PIPE
    ) as main:
        assert main.stdout.readline() == b"ready\n"
        await asyncio.sleep(0.2)
        workers = children(main.pid)
        assert len(workers) == 3
        main.kill()
    assert await gone(workers)
