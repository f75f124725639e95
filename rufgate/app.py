"""Composition root: settings in, wired parts out.

In:  ``Settings``, or nothing where a throw-away setup will do.
Out: stores, filters, and the running gate.
FAILS: ``KeyProblem``, ``StoreUnavailable``, ``CannotStart``, ``RecognizerUnavailable``; ``cli``
     turns them into exit codes.
"""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from structlog import get_logger

from rufgate import demo
from rufgate.audited import public_stats
from rufgate.audited import reports as audited
from rufgate.audited.log import audit_of
from rufgate.closed_process import close_process
from rufgate.deliver.courier import RelayConfig
from rufgate.demo import RECIPIENT, LoopbackSink
from rufgate.govern.keys import load_keyring, make_keys, throw_away_keyring
from rufgate.importing import Importing
from rufgate.recognize.load import load_recognizer
from rufgate.sanitize.policy import Audience, Policy, Sender
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop, Rules, sanitize
from rufgate.sanitize.sanitized import Kind, Sanitized, SanitizedReport, Tier
from rufgate.service import Service, Wiring
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from rufgate.systemd import Manager
from rufgate.telemetry import Tap, configure

SINK_ADDRESS = "analyst@demo.example.org"
_READER = "file"  # the analyst of `rufgate sanitize`
_DEMO_WAIT_S = 60.0
# A report passes from thread to thread: beside a purge that computes, each handover waits so long.
_SWITCH_S = 0.0005
_UNAVAILABLE = 69  # sysexits


@dataclass(frozen=True, kw_only=True, slots=True)
class Filtered:
    """What one file became. ``message`` is None where it was no report; then ``why`` says so."""

    report: SanitizedReport | None
    message: bytes | None
    why: str


def engine_version() -> str:
    """The version on every row."""
    try:
        return version("rufgate")
    except PackageNotFoundError:  # run from a source tree
        return "0+source"


def now() -> datetime:
    """The clock that parts are given."""
    return datetime.now(UTC)  # noqa: TID251 - the one place where the clock is read


def set_up(folder: Path) -> tuple[Path, ...]:
    """Write a configuration to edit and keys, where they are missing; what was made."""
    file = folder / "config" / "rufgate.toml"
    made = []
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.parent.chmod(0o755)  # whoever can write there decides where copies go
        file.write_bytes(_template())
        file.chmod(0o644)
        made.append(file)
    keys = folder / "var" / "keys"
    return (*made, *(keys / name for name in make_keys(keys)))


def _template() -> bytes:
    """The commented configuration: in a wheel inside the package, in a source tree beside it."""
    packaged = Path(__file__).parent / "rufgate.toml"
    beside = Path(__file__).parents[1] / "config" / "rufgate.toml"
    return (packaged if packaged.is_file() else beside).read_bytes()


def rules_of(settings: Settings) -> Rules:
    """What decides how a report is treated."""
    return Rules(
        policy=slices.policy(settings),
        keyring=load_keyring(settings.keys.directory),
        audiences=slices.audiences(settings),
        sender=slices.sender(settings),
        engine=engine_version(),
    )


def open_reports(settings: Settings) -> audited.AuditedReports:
    """The recorded reports; each look is entered into the audit log."""
    return audited.open_reports(settings, now)


def open_statistics(
    settings: Settings,
) -> tuple[public_stats.AuditedStatistics, audited.AuditedReports]:
    """The statistics to share, and the reports that they are made of."""
    return public_stats.open_statistics(settings, now)


def open_import(settings: Settings, *, forward: bool, move_to: str | None) -> Importing:
    """What puts old mail through the intake."""
    configure(level=settings.log.level, style=settings.log.format)
    return Importing(_wiring(settings), forward=forward, move_to=move_to)


def open_outbox(settings: Settings) -> audited.AuditedCopies:
    """The copies that wait; each look and decision is entered into the audit log."""
    return audited.open_outbox(settings, now)


def filter_rules(settings: Settings | None, tier: Tier) -> Rules:
    """The rules of ``rufgate sanitize``: one reader, who gets the store's pseudonyms."""
    reader = Audience(
        name=_READER,
        address="reader@rufgate.invalid",
        tier=tier,
        pseudonyms="store",
        kinds=(Kind.AUTH_FAILURE, Kind.ARF_OTHER, Kind.COMPLAINT),
    )
    if settings is None:
        return Rules(
            policy=Policy(store_tier=tier),
            keyring=throw_away_keyring(),
            audiences=(reader,),
            sender=Sender(address="rufgate@rufgate.invalid", hostname="rufgate.invalid"),
            engine=engine_version(),
        )
    has_keys = settings.keys.directory.is_dir()
    return Rules(
        policy=replace(slices.policy(settings), store_tier=tier),
        keyring=load_keyring(settings.keys.directory) if has_keys else throw_away_keyring(),
        audiences=(reader,),
        sender=slices.sender(settings),
        engine=engine_version(),
    )


def sanitize_files(
    contents: Iterable[bytes],
    rules: Rules,
    *,
    clock: Callable[[], datetime] = now,
    new_id: Callable[[], UUID] = uuid4,
) -> Iterator[Filtered]:
    """What each of ``contents`` becomes, in order."""
    recognizer = load_recognizer()
    for content in contents:
        message = RawMessage(content, received_at=clock())
        outcome = sanitize(message, rules=rules, report_id=new_id(), recognizer=recognizer)
        yield _filtered(outcome)


def _filtered(outcome: Sanitized | OuterLoop) -> Filtered:
    match outcome:
        case OuterLoop():
            return Filtered(report=None, message=None, why="mail_loop")
        case Sanitized(report=report, copies=copies):
            message = copies[0].content if copies else None
            why = report.reason.value if report.reason else report.kind.value
            return Filtered(report=report, message=message, why=why)


def run_gate(
    settings: Settings, *, demo_sink: Path | None = None, manager: Manager | None = None
) -> int:
    """Run the gate until SIGTERM or SIGINT; the exit code. ``manager`` is who started it.

    With ``demo_sink``, copies go to an analyst ``demo`` at a sink here that writes them there.
    """
    tap = Tap()
    configure(style=settings.log.format, level=settings.log.level, tap=tap)
    sys.setswitchinterval(_SWITCH_S)
    if close_process():
        get_logger().warning("running_as_root", detail="give it a user of its own, see docs")
    sink = LoopbackSink(demo_sink, _say) if demo_sink else None
    wiring = replace(_wiring(settings), tap=tap, manager=manager or Manager())
    gc.collect()
    gc.freeze()  # else the collector walks through every module again, and all replies wait
    try:
        asyncio.run(_serve(wiring, sink))
    finally:
        wiring.engine.dispose()
    return 0


async def _serve(wiring: Wiring, sink: LoopbackSink | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with _running(wiring, sink):
        await stop.wait()


@asynccontextmanager
async def _running(wiring: Wiring, sink: LoopbackSink | None) -> AsyncIterator[Service]:
    """A service that is up, with its sink if it has one; both are stopped at the end."""
    if sink is not None:
        wiring = _with_sink(wiring, await sink.start())
    service = Service(wiring)
    try:
        await service.start()
        yield service
    finally:
        await service.stop()
        if sink is not None:
            await sink.stop()


def _wiring(settings: Settings) -> Wiring:
    engine = open_store(settings.store.url)
    return Wiring(
        settings=settings,
        rules=rules_of(settings),
        relay=slices.relay(settings),
        engine=engine,
        audit=audit_of(settings, engine, now),
        clock=now,
        log=get_logger(),
    )


def _with_sink(wiring: Wiring, port: int) -> Wiring:
    """The same gate with one analyst, the sink: the only place where TLS is off by itself."""
    rules = replace(wiring.rules, audiences=(Audience(name="demo", address=SINK_ADDRESS),))
    relay = RelayConfig(hostname=wiring.relay.hostname, relay=f"127.0.0.1:{port}", tls="none")
    return replace(wiring, rules=rules, relay=relay)


def run_demo(say: Callable[[str], None]) -> int:
    """Run the demonstration on a gate of its own in a throw-away folder; the exit code."""
    configure(level="error")
    with TemporaryDirectory(prefix="rufgate-demo-") as folder:
        make_keys(Path(folder) / "var" / "keys")
        wiring = _wiring(_demo_settings(Path(folder)))
        try:
            shown = asyncio.run(_demonstrate(wiring, say))
        finally:
            wiring.engine.dispose()
    return 0 if shown else _UNAVAILABLE


async def _demonstrate(wiring: Wiring, say: Callable[[str], None]) -> bool:
    say("starting a gate and loading its models ...")
    sink = LoopbackSink()
    async with _running(wiring, sink) as service:
        shown = await demo.run(service.port, sink, say, wait_s=_DEMO_WAIT_S)
    for row in ReportStore(wiring.engine).list():
        say("--- stored row ---\n" + json.dumps(row.as_json(), indent=2))
    return shown


def _demo_settings(folder: Path) -> Settings:
    values = {
        "smtp": {"listen": "127.0.0.1:0", "recipients": [RECIPIENT], "hostname": "ruf.example.org"},
        "domains": [{"name": "example.org"}],
        "workers": {"processes": 1},
        "authenticity": {"check": False},  # its reporter is made up, and it runs without a network
        "canary": {"every_minutes": 0},
        "web": {"listen": "off"},
        "store": {"url": "sqlite:///var/rufgate.db"},
        "keys": {"directory": "var/keys"},
    }
    return Settings.model_validate(values, context={"base": folder})


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
