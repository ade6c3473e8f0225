"""How many keys each kind of resident costs, by keys alone.

The numbers are the counter's promise; a test fails when a count rises. A
reader's burst counts as one key, Enter counts.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from medcounter.desk.desk import Desk
from tests.gui.counter_window import CounterWindow, dress
from tests.gui.finding import shown
from tests.gui.keyboard import Keyboard
from tests.support.desk.counter_samples import BEIJING, Clock, Counter, ledger_page
from tests.support.store.store_samples import demo_roots
from ui.dialogs.preview_dialog import PreviewDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# Invented; the last digit is the one the first 17 ask for.
FAMILY = {
    "吴建国": "360103198807121237",
    "吴梅": "360103199003071232",
    "吴小明": "360103201005061230",
    "吴小红": "360103201208091245",
}
FATHER = FAMILY["吴建国"]
NEW = "360103198505051237"
AUTUMN = datetime(2025, 10, 20, 9, 0, tzinfo=BEIJING)
BUDGET = {
    "known resident by reader": 2,
    "typed ID": 20,
    "by pinyin initials": 6,
    "typed ID with option 2": 21,
    "history unknown by reader": 6,
    "new resident by hand": 32,
    "household of four known, by reader": 5,
    "household of four known, typed": 77,
    "reprint last": 3,
    "void with reason": 3,
    "day close": 3,
}


class Hands(CounterWindow):
    """A clerk's hands: every key is counted, a card laid down as one."""

    reader = Keyboard()

    def lay_card(self, text: str) -> None:
        """Lay a card on the reader."""
        self.pressed += 1
        self.reader.read(text)
        QApplication.processEvents()

    def issued(self) -> int:
        """How many notices the ledger holds."""
        desk = self.counter.session.desk
        assert desk is not None
        return ledger_page(desk).total


@pytest.fixture
def hands(qtbot: QtBot, qapp: QApplication, hall_folder: Path) -> Iterator[Hands]:
    """A window in the season of 2026, at a desk that knows a family of four from 2025."""
    desk = Desk.open(hall_folder, AUTUMN, roots=demo_roots())
    counter = Counter(desk, Clock(AUTUMN))
    for name, number in FAMILY.items():
        counter.issue(name, id_number=number)
    desk.close()
    dress(qapp)
    hands = Hands(qtbot, hall_folder, Clock(AUTUMN))
    hands.open()
    hands.clock.move(10)
    hands.pressed = 0
    yield hands
    hands.counter.close()


def spent(hands: Hands, new: int = 1) -> int:
    """The keys it took to issue so many new notices; no more and no fewer were issued."""
    assert hands.issued() == len(FAMILY) + new
    return hands.pressed


def test_a_known_resident_by_reader(hands: Hands) -> None:
    hands.lay_card(FATHER)
    hands.press("F9")
    assert spent(hands) <= BUDGET["known resident by reader"]


def test_a_known_resident_by_typed_number(hands: Hands) -> None:
    hands.type(FATHER)
    hands.press("Return", "F9")
    assert spent(hands) <= BUDGET["typed ID"]


def test_a_known_resident_by_pinyin_initials(hands: Hands) -> None:
    hands.type("wjg")
    hands.press("Return", "F9")
    assert spent(hands) <= BUDGET["by pinyin initials"]


def test_one_of_several_with_the_same_initials(hands: Hands) -> None:
    hands.type("wx")
    hands.press("Down", "Return", "F9")
    assert spent(hands) <= BUDGET["by pinyin initials"]
    assert hands.typed("name") == "吴小明"


def test_a_typed_number_with_option_two(hands: Hands) -> None:
    hands.type(FATHER)
    hands.press("Return", "2")
    assert hands.chosen_row() == 1
    hands.press("F9")
    assert spent(hands) <= BUDGET["typed ID with option 2"]


def test_a_resident_by_reader_whose_history_is_told(hands: Hands) -> None:
    hands.lay_card(f"陈丽,{NEW}")
    hands.press("Alt+G", "1", "F9")
    assert spent(hands) <= BUDGET["history unknown by reader"]


def test_a_new_resident_by_hand(hands: Hands) -> None:
    hands.type(NEW)
    hands.press("Return")
    hands.type("陈丽丽")
    hands.press("Return", "F9")
    assert spent(hands) <= BUDGET["new resident by hand"]


def test_a_known_household_of_four_by_reader(hands: Hands) -> None:
    for number in FAMILY.values():
        hands.lay_card(number)
    hands.press("F9")
    assert spent(hands, new=4) <= BUDGET["household of four known, by reader"]


def test_a_known_household_of_four_typed(hands: Hands) -> None:
    first, *others = FAMILY.values()
    hands.type(first)
    for number in others:
        hands.press("Ctrl+N")
        hands.type(number)
    hands.press("F9")
    assert spent(hands, new=4) <= BUDGET["household of four known, typed"]


def test_the_last_notice_again_from_the_desk(hands: Hands) -> None:
    hands.press("Ctrl+R")
    assert shown_again(hands) == "2025-03-000004"
    assert spent(hands, new=0) <= BUDGET["reprint last"]


def test_a_notice_again_from_the_ledger(hands: Hands) -> None:
    hands.press("F3")
    hands.pressed = 0
    hands.press("Ctrl+R")
    assert shown_again(hands) == "2025-03-000004"
    assert spent(hands, new=0) <= BUDGET["reprint last"]


def test_a_notice_is_voided_with_its_reason(hands: Hands) -> None:
    hands.press("F3")
    hands.pressed = 0
    hands.press("Ctrl+Delete", "1", "Return")
    desk = hands.counter.session.desk
    assert desk is not None
    assert [row.state for row in ledger_page(desk).rows].count("void") == 1
    assert spent(hands, new=0) <= BUDGET["void with reason"]


def test_the_day_is_closed(hands: Hands) -> None:
    hands.press("F11", "F11", "Return")
    desk = hands.counter.session.desk
    assert desk is not None
    assert len(desk.days.closes()) == 1
    assert spent(hands, new=0) <= BUDGET["day close"]


def shown_again(hands: Hands) -> str:
    """Which notice goes to paper once more: without a printer it is shown, and counts none."""
    preview = shown(hands.shell, PreviewDialog, "notice_preview")
    assert preview is not None
    desk = hands.counter.session.desk
    assert desk is not None
    assert [row.prints for row in ledger_page(desk).rows] == [1] * len(FAMILY)
    (number,) = [
        row.number for row in ledger_page(desk).rows if row.number in preview.windowTitle()
    ]
    return number
