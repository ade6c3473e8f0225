"""A short counter day by the mouse alone, at a real screen; typing is not counted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.wording.terms import VOID
from tests.e2e.hall_before import NEW, Resident
from tests.e2e.x11_mouse import X11Mouse
from tests.gui.counter_window import SETTINGS, dress
from tests.support.desk.counter_samples import Clock, faults_of, ledger_page
from tests.support.store.store_samples import demo_roots
from ui.counter import Counter
from ui.frame.shell import Shell
from ui.mouse_ways import MENU, ROW
from ui.qt_translations import install_translations
from ui.surroundings import Surroundings

PICTURES = os.environ.get("MEDCOUNTER_DAY", "")
_LEDGER_ROW = f"{ROW}ledger_table"


class MouseDay:
    """The day, job by job, with the clicks of each."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
        self.clock = Clock()
        sign_in.choose_open(folder, self.clock())
        self.shell = Shell()
        around = Surroundings(clock=self.clock, roots=demo_roots(), printer=str)
        self.counter = Counter(self.shell, folder, around)
        self.mouse = X11Mouse(self.shell)
        self.clicks: dict[str, int] = {}
        self.shell.resize(1366, 768)
        self.shell.showMaximized()
        assert QTest.qWaitForWindowExposed(self.shell)
        self.counter.begin()

    def job(self, name: str, *clicks: str) -> None:
        """Do a job that needs no typing."""
        before = self.mouse.clicked
        self.mouse.click(*clicks)
        self.clicks[name] = self.mouse.clicked - before
        self.picture(name)

    def picture(self, name: str) -> None:
        """Keep what the screen shows."""
        self.mouse.picture(str(Path(PICTURES) / f"mouse-{len(self.clicks):02d}-{name}.png"))

    def write(self, one: Resident) -> None:
        """Type who stands there."""
        self.mouse.write("id_number", one.id_number)
        self.mouse.write("name", one.name)

    def serve(self, one: Resident) -> None:
        """Serve somebody who comes alone, and close the notice that is shown instead of paper."""
        self.clock.move(7)
        before = self.mouse.clicked
        self.write(one)
        self.mouse.click("issue_button", "close", "new_person_button")
        self.clicks[f"serve {one.name}"] = self.mouse.clicked - before
        self.picture("serve")


@pytest.mark.skipif(not PICTURES, reason="make day plays it at a real screen")
def test_a_short_day_by_the_mouse_alone_at_a_real_screen(
    qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp)
    install_translations(qapp)
    Path(PICTURES).mkdir(parents=True, exist_ok=True)
    day = MouseDay(tmp_path / "hall")
    for one in NEW[:3]:
        day.serve(one)
    before = day.mouse.clicked
    day.write(NEW[3])
    day.mouse.click("new_member_button")
    day.write(NEW[4])
    day.picture("household")
    day.mouse.click("issue_button", "close", "new_person_button")
    day.clicks["household of two"] = day.mouse.clicked - before
    day.write(NEW[5])
    day.job("put aside", "park_button")
    day.job("take back", "park_button")
    day.job("next", "new_person_button")
    day.job("undo", "undo_button")
    day.job("next again", "new_person_button")
    day.job("reprint the last", "more_button", f"{MENU}more_reprint_last")
    day.mouse.click("close")
    day.job("void: the reasons", "view_ledger_tab", _LEDGER_ROW, "ledger_void_button")
    day.job("void", "void_usual_1", "void_confirm")
    day.job("correct: the reasons", "ledger_correct_button")
    day.job("correct", "void_usual_1", "void_confirm")
    day.job("issue the correction", "issue_button")
    day.mouse.click("close")
    day.job("close the day", "view_day_tab", "day_close_button", "close_day_confirm")
    day.job("lock", "more_button", f"{MENU}more_lock")
    day.job("go on", "covered_lift")
    day.job("practise", "more_button", f"{MENU}more_practice")
    day.job("choose an exercise", "practice_case_1")
    day.job("back from practice", "more_button", f"{MENU}more_practice")
    lines = [f"{count:3d}  {name}" for name, count in day.clicks.items()]
    Path(PICTURES, "clicks.txt").write_text("\n".join(lines), encoding="utf-8")
    day.shell.close()
    desk = Desk.open(tmp_path / "hall", day.clock(), roots=demo_roots())
    rows = ledger_page(desk).rows
    assert faults_of(desk) == ()
    assert (len(rows), [row.state for row in rows].count(VOID)) == (6, 1)
    assert len(desk.days.closes()) == 1
    desk.close()
