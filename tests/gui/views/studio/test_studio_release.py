"""Two supervisors bring a draft into force in the window, one after the other; one alone cannot."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from medcounter.bundle.hall.hall_bundle import is_hall_bundle
from medcounter.bundle.shipped import open_shipped
from medcounter.bundle.signed_package import open_package
from medcounter.desk.authoring.draft_release import DraftRelease, NotHandedOverError
from medcounter.desk.authoring.draft_ticks import DraftTicks
from tests.gui.counter_window import SETTINGS, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.gui.reviewing import LI, WANG, enter, flow_of, hand_over, sign_in, wait_for_review
from tests.gui.signed_in import desk_of
from tests.gui.views.studio.test_studio_typist import open_draft
from tests.support.desk.counter_samples import Clock
from tests.support.desk.desk_samples import newer_rules
from tests.support.desk.hall_samples import (
    AT,
    REGION,
    YEAR,
    YUNXI,
    hall_folder,
    opened,
    secret_of,
)
from tests.support.store.store_samples import KEYS, demo_roots
from ui.messages import Message
from ui.shortcuts import key_of
from ui.views.studio.base_dialog import BaseDialog
from ui.views.studio.release.hand_over_dialog import HandOverDialog
from ui.views.studio.release.review_dialog import ReviewDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

# A grade is one letter.
CODE = re.compile(r"[A-Za-z_]{2,}|\d\.\.\d|B[+-]?\d*:")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hall with two supervisors, and a draft of the made-up place without anything open."""
    made = tmp_path_factory.mktemp("release") / "hall"
    hall_folder(made)
    (made / "settings.json").write_text(SETTINGS, encoding="utf-8")
    with opened(made, WANG) as desk:
        (number,) = desk.authoring.take_in(YUNXI, AT)
        session = desk.authoring.open(number, AT)
        DraftRelease(session, desk.release).obstacles()
        for warning in session.live.warnings:
            if warning.is_open:
                DraftTicks(session).answer(warning, "公告就是这样写的", AT)
        session.close(AT)
    return made


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    """The hall, for each test its own."""
    own = tmp_path / "hall"
    shutil.copytree(made_once, own)
    return own


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[CounterWindow]:
    """The hall's window, nobody signed in yet."""
    dress(qapp)
    counter = CounterWindow(qtbot, folder, Clock(AT))
    yield counter
    counter.counter.close()


def test_the_author_signs_and_names_the_reviewer_and_the_day(window: CounterWindow) -> None:
    enter(window, WANG)
    window.press("F9")
    dialog = window.focused().window()
    assert child(dialog, QComboBox, "studio_reviewer").currentText() == LI
    window.type(secret_of(WANG))
    window.press("Return")
    window.qtbot.waitUntil(lambda: window.text("studio_stage") == "已交复核", timeout=30_000)
    assert LI in window.text("studio_message")
    assert f"请{LI}登录" in window.text("studio_next_text")
    assert child(window.window, QPushButton, "studio_next_0").text().startswith("换人登录")


def test_a_day_that_is_none_is_refused_in_the_dialog(window: CounterWindow) -> None:
    enter(window, WANG)
    window.press("F9")
    dialog = window.focused().window()
    child(dialog, QLineEdit, "studio_begins").setText("明天")
    child(dialog, QLineEdit, "studio_hand_over_secret").setText(secret_of(WANG))
    child(dialog, QPushButton, "studio_hand_over_button").click()
    assert "2026-12-01" in child(dialog, QLabel, "studio_hand_over_said").text()
    assert window.text("studio_stage") == "编制中"


def test_the_reviewer_sees_every_difference_signs_and_the_desk_answers_by_the_rules(
    window: CounterWindow, folder: Path
) -> None:
    hand_over(folder)
    enter(window, LI)
    window.press("F9")
    dialog = wait_for_review(window)
    table = child(dialog, QTableView, "studio_review_table")
    lines = [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]
    assert any("云溪县" in one for one in lines)
    told = [table.model().index(row, 2).data() for row in range(len(lines))]
    assert [one for one in (*lines, *told) if CODE.search(str(one))] == []
    people = child(dialog, QTableView, "studio_review_people").model()
    whole = len(DraftRelease(open_draft(window), desk_of(window).release).residents())
    assert people.rowCount() == whole > 5
    assert not desk_of(window).rule_book.answers(REGION, "resident", YEAR)
    child(dialog, QLineEdit, "studio_review_secret").setText(secret_of(LI))
    child(dialog, QPushButton, "studio_review_sign").click()
    # Proven beside the window: not one event was handled since the click.
    assert window.text("studio_stage") == "已交复核"
    assert child(dialog, QWidget, "studio_review_work").isVisible()
    window.qtbot.waitUntil(
        lambda: shown(window.window, ReviewDialog, "studio_review") is None, timeout=30_000
    )
    assert window.text("studio_stage") == "已发布"
    assert desk_of(window).rule_book.answers(REGION, "resident", YEAR)
    save, sheet, desk_view = (
        child(window.window, QPushButton, f"studio_next_{number}") for number in range(3)
    )
    assert save.text().startswith("存签名文件")
    assert "其他窗口" in window.text("studio_next_text")
    assert sheet.text().startswith("审签单")
    assert desk_view.text().startswith("去办理")
    save.click()
    files = child(window.window, QFileDialog, "studio_signed_files")
    files.fileSelected.emit(str(folder / "in-the-data-folder.json"))
    assert not (folder / "in-the-data-folder.json").exists()
    assert "数据文件夹" in window.text("studio_message")
    files.fileSelected.emit(str(folder.parent / "signed.json"))
    assert is_hall_bundle((folder.parent / "signed.json").read_bytes())


def test_a_window_left_open_signs_nothing_without_the_own_secret(window: CounterWindow) -> None:
    enter(window, WANG)
    window.press("F9")
    dialog = window.focused().window()
    said = child(dialog, QLabel, "studio_hand_over_said")
    window.press("Return")
    assert "没有签名" in said.text()
    window.type(secret_of(LI))
    window.press("Return")
    # The secret is checked beside the window, and stands nowhere any more.
    assert "正在核对口令" in child(dialog, QLabel, "studio_hand_over_work_text").text()
    assert child(dialog, QLineEdit, "studio_hand_over_secret").text() == ""
    window.qtbot.waitUntil(lambda: said.text().startswith("口令不对"), timeout=30_000)
    assert window.text("studio_stage") == "编制中"
    with pytest.raises(NotHandedOverError):
        DraftRelease(open_draft(window), desk_of(window).release).review(AT)


def test_a_reviewers_window_left_open_signs_nothing_without_the_own_secret(
    window: CounterWindow, folder: Path
) -> None:
    hand_over(folder)
    enter(window, LI)
    window.press("F9")
    dialog = wait_for_review(window)
    said = child(dialog, QLabel, "studio_review_said")
    child(dialog, QPushButton, "studio_review_sign").click()
    assert "没有签名" in said.text()
    window.type(secret_of(WANG))
    window.press("Return")
    window.qtbot.waitUntil(lambda: said.text().startswith("口令不对"), timeout=30_000)
    assert window.text("studio_stage") == "已交复核"
    assert not desk_of(window).rule_book.answers(REGION, "resident", YEAR)


def test_the_reviewer_is_told_at_sign_in_and_is_at_the_draft_by_one_click(
    window: CounterWindow, folder: Path
) -> None:
    hand_over(folder)
    sign_in(window, LI)
    go = child(window.window, QPushButton, "alert_way_0")
    window.qtbot.waitUntil(go.isVisible, timeout=10_000)
    assert "1 份规则草稿等您复核签名：云溪县（虚构） 2027 年度" in window.text("alert_text")
    go.click()
    assert window.text("studio_stage") == "已交复核"
    assert open_draft(window).stored.title == "云溪县（虚构）"
    window.press("F9")
    wait_for_review(window)
    DraftRelease(open_draft(window), desk_of(window).release).take_back("", AT)
    flow_of(window).reported.emit(Message("plain", ""))
    assert not go.isVisible(), "what is signed or given back waits no more"


def test_the_draft_is_checked_between_the_windows_events_before_it_is_signed(
    window: CounterWindow,
) -> None:
    enter(window, WANG)
    window.press("F9")
    dialog = window.focused().window()
    child(dialog, QLineEdit, "studio_hand_over_secret").setText(secret_of(WANG))
    child(dialog, QPushButton, "studio_hand_over_button").click()
    # Not one event was handled since the click.
    assert window.text("studio_stage") == "编制中"
    assert child(dialog, QWidget, "studio_hand_over_work").isVisible()
    assert not child(dialog, QPushButton, "studio_hand_over_button").isVisible()
    # One key is one way: Esc stops the work, and only then leaves the dialog.
    assert not child(dialog, QPushButton, "studio_hand_over_cancel").isVisible()
    window.press("Esc")
    window.qtbot.wait(50)
    assert window.text("studio_stage") == "编制中"
    assert dialog.isVisible()
    assert child(dialog, QPushButton, "studio_hand_over_button").isVisible()
    window.press("Esc")
    assert shown(window.window, HandOverDialog, "studio_hand_over") is None


def test_what_is_signed_is_proven_beside_the_window(
    window: CounterWindow,
) -> None:
    enter(window, WANG)
    window.qtbot.waitUntil(lambda: window.text("studio_check").startswith("✓"), timeout=60_000)
    window.press("F9")
    dialog = window.focused().window()
    told: list[str] = []
    flow_of(window).busy.connect(
        lambda: told.append(child(dialog, QLabel, "studio_hand_over_work_text").text())
    )
    child(dialog, QLineEdit, "studio_hand_over_secret").setText(secret_of(WANG))
    child(dialog, QPushButton, "studio_hand_over_button").click()
    window.qtbot.waitUntil(lambda: window.text("studio_stage") == "已交复核", timeout=30_000)
    assert "正在验证要签的规则" in told


def test_the_residents_of_a_review_are_worked_out_between_the_windows_events(
    window: CounterWindow, folder: Path
) -> None:
    hand_over(folder)
    enter(window, LI)
    flow = flow_of(window)
    flow.open(open_draft(window))
    assert shown(window.window, ReviewDialog, "studio_review") is None
    work = child(window.window, QLabel, "studio_work_text")
    window.qtbot.waitUntil(lambda: work.text().startswith("正在测算参保人样本"), timeout=30_000)
    flow.stop()
    assert not window.is_shown("studio_work")
    flow.open(open_draft(window))
    wait_for_review(window)
    assert not window.is_shown("studio_work")


def test_a_review_proven_while_another_view_is_in_front_opens_with_its_own(
    window: CounterWindow, folder: Path
) -> None:
    hand_over(folder)
    enter(window, LI)
    flow = flow_of(window)
    flow.open(open_draft(window))
    window.press("Ctrl+1")
    window.qtbot.waitUntil(lambda: not flow.held, timeout=60_000)
    assert shown(window.window, ReviewDialog, "studio_review") is None
    assert "“编制”里有事要您看" in window.text("message_strip")
    window.press("Ctrl+7")
    wait_for_review(window)


def test_the_reviewer_gives_it_back_with_a_reason(window: CounterWindow, folder: Path) -> None:
    hand_over(folder)
    enter(window, LI)
    window.press("F9")
    child(wait_for_review(window), QPushButton, "studio_review_return").click()
    window.type("第三条的金额不对")
    window.press("Return")
    assert window.text("studio_stage") == "编制中"
    assert child(window.window, QWidget, "studio_editor").isVisible()


def ask_for_office(window: CounterWindow) -> QWidget:
    """Open the office's dialog from the one for the reviewer."""
    checked = child(window.window, QLabel, "studio_check")
    window.qtbot.waitUntil(lambda: checked.text().startswith("✓"), timeout=60_000)
    window.press("F9")
    child(window.focused().window(), QPushButton, "studio_hand_over_office").click()
    return child(window.window, QWidget, "studio_office")


def test_two_holders_sign_an_offices_bundle_in_the_window_by_keys_on_sticks(
    window: CounterWindow, folder: Path
) -> None:
    enter(window, WANG)
    dialog = ask_for_office(window)
    said = child(dialog, QLabel, "studio_office_said")
    sign = child(dialog, QPushButton, "studio_office_sign")
    sign.click()
    assert "没有选私钥文件" in said.text()
    first, second = (child(dialog, QLineEdit, f"studio_office_key_{one}") for one in (1, 2))
    first.setText(str(folder / "no-such-key.pem"))
    sign.click()
    window.qtbot.waitUntil(lambda: "私钥" in said.text() and sign.isEnabled(), timeout=60_000)
    first.setText(str(KEYS / "demo-root-1.pem"))
    second.setText(str(KEYS / "demo-root-1.pem"))
    sign.click()
    window.qtbot.waitUntil(lambda: "已经签过名" in said.text(), timeout=60_000)
    second.setText(str(KEYS / "demo-root-2.pem"))
    sign.click()
    window.qtbot.waitUntil(
        lambda: window.window.findChild(QFileDialog, "studio_office_destination") is not None,
        timeout=60_000,
    )
    files = child(window.window, QFileDialog, "studio_office_destination")
    files.fileSelected.emit(str(folder / "in-the-data-folder.json"))
    assert not (folder / "in-the-data-folder.json").exists()
    assert "数据文件夹" in said.text()
    files.fileSelected.emit(str(folder.parent / "office.json"))
    made = open_package((folder.parent / "office.json").read_bytes(), demo_roots(), None)
    assert made.bundle.revision == open_shipped().bundle.revision + 1
    assert any(one.region == REGION for one in made.bundle.programmes)
    assert window.text("studio_stage") == "编制中", "an office's signature is none of the hall's"


def test_an_offices_bundle_that_comes_while_a_draft_is_open_is_told_looked_at_and_noted(
    window: CounterWindow, folder: Path
) -> None:
    enter(window, WANG)
    strip = child(window.window, QWidget, "studio_base")
    assert not strip.isVisible()
    before = open_draft(window).document
    brought = folder.parent / "brought.json"
    brought.write_bytes(newer_rules(revision=desk_of(window).rules.state.revision + 1))
    window.press(key_of("view_rules"), key_of("rules_sync"))
    window.type(str(brought))
    window.press("Return")
    take = child(window.window, QPushButton, "sync_take")
    window.qtbot.waitUntil(take.isEnabled, timeout=60_000)
    window.press("Return", "Esc", "Ctrl+7")
    assert strip.isVisible()
    assert "草稿没有丢失" in window.text("studio_base_news")
    assert open_draft(window).document == before
    child(strip, QPushButton, "studio_base_look").click()
    # Compared beside the window: not one event was handled since the click.
    assert shown(window.window, BaseDialog, "studio_base_dialog") is None
    assert child(window.window, QWidget, "studio_base_work").isVisible()
    window.qtbot.waitUntil(
        lambda: shown(window.window, BaseDialog, "studio_base_dialog") is not None, timeout=60_000
    )
    dialog = child(window.window, BaseDialog, "studio_base_dialog")
    assert child(dialog, QLabel, "studio_base_changes").text()
    child(dialog, QPushButton, "studio_base_take").click()
    assert not strip.isVisible()
    assert open_draft(window).base_news == ""
    assert "核对过" in open_draft(window).history()[0].words
