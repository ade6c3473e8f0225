"""The first day: a guide to leave and take up again, words explained, nothing red."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTableView, QWidget

from medcounter.wording.glossary import meaning
from tests.gui.counter_window import RESIDENT, CounterWindow, dress
from tests.gui.finding import child
from tests.support.desk.counter_samples import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from medcounter.settings import Settings


@pytest.fixture
def fresh(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """A counter that was never set up."""
    dress(qapp)
    folder = tmp_path / "fresh"
    folder.mkdir()
    shown = CounterWindow(qtbot, folder, Clock())
    shown.open()
    yield shown
    shown.counter.close(with_backup=False)


def settings_of(window: CounterWindow) -> Settings:
    desk = window.counter.session.desk
    assert desk is not None
    return desk.settings


def labels_of(window: CounterWindow, name: str) -> list[QLabel]:
    """Every text in a part of the window."""
    found: list[QLabel] = list(child(window.window, QWidget, name).findChildren(QLabel))
    return found


def test_nothing_is_red_before_anything_was_done(fresh: CounterWindow) -> None:
    assert fresh.state("message_strip") == "plain"
    assert "Alt+R" in fresh.text("message_strip")
    assert "改正" not in [label.text() for label in labels_of(fresh, "notes")]


def test_the_counter_says_how_far_the_first_day_is_and_leads_on(fresh: CounterWindow) -> None:
    line = child(fresh.window, QPushButton, "season_line")
    assert line.toolTip().startswith("第一天：五步做好了 0 步，下一步：大厅、窗口和经办人")
    line.click()
    assert fresh.focus() == "guide_hall_button"
    fresh.press("Return")
    assert fresh.focus() == "setting_hall"
    fresh.press("Ctrl+F1", "Esc")
    assert fresh.focus() == "id_number"


def test_a_step_passed_over_is_kept_in_the_settings_and_counted(fresh: CounterWindow) -> None:
    fresh.press("Ctrl+F1")
    child(fresh.window, QPushButton, "guide_printer_turn").click()
    assert settings_of(fresh).guide == ("begun", "printer")
    assert fresh.text("guide_printer_badge") == "✓ 已做"
    child(fresh.window, QPushButton, "guide_back").click()
    assert "做好了 1 步" in child(fresh.window, QPushButton, "season_line").toolTip()


def test_a_guide_that_is_not_wanted_is_not_shown_again(fresh: CounterWindow) -> None:
    fresh.press("Ctrl+F1")
    child(fresh.window, QPushButton, "guide_end").click()
    assert settings_of(fresh).guide == ("begun", "left")
    assert "第一天" not in child(fresh.window, QPushButton, "season_line").text()


def test_words_are_explained_by_one_key_and_by_one_click(window: CounterWindow) -> None:
    window.press("Shift+F1")
    told = [label.text() for label in labels_of(window, "glossary")]
    assert {"推定", "未定", "存疑", "A 级", "修复年数"} <= set(told)
    assert window.is_shown("glossary")
    window.press("Esc")
    child(window.window, QPushButton, "glossary_button").click()
    assert window.is_shown("glossary")


def test_the_marks_of_doubt_say_what_they_mean_under_the_pointer(window: CounterWindow) -> None:
    window.counter.session.edit("benefit_year", 2025)
    window.type(RESIDENT)
    marks = {
        label.text(): label.toolTip()
        for label in labels_of(window, "notes")
        if label.property("role") == "badge" and label.isVisible()
    }
    assert marks
    assert all(marks.values())
    steps = child(window.window, QTableView, "derivation").model()
    tips = [steps.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in (2, 5)]
    assert tips == [meaning("推定"), f"A 级：{meaning('A 级')}"]


def serve(window: CounterWindow) -> None:
    window.counter.session.edit("benefit_year", 2025)
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")
    window.press("F9", "Esc")


def recent(window: CounterWindow) -> list[str]:
    found = child(window.window, QListWidget, "matches")
    return [found.item(row).text() for row in range(found.count())] if found.isVisible() else []


def test_who_was_served_last_is_found_without_typing_and_with_the_number_masked(
    window: CounterWindow,
) -> None:
    serve(window)
    window.press("F2", "Down")
    assert len(recent(window)) == 1
    assert "吴建国  3601**********1237" in recent(window)[0]
    window.press("Return")
    assert window.typed("name") == "吴建国"


def test_nobody_who_was_served_is_listed_after_the_screen_was_covered(
    window: CounterWindow,
) -> None:
    serve(window)
    window.press("F2", "Ctrl+L")
    assert window.counter.window.is_covered
    window.counter.session.arrivals.recall()
    assert recent(window) == []


def test_the_number_of_the_queue_goes_on_and_is_shown_to_residents(window: CounterWindow) -> None:
    window.press("Alt+N")
    assert "排队号" in window.text("message_strip")
    assert window.focus() == "queue_number"
    window.type("a012")
    window.press("F12")
    screen = child(window.shell, QWidget, "resident_screen")
    assert child(screen, QLabel, "resident_called").text() == "请 A012 号"
    assert child(screen, QLabel, "resident_called_to").text() == "到 03 号窗口，请带好证件"
    window.press("Alt+N")
    assert child(screen, QLabel, "resident_called").text() == "请 A013 号"
    assert window.typed("queue_number") == "A013"
