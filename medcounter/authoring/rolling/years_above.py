"""Check that the places above have rules for the new year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.roll_errors import RollYearMissingError
from medcounter.places.place_code import NATION
from medcounter.rules.bundle import ProgrammeHead
from medcounter.rules.inherit import lineage
from medcounter.wording.difference_words import scheme_word


class MissingAbove(NamedTuple):
    """A place above that has rules for last year and none for the new one.

    Attributes:
        region: Six digits.
        last_year: The last benefit year it has rules for.
    """

    region: str
    last_year: int


def refuse_missing_nation(
    document: PlaceDocument, to_year: int, heads: Iterable[ProgrammeHead]
) -> None:
    """Refuse a year that the nation's rules do not reach.

    Args:
        document: Last year's.
        to_year: The benefit year it is rolled to.
        heads: Of the programmes of the rules in use.

    Raises:
        RollYearMissingError: The nation has no such year.
    """
    scheme = document.own["scheme"]
    nation = [one for one in heads if (one.region, one.scheme) == (NATION, scheme)]
    if document.own["region"] == NATION or any(one.holds_in(to_year) for one in nation):
        return
    name = scheme_word(scheme)
    first = min((one.first_year for one in nation), default=None)
    last = max((one.last_year for one in nation), default=None)
    span = f"是 {first} 至 {last} 年度的，" if nation else "不在现行规则里，"
    raise RollYearMissingError(
        f"全国规则（{name}）{span}没有 {to_year} 年度，不能沿用到 {to_year} 年度；"
        "请先由编制全国规则的单位续写这个年度。"
    )


def missing_above(
    document: PlaceDocument, to_year: int, heads: Iterable[ProgrammeHead]
) -> tuple[MissingAbove, ...]:
    """List the places above, the nation apart, that have last year's rules only.

    What they said is inherited no longer; ``rules_above`` writes it into the place itself.
    """
    return tuple(_missing(document, to_year, tuple(heads)))


def _missing(
    document: PlaceDocument, to_year: int, heads: tuple[ProgrammeHead, ...]
) -> Iterator[MissingAbove]:
    own = document.own
    year = own["benefit_years"]["to"]
    for code in lineage(own["region"])[1:]:
        there = [one for one in heads if (one.region, one.scheme) == (code, own["scheme"])]
        had = [one for one in there if one.holds_in(year)]
        if code != NATION and had and not any(one.holds_in(to_year) for one in there):
            yield MissingAbove(code, max(one.last_year for one in had))


def missing_sentence(missing: MissingAbove, name: str, to_year: int) -> str:
    """Describe what a place above lacks and what was done about it.

    Args:
        missing: The place.
        name: Its Chinese name.
        to_year: The benefit year rolled to.
    """
    return (
        f"上级{name}有 {missing.last_year} 年度的规则，没有 {to_year} 年度的，"
        "它的规定已写进本地的草稿，同样要与新通知核对。"
    )
