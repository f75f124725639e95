"""``doctor`` finds each planted fault by name, and nothing in an installation that is well."""

from __future__ import annotations

import json
import socket
import sqlite3
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import trustme
from sqlalchemy import update

from rufgate import app as gate
from rufgate.cli import main
from rufgate.doctor import machine, network
from rufgate.doctor.examination import Extent, examine
from rufgate.doctor.finding import Finding, Level
from rufgate.govern.keys import load_audit_key
from rufgate.store import schema
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import open_store, writing
from rufgate.store.reports import ReportStore
from tests.deliver.sealing import certificate
from tests.dns_server import DnsServer
from tests.store.full_report import sanitized

NOW = datetime.now(UTC)  # of the certificates, which Python's own TLS checks by the system's clock
LATE = NOW - timedelta(days=3)


@dataclass
class Installation:
    """A gate's files, with a listener that greets, and what the system tells."""

    folder: Path
    settings: dict[str, dict[str, str]] = field(default_factory=dict)
    more: str = ""
    now: datetime = NOW

    def __post_init__(self) -> None:
        gate.set_up(self.folder)
        self.file = self.folder / "config" / "rufgate.toml"
        self.keys = self.folder / "var" / "keys"
        self.database = self.folder / "var" / "rufgate.db"
        self.swaps = self.folder / "swaps"
        self.swaps.write_text("Filename Type Size Used Priority\n")
        certificate(self.folder, "tls", may_encrypt=False)
        (self.folder / "tls.key").chmod(0o600)
        self.engine = open_store(f"sqlite:///{self.database}")
        self.audit = Audit(self.engine, load_audit_key(self.keys), lambda: self.now)
        self.set("smtp", recipients='["dmarc-ruf@ruf.example.org"]', postmaster='"p@example.org"')
        self.set("smtp", tls_certificate='"tls.pem"', tls_key='"tls.key"')
        self.set("policy", store_tier='"metadata"')

    def set(self, section: str, **values: str) -> None:
        self.settings.setdefault(section, {}).update(values)

    def record(self, **changes: object) -> None:
        ReportStore(self.engine).record(sanitized("one", **changes))

    def write(self) -> None:
        lines = []
        for section, values in self.settings.items():
            lines += [f"[{section}]", *(f"{key} = {value}" for key, value in values.items())]
        self.file.write_text("\n".join(lines) + "\n" + self.more)

    def examine(self, *, dns: bool = False, detectors: bool = False) -> list[Finding]:
        self.write()
        extent = Extent(dns=dns, detectors=detectors, places=machine.Places(swaps=self.swaps))
        return list(examine(self.file, self.now, extent, lambda _area: None))


@contextmanager
def answering(greeting: bytes, replies: bytes = b"") -> Iterator[int]:
    """A port that greets everybody so, and answers each line with ``replies``."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    peer, _ = listener.accept()
                except OSError:
                    return
                with peer, suppress_reset():
                    peer.sendall(greeting)
                    while peer.recv(512):
                        peer.sendall(replies)

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


@contextmanager
def suppress_reset() -> Iterator[None]:
    try:
        yield
    except OSError:
        return


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    with answering(b"220 gate.example.org ESMTP\r\n") as port:
        made.set("smtp", listen=f'"127.0.0.1:{port}"')
        yield made
    made.engine.dispose()


def without_the_machine(found: list[Finding]) -> list[Finding]:
    """What is so of the machine that tests run on is not the installation's."""
    here = {
        "clock_unsynchronised",
        "core_dumps",
        "little_memory",
        "runs_as_root",
        "disk_nearly_full",
    }
    return [one for one in found if one.code not in here]


def test_an_installation_that_is_well_has_nothing_but_warnings_of_the_sample(
    place: Installation,
) -> None:
    found = without_the_machine(place.examine())
    assert {one.code for one in found} <= {"analysts", "retention", "keys.epoch_days"}
    assert all(one.level is Level.WARNING for one in found)


def open_database(place: Installation) -> None:
    place.database.chmod(0o644)


def no_database(place: Installation) -> None:
    place.database.unlink()


def damaged(place: Installation) -> None:
    place.engine.dispose()
    place.database.write_bytes(b"no database at all" * 500)
    for end in ("-wal", "-shm"):
        Path(f"{place.database}{end}").unlink(missing_ok=True)


def _revision(number: str) -> Callable[[Installation], None]:
    def plant(place: Installation) -> None:
        with closing(sqlite3.connect(place.database)) as plain, plain:
            plain.execute("UPDATE alembic_version SET version_num = ?", (number,))

    return plant


def clock_behind(place: Installation) -> None:
    place.audit.append(Actor.SERVICE, Action.GATE_STARTED)
    place.now = NOW - timedelta(hours=1)


def _copies(state: str) -> Callable[[Installation], None]:
    def plant(place: Installation) -> None:
        place.record()
        with writing(place.engine) as connection:
            connection.execute(update(schema.outbox).values(state=state, created_at=LATE))

    return plant


def _canary(state: RunState, ended: datetime) -> Callable[[Installation], None]:
    def plant(place: Installation) -> None:
        runs = CanaryRuns(place.engine)
        run = runs.begin(ended)
        values = {"state": state.value, "ended_at": ended}
        with writing(place.engine) as connection:
            connection.execute(
                update(schema.canary_runs).where(schema.canary_runs.c.id == run).values(**values)
            )

    return plant


def overdue(place: Installation) -> None:
    place.record()  # of March: long past the day of most classes


def old_review(place: Installation) -> None:
    place.more = '[[retention]]\nclass = "text"\ndays = 9\nowner = "o"\nreview_by = 2020-01-01\n'


def purge_found_again(place: Installation) -> None:
    said = {"receipt": uuid4()}
    place.audit.append(
        Actor.SERVICE,
        Action.PURGE_BEGUN,
        **said,
        classes=["text"],
        rules={"text": ["30:delete:0123456789abcdef"]},
    )
    place.audit.append(Actor.SERVICE, Action.PURGE_SETTLED, **said, result="failed")


def broken_audit(place: Installation) -> None:
    place.audit.append(Actor.SERVICE, Action.GATE_STARTED)
    place.audit.append(Actor.SERVICE, Action.GATE_STOPPED)
    with writing(place.engine) as connection:
        first = schema.audit_entries.c.action == Action.GATE_STARTED.value
        connection.execute(update(schema.audit_entries).where(first).values(action="gate_stopped"))


def swap(place: Installation) -> None:
    place.swaps.write_text("Filename Type Size Used Priority\n/swapfile file 1024 0 -2\n")


def no_certificate(place: Installation) -> None:
    for key in ("tls_certificate", "tls_key"):
        del place.settings["smtp"][key]


def wrong_key(place: Installation) -> None:
    certificate(place.folder, "other")
    (place.folder / "other.key").replace(place.folder / "tls.key")
    (place.folder / "tls.key").chmod(0o600)


def _certificate(days: int) -> Callable[[Installation], None]:
    def plant(place: Installation) -> None:
        certificate(
            place.folder, "tls", ends=NOW + timedelta(days=days), begins=NOW - timedelta(days=99)
        )
        (place.folder / "tls.key").chmod(0o600)

    return plant


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def not_running(place: Installation) -> None:
    place.set("smtp", listen=f'"127.0.0.1:{closed_port()}"')


def no_scanner(place: Installation) -> None:
    place.set("malware", clamd=f'"unix:{place.folder}/clamd.sock"')


def missing_key(place: Installation) -> None:
    (place.keys / "fingerprint").unlink()


def no_epoch(place: Installation) -> None:
    (place.keys / "epoch-1").unlink()


def open_key(place: Installation) -> None:
    (place.keys / "audit").chmod(0o640)


def unknown_key(place: Installation) -> None:
    place.set("smtp", lisen='"127.0.0.1:25"')


def expired_analyst(place: Installation) -> None:
    certificate(place.folder, "desk", ends=NOW - timedelta(days=2))
    place.set("forward", sender='"gate@ruf.example.org"')
    place.more = (
        '[[analysts]]\nname = "desk"\naddress = "desk@soc.example.net"\ntier = "metadata"\n'
        'encrypt = "smime"\nkey_file = "desk.pem"\n'
    )


def loop(place: Installation) -> None:
    place.set("smtp", postmaster='"dmarc-ruf@ruf.example.org"')


def collection_over(place: Installation) -> None:
    place.more = '[[domains]]\nname = "example.org"\ncollect_until = 2020-01-01\n'


FAULTS: dict[str, tuple[Callable[[Installation], None], Level]] = {
    "store_open_to_others": (open_database, Level.ERROR),
    "no_store": (no_database, Level.WARNING),
    "store_damaged": (damaged, Level.ERROR),
    "schema_of_newer_version": (_revision("9999"), Level.ERROR),
    "schema_behind": (_revision("0018"), Level.WARNING),
    "clock_behind": (clock_behind, Level.ERROR),
    "copies_wait": (_copies("pending"), Level.ERROR),
    "copies_parked": (_copies("parked"), Level.WARNING),
    "canary_found": (_canary(RunState.FOUND, NOW), Level.ERROR),
    "canary_failed": (_canary(RunState.FAILED, NOW), Level.WARNING),
    "canary_late": (_canary(RunState.PASSED, LATE), Level.WARNING),
    "retention_overdue": (overdue, Level.ERROR),
    "review_overdue": (old_review, Level.WARNING),
    "purge_found_again": (purge_found_again, Level.ERROR),
    "audit_broken": (broken_audit, Level.ERROR),
    "swap_in_clear": (swap, Level.WARNING),
    "no_certificate": (no_certificate, Level.WARNING),
    "certificate_unusable": (wrong_key, Level.ERROR),
    "certificate_expired": (_certificate(-1), Level.ERROR),
    "certificate_ends_soon": (_certificate(5), Level.WARNING),
    "gate_not_running": (not_running, Level.ERROR),
    "scanner_unreachable": (no_scanner, Level.ERROR),
    "keys.directory": (missing_key, Level.ERROR),
    "smtp.lisen": (unknown_key, Level.ERROR),
    "analysts[0].key_file": (expired_analyst, Level.WARNING),
    "smtp.postmaster": (loop, Level.ERROR),
    "domains[0].collect_until": (collection_over, Level.WARNING),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_planted_fault_is_found_by_name_with_what_to_do(place: Installation, code: str) -> None:
    before = {one.code for one in place.examine()}
    plant, level = FAULTS[code]
    plant(place)
    (found,) = [one for one in place.examine() if one.code == code]
    assert code not in before
    assert found.level is level
    assert found.to_do
    assert "Traceback" not in found.message


@pytest.mark.parametrize("plant", [no_epoch, open_key])
def test_what_is_wrong_with_keys_is_said(place: Installation, plant: Callable[..., None]) -> None:
    plant(place)
    found = [one for one in place.examine() if one.code == "keys.directory"]
    assert [one.level for one in found] == [Level.ERROR]


def test_a_gate_that_refuses_everybody_is_not_ready(place: Installation) -> None:
    with answering(b"421 4.3.2 Too many connections\r\n") as port:
        place.set("smtp", listen=f'"127.0.0.1:{port}"')
        assert "gate_not_ready" in {one.code for one in place.examine()}


def relay_codes(
    port: int, trust: ssl.SSLContext | None = None, host: str = "localhost"
) -> list[str]:
    from rufgate.deliver.courier import RelayConfig  # noqa: PLC0415 - of these tests alone

    relay = RelayConfig(hostname="gate.example.org", relay=f"{host}:{port}")
    return [one.code for one in network.look_at_relay(relay, trust)]


def test_a_relay_without_tls_or_that_is_not_there_is_found() -> None:
    with answering(b"220 relay ESMTP\r\n", b"250 relay\r\n") as port:
        assert relay_codes(port) == ["relay_without_tls"]
    assert relay_codes(closed_port()) == ["relay_unreachable"]


def test_a_relays_certificate_is_verified(place: Installation) -> None:
    """The listener speaks STARTTLS by the standard library's own words."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(server)
    trust = ssl.create_default_context()
    with starttls(server) as port:
        assert relay_codes(port, trust) == ["relay_certificate"]
        authority.configure_trust(trust)
        assert relay_codes(port, trust) == []
        assert relay_codes(port, trust, "127.0.0.1") == ["relay_certificate"]


@contextmanager
def starttls(context: ssl.SSLContext) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    peer, _ = listener.accept()
                except OSError:
                    return
                with peer, suppress_reset():
                    peer.sendall(b"220 relay\r\n")
                    peer.recv(512)
                    peer.sendall(b"250-relay\r\n250 STARTTLS\r\n")
                    peer.recv(512)
                    peer.sendall(b"220 go\r\n")
                    with context.wrap_socket(peer, server_side=True) as secured:
                        while secured.recv(512):
                            secured.sendall(b"250 relay\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


def test_the_detectors_are_loaded_and_a_damaged_model_is_found(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    import rufgate.recognize.rampart as rampart  # noqa: PLC0415 - loads models

    place.set("policy", store_tier='"text"')
    monkeypatch.setitem(rampart._PINNED, "config.json", "0" * 64)
    codes = {one.code for one in place.examine(detectors=True)}
    assert "detectors_unavailable" in codes


def test_the_verb_prints_a_table_or_json_and_ends_by_the_worst(
    place: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    open_database(place)
    place.write()
    arguments = ["doctor", "--config", str(place.file), "--no-dns", "--no-models"]
    assert main.run([*arguments, "--json"]) == 78
    told = json.loads(capsys.readouterr().out)
    assert "store_open_to_others" in {one["code"] for one in told["findings"]}
    assert {"store", "relay", "gate"} <= set(told["looked_at"])
    place.database.chmod(0o600)
    assert main.run(arguments) == 0
    assert "nothing to say of:" in capsys.readouterr().out


def test_nothing_is_changed_by_looking(place: Installation) -> None:
    place.record()
    place.examine()
    before = {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    place.examine()
    assert {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()} == before


def test_dns_is_asked_where_the_configuration_says(place: Installation) -> None:
    server = DnsServer()
    try:
        host, port = server.address
        place.set("authenticity", resolver=f'["{host}:{port}"]')
        place.more = '[[domains]]\nname = "example.org"\n'
        found = [one for one in place.examine(dns=True) if one.area == "dns"]
    finally:
        server.close()
    assert Level.ERROR in {one.level for one in found}
    assert "_dmarc.example.org" in {one.message.partition(":")[0] for one in found}
