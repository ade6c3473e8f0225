"""Parse decoded JSON into checked facts; report every problem, in order.

Source: contract, section "Facts". No later code checks facts again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from math import isfinite
from typing import Any

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import FLEXIBLE, RESIDENT, Answer, Event, Facts, Problem
from medcounter.dates import DateUnreadableError, read_iso
from medcounter.rules.faults import nearest
from medcounter.rules.vocabulary import ORDINARY
from medcounter.strict_json import MAX_INTEGER_DIGITS

KEYS = {
    "region": "参保地",
    "scheme": "险种",
    "benefit_year": "待遇年度",
    "payment_date": "缴费日期",
    "birth_date": "出生日期",
    "categories": "人员类别",
    "events": "特殊情形",
    "insured_years": "已参保年度",
    "repair_years": "缴费修复年数",
    "answers": "补充问题",
}
_REQUIRED = ("region", "benefit_year", "payment_date")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MOST_REPAIR = 99
_MOST_NUMBER = 9999
_MOST_WHOLE = 10**MAX_INTEGER_DIGITS

Problems = list[Problem]


def read_facts(raw: object, book: RuleBook) -> Facts | tuple[Problem, ...]:
    """Check one facts object of the contract.

    Args:
        raw: Decoded JSON.
        book: Rules, for the codes they know.

    Returns:
        The facts; or all problems in the order of the facts table, unknown
        keys last.
    """
    if not isinstance(raw, dict):
        return (
            Problem("", "wrong-type", "每一项应是一个写明参保人情况的 JSON 对象，请核对后重填。"),
        )
    reader = _FactsReader(raw, book)
    facts = reader.read()
    problems = [*reader.problems, *_unknown_keys(raw)]
    if facts is None or problems:
        return tuple(problems)
    return facts


def _unknown_keys(raw: dict[str, Any]) -> Iterator[Problem]:
    for key in raw:
        if key not in KEYS:
            yield Problem(
                key, "unknown-key", f"不认识的项目“{key}”。{nearest(key, KEYS)}请改正后重试。"
            )


class _FactsReader:
    """Reads one object key by key and gathers the problems."""

    def __init__(self, raw: dict[str, Any], book: RuleBook) -> None:
        self.raw = raw
        self.book = book
        self.problems: Problems = []

    def _wrong(self, field: str, code: str, text: str) -> None:
        self.problems.append(Problem(field, code, text))

    def read(self) -> Facts | None:
        """Read all keys in the contract's order; None where one is missing."""
        region = self._region()
        scheme = self._scheme()
        year = self._whole("benefit_year", _FIRST_YEAR, _LAST_YEAR)
        paid = self._date("payment_date", self.raw.get("payment_date"))
        birth = self._date("birth_date", self.raw.get("birth_date"))
        if birth and paid and birth > paid:
            text = f"出生日期 {birth} 晚于缴费日期 {paid}，无法测算，请核对这两个日期。"
            self._wrong("birth_date", "contradiction", text)
        categories = self._categories()
        events = self._events(paid)
        insured = self._insured(year, birth)
        repair = self._whole("repair_years", 0, _MOST_REPAIR) if "repair_years" in self.raw else 0
        answers = self._answers()
        if region is None or year is None or paid is None or self.problems:
            return None
        return Facts(
            region, year, paid, scheme, birth, categories, events, insured, repair or 0, answers
        )

    def _missing(self, key: str) -> bool:
        if self.raw.get(key) is None and key in _REQUIRED:
            code = "wrong-type" if key in self.raw else "missing"
            self._wrong(key, code, f"缺少{KEYS[key]}，无法测算，请补填。")
            return True
        return False

    def _region(self) -> str | None:
        if self._missing("region"):
            return None
        value = self.raw["region"]
        if not isinstance(value, str):
            self._wrong_type("region", value, "带引号的六位数字代码")
            return None
        if len(value) != 6 or not (value.isascii() and value.isdigit()):  # noqa: PLR2004 -- the code's length
            text = f"参保地代码“{value}”不是六位数字，无法确定适用规则，请核对。"
            self._wrong("region", "unknown-code", text)
            return None
        return value

    def _scheme(self) -> str:
        value = self.raw.get("scheme", RESIDENT)
        if not isinstance(value, str):
            self._wrong_type("scheme", value, "resident 或 flexible")
        elif value not in {RESIDENT, FLEXIBLE}:
            text = f"不认识的险种“{value}”。{nearest(value, (RESIDENT, FLEXIBLE))}请改正后重试。"
            self._wrong("scheme", "unknown-code", text)
        else:
            return value
        return RESIDENT

    def _wrong_type(self, field: str, value: object, wanted: str) -> None:
        name = KEYS[field.partition(".")[0]]
        text = f"{name}的值 {_shown(value)} 类型不对，应为{wanted}，请改正后重试。"
        self._wrong(field, "wrong-type", text)

    def _whole(self, key: str, low: int, high: int) -> int | None:
        if self._missing(key):
            return None
        value = self.raw[key]
        if isinstance(value, str):
            text = f"{KEYS[key]}“{_shown(value)}”应写成不带引号的整数，请改正后重试。"
            self._wrong(key, "not-a-number", text)
        elif isinstance(value, bool) or not isinstance(value, int):
            self._wrong_type(key, value, "整数")
        elif not low <= value <= high:
            text = f"{KEYS[key]} {value} 超出范围（{low} 至 {high}），请核对。"
            self._wrong(key, "out-of-range", text)
        else:
            return value
        return None

    def _date(self, field: str, value: object) -> date | None:
        key = field.partition(".")[0]
        if value is None:
            if field in KEYS and not self._missing(field):
                return None
            if field not in KEYS:
                self._wrong(field, "missing", f"{KEYS[key]}缺少日期，无法测算，请补填。")
            return None
        if not isinstance(value, str):
            self._wrong_type(field, value, "带引号的日期")
            return None
        try:
            return read_iso(value)
        except DateUnreadableError as err:
            self._wrong(field, "not-a-date", f"{KEYS[key]}：{err.text}")
        return None

    def _categories(self) -> tuple[str, ...]:
        value = self.raw.get("categories", [])
        if not isinstance(value, list):
            self._wrong_type("categories", value, "代码列表")
            return ()
        known = [term.code for term in self.book.identities()]
        for code in value:
            if not isinstance(code, str):
                self._wrong_type("categories", code, "代码文字")
            elif code not in known:
                text = f"不认识的人员类别“{code}”。{nearest(code, known)}请改正后重试。"
                self._wrong("categories", "unknown-code", text)
        return tuple(code for code in known if code in value and code != ORDINARY)

    def _events(self, paid: date | None) -> tuple[Event, ...]:
        value = self.raw.get("events", [])
        if not isinstance(value, list):
            self._wrong_type("events", value, "列表")
            return ()
        events = [self._event(f"events.{index}", item, paid) for index, item in enumerate(value)]
        return tuple(event for event in events if event is not None)

    def _event(self, field: str, item: object, paid: date | None) -> Event | None:
        if not isinstance(item, dict):
            self._wrong_type(field, item, "写有 kind 和 date 的对象")
            return None
        known = {term.code: term.label for term in self.book.events()}
        kind = item.get("kind")
        if kind is None:
            self._wrong(f"{field}.kind", "missing", "特殊情形缺少种类，无法判断，请补填。")
        elif not isinstance(kind, str):
            self._wrong_type(f"{field}.kind", kind, "代码文字")
        elif kind not in known:
            text = f"不认识的特殊情形“{kind}”。{nearest(kind, known)}请改正后重试。"
            self._wrong(f"{field}.kind", "unknown-code", text)
        day = self._date(f"{field}.date", item.get("date"))
        for key in item:
            if key not in {"kind", "date"}:
                text = f"特殊情形中有不认识的项目“{key}”。{nearest(key, ('kind', 'date'))}"
                self._wrong(f"{field}.{key}", "unknown-key", text)
        if day and paid and day > paid:
            text = f"特殊情形的日期 {day} 晚于缴费日期 {paid}，无法测算，请核对这两个日期。"
            self._wrong(f"{field}.date", "contradiction", text)
        return Event(kind, day) if isinstance(kind, str) and day is not None else None

    def _insured(self, year: int | None, birth: date | None) -> tuple[int, ...] | None:
        value = self.raw.get("insured_years")
        if value is None:
            return None
        if not isinstance(value, list):
            self._wrong_type("insured_years", value, "年度列表")
            return None
        for index, item in enumerate(value):
            field = f"insured_years.{index}"
            if isinstance(item, bool) or not isinstance(item, int):
                self._wrong_type(field, item, "整数年度")
            elif not _FIRST_YEAR <= item <= _LAST_YEAR:
                self._wrong(field, "out-of-range", f"已参保年度 {item} 超出范围，请核对。")
            elif year is not None and item >= year:
                text = f"已参保年度 {item} 不早于待遇年度 {year}，两者矛盾，请核对。"
                self._wrong(field, "contradiction", text)
            elif birth is not None and item < birth.year:
                text = f"已参保年度 {item} 早于出生年份 {birth.year}，两者矛盾，请核对。"
                self._wrong(field, "contradiction", text)
        return tuple(sorted({item for item in value if isinstance(item, int)}))

    def _answers(self) -> tuple[tuple[str, Answer], ...]:
        value = self.raw.get("answers", {})
        if not isinstance(value, dict):
            self._wrong_type("answers", value, "对象")
            return ()
        read = [(code, self._answer(code, item)) for code, item in value.items()]
        return tuple(sorted((code, answer) for code, answer in read if answer is not None))

    def _answer(self, code: str, value: object) -> Answer | None:
        term = self.book.answer_term(code)
        if value is None:
            return None
        wanted = _ANSWER_KINDS[term.kind] if term else _any_answer
        answer = wanted[0](value) if isinstance(wanted, tuple) else wanted(value)
        if answer is None:
            name = term.label if term else code
            kind = wanted[1] if isinstance(wanted, tuple) else "是否、文字、数字或年度列表"
            text = f"“{name}”的回答 {_shown(value)} 类型不对，应为{kind}，请改正后重试。"
            self._wrong(f"answers.{code}", "wrong-type", text)
        elif term and term.kind == "number" and not _in_range(answer):
            text = f"“{term.label}”的回答 {_shown(value)} 超出范围（0 至 {_MOST_NUMBER}），请核对。"
            self._wrong(f"answers.{code}", "out-of-range", text)
        return answer


def _shown(value: object) -> str:
    """Write a value as it stood in the JSON, cut short."""
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:40]


def _years(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list):
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


def _in_range(answer: Answer) -> bool:
    return isinstance(answer, int) and 0 <= answer <= _MOST_NUMBER


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _any_answer(value: object) -> Answer | None:
    """Take an answer nobody asks for; a number we cannot write stays as text."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, int | float):
        whole = _number(value)
        return whole if whole is not None and abs(whole) < _MOST_WHOLE else str(value)
    return _years(value)


_ANSWER_KINDS: dict[str, tuple[Callable[[object], Answer | None], str]] = {
    "bool": (_flag, "是或否（true 或 false）"),
    "text": (_text, "文字"),
    "number": (_number, "整数"),
    "years": (_years, "年度列表"),
}
