"""What real workers run in the pool's tests in place of ``sanitize``; the content says what."""

import os
import resource
import sys
import time
from pathlib import Path

from rufgate.sanitize.raw import RawText
from rufgate.sanitize.redact import OuterLoop
from rufgate.sanitize.sanitized import Kind, Sanitized, SanitizedReport, SanitizedText, Tier

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


def nap(message):
    time.sleep(0.05)


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
    sockets = [fd for fd in os.listdir("/proc/self/fd") if is_socket(fd)]  # noqa: PTH208 - numbers
    assert len(sockets) == 1, "a worker holds another's socket"


def is_socket(fd):
    try:
        return os.readlink(f"/proc/self/fd/{fd}").startswith("socket:")  # noqa: PTH115 - no file
    except FileNotFoundError:
        return False


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
    "forge": forge,
    "gzip": gzip_end,
    "facts": facts,
    "loop": loop,
}
