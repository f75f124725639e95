"""Composition root: settings in, wired parts out.

In:  ``Settings``, or nothing where a throw-away setup will do.
Out: stores, filters, and the running gate.
FAILS: ``KeyProblem``, ``StoreUnavailable``; ``cli`` turns them into exit codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import UUID, uuid4

from rufgate.govern.keys import load_keyring, make_keys, throw_away_keyring
from rufgate.sanitize.policy import Audience, Policy, Sender
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop, Rules, sanitize
from rufgate.sanitize.sanitized import Sanitized, SanitizedReport, Tier
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.engine import open_store
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore

_READER = "file"  # the analyst of `rufgate sanitize`


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
        file.write_bytes(_template())
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


def open_reports(settings: Settings) -> ReportStore:
    """The recorded reports."""
    return ReportStore(open_store(settings.store.url))


def open_outbox(settings: Settings) -> Outbox:
    """The copies that wait."""
    return Outbox(open_store(settings.store.url))


def filter_rules(settings: Settings | None, tier: Tier) -> Rules:
    """The rules of ``rufgate sanitize``: one reader, who gets the store's pseudonyms."""
    reader = Audience(name=_READER, address="reader@rufgate.invalid", tier=tier, pseudonyms="store")
    if settings is None:
        return Rules(
            policy=Policy(store_tier=tier),
            keyring=throw_away_keyring(),
            audiences=(reader,),
            sender=Sender(address="rufgate@rufgate.invalid", hostname="rufgate.invalid"),
            engine=engine_version(),
        )
    configured = rules_of(settings)
    policy = replace(configured.policy, store_tier=tier)
    return replace(configured, policy=policy, audiences=(reader,))


def sanitize_files(
    contents: Iterable[bytes],
    rules: Rules,
    *,
    clock: Callable[[], datetime] = now,
    new_id: Callable[[], UUID] = uuid4,
) -> Iterator[Filtered]:
    """What each of ``contents`` becomes, in order."""
    # Loading presidio takes seconds, which no other verb should cost.
    from rufgate.recognize.presidio import PresidioRecognizer  # noqa: PLC0415 - see above

    recognizer = PresidioRecognizer()
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


def run_gate(settings: Settings, *, demo_sink: Path | None = None) -> int:
    """Run the gate until SIGTERM; the exit code."""
    raise NotImplementedError


def run_demo(say: Callable[[str], None]) -> int:
    """Run the demonstration on a gate of its own; the exit code."""
    raise NotImplementedError
