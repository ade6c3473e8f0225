"""A list in the window: its faults, its figures, its notices, by keys and beside the window."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
)

from medcounter.roster.answering.results import Filter
from tests.gui.counter_window import CounterWindow
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import ledger_page
from tests.support.roster.roster_samples import (
    HEADINGS,
    NAME,
    id_number,
    messy,
    people,
    write_xlsx,
)
from ui.views.roster.columns_dialog import ColumnsDialog
from ui.views.roster.list_questions_dialog import ListQuestionsDialog
from ui.views.roster.roster_panel import RosterPanel
from ui.views.roster.roster_session import RosterSession
from ui.views.roster.roster_state import AGREED, ASKED, EMPTY, FOUND

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


class RosterWindow:
    """The roster view of an open counter."""

    def __init__(self, qtbot: QtBot, window: CounterWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        window.press("Ctrl+3")
        self.panel = child(window.window, RosterPanel, "roster_panel")
        self.session: RosterSession = child(window.window, RosterSession, "roster_session")

    def open(self, path: Path) -> None:
        """Open a list as the file dialog would."""
        self.session.ask("open", str(path))
        self.wait_for(FOUND)

    def wait_for(self, phase: str) -> None:
        self.qtbot.waitUntil(lambda: self.session.state.phase == phase, timeout=30_000)

    def issue(self) -> None:
        """Ask for notices and agree, by keys."""
        self.window.press("F10")
        self.wait_for(ASKED)
        self.window.press("Ctrl+F10")
        self.wait_for(AGREED)

    def click(self, name: str) -> None:
        """Press a button with the mouse."""
        button = child(self.window.window, QPushButton, name)
        assert button.isVisible(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def close_box(self) -> None:
        """Put off what becomes of the paper."""
        box = shown(self.window.window, QMessageBox, "roster_papers")
        assert box is not None
        box.close()
        QApplication.sendPostedEvents()

    def total(self) -> int:
        """How many notices the ledger has."""
        desk = self.window.counter.session.desk
        assert desk is not None
        return ledger_page(desk).total

    def count(self) -> int:
        return len(self.window.rows("roster_table"))


@pytest.fixture
def roster(qtbot: QtBot, window: CounterWindow) -> RosterWindow:
    return RosterWindow(qtbot, window)


def test_an_empty_view_says_how_to_begin(roster: RosterWindow) -> None:
    assert "按 Ctrl+I 打开" in roster.window.text("roster_empty")
    assert not roster.window.can("roster_issue_button")
    assert roster.window.can("roster_template_button")


def test_a_messy_list_shows_each_fault_and_takes_nobody(
    roster: RosterWindow, tmp_path: Path
) -> None:
    brought = messy(400)
    roster.open(write_xlsx(tmp_path / "list.xlsx", brought.rows))
    assert f"有 {len(brought.faults)} 行有问题" in roster.window.text("roster_found")
    assert "现在还没有导入任何人" in roster.window.text("roster_found")
    assert not roster.window.can("roster_issue_button")
    roster.session.ask("filter", Filter.FAULTY.name)
    rows = roster.window.rows("roster_table")
    assert [int(row[0].split()[-1]) for row in rows] == sorted(brought.faults)
    assert all(row[-1].startswith("✕") for row in rows)


def test_a_list_agreed_to_is_issued_and_saved_as_one_pdf(
    qtbot: QtBot, roster: RosterWindow, tmp_path: Path
) -> None:
    roster.open(write_xlsx(tmp_path / "list.xlsx", people(7)))
    roster.window.press("Ctrl+Y")
    assert roster.session.state.phase == AGREED
    roster.issue()
    assert len(roster.session.state.issued) == 7
    desk = roster.window.counter.session.desk
    assert desk is not None
    assert ledger_page(desk).total == 7
    box = shown(roster.window.window, QMessageBox, "roster_papers")
    assert box is not None
    save = next(one for one in box.buttons() if "PDF" in one.text())
    save.click()
    files = shown(roster.window.window, QFileDialog, "roster_pdf_files")
    assert files is not None
    destination = tmp_path / "all.pdf"
    files.fileSelected.emit(str(destination))
    files.close()
    qtbot.waitUntil(destination.exists, timeout=30_000)
    numbers = [page.extract_text() for page in PdfReader(destination).pages]
    assert [f"2025-03-{one:06d}" in text for one, text in enumerate(numbers, 1)] == [True] * 7


def test_the_same_list_issued_again_gives_no_new_number(
    roster: RosterWindow, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", people(4))
    roster.open(path)
    roster.window.press("Ctrl+Y")
    roster.issue()
    roster.close_box()
    roster.open(path)
    roster.window.press("Ctrl+Y", "F10")
    roster.qtbot.waitUntil(lambda: bool(roster.window.text("roster_message")))
    assert "4 人本年度已出过单，没有重出" in roster.window.text("roster_message")
    # Nobody knows of them on paper: that is still offered.
    roster.close_box()
    assert roster.total() == 4


def test_a_broken_file_is_told_and_leaves_the_view_empty(
    roster: RosterWindow, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 cut")
    roster.session.ask("open", str(path))
    roster.wait_for(EMPTY)
    assert "没有导入任何人" in roster.window.text("roster_message")


def test_a_list_with_headings_of_its_own_asks_which_column_is_which(
    roster: RosterWindow, tmp_path: Path
) -> None:
    own = {"姓名": "谁", "公民身份号码": "号"}
    headings = tuple(own.get(one, one) for one in HEADINGS)
    path = write_xlsx(tmp_path / "list.xlsx", people(3), headings)
    roster.session.ask("open", str(path))
    roster.wait_for(EMPTY)
    dialog = shown(roster.window.window, ColumnsDialog, "columns_dialog")
    assert dialog is not None
    assert not roster.window.can("columns_confirm")
    for heading, meant in (("谁", "姓名"), ("号", "证件号码")):
        boxes: list[QComboBox] = list(dialog.findChildren(QComboBox))
        (box,) = (one for one in boxes if one.accessibleName() == f"“{heading}”是什么")
        box.setCurrentText(meant)
    child(dialog, QPushButton, "columns_confirm").click()
    roster.wait_for(FOUND)
    assert roster.count() == 3


def test_what_the_other_headings_mean_is_filled_in_and_nobodys_aid_is_lost(
    roster: RosterWindow, tmp_path: Path
) -> None:
    headings = ("村(社区)", "谁", "身份证号码", "低保对象", "性别")
    number = id_number(date(1988, 7, 12), 1)
    path = write_xlsx(tmp_path / "list.xlsx", [["东村", "张三", number, "√", "男"]], headings)
    dialog = columns_asked(roster, path)
    boxes: list[QComboBox] = list(dialog.findChildren(QComboBox))
    assert [box.currentData() for box in boxes] == [
        *("village", "", "id_number", "tick:low-income", "sex")
    ]
    boxes[1].setCurrentText("姓名")
    child(dialog, QPushButton, "columns_confirm").click()
    roster.wait_for(FOUND)
    brought = roster.session.state.brought
    assert brought is not None
    [one] = brought.results
    assert one.person is not None
    assert one.line is not None
    assert one.person.village == "东村"
    assert one.line.category == "low-income"


def columns_asked(roster: RosterWindow, path: Path) -> ColumnsDialog:
    roster.session.ask("open", str(path))
    roster.wait_for(EMPTY)
    dialog = shown(roster.window.window, ColumnsDialog, "columns_dialog")
    assert dialog is not None
    return dialog


def chosen(dialog: ColumnsDialog) -> dict[str, str]:
    boxes: list[QComboBox] = list(dialog.findChildren(QComboBox))
    return {box.accessibleName(): box.currentText() for box in boxes}


def test_what_a_lists_headings_mean_is_offered_for_the_next_list_like_it_once_it_was_used(
    roster: RosterWindow, tmp_path: Path
) -> None:
    own = {"姓名": "谁", "公民身份号码": "号"}
    path = write_xlsx(
        tmp_path / "list.xlsx", people(3), tuple(own.get(one, one) for one in HEADINGS)
    )
    for used in (False, True):
        dialog = columns_asked(roster, path)
        assert chosen(dialog)["“谁”是什么"] == "不用这一列"
        for heading, meant in (("谁", "姓名"), ("号", "证件号码")):
            boxes: list[QComboBox] = list(dialog.findChildren(QComboBox))
            (box,) = (one for one in boxes if one.accessibleName() == f"“{heading}”是什么")
            box.setCurrentText(meant)
        child(dialog, QPushButton, "columns_confirm").click()
        roster.wait_for(FOUND)
        if used:
            roster.window.press("Ctrl+Y")
    dialog = columns_asked(roster, path)
    assert chosen(dialog)["“谁”是什么"] == "姓名"
    assert chosen(dialog)["“号”是什么"] == "证件号码"
    assert "请核对" in child(dialog, QLabel, "columns_before").text()
    assert roster.window.can("columns_confirm")


def test_the_last_answer_is_marked_and_given_again_by_one_button(
    roster: RosterWindow, tmp_path: Path
) -> None:
    headings = tuple("身份证号" if one == "联系电话" else one for one in HEADINGS)
    path = write_xlsx(tmp_path / "list.xlsx", people(3), headings)
    for again in (False, True):
        roster.session.ask("open", str(path))
        roster.wait_for(EMPTY)
        dialog = shown(roster.window.window, ListQuestionsDialog, "list_questions_dialog")
        assert dialog is not None
        box = child(dialog, QComboBox, "list_question_0")
        marked = [box.itemText(at).endswith("（上次答的）") for at in range(box.count())]
        assert marked == [False, again, False]
        # What was answered before is not chosen by itself.
        assert box.currentIndex() == 0
        if again:
            child(dialog, QPushButton, "list_questions_before").click()
            assert box.currentIndex() == 1
        else:
            assert dialog.findChild(QPushButton, "list_questions_before") is None
            box.setCurrentIndex(1)
        child(dialog, QPushButton, "list_questions_confirm").click()
        roster.wait_for(FOUND)
        roster.window.press("Ctrl+Y")


def test_a_list_with_an_open_question_is_opened_once_it_is_answered(
    roster: RosterWindow, tmp_path: Path
) -> None:
    headings = tuple("身份证号" if one == "联系电话" else one for one in HEADINGS)
    rows = people(3)
    path = write_xlsx(tmp_path / "list.xlsx", rows, headings)
    roster.session.ask("open", str(path))
    roster.wait_for(EMPTY)
    assert "1 处要先问清" in roster.window.text("roster_message")
    dialog = shown(roster.window.window, ListQuestionsDialog, "list_questions_dialog")
    assert dialog is not None
    assert not roster.window.can("list_questions_confirm")
    box = child(dialog, QComboBox, "list_question_0")
    assert "D3“公民身份号码”和 I3“身份证号”" in box.accessibleName()
    # Nothing is chosen beforehand; the first choice is the first column.
    box.setCurrentIndex(1)
    child(dialog, QPushButton, "list_questions_confirm").click()
    roster.wait_for(FOUND)
    assert roster.count() == 3
    assert "没有用到的列：序号、身份证号" in roster.window.text("roster_found")


def test_a_person_of_the_list_is_brought_to_the_counter(
    roster: RosterWindow, tmp_path: Path
) -> None:
    rows = people(3)
    roster.open(write_xlsx(tmp_path / "list.xlsx", rows))
    roster.session.ask("show", "1")
    assert roster.window.typed("name") == rows[1][NAME]


def test_the_faults_and_the_answers_are_written_out(roster: RosterWindow, tmp_path: Path) -> None:
    roster.open(write_xlsx(tmp_path / "list.xlsx", messy(300).rows))
    for name, write in (
        ("out.xlsx", roster.session.export),
        ("back.xlsx", roster.session.export_marked),
        ("template.xlsx", roster.session.export_template),
    ):
        write(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(b"PK")
        assert roster.window.text("roster_message") == f"✓ 已写到“{name}”"


def test_a_list_is_never_written_over_nor_anything_into_the_data_folder(
    roster: RosterWindow, tmp_path: Path
) -> None:
    source = write_xlsx(tmp_path / "list.xlsx", people(3))
    before = source.read_bytes()
    roster.open(source)
    desk = roster.window.counter.session.desk
    assert desk is not None
    for write in (
        roster.session.export,
        roster.session.export_marked,
        roster.session.export_template,
    ):
        write(source)
        assert "正是在读的文件" in roster.window.text("roster_message")
        write(desk.folder / "out.xlsx")
        assert "在台账的数据文件夹" in roster.window.text("roster_message")
    assert source.read_bytes() == before
    assert not (desk.folder / "out.xlsx").exists()
