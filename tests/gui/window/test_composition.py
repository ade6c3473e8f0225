"""What an input method still composes is never cut: it is taken before any act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent

from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child
from ui.access.idle import Idle
from ui.safety.backup_scheduler import BackupScheduler

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def compose(window: CounterWindow, text: str) -> None:
    """An input method shows a text that is not in the field yet."""
    event = QInputMethodEvent(text, [])
    QCoreApplication.sendEvent(window.focused(), event)


@pytest.fixture
def named(window: CounterWindow) -> CounterWindow:
    """The cursor stands in the name, of which one character is there."""
    window.counter.session.edit("benefit_year", 2025)
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴")
    assert window.focus() == "name"
    return window


def test_characters_still_composed_stand_on_the_notice_that_f9_issues(
    named: CounterWindow,
) -> None:
    compose(named, "建国")
    named.press("F9")
    assert named.typed("name") == "吴建国"
    assert "已出单" in named.text("message_strip")
    issued = named.counter.session.issuing.numbers
    desk = named.counter.session.desk
    assert desk is not None
    assert desk.notices.find(issued[0]).notice.person.name == "吴建国"


def test_letters_not_chosen_yet_are_shown_before_anything_is_issued(named: CounterWindow) -> None:
    compose(named, "jianguo")
    named.press("F9")
    assert named.typed("name") == "吴jianguo"
    assert named.counter.session.issuing.numbers == ()
    assert "jianguo" in named.text("message_strip")
    named.press("F9")
    assert len(named.counter.session.issuing.numbers) == 1


def test_who_goes_to_another_field_leaves_nothing_behind_in_the_input_method(
    named: CounterWindow,
) -> None:
    compose(named, "建国")
    named.press("Tab")
    assert named.focus() == "birth_date"
    assert named.typed("name") == "吴建国"


def test_esc_leaves_the_composition_to_the_input_method(named: CounterWindow) -> None:
    compose(named, "jianguo")
    compose(named, "")
    named.press("F9")
    assert named.typed("name") == "吴"


def test_who_composes_is_at_the_counter(named: CounterWindow) -> None:
    safety = named.counter._safety  # noqa: SLF001 - ten minutes are long
    assert safety is not None
    (idle,) = list[Idle](safety.findChildren(Idle))
    with named.qtbot.waitSignal(idle.touched, timeout=1000):
        compose(named, "jian")


def test_no_copy_of_the_ledger_is_made_while_somebody_composes(named: CounterWindow) -> None:
    watch = child(named.counter.session, BackupScheduler, "")
    work = watch._work  # noqa: SLF001 - a copy of a small ledger is made at once
    given: list[object] = []
    work.given.connect(given.append)
    work.begin(iter(lambda: None, 0))
    named.qtbot.waitUntil(lambda: bool(given))
    compose(named, "jian")
    so_far = len(given)
    named.qtbot.wait(100)
    assert len(given) == so_far
    watch.look()
    named.qtbot.waitUntil(lambda: len(given) > so_far)
    work.stop()
