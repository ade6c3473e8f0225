"""The ten most common cases, with residents who cannot exist.

Provides drafts to practise with. Their numbers begin with codes of a whole
province, such as 360000 (GB/T 2260), which no card carries, since a card names
a county; the check digit is right, so they parse like any other. Their names
are the ten heavenly stems.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from stdnum.iso7064 import mod_11_2

from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.season import main_day

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import RuleBook

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_USUAL_PROVINCE = "36"


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """One resident to practise with.

    Attributes:
        title: What kind of case it is.
        task: What to do, one sentence.
        draft: What the resident tells.
    """

    title: str
    task: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A case before place, year and day are known.

    Attributes:
        born: Years before the benefit year; 0 for a newborn.
        insured: Years insured, counted back from the benefit year.
        category: Identity code; empty for an ordinary resident.
        event: Code of an event and days since it.
        agent: Who comes for the resident and as what; empty for nobody.
    """

    title: str
    task: str
    born: int
    insured: tuple[int, ...] | None = None
    category: str = ""
    event: tuple[str, int] | None = None
    agent: tuple[str, str] = ("", "")


_SKETCHES = (
    _Sketch("按时续保的居民", "核对金额和待遇起止，按 F9 出单。", 40, (1, 2, 3, 4, 5)),
    _Sketch("断保一年", "看等待期从哪天到哪天，告诉居民。", 35, (2, 3, 4, 5)),
    _Sketch("断保三年，想修复", "看方案里有没有补缴；有就比较，没有就说明为什么。", 48, (4, 5, 6)),
    _Sketch("刚出生的孩子", "没有证件号码，填代办人和关系后出单。", 0, agent=("练习父", "父亲")),
    _Sketch("低保对象", "看资助后自己交多少，核对依据。", 60, (1, 2, 3), "low-income"),
    _Sketch("特困供养人员", "看是否全额资助、有没有等待期。", 66, (1, 2, 3), "destitute"),
    _Sketch("重度残疾人", "看资助金额，按 F4 看为什么。", 45, (1, 2), "severely-disabled"),
    _Sketch("代家人办理", "填好代办人和关系，再出单。", 72, (1, 2, 3), agent=("练习女", "女儿")),
    _Sketch("退役军人", "看退役多少天内参保没有等待期。", 28, (), event=("military-discharge", 30)),
    _Sketch(
        "从职工医保转来",
        "看中断多少天，等待期怎么算。",
        38,
        (),
        event=("employee-insurance-ended", 40),
    ),
)


def practice_cases(book: RuleBook, blank: Draft, on: date) -> tuple[PracticeCase, ...]:
    """Return the ten cases for a place, a year and a day.

    Args:
        book: Knows which identities and events there are.
        blank: An empty draft with place, scheme and benefit year.
        on: The day at the counter.
    """
    blank = _answerable(blank, book)
    identities = {term.code for term in book.identities()}
    events = {term.code for term in book.events()}
    made = []
    for index, sketch in enumerate(_SKETCHES):
        category = (sketch.category,) if sketch.category in identities else ()
        happened = sketch.event if sketch.event and sketch.event[0] in events else None
        made.append(
            PracticeCase(
                sketch.title,
                sketch.task,
                replace(
                    blank,
                    name=f"练习{_STEMS[index]}",
                    id_number=_number(blank, sketch, index) if sketch.born else "",
                    birth_date="" if sketch.born else f"{on - timedelta(days=20)}",
                    categories=category,
                    events=((happened[0], f"{on - timedelta(days=happened[1])}"),)
                    if happened
                    else (),
                    insured_years=None
                    if sketch.insured is None
                    else tuple(sorted(blank.benefit_year - back for back in sketch.insured)),
                    agent=sketch.agent[0],
                    agent_relation=sketch.agent[1],
                ),
            )
        )
    return tuple(made)


def _answerable(blank: Draft, book: RuleBook) -> Draft:
    """Turn to the newest year that has rules, and a day of its main window.

    The year in season may have none yet; there would be nothing to practise.
    """
    covered = book.covered(blank.region)
    years = [one.benefit_year for one in covered if one.scheme == blank.scheme]
    if not years or blank.benefit_year in years:
        return blank
    year = max(years)
    found = main_day(blank.region, blank.scheme, year, book)
    paid = "" if found is None else f"{found[0]}"
    return replace(blank, benefit_year=year, payment_date=paid)


def _number(blank: Draft, sketch: _Sketch, index: int) -> str:
    """Return a number no card bears, with a check digit that fits."""
    province = blank.region[:2] if blank.region.isdecimal() else _USUAL_PROVINCE
    born = f"{blank.benefit_year - sketch.born}0{index % 9 + 1}15"
    first = f"{province}0000{born}{index + 1:03d}"
    return f"{first}{mod_11_2.calc_check_digit(first)}"
