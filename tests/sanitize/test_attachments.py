import hashlib

import pytest

from rufgate.sanitize.attachments import redact_attachment
from rufgate.sanitize.parsed import RawAttachment
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Verdict
from rufgate.sanitize.scan import Scan
from tests.sanitize.redaction_examples import PSEUDONYMS

CONTENT = hashlib.sha256(b"content")


def attachment(size=1000, magic="application/pdf"):
    return RawAttachment(
        magic=magic,
        size_bytes=size,
        sha256=CONTENT.digest(),
        filename=RawText("Jane Doe, invoice.pdf"),
    )


def test_a_stub_says_type_size_and_keyed_digest():
    stub = redact_attachment(attachment(), Policy(), PSEUDONYMS)
    assert (str(stub.media_type), stub.size_bytes, str(stub.key_id)) == (
        "application/pdf",
        1000,
        "p1",
    )
    assert len(str(stub.digest)) == 24
    assert CONTENT.hexdigest() not in repr(stub)
    assert "Jane" not in repr(stub)


def test_a_plain_digest_is_an_opt_in():
    stub = redact_attachment(attachment(), Policy(attachment_digest="sha256"), PSEUDONYMS)
    assert (str(stub.digest), stub.key_id) == (CONTENT.hexdigest(), None)


@pytest.mark.parametrize("kind", ["keyed", "sha256"])
def test_what_could_be_guessed_has_no_digest(kind):
    policy = Policy(attachment_digest=kind)
    assert redact_attachment(attachment(255), policy, PSEUDONYMS).digest is None
    assert redact_attachment(attachment(256), policy, PSEUDONYMS).digest is not None


def test_digests_can_be_switched_off():
    assert (
        redact_attachment(attachment(), Policy(attachment_digest="none"), PSEUDONYMS).digest is None
    )


@pytest.mark.parametrize("magic", ["", "Jane Doe", "a/b\r\nc", "x" * 200 + "/y"])
def test_a_type_that_is_none_is_unknown(magic):
    stub = redact_attachment(attachment(magic=magic), Policy(), PSEUDONYMS)
    assert str(stub.media_type) == "application/octet-stream"


# --- with a scanner -------------------------------------------------------------------------------


def scanned(verdict: Verdict, size: int = 1000) -> RawAttachment:
    content = b"x" * size
    return RawAttachment(
        magic="application/pdf",
        size_bytes=size,
        sha256=hashlib.sha256(content).digest(),
        filename=RawText("Ada Whitcombe.pdf"),
        scan=Scan(verdict),
    )


@pytest.mark.parametrize("size", [10, 1000])
def test_malware_alone_has_a_public_digest(size: int) -> None:
    public = hashlib.sha256(b"x" * size).hexdigest()
    for verdict in Verdict:
        stub = redact_attachment(scanned(verdict, size), Policy(), PSEUDONYMS)
        assert stub.verdict is verdict
        assert (str(stub.digest) == public) is (verdict is Verdict.MALWARE)


def test_no_digest_means_none() -> None:
    policy = Policy(attachment_digest="none")
    stub = redact_attachment(scanned(Verdict.MALWARE), policy, PSEUDONYMS)
    assert (stub.digest, stub.verdict) == (None, Verdict.MALWARE)
