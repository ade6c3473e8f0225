"""One section of the form: typed straight down by keys, with what is said at each field."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.authoring.form.form_records import (
    CardOffer,
    FieldChoice,
    FieldGroup,
    FormSection,
)
from medcounter.authoring.form.rule_cards import REMOVE
from tests.gui.counter_window import dress
from tests.gui.finding import child
from tests.support.authoring.studio_samples import ADD, ADD_FULL, inherited, period, section
from ui.demo.typist import Typist
from ui.views.studio.card_box import CardBox
from ui.views.studio.card_column import CardColumn
from ui.views.studio.studio_state import Fold, FormMarks, Typed, card_shape

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

BLANK = period(0, "", "")
FIRST = ("programmes", 0, "rules", 0, "when", "from")
LAST = ("programmes", 0, "rules", 0, "when", "to")
KIND = ("programmes", 0, "rules", 0, "answer", "kind")
WHO = ("programmes", 0, "rules", 0, "any_of")
SENTENCE = ("programmes", 0, "rules", 0, "applies")


class Column(Typist):
    """The column in a window of its own, with what it told."""

    def __init__(self, qtbot: QtBot, qapp: QApplication) -> None:
        super().__init__()
        dress(qapp)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(700, 500)
        self.cards = CardColumn(self.window)
        self.room = QVBoxLayout(self.window)
        self.room.addWidget(self.cards)
        self.told: list[tuple[object, ...]] = []
        self.cards.typed.connect(lambda path, text: self.told.append((path, text)))
        self.cards.offered.connect(lambda offer: self.told.append((offer,)))
        self.cards.ended.connect(lambda waiting: self.told.append(("ended", waiting)))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.focused()

    def note(self, path: tuple[str | int, ...]) -> QLabel:
        name = "_".join(map(str, path))
        return child(self.window, QLabel, f"{name}_note")


@pytest.fixture
def column(qtbot: QtBot, qapp: QApplication) -> Column:
    """A column that shows nothing yet."""
    return Column(qtbot, qapp)


def test_enter_goes_from_one_blank_to_the_next_and_back_to_what_stayed_empty(
    column: Column,
) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_first()
    assert column.cards.path_here() == FIRST
    column.press("Return")
    assert column.cards.path_here() == LAST
    column.press("Return")
    assert column.cards.path_here() == FIRST
    assert column.told == []


def test_enter_after_the_last_blank_ends_the_section_at_what_may_be_added(column: Column) -> None:
    full = period(0, "2025-09-01", "2025-12-31")
    column.cards.show_section(section(full), FormMarks())
    column.cards.focus_path(LAST)
    column.press("Return")
    assert column.told == [("ended", 0)]
    assert column.focused().objectName() == "studio_add_1"


def test_what_is_to_be_looked_at_does_not_hold_enter_in_the_section(column: Column) -> None:
    full = period(0, "2025-09-01", "2025-12-31")
    column.cards.show_section(section(full), FormMarks(carried=frozenset({FIRST})))
    column.cards.focus_path(LAST)
    column.press("Return")
    assert column.told == [("ended", 1)]


def test_a_ticked_chip_keeps_the_keys_when_its_card_is_built_anew(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_path(WHO)
    column.press("Right", "Right", "Space")
    ticked = column.focused()
    assert ticked.objectName().endswith("low_income")
    more = replace(period(0, "", ""), offers=(ADD, ADD_FULL))
    column.cards.show_section(section(more), FormMarks())
    assert column.focused() is ticked
    assert column.focused().objectName().endswith("low_income")


def test_the_keys_stay_in_the_column_when_the_card_that_has_them_goes(column: Column) -> None:
    outside = QLineEdit(column.window)
    column.room.addWidget(outside)
    outside.show()
    column.cards.show_section(section(period(0, "2025-09-01", "")), FormMarks())
    column.cards.focus_path(FIRST)
    column.cards.show_section(section(), FormMarks())
    assert column.focused().objectName() == "studio_add_1"


def test_a_click_on_remove_leaves_the_keys_on_the_card_that_comes_after(column: Column) -> None:
    both = (period(0, "2025-09-01", ""), period(1, "2026-01-01", ""))
    column.cards.show_section(section(*both), FormMarks())
    acts: list[QPushButton] = list(column.window.findChildren(QPushButton, "studio_card_act"))
    remove = next(one for one in acts if one.text() == "删去")
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    column.cards.show_section(section(period(0, "2026-01-01", "")), FormMarks())
    assert column.focused().objectName() == "studio_card"


def test_tab_walks_every_field_in_the_order_they_stand(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_first()
    walked = []
    for _ in range(4):
        walked.append(column.cards.path_here())
        column.press("Tab")
    assert walked == [FIRST, LAST, KIND, WHO]


def test_what_is_typed_is_told_key_by_key_with_the_path_of_its_field(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_first()
    column.type("9.1")
    assert column.told == [(FIRST, "9"), (FIRST, "9."), (FIRST, "9.1")]


def test_what_cannot_be_read_stays_as_typed_with_its_sentence_beside_it(column: Column) -> None:
    marks = FormMarks({FIRST: Typed("2025-13-1", "没有 13 月。")})
    column.cards.show_section(section(BLANK), marks)
    note = column.note(FIRST)
    assert "没有 13 月。" in note.text()
    assert note.property("state") == "invalid"
    column.cards.show_section(section(BLANK), FormMarks())
    assert note.text() == ""
    assert note.property("state") == ""


def test_how_a_short_day_was_read_is_said_while_it_is_typed(column: Column) -> None:
    shown = period(0, "2025-09-01", "")
    column.cards.show_section(section(shown), FormMarks({FIRST: Typed("9.1")}))
    assert column.note(FIRST).text() == "读作 2025-09-01"


def test_what_was_carried_over_is_marked_and_enter_stops_at_it(column: Column) -> None:
    shown = period(0, "2025-09-01", "2025-12-31")
    column.cards.show_section(section(shown), FormMarks(carried=frozenset({LAST})))
    column.cards.focus_first()
    assert column.cards.path_here() == LAST
    assert "Ctrl+K" in column.note(LAST).text()


def test_an_arrow_or_a_number_chooses_one_of_a_few(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_path(KIND)
    column.press("Right")
    column.press("4")
    assert column.told == [(KIND, "延长征缴期"), (KIND, "不能缴费的日子")]


def test_numbers_tick_and_untick_those_it_is_for(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_path(WHO)
    column.press("3", "1", "3")
    assert column.told == [(WHO, "低保对象"), (WHO, "特困人员、低保对象"), (WHO, "特困人员")]


EVENTS = (
    FieldChoice("discharged", "退出现役"),
    FieldChoice("dependant", "退役军人的未就业配偶、子女"),
    FieldChoice("employed", "职工医保中断"),
)


def for_events(text: str) -> FormSection:
    """A card whose people are events, one of them with a mark in its name."""
    group = BLANK.groups[1]
    who = replace(group.fields[1], choices=EVENTS, text=text)
    fields = (group.fields[0], who)
    return section(replace(BLANK, groups=(BLANK.groups[0], replace(group, fields=fields))))


def test_who_has_a_mark_in_the_name_stays_ticked_beside_the_next(column: Column) -> None:
    column.cards.show_section(for_events("退役军人的未就业配偶、子女"), FormMarks())
    column.cards.focus_path(WHO)
    column.press("3")
    assert column.told == [(WHO, "退役军人的未就业配偶、子女、职工医保中断")]


def test_a_letter_goes_to_the_next_whose_name_begins_so_and_space_ticks(column: Column) -> None:
    column.cards.show_section(for_events(""), FormMarks())
    column.cards.focus_path(WHO)
    column.press("z", "Space", "t", "t", "Space")
    assert column.told == [(WHO, "职工医保中断"), (WHO, "退役军人的未就业配偶、子女、职工医保中断")]


def test_what_only_this_card_offers_comes_first_and_taking_it_away_last(column: Column) -> None:
    base = BLANK.path
    only, removing = CardOffer("only", "新生儿除外", base), CardOffer(REMOVE, "删去", base)
    reading = FieldGroup(base, "readings", "别的读法", offers=(CardOffer("more", "加一种", base),))
    card = replace(BLANK, groups=(*BLANK.groups, reading), offers=(only, removing))
    box = CardBox(card, column.window, Fold.LINE)
    assert [offer.label for offer in box.offers_at(None)] == ["新生儿除外", "加一种", "删去"]


def test_a_sentence_lies_folded_until_somebody_looks_for_it(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    found: list[QWidget] = list(column.window.findChildren(QWidget, "_".join(map(str, SENTENCE))))
    assert found == []
    assert column.cards.focus_path(SENTENCE)
    assert column.cards.path_here() == SENTENCE


def test_an_inherited_card_is_one_line_that_says_where_it_is_from(column: Column) -> None:
    column.cards.show_section(section(inherited()), FormMarks())
    assert child(column.window, QLabel, "studio_card_title").text() == "其余日子不能缴费"
    assert child(column.window, QLabel, "studio_card_origin").text() == "取自全国"


def test_what_may_be_added_has_a_button_and_a_number(column: Column) -> None:
    column.cards.show_section(section(), FormMarks())
    assert "Alt+2" in child(column.window, QPushButton, "studio_add_2").text()
    column.cards.add_by_number(2)
    column.cards.add_by_number(3)
    assert column.told == [(ADD_FULL,)]


def test_a_card_that_comes_before_leaves_the_keys_where_they_were(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_path(LAST)
    other = ("programmes", 0, "rules", 1, "when", "to")
    column.cards.show_section(section(period(1, "2025-01-01", ""), BLANK), FormMarks())
    assert column.cards.path_here() == LAST
    column.cards.focus_path(other)
    assert column.cards.path_here() == other


def test_taking_back_is_left_to_the_whole_form(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_first()
    column.type("9")
    column.press("Ctrl+Z")
    assert column.told == [(FIRST, "9")]


def test_keys_of_the_form_are_not_taken_by_a_line_that_is_typed_in(column: Column) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_first()
    done: list[str] = []
    for keys in ("Ctrl+K", "Ctrl+Delete", "Ctrl+E", "Ctrl+J"):
        action = QAction(column.window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(partial(done.append, keys))
        column.window.addAction(action)
    column.press("Ctrl+K", "Ctrl+Delete", "Ctrl+E", "Ctrl+J")
    assert done == ["Ctrl+K", "Ctrl+Delete", "Ctrl+E", "Ctrl+J"]


def test_a_card_built_anew_while_it_is_typed_in_keeps_the_cursor_and_what_was_typed(
    column: Column,
) -> None:
    column.cards.show_section(section(BLANK), FormMarks())
    column.cards.focus_path(LAST)
    column.type("12.3")
    left: list[object] = []
    column.cards.left.connect(left.append)
    # Read as a day, the period may do more: another offer, another shape.
    more = replace(period(0, "", "2025-12-03"), offers=(ADD, ADD_FULL))
    column.cards.show_section(section(more), FormMarks({LAST: Typed("12.3")}))
    column.told.clear()
    column.type("1")
    assert column.told == [(LAST, "12.31")]
    assert left == []


def test_a_warning_about_a_card_from_above_stands_on_it_and_the_keys_can_go_there(
    column: Column,
) -> None:
    above = inherited()
    said = "照上级办的有：从未参保。"
    marks = FormMarks(warned={above.path: said})
    column.cards.show_section(section(period(0, "2025-09-01", "2025-12-31"), above), marks)
    assert column.cards.focus_path(above.path)
    box = column.focused()
    assert box.objectName() == "studio_card"
    assert child(box, QLabel, "studio_card_title").text().startswith("⚠ ")
    warning = child(box, QLabel, "studio_card_warning")
    assert (warning.isVisible(), warning.text()) == (True, said)


def test_a_card_is_not_built_anew_for_what_lies_folded_in_it() -> None:
    card = period(0, "2025-09-01", "2025-12-31")
    other = replace(card.fields[0], choices=(FieldChoice("x", "另一条规则的标题变了"),))
    links = FieldGroup((*card.path, "exception_to"), "links", "", (other,))
    before = replace(links, fields=(card.fields[0],))
    shapes = {
        card_shape(replace(card, groups=(*card.groups, one)), Fold.ANSWERS)
        for one in (links, before)
    }
    assert len(shapes) == 1
    assert card_shape(replace(card, groups=(links,)), Fold.WHOLE) not in shapes


def test_a_card_moved_on_by_a_new_one_before_it_keeps_its_box(column: Column) -> None:
    first = replace(period(0, "2025-09-01", "2025-12-31"), rule_id="main")
    column.cards.show_section(section(first), FormMarks())
    box = child(column.window, CardBox, "studio_card")
    second = replace(period(1, "2025-09-01", "2025-12-31"), rule_id="main")
    column.cards.show_section(
        section(replace(period(0, "", ""), rule_id="late"), second), FormMarks()
    )
    found: list[CardBox] = list(column.window.findChildren(CardBox))
    boxes = sorted(found, key=lambda one: one.y())
    assert boxes[1] is box
    assert box.path() == second.path
