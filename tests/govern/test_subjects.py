"""A data subject is found wherever the address stood, and after erasure in no file."""

from __future__ import annotations

import base64
import quopri
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from rufgate.govern.subject_address import NoAddress, read_address
from rufgate.govern.subject_rate import begin_search
from rufgate.govern.subject_report import answer_of
from rufgate.govern.subjects import Installation, Subjects
from rufgate.govern.tombstones import Tombstones
from rufgate.sanitize.pseudonym import canonical_address
from rufgate.sanitize.sanitized import Tier, TokenLabel
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Actor
from rufgate.store.audit_verify import verify
from rufgate.store.engine import open_store
from rufgate.store.epochs import note_epochs
from rufgate.store.holds import Hold, Holds
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore
from rufgate.store.subject_rows import Needles
from tests.govern.subject_world import (
    ADDRESS,
    ANALYSTS,
    NOT_KEPT,
    OTHER,
    feedback,
    fill,
    filtered,
    keyring,
    later,
)
from tests.store.behind import held_in

KEY = bytes(range(32))
RINGS = {number: keyring(number) for number in (1, 2, 3)}


LISTED: list[Path] = []  # where the list of this test is


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def audit(engine):
    return Audit(engine, KEY, lambda: later(60))


@pytest.fixture(autouse=True)
def listed(tmp_path):
    LISTED.append(tmp_path / "tombstones.log")
    yield
    LISTED.clear()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


def subjects(engine, audit, *epochs: int) -> Subjects:
    known = {number: RINGS[number].epoch_key for number in epochs or RINGS}
    return Subjects(engine, audit, known, Tombstones(LISTED[0], KEY, lambda: later(60)))


def found_by(who: Subjects, address: str = ADDRESS):
    return who.find(read_address(address), ANALYSTS, Actor.OPERATOR)


def others(ids: dict[str, UUID]) -> set[UUID]:
    return {report_id for place, report_id in ids.items() if place in {"other", *NOT_KEPT}}


def of_the_person(ids: dict[str, UUID]) -> set[UUID]:
    return set(ids.values()) - others(ids)


def traces(engine, folder: Path, address: str = ADDRESS) -> list[str]:
    """By other means than the product's: every form of the address, every pseudonym of it."""
    local, _, domain = address.partition("@")
    canonical = canonical_address(local, domain)
    needles = {
        f"{ring.epoch}/{audience}/{label}": ring.pseudonymizer(audience).digest(label, canonical)
        for ring in RINGS.values()
        for audience in (None, *ANALYSTS)
        for label in TokenLabel
    }
    raw = address.encode()
    forms = {name: value.encode() for name, value in needles.items()}
    forms |= {
        "plain": raw,
        "base64": base64.b64encode(raw)[:-4],
        "quoted-printable": quopri.encodestring(raw).replace(b"@", b"=40"),
        "percent": quote(address, safe="").encode(),
    }
    content = {path.name: path.read_bytes().lower() for path in folder.iterdir()}
    content["store"] = held_in(engine).lower()
    return [
        f"{name} in {file}"
        for file, held in content.items()
        for name, needle in forms.items()
        if needle.lower() in held
    ]


@pytest.mark.parametrize("epoch", RINGS)
@pytest.mark.parametrize("copies", [False, True], ids=["rows", "rows and copies"])
def test_the_person_is_found_in_every_place_under_every_epoch(engine, audit, epoch, copies):
    ids = fill(ReportStore(engine), RINGS[epoch])
    if not copies:
        Outbox(engine, audit=audit).drop([c.id for c in Outbox(engine).list(1000)], later(1))
    found = found_by(subjects(engine, audit))
    missed = {place for place, report_id in ids.items() if report_id not in found.places}
    assert missed == {"other", *NOT_KEPT}


def test_what_only_the_copies_hold_is_found_in_them(engine, audit):
    ids = fill(ReportStore(engine), RINGS[2], store_tier=Tier.METADATA)
    found = found_by(subjects(engine, audit))
    assert found.places[ids["text"]] == {"queued copy"}
    assert ids["other"] not in found.places


def test_roles_are_named(engine, audit):
    ids = fill(ReportStore(engine), RINGS[1])
    places = found_by(subjects(engine, audit)).places
    assert {"mail_from", "original mail from"} <= places[ids["mail from"]]
    assert "recipient" in places[ids["recipient"]]
    assert "header From" in places[ids["from"]]
    assert "dkim_identity" in places[ids["dkim identity"]]


@pytest.mark.parametrize(
    "given",
    [
        "Greta.Lindqvist@Sampo.Example",
        "greta.lindqvist+shop@sampo.example",
        '"greta.lindqvist"@sampo.example',
        " <greta.lindqvist@sampo.example>\n",
    ],
)
def test_an_address_in_another_notation_is_the_same_person(engine, audit, given):
    ids = fill(ReportStore(engine), RINGS[1])
    assert set(found_by(subjects(engine, audit), given).places) == of_the_person(ids)


@pytest.mark.parametrize("given", ["jörg@bücher.example", "JÖRG@xn--bcher-kva.example"])
@pytest.mark.parametrize("stood", ["jörg@bücher.example", "jörg@xn--bcher-kva.example"])
def test_an_internationalised_domain_is_found_in_either_form(engine, audit, given, stood):
    done = filtered(feedback(Original_Rcpt_To=f"<{stood}>"), RINGS[1])
    ReportStore(engine).record(done)
    assert set(found_by(subjects(engine, audit), given).places) == {done.report.id}


def test_after_erasure_no_file_holds_the_person_and_others_stay(engine, audit, tmp_path):
    store = ReportStore(engine)
    ids = [fill(store, ring, received_at=later(n)) for n, ring in RINGS.items()]
    assert len(traces(engine, tmp_path)) >= 9, "the search must be able to find what is there"
    who = subjects(engine, audit)
    found = found_by(who)
    erased = who.erase(found, who.plan(found, later(60)), Actor.OPERATOR, Installation())
    assert (erased.reports, erased.left, erased.files) == (len(found.places), 0, ())
    assert erased.complete
    assert traces(engine, tmp_path) == []
    kept = {report.id for report in store.list(1000)}
    assert kept == {report_id for places in ids for report_id in others(places)}
    assert set(found_by(who, OTHER).places) == kept
    assert verify(engine, KEY).bad is None


def test_an_epoch_without_its_key_is_not_nothing_found(engine, audit):
    store = ReportStore(engine)
    fill(store, RINGS[1], received_at=later(0))
    fill(store, RINGS[1], received_at=later(20))
    ids = fill(store, RINGS[2], received_at=later(40))
    found = found_by(subjects(engine, audit, 2, 3))
    assert set(found.places) == of_the_person(ids)
    (lost,) = found.lost
    assert (lost.epoch, lost.first, lost.last) == ("p1", later(0).date(), later(20).date())
    assert lost.reports == 2 * len(ids)
    answer = answer_of(engine, found_by(subjects(engine, audit, 3)), (), later(60))
    assert answer.outcome == "nothing found in the periods that can be searched"
    assert "Not identifiable for 2026-08-03 to 2026-08-23" in "\n".join(answer.as_text())
    nobody = found_by(subjects(engine, audit), "nobody@nowhere.example")
    assert answer_of(engine, nobody, (), later(60)).outcome == "nothing found"


def test_a_report_on_hold_stays_and_is_counted(engine, audit):
    ids = fill(ReportStore(engine), RINGS[1])
    hold = Hold(
        id=uuid4(), report=ids["cc"], reason="a claim", owner="counsel", began_at=later(1),
        until=later(90).date(), ends_at=later(91),
    )  # fmt: skip
    Holds(engine, audit).add(hold)
    who = subjects(engine, audit)
    found = found_by(who)
    held = [held.id for held in answer_of(engine, found, (), later(60)).reports if held.on_hold]
    assert held == [ids["cc"]]
    erased = who.erase(found, who.plan(found, later(60)), Actor.OPERATOR, Installation())
    assert (erased.reports, erased.held) == (len(of_the_person(ids)) - 1, 1)
    assert (erased.left, erased.searched, erased.complete) == (0, False, True)
    assert set(found_by(who).places) == {ids["cc"]}


def test_what_came_between_plan_and_deletion_is_said_to_be_left(engine, audit):
    store = ReportStore(engine)
    fill(store, RINGS[1])
    who = subjects(engine, audit)
    found = found_by(who)
    plan = who.plan(found, later(60))
    store.record(filtered(feedback(Original_Rcpt_To=ADDRESS), RINGS[3]))
    erased = who.erase(found, plan, Actor.OPERATOR, Installation())
    assert (erased.left, erased.complete) == (1, False)
    assert bool(erased.files) == (engine.dialect.name == "sqlite")


@pytest.mark.quick_on_both
def test_parallel_searches_do_not_pass_the_limit(store_url):
    engines = [open_store(store_url) for _ in range(6)]

    def ask(engine) -> bool:
        audit = Audit(engine, KEY, lambda: later(1))
        return begin_search(engine, audit, Actor.OPERATOR, 4, later(1)) is None

    with ThreadPoolExecutor(len(engines)) as pool:
        allowed = list(pool.map(ask, engines * 3))
    for engine in engines:
        engine.dispose()
    assert allowed.count(True) == 4


def test_nothing_that_is_printed_shows_address_or_pseudonym(engine, audit):
    address = read_address(ADDRESS)
    fill(ReportStore(engine), RINGS[1])
    found = found_by(subjects(engine, audit))
    with pytest.raises(NoAddress) as refused:
        read_address(f"{ADDRESS} {ADDRESS}")
    shown = repr((address, found, found.names, Needles(["x"], [ADDRESS]), refused.value))
    assert "greta" not in shown + str(refused.value)
    assert not any(digest in shown for digest in found.names.digests)


FORMS = {
    "plain": ADDRESS,
    "upper case": ADDRESS.upper(),
    "percent": quote(ADDRESS, safe=""),
    "quoted-printable": ADDRESS.replace("@", "=40"),
    **{
        f"base64 at {n}": base64.b64encode(b"-" * n + ADDRESS.encode() + b".").decode()
        for n in range(3)
    },
    "pseudonym": RINGS[1].pseudonymizer().address(*ADDRESS.split("@")),
    "an analyst's": RINGS[2].pseudonymizer("red").address(*ADDRESS.split("@")),
    "half of one": RINGS[3].pseudonymizer().address(*ADDRESS.split("@"))[-12:],
    "one in base64": base64.b64encode(
        RINGS[3].pseudonymizer().address(*ADDRESS.split("@")).encode()
    ).decode(),
}


def test_the_search_of_the_files_knows_every_form(engine, audit, tmp_path, path):
    who = subjects(engine, audit)
    found = found_by(who)
    plan = who.plan(found, later(60))
    file = tmp_path / "a file"
    missed = []
    for name, form in {**FORMS, "none": OTHER}.items():
        file.write_bytes(b"x" * 1_048_570 + form.encode() + b"x" * 100)
        erased = who.erase(found, plan, Actor.OPERATOR, Installation(files=(file,)))
        missed += [] if erased.files else [name]
        assert erased.complete is (name == "none")
    assert missed == ["none"]


def test_a_lost_epoch_is_named_by_the_days_on_which_it_ran(engine, audit):
    note_epochs(engine, [1], later(-3))
    note_epochs(engine, [1, 2], later(30))
    ReportStore(engine).record(filtered(feedback(Original_Rcpt_To=ADDRESS), RINGS[1]))
    (lost,) = found_by(subjects(engine, audit, 2)).lost
    assert (lost.first, lost.last, lost.reports) == (later(-3).date(), later(30).date(), 1)
