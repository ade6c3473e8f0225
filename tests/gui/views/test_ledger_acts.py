"""What a clerk does in the ledger beside looking: correct, confirm, narrow, enter, export."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton

from tests.gui.counter_window import dress
from tests.gui.finding import child, shown
from tests.gui.views.test_ledger_view import WU_MEI, LedgerView
from tests.support.desk.counter_samples import HALL, Counter, issue_seen
from ui.views.ledger.ledger_rows import LEDGER_COLUMNS
from ui.views.ledger.ledger_table import LedgerTable
from ui.wiring.ledger_wiring import MASKED_TABLE, WHOLE_TABLE

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FIRST, SECOND, THIRD = (f"2025-03-{number:06d}" for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """As a start dresses it."""
    dress(qapp)


@pytest.fixture
def view(qtbot: QtBot, counter: Counter) -> LedgerView:
    """李强 the day before, by 赵敏; today 吴梅, and 李强 again, whose print is open."""
    counter.desk.save_settings(replace(HALL, clerk="赵敏"), counter.clock())
    counter.issue("李强")
    counter.desk.notices.mark_printed(FIRST, 1, counter.clock(), ok=True)
    counter.clock.move(24 * 60)
    counter.desk.save_settings(HALL, counter.clock())
    counter.issue("吴梅", id_number=WU_MEI)
    counter.desk.notices.mark_printed(SECOND, 1, counter.clock(), ok=True)
    counter.issue("李强")
    return LedgerView(qtbot, counter)


def choose(view: LedgerView, box: str, text: str) -> None:
    """Choose in one of the boxes by keys."""
    combo = child(view.panel, QComboBox, f"ledger_{box}_box")
    combo.setFocus()
    for _ in range(combo.count()):
        view.press("Up")
    for _ in range(combo.findText(text)):
        view.press("Down")
    assert combo.currentText() == text


def test_a_print_nobody_confirmed_is_marked_and_confirmed_by_a_key(view: LedgerView) -> None:
    assert view.column("state") == ["？打印待核对", "● 已出单", "● 已出单"]
    view.press("Ctrl+K")
    assert view.column("state")[0] == "● 已出单"
    assert "已出纸" in view.text("ledger_message")


def test_a_print_that_did_not_come_out_is_said_in_its_row(view: LedgerView) -> None:
    view.press("Ctrl+Shift+K")
    assert view.column("prints")[0] == "1 次 未出纸"
    assert "Ctrl+R" in view.text("ledger_message")


def test_days_state_and_clerk_narrow_the_list_and_escape_brings_all_back(
    view: LedgerView,
) -> None:
    choose(view, "days", "昨天")
    assert view.column("number") == [FIRST]
    choose(view, "days", "今天")
    assert view.column("number") == [THIRD, SECOND]
    choose(view, "state", "打印待核对")
    assert view.column("number") == [THIRD]
    assert view.text("ledger_count") == "找到 1 份"
    view.panel.focus_search()
    view.press("Esc")
    assert view.column("number") == [THIRD, SECOND, FIRST]
    choose(view, "clerk", "赵敏")
    assert view.column("number") == [FIRST]


def test_a_day_is_typed_as_everywhere_and_a_wrong_one_leaves_the_list(view: LedgerView) -> None:
    view.press("Alt+Q")
    view.type("0305")
    view.press("Return")
    assert view.column("number") == [FIRST]
    view.press("Alt+Q")
    view.type("1345")
    view.press("Return")
    assert view.column("number") == [FIRST]
    assert "没有 13 月" in view.text("ledger_message")


def test_nothing_that_fits_says_how_to_see_all_again(view: LedgerView) -> None:
    choose(view, "state", "已更正")
    assert view.column("number") == []
    assert "Esc" in view.text("ledger_empty_text")


def test_the_history_of_the_chosen_person_is_listed_with_years_and_names_the_person(
    view: LedgerView,
) -> None:
    view.panel.asked.emit("history", THIRD)
    assert view.column("number") == [THIRD, FIRST]
    assert view.column("year") == ["2025", "2025"]
    assert view.text("ledger_count") == "李强 的通知单 2 份"
    assert all("*" in number for number in view.column("id_masked"))


def test_a_correction_takes_three_keys_and_gives_the_draft(qtbot: QtBot, view: LedgerView) -> None:
    view.press("Down")
    before = view.pressed
    with qtbot.waitSignal(view.session.draft_wanted) as wanted:
        view.press("Ctrl+G", "1", "Return")
    assert view.pressed - before == 3
    assert (wanted.args[0].name, wanted.args[0].replaces) == ("吴梅", SECOND)


def test_a_void_with_a_reason_takes_three_keys(view: LedgerView) -> None:
    before = view.pressed
    view.press("Ctrl+Delete", "5", "Return")
    assert view.pressed - before == 3
    assert view.column("state")[0] == "✕ 已作废"
    assert "重复出单" in view.text("detail_void")


def test_a_reason_may_hold_digits_once_it_has_begun(view: LedgerView) -> None:
    view.press("Ctrl+Delete")
    view.type("第2次填错")
    view.press("Return")
    assert "第2次填错" in view.text("detail_void")


def test_both_notices_of_a_correction_show_each_other(view: LedgerView, counter: Counter) -> None:
    draft = counter.desk.register.correct(SECOND, "身份填错", counter.clock())
    outcome = counter.desk.outcome(draft, counter.clock().date())
    issue_seen(counter.desk, outcome, counter.clock(), "corrects")
    view.session.refresh()
    assert view.text("detail_link") == f"更正自 {SECOND}"
    view.press("Down", "Down")
    assert view.text("detail_number") == SECOND
    assert view.text("detail_link") == "已更正为 2025-03-000004"
    assert view.text("detail_state") == "↻ 已更正"
    assert not view.can("correct")


def test_what_is_left_to_enter_is_marked_key_by_key_and_the_next_is_chosen(
    view: LedgerView,
) -> None:
    choose(view, "state", "待录入")
    view.panel.focus_search()
    assert view.column("number") == [THIRD, SECOND, FIRST]
    view.press("Ctrl+M")
    assert view.column("number") == [SECOND, FIRST]
    assert view.panel.number() == SECOND
    view.press("Ctrl+Shift+M")
    assert view.column("number") == []
    assert "2 份" in view.text("ledger_message")


def test_all_listed_are_marked_only_where_what_is_left_to_enter_is_listed(
    view: LedgerView, counter: Counter
) -> None:
    view.press("Ctrl+Shift+M")
    assert "先把状态选成" in view.text("ledger_message")
    assert not counter.desk.notices.find(THIRD).standing.entered


def test_what_is_listed_is_exported_under_a_name_without_a_person(
    view: LedgerView, tmp_path: Path
) -> None:
    view.type("吴梅")
    view.press("Ctrl+E")
    files = shown(view.window, QFileDialog, "export_files")
    assert files is not None
    assert files.selectedFiles()[0].endswith("台账 2025-03-06.xlsx")
    files.reject()
    view.session.export(tmp_path / "out.xlsx", masked=True)
    assert view.text("ledger_message") == "✓ 已导出 1 份到“out.xlsx”，证件号码已遮盖"


def test_whole_numbers_are_exported_only_where_they_were_asked_for(
    view: LedgerView, tmp_path: Path
) -> None:
    view.press("Ctrl+E")
    files = shown(view.window, QFileDialog, "export_files")
    assert files is not None
    assert files.selectedNameFilter() == MASKED_TABLE
    files.selectNameFilter(WHOLE_TABLE)
    files.fileSelected.emit(str(tmp_path / "whole.xlsx"))
    assert "含证件号码，请妥善保管" in view.text("ledger_message")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as packed:
        assert WU_MEI in packed.read("xl/worksheets/sheet1.xml").decode()
    files.reject()


def test_buttons_to_confirm_a_print_stand_there_only_while_one_is_open(view: LedgerView) -> None:
    button = child(view.panel, QPushButton, "ledger_came_out_button")
    assert button.isVisible()
    view.press("Down")
    assert not button.isVisible()
    assert child(view.panel, QLabel, "detail_number").text() == SECOND


def test_voiding_what_was_entered_elsewhere_says_to_take_it_back_there(view: LedgerView) -> None:
    view.press("Ctrl+M", "Ctrl+Delete", "1", "Return")
    assert "请在那里也撤销" in view.text("ledger_message")


def test_a_table_never_goes_into_the_data_folder(view: LedgerView, counter: Counter) -> None:
    view.session.export(counter.desk.folder / "rules.db", masked=True)
    assert "在台账的数据文件夹" in view.text("ledger_message")


def test_a_whole_number_is_hidden_when_its_own_time_is_over(view: LedgerView) -> None:
    view.press("Ctrl+I")
    passing = child(view.panel, QTimer, "ledger_passing")
    passing.start(5000)  # 15 of the 20 seconds are over
    view.press("Down", "Ctrl+I")
    assert WU_MEI in view.text("ledger_message")
    assert passing.remainingTime() > 15_000
    passing.timeout.emit()
    assert "证件号码已隐去" in view.text("ledger_message")


def test_what_is_said_after_a_whole_number_stays(view: LedgerView) -> None:
    view.press("Ctrl+I", "Ctrl+K")
    assert "已出纸" in view.text("ledger_message")
    assert not child(view.panel, QTimer, "ledger_passing").isActive()


def test_several_rows_are_marked_as_entered_and_voided_for_one_reason(view: LedgerView) -> None:
    table = child(view.panel, LedgerTable, "ledger_table")
    table.selectAll()
    assert table.numbers() == (THIRD, SECOND, FIRST)
    view.press("Ctrl+M")
    assert view.text("ledger_message") == "✓ 3 份待录入的已标为已录入"
    table.selectAll()
    view.press("Ctrl+Delete")
    view.press("1", "Return")
    assert view.column("state") == ["✕ 已作废"] * 3
    table.selectAll()
    view.press("Ctrl+Delete")
    assert view.text("ledger_message") == "⚠ 选中的都已作废，没有做什么"


def test_a_click_on_a_heading_sorts_and_a_chosen_column_is_shown_whatever_its_width(
    view: LedgerView,
) -> None:
    table = child(view.panel, LedgerTable, "ledger_table")
    header, at = table.horizontalHeader(), {one.name: n for n, one in enumerate(LEDGER_COLUMNS)}
    place = QPoint(header.sectionViewportPosition(at["name"]) + 9, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.column("name") == ["李强", "李强", "吴梅"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.column("name") == ["吴梅", "李强", "李强"]
    wanted = tuple(at)
    view.panel.show_columns(wanted)
    assert not any(table.isColumnHidden(n) for n in at.values())
    view.panel.show_columns(("number", "total"))
    assert [name for name, n in at.items() if not table.isColumnHidden(n)] == ["number", "total"]
