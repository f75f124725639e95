"""Worker processes: time-limited, memory-capped, replaced when they die.

In:  a ``RawMessage``; its bytes go to a worker over a socket pair, never through a file.
Out: ``Sanitized`` or ``OuterLoop``.
SECURITY: what comes back from a worker is not trusted: only the types of ``sanitize.sanitized``
     are unpickled, and of an exception only the type's name is seen.
FAILS: ``Unavailable`` (451) for what may end differently on a retry: no free worker, or a worker's
     first death over this content. What would end the same each time (time or memory limit, an
     error in the parser) is run again at tier ``metadata`` without recognizer, and failing that
     becomes a bare row; so does the second death over the same content.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Protocol, final
from uuid import UUID

from rufgate.recognize.answer import NotAResult, read_result
from rufgate.recognize.clamd import Clamd
from rufgate.recognize.deaths import Deaths
from rufgate.recognize.sandbox import Confinement
from rufgate.recognize.template import Slot, Template, TemplateLost, Worker, WorkerDied
from rufgate.recognize.worker_process import Job, Run, Status, Task
from rufgate.sanitize import redact
from rufgate.sanitize.authenticity import DkimKey
from rufgate.sanitize.policy import Audience
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop, Rules
from rufgate.sanitize.sanitized import Reason, Sanitized
from rufgate.sanitize.spans import Recognizer

Outcome = Sanitized | OuterLoop
_ANSWER_WITHIN_S = 51.0  # SM-6: 60 s to the reply, less what look-ups (4 s) and the commit need
_LEAST_WAIT_S = 1.0
_LARGE = 2**20  # bytes
_MAX_RUNS = 5000  # a worker is replaced after so many, before slow growth reaches its memory limit


class Unavailable(Exception):  # noqa: N818 - an outcome that becomes a 451
    """Nobody could take the message now; a retry may end differently."""


class Bare(Protocol):
    """``sanitize.redact.bare``, or what a test puts in its place."""

    def __call__(
        self, message: RawMessage, *, rules: Rules, report_id: UUID, reason: Reason
    ) -> Sanitized:
        """A row that says only when, how large and why; parses nothing."""
        ...


def _ignore(reason: Reason, detail: str) -> None:
    del reason, detail


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """What is done with a message. Tests put functions of their own here.

    ``on_fault`` is told of each run that did not end well: why, and the exception's type name.
    """

    run: Run = redact.sanitize
    bare: Bare = redact.bare
    on_fault: Callable[[Reason, str], None] = _ignore
    clamd: Clamd | None = None


class WorkerPool:
    """``processes`` workers, forked from one template that has loaded the models."""

    def __init__(
        self,
        rules: Rules,
        *,
        processes: int,
        time_limit_s: float,
        memory_limit_mb: int,
        recognizer: Callable[[], Recognizer | None],
        steps: Steps | None = None,
    ) -> None:
        self._steps = steps or Steps()
        self._rules = rules
        keyless = replace(rules, keyring=replace(rules.keyring, epoch_key=b""))
        self._job = Job(  # whose template outlives epochs: each task brings its key
            rules=keyless,
            recognizer=recognizer,
            run=self._steps.run,
            memory_limit_mb=memory_limit_mb,
        )
        self._time_limit_s = time_limit_s
        self.wait_limit_s = max(_LEAST_WAIT_S, _ANSWER_WITHIN_S - 2 * time_limit_s)
        self._slots = [Slot() for _ in range(processes)]
        self._free: asyncio.LifoQueue[Slot] = asyncio.LifoQueue()  # the last used is the warmest
        for slot in self._slots:
            self._free.put_nowait(slot)
        self._large = asyncio.Semaphore(max(1, processes - 1))  # a worker is left to others
        self._template: Template | None = None
        self._launching = asyncio.Lock()
        self._stopped = False
        self._deaths = Deaths()

    async def start(self) -> None:
        """Returns when every worker has loaded its model; raises ``TemplateLost``."""
        held = [self._free.get_nowait() for _ in self._slots]
        try:
            for slot in held:
                await self._worker(slot)
        finally:
            for slot in held:
                self._free.put_nowait(slot)

    def use(self, keyring: Keyring) -> None:
        """From the next message on; what is under way keeps the key that it began with."""
        self._rules = replace(self._rules, keyring=keyring)

    @property
    def models(self) -> str:
        """Which form the loaded models have."""
        return self._template.models if self._template is not None else ""

    @property
    def confinement(self) -> Confinement:
        """What every worker that runs is confined by."""
        running = (slot.worker.confinement for slot in self._slots if slot.worker is not None)
        return reduce(and_, running, ~Confinement(0))

    async def stop(self) -> None:
        """End every process and wait for it; what is running ends as ``Unavailable``."""
        self._stopped = True
        for slot in self._slots:
            if slot.worker is not None:
                slot.worker.kill()
        held = [await self._free.get() for _ in self._slots]  # each holder has seen its worker die
        for slot in held:
            slot.clear()
        async with self._launching:
            if self._template is not None:
                await self._template.stop()
                self._template = None
        for slot in held:
            self._free.put_nowait(slot)  # whoever waits is told at once

    async def sanitize(
        self,
        message: RawMessage,
        report_id: UUID,
        audiences: tuple[Audience, ...] | None = None,
        *,
        dkim_keys: tuple[DkimKey, ...] = (),
    ) -> Outcome:
        """Everything ``message`` becomes; raises ``Unavailable``.

        With ``audiences`` the copies are for those, and not for the analysts of the rules.
        ``dkim_keys`` are those by which the worker verifies the message's own signatures.
        """
        task = self._task(message, report_id, audiences, dkim_keys)
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self.wait_limit_s):
                    if len(message) > _LARGE:
                        await held.enter_async_context(self._large)
                    slot = await self._free.get()
            except TimeoutError:
                raise Unavailable from None
            return await self._run(slot, message, task)

    async def _run(self, slot: Slot, message: RawMessage, task: Task) -> Outcome:
        try:
            return await self._attempts(slot, message, task)
        except TemplateLost:
            raise Unavailable from None
        except asyncio.CancelledError:
            slot.clear()  # its worker is amid a message that nobody waits for
            raise
        finally:
            self._free.put_nowait(slot)

    def _task(
        self,
        message: RawMessage,
        report_id: UUID,
        audiences: tuple[Audience, ...] | None,
        dkim_keys: tuple[DkimKey, ...],
    ) -> Task:
        content = message.reveal()
        return Task(
            size=len(content),
            wire_size=len(message) if message.is_plain else None,
            mail_from=message.mail_from.reveal(),
            helo=message.helo.reveal(),
            client_ip=message.client_ip.reveal(),
            received_at=message.received_at,
            report_id=report_id,
            reason=None,
            keyring=self._rules.keyring,
            audiences=audiences,
            dkim_keys=dkim_keys,
            clamd=self._steps.clamd,
        )

    async def _attempts(self, slot: Slot, message: RawMessage, task: Task) -> Outcome:
        try:
            first = await self._attempt(slot, message, task)
        except WorkerDied:
            slot.clear()
            if self._stopped or not await self._deaths.seen(message):
                raise Unavailable from None
            return await self._bare(message, task, Reason.WORKER_DIED)
        if not isinstance(first, Reason):
            return first
        try:
            second = await self._attempt(slot, message, replace(task, reason=first))
        except WorkerDied:
            slot.clear()
            if self._stopped:
                raise Unavailable from None
            second = first
        if not isinstance(second, Reason):
            return second
        return await self._bare(message, task, first)

    async def _bare(self, message: RawMessage, task: Task, reason: Reason) -> Sanitized:
        rules = replace(self._rules, keyring=task.keyring)
        return await asyncio.to_thread(
            self._steps.bare, message, rules=rules, report_id=task.report_id, reason=reason
        )

    async def _attempt(self, slot: Slot, message: RawMessage, task: Task) -> Outcome | Reason:
        """One run; a ``Reason`` where it would end the same each time."""
        worker = await self._worker(slot)
        try:
            async with asyncio.timeout(self._time_limit_s):
                answer = await worker.run(task, message.reveal())
        except TimeoutError:
            slot.clear()
            return self._fault(Reason.TIME_LIMIT)
        except WorkerDied:
            self._fault(Reason.WORKER_DIED)
            raise
        match answer.status:
            case Status.RESULT:
                return self._result(answer.payload)
            case Status.FAULT:
                return self._fault(Reason.PARSER_ERROR, answer.payload)
            case Status.MEMORY:
                slot.clear()
                return self._fault(Reason.MEMORY_LIMIT)

    def _result(self, payload: bytearray) -> Outcome:
        try:
            return read_result(payload)
        except NotAResult:
            self._fault(Reason.WORKER_DIED)
            raise WorkerDied from None

    def _fault(self, reason: Reason, type_name: bytearray | None = None) -> Reason:
        name = (type_name or b"")[:64].decode("ascii", "replace")
        self._steps.on_fault(reason, name if name.isidentifier() else "")
        return reason

    async def _worker(self, slot: Slot) -> Worker:
        """The slot's worker, or a fresh one where it is spent, dead or missing."""
        worker = slot.worker
        if worker is None or worker.runs >= _MAX_RUNS or not worker.alive:
            slot.clear()
            forking = asyncio.create_task(self._fork())
            try:
                worker = slot.worker = await asyncio.shield(forking)
            except asyncio.CancelledError:
                forking.add_done_callback(_discard)
                raise
        return worker

    async def _fork(self) -> Worker:
        """From the template that is there, else from a new one."""
        async with self._launching:
            if self._stopped:
                raise TemplateLost
            if self._template is not None:
                try:
                    return await self._template.fork()
                except TemplateLost:
                    await self._template.kill()
                    self._template = None
            self._template = await Template.launch(self._job)
            return await self._template.fork()


def _discard(forking: asyncio.Task[Worker]) -> None:
    if not forking.cancelled() and forking.exception() is None:
        forking.result().close()
