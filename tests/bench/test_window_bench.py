"""What the window costs: a keystroke until it is painted, the start, the memory.

Prints what was measured beside the budget; a slow machine fails no test.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest

from medcounter.desk.access import sign_in
from tests.bench.report import spread, tell
from tests.counter_samples import Clock
from tests.gui.counter_window import LARGE, SETTINGS, CounterWindow, dress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
KEYSTROKES = 500
RUNS = 9
RESIDENTS = ("360103198807121237", "11010519491231002X", "360103198807121233")
EMPTY_WINDOW = """
import sys, time
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
    def customEvent(self, event):
        print("painted", time.time())
        QApplication.quit()
application = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""
OUR_WINDOW = """
import sys, time
from ui import app
class Shell(app.Shell):
    def __init__(self):
        super().__init__()
        self.first_painted.connect(self.tell)
    def tell(self):
        print("painted", time.time())
        if sys.argv[1:] == ["first-frame"]:
            app.QApplication.quit()
class Start(app.Start):
    def go_on(self):
        super().go_on()
        self.counter.session.updated.connect(self.answered)
        self.counter.opened.connect(self.opened)
    def opened(self):
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit
        QTest.keyClicks(self.counter.window.findChild(QLineEdit, "id_number"), "3")
    def answered(self, outcome):
        if outcome.draft.id_number == "3":
            print("answered", time.time())
            print("memory", 4096 * int(open("/proc/self/statm").read().split()[1]))
            app.QApplication.quit()
app.Shell, app.Start = Shell, Start
sys.exit(app.main([]))
"""


def started(code: str, folder: Path, *words: str) -> dict[str, float]:
    """Start a program; what it told, times in seconds since it was started."""
    environment = os.environ | {"MEDCOUNTER_DATA_DIR": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    begun = _now()
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = re.findall(r"^(\w+) ([\d.]+)$", done.stdout, re.MULTILINE)
    return {name: float(value) - (0 if name == "memory" else begun) for name, value in told}


def _now() -> float:
    from time import time  # noqa: PLC0415 - the clock that another process reads too

    return time()


@pytest.fixture
def hall(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """A window at a desk that was set up and never used."""
    dress(qapp)
    (tmp_path / "settings.json").write_text(SETTINGS, encoding="utf-8")
    window = CounterWindow(qtbot, tmp_path, Clock(), LARGE)
    window.open()
    yield window
    window.counter.close()


def keystrokes(window: CounterWindow) -> list[float]:
    """Type residents one after another; what each key cost until painted, in ms."""
    field = window.focused()
    costs: list[float] = []
    while len(costs) < KEYSTROKES:
        for number in RESIDENTS:
            for character in number:
                begun = perf_counter()
                QTest.keyClicks(field, character)
                # What was changed is laid out and painted, as the event loop would do it.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
                QCoreApplication.sendPostedEvents(window.shell, QEvent.Type.UpdateRequest)
                costs.append((perf_counter() - begun) * 1000)
            # A key that went nowhere would be quick; every one must have been answered.
            outcome = window.counter.session.outcome
            assert outcome is not None
            assert outcome.draft.id_number == number
            window.press("Home", "Shift+End", "Backspace")
    return costs[:KEYSTROKES]


@pytest.mark.parametrize("members", [1, 8])
def test_a_keystroke_until_it_is_painted(
    request: pytest.FixtureRequest, hall: CounterWindow, members: int
) -> None:
    for member in range(members - 1):
        hall.type(f"36010319850505{member}231!")
        hall.tab_to("name")
        hall.type("吴建国")
        hall.press("Ctrl+N")
    costs = keystrokes(hall)
    assert len(hall.counter.session.household.members) == members
    tell(
        request,
        f"keystroke → painted, household of {members} (budget 16 ms at 99 %): "
        f"{spread(costs, 'ms')}",
    )


def test_the_first_frame_beside_an_empty_window(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    empty, ours = [], []
    for _ in range(RUNS):
        empty.append(started(EMPTY_WINDOW, tmp_path)["painted"])
        ours.append(started(OUR_WINDOW, tmp_path, "first-frame")["painted"])
    assert min(*empty, *ours) > 0, "nothing was painted after the start"
    tell(
        request,
        f"first paint (budget 1.5 × an empty window): {median(ours):.3f} s against "
        f"{median(empty):.3f} s, {median(ours) / median(empty):.2f} ×; "
        f"fastest {min(ours) / min(empty):.2f} ×",
    )


def test_the_first_answer_and_the_memory(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folders = [tmp_path / str(run) for run in range(RUNS)]
    for folder in folders:
        folder.mkdir()
        (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
        sign_in.choose_open(folder, datetime.now(UTC))
    runs = [started(OUR_WINDOW, folder) for folder in folders]
    answered = median(run["answered"] for run in runs)
    memory = max(run["memory"] for run in runs) / 1_000_000
    assert answered > 0, "the key was answered before the program was started"
    assert memory > 0
    tell(
        request,
        f"first keystroke answered at a start (budget 1.0 s): {answered:.2f} s; "
        f"resident memory (budget 200 MB): {memory:.0f} MB",
    )
