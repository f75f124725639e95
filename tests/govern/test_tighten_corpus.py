"""The oracle of tightening over published reports: no domain or address is left that the stricter
policy would not have kept. Text is compared by what in it looks like a domain or an address.
"""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from rufgate.govern.retention import apply_plan
from rufgate.govern.tighten import plan_tightening
from rufgate.sanitize.sanitized import Sanitized, Tier
from rufgate.store import schema
from rufgate.store.engine import open_store, reading
from rufgate.store.policies import note_policy
from rufgate.store.reports import ReportStore
from tests.corpus import corpus_files, needs_corpus
from tests.govern.test_tighten_filtered import LOOSE
from tests.sanitize.sanitizing import ANALYST, RECEIVED_AT, rules, run

_TABLES = (
    schema.reports, schema.report_domains, schema.report_tokens, schema.report_headers,
    schema.auth_results, schema.auth_properties, schema.attachments,
)  # fmt: skip
_OURS = {"policy", "policy_applied", "fingerprint"}
_WORD = re.compile(r"[\w-]+(?:(?:\.|\[\.\])[\w-]+)+(?:/[\w./…\[\]-]+)?|[0-9a-f]{32,}")


def words(path, policy, tighten_to=None):
    """What looks like a domain, an address, a link or a digest, by report."""
    engine = open_store(f"sqlite:///{path}")
    note_policy(engine, policy, RECEIVED_AT)
    for number, file in enumerate(corpus_files("reports"), 1):
        given = rules(ANALYST, policy=policy)
        done = run(file.read_bytes(), given, report_id=UUID(int=number))
        if isinstance(done, Sanitized):
            ReportStore(engine).record(done)
    if tighten_to is not None:
        apply_plan(engine, plan_tightening(engine, tighten_to, [ANALYST], RECEIVED_AT).plan)
    found: dict[UUID, set[str]] = {}
    with reading(engine) as connection:
        for table in _TABLES:
            for row in connection.execute(select(table)).mappings():
                key = row.get("report_id") or row["id"]
                values = (str(row[c]) for c in table.c if c.name not in _OURS)
                found.setdefault(key, set()).update(w for v in values for w in _WORD.findall(v))
    engine.dispose()
    return found


@needs_corpus
@pytest.mark.long
@pytest.mark.parametrize(
    "change",
    [{"store_tier": Tier.HEADERS}, {"store_tier": Tier.METADATA}, {"links": "host"},
     {"domains": "known"}, {"domains": "organizational"}, {"source_ip": "truncate"},
     {"attachment_digest": "none"}],
    ids=str,
)  # fmt: skip
def test_tightened_reports_hold_no_more_than_those_kept_strictly(tmp_path, change):
    strict = replace(LOOSE, **change)
    strictly = words(tmp_path / "strict.db", strict)
    tightened = words(tmp_path / "tight.db", LOOSE, strict)
    assert len(tightened) > 50
    assert {key: more for key in tightened if (more := tightened[key] - strictly[key])} == {}
