"""A window in whose ledger clerks sign in, one of them signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from tests.gui.counter_window import SETTINGS, CounterWindow
from tests.gui.finding import child
from tests.support.store.access_samples import SECRETS, locked_folder

if TYPE_CHECKING:
    from pathlib import Path

    from medcounter.desk.desk import Desk


def signed_folder(folder: Path) -> Path:
    """Make a hall's folder that a clerk, an auditor and a supervisor can open."""
    locked_folder(folder)
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    return folder


def type_secret(window: CounterWindow, name: str) -> None:
    """Sign in at the page that asks for it, as it is open now."""
    child(window.window, QComboBox, "sign_in_name").setCurrentText(name)
    child(window.window, QLineEdit, "sign_in_secret").setText(SECRETS[name])
    child(window.window, QPushButton, "sign_in_button").click()


def open_as(window: CounterWindow, name: str) -> None:
    """Open a window's desk as somebody."""
    window.counter.begin()
    wait_for_sign_in(window)
    with window.qtbot.waitSignal(window.counter.opened, timeout=15_000):
        type_secret(window, name)
    window.shell.activateWindow()


def wait_for_sign_in(window: CounterWindow) -> None:
    """Wait until somebody must sign in."""
    window.qtbot.waitUntil(
        lambda: window.counter.window.covered_by == "sign_in_page", timeout=10_000
    )


def desk_of(window: CounterWindow) -> Desk:
    """The open desk behind a window."""
    assert window.counter.session.desk is not None
    return window.counter.session.desk


def who(window: CounterWindow) -> str:
    """Who sits at it."""
    clerk = desk_of(window).access.who
    return "" if clerk is None else clerk.name


def agree(window: CounterWindow, dialog: QWidget, secret: str) -> None:
    """Type a supervisor's secret, and wait until it was checked and what it was asked for done."""
    line = child(dialog, QLineEdit, "approval_secret")
    line.setText(secret)
    child(dialog, QPushButton, "approval_agree").click()
    window.qtbot.waitUntil(
        lambda: not isValid(dialog) or not dialog.isVisible() or line.isEnabled(), timeout=15_000
    )
