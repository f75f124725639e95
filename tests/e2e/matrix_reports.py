"""The leak matrix packed into few reports, for a gate: many places and forms in each.

In:  a maker of marks, one for each form.
Out: (name of the form, mark, report); a report bears several marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count, cycle

from tests import reports
from tests.e2e.canary_mail_places import HEADER_VALUES
from tests.e2e.canary_report_places import FEEDBACK, OUTER
from tests.e2e.planting import Planted
from tests.sanitize.leak_encodings import (
    CHARSETS,
    HEADER_FORMS,
    HTML_FORMS,
    TEXT_FORMS,
    TRANSFERS,
    WORDS,
)
from tests.sanitize.leak_places import BODIES, filled, in_own_body

Pack = tuple[dict[str, str], Planted]  # marks by the name of what they stand for, and the report
_FORMS_A_REPORT = 10


def packs(mark: Callable[[int], str]) -> Iterator[Pack]:
    """Every report of the matrix."""
    numbers = count()

    def fresh() -> str:
        return mark(next(numbers))

    yield from _headers(fresh)
    yield from _single(FEEDBACK | OUTER, fresh)
    yield from _texts(fresh)
    yield from _bodies(fresh)
    yield from _own_bodies(fresh)
    yield from _charsets(fresh)


def _headers(fresh: Callable[[], str]) -> Iterator[Pack]:
    """All fields of an original's header, each in ten forms."""
    for forms in _in_shares(list(HEADER_FORMS)):
        marks = {f"header, {form}": fresh() for form in forms}
        fields = [
            (name.replace("{m}", "Note"), value.format(m=HEADER_FORMS[form](found)))
            for form, found in zip(forms, marks.values(), strict=True)
            for name, value in HEADER_VALUES.items()
        ]
        fields.append(("Subject", " ".join(
            HEADER_FORMS[form](f"{found}@canary.example")
            for form, found in zip(forms, marks.values(), strict=True)
        )))  # fmt: skip
        yield marks, Planted(reports.report(reports.original(fields)))


def _single(
    places: dict[str, Callable[[str], Planted]], fresh: Callable[[], str]
) -> Iterator[Pack]:
    """Fields of which the first alone counts: each place in another form."""
    forms = cycle(HEADER_FORMS)
    for name, place in places.items():
        form, found = next(forms), fresh()
        yield {f"{name}, {form}": found}, place(HEADER_FORMS[form](found))


def _texts(fresh: Callable[[], str]) -> Iterator[Pack]:
    """Texts and pages, each with an address in one form."""
    for kind, line, forms in (
        ("plain", "Write to {a} soon.\r\n", TEXT_FORMS | WORDS),
        ("html", "<p>Write to {a} soon.</p>", HTML_FORMS | WORDS),
    ):
        for share in _in_shares(list(forms), 40):
            marks = {f"text/{kind}, {form}": fresh() for form in share}
            bodies = [
                line.format(a=forms[form](f"{found}@canary.example")).encode()
                for form, found in zip(share, marks.values(), strict=True)
            ]
            head = f"Content-Type: text/{kind}; charset=utf-8\r\n"
            yield marks, _mixed([head.encode() + b"\r\n" + body for body in bodies])


def _bodies(fresh: Callable[[], str]) -> Iterator[Pack]:
    """Parts of every kind, all in one transfer encoding."""
    for form, transfer in TRANSFERS.items():
        found = fresh()
        parts = []
        for body in BODIES.values():
            encoding, coded = transfer(filled(body.text, found, ""))
            head = f"Content-Type: {body.kind.replace('{m}', found)}\r\n"
            head += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
            parts.append(head.encode() + b"\r\n" + coded)
        yield {f"parts, {form}": found}, _mixed(parts)


def _own_bodies(fresh: Callable[[], str]) -> Iterator[Pack]:
    for form, transfer in TRANSFERS.items():
        found = fresh()
        yield {f"own body, {form}": found}, in_own_body(found, transfer, "")


def _charsets(fresh: Callable[[], str]) -> Iterator[Pack]:
    """The parts that are read, in one charset each, in three encodings."""
    for charset in CHARSETS:
        found = fresh()
        parts = []
        for form in ("8bit", "quoted-printable", "base64"):
            for body in (BODIES["text"], BODIES["HTML"]):
                encoding, coded = TRANSFERS[form](filled(body.text, found, charset))
                head = f'Content-Type: {body.kind}; charset="{charset}"\r\n'
                head += f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
                parts.append(head.encode() + coded)
        yield {f"charset {charset}": found}, _mixed(parts)


def _mixed(parts: Sequence[bytes]) -> Planted:
    start = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="in"\r\n\r\n'
    body = b"".join(b"--in\r\n" + part + b"\r\n" for part in parts)
    return Planted(reports.report(reports.original(body=start + body + b"--in--\r\n")))


def _in_shares(forms: Sequence[str], size: int = _FORMS_A_REPORT) -> Iterator[Sequence[str]]:
    for at in range(0, len(forms), size):
        yield forms[at : at + size]
