"""A character that no font here has is said on every way to paper, and none is printed as a box.

The sign used is the last code point of a private plane: no font has one for it. What is held:
whichever way a sheet goes, nobody is handed a box in place of a name unless somebody said so.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from medcounter.cli.command_list import COMMANDS
from medcounter.cli.program import main
from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Office, Party, Sheet
from medcounter.notice.sheet.paper import A5_LANDSCAPE, LARGE_PRINT, ROLL_80
from tests.gui.finding import child
from tests.support.desk.counter_samples import open_counter
from tests.support.paper.notice_samples import notice
from tests.support.paper.paper_kinds import days, layouts
from tests.support.system.destination_at import destination_at
from ui.cli.screen_command_list import with_screen
from ui.dialogs.preview_dialog import PreviewDialog
from ui.papers.notice_papers import NoticePapers
from ui.papers.stack_papers import StackPapers
from ui.printing.lacking import CharacterUndrawableError, undrawn_text
from ui.printing.layout import lay_out
from ui.printing.pdf import pdf_bytes, write_pdf
from ui.printing.pdf_stack import PdfStack
from ui.printing.printer import make_printer, print_layout
from ui.views.day.day_papers import DayPapers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from medcounter.notice.content.notice import Notice
    from tests.support.desk.counter_samples import Counter
    from ui.messages import Message
    from ui.printing.layout import Layout

NOWHERE = "\U0010fffd"
NAMED = "U+10FFFD"
RARE = Party(f"王{NOWHERE}")
FACTS = {
    "region": "360000",
    "benefit_year": 2025,
    "payment_date": "2025-03-05",
    "birth_date": "1988-07-12",
}
# The facts are of a day that has passed.
PAST = ("--acknowledge", "past-day")


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Drawing needs fonts."""
    del qtbot


def laid_out(made: Notice) -> Layout:
    return lay_out(Sheet(made), A5_LANDSCAPE)


def to_pdf(layout: Layout, path: Path) -> None:
    write_pdf(layout, destination_at(path))


def to_printer(layout: Layout, path: Path) -> None:
    printer = make_printer(layout.paper, layout.manuscript.name)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    print_layout(layout, printer)


def to_stack(layout: Layout, path: Path) -> None:
    stack = PdfStack()
    stack.add(layout)
    stack.save(destination_at(path))


@pytest.mark.parametrize("way", [to_pdf, to_printer, to_stack])
def test_no_way_draws_a_box_by_itself_and_each_names_the_character_and_what_helps(
    way: Callable[[Layout, Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    with pytest.raises(CharacterUndrawableError) as refused:
        way(laid_out(notice(party=RARE)), path)
    for word in (NAMED, "fonts-hanazono", "没有"):
        assert word in refused.value.text
    assert not path.exists()
    way(laid_out(notice()), path)
    assert path.exists()


def test_who_was_told_can_have_it_with_the_box() -> None:
    assert pdf_bytes(laid_out(notice(party=RARE)), with_boxes=True).startswith(b"%PDF")


def test_it_is_found_wherever_on_a_sheet_it_stands() -> None:
    plain = notice()
    office = Office(f"临川{NOWHERE}", "03", "王丽")
    person, stamp = plain.person, plain.stamp
    for made in (
        notice(party=RARE),
        notice(party=Party("吴建国", agent=f"{NOWHERE}梅")),
        notice(party=Party("吴建国", household=f"{NOWHERE}户")),
        replace(plain, office=office),
        replace(plain, office=replace(plain.office, clerk=NOWHERE)),
        replace(plain, place=NOWHERE),
        replace(plain, person=replace(person, name=f"吴{NOWHERE}")),
        replace(plain, rows=(replace(plain.rows[0], item=NOWHERE),)),
        replace(plain, remarks=(f"请注意{NOWHERE}",)),
        replace(plain, stamp=replace(stamp, bundle=NOWHERE)),
    ):
        for paper in (A5_LANDSCAPE, ROLL_80, LARGE_PRINT):
            assert NAMED in undrawn_text(lay_out(Sheet(made), paper))
    family = household_sheet((plain, notice(party=RARE)))
    assert NAMED in undrawn_text(lay_out(family, A5_LANDSCAPE))


@pytest.mark.parametrize("name", layouts())
def test_nothing_the_program_writes_itself_is_ever_missing(name: str) -> None:
    assert undrawn_text(layouts()[name]()) == ""


class Told:
    """What a part of the window said."""

    def __init__(self, teller: NoticePapers | StackPapers | DayPapers) -> None:
        self.messages: list[Message] = []
        teller.reported.connect(self.messages.append)

    @property
    def last(self) -> str:
        """The text said last."""
        return self.messages[-1].text


def test_a_pdf_from_the_ledger_is_shown_and_not_asked_for(counter: Counter, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notices = NoticePapers(counter.desk, counter.clock, window, str)
    told = Told(notices)
    issued = counter.issue(f"王{NOWHERE}")
    notices.save_issued(issued)
    assert NAMED in told.last
    assert window.findChild(QFileDialog) is None
    preview = child(window, PreviewDialog, "notice_preview")
    child(preview, QPushButton, "save_pdf").click()
    assert preview.findChild(QFileDialog) is not None
    preview.close()


def test_saving_it_all_the_same_says_it_once_more(
    counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notices = NoticePapers(counter.desk, counter.clock, window, str)
    told = Told(notices)
    issued = counter.issue(f"王{NOWHERE}")
    notices.save_to(Sheet(issued.notice), str(tmp_path / "box.pdf"))
    assert "已存为" in told.last
    assert NAMED in told.last


def test_a_list_leaves_out_whom_it_cannot_write_and_names_the_number(
    counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = StackPapers(counter.desk, counter.clock, window, str)
    told = Told(papers)
    stack = tuple(counter.issue(name) for name in ("吴建国", f"王{NOWHERE}", "李丽"))
    path = tmp_path / "all.pdf"
    papers.save_all(stack, str(path))
    qtbot.waitUntil(lambda: bool(told.messages) and "已存为" in told.last)
    assert "2 张已存为" in told.last
    assert "1 张没有打印" in told.last
    assert "2025-03-000002" in told.last
    assert len(PdfReader(path).pages) == 2
    states = [counter.desk.notices.find(one.notice.number or "").standing.failed for one in stack]
    assert states == [False, True, False]


def test_a_list_of_nobody_that_can_be_written_makes_no_file(
    counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = StackPapers(counter.desk, counter.clock, window, str)
    told = Told(papers)
    path = tmp_path / "none.pdf"
    papers.save_all((counter.issue(f"王{NOWHERE}"),), str(path))
    qtbot.waitUntil(lambda: bool(told.messages))
    assert told.last.startswith("1 张没有打印")
    assert not path.exists()


def test_a_day_s_sheet_comes_out_and_what_is_missing_is_said(
    qtbot: QtBot, counter: Counter, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = DayPapers(counter.desk, counter.clock, window, str)
    told = Told(papers)
    sheet = replace(days()["day-closed"], clerk=f"王{NOWHERE}")
    path = tmp_path / "day.pdf"
    papers.save_to(sheet, str(path))
    assert NAMED in told.last
    assert path.exists()


def run(*words: object) -> int:
    """Run a command of the program in this process."""
    return main([str(word) for word in words], with_screen(COMMANDS), lambda _arguments: 1)


def test_a_specimen_on_the_command_line_is_refused_unless_boxes_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts, pdf = tmp_path / "facts.json", tmp_path / "notice.pdf"
    facts.write_text(json.dumps(FACTS), encoding="utf-8")
    words = ("notice", facts, "--pdf", pdf, "--name", f"王{NOWHERE}", *PAST)
    assert run(*words) == 2
    said = capsys.readouterr()
    assert NAMED in said.err
    assert "没有写出 PDF" in said.err
    assert said.out == ""
    assert not pdf.exists()

    assert run(*words, "--boxes") == 0
    said = capsys.readouterr()
    assert NAMED in said.err
    assert pdf.exists()

    pdf.unlink()
    drawable = ("notice", facts, "--pdf", pdf, "--name", "王丽")
    assert run(*drawable) == 5
    assert "past-day：" in capsys.readouterr().err
    assert not pdf.exists()
    assert run(*drawable, *PAST) == 0
    assert capsys.readouterr().err == ""


def test_a_reprint_on_the_command_line_is_refused_before_it_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, pdf = tmp_path / "hall", tmp_path / "again.pdf"
    counter = open_counter(folder)
    number = counter.issue(f"王{NOWHERE}").notice.number or ""
    counter.desk.close()
    words = ("--data-dir", folder, "reprint", number, "--pdf", pdf)
    assert run(*words) == 2
    assert NAMED in capsys.readouterr().err
    assert not pdf.exists()

    assert run(*words, "--boxes") == 0
    said = capsys.readouterr()
    assert NAMED in said.err
    # The refused one was none: this is the first after the notice was issued.
    assert "第 2 次打印" in said.out
    assert pdf.exists()
