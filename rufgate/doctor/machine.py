"""The machine that the gate runs on: clock, swap, core dumps, detectors, certificate.

In:  settings; files of the system.
Out: findings.
FAILS: never: what a system does not tell is no finding.
"""

from __future__ import annotations

import ctypes
import os
import resource
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509

from rufgate.doctor.finding import Area, Finding
from rufgate.receive.smtp_server import server_tls
from rufgate.recognize.load import RecognizerUnavailable, load_recognizer
from rufgate.sanitize.sanitized import Tier
from rufgate.settings.schema import Settings

_SOON: Final = timedelta(days=21)
_UNSYNCHRONISED: Final = 0x0040  # STA_UNSYNC of adjtimex(2)
_TIMEX_WORDS: Final = 64  # more than the structure has
_STATUS_WORD: Final = 5  # of long integers, on 64-bit Linux
_LEAST_WORKERS_MB: Final = 600


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where the system tells what is so; tests name others."""

    swaps: Path = Path("/proc/swaps")
    memory: Path = Path("/proc/meminfo")
    sys_block: Path = Path("/sys/class/block")


def look_at_clock() -> Iterator[Finding]:
    """Ages, leases and retention all go by it."""
    area = Area("clock")
    if _is_unsynchronised():
        yield area.warning(
            "clock_unsynchronised",
            "the kernel says that nothing keeps its clock right",
            "run a time service (systemd-timesyncd, chrony): retention and leases go by this clock",
        )


def look_at_memory(settings: Settings, places: Places) -> Iterator[Finding]:
    """Raw mail lives in memory alone, so memory must not be written to a disk in clear."""
    area = Area("memory")
    for device in _open_swaps(places):
        yield area.warning(
            "swap_in_clear",
            f"memory may be swapped to {device} unencrypted: parts of raw mail with it",
            "encrypt it, switch it off, or set MemorySwapMax=0 in the unit",
        )
    if resource.getrlimit(resource.RLIMIT_CORE)[1] != 0:
        yield area.warning(
            "core_dumps",
            "a process of this session may write a core dump, with mail in it",
            "set LimitCORE=0 in the unit; the gate itself forbids its own dumps",
        )
    wanted = settings.workers.processes * _LEAST_WORKERS_MB
    free = _available_mb(places)
    if free is not None and free < wanted:
        yield area.warning(
            "little_memory",
            f"{free} MB are available; {settings.workers.processes} workers may need {wanted} MB",
            "give the machine more, or lower [workers] processes",
        )


def look_at_detectors(settings: Settings) -> Iterator[Finding]:
    """Models are loaded as a worker would, digests checked; not where no text is ever read."""
    tiers = [settings.policy.store_tier, *(analyst.tier for analyst in settings.analysts)]
    if all(tier is Tier.METADATA for tier in tiers):
        return
    try:
        load_recognizer()
    except RecognizerUnavailable as problem:
        yield Area("detectors").error(
            "detectors_unavailable", str(problem), "install rufgate again, then run this again"
        )


def look_at_certificate(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Of the SMTP listener."""
    area, smtp = Area("certificate"), settings.smtp
    if smtp.tls_certificate is None or smtp.tls_key is None:
        yield area.warning(
            "no_certificate",
            "reports come in without TLS: whole mails travel in clear",
            "set [smtp] tls_certificate and tls_key",
        )
        return
    try:
        server_tls(smtp.tls_certificate, smtp.tls_key)
        certificate = x509.load_pem_x509_certificate(smtp.tls_certificate.read_bytes())
    except (ssl.SSLError, OSError, ValueError):
        yield area.error(
            "certificate_unusable",
            "[smtp] tls_certificate and tls_key cannot be read, or do not belong together",
            "name the PEM files of one certificate and its key",
        )
        return
    ends = certificate.not_valid_after_utc
    if ends <= now:
        yield area.error(
            "certificate_expired",
            f"the certificate of the listener expired on {ends:%F}",
            "renew it and restart the gate",
        )
    elif ends <= now + _SOON:
        yield area.warning(
            "certificate_ends_soon",
            f"the certificate of the listener expires on {ends:%F}",
            "renew it and restart the gate; let the renewal do both",
        )


def look_at_user() -> Iterator[Finding]:
    """Who runs this is mostly who runs the gate."""
    if os.geteuid() == 0:
        yield Area("user").warning(
            "runs_as_root", "this runs as root", "run the gate and its verbs as a user of its own"
        )


def _is_unsynchronised() -> bool:
    words = (ctypes.c_long * _TIMEX_WORDS)()
    with suppress(OSError, AttributeError):
        if ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(words)) >= 0:
            return bool(words[_STATUS_WORD] & _UNSYNCHRONISED)
    return False


def _open_swaps(places: Places) -> Iterator[str]:
    """Swap devices that are neither memory themselves nor of dm-crypt."""
    with suppress(OSError):
        for line in places.swaps.read_text().splitlines()[1:]:
            device = line.split()[0]
            name = Path(device).resolve().name
            if name.startswith("zram") or _is_encrypted(places.sys_block / name):
                continue
            yield device


def _is_encrypted(block: Path) -> bool:
    with suppress(OSError):
        return (block / "dm" / "uuid").read_text().startswith("CRYPT-")
    return False


def _available_mb(places: Places) -> int | None:
    with suppress(OSError, ValueError, IndexError):
        for line in places.memory.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) // 1024
    return None
