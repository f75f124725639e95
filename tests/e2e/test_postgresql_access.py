"""Who may use the server, and what is said where it is away: no password is shown anywhere."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from urllib.error import HTTPError

import pytest
from sqlalchemy import create_engine, text

from tests.e2e.gate import Gate, wait_for
from tests.postgres import NoServer, Server, make_server

pytestmark = pytest.mark.long
SECRET = "Xq7vB2-hush"


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """One that asks a role for its password, and may be stopped."""
    try:
        server = make_server({"fsync": "off"})
    except NoServer as missing:
        pytest.skip(str(missing))
    engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE ROLE gate LOGIN PASSWORD '{SECRET}'"))
        connection.execute(text("CREATE DATABASE gates OWNER gate"))
    engine.dispose()
    server.stop()
    server.allow("local gates gate scram-sha-256")
    server.start()
    yield server
    server.remove()


@pytest.fixture
def url(own_server: Server) -> str:
    return own_server.url("gates").replace("rufgate@", "gate@")


def test_a_password_comes_from_a_file_or_the_environment_and_is_never_shown(
    make_gate: Callable[..., Gate], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = make_gate(store_url=url)
    listing = ("reports", "list", "--json", "--config", str(gate.config))
    refused = gate.command(*listing, expect=69)
    assert b"does not let this user in" in refused.stderr
    secret = gate.folder / "pass"
    secret.write_text(f"*:*:gates:gate:{SECRET}\n")
    secret.chmod(0o600)
    gate.config.write_text(gate.config.read_text().replace(url, f"{url}&passfile={secret}"))
    assert json.loads(gate.command(*listing).stdout) == []
    secret.write_text("*:*:gates:gate:wrong-one\n")
    wrong = gate.command(*listing, expect=69)
    monkeypatch.setenv("RUFGATE_STORE__URL", url.replace("gate@", f"gate:{SECRET}@"))
    gate.start()
    assert gate.reports() == []
    assert gate.terminate() == 0
    said = refused.stderr + wrong.stderr + wrong.stdout + gate.log.read_bytes()
    assert SECRET.encode() not in said
    assert b"wrong-one" not in said


def test_without_its_server_a_gate_is_not_ready_and_with_it_again_it_is(
    make_gate: Callable[..., Gate], own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = make_gate(store_url=own_server.url("postgres"))
    monkeypatch.setenv("RUFGATE_WEB__LISTEN", "127.0.0.1:0")
    gate.start()
    lines = [json.loads(line) for line in gate.log.read_text().splitlines() if line[:1] == "{"]
    (port,) = {line["port"] for line in lines if line["event"] == "serving_pages"}
    (told,) = [line for line in lines if line["event"] == "store_not_durable"]
    assert "fsync" in told["detail"]

    def ready() -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return refused.code

    assert ready() == 200
    own_server.stop()
    assert ready() == 503
    own_server.start()
    wait_for(lambda: ready() == 200, seconds=30)
    own_server.stop()
    done = gate.command("reports", "list", "--config", str(gate.config), expect=69)
    assert b"cannot be reached" in done.stderr
    own_server.start()
    assert gate.running
