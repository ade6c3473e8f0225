"""A day at the counter through the real window: keys in, screen and ledger out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QLabel, QTableView

from medcounter.desk.desk import Desk
from tests.gui.counter_window import CounterWindow
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import (
    NEW_CHANNEL,
    Clock,
    faults_of,
    ledger_page,
    newer_jiangxi,
)
from tests.support.store.store_samples import demo_roots, package
from ui.dialogs.preview_dialog import PreviewDialog
from ui.views.ledger.ledger_rows import LEDGER_COLUMNS
from ui.views.rules.sync_dialog import SyncDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CHECKING_MS = 60_000


class Resident(NamedTuple):
    """Who comes to the desk, and what the source says of them."""

    name: str
    typed: tuple[tuple[str, str], ...]
    ticked: str
    total: str
    coverage: str


# Source 000, its own worked examples for 2025: paid on 5 March; an aided resident paid on
# 15 March; a child born on 1 January and paid for on 1 March, within 90 days of birth.
WU = Resident(
    "吴建国",
    (("id_number", "360103198807121237"), ("payment_date", "2025-3-5")),
    "",
    "¥400.00",
    "2025-06-05 至 2025-12-31",
)
LI = Resident(
    "李强",
    (("id_number", "360104196208011156"), ("payment_date", "20250315")),
    "categories_low_income",
    "¥80.00",
    "2025-03-16 至 2025-12-31",
)
BABY = Resident(
    "吴小宝",
    (("birth_date", "2025-1-1"), ("payment_date", "3月5日")),
    "",
    "¥0.00",
    "2025-01-01 至 2025-12-31",
)


def fill(day: CounterWindow, resident: Resident) -> None:
    """Type a resident into an empty form."""
    day.press("F2")
    for name, text in (*resident.typed, ("name", resident.name)):
        day.tab_to(name)
        day.type(text)
    if resident.ticked:
        day.press("Alt+S")
        while day.focus() != resident.ticked:
            day.press("Right")
        day.press("Space")


def serve(day: CounterWindow, *residents: Resident) -> None:
    """Issue a notice for each; without a printer it is shown, and put away."""
    for resident in residents:
        fill(day, resident)
        day.press("F9")
        assert shown(day.shell, PreviewDialog, "notice_preview") is not None
        day.press("Esc")
        day.clock.move(7)


def ledger(day: CounterWindow) -> dict[str, list[str]]:
    """The ledger as it stands on the screen, column by column."""
    rows = day.rows("ledger_table")
    return {column.name: [row[at] for row in rows] for at, column in enumerate(LEDGER_COLUMNS)}


def offer(day: CounterWindow, path: Path) -> SyncDialog:
    """Offer a file of rules by keys and wait until it was checked."""
    day.press("Ctrl+4", "Ctrl+U")
    day.type(str(path))
    day.press("Return")
    dialog = shown(day.shell, SyncDialog, "sync_dialog")
    assert dialog is not None
    hint = child(dialog, QLabel, "sync_hint")
    day.qtbot.waitUntil(lambda: "正在核对" not in hint.text(), timeout=CHECKING_MS)
    return dialog


def test_each_resident_is_numbered_in_turn_with_the_days_of_the_source(day: CounterWindow) -> None:
    serve(day, WU, LI, BABY)
    day.press("F3")
    shown_now = ledger(day)
    assert shown_now["number"] == ["2025-03-000003", "2025-03-000002", "2025-03-000001"]
    assert shown_now["name"] == [BABY.name, LI.name, WU.name]
    assert shown_now["total"] == [BABY.total, LI.total, WU.total]
    assert shown_now["coverage"] == [BABY.coverage, LI.coverage, WU.coverage]
    assert shown_now["prints"] == ["1 次 未出纸"] * 3


def test_a_preview_numbers_nothing_and_counts_nothing(day: CounterWindow) -> None:
    fill(day, WU)
    day.press("Ctrl+P")
    preview = shown(day.shell, PreviewDialog, "notice_preview")
    assert preview is not None
    assert "样张" in preview.windowTitle()
    day.press("Esc", "F3")
    assert ledger(day)["number"] == []


def test_pressing_issue_again_issues_no_second_notice(day: CounterWindow) -> None:
    serve(day, WU)
    day.press("F9", "F3")
    assert ledger(day)["number"] == ["2025-03-000001"]


def test_the_last_notice_is_printed_again_in_at_most_three_keys(day: CounterWindow) -> None:
    serve(day, WU, LI)
    day.pressed = 0
    day.press("F3", "Ctrl+R")
    assert day.pressed <= 3
    # Without a printer nothing can come out, so no further print counts.
    assert ledger(day)["prints"] == ["1 次 未出纸", "1 次 未出纸"]
    preview = shown(day.shell, PreviewDialog, "notice_preview")
    assert preview is not None
    assert "2025-03-000002" in preview.windowTitle()
    assert "没有找到打印机" in day.text("ledger_message")


def test_a_notice_is_voided_from_the_ledger_in_three_keys_and_its_reason_is_kept(
    day: CounterWindow,
) -> None:
    serve(day, WU, LI)
    day.press("F3")
    day.pressed = 0
    day.press("Ctrl+Delete", "Alt+3", "Return")
    assert day.pressed == 3
    assert ledger(day)["state"] == ["✕ 已作废", "● 已出单"]
    assert "缴费日期变更" in day.text("detail_void")


def test_a_corrected_notice_gets_a_number_of_its_own(day: CounterWindow) -> None:
    serve(day, WU)
    day.press("F3", "Ctrl+Delete")
    day.type("身份填错")
    day.press("Return")
    serve(day, LI)
    day.press("F3")
    assert ledger(day)["number"] == ["2025-03-000002", "2025-03-000001"]
    assert ledger(day)["state"] == ["● 已出单", "✕ 已作废"]


def test_a_resident_who_comes_back_is_found_by_name_or_last_digits(day: CounterWindow) -> None:
    serve(day, WU, LI, BABY)
    day.press("F3")
    day.type("吴")
    assert ledger(day)["name"] == [BABY.name, WU.name]
    day.press("Ctrl+A")
    day.type("1156")
    assert ledger(day)["name"] == [LI.name]
    assert day.text("detail_id") == "3601**********1156"
    day.press("Return")
    preview = shown(day.shell, PreviewDialog, "notice_preview")
    assert preview is not None
    assert "2025-03-000002" in preview.windowTitle()
    assert ledger(day)["prints"] == ["1 次 未出纸"]


def test_newer_rules_are_looked_at_then_taken_and_old_notices_stay(
    day: CounterWindow, tmp_path: Path
) -> None:
    serve(day, WU)
    path = tmp_path / "rules.json"
    path.write_bytes(package(newer_jiangxi()))
    dialog = offer(day, path)
    model = child(dialog, QTableView, "sync_difference").model()
    changes = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert any(NEW_CHANNEL in change for change in changes)
    assert "r1" in day.text("rules_state")
    day.press("Return", "Esc")
    assert "r2" in day.text("rules_state")
    serve(day, LI)
    day.press("F3")
    assert day.text("detail_rules").endswith("第 2 版")
    day.press("Down")
    assert day.text("detail_rules").endswith("第 1 版")
    assert ledger(day)["coverage"] == [LI.coverage, WU.coverage]


def test_a_refused_bundle_changes_nothing_and_the_desk_goes_on(
    day: CounterWindow, tmp_path: Path
) -> None:
    path = tmp_path / "rules.json"
    path.write_bytes(package(newer_jiangxi())[:-40])
    dialog = offer(day, path)
    assert "不完整" in child(dialog, QLabel, "sync_result").text()
    day.press("Esc")
    assert "r1" in day.text("rules_state")
    serve(day, WU)
    day.press("F3")
    assert ledger(day)["coverage"] == [WU.coverage]


def test_in_the_evening_the_ledger_verifies_and_nothing_is_lost_by_closing(
    day: CounterWindow, counter_folder: Path, qtbot: QtBot
) -> None:
    serve(day, WU, LI)
    day.press("F3", "Ctrl+Delete", "Alt+1", "Return")
    with qtbot.waitSignal(day.shell.closing):
        day.shell.close()
    desk = Desk.open(counter_folder, Clock()(), roots=demo_roots())
    try:
        assert faults_of(desk) == ()
        states = [(row.number, row.state) for row in ledger_page(desk).rows]
    finally:
        desk.close()
    assert states == [("2025-03-000002", "void"), ("2025-03-000001", "issued")]
