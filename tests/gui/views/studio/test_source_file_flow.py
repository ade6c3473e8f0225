"""The announcement's files in the window: put in, looked at, taken out, each with its sentence."""

from __future__ import annotations

import struct
import subprocess
import zlib
from threading import Event, Timer
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from medcounter.desk.authoring.draft_source_files import DraftSourceFiles
from medcounter.desk.desk import Desk
from tests.gui.counter_window import dress
from tests.gui.finding import child
from tests.support.authoring.source_file_samples import PDF, PNG
from tests.support.store.store_samples import AT
from ui.messages import GOOD, PROBLEM, Message
from ui.views.studio.source_files.source_file_flow import SourceFileFlow
from ui.views.studio.source_files.source_files_dialog import SourceFilesDialog
from ui.views.studio.studio_editor import StudioEditor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from medcounter.desk.authoring.open_draft import OpenDraft


@pytest.fixture
def draft(own_data_dir: Path) -> Iterator[OpenDraft]:
    desk = Desk.open(own_data_dir, AT)
    yield desk.authoring.begin_from("guangxi-2025", AT)
    desk.close(with_backup=False)


class Shown:
    """The dialog of a draft's announcements, over a bare window."""

    def __init__(self, qtbot: QtBot, draft: OpenDraft) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.files = SourceFileFlow(self.window, lambda: AT)
        self.said: list[Message] = []
        self.files.reported.connect(self.said.append)
        self.files.open(draft)
        self.dialog = child(self.window, SourceFilesDialog, "source_files")

    def bring(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        self.files.bring(0, str(path))

    @property
    def names(self) -> list[str]:
        listed = child(self.dialog, QListWidget, "source_file_list")
        return [listed.item(row).text().splitlines()[0] for row in range(listed.count())]

    @property
    def words(self) -> str:
        return child(self.dialog, QPlainTextEdit, "source_file_text").toPlainText()

    def press(self, name: str) -> None:
        button = child(self.dialog, QPushButton, name)
        assert button.isEnabled()
        button.click()


@pytest.fixture
def shown(qtbot: QtBot, draft: OpenDraft) -> Iterator[Shown]:
    made = Shown(qtbot, draft)
    yield made
    made.files.stop()
    made.dialog.reject()


def test_without_a_file_it_says_what_may_be_put_in(shown: Shown) -> None:
    note = child(shown.dialog, QLabel, "source_file_note")
    assert "图片（JPG、PNG）、PDF 或文本" in note.text()
    assert shown.names == []


def test_a_text_is_put_in_and_shown(shown: Shown, draft: OpenDraft, tmp_path: Path) -> None:
    shown.bring(tmp_path / "公告.txt", "一、缴费标准 430 元。".encode("gb18030"))
    assert shown.names == ["guangxi-2025-1.txt"]
    assert shown.words == "一、缴费标准 430 元。"
    assert shown.said[-1].tone == GOOD
    assert DraftSourceFiles(draft).files[0].path == ("sources", 0, "files", 0)


def test_a_picture_is_shown_once_it_is_decoded(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    shown.bring(tmp_path / "公告.png", PNG)
    label = child(shown.dialog, QLabel, "source_file_picture")
    qtbot.waitUntil(lambda: not label.pixmap().isNull(), timeout=30_000)
    assert (label.pixmap().width(), label.pixmap().height()) == (2, 2)


def test_a_picture_that_cannot_be_decoded_is_said_and_the_draft_keeps_it(
    shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    shown.bring(tmp_path / "坏.png", _with_other_lines(PNG))
    qtbot.waitUntil(lambda: shown.said[-1].tone == PROBLEM, timeout=30_000)
    assert "图片打不开" in shown.said[-1].text
    assert shown.names == ["guangxi-2025-1.png"]


def slow_decoder(monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], Event]:
    """Let the process that decodes take until an event; give what it was begun with."""
    begun: list[object] = []
    may_end = Event()

    def run(*_args: object, **more: object) -> subprocess.CompletedProcess[bytes]:
        begun.append(more["input"])
        may_end.wait(30)
        raise subprocess.TimeoutExpired("decoder", 30)

    monkeypatch.setattr(subprocess, "run", run)
    return begun, may_end


def test_who_walks_down_the_list_waits_for_the_last_picture_and_for_none_before_it(
    shown: Shown, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = slow_decoder(monkeypatch)
    pictures = [_with_other_lines(PNG), PNG, PNG + b" "]
    for number, data in enumerate(pictures):
        shown.bring(tmp_path / f"{number}.png", data)
    qtbot.waitUntil(lambda: len(begun) == 1)
    may_end.set()
    qtbot.waitUntil(lambda: shown.said[-1].tone == PROBLEM, timeout=30_000)
    qtbot.wait(100)
    assert begun == [pictures[0], pictures[-1]]


def test_closing_waits_for_no_picture_that_was_not_begun(
    shown: Shown, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = slow_decoder(monkeypatch)
    for number, data in enumerate([_with_other_lines(PNG), PNG]):
        shown.bring(tmp_path / f"{number}.png", data)
    qtbot.waitUntil(lambda: len(begun) == 1)
    # The window waits: another thread lets the first picture end.
    Timer(0.2, may_end.set).start()
    shown.files.stop()
    assert len(begun) == 1


def _with_other_lines(data: bytes) -> bytes:
    """The same picture with lines that no decoder can unpack, and a right sum."""
    at = data.index(b"IDAT")
    length = struct.unpack(">I", data[at - 4 : at])[0]
    body = b"IDAT" + bytes(length)
    return data[:at] + body + struct.pack(">I", zlib.crc32(body)) + data[at + 8 + length :]


def test_a_pdf_is_opened_by_the_systems_viewer_from_a_copy(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def opened(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    shown.bring(tmp_path / "公告.pdf", PDF)
    assert "用阅读器打开" in shown.words
    shown.press("source_file_open")
    [path] = asked
    assert path.endswith("guangxi-2025-1.pdf")
    assert str(tmp_path / "公告.pdf") != path


def test_a_system_without_a_viewer_is_said(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    shown.bring(tmp_path / "公告.pdf", PDF)
    shown.press("source_file_open")
    assert shown.said[-1].tone == PROBLEM
    assert "阅读器" in shown.said[-1].text


def test_a_file_that_is_no_notice_is_refused_and_the_draft_stays(
    shown: Shown, draft: OpenDraft, tmp_path: Path
) -> None:
    before = draft.version
    shown.bring(tmp_path / "公告.docx", b"PK\x03\x04 word/document.xml")
    assert shown.said[-1].tone == PROBLEM
    assert "Word" in shown.said[-1].text
    assert draft.version == before


def test_a_file_is_taken_out_and_comes_back_with_undo(
    shown: Shown, draft: OpenDraft, tmp_path: Path
) -> None:
    shown.bring(tmp_path / "公告.pdf", PDF)
    shown.press("source_file_drop")
    assert shown.names == []
    assert draft.undo(AT)
    assert [one.file.name for one in DraftSourceFiles(draft).files] == ["guangxi-2025-1.pdf"]


def test_a_text_is_put_beside_the_form_and_the_dialog_is_gone(shown: Shown, tmp_path: Path) -> None:
    put: list[tuple[str, object]] = []
    shown.files.beside.connect(lambda name, held: put.append((name, held)))
    shown.bring(tmp_path / "notice.txt", "每人缴 430 元".encode())
    shown.press("source_file_beside")
    ((name, held),) = put
    assert name.endswith(".txt")
    assert held == "每人缴 430 元"
    assert not shown.dialog.isVisible()
    # What was closed is gone; the fixture closes another.
    shown.dialog = SourceFilesDialog(shown.window)


def test_a_pdf_is_not_put_beside_the_form_and_it_says_how_to_look_at_it(
    shown: Shown, tmp_path: Path
) -> None:
    put: list[str] = []
    shown.files.beside.connect(lambda name, _held: put.append(name))
    shown.bring(tmp_path / "notice.pdf", PDF)
    shown.press("source_file_beside")
    assert put == []
    assert "阅读器" in shown.said[-1].text


@pytest.mark.parametrize("width", [1366, 1920])
def test_the_notice_stands_beside_the_form_with_a_bar_between(
    qtbot: QtBot, qapp: QApplication, width: int
) -> None:
    has_meaning = width > 1366
    dress(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    editor = StudioEditor(window)
    editor.resize(width, 700)
    window.resize(width, 700)
    window.show()
    assert editor.live.isVisible()
    editor.show_source_file("notice.txt", "每人缴 430 元")
    pane = child(editor, QWidget, "source_file_pane")
    assert pane.isVisible()
    assert editor.cards.isVisible()
    assert pane.mapTo(editor, QPoint(0, 0)).x() >= editor.cards.mapTo(editor, QPoint(0, 0)).x() + (
        editor.cards.width()
    )
    assert editor.live.isVisible() is has_meaning
    child(editor, QPushButton, "source_file_pane_close").click()
    assert not pane.isVisible()
    assert editor.live.isVisible()


def test_beside_a_notice_form_and_meaning_take_turns_on_a_small_screen(
    qtbot: QtBot, qapp: QApplication
) -> None:
    dress(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    editor = StudioEditor(window)
    editor.resize(1366, 700)
    window.resize(1366, 700)
    window.show()
    editor.show_source_file("notice.txt", "每人缴 430 元")
    pane = child(editor, QWidget, "source_file_pane")
    editor.next_pane()
    assert (editor.cards.isVisible(), pane.isVisible(), editor.live.isVisible()) == (
        False, True, True,
    )  # fmt: skip
    editor.resize(1360, 700)
    assert editor.live.isVisible(), "a change of size does not turn the page"
    editor.focus_cards()
    assert (editor.cards.isVisible(), pane.isVisible(), editor.live.isVisible()) == (
        True, True, False,
    )  # fmt: skip
