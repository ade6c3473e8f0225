"""The settings view: typed, checked at its field, kept only when asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from medcounter.settings import CHECKS, Offset
from tests.gui.counter_window import SMALL
from tests.gui.finding import child
from tests.support.desk.counter_samples import HALL, Counter
from ui.demo.typist import Typist
from ui.printing.print_jobs import Printers
from ui.shortcuts import SHORTCUTS
from ui.views.settings.settings_offers import GROUPS
from ui.views.settings.settings_panel import SettingsPanel
from ui.views.settings.settings_session import SettingsSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot


PRINTERS = Printers(("窗口 3", "热敏"), "窗口 3")


def _printers(then: Callable[[Printers], None]) -> None:
    """Answer for the system, at once."""
    then(PRINTERS)


class SettingsView(Typist):
    """The panel, wired to a desk, and read as a clerk reads it."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        super().__init__()
        self.panel = SettingsPanel()
        self.session = SettingsSession(counter.desk, counter.clock, self.panel, _printers)
        qtbot.addWidget(self.panel)
        self.panel.edited.connect(self.session.edit)
        self.panel.save_pressed.connect(self.session.save)
        self.session.updated.connect(self.panel.show_state)
        self.panel.place_sought.connect(self.session.find_places)
        self.session.places_found.connect(self.panel.show_places)
        self.session.refresh()
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.panel.focus_first()

    def text(self, name: str) -> str:
        return child(self.panel, QLabel, name).text()

    def can_save(self) -> bool:
        return child(self.panel, QPushButton, "settings_save_button").isEnabled()

    def fill(self, name: str, text: str) -> None:
        self.tab_to(f"setting_{name}")
        self.press("Ctrl+A")
        self.type(text)


@pytest.fixture
def view(qtbot: QtBot, counter: Counter) -> SettingsView:
    """The settings as they stand."""
    return SettingsView(qtbot, counter)


def test_it_shows_what_is_set_and_has_nothing_to_save(view: SettingsView) -> None:
    assert view.text("sample_hall") == HALL.hall
    assert "03 号窗口" in view.text("sample_line")
    assert view.text("settings_kept") == "✓ 已保存"
    assert not view.can_save()


def test_what_is_typed_is_kept_only_when_saved(view: SettingsView, counter: Counter) -> None:
    view.fill("clerk", "李晓")
    assert counter.desk.settings.clerk == HALL.clerk
    assert "尚未保存" in view.text("settings_kept")
    view.press("Ctrl+S")
    assert counter.desk.settings.clerk == "李晓"
    assert view.text("settings_kept") == "✓ 已保存"


def test_that_they_are_kept_is_said_once(view: SettingsView, qtbot: QtBot) -> None:
    view.fill("clerk", "李晓")
    with qtbot.assertNotEmitted(view.session.reported):
        view.press("Ctrl+S")
    assert view.text("settings_kept") == "✓ 已保存"


def test_a_guard_that_is_changed_is_kept_with_the_time_it_was_changed_at(
    view: SettingsView, counter: Counter
) -> None:
    counter.clock.move(30)
    view.session.edit("whole_id", True)
    view.session.save()
    database = counter.desk._store._ledger.database  # noqa: SLF001 - no desk lists events
    # The desk's number, which is guarded too, was set when the counter was.
    _, row = database.query("SELECT at FROM event WHERE kind = 'settings' ORDER BY id")
    assert row["at"] == counter.clock().isoformat(timespec="seconds")


@pytest.mark.parametrize("desk", ["3", "3号", "003", ""])
def test_a_desk_that_is_no_two_digits_is_said_at_its_field(view: SettingsView, desk: str) -> None:
    view.fill("desk", desk or " ")
    assert "两位数字" in view.text("setting_desk_note")
    assert not view.can_save()


def test_a_place_is_chosen_from_those_the_rules_know(view: SettingsView, counter: Counter) -> None:
    view.tab_to("setting_region")
    places = child(view.panel, QComboBox, "setting_region")
    view.press("Home", *["Down"] * places.findText("江西省抚州市"), "Ctrl+S")
    assert counter.desk.settings.region == "361000"


def test_a_disk_that_takes_nothing_is_said_and_the_old_settings_stay(
    view: SettingsView, counter: Counter, tmp_path: Path
) -> None:
    view.fill("clerk", "李晓")
    (tmp_path / "data").rename(tmp_path / "away")
    (tmp_path / "data").touch()
    view.press("Ctrl+S")
    (tmp_path / "data").unlink()
    (tmp_path / "away").rename(tmp_path / "data")
    assert "设置没有保存" in view.text("settings_kept")
    assert counter.desk.settings.clerk == HALL.clerk


def test_every_setting_has_a_label_that_leads_to_it(view: SettingsView) -> None:
    # Where the guide of the first day stands is set by going through it.
    shown = [name for name in CHECKS if name not in {"offsets", "guide"}]
    for name in shown:
        label = child(view.panel, QLabel, f"setting_{name}_label")
        assert label.text() == CHECKS[name].label
        assert label.buddy() is child(view.panel, QWidget, f"setting_{name}")
    for name in ("offset_x", "offset_y"):
        label = child(view.panel, QLabel, f"setting_{name}_label")
        assert label.buddy() is child(view.panel, QWidget, f"setting_{name}")


def test_every_control_is_reached_by_tab_in_the_order_it_is_seen(view: SettingsView) -> None:
    wanted = [f"setting_{name}" for _caption, rows in GROUPS for name, _hint in rows]
    wanted.insert(wanted.index("setting_second_place") + 1, "setting_second_place_button")
    seen = [view.focused().objectName()]
    for _ in range(len(wanted) - 1):
        view.press("Tab")
        seen.append(view.focused().objectName())
    assert seen == wanted


def test_the_printers_are_those_of_the_system(view: SettingsView, counter: Counter) -> None:
    printers = child(view.panel, QComboBox, "setting_printer")
    offered = [printers.itemText(index) for index in range(printers.count())]
    assert offered == ["系统常用的打印机（窗口 3）", "窗口 3", "热敏"]
    view.tab_to("setting_printer")
    view.press("End", "Ctrl+S")
    assert counter.desk.settings.printer == "热敏"


def test_a_printer_that_is_gone_stays_chosen_and_is_said_to_be_gone(
    qtbot: QtBot, counter: Counter
) -> None:
    counter.desk.save_settings(replace(counter.desk.settings, printer="旧打印机"), counter.clock())
    view = SettingsView(qtbot, counter)
    assert child(view.panel, QComboBox, "setting_printer").currentText() == (
        "旧打印机（现在没有连接）"
    )


def test_several_clerks_are_typed_in_one_line(view: SettingsView, counter: Counter) -> None:
    view.fill("clerks", "王丽，李敏、")
    assert child(view.panel, QLineEdit, "setting_clerks").text() == "王丽，李敏、"
    view.press("Ctrl+S")
    assert counter.desk.settings.clerks == ("王丽", "李敏")
    assert child(view.panel, QLineEdit, "setting_clerks").text() == "王丽、李敏"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_clerk_is_chosen_from_the_names(view: SettingsView, counter: Counter) -> None:
    view.fill("clerks", "王丽、李敏")
    view.fill("clerk", "L")
    view.press("Backspace")
    view.type("李")
    view.press("Down", "Return")
    assert child(view.panel, QLineEdit, "setting_clerk").text() == "李敏"
    view.press("Ctrl+S")
    assert counter.desk.settings.clerk == "李敏"


def test_a_port_that_is_no_number_is_said_at_its_field(view: SettingsView) -> None:
    view.fill("reader_port", "80a")
    assert "0 至 65535" in view.text("setting_reader_port_note")
    assert not view.can_save()


def test_an_empty_port_means_no_bridge(view: SettingsView, counter: Counter) -> None:
    view.fill("reader_port", "8989")
    view.press("Ctrl+S")
    assert counter.desk.settings.reader_port == 8989
    view.press("Ctrl+A", "Delete", "Ctrl+S")
    assert counter.desk.settings.reader_port == 0


def test_an_offset_is_kept_for_the_printer_that_is_chosen(
    view: SettingsView, counter: Counter
) -> None:
    view.fill("offset_x", "-1.2")
    view.fill("offset_y", "0.5")
    view.press("Ctrl+S")
    assert counter.desk.settings.offset_on("窗口 3") == Offset("窗口 3", -12, 5)
    view.tab_to("setting_printer")
    view.press("End")
    assert child(view.panel, QLineEdit, "setting_offset_x").text() == "0.0"
    assert view.text("offset_printer") == "热敏"


def test_an_offset_back_at_nothing_is_forgotten(view: SettingsView, counter: Counter) -> None:
    view.fill("offset_x", "3")
    view.fill("offset_x", "0")
    view.press("Ctrl+S")
    assert counter.desk.settings.offsets == ()


@pytest.mark.parametrize("typed", ["x", "30.1", "1.25", "--1"])
def test_an_offset_that_cannot_be_is_said_and_not_saved(view: SettingsView, typed: str) -> None:
    view.fill("offset_y", typed)
    assert "毫米" in view.text("setting_offset_y_note")
    assert not view.can_save()
    assert not child(view.panel, QPushButton, "offset_test_button").isEnabled()


def test_the_test_page_is_asked_for_with_what_is_typed(view: SettingsView, qtbot: QtBot) -> None:
    view.fill("offset_x", "2")
    with qtbot.waitSignal(view.session.test_page_wanted) as asked:
        view.panel.test_page_pressed.connect(view.session.ask_test_page)
        view.press("Alt+P")
    assert asked.args is not None
    assert asked.args[0].offset_on("窗口 3").x == 20


def test_without_a_printer_nothing_can_be_moved(qtbot: QtBot, counter: Counter) -> None:
    panel = SettingsPanel()
    qtbot.addWidget(panel)
    session = SettingsSession(counter.desk, counter.clock, panel, lambda then: then(Printers()))
    session.updated.connect(panel.show_state)
    session.refresh()
    assert "没有找到打印机" in child(panel, QLabel, "offset_printer").text()
    assert not child(panel, QLineEdit, "setting_offset_x").isEnabled()
    session.edit("offset_x", "3")
    assert session.state.settings.offsets == ()


def test_a_folder_is_chosen_from_the_disk(view: SettingsView, tmp_path: Path) -> None:
    child(view.panel, QPushButton, "setting_second_place_button").setFocus()
    view.press("Space")
    files = child(view.panel, QFileDialog, "second_place_files")
    files.fileSelected.emit(str(tmp_path))
    assert child(view.panel, QLineEdit, "setting_second_place").text() == str(tmp_path)
    files.reject()


def test_nothing_is_cut_at_the_side_on_a_small_screen(view: SettingsView, qtbot: QtBot) -> None:
    view.panel.resize(*SMALL)
    scrolls = [
        child(view.panel, QScrollArea, name) for name in ("settings_scroll", "settings_side_scroll")
    ]
    qtbot.waitUntil(lambda: all(one.widget().width() <= one.viewport().width() for one in scrolls))


def test_no_button_s_letter_is_a_key_of_the_whole_window(view: SettingsView) -> None:
    buttons = (
        child(view.panel, QPushButton, name)
        for name in ("setting_second_place_button", "offset_test_button")
    )
    letters = {QKeySequence.mnemonic(button.text()).toString() for button in buttons}
    assert len(letters) == 2
    assert not letters & {keys for entry in SHORTCUTS for keys in entry.keys}
