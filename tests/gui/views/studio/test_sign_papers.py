"""The sheet for the wet signature in the window: seen, saved, printed, read back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QPushButton, QWidget

from medcounter.authoring.sign_sheet.returned_table import returned_table
from medcounter.desk.desk import Desk
from tests.gui.finding import child
from tests.support.authoring.returned_tables import AMOUNT, FULL, filled
from tests.support.store.store_samples import AT
from ui.messages import GOOD, PROBLEM, Message
from ui.views.studio.sheets.sign_dialog import SignDialog
from ui.views.studio.sheets.sign_papers import SignPapers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from medcounter.desk.authoring.open_draft import OpenDraft


@pytest.fixture
def desk(own_data_dir: Path) -> Iterator[Desk]:
    made = Desk.open(own_data_dir, AT)
    yield made
    made.close(with_backup=False)


@pytest.fixture
def draft(desk: Desk) -> OpenDraft:
    return desk.authoring.begin_from("guangxi-2025", AT)


class Shown:
    """The dialog of a draft's sheet, over a bare window."""

    def __init__(self, qtbot: QtBot, desk: Desk, draft: OpenDraft) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.qtbot = qtbot
        self.papers = SignPapers(desk, lambda: AT, self.window, str)
        self.said: list[Message] = []
        self.papers.reported.connect(self.said.append)
        self.papers.open(draft)
        self.dialog = child(self.window, SignDialog, "sign_sheet")

    def button(self, name: str) -> QPushButton:
        return child(self.dialog, QPushButton, name)

    def ready(self) -> None:
        self.qtbot.waitUntil(self.button("sign_pdf").isEnabled, timeout=60_000)

    def choose(self, button: str, dialog: str, path: Path) -> None:
        self.button(button).click()
        files = child(self.dialog, QFileDialog, dialog)
        files.fileSelected.emit(str(path))
        files.reject()

    @property
    def note(self) -> str:
        return child(self.dialog, QLabel, "sign_note").text()


@pytest.fixture
def shown(qtbot: QtBot, desk: Desk, draft: OpenDraft) -> Iterator[Shown]:
    made = Shown(qtbot, desk, draft)
    yield made
    made.papers.stop()
    made.dialog.reject()


def test_nothing_can_be_pressed_until_the_sheet_is_there(shown: Shown) -> None:
    assert not shown.button("sign_pdf").isEnabled()
    assert "正在" in shown.note
    shown.ready()
    assert "√、×" in shown.note
    assert "广西" in shown.dialog.windowTitle()


def test_the_sheet_of_a_draft_that_was_left_never_comes_into_the_next_ones_dialog(
    shown: Shown, desk: Desk
) -> None:
    # It has been made, and the window has not heard of it yet.
    shown.papers._making.wait()  # noqa: SLF001 - nobody else may look at the window meanwhile
    shown.dialog.reject()
    seen: list[str] = []
    shown.papers.open(desk.authoring.begin_from("wuxi-2026", AT))
    dialogs: list[SignDialog] = list(shown.window.findChildren(SignDialog))
    dialog = next(one for one in dialogs if one is not shown.dialog)
    dialog.windowTitleChanged.connect(seen.append)
    shown.qtbot.waitUntil(child(dialog, QPushButton, "sign_pdf").isEnabled, timeout=60_000)
    assert len(seen) == 1
    assert "无锡" in seen[0]
    shown.dialog = dialog


def test_it_is_saved_as_a_pdf_and_as_a_table(shown: Shown, tmp_path: Path) -> None:
    shown.ready()
    shown.choose("sign_pdf", "sign_pdf_files", tmp_path / "a.pdf")
    assert len(PdfReader(tmp_path / "a.pdf").pages) > 3
    shown.choose("sign_table", "sign_files", tmp_path / "a.xlsx")
    assert returned_table(tmp_path / "a.xlsx").draft.startswith("450000-resident-2025")
    assert [one.tone for one in shown.said] == [GOOD, GOOD]
    assert [one.folder for one in shown.said] == [str(tmp_path)] * 2
    assert shown.button("sign_folder").isVisible()


def test_without_a_printer_it_says_how_else(shown: Shown) -> None:
    shown.ready()
    shown.button("sign_print").click()
    assert shown.said[-1].tone == PROBLEM
    assert "没有找到打印机" in shown.note
    assert not shown.button("sign_folder").isVisible()


def test_it_goes_to_the_printer_that_is_set(qtbot: QtBot, shown: Shown, desk: Desk) -> None:
    desk.save_settings(replace(desk.settings, printer="窗口 9"), AT)
    shown.ready()
    shown.button("sign_print").click()
    qtbot.waitUntil(lambda: "系统里没有名为“窗口 9”的打印机" in shown.note, timeout=60_000)


def test_nothing_is_saved_into_the_data_folder(shown: Shown, own_data_dir: Path) -> None:
    shown.ready()
    shown.choose("sign_table", "sign_files", own_data_dir / "a.xlsx")
    assert shown.said[-1].tone == PROBLEM
    assert not (own_data_dir / "a.xlsx").exists()
    assert shown.note == shown.said[-1].text


def test_what_came_back_is_shown_and_kept_with_the_draft(
    shown: Shown, draft: OpenDraft, tmp_path: Path
) -> None:
    shown.ready()
    shown.choose("sign_table", "sign_files", tmp_path / "a.xlsx")
    back = filled(tmp_path / "a.xlsx", {AMOUNT: ("√", ""), FULL: ("×", "应为 1080")})
    before = draft.version
    with shown.qtbot.waitSignal(shown.papers.kept, timeout=60_000):
        shown.choose("sign_return", "sign_returned_files", back)
    told = child(shown.dialog, QPlainTextEdit, "sign_returned")
    assert told.isVisibleTo(shown.dialog)
    assert told.toPlainText().startswith("× 缴费标准和财政补助")
    assert "应为 1080" in told.toPlainText()
    assert "√ 1 项，× 1 项" in shown.note
    assert draft.version == before + 1


def test_a_file_that_is_no_sheet_is_said_and_changes_nothing(
    shown: Shown, draft: OpenDraft, tmp_path: Path
) -> None:
    shown.ready()
    (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.7")
    before = draft.version
    with shown.qtbot.waitSignal(shown.papers.reported, timeout=60_000):
        shown.choose("sign_return", "sign_returned_files", tmp_path / "b.xlsx")
    assert shown.said[-1].tone == PROBLEM
    assert "不是 xlsx 表格" in shown.note
    assert draft.version == before
