"""The main process's side of the workers: the template process and the workers it forks.

In:  a ``Job``, sent to the template once; a ``Task`` and the message's bytes for each run.
Out: an ``Answer``: how the run ended, and the bytes that the worker sent.
SECURITY: nothing here looks into what a worker sent. The template gets a bare environment, so
     that no secret of ours stands in a worker's.
FAILS: ``TemplateLost`` where no worker can be forked; ``WorkerDied`` where one ended by itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Self, final

from rufgate.recognize.clamd import lend
from rufgate.recognize.sandbox import Confinement
from rufgate.recognize.worker_process import (
    ANSWER,
    ENVIRONMENT,
    LENGTH,
    MODELS_BYTES,
    Job,
    Status,
    Task,
)
from rufgate.sanitize.raw import Content

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from rufgate.recognize.worker_process import main;"
    "main(int(sys.argv[2]), int(sys.argv[3]))"
)
_FORK_WITHIN_S = 5.0
_LAUNCH_WITHIN_S = 120.0
_END_WITHIN_S = 5.0
_MAX_ANSWER = 64 * 2**20  # far above any result: a text of 64 KiB for a few hundred analysts


class TemplateLost(Exception):  # noqa: N818 - an outcome, not an error of the caller
    """The template could not load its models, or is gone."""


class WorkerDied(Exception):  # noqa: N818 - an outcome, not an error of the caller
    """A worker ended without an answer, or sent nonsense."""


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """How a run ended, and the bytes the worker sent: not trusted."""

    status: Status
    payload: bytearray


@final
class Worker:
    """One forked process; runs one task at a time."""

    def __init__(self, tasks: socket.socket, pid: int, confinement: Confinement) -> None:
        self._tasks = tasks
        self.confinement = confinement
        self._pidfd = os.pidfd_open(pid)  # a process id may be given away again, this may not
        self.runs = 0

    @property
    def alive(self) -> bool:
        """Whether the process has not ended yet."""
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return not poll.poll(0)

    async def run(self, task: Task, content: Content) -> Answer:
        """Send a task and wait for its answer; raises ``WorkerDied``."""
        self.runs += 1
        loop = asyncio.get_running_loop()
        head = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        # A worker without memory for the message answers before it has read it, and closes.
        with suppress(BrokenPipeError, ConnectionResetError):
            await loop.sock_sendall(self._tasks, LENGTH.pack(len(head)) + head)
            if task.clamd is not None:
                is_first = task.reason is None
                await lend(self._tasks, await task.clamd.address.connect() if is_first else None)
            await loop.sock_sendall(self._tasks, content)
        try:
            status, length = ANSWER.unpack(await self._first_answer())
            if length > _MAX_ANSWER:
                raise WorkerDied
            return Answer(Status(status), await _receive(self._tasks, length))
        except (OSError, EOFError, ValueError):
            raise WorkerDied from None

    async def _first_answer(self) -> bytearray:
        try:
            return await _receive(self._tasks, ANSWER.size)
        except ConnectionResetError:  # reported once, before what had been sent earlier
            return await _receive(self._tasks, ANSWER.size)

    def kill(self) -> None:
        """End the process now; a run in progress ends as ``WorkerDied``."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def close(self) -> None:
        """Kill and let go. Only when no run is in progress: the loop would watch a dead number."""
        self.kill()
        os.close(self._pidfd)
        self._tasks.close()


@final
class Slot:
    """A place for one worker; empty until used, and after a death."""

    __slots__ = ("worker",)

    def __init__(self) -> None:
        self.worker: Worker | None = None

    def clear(self) -> None:
        """End the worker, if there is one."""
        if self.worker is not None:
            self.worker.close()
        self.worker = None


@final
class Template:
    """The process that holds the loaded models and forks workers, each within milliseconds."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._process = process
        self._control = control
        self._turn = asyncio.Lock()
        self.models = ""  # the form they have: words for a log

    @classmethod
    async def launch(cls, job: Job) -> Self:
        """Start the process; returns when the models are loaded."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = _popen(theirs.fileno())
        ours.setblocking(False)
        template = cls(process, ours)
        message = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        try:
            async with asyncio.timeout(_LAUNCH_WITHIN_S):
                loop = asyncio.get_running_loop()
                await loop.sock_sendall(ours, LENGTH.pack(len(message)) + message)
                await _receive(ours, LENGTH.size)
                template.models = (await _receive(ours, MODELS_BYTES)).decode("ascii").strip()
        except (OSError, EOFError):  # TimeoutError is an OSError
            await template.kill()
            raise TemplateLost from None
        except BaseException:  # cancelled while loading: leave no process behind
            await asyncio.shield(template.kill())
            raise
        return template

    async def fork(self) -> Worker:
        """A fresh worker; raises ``TemplateLost``. Must run to its end: requests keep in step."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            async with self._turn, asyncio.timeout(_FORK_WITHIN_S):
                with theirs:
                    socket.send_fds(self._control, [b"F"], [theirs.fileno()])
                (pid,) = LENGTH.unpack(await _receive(self._control, LENGTH.size))
                (held,) = await _receive(ours, 1)
            return Worker(ours, pid, Confinement(held))
        except (OSError, EOFError):
            ours.close()
            self._process.kill()  # out of step, or gone; its workers die with it
            raise TemplateLost from None

    async def stop(self) -> None:
        """End the process and its workers, and wait for all. No ``fork`` may be running."""
        self._control.close()
        try:
            await asyncio.to_thread(self._process.wait, _END_WITHIN_S)
        except subprocess.TimeoutExpired:
            await self.kill()

    async def kill(self) -> None:
        """End the process at once; its workers die with it."""
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
        self._control.close()


def _popen(control_fd: int) -> subprocess.Popen[bytes]:
    # From the loop's own thread: PR_SET_PDEATHSIG counts the end of the starting *thread* as death.
    arguments = [json.dumps(sys.path), str(control_fd), str(os.getpid())]
    return subprocess.Popen(  # noqa: S603 - our own interpreter with constant code
        [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, *arguments],
        env=ENVIRONMENT,
        pass_fds=(control_fd,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


async def _receive(source: socket.socket, size: int) -> bytearray:
    loop = asyncio.get_running_loop()
    buffer = bytearray(size)
    with memoryview(buffer) as view:
        done = 0
        while done < size:
            count = await loop.sock_recv_into(source, view[done:])
            if not count:
                raise EOFError
            done += count
    return buffer
