"""What is said of a print of notices, and which numbers it counts for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.notice.content.household_sheet import HouseholdSheet
from medcounter.notice.content.number import number_span

from ..messages import PROBLEM, Message

if TYPE_CHECKING:
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.notice.content.notice import Sheet

SPECIMEN_UNPRINTED = Message(
    PROBLEM, "样张没有编号，不能打印；按 F9 出单时自动打印，也可以存为 PDF 看。"
)
ALL_VOID = Message(PROBLEM, "这一户的通知单都已作废，不能打印；需要时重新出单。")
NONE_YET = Message(PROBLEM, "台账里还没有通知单，没有可以补打的。")


def without_printer(why: str) -> Message:
    """Describe that nothing was printed and nothing counted, and why."""
    text = f"{why}，没有打印，也没有记打印次数；可存为 PDF，或接好打印机后再打印。"
    return Message(PROBLEM, text)


def without_test_page(why: str) -> Message:
    """Describe that no page to measure by was printed, and why."""
    return Message(PROBLEM, f"{why}，没有打印测试页；接好打印机后再打印。")


def done_text(issued: IssuedNotice) -> str:
    """Describe what stands although no paper came out: issued, or counted again."""
    if issued.print_no == 1:
        return f"已出单 {issued.notice.number}"
    return f"{issued.notice.number} 第 {issued.print_no} 次打印没有出纸"


def counted_numbers(sheet: Sheet | HouseholdSheet) -> tuple[str, ...]:
    """Return the numbers that a print of a sheet counts for."""
    if isinstance(sheet, HouseholdSheet):
        return sheet.numbers
    return () if sheet.notice.number is None else (sheet.notice.number,)


def is_void(sheet: Sheet | HouseholdSheet) -> bool:
    """Whether nothing on a sheet is valid any more."""
    return not sheet.counted if isinstance(sheet, HouseholdSheet) else sheet.voided


def span(household: tuple[IssuedNotice, ...]) -> str:
    """Name the first and the last number of a household."""
    return number_span([issued.notice.number or "" for issued in household])
