"""The one search box, the household, and every step that can be taken back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget

from medcounter.desk.desk import Desk
from tests.gui.counter_window import RESIDENT, CounterWindow
from tests.gui.finding import child
from tests.support.desk.counter_samples import OPENED_AT, Counter, ledger_page
from tests.support.store.store_samples import demo_roots

if TYPE_CHECKING:
    from medcounter.desk.draft.draft import Draft

ROOT = Path(__file__).resolve().parents[3]
WIFE = "360103199003071232"
# Types into a window and kills itself, as a power cut would.
KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.counter import Counter
from ui.surroundings import Surroundings
from ui.frame.shell import Shell
from tests.support.desk.counter_samples import Clock
from tests.support.store.store_samples import demo_roots

application = QApplication([])
shell = Shell()
counter = Counter(shell, Path(sys.argv[1]), Surroundings(clock=Clock(), roots=demo_roots()))

def type_and_die():
    session = counter.session
    session.edit("id_number", "360103198807121237")
    session.add_member()
    session.edit("name", "吴梅")
    die = lambda: os.kill(os.getpid(), signal.SIGKILL)
    shell.frame_painted.connect(lambda: QTimer.singleShot(50, die))
    shell.update()

counter.opened.connect(lambda: QTimer.singleShot(0, type_and_die))
shell.show()
counter.begin()
application.exec()
"""


@pytest.fixture
def known(unopened: CounterWindow, hall_folder: Path) -> CounterWindow:
    """A window at a desk that has served two residents."""
    desk = Desk.open(hall_folder, OPENED_AT, roots=demo_roots())
    counter = Counter(desk)
    counter.issue("吴建国", insured_years=(2023, 2024))
    counter.issue("单小红", id_number=WIFE)
    desk.close()
    unopened.open()
    unopened.clock.move(10)
    return unopened


def members(window: CounterWindow) -> tuple[Draft, ...]:
    return window.counter.session.household.members


def lines(window: CounterWindow) -> list[str]:
    found = child(window.window, QListWidget, "matches")
    return [found.item(row).text() for row in range(found.count())] if found.isVisible() else []


@pytest.mark.parametrize(
    "text", ["吴建国", "建国", "wjg", "wujian", "1237", "2025-03-000001", "3601031988"]
)
def test_whoever_is_known_is_listed_while_typing(known: CounterWindow, text: str) -> None:
    known.type(text)
    (line,) = lines(known)
    assert "吴建国" in line
    assert RESIDENT not in line
    assert known.focus() == "id_number"


def test_the_list_of_the_found_shows_no_half_of_a_field_below_it(known: CounterWindow) -> None:
    known.type("wjg")
    found = child(known.window, QListWidget, "matches")
    lower = found.mapToGlobal(found.rect().bottomLeft()).y()
    for name in ("name", "payment_date"):
        field = child(known.window, QLineEdit, name)
        upper = field.mapToGlobal(field.rect().topLeft()).y()
        assert not upper < lower < upper + field.height()


@pytest.mark.parametrize("keyed", ["sxh", "dxh", "cxh"])
def test_every_reading_of_a_surname_finds(known: CounterWindow, keyed: str) -> None:
    known.type(keyed)
    assert len(lines(known)) == 1


def test_a_whole_number_needs_no_choosing_and_says_where_the_rest_is_from(
    known: CounterWindow,
) -> None:
    known.type(RESIDENT)
    assert lines(known) == []
    assert known.typed("name") == "吴建国"
    assert known.is_ticked("insured_years_2024")
    assert "取自上次" in known.text("name_note")
    assert "取自 2025-03-000001（2025-03-05）" in known.text("insured_years_note")
    assert "2025 年度已出单 2025-03-000001" in known.text("id_number_note")


def test_another_number_lets_go_what_was_carried(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("Home", "Shift+End", "Backspace")
    assert known.typed("name") == ""
    assert not known.is_ticked("insured_years_2024")


def test_the_arrows_and_enter_or_a_digit_take_a_person(known: CounterWindow) -> None:
    known.type("2025-03-00000")
    assert len(lines(known)) == 2
    known.press("Down", "Return")
    assert known.typed("name") == "吴建国"


def test_a_digit_takes_a_person_of_the_list(known: CounterWindow) -> None:
    known.type("xh")
    assert lines(known)[0].startswith("没有找到")
    known.press("Esc")
    known.type("sx1")
    assert known.typed("name") == "单小红"


def test_esc_ends_a_search_and_leaves_who_stood_there(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("Home", "Shift+End")
    known.type("dxh")
    known.press("Esc")
    assert lines(known) == []
    assert known.typed("id_number") == RESIDENT
    assert known.typed("name") == "吴建国"


def test_who_is_found_nowhere_is_a_new_resident(known: CounterWindow) -> None:
    known.type("陈丽")
    assert lines(known) == ["没有找到“陈丽”，按 Enter 或点这里，作为新居民办理"]
    known.press("Return")
    assert (known.typed("id_number"), known.typed("name")) == ("", "陈丽")
    assert known.focus() == "id_number"


def test_a_search_typed_before_the_desk_is_open_is_answered_later(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    desk = Desk.open(hall_folder, OPENED_AT, roots=demo_roots())
    Counter(desk).issue("吴建国")
    desk.close()
    unopened.shell.activateWindow()
    unopened.type("wjg")
    with unopened.qtbot.waitSignal(unopened.counter.opened):
        unopened.counter.begin()
    assert len(lines(unopened)) == 1


def test_another_year_is_asked_about_before_it_is_issued(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.counter.session.edit("benefit_year", 2026)
    assert not known.can("issue_button")
    known.press("Return")
    assert known.state("insured_years") == "needed"
    known.press("Return")
    assert known.state("insured_years") == ""


def test_a_new_member_has_a_tab_and_f6_goes_round(known: CounterWindow) -> None:
    known.type(RESIDENT)
    assert not known.is_shown("member_strip")
    known.press("Ctrl+N")
    assert known.is_shown("member_strip")
    known.type(WIFE)
    assert known.is_ticked("member_1")
    known.press("F6")
    assert known.typed("name") == "吴建国"
    known.press("Shift+F6")
    assert known.typed("name") == "单小红"


def test_ctrl_n_twice_leaves_one_empty_place(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("Ctrl+N", "Ctrl+N", "Ctrl+N")
    assert len(members(known)) == 2


def test_the_household_is_issued_together_with_one_total(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("Ctrl+N")
    known.type(WIFE)
    assert "合计 ¥800.00" in known.text("household_total")
    known.press("F9", "Ctrl+F9")
    desk = known.counter.session.desk
    assert desk is not None
    assert desk.households.together_with("2025-03-000003") == (
        "2025-03-000003",
        "2025-03-000004",
    )
    known.press("F9")
    assert ledger_page(desk).total == 4


def test_who_cannot_be_issued_is_named_and_nobody_is_issued(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("Ctrl+N")
    known.tab_to("name")
    known.type("吴小宝")
    known.press("F6", "F9")
    assert "吴小宝还不能出单" in known.text("message_strip")
    assert known.typed("name") == "吴小宝"
    desk = known.counter.session.desk
    assert desk is not None
    assert ledger_page(desk).total == 2
    known.press("Ctrl+W", "F9", "Ctrl+F9")
    assert ledger_page(desk).total == 3


def test_who_was_taken_out_comes_back_with_ctrl_z(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("Ctrl+N")
    known.type(WIFE)
    known.press("Ctrl+W")
    assert len(members(known)) == 1
    known.press("Ctrl+Z")
    assert [draft.name for draft in members(known)] == ["吴建国", "单小红"]


def test_the_last_member_cannot_be_taken_out(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("Ctrl+W")
    assert known.typed("name") == "吴建国"


def test_ctrl_z_takes_back_each_change_and_ctrl_shift_z_makes_it_again(
    window: CounterWindow,
) -> None:
    window.type(RESIDENT)
    window.tab_to("name")
    window.type("吴建国")
    window.press("Alt+S", "Right", "Space")
    window.press("Ctrl+Z")
    assert members(window)[0].categories == ()
    window.press("Ctrl+Z")
    assert window.typed("name") == ""
    window.press("Ctrl+Z")
    assert window.typed("id_number") == ""
    window.press("Ctrl+Shift+Z", "Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert window.typed("name") == "吴建国"
    assert len(members(window)[0].categories) == 1


def test_what_was_issued_is_not_taken_back(known: CounterWindow) -> None:
    known.type(RESIDENT)
    known.press("F9", "Ctrl+F9", "Esc", "Ctrl+Z")
    assert "没有可以撤销的" in known.text("message_strip")
    assert known.typed("name") == "吴建国"


def test_a_household_is_back_after_a_kill(unopened: CounterWindow, hall_folder: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(hall_folder)],
        env=environment,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    unopened.open()
    assert [(draft.id_number, draft.name) for draft in members(unopened)] == [
        (RESIDENT, ""),
        ("", "吴梅"),
    ]
    assert child(unopened.window, QLabel, "household_total").isVisible()


def test_who_fetches_a_paper_is_put_aside_and_taken_back(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Ctrl+H")
    assert window.typed("id_number") == ""
    assert "1 户在等" in window.text("message_strip")
    window.press("Ctrl+Z")
    assert window.typed("id_number") == ""
    window.press("Ctrl+H")
    assert window.typed("id_number") == RESIDENT
    window.press("F2", "Ctrl+H")
    assert window.text("message_strip").startswith("ⓘ 没有暂放的")
