"""DKIM signatures of a report's own message, verified in a worker with keys found beforehand.

In:  a ``RawMessage`` and the key records of its signatures.
Out: for each key the best result of a signature that names it.
SECURITY: dkimpy looks nothing up: its look-up is a dictionary. Its patterns are quadratic in white
     space and its reader in header lines, so a message that would cost much is not verified, and
     loses nothing but this verdict. A signature must cover From and the whole body; SHA-1 and keys
     under 1024 bits prove nothing (RFC 8301).
FAILS: never; what cannot be read is ``neutral``.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Final

import dkim
from dkim.crypto import parse_public_key
from dkim.util import parse_tag_value

from rufgate.sanitize.authenticity import MAX_SIGNATURES, DkimKey
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.verdicts import DkimResult

_MAX_BYTES: Final = 10 * 2**20
_MAX_LINES: Final = 300_000  # dkimpy makes an object of each
_MAX_HEADER_BYTES: Final = 262_144
_MAX_HEADER_LINES: Final = 2_000
_MAX_FIELD: Final = 4_096  # of a signature: its h= is looked for in every other field
_MAX_BLANKS: Final = 40  # in a row in a signature
_MAX_COST: Final = 100_000_000  # steps over white space: about half a second
_LEAST_BITS, _MOST_BITS, _MOST_EXPONENT_BITS = 1024, 4096, 33
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_SIGNATURE = re.compile(rb"^dkim-signature[ \t]*:", re.IGNORECASE | re.MULTILINE)
_BLANKS = re.compile(rb"[ \t]{16,}")
_LONG_BLANK = re.compile(rb"\s{%d}" % _MAX_BLANKS)
_RANK: Final = (DkimResult.PASS, DkimResult.FAIL, DkimResult.POLICY, DkimResult.PERMERROR)


def verify_signatures(message: RawMessage, keys: Sequence[DkimKey]) -> tuple[DkimResult, ...]:
    """How the signatures of ``keys`` are; looks at the first five of the message."""
    if not any(key.record for key in keys):
        return ()
    content = bytes(message.reveal())
    if not _is_cheap(content):
        return tuple(DkimResult.NEUTRAL for _ in keys)
    records = {key.name.lower(): key.record for key in keys if key.record}
    found = _verify_all(content, records)
    return tuple(found.get(key.name.lower(), DkimResult.NEUTRAL) for key in keys)


def _verify_all(content: bytes, records: Mapping[str, str]) -> dict[str, DkimResult]:
    """The best result for each name of ``records``."""
    best: dict[str, DkimResult] = {}
    try:
        signed = dkim.DKIM(content)
        count = sum(name.lower() == b"dkim-signature" for name, _ in signed.headers)
    except Exception:  # noqa: BLE001 - dkimpy raises whatever Python does on such input
        return best
    for index in range(min(count, MAX_SIGNATURES)):
        name, result = _verify(signed, index, records)
        if name and _rank(result) < _rank(best.get(name)):
            best[name] = result
    return best


def _verify(
    signed: dkim.DKIM, index: int, records: Mapping[str, str]
) -> tuple[str | None, DkimResult]:
    """Whose key the signature names, and how it is."""
    asked: list[str] = []

    def answer(name: bytes, timeout: float = 0) -> bytes | None:
        del timeout
        asked.append(name.decode("ascii", "replace").rstrip(".").lower())
        record = records.get(asked[-1])
        return record.encode("latin-1", "replace") if record and not _bad_key(record) else None

    try:
        good = signed.verify(index, dnsfunc=answer)
    except dkim.ValidationError:
        good = False
    except Exception:  # noqa: BLE001 - dkimpy raises whatever Python does on such input
        return (asked[0] if asked else None), DkimResult.NEUTRAL
    if not asked or asked[0] not in records:
        return None, DkimResult.NEUTRAL
    if bad := _bad_key(records[asked[0]]):
        return asked[0], bad
    if not good:
        return asked[0], DkimResult.FAIL
    return asked[0], DkimResult.PASS if _covers(signed) else DkimResult.POLICY


def _covers(signed: dkim.DKIM) -> bool:
    """From and all of the body, by an algorithm that still counts."""
    fields = signed.signature_fields
    return (
        b"from" in signed.include_headers
        and b"l" not in fields
        and fields.get(b"a") in (b"rsa-sha256", b"ed25519-sha256")
    )


def _bad_key(record: str) -> DkimResult | None:
    """Why a key cannot be used; None where it can."""
    try:
        tags = parse_tag_value(record.encode("latin-1", "replace"))
        if tags.get(b"k", b"rsa") != b"rsa":
            return None if tags.get(b"k") == b"ed25519" else DkimResult.PERMERROR
        key = parse_public_key(base64.b64decode(tags.get(b"p", b"")))
        bits = int(key["modulus"]).bit_length()
        exponent = int(key["publicExponent"]).bit_length()
    except Exception:  # noqa: BLE001 - a key that was withdrawn, or is none
        return DkimResult.PERMERROR
    if bits > _MOST_BITS or exponent > _MOST_EXPONENT_BITS:
        return DkimResult.PERMERROR
    return DkimResult.POLICY if bits < _LEAST_BITS else None


def _is_cheap(content: bytes) -> bool:
    """Whether dkimpy gets through ``content`` in about a second and some tens of megabytes."""
    if len(content) > _MAX_BYTES or content.count(b"\n") > _MAX_LINES:
        return False
    end = _END_OF_HEADER.search(content, 0, _MAX_HEADER_BYTES)
    header = content[: end.start() if end else len(content)]
    if len(header) >= _MAX_HEADER_BYTES or header.count(b"\n") > _MAX_HEADER_LINES:
        return False
    if not all(map(_is_short, _signatures(header))):
        return False
    cost = 0
    for run in _BLANKS.finditer(content):
        cost += (run.end() - run.start()) ** 2
        if cost > _MAX_COST:
            return False
    return True


def _signatures(header: bytes) -> list[bytes]:
    """Each signature with its folded lines."""
    fields: list[bytes] = []
    for start in _SIGNATURE.finditer(header):
        rest = header[start.end() : start.end() + _MAX_FIELD + 1]
        next_field = re.search(rb"\n(?![ \t])", rest)
        fields.append(rest[: next_field.start()] if next_field else rest)
    return fields


def _is_short(field: bytes) -> bool:
    return len(field) <= _MAX_FIELD and not _LONG_BLANK.search(field)


def _rank(result: DkimResult | None) -> int:
    return _RANK.index(result) if result in _RANK else len(_RANK) + (result is None)
