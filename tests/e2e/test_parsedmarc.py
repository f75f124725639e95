"""A sanitized copy still feeds the tool people already use: parsedmarc reads the same facts."""

from __future__ import annotations

import base64
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import CORPUS, corpus_files, corpus_name, needs_corpus
from tests.corpus_facts import FACTS
from tests.e2e.filtering import sanitize

pytestmark = [
    needs_corpus,
    pytest.mark.filterwarnings("ignore"),  # of parsedmarc and its dependencies
]
TEMPLATES = ("exim_plain_text_only_no_arf_part.eml", "test_init_testFailureTextReportParses.eml")
COMPARED = ("auth_failure", "reported_domain", "delivery_result")


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus through ``rufgate sanitize`` at tier text."""
    assert CORPUS is not None
    out = tmp_path_factory.mktemp("copies")
    sanitize(CORPUS / "reports", out, "text", allowed=(0, 65))
    return out


@pytest.mark.parametrize("path", corpus_files("reports"), ids=corpus_name)
def test_parsedmarc_reads_the_same_from_the_copy(path: Path, copies: Path) -> None:
    before = _read(path)
    if before is None:
        pytest.skip("parsedmarc does not read the original")
    if {"unparsed", "loop"} & set(FACTS[corpus_name(path)].kind.split("|")):
        pytest.skip("no report, or a report about a report: no copy is made")
    after = _read(copies / path.relative_to(CORPUS / "reports"))  # type: ignore[operator]  # skipped without
    assert after is not None, "parsedmarc does not read the copy"
    assert ip_address(after["source"]["ip_address"]) == ip_address(before["source"]["ip_address"])
    if path.name in TEMPLATES:  # no ARF: parsedmarc does not look for a delivery result in them
        before["delivery_result"] = after["delivery_result"]
    if after["reported_domain"] == "[domain]":  # a From blacked out by the publisher
        assert before["reported_domain"].endswith(".tld")
        before["reported_domain"] = "[domain]"
    assert {name: after[name] for name in COMPARED} == {name: before[name] for name in COMPARED}
    if _states_arrival(path.read_bytes()):  # else parsedmarc takes the mail's own Date
        assert after["arrival_date_utc"] == before["arrival_date_utc"]


def test_parsedmarc_reads_most_originals() -> None:
    """Else the comparison above compares nothing."""
    read = [path for path in corpus_files("reports") if _read(path)]
    assert len(read) == 44


def _read(path: Path) -> dict[str, Any] | None:
    import parsedmarc  # noqa: PLC0415 - slow, and only here

    try:
        found = parsedmarc.parse_report_email(path.read_bytes(), offline=True)
    except (parsedmarc.InvalidDMARCReport, parsedmarc.ParserError):
        return None
    return dict(found["report"]) if found["report_type"] == "failure" else None


def _states_arrival(content: bytes) -> bool:
    blobs = re.findall(rb"(?:[A-Za-z0-9+/]{4,}={0,2}\r?\n){4,}", content)
    packed = [re.sub(rb"[\s=]", b"", blob) for blob in blobs]
    decoded = [base64.b64decode(blob[: len(blob) // 4 * 4]) for blob in packed]
    return any(re.search(rb"(?im)^arrival-date:", text) for text in [content, *decoded])
