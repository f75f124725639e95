"""Every place where personal data hides, in every encoding that fits there: nothing comes out.

The places are those of ``tests/e2e/canary_*`` (standards section 6) for encodings inside a line,
and ``leak_places`` for those of a whole part. No model and no rule of ``recognize`` helps: what is
redacted is found by structure alone. ``tests/e2e/test_leak_matrix_gate.py`` sends the same through
a gate with the real recognizers. The short run gives each place a share of the forms, so that each
form is tried in some places; the long one tries all of them everywhere.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import pytest

from tests.e2e.canary_mail_places import BODY, HEADERS
from tests.e2e.canary_report_places import FEEDBACK, OTHER, OUTER
from tests.e2e.marks import Haystack
from tests.e2e.planting import Place
from tests.sanitize.leak_encodings import (
    CHARSETS,
    HEADER_FORMS,
    HTML_FORMS,
    TEXT_FORMS,
    TRANSFERS,
    WORDS,
    Inline,
)
from tests.sanitize.leak_places import KEPT, PARTS, SHOWN, WHOLE
from tests.sanitize.leak_search import MARK, is_planted, leaks, outcome, written

LINES: dict[str, Place] = {
    name: place
    for name, place in (OUTER | FEEDBACK | HEADERS | OTHER).items()
    if name != "abuse report"  # its text names somebody without an address: for recognizers
}
TWICE = frozenset({"URL hex", "zero width", "URL base64", "HTML data URI", "long base64 in text"})
CODED = frozenset(
    {"TNEF", "S/MIME", "PGP key", "image", "PDF", "filename 2231", "DKIM-Canonicalized-Body"}
)
BY_CHARSET = ("8bit", "quoted-printable", "base64")
ADDRESS = f"{MARK}@canary.example"
Failures = tuple[list[str], list[str]]
Pairs = list[tuple[str, str]]
NO_TEXT = frozenset({"uuencode, not stated", "gzip and base64"})  # a stub stands in its place


SHARES = 16  # of the forms, one a place, in the short run; the long one takes them all
EVERYWHERE = frozenset({"as it is", "B split", "entities", "zero width space"})


def forms_for(place: str) -> dict[str, Inline]:
    """The forms in which a mark can stand in a text at ``place``."""
    return HTML_FORMS if place.startswith(("HTML", "AMP")) else TEXT_FORMS


def share(forms: Iterable[str], place: str, *, whole: bool) -> list[str]:
    """The forms to try at ``place``: all, or those whose turn it is."""
    turn = zlib.crc32(place.encode())
    return [
        form
        for number, form in enumerate(forms)
        if whole or form in EVERYWHERE or (number + turn) % SHARES == 0
    ]


def _is_in_sight(place: str, form: str) -> bool:
    """Places and forms of which the search undoes one layer, not both."""
    if place == "HTML comment" and form in HTML_FORMS.keys() - TEXT_FORMS.keys():
        return False
    return form == "as it is" or place not in TWICE | CODED


def _let_through(
    place: str, make: Place, forms: dict[str, Inline], *, whole: bool, written: str = MARK
) -> Failures:
    """The forms whose mark the search did not see in the input, and those that came out."""
    found, unseen = [], []
    for form in share(forms, place, whole=whole):
        planted = make(forms[form](written))
        unseen += [form] if _is_in_sight(place, form) and not is_planted(planted) else []
        found += [form] if leaks(planted) else []
    return unseen, found


def line_forms(place: str) -> dict[str, Inline]:
    """A field's name cannot be folded: what follows is no field."""
    is_name = place == "header X-{m}-Note"
    return {
        form: spell for form, spell in HEADER_FORMS.items() if not (is_name and "folded" in form)
    }


@pytest.mark.parametrize("place", list(LINES))
def test_no_line_lets_a_mark_through(place: str) -> None:
    assert _let_through(place, LINES[place], line_forms(place), whole=False) == ([], [])


@pytest.mark.parametrize("place", list(BODY))
def test_no_text_or_part_lets_a_mark_through(place: str) -> None:
    assert _let_through(place, BODY[place], forms_for(place), whole=False) == ([], [])


@pytest.mark.parametrize("place", list(WHOLE))
def test_no_text_lets_a_whole_address_through(place: str) -> None:
    forms = forms_for(place) | WORDS
    assert _let_through(place, WHOLE[place], forms, whole=False, written=ADDRESS) == ([], [])


@pytest.mark.parametrize("place", list(PARTS))
def test_no_transfer_encoding_lets_a_mark_through(place: str) -> None:
    assert _of_part(place, [(form, "") for form in TRANSFERS]) == ([], [], [])


@pytest.mark.parametrize("place", list(PARTS))
def test_no_charset_lets_a_mark_through(place: str) -> None:
    pairs = [f"{form}/{charset}" for charset in CHARSETS for form in BY_CHARSET]
    mine = share(pairs, place, whole=False)
    assert _of_part(place, [tuple(pair.split("/")) for pair in mine]) == ([], [], [])


@pytest.mark.long
@pytest.mark.parametrize("place", list(LINES | BODY))
@pytest.mark.timeout(1200)
def test_no_line_or_text_in_any_form(place: str) -> None:
    forms = line_forms(place) if place in LINES else forms_for(place)
    assert _let_through(place, (LINES | BODY)[place], forms, whole=True) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("place", list(WHOLE))
def test_no_whole_address_in_any_form(place: str) -> None:
    forms = forms_for(place) | WORDS
    assert _let_through(place, WHOLE[place], forms, whole=True, written=ADDRESS) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("place", list(PARTS))
def test_no_part_in_any_charset(place: str) -> None:
    pairs = [(form, charset) for charset in CHARSETS for form in BY_CHARSET]
    assert _of_part(place, pairs) == ([], [], [])


def _of_part(place: str, pairs: Sequence[tuple[str, str]]) -> tuple[Pairs, Pairs, Pairs]:
    """What of ``place`` the search did not see, what came out, and what was not read at all."""
    found, unseen, lost = [], [], []
    for form, charset in pairs:
        planted = PARTS[place](MARK, TRANSFERS[form], charset)
        done = outcome(planted)
        is_split = "joined" in place and "utf-16" in charset  # two layers: the search undoes one
        unseen += [] if is_split or is_planted(planted) else [(form, charset)]
        found += [(form, charset)] if Haystack(written(done)).holds(MARK) else []
        is_read = form in NO_TEXT or place not in SHOWN or KEPT in str(done.report.text)
        lost += [] if is_read else [(form, charset)]
    return unseen, found, lost
