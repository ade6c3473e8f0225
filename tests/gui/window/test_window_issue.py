"""Issuing: one notice for one resident, and the next begins clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import last_draft, ledger_page
from ui.dialogs.preview_dialog import PreviewDialog

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

SECOND = "360103199002175224"
WRONG_DIGIT = "360103198807121238"


@pytest.fixture
def served(window: CounterWindow) -> CounterWindow:
    """A window with a resident filled in."""
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")
    return window


def issued(window: CounterWindow) -> list[str]:
    """The numbers in the ledger, newest first."""
    desk = window.counter.session.desk
    assert desk is not None
    return [row.number for row in ledger_page(desk).rows]


def sums(window: CounterWindow) -> list[int | None]:
    """What each notice asks for, newest first."""
    desk = window.counter.session.desk
    assert desk is not None
    return [desk.notices.find(number).notice.total for number in issued(window)]


def click(window: CounterWindow, field: str) -> None:
    QTest.mouseClick(child(window.window, QLineEdit, field), Qt.MouseButton.LeftButton)


def close_preview(window: CounterWindow) -> None:
    preview = shown(window.window, PreviewDialog, "notice_preview")
    assert preview is not None
    preview.close()
    window.shell.activateWindow()


def test_f9_issues_and_without_a_printer_shows_the_paper(served: CounterWindow) -> None:
    served.press("F9")
    assert issued(served) == ["2025-03-000001"]
    assert "没有找到打印机" in served.text("message_strip")
    close_preview(served)


def test_ctrl_enter_issues_as_well(served: CounterWindow) -> None:
    served.press("Ctrl+Return")
    assert issued(served) == ["2025-03-000001"]
    close_preview(served)


def test_the_same_resident_is_issued_once(served: CounterWindow) -> None:
    served.press("F9")
    close_preview(served)
    assert not served.can("issue_button")
    served.press("F9")
    assert issued(served) == ["2025-03-000001"]
    assert "已出单 2025-03-000001" in served.text("message_strip")


def test_a_change_after_issue_is_a_new_notice(served: CounterWindow) -> None:
    served.press("F9")
    close_preview(served)
    served.press("Alt+S", "Right", "Right", "Right", "Space", "F9", "Ctrl+F9")
    assert issued(served) == ["2025-03-000002", "2025-03-000001"]
    close_preview(served)


def test_the_chosen_option_is_what_is_issued(served: CounterWindow) -> None:
    served.press("Return", "2", "F9", "Ctrl+F9")
    close_preview(served)
    desk = served.counter.session.desk
    assert desk is not None
    assert ledger_page(desk).rows[0].coverage_start is None


def test_the_next_resident_begins_empty_and_the_issued_one_does_not_come_back(
    served: CounterWindow,
) -> None:
    served.press("F9")
    close_preview(served)
    served.press("F2")
    assert (served.typed("id_number"), served.typed("name")) == ("", "")
    served.press("Ctrl+Z")
    assert served.typed("id_number") == ""


def test_what_hinders_is_said_when_f9_is_pressed_too_early(window: CounterWindow) -> None:
    window.press("F9")
    assert "还没有填是谁" in window.text("message_strip")
    assert issued(window) == []


def test_an_issued_resident_leaves_no_draft_behind(served: CounterWindow) -> None:
    served.press("F9")
    close_preview(served)
    desk = served.counter.session.desk
    assert desk is not None
    assert last_draft(desk) is None


@pytest.mark.parametrize("number", [SECOND, WRONG_DIGIT])
def test_another_number_after_an_issue_keeps_nothing_of_the_one_before(
    served: CounterWindow, number: str
) -> None:
    served.counter.session.edit("categories", ("destitute",))
    served.press("F9")
    close_preview(served)
    click(served, "id_number")
    served.press("Ctrl+A")
    served.type(number)
    assert served.typed("id_number") == number
    assert served.typed("name") == ""
    assert served.counter.session.household.current.categories == ()
    served.press("F9")
    assert issued(served) == ["2025-03-000001"]


def test_a_digit_changed_after_an_issue_makes_it_another_number(served: CounterWindow) -> None:
    served.press("F9")
    close_preview(served)
    click(served, "id_number")
    served.press("End", "Backspace")
    assert served.typed("name") == ""
    assert served.typed("id_number") == RESIDENT[:-1]
    # Put back, it is the known person again, with where the name is from.
    served.type(RESIDENT[-1])
    assert served.typed("name") == "吴建国"
    assert "取自上次" in served.text("name_note")


def test_what_was_not_issued_is_issued_as_it_was_corrected(served: CounterWindow) -> None:
    session = served.counter.session
    session.save()
    assert session.desk is not None
    database = session.desk._store.ledger._connection.database.conn  # noqa: SLF001 - a fault of one table
    database.execute(
        "CREATE TEMP TRIGGER stuck BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'stuck'); END"
    )
    served.press("F9")
    # Said to be undone, it is undone: the draft is there and no notice.
    assert issued(served) == []
    assert session.desk.households.last() == session.household
    database.execute("DROP TRIGGER stuck")
    session.edit("categories", ("destitute",))
    served.press("F9", "Ctrl+F9")
    # Jiangxi 2025: who is destitute pays nothing of the 400 yuan.
    assert (issued(served), sums(served)) == (["2025-03-000001"], [0])
    assert session.desk.households.last() is None
    close_preview(served)
