"""The day in the window: looked at by F11, closed by F11 and Enter, corrected from the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QTableView

from medcounter.desk.desk import Desk
from tests.gui.counter_window import RESIDENT, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import Clock, issue_seen
from tests.support.store.store_samples import demo_roots
from ui.views.day.close_day_dialog import CloseDayDialog
from ui.views.day.day_papers import DayPapers

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def serve(window: CounterWindow, name: str = "吴建国") -> str:
    """Issue one notice as the desk does, and give its number."""
    desk = window.counter.session.desk
    assert desk is not None
    on = window.clock().date()
    draft = desk.new_draft(on).with_("benefit_year", 2025).with_("name", name)
    outcome = desk.outcome(draft.with_("id_number", RESIDENT), on)
    assert outcome.can_issue, outcome.blocked_by
    window.clock.move(1)
    issued = issue_seen(desk, outcome, window.clock(), f"{name}-{window.clock():%H%M}")
    return issued.notice.number or ""


def listed(window: CounterWindow, name: str) -> list[str]:
    shown_list = child(window.window, QListWidget, name)
    return [shown_list.item(place).text() for place in range(shown_list.count())]


def test_f11_shows_what_the_day_came_to(window: CounterWindow) -> None:
    serve(window)
    serve(window, "李强")
    window.press("F11")
    assert window.text("day_title") == "今天 · 2025年3月5日 星期三"
    assert window.text("day_badge") == "○ 未日结"
    assert window.text("day_total") == "¥800.00"
    assert "人民币捌佰元整" in window.text("day_words")
    assert "出单 2 份" in window.text("day_facts")
    assert window.rows("day_table")[0][:3] == ["经办人", "王丽", "2"]
    assert "2025-03-000001 第 1 次" in window.text("day_unconfirmed")


def test_a_day_that_was_only_looked_at_is_not_closed_with_the_window(
    window: CounterWindow,
) -> None:
    serve(window)
    window.press("F11")
    window.counter.close()
    desk = Desk.open(window.folder, window.clock(), roots=demo_roots())
    look = desk.days.look(window.clock().date(), window.clock())
    desk.close()
    assert look.closes == ()


def test_a_day_is_closed_by_three_keys(window: CounterWindow) -> None:
    serve(window)
    before = window.pressed
    window.press("F11", "F11", "Return")
    assert window.pressed - before == 3
    assert window.text("day_badge") == "✓ 已日结 2025-03-D0001"
    # No printer stands there, which is said and no reason not to close.
    assert window.text("day_message").startswith("⚠ 日结单 2025-03-D0001 没有打印")
    assert not window.can("day_close_button")
    assert listed(window, "day_closes") == ["2025-03-D0001　09:01　¥400.00"]


def test_escape_closes_no_day(qtbot: QtBot, window: CounterWindow) -> None:
    serve(window)
    window.press("F11", "F11")
    dialog = shown(window.window, CloseDayDialog, "close_day_dialog")
    assert dialog is not None
    assert child(dialog, QLabel, "close_day_total").text() == "¥400.00"
    with qtbot.waitSignal(dialog.destroyed):
        window.press("Esc")
    assert window.text("day_badge") == "○ 未日结"


def test_a_closed_day_is_not_asked_about_again(window: CounterWindow) -> None:
    serve(window)
    window.press("F11", "F11", "Return", "F11")
    assert shown(window.window, CloseDayDialog, "close_day_dialog") is None
    assert "已经日结（2025-03-D0001）" in window.text("day_message")


def test_notices_after_the_close_wait_for_a_further_one(window: CounterWindow) -> None:
    serve(window)
    window.press("F11", "F11", "Return", "Esc")
    serve(window, "李强")
    window.press("F11")
    assert window.text("day_badge") == "○ 日结后又有新单，未结"
    assert window.text("day_total") == "¥400.00"
    window.press("F11", "Return")
    assert window.text("day_badge") == "✓ 补充日结 2025-03-D0002"
    assert len(listed(window, "day_closes")) == 2


def test_a_forgotten_day_is_named_reached_and_closed(window: CounterWindow) -> None:
    serve(window)
    window.clock.move(24 * 60)
    window.press("F11")
    assert listed(window, "day_forgotten") == ["2025-03-05"]
    window.press("PgUp")
    assert window.text("day_title") == "2025年3月5日 星期三"
    window.press("F11", "Return")
    assert window.text("day_badge") == "✓ 已日结 2025-03-D0001"
    assert not window.is_shown("day_forgotten")


def test_the_day_after_today_is_not_reached(window: CounterWindow) -> None:
    window.press("F11", "PgDown")
    assert window.text("day_title").startswith("今天")
    assert "还没有到" in window.text("day_message")


def test_a_sheet_is_saved_again_whenever_it_is_wanted(
    window: CounterWindow, tmp_path: Path
) -> None:
    serve(window)
    window.press("F11", "F11", "Return")
    desk = window.counter.session.desk
    assert desk is not None
    sheet = desk.days.sheet("2025-03-D0001", window.clock())
    papers = DayPapers(desk, window.clock, window.window, str)
    for name in ("first.pdf", "again.pdf"):
        papers.save_to(sheet, str(tmp_path / name))
    saved = [PdfReader(tmp_path / name) for name in ("first.pdf", "again.pdf")]
    assert [len(pdf.pages) for pdf in saved] == [1, 1]
    assert {pdf.metadata.title for pdf in saved if pdf.metadata} == {"窗口日结 2025-03-D0001"}


def test_a_correction_from_the_ledger_is_served_and_its_notice_names_the_old_one(
    window: CounterWindow,
) -> None:
    number = serve(window)
    window.press("F3", "Ctrl+G", "1", "Return")
    assert window.typed("name") == "吴建国"
    window.press("F9")
    desk = window.counter.session.desk
    assert desk is not None
    assert desk.notices.find("2025-03-000002").standing.replaces == number
    assert desk.notices.find(number).standing.replaced_by == "2025-03-000002"
    remarks = " ".join(desk.notices.find("2025-03-000002").notice.remarks)
    assert number in remarks
    assert "更正" in remarks


def test_f7_lists_all_notices_of_who_is_served(window: CounterWindow) -> None:
    serve(window)
    window.press("F3")
    window.press("F7")
    assert window.text("ledger_count") == "吴建国 的通知单 1 份"
    window.press("Esc", "Esc", "F7")
    assert window.is_shown("ledger_panel") is False


@pytest.mark.parametrize("size", [(1093, 614), (1366, 768)])
def test_the_day_fits_the_screens_of_the_halls(
    qtbot: QtBot, qapp: QApplication, hall_folder: Path, size: tuple[int, int]
) -> None:
    dress(qapp)
    window = CounterWindow(qtbot, hall_folder, Clock(), size)
    window.open()
    serve(window)
    window.press("F11")
    assert (window.shell.width(), window.shell.height()) == size
    for name in ("day_close_button", "day_print_button"):
        button = child(window.window, QPushButton, name)
        assert button.visibleRegion().boundingRect().height() == button.height()
    assert child(window.window, QTableView, "day_table").height() > 0
    window.counter.close()
