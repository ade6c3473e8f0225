"""Typed on a Saturday, issued on the Monday after it, at a real screen with the clock moved."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.e2e.hall_before import NEW
from tests.e2e.weekend import COVER, MONDAY, SATURDAY, WAIT, HallClock, Weekend, hall, issued
from tests.e2e.x11_hands import X11Hands
from tests.gui.counter_window import dress
from tests.gui.finding import child
from tests.support.desk.counter_samples import faults_of, ledger_page
from tests.support.store.store_samples import demo_roots
from ui.counter import Counter
from ui.frame.shell import Shell
from ui.qt_translations import install_translations
from ui.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from medcounter.notice.content.notice import Notice

# Where make weekend wants its pictures; it also brings a screen and the file of the clock.
PICTURES = os.environ.get("MEDCOUNTER_WEEKEND", "")
pytestmark = pytest.mark.skipif(not PICTURES, reason="make weekend plays it at a real screen")
ALONE, HUSBAND, WIFE, OTHER = NEW[0], NEW[1], NEW[2], NEW[3]
IN_TIME = ("¥400.00", "无等待期", "2026-03-01")
TOO_LATE = ("¥400.00", "3 个月", "2026-06-02")
TURNED = "今天已是 2026-03-02"


def begin(folder: Path, clock: HallClock, pictures: Path) -> Weekend:
    """Start the program as its own start does, and sign in."""
    shell = Shell()
    counter = Counter(shell, folder, Surroundings(roots=demo_roots(), printer=str))
    weekend = Weekend(X11Hands(shell), shell, counter, clock)
    weekend.pictures = pictures
    shell.resize(1366, 768)
    shell.showMaximized()
    assert QTest.qWaitForWindowExposed(shell)
    counter.begin()
    weekend.sign_in()
    return weekend


@pytest.fixture
def weekend(
    qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Weekend]:
    """A clerk who signed in on Saturday afternoon, ten minutes before closing."""
    dress(qapp)
    install_translations(qapp)
    clock = HallClock(Path(os.environ["FAKETIME_TIMESTAMP_FILE"]))
    clock.turn_to(SATURDAY)
    hall(tmp_path / "hall")
    pictures = Path(PICTURES) / request.node.name.removeprefix("test_")
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    weekend = begin(tmp_path / "hall", clock, pictures)
    yield weekend
    weekend.shell.close()


def notices(weekend: Weekend, folder: Path) -> list[Notice]:
    """Close the window and read what the notices say, oldest first."""
    weekend.shell.close()
    desk = issued(folder, weekend.clock())
    try:
        assert faults_of(desk) == ()
        numbers = sorted(row.number for row in ledger_page(desk, limit=100).rows)
        assert numbers == [f"2026-03-{place:06d}" for place in range(1, len(numbers) + 1)]
        return [desk.notices.find(number).notice for number in numbers]
    finally:
        desk.close()


def assert_of_monday(notice: Notice) -> None:
    """Hold a notice to what paying on Monday means."""
    benefits = notice.benefits
    assert notice.issued_at.date() == benefits.payment_date == MONDAY.date()
    assert benefits.wait is not None
    assert benefits.cover is not None
    assert (benefits.wait.start, benefits.wait.end) == WAIT
    assert (benefits.cover.start, benefits.cover.end) == COVER


def test_a_window_left_open_over_the_weekend(weekend: Weekend, tmp_path: Path) -> None:
    weekend.fill(ALONE)
    weekend.show_resident()
    assert weekend.figures() == IN_TIME
    assert weekend.resident_sees("cover_value") == "2026-03-01"
    weekend.see("saturday-typed")
    weekend.preview("saturday-preview")
    weekend.monday()
    # Nobody touches a key: it is seen within ten seconds.
    weekend.until(lambda: TURNED in weekend.told(), "worked anew by itself")
    weekend.see("monday-told")
    assert weekend.figures() == TOO_LATE
    assert weekend.resident_sees("cover_value") == "2026-06-02"
    weekend.preview("monday-preview")
    weekend.issue("monday-issue")
    (notice,) = notices(weekend, tmp_path / "hall")
    assert_of_monday(notice)


def test_a_screen_locked_over_the_weekend(weekend: Weekend, tmp_path: Path) -> None:
    weekend.household([HUSBAND, WIFE])
    weekend.see("saturday-household")
    weekend.hands.press("Ctrl+H")
    weekend.bring_list(tmp_path / "list.xlsx", 3)
    weekend.see("saturday-list-agreed")
    weekend.hands.press("Ctrl+1")
    weekend.fill(ALONE)
    weekend.show_resident()
    weekend.see("saturday-typed")
    weekend.hands.press("Ctrl+L")
    weekend.monday()
    weekend.unlock()
    assert TURNED in weekend.told()
    assert weekend.figures() == TOO_LATE
    assert weekend.resident_sees("cover_value") == "2026-06-02"
    weekend.see("monday-unlocked")
    weekend.issue("monday-issue")
    weekend.hands.press("F2", "Ctrl+H")
    assert weekend.figures() == TOO_LATE
    assert TURNED in weekend.told()
    assert f"{HUSBAND.name}：" in weekend.told()
    weekend.see("monday-household-back")
    weekend.issue("monday-household", 2)
    weekend.hands.press("Ctrl+3", "F10")
    weekend.until(lambda: TURNED in weekend.text("roster_message"), "the list is not issued")
    weekend.list_is_read()
    weekend.see("monday-list-anew")
    weekend.hands.press("Ctrl+Y")
    weekend.see("monday-list-agreed")
    weekend.hands.press("F10")
    question = child(weekend.window, QWidget, "roster_question")
    weekend.until(question.isVisible, "the list is asked about")
    weekend.see("monday-list-asked")
    weekend.hands.press("Ctrl+F10")
    weekend.until(weekend.is_covered, "roster papers")
    weekend.see("monday-list-issued")
    weekend.hands.press("Esc")
    weekend.back()
    found = notices(weekend, tmp_path / "hall")
    assert len(found) == 6
    for notice in found[:3]:
        assert_of_monday(notice)
    # One of the list is spared the wait and covered from the day after paying.
    assert {str(one.benefits.cover.start) for one in found[3:] if one.benefits.cover} == {
        "2026-06-02",
        "2026-03-03",
    }


def test_a_key_pressed_as_the_day_turns(weekend: Weekend, tmp_path: Path) -> None:
    weekend.household([HUSBAND, WIFE])
    assert weekend.figures() == IN_TIME
    weekend.monday()
    weekend.hands.press("F9")
    weekend.see("monday-key")
    assert TURNED in weekend.told()
    assert f"{HUSBAND.name}：" in weekend.told()
    assert not weekend.preview_is_open()
    weekend.issue("monday-issue", 2)
    found = notices(weekend, tmp_path / "hall")
    assert len(found) == 2
    for notice in found:
        assert_of_monday(notice)


def test_a_program_closed_over_the_weekend(weekend: Weekend, tmp_path: Path) -> None:
    weekend.fill(ALONE)
    weekend.see("saturday-typed")
    weekend.shell.close()
    weekend.monday()
    assert weekend.pictures is not None
    again = begin(tmp_path / "hall", weekend.clock, weekend.pictures / "monday")
    assert TURNED in again.told()
    assert again.figures() == TOO_LATE
    again.issue("monday-issue")
    (notice,) = notices(again, tmp_path / "hall")
    assert_of_monday(notice)


def test_a_preview_open_over_the_weekend(weekend: Weekend) -> None:
    weekend.fill(OTHER)
    weekend.hands.press("Ctrl+P")
    weekend.until(weekend.preview_is_open, "preview")
    weekend.see("saturday-preview")
    weekend.monday()
    weekend.until(lambda: TURNED in weekend.told(), "worked anew by itself")
    weekend.see("monday")
    assert not weekend.preview_is_open()
