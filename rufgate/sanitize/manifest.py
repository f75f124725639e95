"""What a redaction manifest says: by what a row or a copy was made, never what was in it. Pure.

In:  a sanitized report or copy; names and versions of the models; the digest of a copy's body.
Out: the statement as JSON in the one form that is signed; the fields that carry it in a copy; the
     statement read back from either.
SECURITY: holds ids, versions, labels and counts. At tier ``metadata`` counts are one total: by
     kind they would say of a mail that nobody may read what was in it.
FAILS: ``ValueError`` where a text is no manifest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from email import message_from_bytes
from email import policy as email_policy
from typing import Any, Final

from rufgate.sanitize.sanitized import (
    RedactionCount,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    SignedManifest,
    Tier,
)

_FORM: Final = "rufgate-manifest-1"
_FIELD: Final = "X-Rufgate-Manifest"
_SIGNATURE_FIELD: Final = "X-Rufgate-Manifest-Signature"
_FOLD_AT: Final = 76
_MAX_CHARS: Final = 262_144
_HEX: Final = re.compile(r"[0-9a-f]{128}")


def of_row(report: SanitizedReport, models: Mapping[str, str], key: str) -> str:
    """The statement about the store's row; ``key`` names the key it is signed with."""
    return _text(_said(report, report.tier, report.counts, report.fields_dropped, models, key))


def of_copy(
    report: SanitizedReport,
    copy: SanitizedMessage,
    models: Mapping[str, str],
    key: str,
    body: str,
) -> str:
    """The statement about a copy whose body has the digest ``body``."""
    said = _said(report, copy.tier, copy.counts, copy.fields_dropped, models, key)
    return _text({**said, "analyst": str(copy.analyst), "body_sha256": body})


def signed_form(statement: str) -> bytes:
    """The bytes that are signed: no other text of ours begins so."""
    return f"{_FORM}\n{statement}".encode()


def with_signature(statement: str, signature: bytes) -> SignedManifest:
    """Both, as they are kept."""
    return SignedManifest(
        statement=SanitizedText(statement), signature=SanitizedText(signature.hex())
    )


def as_fields(manifest: SignedManifest) -> bytes:
    """The header fields of a copy, folded at spaces, with their last line end."""
    said = json.dumps(json.loads(str(manifest.statement)), sort_keys=True)
    lines = [*_folded(f"{_FIELD}: {said}"), *_hex_field(str(manifest.signature))]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def read_fields(content: bytes) -> tuple[str, bytes]:
    """Statement and signature from the header of a copy, or of an entity that was opened."""
    message = message_from_bytes(content, policy=email_policy.compat32)
    stated, signature = message.get_all(_FIELD, []), message.get_all(_SIGNATURE_FIELD, [])
    if len(stated) != 1 or len(signature) != 1:
        raise ValueError("there is no manifest in it")
    return _read(str(stated[0]), str(signature[0]))


def read_stored(manifest: Mapping[str, Any]) -> tuple[str, bytes]:
    """Statement and signature from the JSON of a row."""
    statement = manifest.get("statement")
    text = json.dumps(statement) if isinstance(statement, dict) else str(statement)
    return _read(text, str(manifest.get("signature")))


def _read(stated: str, signature: str) -> tuple[str, bytes]:
    plain, number = " ".join(stated.split()), "".join(signature.split())
    try:
        said = json.loads(plain) if len(plain) <= _MAX_CHARS else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("form") != _FORM or not _HEX.fullmatch(number):
        raise ValueError("what stands there is no manifest")
    return _text(said), bytes.fromhex(number)


def _said(
    report: SanitizedReport,
    tier: Tier,
    counts: Sequence[RedactionCount],
    fields_dropped: int,
    models: Mapping[str, str],
    key: str,
) -> dict[str, Any]:
    return {
        "form": _FORM,
        "report": str(report.id),
        "tier": tier.value,
        "policy": str(report.policy),
        "engine": str(report.engine),
        "models": dict(models),
        "fields_dropped": fields_dropped,
        "removed": _total(counts) if tier is Tier.METADATA else _by_kind(counts),
        "key": key,
    }


def _total(counts: Iterable[RedactionCount]) -> int:
    return sum(count.count for count in counts)


def _by_kind(counts: Iterable[RedactionCount]) -> list[list[str | int]]:
    return sorted([str(c.entity), str(c.recognizer), str(c.part), c.count] for c in counts)


def _text(said: Mapping[str, Any]) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _folded(line: str) -> list[str]:
    lines = []
    while len(line) > _FOLD_AT:
        cut = line.rfind(" ", 1, _FOLD_AT)
        cut = cut if cut > 0 else line.find(" ", _FOLD_AT)
        if cut < 0:
            break
        lines.append(line[:cut])
        line = line[cut:]
    return [*lines, line]


def _hex_field(number: str) -> list[str]:
    """The signature in two lines."""
    half = len(number) // 2
    return [f"{_SIGNATURE_FIELD}: {number[:half]}", f" {number[half:]}"]
