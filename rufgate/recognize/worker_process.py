"""What runs outside the main process: a template that loads the models, and its forked workers.

In:  over the control socket: one pickled ``Job``, then a socket for each worker to be forked.
     Over a worker's socket: a pickled ``Task``, then the message's bytes.
Out: over the control socket: the process id of each worker; over a worker's socket: what it is
     confined by, then for each task one status byte, a length and a payload (``Status``).
SECURITY: the input is hostile. A worker writes no file, dumps no core, prints nothing, cannot be
     traced by its own user, dies with its parent, and is confined as ``sandbox`` says. Of an
     exception only the type's name leaves.
FAILS: past its memory limit a worker says so, if it still can, and ends; whatever else kills it
     shows as the end of its socket.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import resource
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Protocol
from uuid import UUID

from rufgate.recognize.clamd import Clamd, lent_scanner
from rufgate.recognize.descriptors import receive, receive_message
from rufgate.recognize.sandbox import Sandbox
from rufgate.recognize.signatures import verify_signatures
from rufgate.sanitize.authenticity import DkimKey
from rufgate.sanitize.policy import Audience
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import Content, RawMessage
from rufgate.sanitize.redact import OuterLoop, Rules
from rufgate.sanitize.sanitized import Reason, Sanitized, Tier, Unscanned
from rufgate.sanitize.scan import Scanner
from rufgate.sanitize.spans import Recognizer
from rufgate.sanitize.verdicts import DkimResult

# One thread each: the pool has as many processes as it may use cores, and a fork keeps no threads.
ENVIRONMENT = {
    "BLIS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": os.defpath,
    "TOKENIZERS_PARALLELISM": "false",
    "TZ": "UTC",
}
LENGTH = struct.Struct("!Q")
ANSWER = struct.Struct("!cQ")
READY = 0  # sent in place of a process id once the models are loaded, before their form
MODELS_BYTES = 32
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38  # linux/prctl.h


class Run(Protocol):
    """``sanitize.redact.sanitize``, or what a test puts in its place."""

    def __call__(  # noqa: PLR0913 - as the filter itself
        self,
        message: RawMessage,
        *,
        rules: Rules,
        report_id: UUID,
        recognizer: Recognizer | None,
        tier_cap: Tier = Tier.TEXT,
        reason: Reason | None = None,
        scanner: Scanner | None = None,
    ) -> Sanitized | OuterLoop:
        """Everything ``message`` becomes."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What every worker does, sent once; its functions are pickled by name."""

    rules: Rules
    recognizer: Callable[[], Recognizer | None]
    run: Run
    memory_limit_mb: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One message without its bytes, which follow on the socket.

    ``reason`` is set for a second run: without recognizer, at tier ``metadata`` only.
    ``keyring`` has the epoch of this message: a new one is taken up between two messages.
    ``audiences`` stand in for those of the rules; None: those of the rules.
    ``clamd``: a connection to it, or word that there is none, comes before the message's bytes.
    ``wire_size`` is that of the message before its line ends became one LF, if they did.
    ``dkim_keys`` are those of the message's signatures, looked up beforehand.
    """

    size: int
    wire_size: int | None
    mail_from: str
    helo: str
    client_ip: str
    received_at: datetime
    report_id: UUID
    reason: Reason | None
    keyring: Keyring
    audiences: tuple[Audience, ...] | None = None
    dkim_keys: tuple[DkimKey, ...] = ()
    clamd: Clamd | None = None


class Status(Enum):
    """How a run ended; the value is the first byte of the answer."""

    RESULT = b"R"  # payload: the pickled result
    FAULT = b"E"  # payload: the exception's type name
    MEMORY = b"M"


def main(control_fd: int, parent: int) -> None:
    """The template: load the models once, then fork a worker for each socket that arrives."""
    sandbox = Sandbox()
    _confine(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; serve decides
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # dead workers leave no zombies
    with socket.socket(fileno=control_fd) as control:
        job: Job = pickle.loads(receive(control, _length(control)))  # noqa: S301 - from our parent
        recognizer = job.recognizer()
        gc.collect()
        gc.freeze()  # the collector would touch, and so copy, every page shared with the workers
        control.sendall(LENGTH.pack(READY) + _models(recognizer))
        while fd := _next_socket(control):
            _fork(control, fd, job, recognizer, sandbox)
    with suppress(ChildProcessError):
        os.wait()  # while SIGCHLD is ignored: until the last worker has ended


def _models(recognizer: Recognizer | None) -> bytes:
    """Which form the models have, in a fixed number of bytes."""
    form = getattr(recognizer, "models", "") if recognizer else "none"
    return str(form).encode("ascii", "replace")[:MODELS_BYTES].ljust(MODELS_BYTES)


def _next_socket(control: socket.socket) -> int | None:
    _, fds, _, _ = socket.recv_fds(control, 1, 1)
    return fds[0] if fds else None


def _fork(
    control: socket.socket, fd: int, job: Job, recognizer: Recognizer | None, sandbox: Sandbox
) -> None:
    template = os.getpid()
    pid = os.fork()
    if pid:
        os.close(fd)
        control.sendall(LENGTH.pack(pid))
        return
    try:
        control.close()
        _confine(template)
        _restrict(job.memory_limit_mb)
        with socket.socket(fileno=fd) as tasks:
            tasks.sendall(bytes([sandbox.enter()]))
            serve(tasks, job, recognizer)
    finally:
        os._exit(0)  # never back into the template's loop, whatever was raised


def serve(tasks: socket.socket, job: Job, recognizer: Recognizer | None) -> None:
    """Run one task after another until the socket ends or memory runs out."""
    status = Status.RESULT
    while status is not Status.MEMORY:
        try:
            task: Task = pickle.loads(receive(tasks, _length(tasks)))  # noqa: S301 - from our parent
            scanner = _scanner(tasks, task)
            content = receive_message(tasks, task.size)
        except EOFError:
            return
        except MemoryError:
            status, payload = Status.MEMORY, b""
        else:
            tools = _Tools(None if task.reason else recognizer, scanner)
            status, payload = _outcome(task, content, job, tools)
            if scanner is not None:
                scanner.close()
        tasks.sendall(ANSWER.pack(status.value, len(payload)) + payload)


def _scanner(tasks: socket.socket, task: Task) -> Scanner | None:
    if task.clamd is None:
        return None
    why_not = Unscanned.SECOND_RUN if task.reason else Unscanned.NOT_REACHED
    return lent_scanner(tasks, task.clamd.limits, why_not)


@dataclass(frozen=True, slots=True)
class _Tools:
    """What a run works with beside the rules."""

    recognizer: Recognizer | None
    scanner: Scanner | None


def _outcome(task: Task, content: Content, job: Job, tools: _Tools) -> tuple[Status, bytes]:
    try:
        message = RawMessage(
            content,
            received_at=task.received_at,
            mail_from=task.mail_from,
            helo=task.helo,
            client_ip=task.client_ip,
            size=task.wire_size,
        )
        run = job.run if tools.scanner is None else partial(job.run, scanner=tools.scanner)
        result = run(
            message,
            rules=_rules(task, job),
            report_id=task.report_id,
            recognizer=tools.recognizer,
            tier_cap=Tier.METADATA if task.reason else Tier.TEXT,
            reason=task.reason,
        )
        if isinstance(result, Sanitized):
            result = _with_signatures(result, message, task)
        return Status.RESULT, pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return Status.MEMORY, b""
    except Exception as error:  # noqa: BLE001 - the outermost loop of this process
        return Status.FAULT, type(error).__name__.encode("ascii", "replace")


def _with_signatures(result: Sanitized, message: RawMessage, task: Task) -> Sanitized:
    """A second run says them, too: who wrote the reported mail could else, by what makes the first
    one too slow, have its reporter count as a stranger and be refused. There they may fail alone.
    """
    try:
        return replace(result, signatures=verify_signatures(message, task.dkim_keys))
    except MemoryError:
        if task.reason is None:
            raise
        return replace(result, signatures=tuple(DkimResult.NEUTRAL for _ in task.dkim_keys))


def _rules(task: Task, job: Job) -> Rules:
    audiences = job.rules.audiences if task.audiences is None else task.audiences
    return replace(job.rules, keyring=task.keyring, audiences=audiences)


def _length(source: socket.socket) -> int:
    (length,) = LENGTH.unpack(receive(source, LENGTH.size))
    return int(length)


def _confine(parent: int) -> None:
    """Die with the parent, gain no rights, let nobody look inside: no core dump, no ptrace."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_DUMPABLE, 0)  # a limit of 0 alone does not stop a core_pattern of a pipe
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.getppid() != parent:  # it died before the signal was asked for
        os._exit(0)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl failed")


def _restrict(memory_limit_mb: int) -> None:
    """Limits of a worker: memory beyond the loaded models, no file written, nothing printed."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    memory = pages * resource.getpagesize() + memory_limit_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)  # a library's warning may quote its input
    os.close(silent)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
