"""Find who stands in a list twice, in as few bytes as tell people apart.

Judges by the number of a document, or by name and birth date where there is
none. Keeps no number and no name that anybody could read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from medcounter.identity.id_number import FULL_LENGTH
from medcounter.identity.person_key import stored_key
from medcounter.roster.reading import columns as kinds
from medcounter.roster.reading.columns import ColumnLayout
from medcounter.roster.reading.findings import (
    STOPS,
    CellPlace,
    Examined,
    Finding,
    Listed,
    PlainRows,
)
from medcounter.typed.typed_text import quote

_BITS = 32
# More lines than the largest file has; below it a number takes the least memory.
_SHEET_AT = 60


class SeenPeople:
    """Who stood in the list before, in as few bytes as tell them apart.

    A number is kept as a number, a name as 32 bits of its sum: enough to ask
    whether two names are the same, and for no one to read.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._numbers: dict[int, int] = {}
        self._without: dict[int, int] = {}
        self._sheets: dict[str, int] = {}

    def compare(self, examined: Examined, layout: ColumnLayout) -> Examined:
        """Add what a row shares with an earlier one."""
        person = examined.person
        if person is None:
            return examined
        if person.id_number:
            known, key = self._numbers, _person_number(person.id_number)
        else:
            known, key = self._without, _name_and_birth(person)
        name = zlib.crc32(person.name.encode())
        before = known.get(key)
        if before is None:
            sheet = self._sheets.setdefault(person.sheet, len(self._sheets))
            known[key] = sheet << _SHEET_AT | person.row << _BITS | name
            return examined
        where = self._where(before, person.sheet)
        finding = _twice(person, where, layout, same=before % 2**_BITS == name)
        return examined._replace(person=None, findings=(*examined.findings, finding))

    def compare_all(
        self, people: PlainRows, layout: ColumnLayout
    ) -> Iterator[Examined | PlainRows]:
        """Yield what ``compare`` does for each; people who are all new, as they came."""
        # Of 18 digits the last follows from the others.
        keys = list(map(int, [number[:-1] for number in people.id_numbers]))
        if len({*keys}) < len(keys) or not self._numbers.keys().isdisjoint(keys):
            for one in people.people():
                yield self.compare(Examined(one.row, one, ()), layout)
            return
        sums = map(zlib.crc32, map(str.encode, people.names))
        sheet = self._sheets.setdefault(people.sheet, len(self._sheets)) << _SHEET_AT
        kept = [sheet | row << _BITS | name for row, name in zip(people.rows, sums, strict=True)]
        self._numbers.update(zip(keys, kept, strict=True))
        yield people

    def _where(self, before: int, here: str) -> str:
        sheet = list(self._sheets)[before >> _SHEET_AT]
        row = f"第 {(before >> _BITS) % 2 ** (_SHEET_AT - _BITS)} 行"
        return row if sheet == here else f"工作表“{sheet}”{row}"


def _twice(person: Listed, where: str, layout: ColumnLayout, *, same: bool) -> Finding:
    column = layout.places[kinds.ID_NUMBER]
    place = CellPlace(person.sheet, person.row, column, layout.headings[column])
    if not person.id_number:
        text = f"{quote(person.name)} 与{where}同名同出生日期，都没有证件号码；请核对是否重复。"
        return Finding(place, "duplicate-person", STOPS, text)
    key = stored_key(person.id_number)
    raised = "" if key == person.id_number else f"（升位后 {key}）"
    number = f"证件号码 {quote(person.id_number)}{raised}"
    if same:
        text = f"{number} 与{where}重复；请删去其中一行。"
        return Finding(place, "duplicate-person", STOPS, text)
    text = f"{number} 在{where}是另一个姓名；请对照证件改正号码或姓名。"
    return Finding(place, "two-names", STOPS, text)


def _person_number(number: str) -> int:
    """Return the key of a person by the number of a document; no two have the same."""
    # Of 18 digits the last follows from the others.
    key = number if len(number) == FULL_LENGTH else stored_key(number)
    if len(key) == FULL_LENGTH and key[:-1].isdecimal():
        return int(key[:-1])
    return -_number(key)


def _number(text: str) -> int:
    """Return a number that only this text has."""
    return int.from_bytes(text.encode(), "big")


def _name_and_birth(person: Listed) -> int:
    birth = person.birth_date
    return _number(f"{birth.isoformat() if birth else ''}{person.name}")
