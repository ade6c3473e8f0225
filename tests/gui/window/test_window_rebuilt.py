"""A window built anew in another size: nothing of the one before is left."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView

from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child, shown
from ui.dialogs.practice_dialog import PracticeDialog
from ui.look.theme import LIGHT, font_px, palette_in_use
from ui.other_views import VIEWS

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow
    from ui.main_window import MainWindow

BESIDE = ("why", "help", "history", "view_counter", "preview")


def rebuild(window: CounterWindow) -> None:
    """Build the window anew as another font size does, and let the old one go."""
    window.counter._rebuild("view_settings")  # noqa: SLF001 - else each size must be saved
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_of_three_windows_built_anew_none_is_kept_by_anything(window: CounterWindow) -> None:
    window.press("F12")
    window.type(RESIDENT)
    before: WeakSet[MainWindow] = WeakSet()
    for _ in range(3):
        before.add(window.counter.window)
        for act in (*VIEWS, *BESIDE):
            window.counter.window.act(act)
        rebuild(window)
    gc.collect()
    assert len(before) == 0


def letter_px() -> int:
    """Height of the letters the program is dressed in."""
    return QApplication.font().pixelSize()


def row_px(window: CounterWindow) -> int:
    """Height of a row of the options, which a window keeps from its making."""
    return child(window.window, QTableView, "options").verticalHeader().defaultSectionSize()


def move_between_ledgers(window: CounterWindow) -> None:
    """Go to practise, or come back."""
    with window.qtbot.waitSignal(window.counter.opened):
        window.counter.window.act("practice")
    cases = shown(window.window, PracticeDialog, "practice_dialog")
    if cases is not None:
        cases.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_each_ledger_is_shown_in_its_own_size_and_theme(window: CounterWindow) -> None:
    narrow, small = row_px(window), letter_px()
    move_between_ledgers(window)
    desk = window.counter.session.desk
    assert desk is not None
    desk.save_settings(replace(desk.settings, scale=150, theme="dark"), window.clock())
    before = window.window
    window.counter._on_views_settings_saved()  # noqa: SLF001 - what saving in the settings view does
    window.qtbot.waitUntil(lambda: window.window is not before, timeout=20_000)
    assert (letter_px(), row_px(window) > narrow) == (font_px("normal", 150), True)
    move_between_ledgers(window)
    assert (letter_px(), row_px(window)) == (small, narrow)
    assert palette_in_use() == LIGHT
    assert not window.is_shown("practice_band")


def test_who_kept_the_size_for_now_gets_the_new_one_with_the_next_opening(
    window: CounterWindow,
) -> None:
    narrow = row_px(window)
    desk = window.counter.session.desk
    assert desk is not None
    desk.save_settings(replace(desk.settings, scale=150), window.clock())
    with window.qtbot.waitSignal(window.counter.opened):
        window.counter.reopen()
    assert letter_px() == font_px("normal", 150)
    assert row_px(window) > narrow
    window.type(RESIDENT)
    assert window.typed("id_number") == RESIDENT


def words_in(window: CounterWindow) -> dict[str, str]:
    """What every named label and button that is seen says."""
    labels: list[QLabel] = list(window.window.findChildren(QLabel))
    buttons: list[QAbstractButton] = list(window.window.findChildren(QAbstractButton))
    found: list[QLabel | QAbstractButton] = [*labels, *buttons]
    return {one.objectName(): one.text() for one in found if one.isVisible() and one.objectName()}


def test_a_window_built_anew_says_all_that_the_one_before_said(window: CounterWindow) -> None:
    window.counter.session.queue.take("A017")
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")
    window.press("Ctrl+H")
    window.type(RESIDENT)
    window.press("Return")
    window.type("王丽")
    window.press("F9", "Esc")
    # Counted in a quiet moment, which may have been before the last key.
    window.qtbot.waitUntil(lambda: "今天" in words_in(window)["season_line"], timeout=30_000)
    before = words_in(window)
    window.counter._rebuild("view_counter")  # noqa: SLF001 - else a size must be saved
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    after = words_in(window)
    # What happened to the paper is not said again, only that there is a notice.
    issued = "已出单 2025-03-000001"
    assert issued in before.pop("message_strip")
    assert issued in after.pop("message_strip")
    assert after == before
    assert not window.can("issue_button")


def test_a_question_stays_open_in_a_window_built_anew(window: CounterWindow) -> None:
    for name, keys in (("吴建国", ["Esc"]), ("王丽", [])):
        window.press("F2")
        window.type(RESIDENT)
        window.tab_to("name")
        window.type(name)
        window.press("F9", *keys)
    assert window.is_shown("question_bar")
    before = words_in(window)
    window.counter._rebuild("view_counter")  # noqa: SLF001 - else a size must be saved
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert words_in(window) == before
