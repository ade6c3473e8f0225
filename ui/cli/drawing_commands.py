"""The functions behind ``notice``, ``reprint`` and the self-check of the screen.

They draw without a screen and show nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from medcounter.cli.command import ASKED, DONE, REFUSED
from medcounter.cli.commands.selfcheck_commands import checks, run_checks
from medcounter.cli.commands.specimen import example_notice, specimen
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import open_desk
from medcounter.cli.output import complain, refuse, write
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.desk.counter.issue_reasons import DoubtfulError
from medcounter.desk.recovery.selfcheck import GOOD, CheckFinding
from medcounter.destinations import destination
from medcounter.errors import MedCounterError
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import A5_LANDSCAPE, chosen_paper

from ..look.fonts import FontUnusableError, load_fonts, missing_characters
from ..printing.lacking import undrawn_text
from ..printing.layout import lay_out
from ..printing.pdf import write_pdf

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from medcounter.cli.commands.selfcheck_commands import CheckSteps
    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.destinations import Destination

    from ..printing.layout import Layout

_BOXES_REFUSED = "没有写出 PDF，也没有计打印次数；确要用方框代替写出，请加 --boxes。"
_BOXES_DRAWN = "已按 --boxes 用方框代替写出。"
_PRINTED_WORDS = "城乡居民基本医疗保险缴费通知单￥¥（）测算"


def run_notice(arguments: Namespace) -> int:
    """Draw the specimen of a facts file into a PDF."""
    place = named_destination(
        arguments, arguments.pdf, people=True, reading=(Path(arguments.file),)
    )
    try:
        made = specimen(arguments, _now())
    except DoubtfulError as err:
        for reason in err.reasons:
            complain(f"{reason.code}：{reason.text}")
        codes = " ".join(f"--acknowledge {reason.code}" for reason in err.reasons)
        complain(f"没有写出 PDF；看清后仍要写出，请加 {codes}。")
        return ASKED
    if isinstance(made, tuple):
        refuse(made)
        return REFUSED
    ready_to_draw()
    layout = lay_out(Sheet(made), A5_LANDSCAPE)
    if not _may_draw(layout, boxes=arguments.boxes):
        return REFUSED
    write_pdf(layout, place, with_boxes=arguments.boxes)
    write(f"样张已保存到 {arguments.pdf}，没有编号。")
    return DONE


def run_reprint(arguments: Namespace) -> int:
    """Count one more print of a stored notice and draw it into a PDF."""
    place = named_destination(arguments, arguments.pdf, people=True)
    with open_desk(arguments) as desk:
        ready_to_draw()
        # Looked at before it is counted: a refused print is no print.
        if not _may_draw(
            _laid_out(desk, desk.notices.find(arguments.number)), boxes=arguments.boxes
        ):
            return REFUSED
        issued = desk.notices.reprint(arguments.number, _now())
        _draw_counted(desk, issued, place)
    write(f"{arguments.number} 第 {issued.print_no} 次打印已保存到 {arguments.pdf}。")
    return DONE


def run_selfcheck(arguments: Namespace) -> int:
    """Run the core's checks, then those of fonts and paper."""
    return run_checks((*checks(arguments), *_screen_checks()))


def _draw_counted(desk: Desk, issued: IssuedNotice, place: Destination) -> None:
    number = issued.notice.number or ""
    try:
        # What would be missing was asked about before the print was counted.
        write_pdf(_laid_out(desk, issued), place, with_boxes=True)
    except MedCounterError:
        desk.notices.mark_printed(number, issued.print_no, _now(), ok=False)
        raise
    desk.notices.mark_printed(number, issued.print_no, _now(), ok=True)


def _laid_out(desk: Desk, issued: IssuedNotice) -> Layout:
    settings = desk.settings
    sheet_paper = chosen_paper(settings.paper, large_print=settings.large_print)
    return lay_out(Sheet(issued.notice, issued.print_no, practice=desk.practice), sheet_paper)


def _may_draw(layout: Layout, *, boxes: bool) -> bool:
    """Say on standard error what cannot be drawn, and whether to draw all the same."""
    lacking = undrawn_text(layout)
    if not lacking:
        return True
    complain(f"{lacking}{_BOXES_DRAWN if boxes else _BOXES_REFUSED}")
    return boxes


def _screen_checks() -> Iterator[tuple[str, CheckSteps]]:
    yield "图形部件", _window_parts
    yield "字体", _fonts
    yield "通知单排版和 PDF", _paper


def _window_parts() -> Iterator[CheckFinding]:
    ready_to_draw()
    yield CheckFinding("图形部件", GOOD, f"PySide6 {PySide6.__version__}。")


def _fonts() -> Iterator[CheckFinding]:
    family = load_fonts()
    if lacking := missing_characters(_PRINTED_WORDS):
        raise FontUnusableError(f"程序自带的字体缺少“{lacking}”，不能打印；请重新安装本程序。")
    yield CheckFinding("字体", GOOD, f"{family}。")


def _paper() -> Iterator[CheckFinding]:
    notice = example_notice(rules_in_use(None, None), _now())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.pdf"
        write_pdf(lay_out(Sheet(notice), A5_LANDSCAPE), destination(path, None, people=True))
        size = path.stat().st_size // 1000
    yield CheckFinding("通知单排版和 PDF", GOOD, f"{size} kB。")


@cache
def ready_to_draw() -> QCoreApplication:
    """Give Qt an application with our fonts; it is shown nowhere.

    Returns:
        The application, which Qt forgets unless somebody holds it.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    load_fonts()
    return application


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
