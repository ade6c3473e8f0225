"""Commands for the day and the register: day, close, entered, and tables.

The counterpart of F11 and Ctrl+E in the window.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from medcounter.cli.command import DONE
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import write
from medcounter.cli.signing_in import approval_for
from medcounter.desk.access.desk_access import EXPORT
from medcounter.desk.counter.register import TO_ENTER, LedgerFilter
from medcounter.desk.day.day_lines import facts
from medcounter.desk.day.day_records import DayClose
from medcounter.money import show_money
from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.store.ledger.day_figures import DayFigures, DayLine
from medcounter.wording.terms import STATE_WORDS, UNCONFIRMED


def run_day(arguments: Namespace) -> int:
    """Show a day as it stands, and its closes."""
    with open_desk(arguments) as desk:
        at = now()
        look = desk.days.look(arguments.day or at.date(), at)
    write(f"{look.day}" + ("，还没有日结" if look.can_close else ""))
    _write_figures(look.open)
    for close in look.closes:
        write(_close_line(close))
    if look.forgotten:
        write(f"还没有日结的日子：{'、'.join(map(str, look.forgotten))}")
    write(f"台账末条 {look.head}")
    return DONE


def run_close(arguments: Namespace) -> int:
    """Close a day under the next number."""
    with open_desk(arguments) as desk:
        at = now()
        close = desk.days.close(arguments.day or at.date(), at)
    _write_figures(close.figures)
    write(_close_line(close))
    write(f"台账末条 {close.head}，请抄在日结单上。")
    return DONE


def run_entered(arguments: Namespace) -> int:
    """List what is left to enter in the official system, or mark what was entered."""
    with open_desk(arguments) as desk:
        at = now()
        if arguments.number:
            news = desk.register.mark_entered(arguments.number, at, entered=not arguments.undo)
            done = "已改回待录入" if arguments.undo else "已标为录入正式系统"
            write(f"{news} 张{done}，{len(arguments.number) - news} 张原来就是。")
            return DONE
        # The window goes back a month unless told; a command leaves nothing out unsaid.
        within = LedgerFilter(arguments.first_day or date.min, arguments.last_day, TO_ENTER)
        page = desk.register.page("", arguments.limit, 0, within, at.date())
    for row in page.rows:
        write(
            f"{row.number}  {row.issued_at:%Y-%m-%d %H:%M}  {row.name}  {row.id_masked}"
            f"  {row.category_label}  {row.standing.benefit_year} 年度  {show_money(row.total)}"
        )
    write(f"待录入正式系统 {page.total} 张，列出 {len(page.rows)} 张。")
    return DONE


def run_table(arguments: Namespace) -> int:
    """Write notices into an xlsx table."""
    place = named_destination(arguments, arguments.out, people=True)
    state = TO_ENTER if arguments.to_enter else ""
    first_day = arguments.first_day or (date.min if arguments.to_enter else None)
    within = LedgerFilter(first_day, arguments.last_day, state)
    with open_desk(arguments) as desk:
        masked = not arguments.reveal
        approval = None if masked else approval_for(desk, EXPORT)
        made = desk.register.export(place, "", within, now(), masked=masked, approval=approval)
    hidden = "证件号码已遮盖" if made.masked else "含证件号码，请妥善保管"
    write(f"已导出 {made.notices} 张到 {made.path}；{hidden}。")
    return DONE


def _write_figures(figures: DayFigures) -> None:
    write("  ".join(f"{label} {value}" for label, value in facts(figures)))
    write(f"有效通知单合计 {show_money(figures.total)}（人民币{amount_in_words(figures.total)}）")
    for heading, lines in (
        ("经办人", figures.by_clerk),
        ("身份", figures.by_category),
        ("年度", figures.by_year),
    ):
        for line in lines:
            write(f"  {heading}  {_line(line)}")
    for text in figures.unconfirmed:
        write(f"  {STATE_WORDS[UNCONFIRMED]}  {text}")


def _line(line: DayLine) -> str:
    reprints = f"  补打 {line.reprints}" if line.reprints else ""
    return (
        f"{line.label}  出单 {line.issued}  作废 {line.voided}{reprints}  {show_money(line.total)}"
    )


def _close_line(close: DayClose) -> str:
    further = "补充日结" if close.further else "日结"
    return (
        f"{further} {close.number}  {close.at:%Y-%m-%d %H:%M}  {close.clerk}"
        f"  {show_money(close.figures.total)}  末条 {close.head}"
    )
