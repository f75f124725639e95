"""Makes the pictures of the documentation: ``python -m tests.review.web.shots docs/pages``."""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

from rufgate.sanitize.sanitized import (
    DomainRole,
    RedactionCount,
    SanitizedAuthResult,
    SanitizedDomain,
    SanitizedHeader,
    SanitizedMessage,
    SanitizedReport,
    Tier,
)
from rufgate.store.reports import ReportStore
from tests.review.web.site import NOW, Site, make_site, raise_, served
from tests.store.full_report import full_report, sanitized, text

OWN = "example.org"
MAILINGS = (  # subject, text, source, SPF, DKIM, weight
    ("Invoice [NUMBER 1] is overdue, [PERSON 1]",
     "Dear [PERSON 1],\n\nyour invoice [NUMBER 1] is overdue. Call [PHONE 1].\n\n[PERSON 2]",
     "203.0.113.66", ("fail", OWN), ("none", None), 5),
    ("Newsletter of November", "Hello [PERSON 1],\n\nthis month: bread, bicycles, books.",
     "198.51.100.24", ("pass", "bounce.mailer.example"), ("pass", "mailer.example"), 3),
    ("Ticket [NUMBER 1] was closed", "Dear [PERSON 1],\n\nticket [NUMBER 1] was closed.",
     "192.0.2.31", ("pass", OWN), ("fail", OWN), 4),
    ("Re: minutes of the meeting", "I agree with [PERSON 1].\n\n> [PERSON 2] wrote:\n> shall we?",
     "198.51.100.7", ("pass", "lists.example.net"), ("fail", OWN), 2),
)  # fmt: skip
VIEWS = (
    ("overview", "analyst", "/", "light", 1280),
    ("report", "analyst", "/reports/{id}", "light", 1280),
    ("report-phone", "analyst", "/reports/{id}", "dark", 390),
    ("reports-phone", "analyst", "/reports", "light", 390),
    ("retention", "privacy-officer", "/retention", "dark", 1280),
)


def report_of(number: int, chance: random.Random) -> SanitizedReport:
    subject, body, source, spf, dkim, _ = chance.choices(MAILINGS, [one[5] for one in MAILINGS])[0]
    at = NOW - timedelta(days=min(29, int(chance.expovariate(1 / 9))), minutes=number * 7)
    reporter = chance.choice(("mail.example.com", "mx.example.net"))
    results = [("spf", "smtp.mailfrom", *spf), ("dkim", "header.d", *dkim)]
    return replace(
        full_report(received_at=at, fingerprint=f"f{number}", owner=OWN, reporter=reporter),
        reason=None, policy=text("5b1c0f9e27d4a680"), reported_domain=text(OWN),
        from_domain=text(OWN), source_ip=text(source), user_agent=text("Reporter/2.1"),
        reporting_mta=text(f"dns; {reporter}"), auth_failure=text("dmarc"), arrival_at=at,
        delivery_result=text("reject" if source.startswith("203") else "delivered"),
        incidents_stated=1, dkim_domain=text(OWN) if dkim[1] == OWN else None,
        dkim_selector=text("s2026") if dkim[1] == OWN else None, dkim_identity=None,
        original_mail_from=text(f"p1-mzxw6ytboi4dgnbvgy3tqojq@{spf[1]}"), subject=text(subject),
        text=text(body), text_omitted=None, not_stated=(), flags=(), fields_dropped=2,
        reporter_authenticated_domain=text(reporter), tokens=(),
        headers=tuple(SanitizedHeader(name=text(name), value=text(value)) for name, value in (
            ("From", f"[NAME 1] <p1-gezdgnbvgy3tqojqgezdgnbv@{OWN}>"),
            ("Subject", subject), ("Message-ID", f"<[ID 1]@{OWN}>"))),
        auth_results=tuple(
            SanitizedAuthResult(authserv=text(reporter), method=text(method), result=text(result),
                                properties=((text(name), text(domain)),) if domain else ())
            for method, name, result, domain in results),
        domains=(SanitizedDomain(name=text(OWN), role=DomainRole.REPORTED),), attachments=(),
        counts=tuple(
            RedactionCount(entity=text(what), recognizer=text(by), part=text(where), count=count)
            for what, by, where, count in (
                ("PERSON", "ner", "text", 2), ("EMAIL_ADDRESS", "rules", "headers", 3),
                ("PHONE_NUMBER", "rules", "text", 1))),
    )  # fmt: skip


def fill(site: Site) -> str:
    """The id of a report that tells a story."""
    chance, store, best = random.Random(3), ReportStore(site.engine), ""
    for number in range(90):
        report = report_of(number, chance)
        copy = SanitizedMessage(
            report_id=report.id, analyst=text("soc"), tier=Tier.TEXT,
            message_id=text(f"<{number}@x.example>"), content=b"x" * 900,
        )  # fmt: skip
        store.record(replace(sanitized(), report=report, copies=(copy,)))
        best = str(report.id) if str(report.source_ip).startswith("203") else best
    site.parts.reviewer.run()
    return best


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    site = make_site(Path(tempfile.mkdtemp()))
    id_ = fill(site)
    raise_(site, OWN, f"96 failing messages as {OWN} today; 12 a day are usual.")
    with served(site), sync_playwright() as run:
        browser = run.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, role, path, scheme, width in VIEWS:
            context = browser.new_context(
                base_url=site.base, color_scheme=scheme, viewport={"width": width, "height": 900}
            )  # type: ignore[call-overload]
            page = context.new_page()
            page.goto("/sign-in")
            page.fill("#token", site.known[role][1])
            page.click("main button")
            page.goto(path.format(id=id_))
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
