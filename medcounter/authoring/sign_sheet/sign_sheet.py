"""What an office checks and signs: a place's whole form and its sample residents.

The same records are drawn on paper, written as a table and matched with the
table that comes back. Draws nothing, opens nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from medcounter.json_path import JsonPath
from medcounter.strict_json import canonical

SHORT_HASH = 12
_FINGERPRINT = 12
# The section that the numbered list of sources stands for on paper.
SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class SignedState:
    """Which state of which rules the sheet shows.

    Attributes:
        draft: By what a table that comes back is known to be of this draft.
        what: For people, such as 草稿第 7 版 or 规则包第 1 版.
        sha256: Hash of the rules as they would be signed, hex.
        author: Who wrote them; may be empty.
        reviewer: Who looks them through; may be empty.
        hall: Where they were written; may be empty.
        on: The day the sheet is made.
        practice: Whether it is an exercise.
    """

    draft: str
    what: str
    sha256: str
    author: str
    reviewer: str
    hall: str
    on: date
    practice: bool = False

    @property
    def short(self) -> str:
        """The beginning of the hash, to read aloud."""
        return self.sha256[:SHORT_HASH]


@dataclass(frozen=True, slots=True)
class SignedSource:
    """A source, numbered on the sheet in the order of use.

    Attributes:
        mark: Such as 〔1〕.
        detail: Publisher, number and days, in one line.
        files: Names and short hashes of the files kept of it.
    """

    mark: str
    title: str
    grade: str
    detail: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedLine:
    """One value, which is ticked or not.

    Attributes:
        row_id: The same whatever happens to other rules.
        path: Where it stands in the document.
        fingerprint: Changes when anything changes that stands beside it.
        label: Chinese name.
        value: As shown in the form.
        is_prose: Whether it is a sentence for residents.
    """

    row_id: str
    path: JsonPath
    fingerprint: str
    label: str
    value: str
    is_prose: bool = False

    @property
    def mark(self) -> str:
        """What stands in the table's last column, by which the row is found again."""
        return f"{self.row_id}#{self.fingerprint}"


@dataclass(frozen=True, slots=True)
class SignedCard:
    """What is said by one rule or record, and on what ground.

    Attributes:
        title: What it is in one line.
        source: The mark of its source; empty where it has none.
        grade: Of its source; empty where it has none.
        status: 已确认, 推定 or 未定; empty where it has none.
        doubt: One sentence; empty where there is none.
        inherited_from: Name of the place above; empty for its own.
    """

    title: str
    lines: tuple[SignedLine, ...]
    source: str = ""
    source_title: str = ""
    grade: str = ""
    clause: str = ""
    status: str = ""
    doubt: str = ""
    inherited_from: str = ""

    @property
    def ground(self) -> str:
        """Source and clause in words, for a table."""
        return " ".join(part for part in (self.source_title, self.clause) if part)


@dataclass(frozen=True, slots=True)
class SignedSection:
    """One section of the form.

    Attributes:
        key: As the form names it.
    """

    key: str
    title: str
    cards: tuple[SignedCard, ...]


@dataclass(frozen=True, slots=True)
class SignedResident:
    """One sample resident and what the rules say of them.

    Attributes:
        row_id: By which a tick makes an example of it.
        paid_on: ISO date.
        in_doubt: Which figures are in doubt, in words; empty for none.
        refused: Why there is no answer; the period is empty then.
    """

    row_id: str
    person: str
    paid_on: str
    period: str
    pays: str
    waits: str
    covered: str
    in_doubt: str = ""
    refused: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        """What stands on the sheet, from left to right."""
        outcome = (self.refused or self.period, self.pays, self.waits, self.covered)
        return (self.person, self.paid_on, *outcome, self.in_doubt)

    @property
    def mark(self) -> str:
        """What stands in the table's last column, by which the row is found again."""
        return f"{self.row_id}#{fingerprint((self.row_id, *self.shown))}"


@dataclass(frozen=True, slots=True)
class SignedResidents:
    """The sample residents, in the order of the table beside the form.

    Attributes:
        is_whole: Whether they are all whom the rules tell apart.
    """

    rows: tuple[SignedResident, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class SignSheet:
    """Everything on the sheet.

    Attributes:
        place: Name of the place.
        code: Six digits.
        scheme: Name of the scheme.
        years: Benefit years, such as 2027 年度.
    """

    state: SignedState
    place: str
    code: str
    scheme: str
    years: str
    sources: tuple[SignedSource, ...]
    sections: tuple[SignedSection, ...]
    residents: SignedResidents

    @property
    def title(self) -> str:
        """What the sheet is of, in one line."""
        return f"{self.place} {self.years}{self.scheme}基本医疗保险缴费规则"

    @property
    def lines(self) -> tuple[SignedLine, ...]:
        """All values, in the order of the sheet."""
        return tuple(line for _, card in self.cards for line in card.lines)

    @property
    def cards(self) -> Iterator[tuple[SignedSection, SignedCard]]:
        """All cards with their sections, in the order of the sheet."""
        return ((section, card) for section in self.sections for card in section.cards)


def fingerprint(shown: Iterable[str]) -> str:
    """Return 12 hex digits that change with anything shown."""
    return hashlib.sha256(canonical(list(shown))).hexdigest()[:_FINGERPRINT]
