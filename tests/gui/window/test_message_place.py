"""The place of a message is kept: nothing moves, and none is cut for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.counter_window import SMALL, CounterWindow
from tests.gui.finding import child
from tests.gui.views.studio.test_studio_view import begin
from ui.messages import PROBLEM, Message
from ui.widgets.message_row import MessageText, WholeMessage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SHORT = Message(PROBLEM, "没有找到打印机")
LONG = Message(PROBLEM, "已出单 2025-03-000001；没有找到打印机，可存为 PDF，或接好后补打。" * 6)
DRAFT = "a draft that is open"
VIEWS = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "F1", "F11")


def places(window: CounterWindow) -> dict[str, QRect]:
    """Where each named part of the window stands that is seen."""
    found: list[QWidget] = list(window.window.findChildren(QWidget))
    return {
        one.objectName(): one.rect().translated(one.mapTo(window.window, QPoint()))
        for one in found
        if one.isVisible() and one.objectName() and not one.objectName().startswith("qt_")
    }


@pytest.mark.parametrize("size", [None, SMALL])
def test_no_message_moves_anything(
    qtbot: QtBot, window: CounterWindow, size: tuple[int, int] | None
) -> None:
    if size is not None:
        window.shell.resize(*size)
    for key in (*VIEWS, DRAFT):
        if key == DRAFT:
            begin(window)
        else:
            window.press(key)
        window.counter.window.show_message(Message(PROBLEM, ""))
        qtbot.wait(20)
        before = places(window)
        for message in (SHORT, LONG):
            window.counter.window.show_message(message)
            qtbot.wait(20)
            after = places(window)
            moved = {name for name, place in before.items() if after.get(name) != place}
            assert moved == set(), (key, message.text[:9])


def cut(window: CounterWindow) -> MessageText:
    """The strip with a message that is longer than its place."""
    window.counter.window.show_message(LONG)
    text = child(window.window, MessageText, "message_strip")
    assert text.is_cut
    return text


def whole() -> WholeMessage | None:
    """All of a message, while it lies open."""
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, WholeMessage) else None


def test_a_click_opens_what_is_cut_and_any_key_closes_it(window: CounterWindow) -> None:
    text = cut(window)
    assert text.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(text, Qt.MouseButton.LeftButton)
    popup = whole()
    assert popup is not None
    assert LONG.text in popup.text()
    assert popup.heightForWidth(popup.width()) <= popup.height()
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert whole() is None


def test_the_keys_come_to_what_is_cut_and_open_it(window: CounterWindow) -> None:
    text = cut(window)
    window.tab_to("message_strip")
    QTest.keyClick(text, Qt.Key.Key_Return)
    popup = whole()
    assert popup is not None
    popup.close()


def test_what_fits_is_no_stop_for_the_keys_and_opens_nothing(window: CounterWindow) -> None:
    window.counter.window.show_message(SHORT)
    text = child(window.window, MessageText, "message_strip")
    assert text.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert text.cursor().shape() == Qt.CursorShape.ArrowCursor
    QTest.mouseClick(text, Qt.MouseButton.LeftButton)
    assert whole() is None


def test_the_words_of_the_empty_page_of_lists_stand_in_its_middle(window: CounterWindow) -> None:
    for size in ((1366, 768), SMALL, (1920, 1080)):
        window.shell.resize(*size)
        window.press("Ctrl+1", "Ctrl+3")
        page = child(window.window, QWidget, "roster_welcome")
        title = child(page, QWidget, "roster_welcome_title")
        middle = title.mapTo(page, title.rect().center()).x()
        assert abs(middle - page.rect().center().x()) <= 2
