"""编制 in the window: begun, typed into, taken back, left and opened again, by keys alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QTableView

from medcounter.desk.authoring.authoring_records import DraftLine
from medcounter.store.rule_drafts import act_rows
from tests.gui.finding import child
from tests.gui.signed_in import desk_of
from tests.support.store.store_samples import AT
from ui.views.studio.draft_page import DraftPage
from ui.views.studio.studio_session import StudioSession

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.counter_window import CounterWindow

AMOUNT = "programmes_0_rules_3_answer_items_0_amount"
PERIODS_ON = ("Ctrl+PgDown", "Ctrl+PgDown")
FEES_ON = (*PERIODS_ON, "Ctrl+PgDown")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def begin(window: CounterWindow, place: str = "gx", year: str = "2025") -> None:
    """Begin a draft from the rules in use, by keys, and wait for what it means."""
    window.press("Ctrl+7", "Ctrl+N")
    window.type(place)
    window.press("Return")
    window.type(year)
    window.press("Return")
    samples = child(window.window, QTableView, "studio_samples")
    window.qtbot.waitUntil(lambda: samples.model().rowCount() > 0, timeout=20_000)


def open_amount(window: CounterWindow) -> None:
    """Go to the amount of the standard."""
    window.press(*FEES_ON, "Return")
    window.tab_to(AMOUNT)
    window.press("Ctrl+A")


def test_without_a_draft_the_view_says_what_to_do(window: CounterWindow) -> None:
    window.press("Ctrl+7")
    assert window.is_shown("studio_welcome")
    assert "Ctrl+N" in window.text("studio_welcome_begin")
    assert window.focus() == "studio_new_button"


def test_where_nobody_signed_in_it_says_that_rules_can_only_be_tried(window: CounterWindow) -> None:
    window.press("Ctrl+7")
    assert window.is_shown("studio_start_who")
    assert "两位主管登录签名后" in window.text("studio_start_who")


def test_a_place_found_by_its_initials_and_a_year_begin_a_draft_in_ten_keys(
    window: CounterWindow,
) -> None:
    window.pressed = 0
    begin(window)
    assert window.pressed == 10
    assert window.text("studio_title") == "广西壮族自治区 · 2025 年度 · 居民"
    assert window.is_shown("studio_editor")


def test_a_year_that_is_none_is_not_begun_and_says_why(window: CounterWindow) -> None:
    window.press("Ctrl+7", "Ctrl+N")
    window.type("gx")
    window.press("Return", "Ctrl+A")
    window.type("20x5")
    dialog = window.focused().window()
    assert not child(dialog, QPushButton, "studio_begin_button").isEnabled()
    assert "四位数字" in child(dialog, QLabel, "studio_begin_said").text()


def test_a_figure_typed_is_seen_at_once_in_the_table_of_residents(window: CounterWindow) -> None:
    begin(window)
    open_amount(window)
    window.type("430")
    assert window.rows("studio_samples")[0][2] == "● ¥430.00"
    assert window.typed(AMOUNT) == "430"
    window.press("Tab")
    assert window.typed(AMOUNT) == "430.00"


def test_what_cannot_be_read_stays_with_its_sentence_and_the_rules_stay_as_they_were(
    window: CounterWindow,
) -> None:
    begin(window)
    open_amount(window)
    window.type("4x0")
    assert window.typed(AMOUNT) == "4x0"
    assert window.state(AMOUNT) == "invalid"
    assert window.text(f"{AMOUNT}_note").startswith("✗")
    window.press("Ctrl+PgDown", "Ctrl+PgUp")
    assert window.typed(AMOUNT) == "4x0"


def test_taking_back_and_doing_again_are_the_forms_and_not_the_desks(
    window: CounterWindow,
) -> None:
    begin(window)
    open_amount(window)
    window.type("520")
    window.press("Ctrl+Z")
    assert window.is_shown("studio_editor")
    assert window.typed(AMOUNT) == "400.00"
    window.press("Ctrl+Y")
    assert window.typed(AMOUNT) == "520.00"


def test_a_draft_opened_again_takes_back_a_whole_typed_field(window: CounterWindow) -> None:
    begin(window)
    open_amount(window)
    window.type("436")
    window.press("Esc", "Return", *FEES_ON, "Return")
    window.tab_to(AMOUNT)
    assert window.typed(AMOUNT) == "436.00"
    window.press("Ctrl+Z")
    assert window.typed(AMOUNT) == "400.00"
    window.press("Ctrl+Y")
    assert window.typed(AMOUNT) == "436.00"


def test_esc_goes_back_to_the_drafts_and_enter_opens_one_as_it_was_left(
    window: CounterWindow,
) -> None:
    begin(window)
    open_amount(window)
    window.type("430")
    window.press("Esc")
    assert window.focus() == "studio_drafts"
    ((place, year, _, state, *_rest),) = window.rows("studio_drafts")
    assert (place, year, state) == ("广西壮族自治区", "2025", "编制中")
    window.press("Return", *FEES_ON, "Return")
    assert window.typed(AMOUNT) == "430.00"


def test_esc_on_the_drafts_goes_back_to_the_resident(window: CounterWindow) -> None:
    window.press("Ctrl+7", "Esc")
    assert window.is_shown("counter_view")


def test_the_pane_key_leads_to_the_residents_the_warnings_the_year_and_back(
    window: CounterWindow,
) -> None:
    begin(window)
    walked = []
    for _ in range(4):
        window.press("F6")
        walked.append(window.focus())
    assert walked[:3] == ["studio_samples", "studio_warnings", "studio_strip"]
    assert walked[3].startswith("programmes_0")


def test_a_resident_compared_with_the_notice_is_ticked_by_space(window: CounterWindow) -> None:
    begin(window)
    window.press("F6", "Space")
    window.qtbot.waitUntil(lambda: window.rows("studio_samples")[0][0] == "☑", timeout=20_000)


def test_space_on_an_own_example_changes_nothing_and_says_where_it_is_edited(
    window: CounterWindow,
) -> None:
    begin(window)
    window.press("F6")

    def marks() -> list[str]:
        return [one[0] for one in window.rows("studio_samples")]

    window.qtbot.waitUntil(lambda: "例" in marks(), timeout=20_000)
    before = window.rows("studio_samples")
    at = marks().index("例")
    window.press("Home", *["Down"] * at, "Space")
    message = child(window.window, QLabel, "studio_message").text()
    assert "请到“算例”一节" in message
    assert window.rows("studio_samples") == before
    table = child(window.window, QTableView, "studio_samples")
    assert table.currentIndex().row() == at


def test_the_history_names_each_step_and_leads_back(window: CounterWindow) -> None:
    begin(window)
    open_amount(window)
    window.type("5")
    window.press("F7")
    dialog = window.focused().window()
    table = child(dialog, QTableView, "studio_history_table")
    words = [str(table.model().index(row, 2).data()) for row in range(table.model().rowCount())]
    assert "400.00" in words[0]
    window.press("Down")
    while str(table.model().index(table.currentIndex().row(), 3).data()) != "第 1 版":
        window.press("Down")
    window.press("Return")
    assert window.typed(AMOUNT) == "400.00"


def test_a_draft_is_written_out_as_a_folder_of_rules(window: CounterWindow, tmp_path: Path) -> None:
    begin(window)
    window.press("Ctrl+E")
    files = child(window.window, QFileDialog, "studio_folders")
    destination = tmp_path / "stick"
    destination.mkdir()
    files.close()
    files.fileSelected.emit(str(destination))
    assert (destination / "450000-2025" / "bundle.json").is_file()
    assert "450000-2025" in window.text("studio_message")


def test_a_draft_is_taken_off_the_list_only_with_a_reason_that_its_history_keeps(
    window: CounterWindow,
) -> None:
    begin(window)
    session = child(window.window, StudioSession, "studio_session")
    assert session.draft is not None
    number = session.draft.stored.number
    window.press("Esc", "Ctrl+Delete", "Esc")
    assert not window.is_shown("studio_welcome")
    child(window.window, QPushButton, "studio_drop_button").click()
    window.type("年度选错了")
    window.press("Return")
    assert window.is_shown("studio_welcome")
    assert not window.is_shown("studio_drop_button")
    kept = desk_of(window)._store.rule_drafts  # noqa: SLF001 - no list shows it any more
    with kept.reading() as database:
        assert act_rows.acts(database, number)[-1].words == "删去草稿，原因：年度选错了"


def test_the_list_says_how_many_drafts_wait_for_a_reviewer(qtbot: QtBot) -> None:
    page = DraftPage(None)  # type: ignore[arg-type]  # no parent
    qtbot.addWidget(page)
    title = child(page, QLabel, "studio_start_title")
    written = DraftLine(
        number=1, region="330281", title="余姚市", scheme="resident", year=2027,
        state="writing", state_label="编制中", changed_at=AT, changed_by="甲",
        last_words="", holder="", held_since=None, twins=(),
    )  # fmt: skip
    page.show_drafts((written,), signed_in=True)
    assert title.text() == "规则草稿 1"
    handed = replace(written, number=2, state="handed-over", state_label="已交复核，等李强签名")
    page.show_drafts((written, handed), signed_in=True)
    assert title.text() == "规则草稿 2", "what waits for somebody else is no work of who is here"
    mine = replace(handed, number=3, state_label="已交复核，等您签名", waits_here=True)
    page.show_drafts((written, handed, mine), signed_in=True)
    assert title.text().startswith("规则草稿 3 · 1 份等您复核签名：")


def test_a_place_and_year_begun_before_is_gone_on_with_unless_another_is_wanted(
    window: CounterWindow,
) -> None:
    begin(window)
    session = child(window.window, StudioSession, "studio_session")
    assert session.draft is not None
    number = session.draft.stored.number
    window.press("Esc")
    begin(window)
    assert session.draft is not None
    assert session.draft.stored.number == number
    window.press("Esc", "Ctrl+N")
    window.type("gx")
    window.press("Return")
    window.type("2025")
    assert "已有没编完的草稿" in child(window.shell, QLabel, "studio_begin_said").text()
    window.press("Tab", "Tab", "Down", "Return")
    assert session.draft is not None
    assert session.draft.stored.number != number
