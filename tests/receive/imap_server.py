"""A real IMAP server on loopback: Dovecot in a folder of its own, as root or not."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
needs_dovecot = pytest.mark.skipif(
    DOVECOT is None, reason="needs dovecot: apt install dovecot-imapd"
)
USER, PASSWORD = "ruf", "a-pass-word"

_SETTINGS = """
protocols = imap
base_dir = {folder}/run
log_path = {folder}/log
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail
first_valid_uid = 1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {plain}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class ImapServer:
    """Ports, the folder of its mail, and a file with the authority of its certificate."""

    folder: Path
    plain: int
    tls: int
    owner: tuple[int, int]

    @property
    def authority(self) -> Path:
        return self.folder / "ca.pem"

    def url(self, folder: str = "INBOX", *, scheme: str = "imaps", host: str = "localhost") -> str:
        port = self.tls if scheme == "imaps" else self.plain
        return f"{scheme}://{USER}@{host}:{port}/{folder}"

    def put(self, name: str, content: bytes, box: str = "") -> Path:
        """A new mail, as a delivery agent leaves it."""
        root = self.folder / "mail" / box
        for part in ("", "new", "cur", "tmp"):
            (root / part).mkdir(exist_ok=True, mode=0o700)
            os.chown(root / part, *self.owner)
        path = root / "new" / name
        path.write_bytes(content)
        os.chown(path, *self.owner)
        return path

    def names(self, box: str = "") -> list[str]:
        root = self.folder / "mail" / box
        return sorted(path.name for part in ("new", "cur") for path in (root / part).glob("*"))


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Runs until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="imap-"))
    is_root = os.geteuid() == 0
    user = "nobody" if is_root else getpass.getuser()
    owner = (65534, 65534) if is_root else (os.getuid(), os.getgid())
    folder.chmod(0o755)
    server = ImapServer(folder, _free_port(), _free_port(), owner)
    _write(server, user)
    assert DOVECOT is not None
    process = subprocess.Popen(
        [DOVECOT, "-F", "-c", str(folder / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _write(server: ImapServer, user: str) -> None:
    folder = server.folder
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(server.authority)
    issued.private_key_pem.write_to_path(folder / "key.pem")
    (folder / "cert.pem").write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
    for name in ("mail", "home"):
        (folder / name).mkdir(mode=0o700)
        os.chown(folder / name, *server.owner)
    import grp  # noqa: PLC0415 - of this one line

    settings = _SETTINGS.format(
        folder=folder,
        user=user,
        group=grp.getgrgid(server.owner[1]).gr_name,
        uid=server.owner[0],
        gid=server.owner[1],
        plain=server.plain,
        tls=server.tls,
        password=PASSWORD,
    )
    (folder / "dovecot.conf").write_text(settings)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _wait_for(server: ImapServer) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", server.tls), timeout=1):
                return
        except OSError:
            log = server.folder / "log"
            assert time.monotonic() < end, log.read_text() if log.exists() else "no log"
            time.sleep(0.05)
