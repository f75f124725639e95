"""A syslog receiver by TLS on loopback, behind a wire that keeps what passed over it."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class LogPeer:
    """What arrived, decrypted, and what passed over the wire to the receiver."""

    port: int = 0
    frames: list[bytes] = field(default_factory=list)
    wire: bytearray = field(default_factory=bytearray)
    versions: list[str | None] = field(default_factory=list)
    goodbyes: int = 0


@contextmanager
def log_peer(context: ssl.SSLContext | None) -> Iterator[LogPeer]:
    """None: a receiver that speaks no TLS, takes what comes, and answers in plain text."""
    peer = LogPeer()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        peer.port = listener.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(peer, listener, context), daemon=True)
        thread.start()
        try:
            yield peer
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _serve(peer: LogPeer, listener: socket.socket, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        with client:
            client.settimeout(10)
            with suppress(OSError):
                if context is None:
                    peer.wire += client.recv(65536)
                    client.sendall(b"220 no TLS here\r\n")
                    peer.wire += client.recv(65536)
                else:
                    _talk(peer, client, context)


def _talk(peer: LogPeer, client: socket.socket, context: ssl.SSLContext) -> None:
    coming, going = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(coming, going, server_side=True)
    frame = b""
    step = tls.do_handshake
    while True:
        try:
            done = step()
        except ssl.SSLWantReadError:
            client.sendall(going.read())
            data = client.recv(65536)
            peer.wire += data
            coming.write(data) if data else coming.write_eof()
            continue
        except ssl.SSLError:
            client.sendall(going.read())  # the alert
            raise
        if step == tls.do_handshake:
            peer.versions.append(tls.version())
            step = lambda: tls.read(65536)  # noqa: E731 - the next step
        elif done:
            frame += done
        else:  # close_notify; a connection that just ends is an error
            peer.goodbyes += 1
            break
    peer.frames.append(frame)
    with suppress(ssl.SSLError):
        tls.unwrap()
    client.sendall(going.read())
