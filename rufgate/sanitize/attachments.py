"""Attachments become stubs: type, size and at most a digest.

In:  the shape of a part that is not text.
Out: ``SanitizedAttachment``.
SECURITY: a plain digest confirms guesses about known documents, so it is an opt-in; under 256 bytes
     the content itself could be guessed, so there is none at all. What a scanner knows as malware
     is nobody's letter: its plain digest is shown, at any size. File names never pass.
"""

from __future__ import annotations

import re

from rufgate.sanitize.parsed import RawAttachment
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.pseudonym import Pseudonymizer
from rufgate.sanitize.sanitized import SanitizedAttachment, SanitizedText, TokenLabel, Verdict

_MIN_DIGESTED = 256  # bytes
_MEDIA_TYPE = re.compile(r"[a-z]{1,16}/[a-z0-9][a-z0-9.+-]{0,79}")
_UNKNOWN_TYPE = "application/octet-stream"


def redact_attachment(
    attachment: RawAttachment, policy: Policy, pseudonymizer: Pseudonymizer
) -> SanitizedAttachment:
    """The stub of ``attachment``."""
    kind = attachment.magic if _MEDIA_TYPE.fullmatch(attachment.magic) else _UNKNOWN_TYPE
    digest = key_id = None
    scan = attachment.scan
    if policy.attachment_digest != "none" and scan and scan.verdict is Verdict.MALWARE:
        digest = SanitizedText(attachment.sha256.hex())  # anybody's: it confirms no secret
    elif attachment.size_bytes >= _MIN_DIGESTED:
        if policy.attachment_digest == "keyed":
            token = pseudonymizer.digest(TokenLabel.ATTACHMENT, attachment.sha256.hex())
            digest, key_id = SanitizedText(token), SanitizedText(pseudonymizer.key_id)
        elif policy.attachment_digest == "sha256":
            digest = SanitizedText(attachment.sha256.hex())
    return SanitizedAttachment(
        media_type=SanitizedText(kind),
        size_bytes=attachment.size_bytes,
        digest=digest,
        key_id=key_id,
        verdict=scan.verdict if scan else None,
        unscanned=scan.why if scan else None,
    )
