"""Statistics to share, by page, file and API: what the command tells, entered, for all domains."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from rufgate.review.told_months import ToldMonths
from rufgate.sanitize.sanitized import SanitizedText, SanitizedToken, TokenLabel, TokenRole
from rufgate.store.engine import writing
from rufgate.store.published import PublishedMonths
from rufgate.store.reports import ReportStore
from rufgate.store.schema import reports, reviews
from tests.review.web.site import NOW, A, B, make_site, served
from tests.store.full_report import full_report, sanitized

FEBRUARY = NOW - timedelta(days=30)


def record(site, count, owner=A, at=FEBRUARY):
    """Reports about a person each."""
    for number in range(count):
        token = SanitizedToken(
            label=TokenLabel.ADDRESS, role=TokenRole.RECIPIENT,
            digest=SanitizedText(f"{owner}{number}"), key_id=SanitizedText("p1"),
        )  # fmt: skip
        report = full_report(fingerprint=f"{owner}{at}{number}", received_at=at, owner=owner)
        report = replace(report, tokens=(token,))
        ReportStore(site.engine).record(replace(sanitized(), report=report, copies=()))


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path)
    record(site, 12)
    record(site, 4, B)
    record(site, 9, at=NOW)  # of the month that runs
    with served(site):
        yield site


def test_each_form_tells_what_the_command_tells_and_is_entered(site):
    site.parts.reviewer.run()
    with site.program("analyst") as client:
        told = client.get("/api/v1/stats/public").json()
    (month,) = told["months"]
    assert (told["k"], told["from"], told["to"]) == (5, "2024-03", "2026-02")
    guess = next(iter(month["guess"]))
    assert month == {
        "month": "2026-02", "k": 5, "reports": 10, "guess": {guess: 10}, "domain": {A: 10},
        "mechanism": {"spf": 10},
    }  # fmt: skip
    months = ToldMonths(PublishedMonths(site.engine), (A, B))
    assert months.told(None, NOW, lambda _last: None) == told
    with site.signed_in("privacy-officer") as client:
        page = client.get("/statistics")
        assert "2026-02" in page.text
        assert A in page.text
        assert B not in page.text
        assert client.get("/statistics/public.json").json() == told
        file = client.get("/statistics/public.csv")
        assert file.headers["content-disposition"] == (
            'attachment; filename="rufgate-statistics-2026-02.csv"'
        )
        rows = list(csv.reader(io.StringIO(file.text)))
        assert rows[0] == ["month", "by", "value", "reports"]
        assert rows[1:] == [
            ["2026-02", "", "", "10"], ["2026-02", "guess", guess, "10"],
            ["2026-02", "domain", A, "10"], ["2026-02", "mechanism", "spf", "10"],
        ]  # fmt: skip
        for name in ("private.json", "public.html", "public"):
            assert client.get(f"/statistics/{name}").status_code == 404
    entered = [one for one in site.entries() if one.action == "statistics_published"]
    assert [(one.actor, one.said["count"]) for one in entered] == [
        ("privacy-officer", 1), ("privacy-officer", 1), ("privacy-officer", 1), ("analyst", 1),
    ]  # fmt: skip


def test_a_month_is_told_as_it_was_told_first_whatever_was_forgotten(site):
    site.parts.reviewer.run()
    with site.program("analyst") as client:
        first = client.get("/api/v1/stats/public").text
        with writing(site.engine) as connection:
            connection.execute(delete(reviews))
            connection.execute(delete(reports).where(reports.c.owner_domain == A))
        assert client.get("/api/v1/stats/public").text == first


def test_nothing_is_told_before_the_month_is_read(site):
    with site.program("analyst") as client:
        early = client.get("/api/v1/stats/public")
        assert early.status_code == 503
        assert "still reading" in early.json()["detail"]
        assert PublishedMonths(site.engine).all() == {}
        site.parts.reviewer.run()
        record(site, 1, at=NOW - timedelta(hours=1))  # of this month: no reason to wait
        assert client.get("/api/v1/stats/public").status_code == 200


def test_no_question_narrows_it(site):
    site.parts.reviewer.run()
    with site.program("analyst") as client:
        whole = client.get("/api/v1/stats/public").text
        for asked in ({"k": 2}, {"domain": B}, {"since": "2026-02-19"}, {"by": "domain"}):
            assert client.get("/api/v1/stats/public", params=asked).text == whole


def test_figures_of_all_domains_are_for_those_who_may_see_all(site):
    for name in ("analyst-a", "privacy-officer-a", "postmaster", "postmaster-a"):
        with site.program(name) as program, site.signed_in(name) as reader:
            assert program.get("/api/v1/stats/public").status_code == 403
            for path in ("/statistics", "/statistics/public.csv"):
                assert reader.get(path).status_code == 403
            assert "/statistics" not in reader.get("/").text
