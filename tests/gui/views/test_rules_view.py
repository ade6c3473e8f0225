"""The rules view over the rules that ship: what is covered, and on what it rests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QTabBar, QTableView

from medcounter.desk.rules.rules_overview import rules_overview
from tests.gui.counter_window import CounterWindow
from tests.gui.finding import child
from tests.support.desk.counter_samples import Counter
from ui.demo.typist import Typist
from ui.views.rules.rules_panel import RulesPanel
from ui.widgets.record_view import WrappedTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ON = date(2026, 11, 21)


class RulesView(Typist):
    """The panel, and what a clerk reads on it."""

    def __init__(self, qtbot: QtBot, counter: Counter, on: date) -> None:
        super().__init__()
        self.panel = RulesPanel()
        qtbot.addWidget(self.panel)
        desk = counter.desk
        self.panel.show_rules(rules_overview(desk.rule_book), desk.rules.state, on)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.panel.focus_first()

    def text(self, name: str) -> str:
        return child(self.panel, QLabel, name).text()

    def lines(self, name: str) -> list[tuple[str, ...]]:
        model = child(self.panel, QTableView, name).model()
        return [
            tuple(str(model.index(row, at).data()) for at in range(model.columnCount()))
            for row in range(model.rowCount())
        ]

    def walk_to(self, name: str, year: str) -> None:
        place = [line[:2] for line in self.lines("rules_places")].index((name, year))
        self.press("Home", *["Down"] * place)


@pytest.fixture
def view(qtbot: QtBot, counter: Counter) -> RulesView:
    """The view on the day this was written."""
    return RulesView(qtbot, counter, ON)


def test_it_lists_jiangxi_and_fuzhou_with_both_years(view: RulesView) -> None:
    covered = {line[:2] for line in view.lines("rules_places")}
    assert covered >= {
        (name, year) for name in ("江西省", "江西省抚州市") for year in ("2025", "2026")
    }


# Source 000: window 2024-09-15 to 2025-02-28, personal contribution 400.
def test_the_keys_walk_to_jiangxi_2025_with_its_window_and_fee(view: RulesView) -> None:
    view.walk_to("江西省", "2025")
    assert "2025 年度" in view.text("rules_heading")
    assert "2024-09-15 至 2025-02-28" in view.text("rules_windows")
    assert "¥400.00" in view.text("rules_fee")


def test_it_can_begin_with_the_place_of_the_hall(view: RulesView) -> None:
    view.panel.choose_place("361000")
    assert view.text("rules_heading").startswith("江西省抚州市 · 2026 年度")
    view.panel.choose_place("999999")
    assert view.text("rules_heading").startswith("江西省抚州市 · 2026 年度")


def test_every_rule_shows_its_grade_and_how_sure_it_is(view: RulesView) -> None:
    rules = view.lines("rules_list")
    assert len(rules) > 20
    assert {line[3] for line in rules} <= {"A 级", "B 级", "C 级"}
    assert {line[4] for line in rules} == {"✓ 确认", "推定", "未定"}


def test_a_rule_in_doubt_says_in_full_what_is_in_doubt(view: RulesView) -> None:
    statuses = [line[4] for line in view.lines("rules_list")]
    view.tab_to("rules_list")
    view.press(*["Down"] * statuses.index("推定"))
    assert "存疑：" in view.text("rules_said")
    assert "依据" in view.text("rules_said")


# Source 001 says the newborn's cover begins the month after payment; source 000 says the next day.
def test_what_another_page_claims_stands_beside_what_is_used(view: RulesView) -> None:
    view.walk_to("江西省抚州市", "2025")
    view.tab_to("rules_list")
    view.press("Right", "Right")
    assert child(view.panel, QTabBar, "rules_tabs").currentIndex() == 2
    assert len(view.lines("rules_conflicts")) > 1
    assert "本程序采用" in view.text("rules_said")


def test_sources_tell_their_publisher_and_grade(view: RulesView) -> None:
    view.tab_to("rules_list")
    view.press("Right")
    grades = [line[2] for line in view.lines("rules_sources")]
    assert grades == sorted(grades)
    assert "A 级" in view.text("rules_said")


def test_rules_past_their_review_day_warn_and_still_serve(qtbot: QtBot, counter: Counter) -> None:
    late = RulesView(qtbot, counter, date(2099, 1, 1))
    assert late.text("rules_review").startswith("⚠ 已过复核期限")
    assert ("江西省", "2025") in [line[:2] for line in late.lines("rules_places")]


def test_the_sync_key_asks_for_newer_rules(qtbot: QtBot, view: RulesView) -> None:
    with qtbot.waitSignal(view.panel.sync_pressed):
        view.press("Ctrl+U")


def test_a_bundle_without_places_says_so(counter: Counter, view: RulesView) -> None:
    view.panel.show_rules((), counter.desk.rules.state, ON)
    assert "没有任何地区" in view.text("rules_heading")
    assert view.lines("rules_places") == []


def test_a_list_opened_later_is_as_high_as_its_texts_in_its_columns(window: CounterWindow) -> None:
    window.shell.resize(1366, 768)
    window.press("Ctrl+4")
    panel = child(window.window, RulesPanel, "rules_panel")
    for number, name in ((1, "rules_sources"), (2, "rules_conflicts")):
        child(panel, QTabBar, "rules_tabs").tabBarClicked.emit(number)
        table = child(panel, WrappedTable, name)
        # The columns are stretched when the loop comes round.
        window.qtbot.wait(50)
        rows = range(table.model().rowCount())
        before = [table.rowHeight(row) for row in rows]
        table.wrap()
        assert before == [table.rowHeight(row) for row in rows]
