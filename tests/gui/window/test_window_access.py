"""Who may open the ledger: the first choice, signing in, the covered screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from medcounter.desk.access import sign_in as access
from medcounter.desk.access.access_records import CLERK, LOCKED, NEW, OPEN, SUPERVISOR
from medcounter.desk.access.sign_in import NewClerk
from tests.gui.counter_window import RESIDENT, SETTINGS, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.gui.signed_in import agree
from tests.gui.views.test_roster import RosterWindow
from tests.support.desk.counter_samples import OPENED_AT, Clock, faults_of, ledger_page
from tests.support.roster.roster_samples import people, write_xlsx
from ui.access.set_up_page import in_lines
from ui.dialogs.approval_dialog import ApprovalDialog
from ui.dialogs.clerks_dialog import ClerksDialog
from ui.views.ledger.void_dialog import RunVoidDialog, VoidDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

BOSS, BOSS_SECRET = "李主管", "qingshan lvshui 37"
CLERK_NAME, CLERK_SECRET = "王丽", "baiyun heishi 52"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A data folder in which nobody has chosen yet."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    return folder


def begun(qtbot: QtBot, folder: Path) -> CounterWindow:
    """A window that has come as far as somebody is asked something."""
    window = CounterWindow(qtbot, folder, Clock())
    window.counter.begin()
    window.qtbot.waitUntil(lambda: window.counter.window.covered_by != "", timeout=10_000)
    window.shell.activateWindow()
    return window


@pytest.fixture
def new(qtbot: QtBot, qapp: QApplication, fresh: Path) -> Iterator[CounterWindow]:
    """A window at its first start."""
    dress(qapp)
    window = begun(qtbot, fresh)
    yield window
    window.counter.close()


@pytest.fixture
def locked_folder(fresh: Path) -> Path:
    """A ledger that a supervisor and a clerk can open."""
    set_up = access.begin(fresh)
    clerks = (
        NewClerk(BOSS, SUPERVISOR, BOSS_SECRET),
        NewClerk(CLERK_NAME, CLERK, CLERK_SECRET),
    )
    set_up.finish(clerks, set_up.recovery_text, OPENED_AT)
    return fresh


@pytest.fixture
def locked(qtbot: QtBot, qapp: QApplication, locked_folder: Path) -> Iterator[CounterWindow]:
    """A window that asks who is here."""
    dress(qapp)
    window = begun(qtbot, locked_folder)
    yield window
    window.counter.close()


def press(window: CounterWindow, name: str) -> None:
    child(window.window, QPushButton, name).click()


def write(window: CounterWindow, name: str, text: str) -> None:
    child(window.window, QLineEdit, name).setText(text)


def sign_in(window: CounterWindow, name: str = CLERK_NAME, secret: str = CLERK_SECRET) -> None:
    with window.qtbot.waitSignal(window.counter.opened, timeout=15_000):
        child(window.window, QComboBox, "sign_in_name").setCurrentText(name)
        write(window, "sign_in_secret", secret)
        press(window, "sign_in_button")
    window.shell.activateWindow()


def serve(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")


def test_a_first_start_asks_before_it_makes_a_ledger(new: CounterWindow, fresh: Path) -> None:
    assert new.counter.window.covered_by == "choice_page"
    assert not new.can("choice_open_button")
    assert not (fresh / "ledger.db").exists()
    new.press("Ctrl+2")
    assert new.counter.window.covered_by == "choice_page"


def test_to_go_without_sign_in_its_consequence_must_be_ticked_and_stays_on_screen(
    new: CounterWindow, fresh: Path
) -> None:
    assert "证明不了是谁办的" in child(new.window, QLabel, "choice_open").text()
    child(new.window, QCheckBox, "choice_read").setChecked(True)
    with new.qtbot.waitSignal(new.counter.opened):
        press(new, "choice_open_button")
    assert access.state(fresh).kind == OPEN
    mark = child(new.window, QPushButton, "access_mark")
    assert mark.text() == "⚠ 未设登录"
    assert "证明不了是谁办的" in mark.toolTip()
    assert new.focus() == "id_number"


def name_clerks(window: CounterWindow) -> str:
    """Fill in the first step; give the recovery key of the second."""
    press(window, "choice_locked_button")
    rows = ((BOSS, BOSS_SECRET), (CLERK_NAME, CLERK_SECRET))
    for number, (name, secret) in enumerate(rows, start=1):
        write(window, f"clerk_name_{number}", name)
        write(window, f"clerk_secret_{number}", secret)
        write(window, f"clerk_again_{number}", secret)
    press(window, "clerks_go_on")
    assert window.counter.window.covered_by == "recovery_page"
    return window.text("recovery_key")


def test_sign_in_is_on_only_after_the_recovery_key_was_typed_back(
    new: CounterWindow, fresh: Path
) -> None:
    key = name_clerks(new)
    assert not new.can("recovery_finish")
    groups = key.split()
    assert len(groups) == 13
    write(new, "recovery_typed", " ".join([*groups[:-1], groups[0]]))
    press(new, "recovery_finish")
    new.qtbot.waitUntil(lambda: "还没有" in new.text("recovery_page_said"), timeout=15_000)
    assert access.state(fresh).kind == NEW
    write(new, "recovery_typed", " ".join(groups).lower())
    with new.qtbot.waitSignal(new.counter.opened, timeout=20_000):
        press(new, "recovery_finish")
    state = access.state(fresh)
    assert state.kind == LOCKED
    assert [(one.name, one.role) for one in state.clerks] == [
        (BOSS, SUPERVISOR),
        (CLERK_NAME, CLERK),
    ]
    assert child(new.window, QPushButton, "access_mark").text() == "主管"
    assert BOSS in new.text("desk_state")


def test_a_weak_secret_and_one_typed_differently_are_refused(new: CounterWindow) -> None:
    press(new, "choice_locked_button")
    write(new, "clerk_name_1", BOSS)
    write(new, "clerk_secret_1", "123456")
    press(new, "clerks_go_on")
    assert "两遍输入的口令不一样" in new.text("clerks_page_said")
    write(new, "clerk_again_1", "123456")
    press(new, "clerks_go_on")
    assert "口令" in new.text("clerks_page_said")
    assert new.counter.window.covered_by == "clerks_page"


def test_the_recovery_key_is_set_in_lines_of_five_groups() -> None:
    key = "-".join(f"{number:05d}" for number in range(13))
    assert [len(line.split()) for line in in_lines(key).splitlines()] == [5, 5, 3]


def test_a_clerk_signs_in_and_issues_under_the_own_name(locked: CounterWindow) -> None:
    assert locked.counter.window.covered_by == "sign_in_page"
    sign_in(locked)
    assert CLERK_NAME in locked.text("desk_state")
    serve(locked)
    locked.press("F9")
    desk = locked.counter.session.desk
    assert desk is not None
    assert [row.clerk for row in ledger_page(desk).rows] == [CLERK_NAME]


def test_a_wrong_secret_is_refused_and_the_seconds_are_counted(locked: CounterWindow) -> None:
    for _ in range(12):
        if not locked.can("sign_in_button"):
            break
        write(locked, "sign_in_secret", "something wrong 99")
        press(locked, "sign_in_button")
        locked.qtbot.waitUntil(
            lambda: "正在核对" not in locked.text("sign_in_page_said"), timeout=15_000
        )
    assert "没有登录" in locked.text("sign_in_page_said")
    assert child(locked.window, QPushButton, "sign_in_button").text().startswith("请等")
    assert locked.typed("sign_in_secret") == ""


def test_a_forgotten_secret_is_got_round_by_the_recovery_key(
    qtbot: QtBot, qapp: QApplication, fresh: Path
) -> None:
    dress(qapp)
    set_up = access.begin(fresh)
    set_up.finish((NewClerk(BOSS, SUPERVISOR, BOSS_SECRET),), set_up.recovery_text, OPENED_AT)
    window = begun(qtbot, fresh)
    press(window, "sign_in_by_recovery")
    write(window, "sign_in_recovery", set_up.recovery_text)
    with qtbot.waitSignal(window.counter.opened, timeout=15_000):
        press(window, "sign_in_button")
    assert "恢复密钥" in window.text("desk_state")
    window.counter.close()


def test_a_key_covers_the_screen_and_the_draft_is_kept(locked: CounterWindow) -> None:
    sign_in(locked)
    serve(locked)
    QApplication.clipboard().setText(RESIDENT)
    locked.press("Ctrl+L")
    assert locked.counter.window.covered_by == "sign_in_page"
    assert (locked.counter.session.desk, QApplication.clipboard().text()) == (None, "")
    assert not locked.is_shown("id_number")
    locked.press("Ctrl+2")
    assert locked.counter.window.covered_by == "sign_in_page"
    child(locked.window, QComboBox, "sign_in_name").setCurrentText(BOSS)
    write(locked, "sign_in_secret", "something wrong 99")
    press(locked, "sign_in_button")
    locked.qtbot.waitUntil(lambda: "没有登录" in locked.text("sign_in_page_said"), timeout=15_000)
    write(locked, "sign_in_secret", BOSS_SECRET)
    with locked.qtbot.waitSignal(locked.counter.opened, timeout=15_000):
        press(locked, "sign_in_button")
    assert locked.counter.window.covered_by == ""
    assert locked.typed("id_number") == RESIDENT
    assert BOSS in locked.text("desk_state")
    assert child(locked.window, QComboBox, "region").currentText() == "江西省"


def test_another_day_that_came_behind_the_locked_screen_is_told_after_it(
    locked: CounterWindow,
) -> None:
    sign_in(locked)
    serve(locked)
    locked.press("Ctrl+L")
    locked.qtbot.waitUntil(lambda: locked.counter.session.desk is None)
    locked.clock.move(24 * 60)
    with locked.qtbot.waitSignal(locked.counter.opened, timeout=15_000):
        sign_in(locked)
    assert "今天已是" in locked.text("message_strip")


def test_the_screen_is_covered_when_nobody_was_there(locked: CounterWindow) -> None:
    sign_in(locked)
    care = locked.counter._safety  # noqa: SLF001 - minutes cannot be waited for
    assert care is not None
    care._lock._idle.due.emit()  # noqa: SLF001 - as above
    assert locked.counter.window.covered_by == "sign_in_page"


def test_without_sign_in_a_covered_screen_is_lifted_by_enter(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Ctrl+L")
    assert window.counter.window.covered_by == "covered_page"
    window.press("Return")
    assert window.counter.window.covered_by == ""
    assert window.typed("id_number") == RESIDENT


def test_voiding_asks_a_supervisor_beside_the_clerk(locked: CounterWindow) -> None:
    sign_in(locked)
    serve(locked)
    locked.press("F9")
    for widget in QApplication.topLevelWidgets():
        if widget.objectName() == "notice_preview":
            widget.close()
    locked.shell.activateWindow()
    locked.press("Ctrl+2", "Down", "Ctrl+Delete")
    dialog = shown(locked.window, VoidDialog, "void_dialog")
    assert dialog is not None
    locked.press("Alt+1", "Return")
    asked = shown(locked.window, ApprovalDialog, "approval_dialog")
    assert asked is not None
    assert child(asked, QComboBox, "approval_name").currentText() == BOSS
    agree(locked, asked, "something wrong 99")
    assert "没有登录" in child(asked, QLabel, "approval_said").text()
    desk = locked.counter.session.desk
    assert desk is not None
    assert ledger_page(desk).rows[0].state == "issued"
    agree(locked, asked, BOSS_SECRET)
    assert ledger_page(desk).rows[0].state == "void"


def test_voiding_all_of_a_list_asks_a_supervisor_beside_the_clerk(
    locked: CounterWindow, tmp_path: Path
) -> None:
    sign_in(locked)
    roster = RosterWindow(locked.qtbot, locked)
    roster.open(write_xlsx(tmp_path / "list.xlsx", people(3)))
    locked.press("Ctrl+Y")
    roster.issue()
    roster.close_box()
    locked.press("Ctrl+2", "Ctrl+Shift+Delete")
    assert shown(locked.window, RunVoidDialog, "void_dialog") is not None
    locked.press("Alt+1", "Return")
    asked = shown(locked.window, ApprovalDialog, "approval_dialog")
    assert asked is not None
    desk = locked.counter.session.desk
    assert desk is not None
    assert {row.state for row in ledger_page(desk).rows} == {"issued"}
    agree(locked, asked, BOSS_SECRET)
    assert [row.state for row in ledger_page(desk).rows] == ["void"] * 3
    assert faults_of(desk) == ()


def test_sign_in_can_be_turned_on_later_by_the_mark(window: CounterWindow) -> None:
    window.press("F2")
    press(window, "access_mark")
    window.qtbot.waitUntil(lambda: window.counter.window.covered_by == "choice_page")
    name_clerks(window)
    key = window.text("recovery_key")
    write(window, "recovery_typed", key)
    with window.qtbot.waitSignal(window.counter.opened, timeout=20_000):
        press(window, "recovery_finish")
    assert access.state(window.folder).kind == LOCKED


def test_a_whole_id_number_is_shown_by_a_key_and_the_ledger_keeps_that_it_was(
    window: CounterWindow,
) -> None:
    serve(window)
    window.press("F9")
    for widget in QApplication.topLevelWidgets():
        if widget.objectName() == "notice_preview":
            widget.close()
    window.shell.activateWindow()
    window.press("Ctrl+2", "Down")
    desk = window.counter.session.desk
    assert desk is not None
    before = desk.backups.state(OPENED_AT.date()).text
    assert RESIDENT not in window.text("ledger_message")
    window.press("Ctrl+I")
    assert RESIDENT in window.text("ledger_message")
    assert desk.backups.state(OPENED_AT.date()).text != before  # one event more to back up


def test_a_supervisor_adds_a_clerk_and_changes_a_secret(locked: CounterWindow) -> None:
    sign_in(locked, BOSS, BOSS_SECRET)
    press(locked, "access_mark")
    dialog = shown(locked.window, ClerksDialog, "clerks_dialog")
    assert dialog is not None
    said = child(dialog, QLabel, "clerks_said")
    for name in ("clerk_new_secret", "clerk_new_again"):
        child(dialog, QLineEdit, name).setText("liushui gaoshan 64")
    child(dialog, QLineEdit, "clerk_new_name").setText("赵新")
    child(dialog, QPushButton, "clerk_add").click()
    locked.qtbot.waitUntil(lambda: "已加入 赵新" in said.text(), timeout=15_000)
    assert child(dialog, QLineEdit, "clerk_new_secret").text() == ""
    child(dialog, QLineEdit, "clerk_new_secret").setText("liushui gaoshan 65")
    child(dialog, QPushButton, "clerk_change").click()
    assert "两遍输入的新口令不一样" in said.text()
    desk = locked.counter.session.desk
    assert desk is not None
    assert {one.name for one in desk.access.clerks.listed()} == {BOSS, CLERK_NAME, "赵新"}
    dialog.reject()
    locked.press("Ctrl+L")
    sign_in(locked, "赵新", "liushui gaoshan 64")
    assert locked.counter.window.covered_by == ""
    assert child(locked.window, QPushButton, "access_mark").text() == "经办人"


def test_a_clerk_can_only_change_the_own_secret(locked: CounterWindow) -> None:
    sign_in(locked)
    press(locked, "access_mark")
    dialog = shown(locked.window, ClerksDialog, "clerks_dialog")
    assert dialog is not None
    assert child(dialog, QComboBox, "clerk_chosen").count() == 1
    assert not child(dialog, QPushButton, "clerk_add").isVisible()
    dialog.reject()


def test_another_recovery_key_counts_only_when_typed_back(locked: CounterWindow) -> None:
    sign_in(locked, BOSS, BOSS_SECRET)
    press(locked, "access_mark")
    dialog = shown(locked.window, ClerksDialog, "clerks_dialog")
    assert dialog is not None
    child(dialog, QPushButton, "clerks_recovery").click()
    assert locked.counter.window.covered_by == "recovery_page"
    key = locked.text("recovery_key")
    write(locked, "recovery_typed", key)
    press(locked, "recovery_finish")
    assert locked.counter.window.covered_by == ""
    assert access.recover(locked.folder, key).recovered
