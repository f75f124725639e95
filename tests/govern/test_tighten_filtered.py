"""The oracle of tightening: a report kept loosely and tightened holds no more than one that was
kept under the stricter policy from the start. Both went through the real filter.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from rufgate.govern.retention import apply_plan
from rufgate.govern.tighten import plan_tightening
from rufgate.sanitize.policy import OwnDomain, Policy
from rufgate.sanitize.sanitized import Tier
from rufgate.store import schema
from rufgate.store.engine import open_store, reading
from rufgate.store.policies import note_policy
from rufgate.store.reports import ReportStore
from tests.reports import FEEDBACK, ORIGINAL_HEADER, changed, original, report
from tests.sanitize.sanitizing import ANALYST, RECEIVED_AT, Finder, done, rules

FIELDS = changed(
    FEEDBACK,
    Reporting_MTA="dns; mx1.eu.receiver.example",
    DKIM_Domain="news.mail.example.org",
    DKIM_Selector="s2026",
    DKIM_Identity="@news.mail.example.org",
    SPF_DNS="txt : news.mail.example.org : v=spf1 include:_spf.a.vendor-host.com -all",
    Original_Mail_From="<bounce@out.mailer.example.net>",
    Reported_Domain="news.example.org",
    Reported_URI="http://shop.vendor-host.com/orders/list",
    Authentication_Results=(
        "mx.eu.receiver.example; dmarc=fail header.from=news.example.org;"
        " dkim=fail header.d=news.mail.example.org header.s=s2026;"
        " spf=fail smtp.mailfrom=bounce@out.mailer.example.net smtp.remote-ip=198.51.100.23"
    ),
)
HEADER = (
    ("Received", ("from out.mailer.example.net (out.mailer.example.net [198.51.100.23])"
     " by mx1.eu.receiver.example with ESMTPS; Tue, 03 Nov 2026 09:14:57 +0000")),
    *changed(
        ORIGINAL_HEADER,
        From='"Revenue" <revenue@news.example.org>',
        Subject="Refund: see https://www.shop.vendor-host.com/refund/form of Nightingale",
        References="<a@x.other-host.com> <b@out.mailer.example.net>",
        List_Unsubscribe="<https://u.vendor-host.com/leave>, <mailto:leave@u.vendor-host.com>",
        DKIM_Signature="v=1; a=rsa-sha256; d=news.mail.example.org; s=s2026; h=from:to; b=x",
    ),
)  # fmt: skip
BODY = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Project Nightingale waits at https://www.shop.vendor-host.com/refund/form?id=77 or at\r\n"
    b"news.example.org, intranet.other-host.com and www.hmrc.gov.uk. Ask 198.51.100.23.\r\n"
    b"Mail help@desk.other-host.com or https://pay.vendor-host.com/a.\r\n"
    b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"JVBERi0xLjQK" * 60
    + b"\r\n--b--\r\n"
)
REPORT = report(original(HEADER, BODY), feedback=FIELDS)
LOOSE = Policy(
    store_tier=Tier.TEXT, links="path", attachment_digest="sha256", domains="keep",
    uncovered_text="rules", own_domains=(OwnDomain(name="example.org"),),
)  # fmt: skip
# What says under which policy a row was made, how much was removed, or in which order.
_NOT_COMPARED = {
    "id", "report_id", "policy", "policy_applied", "position", "result_position", "fields_dropped",
    "not_stated", "flags", "size_bytes", "message_id", "content",
}  # fmt: skip
_TABLES = (
    schema.reports, schema.report_domains, schema.report_tokens, schema.report_headers,
    schema.auth_results, schema.auth_properties, schema.attachments,
)  # fmt: skip


def kept(tmp_path, name, policy, tighten_to=None, *, covered=True):
    """All values of the store after ``REPORT`` came in under ``policy``."""
    engine = open_store(f"sqlite:///{tmp_path / name}")
    note_policy(engine, policy, RECEIVED_AT)
    given = rules(ANALYST, policy=policy)
    ReportStore(engine).record(done(REPORT, given, recognizer=Finder(covered=covered)))
    if tighten_to is not None:
        found = plan_tightening(engine, tighten_to, [ANALYST], RECEIVED_AT)
        assert found.plan.entries
        apply_plan(engine, found.plan)
    values = set()
    with reading(engine) as connection:
        for table in _TABLES:
            for row in connection.execute(select(table)).mappings():
                who = row.get("name") if table is schema.report_headers else None
                for column in table.c:
                    value = row[column]
                    if value is not None and column.name not in _NOT_COMPARED:
                        values |= {
                            (table.name, who, column.name, str(one))
                            for one in (value if isinstance(value, list) else [value])
                        }
    engine.dispose()
    return values


def is_less(value, strictly):
    """Whether it is one of those values with fewer domains in it."""
    shape = re.escape(value[-1]).replace(re.escape("[domain]"), r"[\w.\[\]-]+")
    return any(value[:3] == other[:3] and re.fullmatch(shape, other[-1]) for other in strictly)


@pytest.mark.parametrize(
    "change",
    [
        {"store_tier": Tier.HEADERS},
        {"store_tier": Tier.METADATA},
        {"links": "host"},
        {"attachment_digest": "none"},
        {"source_ip": "truncate"},
        {"domains": "known"},
        {"domains": "organizational"},
        {"uncovered_text": "omit"},
        {"deny_phrases": ("project nightingale",)},
        {"store_tier": Tier.METADATA, "domains": "organizational", "source_ip": "truncate",
         "attachment_digest": "none", "links": "host"},
    ],
    ids=str,
)  # fmt: skip
def test_a_tightened_report_holds_no_more_than_one_kept_strictly(tmp_path, change):
    covered = "uncovered_text" not in change
    strict = replace(LOOSE, **change)
    loosely = kept(tmp_path, "loose.db", LOOSE, covered=covered)
    strictly = kept(tmp_path, "strict.db", strict, covered=covered)
    tightened = kept(tmp_path, "tight.db", LOOSE, strict, covered=covered)
    assert loosely - strictly, "the setting makes no difference here"
    assert {value for value in tightened - strictly if not is_less(value, strictly)} == set()
