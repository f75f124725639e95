"""Campaigns: reports of one mailing come together, those of others do not."""

from __future__ import annotations

import hmac
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from rufgate.govern.plan import plan_for_reports
from rufgate.govern.retention import apply_plan, apply_retention
from rufgate.review.reviewer import VERSION, Reviewer, _Shapes
from rufgate.review.shape import distance, shape_of
from rufgate.sanitize.sanitized import DomainRole, SanitizedDomain, SanitizedText, Tier
from rufgate.store import schema
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.filters import Filter, Scope
from rufgate.store.query import Query
from rufgate.store.reports import ReportStore
from rufgate.store.reviews import Reviews
from tests.store.full_report import RECEIVED, full_report, sanitized

KEY = b"k" * 32
_LISTED = (
    " account agenda agreement annual application appointment assembly assessment award"
    " balance bank benefit bill board budget building business calendar care certificate"
    " change charity claim clinic closing collection committee community complaint confirm"
    " contract council court customer deadline delivery deposit director discount document"
    " election email energy estate event fee file fine form funding garden grant group health"
    " holiday hospital housing insurance invoice job key letter library licence loan local"
    " mailbox market medical meeting member minutes monthly mortgage newsletter notice offer"
    " office order parcel parking park password payment pension permit planning policy portal"
    " prize programme project property reader receipt record refund register renewal rent"
    " repair report request result review road safety salary school security service shop"
    " signature social staff statement storage survey system tax team tenancy ticket training"
    " transfer transport travel update urgent vehicle visit voice vote voucher warning waste"
    " water webinar winter work"
)
WORDS = _LISTED.split()


class Mailing:
    """Made reports of one mailing: a fixed text with names, numbers and words that vary."""

    def __init__(self, chance: random.Random, owner: str = "example.org") -> None:
        self._chance, self._owner = chance, owner
        self._subject = chance.sample(WORDS, chance.randint(3, 8))
        self._text = [chance.choice(WORDS) for _ in range(chance.randint(40, 150))]
        self._domain = f"{chance.choice(WORDS)}{chance.choice(WORDS)}.example"
        self._net = chance.randint(1, 250)

    def report(self, tier: Tier = Tier.TEXT):
        subject, text = list(self._subject), list(self._text)
        varies = self._chance.choice(["[PERSON 1]", str(self._chance.randint(1, 9999)), ""])
        subject.insert(self._chance.randrange(len(subject) + 1), varies)
        for _ in range(4):
            text[self._chance.randrange(len(text))] = self._chance.choice(["[PERSON 2]", "12"])
        whole = full_report(owner=self._owner, fingerprint=uuid4().hex)
        return replace(
            whole,
            tier=tier,
            subject=SanitizedText(" ".join(subject)),
            text=SanitizedText(" ".join(text)) if tier is Tier.TEXT else None,
            headers=(),
            domains=(SanitizedDomain(name=SanitizedText(self._domain), role=DomainRole.MAIL_FROM),),
            source_ip=SanitizedText(f"10.{self._net}.0.{self._chance.randint(1, 250)}"),
            received_at=RECEIVED + timedelta(minutes=self._chance.randint(0, 9000)),
            dkim_selector=None,
        )


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def record(engine, report):
    given = replace(sanitized(), report=report, copies=())
    ReportStore(engine).record(given)
    return report.id


def read(engine, key=KEY):
    return Reviewer(Reviews(engine), key).run()


def campaign_of(engine):
    with reading(engine) as connection:
        read = schema.reports.c.campaign_id.is_not(None)
        rows = connection.execute(select(schema.reports).where(read))
        return {row.id: row.campaign_id for row in rows}


@pytest.mark.parametrize("tier", [Tier.TEXT, Tier.HEADERS])
def test_mailings_come_together_and_stay_apart(engine, tier):
    """Thirty mailings of one to twelve reports, mixed: few are split, none are thrown together."""
    chance = random.Random(7)
    mailings = [Mailing(chance) for _ in range(30)]
    truth = {}
    todo = [at for at in range(30) for _ in range(1 + at % 12)]
    chance.shuffle(todo)
    for at in todo:
        truth[record(engine, mailings[at].report(tier))] = at
    assert read(engine) == len(todo)
    found = campaign_of(engine)
    for campaign in set(found.values()):
        assert len({truth[report] for report in found if found[report] == campaign}) == 1
    largest = Counter()
    for at in range(30):
        largest[at] = max(Counter(found[r] for r in truth if truth[r] == at).values())
    assert sum(largest.values()) >= 0.95 * len(todo)


def test_the_order_of_batches_and_a_restart_change_nothing(engine):
    chance = random.Random(8)
    one, other = Mailing(chance), Mailing(chance)
    first = {record(engine, one.report()), record(engine, other.report())}
    read(engine)
    second = [record(engine, one.report()), record(engine, other.report())]
    read(engine)  # a new reviewer: it knows the shapes from the store
    found = campaign_of(engine)
    assert {found[report] for report in second} == {found[report] for report in first}


def test_mailings_to_two_owners_are_two_campaigns(engine):
    one, other = Mailing(random.Random(3)), Mailing(random.Random(3), "example.net")
    ids = [record(engine, mailing.report()) for mailing in (one, other)]
    read(engine)
    assert len({campaign_of(engine)[report] for report in ids}) == 2


def test_a_scope_counts_its_own_reports_alone(engine):
    chance = random.Random(5)
    for _ in range(3):
        record(engine, Mailing(chance).report())
    mine = Mailing(chance, "example.net")
    ids = {record(engine, mine.report()) for _ in range(2)}
    read(engine)
    (campaign,) = Reviews(engine).campaigns(Filter(), Scope(("example.net",)))
    assert campaign.reports == 2
    mine = Scope(("example.net",))
    assert Reviews(engine).campaigns(Filter(), mine, limit=1000) == (campaign,)  # counted at once
    assert campaign.representative.id in ids
    asked = Filter.of(campaign=str(campaign.id))
    assert {report.id for report in Query(engine).page(asked).reports} == ids
    assert Query(engine, Scope(("example.org",))).page(asked).reports == ()
    assert Reviews(engine).campaigns(asked, Scope(("example.org",))) == ()


@pytest.mark.quick_on_both
def test_a_campaign_is_its_reports_and_goes_with_them(engine):
    ids = [record(engine, Mailing(random.Random(1)).report()) for _ in range(3)]
    read(engine)
    (campaign,) = Reviews(engine).campaigns(Filter())
    assert (campaign.reports, campaign.seen) == (3, 3)
    apply_plan(engine, plan_for_reports(engine, ids[:2], FieldClass.FACTS, "delete", RECEIVED))
    (campaign,) = Reviews(engine).campaigns(Filter())
    assert campaign.reports == 1
    apply_plan(engine, plan_for_reports(engine, ids, FieldClass.FACTS, "delete", RECEIVED))
    assert Reviews(engine).campaigns(Filter()) == ()


def test_shapes_are_forgotten_with_the_fingerprints_and_campaigns_stay(engine):
    record(engine, Mailing(random.Random(1)).report())
    read(engine)
    assert Reviews(engine).shapes()
    apply_retention(engine, (), RECEIVED + timedelta(days=22))
    assert Reviews(engine).shapes() == []
    assert len(Reviews(engine).campaigns(Filter())) == 1


def test_newer_rules_read_again_and_keep_the_campaign(engine):
    record(engine, Mailing(random.Random(1)).report())
    read(engine)
    before = campaign_of(engine)
    assert read(engine) == 0
    with writing(engine) as connection:
        connection.execute(update(schema.reviews).values(version=VERSION - 1, rule="old"))
    assert read(engine) == 1
    assert campaign_of(engine) == before


def test_the_gates_own_tests_are_not_read(engine):
    ReportStore(engine, canary=True).record(sanitized())
    assert read(engine) == 0
    assert Reviews(engine).count_waiting(VERSION) == 0


def test_a_report_that_goes_while_it_is_read_leaves_no_row(engine):
    gone = record(engine, Mailing(random.Random(1)).report())
    waiting = Reviews(engine).waiting(VERSION, 10)
    with writing(engine) as connection:
        connection.execute(delete(schema.reports).where(schema.reports.c.id == gone))
    made = [Reviewer(Reviews(engine), KEY)._read(waiting[0], {}, _Shapes([]))]
    Reviews(engine).save(made, VERSION)
    assert campaign_of(engine) == {}


def test_the_same_report_has_another_shape_under_another_key(engine):
    record(engine, Mailing(random.Random(1)).report())
    (detail,) = Reviews(engine).waiting(VERSION, 10)
    one, other = (shape_of(detail, lambda b, k=key: _hmac(k, b)) for key in (b"a", b"b"))
    assert distance(one, other) > 32


def _hmac(key, content):
    return hmac.digest(key, content, "sha256")


def test_names_numbers_and_pseudonyms_have_no_part_in_a_shape(engine):
    base = full_report(fingerprint="a")
    for number, subject in enumerate(
        (
            "invoice [PERSON 1] overdue 4711 parcel",
            "invoice [PERSON 9] overdue 12 parcel",
            "invoice p1-abcdefghijklmnopqrstuvwx overdue 5 parcel",
        )
    ):
        record(
            engine,
            replace(base, id=uuid4(), fingerprint=SanitizedText(str(number)),
                    subject=SanitizedText(subject)),
        )  # fmt: skip
    shapes = {
        shape_of(detail, lambda b: _hmac(KEY, b)) for detail in Reviews(engine).waiting(VERSION, 9)
    }
    assert len(shapes) == 1


def test_too_little_to_compare_by_is_a_campaign_of_its_own(engine):
    bare = {"subject": None, "text": None, "domains": (), "headers": (), "source_ip": None,
            "dkim_selector": None, "attachments": ()}  # fmt: skip
    for number in range(2):
        record(engine, replace(full_report(fingerprint=str(number)), id=uuid4(), **bare))
    read(engine)
    assert len(set(campaign_of(engine).values())) == 2


def test_counts_over_time_are_told_apart_by_guess(engine):
    for _ in range(3):
        record(engine, Mailing(random.Random(1)).report())
    read(engine)
    days = Query(engine).over_time(Filter(), "guess")
    assert sum(day["seen"] for day in days) == 3
    assert all(day["guess"] for day in days)
    asked = Filter.of(guess=days[0]["guess"])
    assert len(Query(engine).page(asked).reports) == 3
    assert Query(engine).page(Filter.of(guess="nobody")).reports == ()


def test_hosts_of_a_period_are_those_of_its_reports_alone(engine):
    mailing = Mailing(random.Random(2))
    hosts = [f"192.0.2.{number}" for number in range(4)]
    for number, host in enumerate(hosts):
        at = RECEIVED + timedelta(days=number)
        one = replace(mailing.report(), received_at=at, source_ip=SanitizedText(host))
        record(engine, one)
    read(engine)
    asked = Filter.of(since=(RECEIVED + timedelta(days=2)).date())
    for limit in (50, 1000):  # counted for those found, and in one go
        (campaign,) = Reviews(engine).campaigns(asked, limit=limit)
        assert (campaign.reports, campaign.sources) == (2, 2)
