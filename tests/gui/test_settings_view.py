"""The settings view: typed, checked at its field, kept only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from medcounter.settings import CHECKS
from tests.counter_samples import HALL, Counter, open_counter
from tests.gui.finding import child
from ui.demo.typist import Typist
from ui.panels.settings import SettingsPanel
from ui.settings_session import SettingsSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


class SettingsView(Typist):
    """The panel, wired to a desk, and read as a clerk reads it."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        super().__init__()
        self.panel = SettingsPanel()
        self.session = SettingsSession(counter.desk, self.panel)
        qtbot.addWidget(self.panel)
        self.panel.edited.connect(self.session.edit)
        self.panel.save_pressed.connect(self.session.save)
        self.session.updated.connect(self.panel.show_state)
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
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter whose settings are those of the samples."""
    counter = open_counter(tmp_path / "data")
    yield counter
    counter.desk.close()


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
    for name in ("hall", "desk", "clerk", "region", "scheme", "benefit_year", "paper", "theme"):
        label = child(view.panel, QLabel, f"setting_{name}_label")
        assert label.text() == CHECKS[name].label
        assert label.buddy() is child(view.panel, QWidget, f"setting_{name}")
