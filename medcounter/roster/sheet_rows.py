"""The rows that are written out: a heading line, then one row a person.

Answers with text and numbers. Numbers of documents are starred but for
their ends unless the whole is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from medcounter.assess.rule_book import RuleBook
from medcounter.identity.id_number import mask
from medcounter.money import show_yuan
from medcounter.roster.findings import STOPS, Listed
from medcounter.roster.line import Line
from medcounter.roster.results import Result

UNITS = {"month": "个月", "day": "天", "whole-month": "个整月"}
_WINDOWS = {"main": "集中缴费期", "extended": "延长期", "late": "零星缴费", "closed": "不能缴费"}


class Heading(NamedTuple):
    """One column that is written.

    Attributes:
        width: In characters, for table programs.
        value: Gives the cell of a result; empty where there is none.
    """

    text: str
    width: int
    value: Callable[[Result], str]


def headings(book: RuleBook, *, whole_id: bool) -> tuple[Heading, ...]:
    """List the columns that are written, left to right.

    Args:
        book: Names the identities.
        whole_id: Whether numbers of documents are written whole.
    """
    show = str if whole_id else mask
    return (
        Heading("工作表", 10, lambda one: one.person.sheet if one.person else ""),
        Heading("行", 6, lambda one: str(one.row)),
        Heading("村（社区）", 14, _of_person(lambda person: person.village)),
        Heading("姓名", 12, _of_person(lambda person: person.name)),
        Heading("证件号码", 22, _of_person(lambda person: show(person.id_number))),
        Heading("待遇年度", 10, _of_person(lambda person: str(person.facts.benefit_year))),
        Heading("缴费日期", 12, _of_person(lambda person: _day(person.facts.payment_date))),
        Heading("缴费时段", 12, _of_line(lambda line: _WINDOWS[line.window.kind])),
        Heading("时段最后一天", 14, _of_line(lambda line: _day(line.window.end))),
        Heading("采用身份", 18, _of_line(lambda line: book.order.get(line.category, ""))),
        Heading(
            "缴费标准（元）",
            14,
            _of_line(lambda line: _yuan(line.fee.standard if line.fee else None)),
        ),
        Heading("资助（元）", 12, _of_line(lambda line: _yuan(line.fee.aid if line.fee else None))),
        Heading("应缴（元）", 12, _of_line(lambda line: _yuan(line.total))),
        Heading("断保年数", 10, _of_line(lambda line: str(line.lapsed_years))),
        Heading("等待期起", 12, _of_line(lambda line: _day(line.wait.start) if line.wait else "")),
        Heading("等待期止", 12, _of_line(lambda line: _day(line.wait.end) if line.wait else "")),
        Heading("等待期长度", 12, _of_line(_length)),
        Heading("待遇起", 12, _of_line(lambda line: _day(line.covered_from))),
        Heading(
            "待遇止", 12, _of_line(lambda line: _day(line.coverage.end if line.coverage else None))
        ),
        Heading("可修复年数", 12, _of_line(lambda line: str(line.gain.years) if line.gain else "")),
        Heading(
            "修复多缴（元）",
            14,
            _of_line(lambda line: _yuan(line.gain.cost if line.gain else None)),
        ),
        Heading(
            "修复多得天数", 14, _of_line(lambda line: str(line.gain.days) if line.gain else "")
        ),
        Heading("说明", 40, _remarks),
    )


def faults(result: Result) -> str:
    """Write what stops a row, each with its place; empty where nothing does."""
    return "".join(
        f"{finding.place.shown}：{finding.text}"
        for finding in result.findings
        if finding.level == STOPS
    )


def _of_person(value: Callable[[Listed], str]) -> Callable[[Result], str]:
    return lambda one: value(one.person) if one.person else ""


def _of_line(value: Callable[[Line], str]) -> Callable[[Result], str]:
    return lambda one: value(one.line) if one.line else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yuan(fen: int | None) -> str:
    return "" if fen is None else show_yuan(fen)


def _length(line: Line) -> str:
    return f"{line.wait.total}{UNITS[line.wait.unit]}" if line.wait else ""


def _remarks(result: Result) -> str:
    line = result.line
    if line is None:
        return faults(result)
    parts = []
    if not line.payable:
        parts.append("这一天不能缴费。")
    elif line.loses_year:
        parts.append("等待期到年底仍未结束，本年度没有待遇。")
    if line.payable and line.total is None:
        parts.append("没有来源给出应缴金额。")
    if line.unsettled:
        parts.append("有规定不明确之处，按较晚的待遇日期计算，办理时请逐人核对依据。")
    parts += [finding.text for finding in result.findings]
    return "".join(parts)
