"""The resident's own window: their result alone, masked, gone with them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from tests.faults.secrets.masked_ways import PEOPLE
from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child, shown
from tests.oracle.id_candidates import candidates

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.counter_window import CounterWindow

PARTS = ("who", "place", "amount_value", "wait_value", "wait_detail", "cover_value")


def serve(window: CounterWindow) -> None:
    window.press("F2")
    window.type(RESIDENT)
    window.tab_to("name")
    window.type("吴建国")


def texts(window: CounterWindow) -> list[str]:
    labels: list[QLabel] = list(child_of(window).findChildren(QLabel))
    return [label.text() for label in labels]


def child_of(window: CounterWindow) -> QWidget:
    return child(window.shell, QWidget, "resident_screen")


def test_the_resident_sees_what_the_clerk_sees_with_the_number_masked(
    window: CounterWindow,
) -> None:
    serve(window)
    window.press("F12")
    read = {name: child(child_of(window), QLabel, f"resident_{name}").text() for name in PARTS}
    assert read["who"] == "吴建国　3601**********1237"
    assert (read["amount_value"], read["wait_value"], read["cover_value"]) == window.figures()
    assert RESIDENT not in " ".join(texts(window))


def test_it_follows_what_is_typed(window: CounterWindow) -> None:
    window.press("F12")
    assert "请出示证件，稍候" in texts(window)
    serve(window)
    assert "吴建国　3601**********1237" in texts(window)


def test_nothing_of_a_resident_is_left_when_the_next_one_comes(window: CounterWindow) -> None:
    serve(window)
    window.press("F12")
    timeline = child(child_of(window), QWidget, "resident_timeline")
    assert "年" in timeline.accessibleDescription()
    window.press("F2")
    assert timeline.accessibleDescription() == ""
    left = " ".join(texts(window))
    assert "吴建国" not in left
    assert "1237" not in left
    assert child_of(window).accessibleDescription() == "请出示证件，稍候"


def test_the_clerk_goes_on_typing_and_puts_it_away_by_the_same_key(
    window: CounterWindow,
) -> None:
    window.press("F12")
    assert shown(window.shell, QWidget, "resident_screen") is not None
    before = window.focus()
    window.press("F12")
    assert window.focus() == before
    assert shown(window.shell, QWidget, "resident_screen") is None


def test_behind_a_covered_screen_the_resident_is_hidden_here_too(window: CounterWindow) -> None:
    serve(window)
    window.press("F12", "Ctrl+L")
    left = " ".join(texts(window))
    assert "吴建国" not in left
    assert "1237" not in left
    window.press("Return")
    assert "吴建国　3601**********1237" in texts(window)


def test_nobody_works_a_number_out_from_the_screen_or_a_title(window: CounterWindow) -> None:
    window.press("F12")
    for number in (RESIDENT, PEOPLE["newborn"], PEOPLE["old"]):
        window.press("F2")
        window.type(number)
        window.tab_to("name")
        window.type("吴建国")
        day = window.clock().date()
        seen = " ".join((*texts(window), child_of(window).accessibleDescription()))
        assert f"{number[:4]}**" in seen
        assert candidates(seen, number, day) >= 500
        titles = " ".join(widget.windowTitle() for widget in QApplication.topLevelWidgets())
        assert candidates(titles, number, day) >= 500


def test_on_one_screen_it_lies_in_front_and_leaves_the_first_field_free(
    window: CounterWindow,
) -> None:
    window.press("F12")
    screen = child_of(window)
    assert screen.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    field = child(window.window, QLineEdit, "id_number")
    corner = field.mapToGlobal(field.rect().topLeft())
    assert not screen.frameGeometry().contains(corner)


def test_a_screen_taken_away_takes_the_residents_window_with_it(
    window: CounterWindow, qapp: QApplication
) -> None:
    window.press("F12")
    qapp.screenRemoved.emit(qapp.primaryScreen())
    assert shown(window.shell, QWidget, "resident_screen") is None


def test_what_filled_a_screen_that_is_gone_leaves_the_clerks_free(window: CounterWindow) -> None:
    window.press("F12")
    window.press("F12")
    page = child_of(window)
    # As it was put away when its own screen was taken.
    page.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, False)
    page.setWindowState(Qt.WindowState.WindowFullScreen)
    window.press("F12")
    screen = shown(window.shell, QWidget, "resident_screen")
    assert screen is not None
    assert not screen.isFullScreen()
    assert screen.width() < window.shell.screen().availableGeometry().width()


_THREE_SCREENS = """
from PySide6.QtWidgets import QApplication
from tests.support.desk.counter_samples import Clock
from ui.frame.shell import Shell
from ui.session.session import Session
from ui.views.resident.resident_screen import ResidentScreen

app = QApplication([])
shell = Shell()
shell.show()
resident = ResidentScreen(Session(Clock()), shell)
first, second, third = app.screens()


def told():
    page = resident._made_page()
    return page.screen().name() if page.isVisible() else "away"


resident.toggle()
print(told())
for gone in (third, second):
    app.screenRemoved.emit(gone)
    print(told())
resident.toggle()
app.screenRemoved.emit(first)
print(told())
"""


def test_only_the_residents_or_the_clerks_screen_takes_it_away(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": 1000 * place, "y": 0, "width": 1000, "height": 700}
        for place, name in enumerate(("clerk", "resident", "wall"))
    ]
    layout = tmp_path / "screens.json"
    layout.write_text(json.dumps({"screens": screens}))
    platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={layout}"}
    done = subprocess.run(
        [sys.executable, "-c", _THREE_SCREENS],
        env=os.environ | platform,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["resident", "resident", "away", "away"]
