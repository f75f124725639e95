"""Heads of the audit log, signed: what is kept elsewhere, and shows that the log's end was cut off.

In:  a head; the key ``signing`` (Ed25519), or its public half alone; text in which heads stand.
Out: one line of JSON for each head; from text, the heads whose signatures fit.
SECURITY: anybody can check a line with the public key alone, and nobody can make one without the
     key file. What is signed is the JSON array ["rufgate-head-1", sequence, mac, time].
FAILS: ``KeyProblem``; ``HeadProblem``, which names the line.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from rufgate.govern.keys import KeyProblem
from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.store.audit import Head
from rufgate.store.audit_entries import is_mac, moment_text

_FORM: Final = "rufgate-head-1"
_MAX_LINE: Final = 4096


class HeadProblem(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """A line that is no head, or is not signed by that key; ``str()`` says which and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundHead:
    """A head whose signature fits, and in which line of the text it stood."""

    head: Head
    time: str
    line: int


def load_signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key that signs what leaves the gate."""
    path = folder / "signing"
    try:
        key = load_pem_private_key(read_secret(path, trusted_owners(folder)), password=None)
    except SecretProblem as problem:
        raise KeyProblem(f"key {path} {problem}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyProblem(f"key {path} is damaged: restore it") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyProblem(f"key {path} is damaged: restore it")
    return key


def load_public_key(path: Path) -> Ed25519PublicKey:
    """The public half, as it was exported."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError:
        raise KeyProblem(f"the public key {path} cannot be read") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyProblem(f"{path} is no public key in PEM form") from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyProblem(f"{path} is no Ed25519 key")
    return key


def signed_line(key: Ed25519PrivateKey, head: Head, at: datetime) -> str:
    """``head`` as one line that can be checked elsewhere."""
    time = moment_text(at)
    signature = base64.b64encode(key.sign(_signed(head, time))).decode()
    said = {"form": _FORM, "sequence": head.sequence, "mac": head.mac, "time": time}
    return json.dumps({**said, "signature": signature})


def heads_in(lines: Iterable[str], key: Ed25519PublicKey) -> tuple[FoundHead, ...]:
    """All heads of a text, each checked: of a file, of what syslog kept, of a mailbox."""
    found = [_checked(line, number, key) for number, line in enumerate(lines, 1) if _FORM in line]
    if not found:
        raise HeadProblem("there is no head of an audit log in it")
    return tuple(found)


def _checked(line: str, number: int, key: Ed25519PublicKey) -> FoundHead:
    said = _read(line)
    if said is None:
        raise HeadProblem(f"line {number} is no head of an audit log")
    head = Head(sequence=said["sequence"], mac=said["mac"])
    try:
        key.verify(base64.b64decode(said["signature"], validate=True), _signed(head, said["time"]))
    except (InvalidSignature, binascii.Error):
        raise HeadProblem(f"line {number} is not signed by that key, or was changed") from None
    return FoundHead(head=head, time=said["time"], line=number)


def _read(line: str) -> dict[str, Any] | None:
    """The JSON object in the line; something may stand before it, like a syslog header."""
    start, end = line.find("{"), line.rfind("}")
    if start < 0 or len(line) > _MAX_LINE:
        return None
    try:
        said = json.loads(line[start : end + 1])
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("form") != _FORM:
        return None
    is_number = type(said.get("sequence")) is int and 0 < said["sequence"] < 2**63
    texts = isinstance(said.get("time"), str) and isinstance(said.get("signature"), str)
    return said if is_number and texts and is_mac(said.get("mac")) else None


def _signed(head: Head, time: str) -> bytes:
    return json.dumps([_FORM, head.sequence, head.mac, time], separators=(",", ":")).encode()
