"""A trial tells what phrases and role addresses change, and shows nothing else of the report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rufgate.sanitize.policy import OwnDomain
from rufgate.sanitize.spans import Entity
from rufgate.sanitize.trial import compare
from rufgate.sanitize.trial_result import (
    Danger,
    Effect,
    NoReport,
    Part,
    Sort,
    Tried,
    Use,
    Warn,
)
from tests import reports
from tests.sanitize.sanitizing import Finder, message, rules

FINDER = Finder(r"Contoso Helpdesk|Harbour Works|Zebedee Quill", Entity.PERSON)
BODY = (
    "Dear Ada,\r\n\r\nThe Contoso Helpdesk knows. Ask the CONTOSO  HELPDESK about Bluebird,\r\n"
    "or newsletter@example.org.\r\nnothing here\r\nZebedee Quill\r\n"
)


def content(body: str = BODY, **header: str) -> bytes:
    fields = reports.changed(reports.ORIGINAL_HEADER, Subject="Contoso Helpdesk news", **header)
    return reports.report(reports.original(fields, body))


def effect(given: bytes | None = None, *, own: str = "example.org", **tried: object) -> Effect:
    found = attempt(given, own=own, **tried)
    assert isinstance(found, Effect)
    return found


def attempt(given: bytes | None, *, own: str, **tried: object) -> Effect | NoReport:
    words = Tried(**tried)
    before = rules(own_domains=(OwnDomain(name=own),))
    policy = replace(
        before.policy,
        allow_phrases=words.allow,
        deny_phrases=words.deny,
        own_domains=(OwnDomain(name=own, role_addresses=words.roles),),
    )
    return compare(
        message(given or content()),
        before=before,
        after=replace(before, policy=policy),
        tried=words,
        recognizer=FINDER,
    )


def lines(found: Effect) -> dict[Part, tuple[str, str]]:
    return {
        change.part: ("\n".join(map(str, change.before)), "\n".join(map(str, change.after)))
        for change in found.changes
    }


def use(sort: Sort, phrase: str, part: Part, *counts: int) -> Use:
    occurs, stayed, stays = counts
    return Use(sort=sort, phrase=phrase, part=part, occurs=occurs, stayed=stayed, stays=stays)


def test_an_allowed_phrase_stays_and_its_lines_are_shown() -> None:
    phrase = "Contoso Helpdesk"
    found = effect(allow=(phrase,))
    assert found.uses == (
        use(Sort.ALLOW, phrase, Part.SUBJECT, 1, 0, 1),
        use(Sort.ALLOW, phrase, Part.TEXT, 2, 0, 2),
    )
    assert lines(found)[Part.SUBJECT] == ("[PERSON 1] news", "Contoso Helpdesk news")
    assert "Contoso Helpdesk knows" in lines(found)[Part.TEXT][1]
    assert found.warnings == ()


def test_a_denied_phrase_goes() -> None:
    found = effect(deny=("bluebird",))
    assert found.uses == (use(Sort.DENY, "bluebird", Part.TEXT, 1, 1, 0),)
    before, after = lines(found)[Part.TEXT]
    assert "Bluebird" in before
    assert "about [REDACTED]," in after


def test_only_lines_that_differ_are_shown_and_new_numbers_are_no_difference() -> None:
    found = effect(allow=("Contoso Helpdesk",))
    shown = "\n".join(map("\n".join, lines(found).values()))
    assert "nothing here" not in shown
    assert "Dear" not in shown  # [PERSON 2] became [PERSON 1]


def test_nothing_of_the_report_is_shown_but_the_phrase() -> None:
    found = effect(allow=("Contoso Helpdesk",), deny=("knows",), roles=("newsletter@example.org",))
    told = repr(found)
    for raw in ("Quill", "Whitcombe", "Zebedee", "home.example", "ada"):
        assert raw not in told


def test_a_role_address_stays_in_header_and_text() -> None:
    role = "newsletter@example.org"
    given = content(From=f'"News" <{role.title()}>')
    found = effect(given, roles=(role,))
    assert set(found.uses) == {
        use(Sort.ROLE, role, Part.TEXT, 1, 0, 1),
        use(Sort.ROLE, role, Part.HEADERS, 1, 0, 1),
    }
    assert lines(found)[Part.HEADERS][1] == f"From: {role}"


def test_a_role_address_of_a_foreign_domain_changes_nothing() -> None:
    found = effect(own="example.com", roles=("newsletter@example.org",))
    assert found.changes == ()
    assert found.uses == (use(Sort.ROLE, "newsletter@example.org", Part.TEXT, 1, 0, 0),)


def test_a_name_that_a_phrase_lets_through_is_a_warning_with_its_place() -> None:
    body = "Dear Mrs Whitcombe,\r\nHarbour Works\r\n"
    found = effect(content(body), allow=("Whitcombe", "Harbour Works"))
    assert found.warnings == (Warn(danger=Danger.KNOWN_NAME, phrase="Whitcombe", fields=("text",)),)
    alone = content("they saw Whitcombe there\r\n")
    word = effect(alone, allow=("Whitcombe Harbour Trust",))  # each of its words is freed
    assert [warning.danger for warning in word.warnings] == [Danger.KNOWN_NAME]
    absent = effect(content("nobody\r\n"), allow=("Whitcombe",))
    assert absent.warnings == ()


def test_a_phrase_that_is_an_address_opens_nothing() -> None:
    found = effect(allow=("newsletter@example.org",))
    assert found.uses == (use(Sort.ALLOW, "newsletter@example.org", Part.TEXT, 1, 0, 0),)
    assert Warn(danger=Danger.ADDRESS, phrase="newsletter@example.org") in found.warnings


def test_what_the_leak_check_takes_away_is_named_with_its_field() -> None:
    """A local part of the header, shown through a phrase, is more than its words."""
    given = content("Ask whitmoor.desk today.\r\n", From="<whitmoor.desk@example.org>")
    found = effect(given, allow=("whitmoor.desk",))
    assert Warn(danger=Danger.LEAK_CHECK, fields=("text",)) in found.warnings
    assert use(Sort.ALLOW, "whitmoor.desk", Part.TEXT, 1, 0, 0) in found.uses
    assert lines(found)[Part.TEXT][1] == "[left out: leak_found]"
    assert effect(given, deny=("today",)).warnings == ()


@pytest.mark.parametrize("given", [b"Subject: lunch\r\n\r\nSee you.\r\n", b""])
def test_what_is_no_report_says_why(given: bytes) -> None:
    found = attempt(given or b"x", own="example.org", allow=("lunch",))
    assert isinstance(found, NoReport)
    assert found.why


def test_a_text_that_is_left_out_counts_as_gone() -> None:
    class Foreign(Finder):
        def __init__(self) -> None:
            super().__init__(covered=False)

    before = rules()
    words = Tried(allow=("Contoso Helpdesk",))
    after = replace(before, policy=replace(before.policy, allow_phrases=words.allow))
    found = compare(
        message(content()), before=before, after=after, tried=words, recognizer=Foreign()
    )
    assert isinstance(found, Effect)
    assert use(Sort.ALLOW, "Contoso Helpdesk", Part.TEXT, 2, 0, 0) in found.uses


def test_each_text_is_read_once_by_the_recognizer() -> None:
    read: list[str] = []

    class Counting(Finder):
        def analyze(self, text, language=None, **_):
            read.append(text.reveal())
            return super().analyze(text, language)

    counting = Counting()
    before = rules()
    words = Tried(allow=("news",))
    after = replace(before, policy=replace(before.policy, allow_phrases=words.allow))
    compare(message(content()), before=before, after=after, tried=words, recognizer=counting)
    assert len(read) >= 2  # subject and text, and what they look like with labels
    assert len(read) == len(set(read))
