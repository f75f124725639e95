"""The last hand on a report and its copies, before they are recorded together.

In:  ``Sanitized``, as a worker made it.
Out: the same with a signed manifest of the row, and copies that carry theirs, are sealed where
     their analyst wants that, and are signed with DKIM.
SECURITY: private keys are here, in the main process, and never in a worker, which reads hostile
     mail. What cannot be sealed is withheld: its bytes go, and a row says why.
FAILS: never: a copy that cannot be finished is withheld.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rufgate.deliver.dkim_signature import DkimSigner
from rufgate.deliver.entity import body_digest, join_copy, split_copy
from rufgate.deliver.seal import NoSeal, Seal
from rufgate.sanitize import manifest
from rufgate.sanitize.sanitized import (
    Sanitized,
    SanitizedMessage,
    SanitizedReport,
    SignedManifest,
    Withheld,
)

_KEY_NAME = 16  # hex digits of the public key's digest: enough to find it among a few


@dataclass(frozen=True, kw_only=True, slots=True)
class ManifestSigner:
    """Says by what redaction was done, under the installation's key."""

    key: Ed25519PrivateKey
    models: Mapping[str, str]
    key_name: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the key by its public half."""
        raw = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        object.__setattr__(self, "key_name", hashlib.sha256(raw).hexdigest()[:_KEY_NAME])

    def row(self, report: SanitizedReport) -> SignedManifest:
        """Of the store's row."""
        return self._signed(manifest.of_row(report, self.models, self.key_name))

    def copy(self, report: SanitizedReport, copy: SanitizedMessage, body: str) -> SignedManifest:
        """Of a copy."""
        return self._signed(manifest.of_copy(report, copy, self.models, self.key_name, body))

    def _signed(self, statement: str) -> SignedManifest:
        signature = self.key.sign(manifest.signed_form(statement))
        return manifest.with_signature(statement, signature)


class Finisher:
    """Finishes one report after another; ``seals`` is by the analyst's name."""

    def __init__(
        self,
        manifests: ManifestSigner,
        *,
        seals: Mapping[str, Seal],
        dkim: DkimSigner | None,
        clock: Callable[[], datetime],
        on_withheld: Callable[[SanitizedMessage], None],
    ) -> None:
        self._manifests = manifests
        self._seals = seals
        self._dkim = dkim
        self._clock = clock
        self._on_withheld = on_withheld

    @property
    def takes_time(self) -> bool:
        """Whether it had better be called in a thread."""
        return bool(self._seals) or self._dkim is not None

    def finish(self, sanitized: Sanitized) -> Sanitized:
        """All that is to be recorded."""
        report = sanitized.report
        return replace(
            sanitized,
            manifest=self._manifests.row(report),
            copies=tuple(self._copy(report, copy) for copy in sanitized.copies),
        )

    def _copy(self, report: SanitizedReport, copy: SanitizedMessage) -> SanitizedMessage:
        outer, entity = split_copy(copy.content)
        said = self._manifests.copy(report, copy, body_digest(entity))
        entity = manifest.as_fields(said) + entity
        seal = self._seals.get(str(copy.analyst))
        if seal is not None:
            try:
                entity = seal.seal(entity, self._clock())
            except NoSeal as problem:
                return self._withhold(copy, problem.reason)
        content = join_copy(outer, entity)
        return replace(copy, content=self._dkim.sign(content) if self._dkim else content)

    def _withhold(self, copy: SanitizedMessage, why: Withheld) -> SanitizedMessage:
        withheld = replace(copy, content=b"", withheld=why)
        self._on_withheld(withheld)
        return withheld
