"""A stand-in for clamd on a real socket: its framing to the letter, and its ways to fail.

After clamd(8): commands of the ``z`` form end in NUL; INSTREAM takes ``<length><data>`` with a
length of four bytes in network order, ended by a length of zero; inside IDSESSION replies bear the
number of their command; past StreamMaxLength it says so and closes.
"""

from __future__ import annotations

import socket
import struct
import threading
from pathlib import Path
from typing import Literal

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Manner = Literal["normal", "silent", "closes", "rubbish", "endless", "refuses", "wrong number"]


class StandIn:
    """Listens until closed; remembers each stream, and each break of the protocol."""

    def __init__(self, path: Path | None = None, *, stream_max: int = 26_214_400) -> None:
        self.manner: Manner = "normal"
        self.stream_max = stream_max
        self.signature = b"Win.Test.EICAR_HDB-1"
        self.streams: list[bytes] = []
        self.faults: list[str] = []
        self.sessions = 0
        self._listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
        self._listener.bind(str(path) if path else ("127.0.0.1", 0))
        self._listener.listen(16)
        self.where = f"unix:{path}" if path else f"tcp:127.0.0.1:{self._listener.getsockname()[1]}"
        self._closed = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        if self._closed.is_set():
            return
        self._closed.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            self.sessions += 1
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with peer, peer.makefile("rb") as source:
            try:
                self._session(peer, source)
            except (EOFError, OSError):
                return

    def _session(self, peer: socket.socket, source: object) -> None:
        first = self._command(source)
        if first is None:
            return
        if first != b"zIDSESSION":
            self.faults.append("no IDSESSION")
            return
        number = 0
        while (command := self._command(source)) is not None:
            number += 1
            if command != b"zINSTREAM":
                self.faults.append("unknown command")
                peer.sendall(b"UNKNOWN COMMAND\0")
                return
            if not self._instream(peer, source, number):
                return

    def _command(self, source: object) -> bytes | None:
        """Up to NUL; None at the end of the connection, which may come between commands only."""
        read = b""
        while not read.endswith(b"\0"):
            byte = source.read(1)  # type: ignore[attr-defined]  # a buffered reader
            if not byte:
                if read:
                    self.faults.append("half a command")
                return None
            read += byte
            if len(read) > 100:
                self.faults.append("endless command")
                return None
        return read[:-1]

    def _instream(self, peer: socket.socket, source: object, number: int) -> bool:
        content = b""
        while True:
            (length,) = struct.unpack("!L", self._exactly(source, 4))
            if length == 0:
                break
            if self.manner == "closes":
                return False
            if len(content) + length > self.stream_max:
                peer.sendall(f"{number}: INSTREAM size limit exceeded. ERROR\0".encode())
                return False
            content += self._exactly(source, length)
        self.streams.append(content)
        return self._answer(peer, content, number)

    def _answer(self, peer: socket.socket, content: bytes, number: int) -> bool:
        found = self.signature + b" FOUND" if EICAR in content else b"OK"
        match self.manner:
            case "silent":
                self._closed.wait(20)
                return False
            case "rubbish":
                peer.sendall(b"\xff\xfe what?\0")
            case "endless":
                peer.sendall(b"1: stream: " + b"A" * 100_000)
            case "refuses":
                peer.sendall(b"%d: stream: Can't allocate memory ERROR\0" % number)
            case "wrong number":
                peer.sendall(b"%d: stream: OK\0" % (number + 1))
            case _:
                peer.sendall(b"%d: stream: %s\0" % (number, found))
        return True

    def _exactly(self, source: object, size: int) -> bytes:
        read: bytes = source.read(size)  # type: ignore[attr-defined]  # a buffered reader
        if len(read) < size:
            raise EOFError
        return read
