"""The decision in large type: amount, wait, cover, doubts, choices, reasons."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QTableView, QTextBrowser, QWidget

from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child
from tests.gui.mouse import click
from tests.support.desk.counter_samples import BEIJING
from ui.look.theme import LIGHT

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def on(window: CounterWindow, year: int, month: int, day: int) -> None:
    window.clock.now = datetime(year, month, day, 9, tzinfo=BEIJING)


# Expected: notice of Jiangxi 2025, worked examples for 1, 5 and 15 March; window to 28 February.
@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        ("2025-3-1", ("¥400.00", "3 个月", "2025-06-01")),
        ("2025-3-5", ("¥400.00", "3 个月", "2025-06-05")),
        ("2025-2-28", ("¥400.00", "无等待期", "2025-01-01")),
        ("2025-10-1", ("¥400.00", "3 个月", "没有待遇")),
        ("2024-9-14", ("不能缴费", "—", "—")),
    ],
)
def test_the_figures_stand_as_the_notice_says(
    window: CounterWindow, typed: str, figures: tuple[str, str, str]
) -> None:
    window.tab_to("payment_date")
    window.type(typed)
    assert figures == window.figures()


def test_a_closed_window_says_when_it_opens_and_issues_nothing(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.tab_to("payment_date")
    window.type("2024-9-14")
    assert window.text("amount_detail") == "最早 2024-09-15 可以缴"
    assert window.state("amount_value") == "danger"
    assert not window.can("issue_button")


def test_a_wait_over_the_year_end_is_warned_of_first(window: CounterWindow) -> None:
    window.tab_to("payment_date")
    window.type("2025-10-20")
    assert window.state("cover_value") == "danger"
    assert "没有医保待遇" in window.text("note_0")


def test_a_fee_no_source_gives_is_left_open_and_not_issued(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+S", *["Right"] * 11, "Space")
    assert window.is_ticked("categories_student")
    assert window.text("amount_value") == "待核定"
    assert window.text("amount_doubt") == "未定"
    assert not window.can("issue_button")


def test_an_unsettled_wait_is_marked_and_gives_the_other_reading(window: CounterWindow) -> None:
    on(window, 2026, 2, 3)
    window.tab_to("benefit_year")
    if "2025" in window.text("banner"):
        window.press("Up")
    window.press("Alt+G", "1")
    assert window.text("cover_doubt") == "未定"
    assert "未定" in child(window.window, QPushButton, "doubts_button").text()
    assert not any("另一读法" in window.text(f"note_{line}") for line in range(3))
    click(window, "doubts_button")
    told = [window.text(f"note_{line}") for line in range(3)]
    assert any("另一读法：待遇自 2026-04-01" in line for line in told)


def test_an_aided_identity_is_named_with_its_amount(window: CounterWindow) -> None:
    window.press("Alt+S", "Right", "Right", "Right", "Space")
    assert window.text("amount_detail") == "标准 ¥400.00，资助 ¥320.00"


def test_the_options_say_what_another_choice_costs_and_gives(window: CounterWindow) -> None:
    window.type(RESIDENT)
    rows = window.rows("options")
    assert rows[0] == ["1", "现在缴费", "¥400.00", "3 个月", "2025-06-05", "—"]
    assert rows[1][4:] == ["没有待遇", "−210 天"]


def test_the_reasons_name_their_sources_with_grades(window: CounterWindow) -> None:
    window.type(RESIDENT)
    rows = window.rows("derivation")
    assert len(rows) >= 5
    assert {row[-1] for row in rows} <= {"A", "B", "C"}
    assert any("2025-02-28" in row[1] for row in rows)


def test_the_long_form_has_rejected_rules_hints_and_what_to_bring(
    window: CounterWindow,
) -> None:
    window.type(RESIDENT)
    window.press("F4")
    steps = child(window.window, QTextBrowser, "why_steps").toPlainText()
    around = child(window.window, QTextBrowser, "why_around").toPlainText()
    assert "未采用" in steps
    assert "主管部门原文" in steps
    assert "2025-02-28 及以前缴费" in around
    assert "带什么材料" in around


def test_the_long_form_follows_what_is_chosen(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+O", "2", "F4")
    assert "没有待遇" in window.text("why_result")


def test_the_result_begins_with_the_sentence_to_read_aloud(window: CounterWindow) -> None:
    assert not window.is_shown("say")
    window.type(RESIDENT)
    assert window.text("say") == "今天缴 400 元，等待三个月，2025 年 6 月 5 日起报销。"
    window.tab_to("payment_date")
    window.type("2024-9-14")
    assert window.text("say") == "2024 年 9 月 14 日不能缴，最早 2024 年 9 月 15 日可以缴。"


def test_a_screen_reader_is_told_the_result_in_one_sentence(window: CounterWindow) -> None:
    window.type(RESIDENT)
    told = child(window.window, QWidget, "result").accessibleDescription()
    assert "应缴 ¥400.00" in told
    assert "等待期 3 个月 2025-03-05 至 2025-06-04" in told
    bar = child(window.window, QWidget, "timeline").accessibleDescription()
    assert "等待期 2025-03-05 至 2025-06-04" in bar


# 20 January lies before the payment day, 15 March in the wait, 26 November under cover.
@pytest.mark.parametrize(
    ("day_of_year", "color"),
    [(20, LIGHT.quiet_fill), (74, LIGHT.wait_fill), (330, LIGHT.cover_fill)],
)
def test_the_bar_is_painted_as_the_days_lie(
    window: CounterWindow, day_of_year: int, color: str
) -> None:
    window.type(RESIDENT)
    bar = child(window.window, QWidget, "timeline")
    image = bar.grab().toImage()
    middle = round(bar.height() * 0.48)
    start = round(bar.width() * day_of_year / 365) - 6
    painted = {image.pixelColor(start + step, middle).name() for step in range(12)}
    assert QColor(color).name() in painted


def test_the_wait_is_hatched_and_not_told_by_colour_alone(window: CounterWindow) -> None:
    window.type(RESIDENT)
    bar = child(window.window, QWidget, "timeline")
    image = bar.grab().toImage()
    middle, start = round(bar.height() * 0.48), round(bar.width() * 74 / 365)
    colors = {image.pixelColor(start + step, middle).name() for step in range(16)}
    assert len(colors) > 1


def wait_of_option(window: CounterWindow) -> tuple[str, bool]:
    """What the first option says of the wait, and whether all of it is seen."""
    window.type(RESIDENT)
    table = child(window.window, QTableView, "options")
    titles = [str(table.model().headerData(at, Qt.Orientation.Horizontal)) for at in range(6)]
    index = table.model().index(0, titles.index("等待"))
    return str(index.data()), table.sizeHintForIndex(index).width() <= table.columnWidth(
        index.column()
    )


def test_a_wait_of_whole_months_is_told_in_full(unopened: CounterWindow, hall_folder: Path) -> None:
    """Hohhot's waits are whole months; a place with months has a narrower column."""
    settings = hall_folder / "settings.json"
    settings.write_text(settings.read_text("utf-8").replace("360000", "150100"), "utf-8")
    unopened.open()
    assert wait_of_option(unopened) == ("3 个整月", True)


def test_a_wait_of_months_is_told_in_full(window: CounterWindow) -> None:
    assert wait_of_option(window) == ("3 个月", True)
