"""What real workers run in the pool's tests in place of ``sanitize``; the content says what."""

import ctypes
import errno
import hashlib
import importlib
import os
import resource
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from rufgate.sanitize.raw import RawText
from rufgate.sanitize.redact import OuterLoop
from rufgate.sanitize.sanitized import Kind, Sanitized, SanitizedReport, SanitizedText, Tier

PR_GET_DUMPABLE = 3
SECRET = "alice.canary@example.com"


class Forged:
    """A result that would run code where it is read."""

    def __reduce__(self):
        return os.system, ("exit 3",)


def no_recognizer():
    return None


def broken_recognizer():
    raise OSError("no such model")


def report(message, report_id, tier, reason, note=""):
    text = SanitizedText(note)
    return Sanitized(
        report=SanitizedReport(
            id=report_id,
            received_at=message.received_at,
            size_bytes=len(message),
            kind=Kind.UNPARSED,
            tier=tier,
            reason=reason,
            policy=text,
            engine=text,
            key_id=text,
            fingerprint=text,
        )
    )


def bare(message, *, rules, report_id, reason):
    return report(message, report_id, Tier.METADATA, reason, "bare")


def run(message, *, rules, report_id, recognizer, tier_cap=Tier.TEXT, reason=None):
    verb, _, rest = bytes(message.reveal()[:200]).decode("ascii").partition(" ")
    if reason is None or rest.startswith("always"):
        outcome = ACTIONS[verb](message)
        if outcome is not None:
            return outcome
    return report(message, report_id, tier_cap, reason, note(message))


def run_slow_at_first(message, *, rules, report_id, recognizer, tier_cap=Tier.TEXT, reason=None):
    if reason is None:
        spin(message)
    return report(message, report_id, tier_cap, reason)


def note(message):
    envelope = (message.mail_from, message.helo, message.client_ip)
    return " ".join([str(os.getpid()), *(part.reveal() for part in envelope)])


def spin(message):
    while True:
        pass


def hog(message):
    return [bytearray(10**6) for _ in range(10**4)]


def die(message):
    os.kill(os.getpid(), 9)


def fail(message):
    sys.stderr.write(SECRET)
    sys.stderr.flush()
    raise LookupError(SECRET)


def recurse(message):
    return recurse(message)


def write(message):
    with Path("/tmp/rufgate-must-not-exist").open("wb") as file:
        file.write(message.reveal())


def recognize(message, *, rules, report_id, recognizer, tier_cap=Tier.TEXT, reason=None):
    found = recognizer.analyze(RawText(bytes(message.reveal()).decode())).spans
    spans = " ".join(sorted(f"{span.entity}:{span.start}:{span.end}" for span in found))
    return report(message, report_id, tier_cap, reason, spans)


def digest(message):
    """Reads all of it where it lies."""
    return report(
        message,
        uuid4(),
        Tier.TEXT,
        None,
        hashlib.sha256(memoryview(message.reveal())).hexdigest(),
    )


def nap(message):
    time.sleep(0.05)


def doze(message):
    time.sleep(1.5)


def forge(message):
    return Forged()


def gzip_end(message):
    raise EOFError(SECRET)


def facts(message):
    """Ends well only if the process is confined."""
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0)
    assert set(os.environ) <= {
        "BLIS_NUM_THREADS", "MALLOC_ARENA_MAX", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PATH",
        "TOKENIZERS_PARALLELISM", "TZ", "LC_CTYPE",
    }  # fmt: skip
    assert sum(map(is_socket, range(256))) == 1, "a worker holds another's socket"
    assert ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0


def is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False


def refused(attempt):
    """Whether the system forbids it; True also where it does not even know the call."""
    try:
        attempt()
    except (PermissionError, ValueError):  # the latter is how `resource` says it
        return True
    except OSError as error:
        return error.errno == errno.ENOSYS
    return False


def escape(message):
    """One attempt to get out; ends well only if it is refused."""
    _, name, target = bytes(message.reveal()).decode("ascii").split(" ", 2)
    assert refused(lambda: ESCAPES[name](target))


def reaches(message):
    """What a worker still needs works."""
    ours = socket.socket(fileno=os.dup(next(filter(is_socket, range(256)))))
    with ours, suppress(BlockingIOError):
        ours.recvmsg(1, socket.CMSG_LEN(4), socket.MSG_DONTWAIT)
        raise AssertionError("nobody sent anything")
    for module in ("encodings.cp037", "wave"):  # code that nothing has imported yet
        importlib.import_module(module)
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


def syscall(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def other_process():
    return os.getppid()


ESCAPES = {
    "write": lambda target: Path(target).write_bytes(b""),
    "empty": lambda target: os.open(target, os.O_RDONLY | os.O_TRUNC),
    "make": lambda target: os.open(target + ".new", os.O_RDONLY | os.O_CREAT),
    "append": lambda target: os.open(target, os.O_RDWR | os.O_APPEND),
    "remove": os.unlink,
    "rename": lambda target: os.rename(target, target + ".new"),  # noqa: PTH104 - the call itself
    "folder": lambda target: os.mkdir(target + ".new"),  # noqa: PTH102 - the call itself
    "mode": lambda target: os.chmod(target, 0o777),  # noqa: PTH101 - the call itself
    "read": lambda target: Path(target).read_bytes(),
    "list": lambda target: list(Path(target).parent.iterdir()),
    "environment": lambda _: Path(f"/proc/{other_process()}/environ").read_bytes(),
    "tcp": lambda target: socket.create_connection(("127.0.0.1", 9)),
    "tcp6": lambda _: socket.socket(socket.AF_INET6, socket.SOCK_STREAM),
    "udp": lambda _: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "unix": lambda _: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "pair": lambda _: socket.socketpair(),
    "netlink": lambda _: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "io_uring": lambda _: syscall(425, 1, bytes(120)),
    "clone3": lambda _: syscall(435, bytes(88), 64),
    "exec": lambda _: os.execv("/bin/true", ["true"]),
    "spawn": lambda _: subprocess.run(["/bin/true"], check=False),
    "fork": lambda _: os.fork() or os._exit(0),
    "kill": lambda _: os.kill(other_process(), 0),
    "pidfd": lambda _: os.pidfd_open(other_process()),
    "limit": lambda _: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    "limit_of": lambda _: resource.prlimit(other_process(), resource.RLIMIT_CPU, (1, 1)),
    "memfd": lambda _: os.memfd_create("x"),
    "trace": lambda _: syscall(101, 16, other_process(), 0, 0),
    "outlive": lambda _: prctl(1, 0),
    "dumpable": lambda _: prctl(4, 1),
}


def prctl(option, value):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "refused")


def loop(message):
    return OuterLoop()


ACTIONS = {
    "ok": lambda message: None,
    "spin": spin,
    "hog": hog,
    "die": die,
    "fail": fail,
    "recurse": recurse,
    "write": write,
    "nap": nap,
    "doze": doze,
    "digest": digest,
    "forge": forge,
    "gzip": gzip_end,
    "facts": facts,
    "loop": loop,
    "escape": escape,
    "reaches": reaches,
}
