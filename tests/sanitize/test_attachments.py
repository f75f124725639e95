import base64
import binascii
import hashlib
from collections.abc import Iterator

import pytest

from rufgate.sanitize.attachments import redact_attachment
from rufgate.sanitize.parsed import RawAttachment
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Verdict
from rufgate.sanitize.scan import Scan
from tests import reports
from tests.sanitize.redaction_examples import PSEUDONYMS
from tests.sanitize.sanitizing import row

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


class Watching:
    """A scanner that remembers what it was shown, and reads no more than the first piece."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def scan(self, pieces: Iterator[bytes]) -> Scan:
        self.seen.append(next(pieces, b""))
        return Scan(Verdict.CLEAN)

    def close(self) -> None:
        """Nothing is held."""


def test_attachments_are_shown_as_files_and_inside_texts() -> None:
    large = bytes(range(256)) * 4000
    encoded = base64.encodebytes(large).replace(b"\n", b"\r\n")
    header = (*reports.ORIGINAL_HEADER, ("Content-Type", 'multipart/mixed; boundary="in"'))
    body = (
        b"\r\n--in\r\nContent-Type: text/plain\r\n\r\nsee below\r\n"
        b"begin 644 a.exe\r\n" + binascii.b2a_uu(b"MZ inside").replace(b"\n", b"\r\n") + b"end\r\n"
        b"--in\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + encoded
        + b"--in--\r\n"
    )
    scanner = Watching()
    report = row(reports.report(reports.original(header, body)), scanner=scanner)
    assert scanner.seen[0] == b"MZ inside"
    assert scanner.seen[1]
    assert large.startswith(scanner.seen[1])
    assert [(item.size_bytes, item.verdict) for item in report.attachments] == [
        (9, Verdict.CLEAN),
        (len(large), Verdict.CLEAN),
    ]


def test_without_a_scanner_there_is_no_verdict() -> None:
    stub = redact_attachment(attachment(), Policy(), PSEUDONYMS)
    assert (stub.verdict, stub.unscanned) == (None, None)
