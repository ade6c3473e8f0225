"""Hold what was said of a resident against the rules; name every problem.

Source: docs/contract.md, "Facts". No later code checks facts again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import isfinite
from typing import TypeVar

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import (
    FACT_LABELS,
    FLEXIBLE,
    RESIDENT,
    Facts,
    Problem,
    UncheckedFacts,
)
from medcounter.dates import DateUnreadableError, read_iso
from medcounter.places.place_code import is_code
from medcounter.rules.case import AnswerValue
from medcounter.rules.code_labels import nearest
from medcounter.rules.vocabulary import EVERY_ANSWER, ORDINARY
from medcounter.strict_json import MAX_INTEGER_DIGITS

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LIMITS = {"benefit_year": (_FIRST_YEAR, _LAST_YEAR), "repair_years": (0, 99)}
_MOST_NUMBER = 9999
_MOST_WHOLE = 10**MAX_INTEGER_DIGITS

Problems = list[Problem]
Given = TypeVar("Given")


def check_facts(unchecked: UncheckedFacts, book: RuleBook) -> Facts | tuple[Problem, ...]:
    """Check facts that were said as values, at the counter or in a list.

    Args:
        unchecked: As values.
        book: Rules, for the codes they know.

    Returns:
        The facts; or all problems in the order of the facts table.
    """
    checker = FactsChecker(book)
    facts = checker.check(unchecked)
    return tuple(checker.problems) if facts is None else facts


class FactsChecker:
    """Holds values against each other and the rules, and gathers the problems."""

    def __init__(self, book: RuleBook, *, strays_pass: bool = False) -> None:
        self.book = book
        self.strays_pass = strays_pass
        self.problems: Problems = []

    def check(self, unchecked: UncheckedFacts) -> Facts | None:
        """Check all values in the contract's order; None where one is wrong."""
        region = self.given("region", unchecked.region)
        region = None if region is None else self.check_region(region)
        scheme = self.check_scheme(unchecked.scheme)
        year = self.given("benefit_year", unchecked.benefit_year)
        year = None if year is None else self.check_range("benefit_year", year)
        paid, birth = self.given("payment_date", unchecked.payment_date), unchecked.birth_date
        self.check_birth(birth, paid)
        categories = self.check_categories(unchecked.categories)
        for index, event in enumerate(unchecked.events):
            self.check_event(f"events.{index}", event.kind)
            self.check_event_day(f"events.{index}", event.date, paid)
        for index, one in enumerate(unchecked.insured_years or ()):
            self.check_insured(f"insured_years.{index}", one, year, birth)
        repair = self.check_range("repair_years", unchecked.repair_years)
        answers = self.check_answers(unchecked.answers)
        if region is None or year is None or paid is None or self.problems:
            return None
        insured = (
            None if unchecked.insured_years is None else tuple(sorted(set(unchecked.insured_years)))
        )
        events, repair = unchecked.events, repair or 0
        return Facts(
            region, year, paid, scheme, birth, categories, events, insured, repair, answers
        )

    def wrong(self, field: str, code: str, text: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(field, code, text))

    def wrong_type(self, field: str, value: object, wanted: str) -> None:
        """Add that a value has another type than it should."""
        name = FACT_LABELS[field.partition(".")[0]]
        text = f"{name}的值 {show_value(value)} 类型不对，应为{wanted}，请改正后重试。"
        self.wrong(field, "wrong-type", text)

    def given(self, key: str, value: Given | None, code: str = "missing") -> Given | None:
        """Pass a value on; add that it is missing where it is None."""
        if value is None:
            self.wrong(key, code, f"缺少{FACT_LABELS[key]}，无法测算，请补填。")
        return value

    def check_region(self, value: str) -> str | None:
        """Give the place where its code is one; None where not."""
        if not is_code(value):
            text = f"参保地代码“{value}”不是六位数字，无法确定适用规则，请核对。"
            self.wrong("region", "unknown-code", text)
            return None
        return value

    def check_scheme(self, value: str) -> str:
        """Give the scheme; that of residents where it is none."""
        if value not in {RESIDENT, FLEXIBLE}:
            text = f"不认识的险种“{value}”。{nearest(value, (RESIDENT, FLEXIBLE))}请改正后重试。"
            self.wrong("scheme", "unknown-code", text)
            return RESIDENT
        return value

    def check_range(self, key: str, value: int) -> int | None:
        """Give a number that is in the range of its field; None where not."""
        low, high = _LIMITS[key]
        if not low <= value <= high:
            text = f"{FACT_LABELS[key]} {value} 超出范围（{low} 至 {high}），请核对。"
            self.wrong(key, "out-of-range", text)
            return None
        return value

    def check_birth(self, birth: date | None, paid: date | None) -> None:
        """Add a birth after the day of payment."""
        if birth and paid and birth > paid:
            text = f"出生日期 {birth} 晚于缴费日期 {paid}，无法测算，请核对这两个日期。"
            self.wrong("birth_date", "contradiction", text)

    def check_categories(self, value: Sequence[object]) -> tuple[str, ...]:
        """Give the codes that the rules know, in their order."""
        known = [term.code for term in self.book.identities()]
        for code in value:
            if not isinstance(code, str):
                self.wrong_type("categories", code, "代码文字")
            elif code not in known:
                text = f"不认识的身份“{code}”。{nearest(code, known)}请改正后重试。"
                self.wrong("categories", "unknown-code", text)
        return tuple(code for code in known if code in value and code != ORDINARY)

    def check_event(self, field: str, kind: str) -> None:
        """Add an event that the rules do not know."""
        known = {term.code: term.label for term in self.book.events()}
        if kind not in known:
            text = f"不认识的特殊情形“{kind}”。{nearest(kind, known)}请改正后重试。"
            self.wrong(f"{field}.kind", "unknown-code", text)

    def check_event_day(self, field: str, day: date | None, paid: date | None) -> None:
        """Add an event after the day of payment."""
        if day and paid and day > paid:
            text = f"特殊情形的日期 {day} 晚于缴费日期 {paid}，无法测算，请核对这两个日期。"
            self.wrong(f"{field}.date", "contradiction", text)

    def check_insured(self, field: str, item: int, year: int | None, birth: date | None) -> None:
        """Add a year that cannot have been insured."""
        if not _FIRST_YEAR <= item <= _LAST_YEAR:
            self.wrong(field, "out-of-range", f"已参保年度 {item} 超出范围，请核对。")
        elif year is not None and item >= year:
            text = f"已参保年度 {item} 不早于待遇年度 {year}，两者矛盾，请核对。"
            self.wrong(field, "contradiction", text)
        elif birth is not None and item < birth.year:
            text = f"已参保年度 {item} 早于出生年份 {birth.year}，两者矛盾，请核对。"
            self.wrong(field, "contradiction", text)

    def check_answers(
        self, items: Iterable[tuple[str, object]]
    ) -> tuple[tuple[str, AnswerValue], ...]:
        """Give the answers that have their type, sorted by code."""
        read = [(code, self._answer(code, item)) for code, item in items]
        return tuple(sorted((code, answer) for code, answer in read if answer is not None))

    def _answer(self, code: str, value: object) -> AnswerValue | None:
        field, term = f"answers.{code}", self.book.answer_term(code)
        if term is None:
            return self._stray(field, code, value)
        if value is None:
            return None
        read, kind = _ANSWER_KINDS[term.kind]
        try:
            answer = read(value)
        except DateUnreadableError as err:
            self.wrong(field, "not-a-date", f"“{term.label}”：{err.text}")
            return None
        if answer is None:
            text = f"“{term.label}”的回答 {show_value(value)} 类型不对，应为{kind}，请改正后重试。"
            self.wrong(field, "wrong-type", text)
        elif term.kind == "number" and not _in_range(answer):
            shown, most = show_value(value), _MOST_NUMBER
            text = f"“{term.label}”的回答 {shown} 超出范围（0 至 {most}），请核对。"
            self.wrong(field, "out-of-range", text)
        return answer

    def _stray(self, field: str, code: str, value: object) -> AnswerValue | None:
        """Refuse the answer to a question that nobody knows.

        A question that came with a later format than the bundle's is known. An
        answer stored before strays were refused keeps its place: the facts it
        belongs to are hashed with it.
        """
        if value is not None and (self.strays_pass or code in _KNOWN_LATER):
            answer = _any_answer(value)
            if answer is None:
                self.wrong_type(field, value, "是否、文字、数字或年度列表")
            return answer
        known = {term.code: term.label for term in self.book.names.answer_terms}
        text = f"不认识的补充问题“{show_value(code)}”。{nearest(code, known)}请改正后重试。"
        self.wrong(field, "unknown-code", text)
        return None


def show_value(value: object) -> str:
    """Write a value as it stood in the JSON, cut short."""
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:40]


def _years(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    if any(isinstance(item, bool) or not isinstance(item, int) for item in value):
        return None
    if any(not _FIRST_YEAR <= item <= _LAST_YEAR for item in value):
        return None
    return tuple(sorted(set(value)))


def _number(value: object) -> int | None:
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _in_range(answer: AnswerValue) -> bool:
    return isinstance(answer, int) and 0 <= answer <= _MOST_NUMBER


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _date(value: object) -> str | None:
    return read_iso(value).isoformat() if isinstance(value, str) else None


def _any_answer(value: object) -> AnswerValue | None:
    """Take an answer nobody asks for; a number we cannot write stays as text."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, int | float):
        whole = _number(value)
        return whole if whole is not None and abs(whole) < _MOST_WHOLE else str(value)
    return _years(value)


_KNOWN_LATER = frozenset(term.code for term in EVERY_ANSWER)
_ANSWER_KINDS: dict[str, tuple[Callable[[object], AnswerValue | None], str]] = {
    "bool": (_flag, "是或否（true 或 false）"),
    "text": (_text, "文字"),
    "number": (_number, "整数"),
    "years": (_years, "年度列表"),
    "date": (_date, "带引号的日期"),
}
