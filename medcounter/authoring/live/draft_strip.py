"""The year as a strip: which period each payment day lies in, for a plain payer.

Also of a draft that is half filled or contradicts itself: such days are marked as
what they are, and days that only an unread rule could settle as not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.ask_rules import answer_of, standing_rules
from medcounter.assess.engine.case_building import make_case
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.facts import Facts
from medcounter.assess.prove.programme_proof import holes_of
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.row_outcome import RowOutcome, row_outcome
from medcounter.dates import ONE_DAY
from medcounter.json_path import JsonPath
from medcounter.rules.questions import Rule
from medcounter.samples.sampled_place import sampled_place
from medcounter.wording.difference_words import outcome_word

WINDOW = "window"
_NOT_READ = "还有缴费时段没有填完，这几天还不知道"
_GAP = "没有规则说到这几天"


class StretchKind(StrEnum):
    """What the days of a stretch are."""

    MAIN = "main"
    EXTENDED = "extended"
    LATE = "late"
    CLOSED = "closed"
    GAP = "gap"
    OVERLAP = "overlap"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class YearStretch:
    """Payment days in a row on which the same is so.

    Attributes:
        label: Name of the period, or what is wrong, in Chinese.
        rules: Ids of the rules that stand; none in a gap.
        path: Of the draft's rule that gives it; empty where an inherited one does.
        first: First day.
        last: Last day, inclusive.
    """

    kind: StretchKind
    label: str
    rules: tuple[str, ...]
    path: JsonPath
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StripHole:
    """Somebody for whom no period holds on a day, or several do.

    Attributes:
        day: The payment day of the case that shows it.
        text: For whom, and what to do.
        path: Of a draft's rule that meets there; of its rules where none does.
    """

    day: date
    text: str
    path: JsonPath


@dataclass(frozen=True, slots=True)
class YearStrip:
    """The payment days of one benefit year.

    Attributes:
        stretches: In order, without a day between them; none where the draft
            cannot be read.
        holes: Gaps and overlaps of the periods, for anybody; none of them is
            told while some period is not filled in.
        note: What has to be said about the whole; empty where nothing has.
    """

    benefit_year: int
    stretches: tuple[YearStretch, ...]
    holes: tuple[StripHole, ...] = ()
    note: str = ""

    def at(self, day: date) -> YearStretch | None:
        """Return the stretch a day lies in; None outside the strip."""
        return next((one for one in self.stretches if one.first <= day <= one.last), None)


@dataclass(frozen=True, slots=True)
class PointedDay:
    """What paying on one day comes to.

    Attributes:
        plain: For somebody without any lapse, identity or event.
        lapsed: For the same person, never insured before.
    """

    day: date
    stretch: YearStretch
    plain: RowOutcome
    lapsed: RowOutcome


def year_strip(draft: DraftRules, benefit_year: int) -> YearStrip:
    """Lay out the payment days of a year.

    Args:
        draft: The draft, in whatever state.
        benefit_year: One of its years.
    """
    compiled = draft.compiled(benefit_year)
    if compiled is None:
        note = "方案的地区、险种、年度还没有填好，画不出这一年。"
        return YearStrip(benefit_year, (), note=note)
    unread = sum(question in {WINDOW, ""} for question in draft.unread.values())
    note = f"有 {unread} 个缴费时段还没有填完，图上没有画。" if unread else ""
    stretches: list[YearStretch] = []
    for stretch in _by_turns(draft, compiled, unread=bool(unread)):
        last = stretches[-1] if stretches else None
        if last and replace(last, first=stretch.first, last=stretch.last) == stretch:
            stretches[-1] = replace(last, last=stretch.last)
        else:
            stretches.append(stretch)
    holes = () if unread else tuple(_holes(draft, compiled))
    return YearStrip(benefit_year, tuple(stretches), holes, note)


def pointed_day(draft: DraftRules, strip: YearStrip, day: date) -> PointedDay | None:
    """Return what paying on a day comes to; None for a day off the strip."""
    stretch = strip.at(day)
    compiled = draft.compiled(strip.benefit_year)
    if stretch is None or compiled is None or draft.book is None:
        return None
    plain = sampled_place(draft.book, compiled, draft.region).plain_on(day)
    lapsed = replace(plain, insured_years=())
    return PointedDay(day, stretch, row_outcome(plain, draft.book), row_outcome(lapsed, draft.book))


def _holes(draft: DraftRules, compiled: Compiled) -> Iterator[StripHole]:
    if draft.book is None or not compiled.rules(WINDOW):
        return
    for day, hole in holes_of(compiled, draft.book.names.events, WINDOW):
        paths = [found for name in hole.rules if (found := draft.rule_path(name))]
        yield StripHole(day, hole.text, next(iter(paths), (*draft.document.base, "rules")))


def _by_turns(draft: DraftRules, compiled: Compiled, *, unread: bool) -> Iterator[YearStretch]:
    """Yield one stretch from each day on which some rule turns to the next."""
    resolved = compiled.resolved
    turns = compiled.turning_days
    ends = [*(turn - ONE_DAY for turn in turns[1:]), resolved.last_day]
    # Of the payer nothing is known, as the proof begins: who may pay after all is not asked.
    nobody = Facts(draft.region, resolved.benefit_year, resolved.first_day, resolved.scheme)
    for first, last in zip(turns, ends, strict=True):
        case = make_case(replace(nobody, payment_date=first), compiled)
        standing, _ = standing_rules(compiled, WINDOW, case)
        yield _stretch(draft, standing, (first, last), unread=unread)


def _stretch(
    draft: DraftRules, standing: list[Rule], days: tuple[date, date], *, unread: bool
) -> YearStretch:
    names = tuple(rule.id for rule in standing)
    path = next((found for name in names if (found := draft.rule_path(name))), ())
    if len(standing) > 1:
        labels = "”与“".join(_label(rule) for rule in standing)
        return YearStretch(StretchKind.OVERLAP, f"“{labels}”重叠", names, path, *days)
    if unread and (not standing or answer_of(standing[0], 0).kind == CLOSED):
        return YearStretch(StretchKind.UNKNOWN, _NOT_READ, names, path, *days)
    if not standing:
        return YearStretch(StretchKind.GAP, _GAP, (), (), *days)
    kind = StretchKind(answer_of(standing[0], 0).kind)
    return YearStretch(kind, _label(standing[0]), names, path, *days)


def _label(rule: Rule) -> str:
    answer = answer_of(rule, 0)
    return answer.label or outcome_word("window.kind", answer.kind)
