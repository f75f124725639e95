"""Tables in text: a title in the first line says what the values below it are.

In:  text with rows parted by tabs, bars, semicolons, commas or wide gaps.
Out: rules that find the values of one column.
SECURITY: every line is read once for each rule; cells and tables are bounded.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_MOST_ROWS: Final = 500
_LONGEST_LINE: Final = 2_000
_LONGEST_TITLE: Final = 40
_SEPARATORS: Final = ("\t", "|", ";", ",")
_WIDE = re.compile(r"[ \u00a0]{2,200}")
_DATE = re.compile(r"(?=[^\n]{0,20}\d)[\w./ ,'’-]{4,25}")
_CODE = re.compile(r"(?=[^\n]{0,24}\d)[\w./ -]{3,30}")
_WORD = re.compile(r"[^\s]{3,60}")
_PLATE = re.compile(r"(?=[^\n]{0,10}\d)[A-Za-z0-9 -]{3,12}")


@dataclass(frozen=True, slots=True)
class _Head:
    """A line of titles: what parts it, how many cells it has, and which of them count."""

    separator: str
    width: int
    places: tuple[int, ...]

    def goes_on(self, cells: int) -> bool:
        """Whether a line of so many cells belongs below; commas are in sentences, too."""
        return cells > 1 and (cells == self.width or self.separator != ",")


_NO_HEAD: Final = _Head("", 0, ())


@dataclass(frozen=True, slots=True)
class ColumnRule(Rule):
    """``pattern`` is of a column's whole title, ``value`` of a cell that counts."""

    value: re.Pattern[str] = _WORD

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Ranges of cells below a title."""
        head, rows, above = _NO_HEAD, 0, ""
        for start, line in _lines(text):
            cells = list(_cells(line, head.separator)) if head.places else []
            if rows > _MOST_ROWS or not head.goes_on(len(cells)):
                head, rows, cells = self._head(line, above), 0, []
            rows, above = rows + 1, line
            for place in head.places:
                if place < len(cells) and self.value.fullmatch(line[slice(*cells[place])]):
                    yield start + cells[place][0], start + cells[place][1]

    def _head(self, line: str, above: str) -> _Head:
        """How ``line`` is parted, and which of its cells are titles of this column.

        A row of a table that began further up has no titles.
        """
        if not self.pattern.search(line):
            return _NO_HEAD
        for separator in (*_SEPARATORS, ""):
            if not _has(line, separator):
                continue
            cells = [line[start:end] for start, end in _cells(line, separator)]
            if len(cells) < 2 or any(len(cell) > _LONGEST_TITLE for cell in cells):
                continue
            titles = [place for place, cell in enumerate(cells) if self.pattern.fullmatch(cell)]
            if titles and len(list(_cells(above, separator))) != len(cells):
                return _Head(separator, len(cells), tuple(titles))
        return _NO_HEAD


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line[:_LONGEST_LINE]
        start += len(line) + 1


def _has(line: str, separator: str) -> bool:
    return separator in line if separator else bool(_WIDE.search(line.strip()))


def _cells(line: str, separator: str) -> Iterator[tuple[int, int]]:
    """Ranges of the cells, without quotes and blanks around them."""
    quoted, start = False, 0
    bounds: list[tuple[int, int]] = []
    if not separator:
        gaps = [match.span() for match in _WIDE.finditer(line)]
        starts = [0, *(end for _, end in gaps)]
        ends = [*(begin for begin, _ in gaps), len(line)]
        bounds = [(left, right) for left, right in zip(starts, ends, strict=True) if left < right]
    else:
        for place, char in enumerate(line):
            quoted ^= char == '"'
            if char == separator and not quoted:
                bounds.append((start, place))
                start = place + 1
        bounds.append((start, len(line)))
    for left, right in bounds:
        cell = line[left:right]
        bare = cell.strip(" \t\r\"'>*")
        offset = cell.find(bare)
        yield left + offset, left + offset + len(bare)


_NO = r"(?:[ _.-]{0,2}(?:number|num|nr|no|ref(?:erence)?|id|code|#|nummer))?\.?"

COLUMN_RULES = (
    ColumnRule(
        "column_birth",
        Entity.BIRTH_DATE,
        re.compile(
            r"(?:patient |child )?(?:d\.?[ /]?o\.?[ /]?b\.?|(?:date[ _-]?(?:of[ _-]?)?)?birth[ _-]?"
            r"(?:day|date)?|born|b-?day|geb(?:urts(?:datum|tag)|oren|\.)?|geboortedatum"
            r"|date de naissance|n[ée]e?\(?e?\)? le|fecha de nacimiento|nascita|data di nascita"
            r"|data de nascimento)",
            _I,
        ),
        value=_DATE,
    ),
    ColumnRule(
        "column_secret",
        Entity.SECRET,
        re.compile(
            r"(?:\w{1,12} )?(?:password|pass ?code|pass ?phrase|passwort|kennwort|pwd|pw|pin|otp"
            r"|secret"
            r"|(?:door|gate|access|alarm|login|backup|recovery|wi-?fi) ?(?:code|key)|mot de passe"
            r"|contraseña|wachtwoord|senha|token|mfa)",
            _I,
        ),
    ),
    ColumnRule(
        "column_user",
        Entity.USERNAME,
        re.compile(
            r"(?:user(?:[ _-]?(?:name|id))?|log[ -]?in(?:[ _-]?(?:name|id))?|logon|handle"
            r"|nick(?:name)?"
            r"|account name|owner|benutzer(?:name)?|utilisateur|usuario|utente"
            r"|gebruiker(?:snaam)?)",
            _I,
        ),
    ),
    ColumnRule(
        "column_device",
        Entity.DEVICE,
        re.compile(
            r"(?:device|host|machine|computer|pc|laptop|asset|mac|imei|serial)"
            rf"(?:[ _-]?(?:name|address|tag))?{_NO}",
            _I,
        ),
        value=re.compile(r"(?=\S{0,40}\d)\S{4,40}"),
    ),
    ColumnRule(
        "column_plate",
        Entity.VEHICLE,
        re.compile(
            r"(?:vehicle |car )?(?:reg(?:istration)?|plates?|number ?plate|vrn|vrm|licen[cs]e plate"
            rf"|kennzeichen|kenteken|targa|matr[íi]cula|immatriculation){_NO}",
            _I,
        ),
        value=_PLATE,
    ),
    ColumnRule(
        "column_reference",
        Entity.REFERENCE,
        re.compile(
            r"(?:member(?:ship)?|employee|emp|staff|payroll|student|pupil|candidate|patient"
            r"|hospital"
            r"|tenant|tenancy|rent|customer|client|account|acct|a/c|policy|claim|case|badge|card"
            r"|donor"
            rf"|supporter|mrn|urn|upn|ref|passport|licen[cs]e|ni|nino|ssn|nhs|sort|iban|tax){_NO}",
            _I,
        ),
        value=_CODE,
    ),
    ColumnRule(
        "column_phone",
        Entity.PHONE,
        re.compile(
            r"(?:home |work |contact )?(?:tel(?:ephone|efon)?|phone|mob(?:ile)?|cell|fax"
            r"|ext(?:ension)?"
            rf"|pager){_NO}",
            _I,
        ),
        value=re.compile(r"[+(]?\d[\d ()./-]{2,20}"),
    ),
)
