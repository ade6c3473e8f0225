"""What is looked at in 编制 stays where it is, and what cannot be changed looks so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from medcounter.authoring.live.draft_warnings import DraftWarning
from tests.gui.finding import child
from tests.gui.views.studio.test_studio_cards import FIRST, LAST, SENTENCE, Column
from tests.gui.views.studio.test_studio_live import Shown
from tests.support.authoring.studio_samples import inherited, period, section
from ui.views.studio.draft_words import section_line
from ui.views.studio.live.warning_list import WarningList
from ui.views.studio.studio_state import FormMarks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def column(qtbot: QtBot, qapp: QApplication) -> Column:
    """A column that shows nothing yet."""
    return Column(qtbot, qapp)


def test_the_marked_warning_stays_marked_after_a_check_and_an_answer(qtbot: QtBot) -> None:
    warnings = WarningList(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, warnings)
    wanted: list[DraftWarning] = []
    warnings.wanted.connect(wanted.append)
    one, two, three = (DraftWarning("no-example", ("x", n), f"{n}", "改。") for n in range(3))
    warnings.show_warnings((one, two), checked=True)
    warnings.show_row(1)
    answered = replace(two, answer="公告如此。")
    warnings.show_warnings((three, one, answered), checked=True)
    shown.press("Return")
    assert wanted == [answered]
    # Where it is gone, its place stays marked.
    warnings.show_warnings((three, one), checked=True)
    shown.press("Return")
    assert wanted[1:] == [one]


def test_home_and_end_go_to_the_first_and_the_last_warning(qtbot: QtBot) -> None:
    warnings = WarningList(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, warnings)
    told = tuple(DraftWarning("no-example", ("x", n), f"{n}", f"第 {n} 条。") for n in range(3))
    warnings.show_warnings(told, checked=True)
    warnings.show_row(0)
    rows = []
    for key in ("End", "Home"):
        shown.press(key)
        rows.append(warnings.currentIndex().row())
    assert rows == [2, 0]


@pytest.mark.parametrize(
    "said",
    [
        {("programmes", 0, "rules", 0): "这张卡片上的提醒，说来话长。" * 6},
        {FIRST: "这一栏的提醒，说来话长。" * 6},
    ],
)
def test_what_has_the_keys_stays_in_its_place_when_a_check_warns_above_it(
    column: Column, said: dict[tuple[str | int, ...], str]
) -> None:
    cards = [period(at, "2025-09-01", "2025-12-31") for at in range(3)]
    column.cards.show_section(section(*cards), FormMarks())
    column.cards.focus_path(("programmes", 0, "rules", 1, "when", "to"))
    field = column.focused()
    top = field.mapToGlobal(field.rect().topLeft())
    seen = []
    for marks in (FormMarks(warned=said), FormMarks()):
        column.cards.show_section(section(*cards), marks)
        column.press("Shift")
        seen.append(field.mapToGlobal(field.rect().topLeft()))
    assert seen == [top, top]


def test_the_count_at_the_end_of_a_section_is_that_of_the_list(column: Column) -> None:
    above = inherited()
    marks = FormMarks(warned={above.path: "照上级办。", FIRST: "核对。", LAST: "核对。"})
    whole = section(period(0, "2025-09-01", "2025-12-31"), above)
    column.cards.show_section(whole, marks)
    column.cards.focus_path(SENTENCE)
    column.cards.focus_path(LAST)
    column.told.clear()
    column.press("Return")
    assert column.told == [("ended", section_line(whole, marks).open)]
    assert section_line(whole, marks).open == 3


def test_what_is_with_the_reviewer_can_only_be_looked_at_and_says_so_once(column: Column) -> None:
    said = "已交复核，这里只能看。"
    whole = section(period(0, "2025-09-01", ""), period(1, "2025-09-01", "2025-12-31"))
    column.cards.show_section(whole, FormMarks(fixed=said))
    names = ["_".join(map(str, path)) for path in (FIRST, LAST)]
    controls = [child(column.window, QWidget, name) for name in names]
    buttons: list[QPushButton] = list(column.window.findChildren(QPushButton))
    acts = [one for one in buttons if one.isVisible()]
    assert not any(one.isEnabled() for one in controls)
    assert {one.text() for one in acts if one.isEnabled()} <= {"▸ 更多", "▾ 收起", "▸ 展开"}
    assert child(column.window, QLabel, "studio_section_note").text().startswith(said)
    column.cards.show_section(whole, FormMarks())
    assert all(one.isEnabled() for one in controls)


def test_an_empty_section_speaks_of_buttons_only_where_it_has_some(column: Column) -> None:
    empty = child(column.window, QLabel, "studio_section_empty")
    column.cards.show_section(section(), FormMarks())
    assert "按上面的按钮" in empty.text()
    column.cards.show_section(replace(section(), offers=()), FormMarks())
    assert empty.text() == "这一节没有要填的。"
