"""The rows of a list as a table: the content of each column.

Returns texts and values of records; computes no fee and no day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.identity.id_number import mask
from medcounter.money import show_money
from medcounter.roster.answering.results import Result
from medcounter.roster.reading.findings import STOPS
from medcounter.wording.terms import UNITS

from ...widgets.act_menu import LINE, MenuRow
from ...widgets.record_model import END, Column

if TYPE_CHECKING:
    from medcounter.roster.answering.answer_line import Line

NO_COVERAGE = "本年度无待遇"


def village(result: Result) -> str:
    """Return the village as written."""
    return result.person.village if result.person else ""


def name(result: Result) -> str:
    """Return the name; empty where the row could not be read."""
    return result.person.name if result.person else ""


def id_masked(result: Result) -> str:
    """Return the number with all but its ends starred."""
    person = result.person
    return mask(person.id_number, person.facts.payment_date) if person else ""


def due(result: Result) -> str:
    """Describe what is to be paid; empty where nothing can be."""
    return "" if result.line is None or not result.line.payable else show_money(result.line.total)


def wait(result: Result) -> str:
    """Say the last day of the wait; how long it is stands in the tool tip."""
    line = result.line
    return f"到 {line.wait.end}" if line is not None and line.wait is not None else ""


def wait_length(result: Result) -> str:
    """Say the wait from its first to its last day, and its length."""
    line = result.line
    if line is None or line.wait is None:
        return ""
    wait = line.wait
    return f"{wait.start} 至 {wait.end}，{wait.total}{UNITS[wait.unit]}"


def coverage(result: Result) -> str:
    """Say the first day with benefits."""
    line = result.line
    if line is None:
        return ""
    return NO_COVERAGE if line.coverage is None else f"{line.coverage.start} 起"


def coverage_span(result: Result) -> str:
    """Say the days with benefits, both ends inclusive."""
    line = result.line
    if line is None or line.coverage is None:
        return ""
    return f"{line.coverage.start} 至 {line.coverage.end}"


def gain(result: Result) -> str:
    """Describe what repair would bring."""
    line = result.line
    if line is None or line.gain is None:
        return ""
    return f"补{line.gain.years}年 多{line.gain.days}天"


def state(result: Result) -> str:
    """Describe what the clerk must know of a row; its sheet is in the tool tip."""
    stopped = [finding for finding in result.findings if finding.level == STOPS]
    if stopped:
        more = f"（共 {len(stopped)} 处）" if len(stopped) > 1 else ""
        place = stopped[0].place
        where = place.shown.removeprefix(f"{place.sheet}!")
        return f"✕ {where}：{stopped[0].text}{more}"
    return _line_state(result.line) if result.line else ""


def all_findings(result: Result) -> str:
    """Say everything that was found, one sentence a line, each with its place."""
    return "\n".join(f"{one.place.shown}：{one.text}" for one in result.findings)


def _line_state(line: Line) -> str:
    if not line.payable:
        return "✕ 这一天不能缴费"
    if line.unsettled:
        return "？有规定不明确，逐人核对"
    if line.loses_year:
        return "⚠ 等待期占去全年"
    return "✓"


def number(result: Result) -> str:
    """Return the number of the row in its sheet."""
    return f"{result.row}"


ROSTER_COLUMNS: tuple[Column[Result], ...] = (
    Column("row", "行", number, lambda one: one.row, END),
    Column("name", "姓名", name, name),
    Column("id_masked", "证件号码", id_masked, id_masked),
    Column("due", "应缴", due, lambda one: one.line and one.line.total, END),
    Column("wait", "等待期", wait, lambda one: one.line and one.line.wait, hint=wait_length),
    Column(
        "coverage", "享受待遇", coverage, lambda one: one.line and one.line.coverage,
        hint=coverage_span,
    ),
    Column("gain", "修复", gain, lambda one: one.line and one.line.gain),
    Column("village", "村（社区）", village, village),
    Column("state", "说明", state, state, hint=all_findings),
)  # fmt: skip
# Height of a line of text, for each column but the last.
WIDTHS = (2.8, 4.4, 9.6, 5.0, 6.6, 7.0, 6.4, 5.0)
# What says nothing of a row that could not be read.
OF_ANSWERS = ("name", "id_masked", "due", "wait", "coverage", "gain", "village")
# What may be done with one row: to the desk, or a part of it copied.

ROW_MENU = (
    MenuRow("show", "带到办理页看依据", key="roster_show"),
    LINE,
    MenuRow("name", "复制姓名"),
    MenuRow("id_masked", "复制证件号码（遮盖）"),
    MenuRow("due", "复制应缴金额"),
    MenuRow("state", "复制说明"),
)


def copied_text(part: str, result: Result) -> str:
    """Return what is copied of a row: the text of one of its columns."""
    return next(column.text(result) for column in ROSTER_COLUMNS if column.name == part)
