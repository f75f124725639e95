"""What clamd says is a verdict; whatever it does wrong is ``unscanned`` with the reason."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rufgate.recognize.clamd import ClamdAddress, ClamdScanner, ScanLimits
from rufgate.sanitize.sanitized import Unscanned, Verdict
from rufgate.sanitize.scan import Scan
from tests.recognize.clamd_stand_in import EICAR, Manner, StandIn

CLEAN, MALWARE = Scan(Verdict.CLEAN), Scan(Verdict.MALWARE)


def not_scanned(why: Unscanned) -> Scan:
    return Scan(Verdict.UNSCANNED, why)


@pytest.fixture
def clamd() -> Iterator[StandIn]:
    daemon = StandIn()
    yield daemon
    daemon.close()
    assert daemon.faults == []


async def scans(where: str, *contents: bytes, **limits: float) -> list[Scan]:
    """The verdicts on ``contents``, one after another over one connection."""
    connection = await ClamdAddress.parse(where).connect()
    assert connection is not None
    scanner = ClamdScanner(connection, ScanLimits(**limits))  # type: ignore[arg-type]  # as given
    try:
        return [scanner.scan(iter([content[:7], b"", content[7:]])) for content in contents]
    finally:
        scanner.close()


async def test_each_attachment_has_its_verdict_and_arrives_whole(clamd: StandIn) -> None:
    large = bytes(range(256)) * 1000
    contents = (b"harmless letter", EICAR, large, b"")
    assert await scans(clamd.where, *contents) == [CLEAN, MALWARE, CLEAN, CLEAN]
    assert clamd.streams == list(contents)
    assert clamd.sessions == 1


async def test_a_unix_socket(tmp_path: Path) -> None:
    daemon = StandIn(tmp_path / "clamd.ctl")
    assert await scans(daemon.where, EICAR) == [MALWARE]
    daemon.close()


@pytest.mark.parametrize(
    "name",
    [b"Heuristics.Structured.CreditCardNumber", b"PUA.Doc.Tool", b"Local.Rule.UNOFFICIAL"],
)
async def test_what_hits_harmless_letters_too_is_no_proof(clamd: StandIn, name: bytes) -> None:
    clamd.signature = name
    assert await scans(clamd.where, EICAR) == [Scan(Verdict.SUSPECT)]


@pytest.mark.parametrize(
    ("manner", "why"),
    [
        ("closes", Unscanned.LOST),
        ("rubbish", Unscanned.NONSENSE),
        ("endless", Unscanned.NONSENSE),
        ("refuses", Unscanned.REFUSED),
        ("wrong number", Unscanned.NONSENSE),
    ],
)
async def test_a_clamd_that_does_wrong_gives_no_verdict(
    clamd: StandIn, manner: Manner, why: Unscanned
) -> None:
    """Nor does it give one to what comes after: nobody knows which answer is for what."""
    clamd.manner = manner
    first, second = await scans(clamd.where, EICAR * 1000, b"harmless")
    assert first == not_scanned(why)
    assert second.verdict is Verdict.UNSCANNED


async def test_a_silent_clamd_costs_the_time_limit_once(clamd: StandIn) -> None:
    clamd.manner = "silent"
    began = time.monotonic()
    found = await scans(clamd.where, EICAR, EICAR, EICAR, time_limit_s=0.3)
    assert found == [not_scanned(Unscanned.TIME_LIMIT)] * 3
    assert time.monotonic() - began < 10


async def test_past_clamds_own_size_limit(clamd: StandIn) -> None:
    clamd.stream_max = 100_000
    found = await scans(clamd.where, b"a" * 90_000, b"a" * 3_000_000, b"b")
    assert found[0] == CLEAN
    assert found[1] == not_scanned(Unscanned.TOO_LARGE)
    assert found[2].verdict is Verdict.UNSCANNED


async def test_past_our_size_limit_the_start_is_looked_at(clamd: StandIn) -> None:
    contents = (EICAR + b"a" * 5000, b"a" * 5000, b"a" * 1024)
    assert await scans(clamd.where, *contents, max_bytes=1024) == [
        MALWARE,
        not_scanned(Unscanned.TOO_LARGE),
        CLEAN,
    ]
    assert {len(stream) for stream in clamd.streams} == {1024}


async def test_only_so_many_attachments(clamd: StandIn) -> None:
    found = await scans(clamd.where, b"a", EICAR, EICAR, max_attachments=2)
    assert found == [CLEAN, MALWARE, not_scanned(Unscanned.TOO_MANY)]


async def test_nobody_there(tmp_path: Path) -> None:
    gone = StandIn()
    gone.close()
    assert await ClamdAddress.parse(gone.where).connect() is None
    assert await ClamdAddress.parse(f"unix:{tmp_path}/none.ctl").connect() is None


@pytest.mark.parametrize(
    "text",
    ["unix:/run/clamav/clamd.ctl", "tcp:127.0.0.1:3310", "tcp:127.8.0.1:1", "tcp:[::1]:3310"],
)
def test_addresses_of_this_machine(text: str) -> None:
    assert ClamdAddress.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "/run/clamav/clamd.ctl", "unix:clamd.ctl", "unix:",
        "tcp:192.0.2.7:3310", "tcp:0.0.0.0:3310",
        "tcp:localhost:3310", "tcp:127.0.0.1", "tcp:127.0.0.1:0", "tcp:127.0.0.1:99999",
        "udp:127.0.0.1:3310", "", "unix:/" + "a" * 200,
    ],
)  # fmt: skip
def test_addresses_elsewhere_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        ClamdAddress.parse(text)


CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


@pytest.fixture
def real_clamd(tmp_path: Path) -> Iterator[str]:
    """A clamd that knows one signature: the EICAR string's digest."""
    assert CLAMD is not None
    signature = f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar.Known\n"
    tmp_path.chmod(0o755)
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "known.hdb").write_text(signature)
    (tmp_path / "temporary").mkdir()
    config = tmp_path / "clamd.conf"
    config.write_text(
        f"LocalSocket {tmp_path}/ctl\nDatabaseDirectory {tmp_path}/db\n"
        f"TemporaryDirectory {tmp_path}/temporary\nForeground yes\nStreamMaxLength 1M\nUser root\n"
    )
    process = subprocess.Popen([CLAMD, "-c", str(config)], stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not (tmp_path / "ctl").exists():
        assert process.poll() is None, "clamd did not start"
        assert time.monotonic() < end
        time.sleep(0.1)
    yield f"unix:{tmp_path}/ctl"
    process.terminate()
    process.wait(30)


@pytest.mark.skipif(CLAMD is None, reason="no clamd here: install clamav-daemon")
async def test_a_real_clamd(real_clamd: str) -> None:
    """A signature from a file of one's own is ``unofficial``, so no proof of malware."""
    found = await scans(real_clamd, b"harmless letter", EICAR, b"a" * 3_000_000)
    assert found == [CLEAN, Scan(Verdict.SUSPECT), not_scanned(Unscanned.TOO_LARGE)]
