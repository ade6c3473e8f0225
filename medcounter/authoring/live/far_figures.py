"""Find amounts that lie far from last year's, or from those of the places around.

A figure too many or a point too few makes a figure ten times another; no proof can
know it. Both figures are said, and the author answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.authoring.live.row_outcome import RowOutcome, row_outcome
from medcounter.authoring.live.sample_table import RowKind, SampleRow
from medcounter.dates import add_years
from medcounter.money import read_yuan, show_money
from medcounter.places.place_code import NATION
from medcounter.rules.inherit import lineage
from medcounter.rules.vocabulary import EVENTS
from medcounter.samples.sampled_place import sampled_place
from medcounter.wording.difference_words import outcome_word

_MAIN = "main"
_TOTAL, _SUBSIDY, _KIND = "fee.total", "fee.subsidy", "window.kind"
_NAMES = {_TOTAL: "应缴", _SUBSIDY: "财政补助"}
# Fees rise by a twentieth a year and differ little around; what lies beyond is asked, not refused.
_FAR_FROM_LAST_YEAR = Decimal("0.25")
_FAR_FROM_NEIGHBOURS = Decimal("0.5")
_FEW = 3
# An answer may be called by 600 characters, and the figures are among them.
_LONGEST = 480
_EVENT_LABELS = {term.code: term.label for term in EVENTS}


class FarFigure(NamedTuple):
    """An amount that looks too far from another.

    Attributes:
        rules: Ids of the rules that answered the resident.
        field: Field of the contract.
        text: Both figures, in one Chinese sentence or its end.
        who: The people and the kind of period it is about; empty where the text says it.
    """

    rules: tuple[str, ...]
    field: str
    text: str
    who: tuple[str, str] = ("", "")


class NeighbourFigure(NamedTuple):
    """What a plain resident pays in the main period of another place, in fen."""

    region: str
    name: str
    amount: int


def far_from_last_year(rows: Iterable[SampleRow]) -> Iterator[FarFigure]:
    """List the amounts of sample residents that are far from last year's.

    Each group of people is told once for each kind of period and each pair of
    figures; nothing paid last year is a figure too.
    """
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        if row.kind is not RowKind.SAMPLE or row.last_year is None:
            continue
        now, before = row.now.values, row.last_year.values
        kind = now.get(_KIND)
        if kind is None or kind != before.get(_KIND):
            continue
        who = _group(row), outcome_word(_KIND, kind)
        for field, name in _NAMES.items():
            new, old = _fen(now.get(field)), _fen(before.get(field))
            if new is None or old is None or not _is_far(new, old, _FAR_FROM_LAST_YEAR):
                continue
            figures = f"{name} {show_money(new)}，上一年度是 {show_money(old)}"
            if (*who, figures) not in seen:
                seen.add((*who, figures))
                yield FarFigure(row.now.rules, field, figures, who)


def said_together(far: Iterable[FarFigure]) -> tuple[str, str]:
    """Write one pair of figures of several people and periods as one sentence.

    Returns:
        What an answer calls it: who and which figures, so that it is of this jump and
        no other; and the sentence. Each identity is named in both; what some of its
        people are besides, only where not all of them jump.
    """
    told = tuple(far)
    groups = dict.fromkeys(one.who[0] for one in told)
    apart = [one for one in groups if "（" not in one or one.partition("（")[0] not in groups]
    people = "、".join(apart)
    if len(people) > _LONGEST:
        people = f"{people[:_LONGEST]}…等 {len(apart)} 种人"
    periods = "、".join(dict.fromkeys(one.who[1] for one in told))
    where = f"{people}，{periods}缴费：{told[0].text}"
    return where, f"{where}，相差很大，请对照公告核对。"


def _group(row: SampleRow) -> str:
    """Name the people that a row stands for: identity, infancy and event, no day."""
    facts = row.facts
    who, _, _ = row.person.partition("，")
    more = [_EVENT_LABELS.get(event.kind, event.kind) for event in facts.events]
    if facts.birth_date is not None and add_years(facts.birth_date, 1) > facts.payment_date:
        more.insert(0, "不满周岁")
    return f"{who}（{'，'.join(more)}）" if more else who


def neighbour_figures(
    book: RuleBook, region: str, scheme: str, benefit_year: int
) -> Iterator[NeighbourFigure | None]:
    """Yield what a plain resident pays around a place, one place after the other.

    Args:
        book: All rules there are.
        region: Six digits; left out.
        scheme: ``resident`` or ``flexible``.
        benefit_year: The year insured.

    Yields:
        None after a place that says nothing to compare.
    """
    heads = book.bundle.heads
    places = {one.region for one in heads if one.scheme == scheme and one.holds_in(benefit_year)}
    for code in sorted(places - {region, NATION}):
        amount = _plain_fee(book, code, scheme, benefit_year)
        yield None if amount is None else NeighbourFigure(code, book.name(code) or code, amount)


def far_from_neighbours(
    payer: RowOutcome, region: str, neighbours: Iterable[NeighbourFigure]
) -> FarFigure | None:
    """Return what a plain resident pays where it is far from the places around.

    Places of the same province count where there are a few, else all.

    Args:
        payer: A plain resident who pays in the main period.
        region: Six digits.
        neighbours: What is paid around, the same year.
    """
    amount = _fen(payer.values.get(_TOTAL))
    everywhere = [one for one in neighbours if one.amount]
    province = lineage(region)[-2:-1]
    near = [one for one in everywhere if lineage(one.region)[-2:-1] == province]
    compared = sorted(near if len(near) >= _FEW else everywhere, key=lambda one: one.amount)
    if amount is None or not compared:
        return None
    middle = compared[len(compared) // 2]
    if not _is_far(amount, middle.amount, _FAR_FROM_NEIGHBOURS):
        return None
    text = (
        f"普通居民集中征缴期应缴 {show_money(amount)}；{middle.name}同年度是 "
        f"{show_money(middle.amount)}（{len(compared)} 个地区里居中的），相差很大，请对照公告核对。"
    )
    return FarFigure(payer.rules, _TOTAL, text)


def main_payer(book: RuleBook, region: str, scheme: str, benefit_year: int) -> Facts | None:
    """Return a plain resident who pays in the main period; None where there is none."""
    compiled = book.programme(region, scheme, benefit_year)
    if compiled is None:
        return None
    place = sampled_place(book, compiled, region)
    for day in compiled.turning_days:
        facts = place.plain_on(day)
        decision = place.decided(facts)
        if decision is not None and decision.window.kind == _MAIN:
            return facts
    return None


def _plain_fee(book: RuleBook, region: str, scheme: str, benefit_year: int) -> int | None:
    facts = main_payer(book, region, scheme, benefit_year)
    return None if facts is None else _fen(row_outcome(facts, book).values.get(_TOTAL))


def _is_far(amount: int, other: int, share: Decimal) -> bool:
    return abs(amount - other) > other * share


def _fen(amount: str | None) -> int | None:
    return None if amount is None else read_yuan(amount)
