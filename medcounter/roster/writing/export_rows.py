"""The rows of an export: a heading line, then one row a person.

Contains text and numbers. ID numbers are masked except for their ends, unless
whole numbers are requested.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.identity.id_number import mask, mask_all
from medcounter.money import show_yuan
from medcounter.roster.answering.answer_line import Line
from medcounter.roster.answering.results import AnsweredRows, Result
from medcounter.roster.reading.findings import STOPS, Listed, PlainRows
from medcounter.roster.writing.list_writer import Put
from medcounter.wording.terms import UNITS

# So many columns differ from person to person; the others hang on what is told alone.
_OWN = 5
# Endings of rows, some 500 bytes each.
_MOST_KEPT = 50_000
_WINDOWS = {"main": "集中征缴期", "extended": "延长期", "late": "零星缴费", "closed": "不能缴费"}


class Heading(NamedTuple):
    """One column that is written.

    Attributes:
        width: In characters, for table programs.
        value: Gives the cell of a result; empty where there is none.
        of_line: Whether it depends on the figures alone.
        column: Gives the cells of people in columns, where they are a person's
            own.
    """

    text: str
    width: int
    value: Callable[[Result], str]
    of_line: bool = False
    column: Callable[[PlainRows], Sequence[str]] | None = None


class _Ending(NamedTuple):
    """What many rows end with, and what it was written from.

    Attributes:
        facts: Kept with the line, so that no others have their place in memory.
    """

    facts: Facts
    line: Line
    cells: tuple[str, ...]


class ExportRows:
    """Writes results as rows; what many share is written once."""

    def __init__(self, columns: tuple[Heading, ...]) -> None:
        """Take the columns, left to right."""
        self._columns = columns
        self._own = [one.column for one in columns[:_OWN] if one.column]
        self._figures = [column for column in columns if column.of_line]
        self._known: dict[int, tuple[Line, list[str]]] = {}
        self._endings: dict[tuple[int, int], _Ending] = {}

    def put(self, result: Result, put: Put) -> None:
        """Write one row.

        Args:
            result: The row.
            put: Writes cells, and what many rows end with.
        """
        line, person = result.line, result.person
        if line is None or person is None or result.findings:
            put([column.value(result) for column in self._columns])
            return
        ending = self._endings.get((id(person.shared_facts), id(line)))
        if ending is None:
            ending = self._end(result, person.shared_facts, line)
        put([column.value(result) for column in self._columns[:_OWN]], ending.cells)

    def put_all(self, rows: AnsweredRows, put: Put) -> None:
        """Write many rows, each as ``put`` would."""
        people, lines = rows
        keys = zip(map(id, people.shared_facts), map(id, lines), strict=True)
        known = list(map(self._endings.get, keys))
        endings = [one.cells for one in known if one is not None]
        if len(endings) < len(known):
            endings = [
                self._end(result, facts, line).cells if one is None else one.cells
                for one, result, facts, line in zip(
                    known, rows.results(), people.shared_facts, lines, strict=True
                )
            ]
        put.columns([column(people) for column in self._own], endings)

    def _end(self, result: Result, facts: Facts, line: Line) -> _Ending:
        if len(self._endings) >= _MOST_KEPT:
            self._endings.clear()
            self._known.clear()
        kept = self._known.get(id(line))
        if kept is None:
            kept = (line, [column.value(result) for column in self._figures])
            self._known[id(line)] = kept
        figures = iter(kept[1])
        cells = tuple(
            next(figures) if column.of_line else column.value(result)
            for column in self._columns[_OWN:]
        )
        ending = self._endings[id(facts), id(line)] = _Ending(facts, line, cells)
        return ending


def headings(book: RuleBook, *, whole_id: bool) -> tuple[Heading, ...]:
    """List the columns that are written, left to right.

    Args:
        book: Names the identities.
        whole_id: Whether numbers of documents are written whole.
    """
    return (
        _personal("工作表", 10, lambda person: person.sheet, _sheets),
        Heading("行", 6, lambda one: str(one.row), column=lambda rows: [*map(str, rows.rows)]),
        _personal("村（社区）", 14, lambda person: person.village, lambda rows: rows.villages),
        _personal("姓名", 12, lambda person: person.name, lambda rows: rows.names),
        _personal(
            "证件号码",
            22,
            partial(_number, whole=whole_id),
            partial(_numbers, whole=whole_id),
        ),
        _personal("待遇年度", 10, lambda person: str(person.shared_facts.benefit_year)),
        _personal("缴费日期", 12, lambda person: _day(person.shared_facts.payment_date)),
        _figure("缴费时段", 12, lambda line: _WINDOWS[line.window.kind]),
        _figure("时段最后一天", 14, lambda line: _day(line.window.end)),
        _figure("采用身份", 18, lambda line: book.order.get(line.category, "")),
        _figure("缴费标准（元）", 14, lambda line: _yuan(line.fee.standard if line.fee else None)),
        _figure("资助（元）", 12, lambda line: _yuan(line.fee.aid if line.fee else None)),
        _figure("应缴（元）", 12, lambda line: _yuan(line.total)),
        _figure("断保年数", 10, lambda line: str(line.lapsed_years)),
        _figure("等待期起", 12, lambda line: _day(line.wait.start if line.wait else None)),
        _figure("等待期止", 12, lambda line: _day(line.wait.end if line.wait else None)),
        _figure("等待期长度", 12, _length),
        _figure("待遇起", 12, lambda line: _day(line.covered_from)),
        _figure("待遇止", 12, lambda line: _day(line.coverage.end if line.coverage else None)),
        _figure("可修复年数", 12, lambda line: str(line.gain.years) if line.gain else ""),
        _figure("修复多缴（元）", 14, lambda line: _yuan(line.gain.cost if line.gain else None)),
        _figure("修复多得天数", 14, lambda line: str(line.gain.days) if line.gain else ""),
        Heading("说明", 40, _remarks),
    )


def faults(result: Result) -> str:
    """Write what stops a row, each with its place; empty where nothing does."""
    return "".join(
        f"{finding.place.shown}：{finding.text}"
        for finding in result.findings
        if finding.level == STOPS
    )


def _personal(
    text: str,
    width: int,
    value: Callable[[Listed], str],
    column: Callable[[PlainRows], Sequence[str]] | None = None,
) -> Heading:
    return Heading(text, width, lambda one: value(one.person) if one.person else "", column=column)


def _sheets(people: PlainRows) -> Sequence[str]:
    return [people.sheet] * len(people.rows)


def _numbers(people: PlainRows, *, whole: bool) -> Sequence[str]:
    if whole:
        return people.id_numbers
    return mask_all(people.id_numbers, [facts.payment_date for facts in people.shared_facts])


def _number(person: Listed, *, whole: bool) -> str:
    return person.id_number if whole else mask(person.id_number, person.shared_facts.payment_date)


def _figure(text: str, width: int, value: Callable[[Line], str]) -> Heading:
    return Heading(text, width, lambda one: value(one.line) if one.line else "", of_line=True)


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
