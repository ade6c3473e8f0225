"""What a key costs in the window of the rule studio: until its own paint, and until all is shown.

In processor time of the window's thread: where other work goes on beside, only that
tells. The first frame shows the key, the second the form, the year's strip and the
residents on screen. Prints what was measured; a slow machine fails no test.
"""

from __future__ import annotations

from datetime import datetime
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from medcounter.desk.access import sign_in
from tests.bench.report import percentile, spread, tell
from tests.gui.counter_window import SETTINGS, CounterWindow, dress
from tests.gui.views.studio.test_studio_typist import open_draft
from tests.support.desk.counter_samples import BEIJING, Clock
from ui.app import keep_loaded
from ui.views.studio.field_controls import ValueLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PLACES = (("jx", "2026"), ("wx", "2026"), ("gx", "2025"))
KEYS = ("1", "2", "Backspace", "Backspace")
# The first frame shows the key, the second what follows from it.
FRAMES = 2
REST_MS, MOST_S = 60, 2.0


@pytest.fixture
def hall(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """A window at a desk that was set up, in the season."""
    dress(qapp)
    (tmp_path / "settings.json").write_text(SETTINGS, encoding="utf-8")
    sign_in.choose_open(tmp_path, Clock()())
    clock = Clock(datetime(2026, 11, 29, 10, 5, tzinfo=BEIJING))
    window = CounterWindow(qtbot, tmp_path, clock)
    window.open()
    keep_loaded()
    yield window
    window.counter.close()


def begin(window: CounterWindow, place: str, year: str) -> None:
    """Begin a draft with the year's rules in use, and wait until it is checked."""
    window.press("Ctrl+7", "Ctrl+N")
    window.type(place)
    window.press("Return")
    window.type(year)
    window.press("Tab", "Tab", "Home", "Return")
    draft = open_draft(window)
    window.qtbot.waitUntil(lambda: draft.live.is_checked, timeout=300_000)


def lines_of(window: CounterWindow) -> Iterator[ValueLine]:
    """One line of each label, in each section, as they are shown."""
    known = {""}
    for _ in open_draft(window).form.sections:
        for line in map(_line, window.window.findChildren(QLineEdit)):
            name = line.accessibleName() if line and line.isVisible() and line.isEnabled() else ""
            if line and name not in known:
                known.add(name)
                yield line
        window.press("Ctrl+PgDown")


def _line(widget: QLineEdit) -> ValueLine | None:
    return widget if isinstance(widget, ValueLine) else None


@pytest.mark.parametrize(("place", "year"), PLACES)
def test_a_key_until_it_is_painted_and_until_what_follows_is(
    hall: CounterWindow, place: str, year: str, request: pytest.FixtureRequest
) -> None:
    begin(hall, place, year)
    painted: list[float] = []
    hall.shell.frame_painted.connect(lambda: painted.append(thread_time()))
    own, all_shown = [], []
    for line in lines_of(hall):
        line.setFocus()
        line.end(False)  # noqa: FBT003 - Qt's own signature
        for key in KEYS:
            QTest.qWait(REST_MS)
            painted.clear()
            began, worked = perf_counter(), thread_time()
            QTest.keyClick(line, Qt.Key[f"Key_{key}"])
            while len(painted) < FRAMES and perf_counter() - began < MOST_S:
                QCoreApplication.processEvents()
            assert painted
            own.append((painted[0] - worked) * 1000)
            all_shown.append((painted[-1] - worked) * 1000)
    tell(request, f"the key's own paint: {spread(own, 'ms of work')}")
    share = percentile(all_shown, 95)
    tell(request, f"all shown (at most 50 ms): {spread(all_shown, 'ms of work')}, 95 % {share:.1f}")
