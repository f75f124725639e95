import hashlib

import pytest

from rufgate.sanitize.attachments import redact_attachment
from rufgate.sanitize.parsed import RawAttachment
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.raw import RawText
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
