"""The commands ``authoring …`` that show what a draft means, tick it and check it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from medcounter.authoring.document.path_text import path_text
from medcounter.authoring.live.draft_warnings import DraftWarning
from medcounter.authoring.live.sample_table import SampleRow
from medcounter.authoring.live.ticks import TickMark, TickState
from medcounter.cli.command import ASKED, DONE, REFUSED
from medcounter.cli.draft_opening import look_at_draft, open_draft
from medcounter.cli.open_desk import now
from medcounter.cli.output import write
from medcounter.desk.authoring.draft_ticks import DraftTicks
from medcounter.desk.authoring.live_draft import LiveDraft
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.errors import MedCounterError

_TICKS = {
    TickState.OPEN: "　",
    TickState.TICKED: "✓",
    TickState.CHANGED: "！",
    TickState.OWN: "例",
    TickState.OWN_FAILS: "！",
}


class WarningUnknownError(MedCounterError):
    """草稿没有这一条提醒，没有答复，草稿不变；请先用 authoring check 列出现在的提醒。"""


class YearNotWrittenError(MedCounterError):
    """草稿没有写这个待遇年度，没有列出；请核对年度。"""


def run_table(arguments: Namespace) -> int:
    """Show the periods of a year and what sample residents come to."""
    with look_at_draft(arguments) as draft:
        live = _worked_out(draft, arguments.year)
        write(f"== {live.year} 年度的缴费日")
        for stretch in live.strip.stretches:
            write(f"{stretch.first} 至 {stretch.last}  {stretch.label}")
        for hole in live.strip.holes:
            write(f"！{hole.day}：{hole.text}")
        if live.strip.note:
            write(live.strip.note)
        write("== 参保人样本")
        marks = live.marks()
        for row in live.table.rows:
            _write_row(row, marks.get(row.id))
        ticked = sum(mark.state is TickState.TICKED for mark in marks.values())
        write(f"共 {len(live.table.rows)} 行，与公告核对过 {ticked} 行。")
    return DONE


def run_tick(arguments: Namespace) -> int:
    """Mark rows as compared with the announcement, or take the mark back."""
    with open_draft(arguments) as draft:
        _worked_out(draft, arguments.year)
        checks = DraftTicks(draft)
        if arguments.off:
            checks.untick(arguments.row, now())
        else:
            checks.tick(arguments.row, now())
        write(draft.history()[0].words)
    return DONE


def run_check(arguments: Namespace) -> int:
    """List everything to put right or to answer."""
    with look_at_draft(arguments) as draft:
        warnings = _warnings(draft)
        for number, warning in enumerate(warnings, 1):
            where = path_text(draft.document, warning.path) if warning.path else "整份草稿"
            kind = "要改正" if warning.blocks else "要答复" if warning.is_open else "已答复"
            answer = f"（{warning.answer}）" if warning.answer else ""
            write(f"{number}  {kind}{answer}  [{where}]  {warning.text}")
    blocking = sum(warning.blocks for warning in warnings)
    left = sum(warning.is_open for warning in warnings) - blocking
    write(f"要改正的 {blocking} 处，要答复的 {left} 条。")
    if blocking:
        return REFUSED
    return ASKED if left else DONE


def run_answer(arguments: Namespace) -> int:
    """Answer one warning: that it is meant so, and why."""
    with open_draft(arguments) as draft:
        warnings = _warnings(draft)
        if not 1 <= arguments.warning <= len(warnings):
            raise WarningUnknownError
        warning = warnings[arguments.warning - 1]
        DraftTicks(draft).answer(warning, arguments.reason, now())
        write(f"已答复：{warning.text}")
    return DONE


def _worked_out(draft: OpenDraft, year: int | None) -> LiveDraft:
    """Compute the whole table of a year, without the warnings.

    Raises:
        YearNotWrittenError: The draft has no such year.
    """
    live = draft.live
    if year is not None:
        live.show(year)
        if live.year != year:
            raise YearNotWrittenError(
                f"草稿没有写 {year} 年度，没有列出；写的是 {'、'.join(map(str, live.years))} 年度。"
            )
    for _ in live.slices():
        if live.has_all_rows:
            break
    return live


def _warnings(draft: OpenDraft) -> tuple[DraftWarning, ...]:
    for _ in draft.live.slices():
        pass
    return draft.live.warnings


def _write_row(row: SampleRow, mark: TickMark | None) -> None:
    sign = _TICKS[TickState.OPEN if mark is None else mark.state]
    paid: date = row.facts.payment_date
    now_ = row.now
    write(
        f"{sign} {row.id}  {row.person}  {paid} 缴费  {now_.period}  应缴 {now_.pays}"
        f"  {now_.waits}  {now_.covered}" + (f"  存疑：{now_.in_doubt}" if now_.in_doubt else "")
    )
    for sentence in () if mark is None else mark.differs:
        write(f"     {sentence}")
