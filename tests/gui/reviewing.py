"""A draft handed over and reviewed in the window of a hall's two supervisors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QTableView

from medcounter.desk.authoring.draft_release import DraftRelease
from tests.gui.finding import child, shown
from tests.gui.signed_in import wait_for_sign_in
from tests.support.desk.hall_samples import AT, BEGINS, NAMES, opened, secret_of, word_of
from ui.views.studio.release.release_flow import ReleaseFlow
from ui.views.studio.release.review_dialog import ReviewDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.counter_window import CounterWindow

WANG, LI, _ = NAMES


def sign_in(window: CounterWindow, name: str) -> None:
    """Let one of the hall's people in."""
    window.counter.begin()
    wait_for_sign_in(window)
    with window.qtbot.waitSignal(window.counter.opened, timeout=20_000):
        child(window.window, QComboBox, "sign_in_name").setCurrentText(name)
        child(window.window, QLineEdit, "sign_in_secret").setText(secret_of(name))
        child(window.window, QPushButton, "sign_in_button").click()
    window.shell.activateWindow()


def enter(window: CounterWindow, name: str) -> None:
    """Sign in and open the only draft."""
    sign_in(window, name)
    window.press("Ctrl+7", "Return")
    samples = child(window.window, QTableView, "studio_samples")
    window.qtbot.waitUntil(lambda: samples.model().rowCount() > 0, timeout=30_000)


def hand_over(folder: Path) -> None:
    """Let the author hand the only draft to the reviewer."""
    with opened(folder, WANG) as desk:
        (line,) = desk.authoring.listed()
        session = desk.authoring.open(line.number, AT)
        DraftRelease(session, desk.release).hand_over(LI, BEGINS, word_of(desk), AT)


def wait_for_review(window: CounterWindow) -> ReviewDialog:
    """Wait until the residents are worked out and the review is shown."""
    window.qtbot.waitUntil(
        lambda: shown(window.window, ReviewDialog, "studio_review") is not None, timeout=30_000
    )
    return child(window.window, ReviewDialog, "studio_review")


def flow_of(window: CounterWindow) -> ReleaseFlow:
    """The release of the window's drafts."""
    flows: list[ReleaseFlow] = list(window.window.findChildren(ReleaseFlow))
    assert len(flows) == 1
    return flows[0]
