"""Where the recovery key is typed, the keys come back to it after a wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.gui.finding import child
from ui.access import sign_in_page
from ui.access.sign_in_page import SignInPage

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def test_the_keys_come_back_to_the_recovery_key_when_the_wait_is_over(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_page, "SECOND_MS", 10)
    window = QWidget()
    qtbot.addWidget(window)
    page = SignInPage(window)
    window.show()
    window.activateWindow()
    child(page, QPushButton, "sign_in_by_recovery").click()
    page.show_refused("输错次数太多", 1)
    button = child(page, QPushButton, "sign_in_button")
    qtbot.waitUntil(button.isEnabled)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "sign_in_recovery"
