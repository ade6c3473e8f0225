"""The window finds by itself that the ledger was changed, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from medcounter.desk.desk import Desk
from medcounter.store.store_errors import DiskFaultError
from tests.faults.secrets.forging import without_guards
from tests.gui.finding import child
from tests.support.desk.counter_samples import OPENED_AT, Counter
from tests.support.store.store_samples import raw
from ui.messages import PROBLEM, Message
from ui.safety.chain_watch import ChainWatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.counter_window import CounterWindow

NAMES = ("张三", "李四", "王五")


@pytest.fixture
def changed_long_ago(hall_folder: Path) -> Path:
    """A ledger of which an old row was changed, with a good backup of before."""
    counter = Counter(Desk.open(hall_folder, OPENED_AT))
    for number in range(60):
        counter.issue(NAMES[number % len(NAMES)])
    counter.desk.close()
    with raw(hall_folder) as database:
        guards = without_guards(database)
        database.conn.execute("UPDATE event SET clerk = '别人' WHERE id = 5")
        for guard in guards:
            database.conn.execute(guard)
    return hall_folder


@pytest.mark.usefixtures("changed_long_ago")
def test_a_broken_chain_is_said_in_the_window_with_the_way_to_restore(
    unopened: CounterWindow, qtbot: QtBot
) -> None:
    unopened.open()
    assert "与台账编码不符" not in unopened.text("alert_text")
    watch = child(unopened.counter.session, ChainWatch, "")
    with qtbot.waitSignal(watch.broken, timeout=20_000):
        watch.look()
    said = unopened.text("alert_text")
    assert "与台账编码不符" in said
    assert "不能出单" in said
    assert "medcounter" not in said
    child(unopened.window, QPushButton, "alert_way_0").click()
    qtbot.waitUntil(lambda: "恢复" in unopened.text("start_error_offer"))


def test_a_walk_goes_on_where_it_was_when_somebody_typed(
    window: CounterWindow, qtbot: QtBot
) -> None:
    watch = child(window.counter.session, ChainWatch, "")
    watch.look()
    window.type("王")
    with qtbot.waitSignal(watch.walked, timeout=20_000):
        watch.look()
    desk = window.counter.session.desk
    assert desk is not None
    assert not desk.health.walk_is_due
    assert not window.is_shown("alert_bar")


def test_a_walk_that_goes_no_further_says_so_once(window: CounterWindow, qtbot: QtBot) -> None:
    def failing() -> Iterator[str]:
        yield ""
        raise DiskFaultError

    watch = child(window.counter.session, ChainWatch, "")
    told: list[object] = []
    safety = window.counter._safety  # noqa: SLF001 - what it says is soon replaced in the window
    assert safety is not None
    safety.reported.connect(told.append)
    for _ in range(2):
        work = watch._work  # noqa: SLF001 - no disk fails at a wish
        with qtbot.waitSignal(work.failed):
            work.begin(failing())
    (message,) = told
    assert isinstance(message, Message)
    assert message.text.startswith("台账没有核对到底，可以照常办理")
    assert message.tone == PROBLEM


def test_after_the_walk_the_auditors_copy_is_brought_up_while_nobody_types(
    window: CounterWindow, qtbot: QtBot
) -> None:
    watch = child(window.counter.session, ChainWatch, "")
    with qtbot.waitSignal(watch.walked, timeout=20_000):
        watch.look()
    desk = window.counter.session.desk
    assert desk is not None
    assert desk.health.copy_is_due
    watch.look()
    qtbot.waitUntil(lambda: not desk.health.copy_is_due)
