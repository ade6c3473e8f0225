"""What works for the dialog of clerks goes with it, or with the page that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from medcounter.desk.access import sign_in
from tests.gui.counter_window import CounterWindow, dress
from tests.gui.finding import child, shown
from tests.gui.signed_in import open_as, signed_folder
from tests.support.desk.counter_samples import Clock
from tests.support.store.access_samples import SECRETS, ZHAO
from ui.access.clerks_flow import ClerksFlow
from ui.dialogs.clerks_dialog import ClerksDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

NEW_SECRET = "dong nan xi bei"  # noqa: S105 - made up here


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """A window in which the supervisor signed in."""
    dress(qapp)
    made = CounterWindow(qtbot, signed_folder(tmp_path / "hall"), Clock())
    open_as(made, ZHAO)
    yield made
    made.counter.close()


def open_clerks(window: CounterWindow) -> ClerksDialog:
    """Open the dialog of clerks."""
    child(window.window, QPushButton, "access_mark").click()
    dialog = shown(window.window, ClerksDialog, "clerks_dialog")
    assert dialog is not None
    return dialog


def flows(window: CounterWindow) -> list[ClerksFlow]:
    """What still works for a dialog of clerks."""
    return list(window.window.findChildren(ClerksFlow))


def test_a_closed_dialog_of_clerks_leaves_nothing_behind(window: CounterWindow) -> None:
    for _ in range(2):
        open_clerks(window).reject()
    window.qtbot.waitUntil(lambda: flows(window) == [])


def type_clerk(dialog: ClerksDialog, name: str, secret: str) -> None:
    """Type one more clerk and the secret for them."""
    for line in ("clerk_new_secret", "clerk_new_again"):
        child(dialog, QLineEdit, line).setText(secret)
    child(dialog, QLineEdit, "clerk_new_name").setText(name)


def names(window: CounterWindow) -> set[str]:
    """Who can sign in, as the key files say."""
    return {one.name for one in sign_in.state(window.folder).clerks}


def test_a_secret_is_stretched_beside_the_window_and_nothing_else_is_taken_meanwhile(
    window: CounterWindow,
) -> None:
    dialog = open_clerks(window)
    type_clerk(dialog, "钱进", NEW_SECRET)
    said = child(dialog, QLabel, "clerks_said")
    child(dialog, QPushButton, "clerk_add").click()
    assert "正在用新口令加密" in said.text()
    assert "钱进" not in names(window)
    lines: list[QLineEdit] = list(dialog.findChildren(QLineEdit))
    assert not any(line.isEnabled() for line in lines)
    buttons: list[QPushButton] = list(dialog.findChildren(QPushButton))
    assert {one.objectName() for one in buttons if one.isEnabled()} == {"clerks_close"}
    window.press("Space", "Return")
    window.qtbot.waitUntil(lambda: "已加入 钱进" in said.text(), timeout=15_000)
    assert "钱进" in names(window)
    assert child(dialog, QLineEdit, "clerk_new_secret").text() == ""
    assert all(line.isEnabled() for line in lines)
    dialog.reject()


def test_a_wrong_present_secret_loses_nothing_that_was_typed_and_the_ledger_knows_of_it(
    window: CounterWindow,
) -> None:
    dialog = open_clerks(window)
    child(dialog, QLineEdit, "clerk_present").setText("wrong")
    type_clerk(dialog, "", NEW_SECRET)
    child(dialog, QLineEdit, "clerk_new_again").setFocus()
    said = child(dialog, QLabel, "clerks_said")
    child(dialog, QPushButton, "clerk_change").click()
    assert "正在用新口令加密" in said.text()
    window.qtbot.waitUntil(lambda: "姓名或口令不对" in said.text(), timeout=15_000)
    assert child(dialog, QLineEdit, "clerk_new_secret").text() == NEW_SECRET
    assert window.focus() == "clerk_new_again"
    assert sign_in.tries_at(window.folder).unlogged() == {}
    child(dialog, QLineEdit, "clerk_present").setText(SECRETS[ZHAO])
    child(dialog, QPushButton, "clerk_change").click()
    window.qtbot.waitUntil(lambda: "口令已改" in said.text(), timeout=15_000)
    assert sign_in.sign_in(window.folder, ZHAO, NEW_SECRET).name == ZHAO
    dialog.reject()


def test_who_leaves_while_a_secret_is_stretched_changed_nothing(window: CounterWindow) -> None:
    dialog = open_clerks(window)
    before = names(window)
    type_clerk(dialog, "钱进", NEW_SECRET)
    child(dialog, QPushButton, "clerk_add").click()
    window.press("Esc")
    window.qtbot.waitUntil(lambda: flows(window) == [], timeout=15_000)
    assert names(window) == before


def test_the_page_of_another_recovery_key_still_works_and_leaves_nothing(
    window: CounterWindow,
) -> None:
    child(open_clerks(window), QPushButton, "clerks_recovery").click()
    window.qtbot.wait(50)
    key = child(window.window, QLabel, "recovery_key").text()
    child(window.window, QLineEdit, "recovery_typed").setText(key)
    child(window.window, QPushButton, "recovery_finish").click()
    assert window.counter.window.covered_by == ""
    window.qtbot.waitUntil(lambda: flows(window) == [])
