"""Whatever comes in: no exception, and the same answer twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rufgate.sanitize.parsed import Malformed
from rufgate.sanitize.sanitized import Reason
from tests import reports
from tests.sanitize.parsing import RECEIVED_AT, read_any

SEEDS = (
    reports.report(),
    reports.headers_only(),
    reports.EXIM_TEMPLATE,
    reports.report(reports.report(boundary="inner")),
    reports.report(
        feedback_header="Content-Type: message/feedback-report\r\n"
        "Content-Transfer-Encoding: base64\r\n"
    ),
)
PIECES = (
    b"\r\n",
    b"\n\n",
    b"\r",
    b"--part\r\n",
    b"--part--",
    b"Content-Type: ",
    b"multipart/mixed",
    b"message/rfc822",
    b"; boundary=",
    b"base64",
    b"quoted-printable",
    b"=?utf-8?b?",
    b"?=",
    b"\x00",
    b"\xff\xfe",
    b"Source-IP: ",
    b"Received: from [",
    b"begin 644 a\n",
    b"-----BEGIN PGP MESSAGE-----\n",
)


def check(content: bytes) -> None:
    found = read_any(content)
    if isinstance(found, Malformed):
        assert found.reason is not Reason.PARSER_ERROR
        return
    at = found.feedback.arrival_at
    assert at is None or at.utcoffset() == RECEIVED_AT.utcoffset()
    assert len(found.fingerprint_input) == 32
    names = [one.name.reveal() + one.value.reveal() for one in found.outer_headers]
    names += [
        one.name.reveal() + one.value.reveal()
        for one in (found.original.headers if found.original else ())
    ]
    assert not any("\n" in name or "\x00" in name for name in names)


@given(st.binary(max_size=2000))
def test_any_bytes(content: bytes) -> None:
    check(content)


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=60))
def test_any_pieces_of_a_mail(pieces: list[bytes]) -> None:
    check(b"".join(pieces))


@settings(max_examples=300)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=8)
        ),
        max_size=6,
    ),
)
def test_damaged_reports(seed: bytes, damages: list[tuple[float, int, bytes]]) -> None:
    for place, length, new in damages:
        at = int(place * len(seed))
        seed = seed[:at] + new + seed[at + length :]
    check(seed)


@given(st.sampled_from(SEEDS), st.floats(0, 1))
def test_reports_cut_short(seed: bytes, place: float) -> None:
    check(seed[: int(place * len(seed))])
