"""Reasons to ask the clerk for confirmation before a notice is numbered.

Pure: what the ledger, the fonts and the settings know is passed in. A reason
never blocks a notice for good; somebody acknowledges it by its code.
``Households.doubts`` collects the reasons of one act; ``Households.issue``
refuses the act while one of them is not acknowledged.

A list asks once: before its first number ``RosterQuestion`` counts the reasons
of all its people by code, and the codes agreed to are passed to
``Households.issue`` as ``acknowledged`` for each of them. Codes that do not
apply to a person do no harm: only those that apply are stored with the notice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from medcounter.assess import assess
from medcounter.assess.assessment import Assessment
from medcounter.dates import OLDEST_USUAL, add_years
from medcounter.errors import MedCounterError
from medcounter.identity.areas import province
from medcounter.money import show_yuan

if TYPE_CHECKING:
    from medcounter.assess import Option
    from medcounter.assess.engine.rule_book import RuleBook

ALREADY_ISSUED = "already-issued"
NO_COVER = "no-cover"
UNDRAWABLE = "undrawable-name"
PAST_DAY = "past-day"
OTHER_PROVINCE = "other-province"
SEASON_OVER = "season-over"
OVER_AGE = "over-age"
NO_OFFICE = "no-office"
# A few words for each, for counts and for what the ledger shows.
LABELS = {
    ALREADY_ISSUED: "本年度已出过单",
    NO_COVER: "缴了也没有待遇",
    UNDRAWABLE: "单上有字打不出来",
    PAST_DAY: "缴费日期已过",
    OTHER_PROVINCE: "参保地在外省",
    SEASON_OVER: "下一年度的规则还没有",
    OVER_AGE: f"年龄超过 {OLDEST_USUAL} 岁",
    NO_OFFICE: "没有填大厅或经办人",
}
_MAIN = "main"
_PROVINCE_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to ask for confirmation before a notice is issued.

    Attributes:
        code: What it is acknowledged by; one of :data:`LABELS`.
        text: What is doubtful and what can be done, for the clerk.
        place: Of the member it is about, from 0.
        about: Number of another notice it speaks of; empty for none.
    """

    code: str
    text: str
    place: int = 0
    about: str = ""


class DoubtfulError(MedCounterError):
    """有需要先确认的情况，没有出单，也没有编号；请看清原因，改正，或确认后再出单。"""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        """Keep the reasons that nobody acknowledged; at least one."""
        sentences = "".join(reason.text for reason in reasons)
        super().__init__(f"没有出单，也没有编号，请先确认：{sentences}")
        self.reasons = tuple(reasons)


class Served(NamedTuple):
    """A valid notice the person already has.

    Attributes:
        number: ``2025-03-000127``.
        day: When it was issued.
        benefit_year: The year it insures.
        total: Fen to pay; None where no source gives the fee.
    """

    number: str
    day: date
    benefit_year: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Printed:
    """The person as the paper would show them.

    Attributes:
        names: Every name of a person on it, in one text.
        age: Full years; None if unknown.
        served: The person's valid notices.
    """

    names: str
    age: int | None
    served: tuple[Served, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """The context an answer is checked against for reasons.

    Attributes:
        on: The day at the counter.
        book: The rules in use.
        home: Six-digit code of the desk's own place; empty when not set.
        undrawable: Gives the characters of a text that cannot be printed.
    """

    on: date
    book: RuleBook
    home: str = ""
    undrawable: Callable[[str], str] = lambda _: ""


def reasons(chosen: Option, person: Printed, around: Around) -> tuple[Reason, ...]:
    """Describe what is doubtful about a notice of one person, the most serious first.

    Args:
        chosen: What would be issued; payable.
        person: Whom it is for.
        around: The day, the rules, the desk's place and the fonts.
    """
    answer, paid = chosen.assessment, chosen.facts.payment_date
    texts = {
        ALREADY_ISSUED: _already(answer, person.served),
        NO_COVER: _uncovered(answer, paid),
        SEASON_OVER: _season_over(chosen, around),
        PAST_DAY: _past(paid, around.on),
        OTHER_PROVINCE: _elsewhere(answer.region.code, around),
        OVER_AGE: _old(person.age),
        UNDRAWABLE: _undrawable(around.undrawable(person.names)),
    }
    about = {ALREADY_ISSUED: _same_year(answer, person.served)[:1]}
    return tuple(
        Reason(code, text, about="".join(one.number for one in about.get(code, ())))
        for code, text in texts.items()
        if text
    )


def no_office(hall: str, clerk: str) -> tuple[Reason, ...]:
    """Ask for hall and clerk, where unset, before a day's first number.

    Args:
        hall: As set.
        clerk: As set, or who signed in.
    """
    lacking = [word for word, text in (("大厅名称", hall), ("经办人", clerk)) if not text.strip()]
    if not lacking:
        return ()
    named = "和".join(lacking)
    text = f"还没有填{named}，通知单上会空着，今后查不出是谁出的；请填好，今天只问这一次。"
    return (Reason(NO_OFFICE, text),)


def unseen(found: Iterable[Reason], acknowledged: Collection[str]) -> tuple[Reason, ...]:
    """Return the reasons whose codes nobody acknowledged."""
    return tuple(reason for reason in found if reason.code not in acknowledged)


def _same_year(answer: Assessment, served: Sequence[Served]) -> tuple[Served, ...]:
    """Return the notices of the answer's year, of the same amount first."""
    total = answer.fee.total if answer.fee else None
    same = [one for one in served if one.benefit_year == answer.benefit_year]
    return tuple(sorted(same, key=lambda one: one.total != total))


def _already(answer: Assessment, served: Sequence[Served]) -> str:
    same = _same_year(answer, served)
    if not same:
        return ""
    one, total = same[0], answer.fee.total if answer.fee else None
    amount = "" if one.total is None else f"{show_yuan(one.total)} 元"
    if amount and one.total == total:
        amount = f"同样是 {amount}"
    paid = "，".join(part for part in (one.day.isoformat(), amount) if part)
    others = f"等 {len(same)} 张" if len(same) > 1 else ""
    return (
        f"这位居民 {answer.benefit_year} 年度已出过 {one.number}（{paid}）{others}，"
        "再出一张怕重复缴费；只要再打一份请在台账里补打，旧的不对请先作废。"
    )


def _uncovered(answer: Assessment, paid: date) -> str:
    if answer.coverage is not None:
        return ""
    return (
        f"{paid} 缴费，{answer.benefit_year} 年度没有待遇，钱缴了看病也不能报；"
        "请核对待遇年度，并当面跟居民说清。"
    )


def _season_over(chosen: Option, around: Around) -> str:
    """Warn when the next year's season is open and its rules are missing.

    The next season is held to begin a year after the one that the rules give.
    """
    answer, book = chosen.assessment, around.book
    year = answer.benefit_year
    if answer.window.kind == _MAIN:
        return ""
    covered = {
        one.benefit_year for one in book.covered(answer.region.code) if one.scheme == answer.scheme
    }
    if year + 1 in covered or not _was_in_season(chosen, add_years(around.on, -1), book):
        return ""
    return (
        f"{year} 年度的集中征缴期已过，{year + 1} 年度的规则这台电脑上还没有；"
        f"来缴 {year + 1} 年度的请先更新规则，确是补缴 {year} 年度的再出单。"
    )


def _was_in_season(chosen: Option, day: date, book: RuleBook) -> bool:
    facts = chosen.facts
    plain = type(facts)(facts.region, facts.benefit_year, day, facts.scheme)
    before = assess(plain, book)
    return isinstance(before, Assessment) and before.window.kind == _MAIN


def _past(paid: date, on: date) -> str:
    if paid >= on:
        return ""
    return (
        f"缴费日期 {paid} 已经过去（今天 {on}），居民不能在那一天缴了；"
        "请改成今天或以后，当天确已缴费的再出单。"
    )


def _elsewhere(region: str, around: Around) -> str:
    here, there = around.home[:_PROVINCE_DIGITS], region[:_PROVINCE_DIGITS]
    if not here or here == there:
        return ""
    return (
        f"参保地在{_province(there, around.book)}，本窗口在{_province(here, around.book)}；"
        "请核对参保地，确是外省参保的再出单。"
    )


def _province(digits: str, book: RuleBook) -> str:
    code = digits.ljust(6, "0")
    return province(digits) or book.name(code) or code


def _old(age: int | None) -> str:
    if age is None or age <= OLDEST_USUAL:
        return ""
    return f"按出生日期已有 {age} 岁，超过 {OLDEST_USUAL} 岁；请对着证件核对出生日期。"


def _undrawable(characters: str) -> str:
    if not characters:
        return ""
    named = "、".join(f"“{one}”（U+{ord(one):04X}）" for one in characters)
    return (
        f"这台电脑的字库没有{named}，单子打不出来，编号却会用掉；"
        "请先装上生僻字字体，或到装有的电脑上出单。"
    )
