"""Keys and passwords of a real gate stand in their files, and nowhere else."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.e2e.gate import ROOT, Gate, Sink, tree, wait_for
from tests.reports import report

PASSWORD = "Tr0ubadour-and-3-horses"
KEYS = {
    name: bytes((start + 7 * step) % 256 for step in range(32))
    for start, name in enumerate(("epoch-1", "fingerprint", "audit", "loop", "web"), 11)
}


def forms(secret: bytes) -> Iterator[bytes]:
    """As it is, in hex and in base64, whatever stands before it."""
    yield from (secret, secret.hex().encode(), secret.hex().upper().encode(), secret[::-1])
    yield repr(secret)[2:-1].encode()
    for phase in range(3):
        coded = base64.b64encode(b"\0" * phase + secret + b"\0\0")
        inner = coded[(0, 2, 3)[phase] : (phase + len(secret)) * 8 // 6]
        yield from (inner, inner.replace(b"+", b"-").replace(b"/", b"_"))


def held(content: bytes, secrets: dict[str, bytes]) -> list[str]:
    flat = content.replace(b"\n", b"")
    return [
        name
        for name, secret in secrets.items()
        if any(form in content or form in flat for form in forms(secret))
    ]


@pytest.fixture
def sink() -> Iterator[Sink]:
    relay = Sink()
    relay.start()
    yield relay
    relay.stop()


@pytest.fixture
def gate(tmp_path: Path, sink: Sink) -> Gate:
    """With known keys, a password for the relay, and a certificate."""
    gate = Gate(tmp_path / "gate", sink.port, store_tier="metadata", analysts=ANALYSTS, processes=1)
    for name, key in KEYS.items():
        (gate.folder / "var/keys" / name).write_text(key.hex())
    password = gate.config.with_name("password")
    password.write_text(f"gate:{PASSWORD}\n")
    password.chmod(0o600)
    certificate = trustme.CA().issue_cert("gate.example.org")
    certificate.cert_chain_pems[0].write_to_path(gate.config.with_name("tls.pem"))
    certificate.private_key_pem.write_to_path(gate.config.with_name("tls.key"))
    gate.config.with_name("tls.key").chmod(0o600)
    text = gate.config.read_text()
    text = text.replace('tls = "none"', 'tls = "required"\npassword_file = "config/password"')
    text = text.replace("[log]\n", '[log]\nmetrics_file = "var/metrics.prom"\n')
    tls = '[smtp]\ntls_certificate = "config/tls.pem"\ntls_key = "config/tls.key"\n'
    gate.config.write_text(text.replace("[smtp]\n", tls))
    return gate


ANALYSTS = (("desk", "desk@soc.example.net", "metadata"),)


def secrets_of(gate: Gate) -> dict[str, bytes]:
    found = {**KEYS, "password": PASSWORD.encode()}
    for name, path in (
        ("signing", gate.folder / "var/keys/signing"),
        ("tls", gate.config.with_name("tls.key")),
    ):
        pem = path.read_bytes()
        lines = [line for line in pem.splitlines() if not line.startswith(b"-")]
        found[f"{name} line"] = max(lines[1:] or lines, key=len)
        key = load_pem_private_key(pem, None)
        if hasattr(key, "private_bytes_raw"):
            found[f"{name} raw"] = key.private_bytes_raw()
    return found


def test_nothing_of_them_is_outside_their_files(gate: Gate) -> None:
    secrets = secrets_of(gate)
    gate.start()
    try:
        with gate.client() as client:
            client.starttls()
            assert gate.send(report(), connection=client)[0] == 250
        wait_for(lambda: b"copy_deferred" in gate.log.read_bytes(), seconds=60)
        members = list(tree(gate.pid))
        assert len(members) >= 3  # the gate, the template, a worker
        for member in members:
            for name in ("cmdline", "environ"):
                try:
                    seen = Path(f"/proc/{member}/{name}").read_bytes()
                except PermissionError:  # nobody but root may look: so much the better
                    continue
                assert not held(seen, secrets), (member, name)
    finally:
        code = gate.terminate()
    assert code == 0
    listed = [
        gate.command(*verb, "--json", "--config", str(gate.config)).stdout
        for verb in (("reports", "list"), ("outbox", "list"))
    ]
    assert not held(b"".join(listed), secrets)
    files = [path for path in (gate.folder / "var").rglob("*") if path.is_file()]
    seen_files = [path for path in files if path.parent.name != "keys"]
    assert {"rufgate.db", "metrics.prom"} <= {path.name for path in seen_files}
    for path in (gate.log, *seen_files):
        assert not held(path.read_bytes(), secrets), path
    for path in files:
        if path.parent.name == "keys":
            assert held(path.read_bytes(), secrets), "the search finds what is there"


_EACH = (
    "import sys; from rufgate.cli.main import run\n"
    "for line in sys.argv[1:]: sys.stdout.write(f'{run(line.split())}\\n')"
)


def test_errors_about_them_do_not_show_them(gate: Gate) -> None:
    good, folder = gate.config.read_text(), gate.config.parent
    keys, password = gate.folder / "var/keys", folder / "password"
    secrets = {
        "half a key": KEYS["epoch-1"].hex()[:32].encode(),
        **secrets_of(gate),
        "user and password": f"gate:{PASSWORD}".encode(),
    }

    def spoiled(name: str, text: str) -> Path:
        path = folder / f"{name}.toml"
        path.write_text(text)
        return path

    half = gate.folder / "half"
    half.mkdir(mode=0o700)
    for key in keys.iterdir():
        content = key.read_bytes()
        (half / key.name).write_bytes(content[:32] if key.name == "epoch-1" else content)
        (half / key.name).chmod(0o600)
    (folder / "no-login").write_text(PASSWORD)
    (folder / "no-login").chmod(0o600)
    (folder / "no-text").write_bytes(f"gate:{PASSWORD}".encode() + b"\xff")
    (folder / "no-text").chmod(0o600)
    shown = [
        spoiled("half-key", good + '[keys]\ndirectory = "half"\n'),
        spoiled("no-login-file", good.replace("config/password", "config/no-login")),
        spoiled("no-text-file", good.replace("config/password", "config/no-text")),
        spoiled("no-tls", good.replace("config/tls.key", "config/password")),
        spoiled("unknown", good.replace("[forward]", f'[forward]\npassword = "{PASSWORD}"')),
        spoiled("no-toml", good.replace("[forward]", f"[forward]\npassword = {PASSWORD}")),
        spoiled("no-type", good.replace("[smtp]", f'[smtp]\nmax_connections = "{PASSWORD}"')),
        spoiled("url", good + f'[store]\nurl = "postgresql+psycopg://u:{PASSWORD}@db.example/r"\n'),
        spoiled("no-url", good + f'[store]\nurl = "mysql://u:{PASSWORD}@db.example/r"\n'),
        spoiled("name", good.replace('"desk@soc.example.net"', f'"{PASSWORD}"')),
    ]
    lines = [f"{verb} --config {path}" for path in shown for verb in ("check", "serve")]
    done = subprocess.run(
        [sys.executable, "-c", _EACH, *lines],
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    codes = done.stdout.decode().split("\n")
    assert codes.count("78") >= len(shown), done.stdout
    assert "70" not in codes, done.stderr
    assert not held(done.stdout + done.stderr, secrets), done.stderr
    assert done.stderr.count(b"rufgate: ") >= len(shown)
    # Neither is there a verb that takes one as an argument, where every process could read it.
    help_text = subprocess.run(
        [sys.executable, "-c", _EACH, "serve --help", "check --help", "init --help"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        timeout=120,
    ).stdout.lower()
    assert b"password" not in help_text
    assert password.stat().st_mode & 0o077 == 0


def test_a_secret_in_the_environment_is_not_repeated(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUFGATE_FORWARD__PASSWORD", PASSWORD)
    monkeypatch.setenv("RUFGATE_SMTP__MAX_CONNECTIONS", PASSWORD)
    done = gate.command("check", "--config", str(gate.config), expect=78)
    assert not held(done.stdout + done.stderr, {"password": PASSWORD.encode()})
    assert b"forward.password" in done.stdout
