"""The commands ``authoring sheet`` and ``authoring ticked``: the sheet, and back."""

from __future__ import annotations

from argparse import Namespace

from medcounter.cli.command import DONE, PartMissingError
from medcounter.cli.draft_opening import look_at_draft, open_draft
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import now
from medcounter.cli.output import complain, write
from medcounter.desk.authoring.draft_sheet import DraftSheet, MadeSheet
from medcounter.errors import MedCounterError

_MOST_SHOWN = 30
TABLE, PAPER = ".xlsx", ".pdf"


class SheetKindUnknownError(MedCounterError):
    """不知道要写成哪种审签单，没有生成；请把文件名写成以 .pdf 或 .xlsx 结尾。"""


def run_sheet(arguments: Namespace) -> int:
    """Write the sheet of a draft as a table; paper needs the window's parts."""
    ending = arguments.file.suffix.lower()
    if ending == PAPER:
        raise PartMissingError
    if ending != TABLE:
        raise SheetKindUnknownError
    place = named_destination(arguments, arguments.file, people=False)
    made = sheet_made(arguments)
    made.write_table(place)
    write(f"{told_of(arguments, made)}填好后用 medcounter authoring ticked 读回。")
    return DONE


def sheet_made(arguments: Namespace) -> MadeSheet:
    """Make the sheet of the draft that the arguments name."""
    with look_at_draft(arguments) as draft:
        return DraftSheet(draft).made(now().date(), arguments.reviewer)


def told_of(arguments: Namespace, made: MadeSheet) -> str:
    """Describe what was written where, with its hash."""
    sheet = made.sheet
    return (
        f"审签单已写到 {arguments.file}：{len(sheet.lines)} 项，"
        f"参保人样本 {len(sheet.residents.rows)} 行，规则哈希 {sheet.state.short}。"
    )


def run_ticked(arguments: Namespace) -> int:
    """Read a table that came back, and keep what it says."""
    with open_draft(arguments) as draft:
        result = DraftSheet(draft).take_back(arguments.file, now())
    if not result.is_same_state:
        complain("注意：审签单是按这份草稿以前的一版生成的；改过的行不算，没有改过的照算。")
    for problem in result.problems:
        complain(problem)
    for one in result.refused:
        write(f"×  {one.name}：{one.remark or '（没有写应为多少）'}")
    for other in result.others:
        write(f"另有  {other}")
    for one in result.unanswered[:_MOST_SHOWN]:
        write(f"未核对  {one.name}" + (f"：{one.remark}" if one.remark else ""))
    if len(result.unanswered) > _MOST_SHOWN:
        write(f"……另有 {len(result.unanswered) - _MOST_SHOWN} 项未核对。")
    yes = len(result.ticked) + len(result.ticked_residents)
    write(f"√ {yes} 项，× {len(result.refused)} 项，未核对 {len(result.unanswered)} 项。")
    return DONE
