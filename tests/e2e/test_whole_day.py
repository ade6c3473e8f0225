"""A whole counter day by keys alone: short without a screen, whole on a real one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from tests.e2e.hall_before import CLERK_NAME, CLERK_SECRET, KNOWN, NEW, yesterday
from tests.e2e.whole_day import WholeDay
from tests.e2e.x11_hands import X11Hands
from tests.gui.counter_window import dress
from tests.gui.keyboard import Keyboard
from tests.support.desk.counter_samples import Clock, faults_of, ledger_page
from tests.support.store.store_samples import demo_roots
from ui.counter import Counter
from ui.demo.typist import Typist
from ui.frame.shell import Shell
from ui.qt_translations import install_translations
from ui.surroundings import Surroundings

# Where make day wants its pictures; it also brings a screen.
PICTURES = os.environ.get("MEDCOUNTER_DAY", "")


class QuietHands(Typist):
    """Hands where there is no screen: nothing is pictured."""

    reader = Keyboard()

    def lay_card(self, text: str) -> None:
        self.pressed += 1
        self.focused()
        self.reader.read(text)
        QApplication.processEvents()

    def front(self) -> QWidget | None:
        return self.focused().window()

    def picture(self, path: str) -> None:
        """Where nothing is seen there is nothing to keep."""


def begin(hands: type[QuietHands | X11Hands], folder: Path) -> WholeDay:
    """Start the program in the morning as its own start does."""
    yesterday(folder)
    clock = Clock()
    shell = Shell()
    counter = Counter(shell, folder, Surroundings(clock=clock, roots=demo_roots(), printer=str))
    day = WholeDay(X11Hands(shell) if hands is X11Hands else QuietHands(), shell, counter, clock)
    shell.resize(1366, 768)
    if hands is X11Hands:
        shell.showMaximized()
    else:
        shell.show()
    assert QTest.qWaitForWindowExposed(shell)
    counter.begin()
    return day


def end(day: WholeDay, folder: Path) -> list[str]:
    """Close the window and read the ledger by the desk alone."""
    day.shell.close()
    who = sign_in.sign_in(folder, CLERK_NAME, CLERK_SECRET)
    desk = Desk.open(folder, day.clock(), roots=demo_roots(), who=who)
    try:
        assert faults_of(desk) == ()
        assert len(desk.days.closes()) == 2
        return sorted(row.number for row in ledger_page(desk, limit=1000).rows)
    finally:
        desk.close()


def test_a_short_day_without_a_screen_leaves_no_gap(qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    day = begin(QuietHands, tmp_path / "hall")
    day.sign_in()
    day.confirm_the_print_of_yesterday()
    day.serve_by_reader(KNOWN[:1], new=False)
    day.serve_typed(NEW[4:5])
    day.serve_found("initials", [("zhj", KNOWN[5])])
    day.household_by_reader(KNOWN[14:16])
    day.newborn()
    day.lapsed_with_repair(NEW[10])
    day.what_if_and_why(KNOWN[18])
    day.correct()
    day.void()
    day.reprint_last()
    day.lock()
    day.close_day()
    day.close_the_forgotten_day()
    assert end(day, tmp_path / "hall") == gap_free(day)


@pytest.mark.skipif(not PICTURES, reason="make day plays it at a real screen")
def test_the_whole_day_at_a_real_screen(qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    install_translations(qapp)
    pictures = Path(PICTURES)
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    day = begin(X11Hands, tmp_path / "hall")
    day.pictures = pictures
    day.sign_in()
    day.confirm_the_print_of_yesterday()
    day.serve_by_reader(KNOWN[:5], new=False)
    day.serve_by_reader(NEW[:4], new=True)
    day.serve_typed(NEW[4:8])
    initials = zip(("zhj", "wmj", "fjj", "cgj"), KNOWN[5:9], strict=True)
    day.serve_found("initials", list(initials))
    day.serve_found("last-four", [(one.id_number[-4:], one) for one in KNOWN[9:12]])
    numbers = zip(("2025-03-000013", "2025-03-000014"), KNOWN[12:14], strict=True)
    day.serve_found("notice-number", list(numbers))
    day.household_by_reader(KNOWN[14:18])
    day.household_typed(NEW[8:10])
    day.newborn()
    day.lapsed_with_repair(NEW[10])
    day.what_if_and_why(KNOWN[18])
    assert day.served >= 30
    day.correct()
    day.void()
    day.reprint_last()
    day.export(tmp_path / "ledger.xlsx")
    day.enter_later()
    day.self_check()
    day.practise()
    day.lock()
    day.roster(tmp_path / "list.xlsx", 5)
    day.close_day()
    day.close_the_forgotten_day()
    assert end(day, tmp_path / "hall") == gap_free(day)
    tell(day, pictures / "figures.txt")


def gap_free(day: WholeDay) -> list[str]:
    """The numbers of yesterday and today, one after the other."""
    return [f"2025-03-{number:06d}" for number in range(1, len(KNOWN) + day.served + 1)]


def tell(day: WholeDay, path: Path) -> None:
    """Write down what the day took."""
    assert isinstance(day.hands, X11Hands)
    paints = sorted(day.hands.ears.paints)
    lines = [f"{keys:5d}  {name}" for name, keys in day.keys.items()]
    slowest = ", ".join(f"{key} {ms:.0f} ms" for ms, key in paints[-8:])
    slow = paints[len(paints) * 99 // 100][0]
    lines += [
        f"{day.hands.pressed} keys for {day.served} notices and all else",
        f"key to frame, 99th percentile of {len(paints)}: {slow:.0f} ms",
        f"slowest: {slowest}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
