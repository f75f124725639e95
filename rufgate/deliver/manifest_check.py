"""Checks a redaction manifest: that it is ours, and that the copy is still what it speaks of.

In:  a copy as it was saved (opened, where it was sealed), or a report as ``reports show --json``
     prints it; a public key.
Out: what the manifest says.
SECURITY: the file may come from anywhere; what it says is shown only once its signature fits.
FAILS: ``ManifestProblem``, in words of ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from rufgate.deliver.entity import body_digest
from rufgate.sanitize import manifest
from rufgate.sanitize.recut import is_sealed

MAX_BYTES: Final = 64 * 2**20  # far above any copy


class ManifestProblem(Exception):  # noqa: N818 - an answer for whoever checks, not a bug
    """There is none, it was not signed by that key, or the copy was changed."""


def checked(content: bytes, key: Ed25519PublicKey) -> Mapping[str, Any]:
    """What the manifest in ``content`` says."""
    is_row = content.lstrip()[:1] == b"{"
    try:
        statement, signature = _stored(content) if is_row else manifest.read_fields(content)
    except ValueError as problem:
        raise ManifestProblem(_why_none(content, str(problem))) from None
    try:
        key.verify(signature, manifest.signed_form(statement))
    except InvalidSignature:
        raise ManifestProblem("it is not signed by that key, or was changed") from None
    said: dict[str, Any] = json.loads(statement)
    if not is_row and said.get("body_sha256") != body_digest(content):
        raise ManifestProblem("the manifest is ours, but the copy was changed after it was signed")
    if is_row and "body_sha256" in said:
        raise ManifestProblem("this is the manifest of a copy: check the copy itself")
    return said


def _stored(content: bytes) -> tuple[str, bytes]:
    try:
        row = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("it is neither a mail nor JSON") from None
    match row:
        case {"manifest": {"statement": _} as found} | ({"statement": _} as found):
            return manifest.read_stored(found)
    raise ValueError("there is no manifest in it")


def _why_none(content: bytes, problem: str) -> str:
    if is_sealed(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")):
        return "the copy is sealed: open it first, and check what comes out"
    return problem
