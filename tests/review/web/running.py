"""The pages as a gate serves them, on a port or a Unix socket, and callers that write bytes."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from structlog import get_logger

from rufgate.deliver.courier import RelayConfig
from rufgate.gate_web import GateWeb, Told
from rufgate.govern.counted import CountedRules
from rufgate.govern.keys import load_keyring, load_web_key, make_keys
from rufgate.parts import Wiring
from rufgate.review.access import sign_in_digest
from rufgate.sanitize.policy import Policy, Sender
from rufgate.sanitize.redact import Rules
from rufgate.sanitize.sanitized import Tier
from rufgate.settings.schema import Settings
from rufgate.store.access_tokens import TokenRow
from tests import reports
from tests.review.web.site import NOW, Site, make_site

SECRET = "0123456789abcdef0123456789abcdef"
HEADER = "X-Remote-User"
PROXY, STRANGER = "127.0.0.2", "127.0.0.3"

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    fields: list[tuple[str, str]]
    text: str

    def cookies(self) -> list[str]:
        return [value for name, value in self.fields if name == "set-cookie"]

    def cookie(self) -> str:
        (found,) = self.cookies()
        return found.partition(";")[0]


@dataclass
class Running:
    """A gate's pages."""

    site: Site
    keys: Path
    port: int | None = None
    path: Path | None = None

    def admit(self, login: str, role: str, *domains: str, days: int = 90) -> TokenRow:
        digest = sign_in_digest(load_web_key(self.keys), login)
        return self.site.tokens.admit(digest, login[:3], role, domains or ("*",), NOW, days)

    def ask(
        self, target: str, *fields: tuple[str, str], by: str = PROXY, method: str = "GET",
        body: str = "",
    ) -> Answer:  # fmt: skip
        """Bytes of a request, as an attacker writes them."""
        lines = [f"{method} {target} HTTP/1.1", "Host: gate.example", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in fields]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded",
                      f"Content-Length: {len(body)}"]  # fmt: skip
        with self._connected(by) as caller:
            caller.sendall("\r\n".join([*lines, "", body]).encode("latin-1"))
            return _read(caller)

    def _connected(self, by: str) -> socket.socket:
        if self.path is not None:
            caller = socket.socket(socket.AF_UNIX)
            caller.settimeout(30)
            caller.connect(str(self.path))
            return caller
        assert self.port is not None
        return socket.create_connection(("127.0.0.1", self.port), 30, source_address=(by, 0))


def named(login: str, secret: str | None = SECRET) -> list[tuple[str, str]]:
    """What a proxy adds."""
    return [(HEADER, login), *([("X-Rufgate-Proxy-Secret", secret)] if secret else [])]


@contextmanager
def running(folder: Path, web: dict[str, Any], **how: Any) -> Iterator[Running]:
    """``[web]`` as given; ``proxy_secret_file`` may be ``secret``."""
    site, keys = make_site(folder, **how), folder / "var" / "keys"
    make_keys(keys)
    secret = folder / "secret"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    wiring = _wiring(site, folder, keys, web)
    told = Told(
        metrics=lambda: b"",
        is_taking=lambda: True,
        wake=lambda: None,
        rules=CountedRules(wiring.engine, (), wiring.clock),
    )
    gate = GateWeb(wiring, told)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(gate.start(), loop).result(60)
    listen = web["listen"]
    path = Path(listen.removeprefix("unix:")) if listen.startswith("unix:") else None
    try:
        yield Running(site, keys, gate.port, path)
    finally:
        asyncio.run_coroutine_threadsafe(gate.stop(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()
        site.engine.dispose()


def _wiring(site: Site, folder: Path, keys: Path, web: dict[str, Any]) -> Wiring:
    plain = {
        "smtp": {"listen": "127.0.0.1:0", "recipients": [reports.RECIPIENT]},
        "store": {"url": "sqlite:///rufgate.db"},
        "keys": {"directory": "var/keys"},
        "web": web,
    }
    return Wiring(
        settings=Settings.model_validate(plain, context={"base": folder}),
        rules=Rules(
            policy=Policy(store_tier=Tier.METADATA), keyring=load_keyring(keys), audiences=(),
            sender=Sender(address="x@x.example", hostname="x.example"), engine="0.0.1",
        ),
        relay=RelayConfig(hostname="x.example", relay="127.0.0.1:1", tls="none"),
        engine=site.engine, audit=site.parts.audit, clock=site.parts.clock, log=get_logger(),
    )  # fmt: skip


def _read(caller: socket.socket) -> Answer:
    content = b""
    while more := caller.recv(65_536):
        content += more
    head, _, text = content.decode("latin-1").partition("\r\n\r\n")
    first, *rest = head.split("\r\n")
    fields = [line.split(": ", 1) for line in rest]
    return Answer(int(first.split()[1]), [(name.lower(), value) for name, value in fields], text)
