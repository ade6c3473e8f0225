"""The places and years a clerk may choose, and what the rules know of each.

Finds any place of the nation, with rules or without. Changes no draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from medcounter.desk.draft.season import season
from medcounter.identity.pinyin import spellings
from medcounter.places.place_finding import find_places
from medcounter.places.place_table import Place, above, full_name, national_places
from medcounter.wording.terms import INSURANCES

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import RuleBook

NO_RULES = "没有规则，按国家规定答复"
USUAL = "本厅常用"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place to choose.

    Attributes:
        code: Six digits.
        name: With the places above it.
        note: Which years have rules, and whose they are if not its own.
        group: What it is listed under: the province; empty for no heading.
    """

    code: str
    name: str
    note: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class YearRow:
    """One benefit year to choose, and whether the place has rules for it."""

    year: int
    covered: bool


def place_rows(
    book: RuleBook, text: str, scheme: str, usual: Iterable[str] = ()
) -> tuple[PlaceRow, ...]:
    """List places for what was typed; with nothing typed, those with rules.

    Args:
        book: The rules in use.
        text: Pinyin, initials, a code or a name; may be empty.
        scheme: The kind of scheme whose years are named.
        usual: Codes of the places this hall serves most, which come first
            while nothing is typed; the others stand under their province.
    """
    own = {choice.code: choice.name for choice in book.regions()}
    if not text.strip():
        first = tuple(dict.fromkeys(usual))
        rest = sorted((code for code in own if code not in first), key=_province)
        return (
            *(_row(book, code, scheme, USUAL) for code in first),
            *(_row(book, code, scheme, _province_name(book, code)) for code in rest),
        )
    found = find_places(text, _others(own.items()), own)
    return tuple(_row(book, place.code, scheme) for place in found)


def year_rows(book: RuleBook, region: str, scheme: str, on: date) -> tuple[YearRow, ...]:
    """List the benefit years to choose at a place, newest first.

    Those with rules, and of those without the ones that are collected or
    running on the day, as far as the nation's mechanism reaches.
    """
    covered = {one.benefit_year for one in book.covered(region) if one.scheme == scheme}
    near = {on.year, on.year + 1, season(region, scheme, book, on).year or on.year}
    known = {year for year in near - covered if book.mechanism(region, scheme, year) is not None}
    return tuple(YearRow(year, year in covered) for year in sorted(covered | known, reverse=True))


def _others(own: Iterable[tuple[str, str]]) -> list[Place]:
    """List places of the rules that the nation's table does not have."""
    table = national_places()
    return [Place(code, name, (spellings(name),)) for code, name in own if code not in table]


def _province(code: str) -> str:
    return above(code)[-1]


def _province_name(book: RuleBook, code: str) -> str:
    province = _province(code)
    return book.name(province) or full_name(province) or province


def _row(book: RuleBook, code: str, scheme: str, group: str = "") -> PlaceRow:
    name = book.name(code) or code
    covered = book.covered(code)
    years = sorted(one.benefit_year for one in covered if one.scheme == scheme)
    if not years:
        others = "、".join(dict.fromkeys(INSURANCES[one.scheme] for one in covered))
        return PlaceRow(code, name, f"只有{others}的规则" if others else NO_RULES, group)
    compiled = book.programme(code, scheme, years[-1])
    place = code if compiled is None else compiled.resolved.place
    whose = "" if place == code else f"用{book.name(place) or place}的规则，"
    return PlaceRow(code, name, f"{whose}{'、'.join(map(str, years))} 年度", group)
