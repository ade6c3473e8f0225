"""Parse decoded JSON into checked facts; report every problem, in order.

Source: docs/contract.md, "Facts". What has its type is checked as typed values are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from medcounter.assess.check_facts import FactsChecker, show_value
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import FACT_LABELS, RESIDENT, Event, Facts, Problem
from medcounter.dates import DateUnreadableError, read_iso
from medcounter.rules.case import AnswerValue
from medcounter.rules.code_labels import nearest

_REQUIRED = ("region", "benefit_year", "payment_date")


def read_facts(
    raw: object, book: RuleBook, *, strays_pass: bool = False
) -> Facts | tuple[Problem, ...]:
    """Check one facts object of the contract.

    Args:
        raw: Decoded JSON; a day may be a date already, as in columns.
        book: Rules, for the codes they know.
        strays_pass: Take answers to questions nobody knows, as was done
            before they were refused.

    Returns:
        The facts; or all problems in the order of the facts table, unknown
        keys last.
    """
    if not isinstance(raw, dict):
        return (
            Problem("", "wrong-type", "每一项应是一个写明参保人情况的 JSON 对象，请核对后重填。"),
        )
    reader = _FactsReader(raw, book, strays_pass=strays_pass)
    facts = reader.read()
    problems = [*reader.problems, *_unknown_keys(raw)]
    if facts is None or problems:
        return tuple(problems)
    return facts


def _unknown_keys(raw: dict[str, Any]) -> Iterator[Problem]:
    for key in raw:
        if key not in FACT_LABELS:
            yield Problem(
                key,
                "unknown-key",
                f"不认识的项目“{key}”。{nearest(key, FACT_LABELS)}请改正后重试。",
            )


class _FactsReader(FactsChecker):
    """Reads one JSON object key by key; what has its type is checked as values."""

    def __init__(self, raw: dict[str, Any], book: RuleBook, *, strays_pass: bool) -> None:
        super().__init__(book, strays_pass=strays_pass)
        self.raw = raw

    def read(self) -> Facts | None:
        """Read all keys in the contract's order; None where one is missing."""
        region = self._region()
        scheme = self._scheme()
        year = self._whole("benefit_year")
        paid = self._date("payment_date", self.raw.get("payment_date"))
        birth = self._date("birth_date", self.raw.get("birth_date"))
        self.check_birth(birth, paid)
        categories = self._categories()
        events = self._events(paid)
        insured = self._insured(year, birth)
        repair = self._whole("repair_years") if "repair_years" in self.raw else 0
        answers = self._answers()
        if region is None or year is None or paid is None or self.problems:
            return None
        return Facts(
            region, year, paid, scheme, birth, categories, events, insured, repair or 0, answers
        )

    def _missing(self, key: str) -> bool:
        code = "wrong-type" if key in self.raw else "missing"
        return key in _REQUIRED and self.given(key, self.raw.get(key), code) is None

    def _region(self) -> str | None:
        if self._missing("region"):
            return None
        value = self.raw["region"]
        if not isinstance(value, str):
            self.wrong_type("region", value, "带引号的六位数字代码")
            return None
        return self.check_region(value)

    def _scheme(self) -> str:
        value = self.raw.get("scheme", RESIDENT)
        if not isinstance(value, str):
            self.wrong_type("scheme", value, "resident 或 flexible")
            return RESIDENT
        return self.check_scheme(value)

    def _whole(self, key: str) -> int | None:
        if self._missing(key):
            return None
        value = self.raw[key]
        if isinstance(value, str):
            text = f"{FACT_LABELS[key]}“{show_value(value)}”应写成不带引号的整数，请改正后重试。"
            self.wrong(key, "not-a-number", text)
        elif isinstance(value, bool) or not isinstance(value, int):
            self.wrong_type(key, value, "整数")
        else:
            return self.check_range(key, value)
        return None

    def _date(self, field: str, value: object) -> date | None:
        key = field.partition(".")[0]
        if value is None:
            if field in FACT_LABELS and not self._missing(field):
                return None
            if field not in FACT_LABELS:
                self.wrong(field, "missing", f"{FACT_LABELS[key]}缺少日期，无法测算，请补填。")
            return None
        if isinstance(value, date):
            return value
        if not isinstance(value, str):
            self.wrong_type(field, value, "带引号的日期")
            return None
        try:
            return read_iso(value)
        except DateUnreadableError as err:
            self.wrong(field, "not-a-date", f"{FACT_LABELS[key]}：{err.text}")
        return None

    def _categories(self) -> tuple[str, ...]:
        value = self.raw.get("categories", [])
        if not isinstance(value, list):
            self.wrong_type("categories", value, "代码列表")
            return ()
        return self.check_categories(value)

    def _events(self, paid: date | None) -> tuple[Event, ...]:
        value = self.raw.get("events", [])
        if not isinstance(value, list):
            self.wrong_type("events", value, "列表")
            return ()
        events = [self._event(f"events.{index}", item, paid) for index, item in enumerate(value)]
        return tuple(event for event in events if event is not None)

    def _event(self, field: str, item: object, paid: date | None) -> Event | None:
        if not isinstance(item, dict):
            self.wrong_type(field, item, "写有 kind 和 date 的对象")
            return None
        kind = item.get("kind")
        if kind is None:
            self.wrong(f"{field}.kind", "missing", "特殊情形缺少种类，无法判断，请补填。")
        elif not isinstance(kind, str):
            self.wrong_type(f"{field}.kind", kind, "代码文字")
        else:
            self.check_event(field, kind)
        day = self._date(f"{field}.date", item.get("date"))
        for key in item:
            if key not in {"kind", "date"}:
                text = f"特殊情形中有不认识的项目“{key}”。{nearest(key, ('kind', 'date'))}"
                self.wrong(f"{field}.{key}", "unknown-key", text)
        self.check_event_day(field, day, paid)
        return Event(kind, day) if isinstance(kind, str) and day is not None else None

    def _insured(self, year: int | None, birth: date | None) -> tuple[int, ...] | None:
        value = self.raw.get("insured_years")
        if value is None:
            return None
        if not isinstance(value, list):
            self.wrong_type("insured_years", value, "年度列表")
            return None
        for index, item in enumerate(value):
            field = f"insured_years.{index}"
            if isinstance(item, bool) or not isinstance(item, int):
                self.wrong_type(field, item, "整数年度")
            else:
                self.check_insured(field, item, year, birth)
        return tuple(sorted({item for item in value if isinstance(item, int)}))

    def _answers(self) -> tuple[tuple[str, AnswerValue], ...]:
        value = self.raw.get("answers", {})
        if not isinstance(value, dict):
            self.wrong_type("answers", value, "对象")
            return ()
        return self.check_answers(value.items())
