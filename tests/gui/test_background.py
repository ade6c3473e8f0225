"""Work beside the window: what was begun for something that is over comes to nothing."""

from __future__ import annotations

from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medcounter.errors import MedCounterError
from ui.work import background
from ui.work.background import Background

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def refused() -> None:
    raise MedCounterError("磁盘满了")


class Heard:
    """A worker and what it told."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.work = Background(self.owner)
        self.said: list[object] = []
        self.work.done.connect(self.said.append)
        self.work.failed.connect(self.said.append)


def test_what_has_ended_is_not_told_once_it_was_dropped(qtbot: QtBot, qapp: QApplication) -> None:
    heard = Heard()
    heard.work.start(lambda: "old")
    heard.work.start(refused)
    heard.work.wait()
    heard.work.drop()
    heard.work.start(lambda: "new")
    qtbot.waitUntil(lambda: bool(heard.said))
    qapp.processEvents()
    assert heard.said == ["new"]


def test_after_the_end_nothing_is_told(qtbot: QtBot) -> None:
    heard = Heard()
    heard.work.start(lambda: "old")
    heard.work.stop()
    qtbot.wait(20)
    assert heard.said == []


def test_what_comes_instead_is_the_only_thing_told(qtbot: QtBot, qapp: QApplication) -> None:
    heard = Heard()
    heard.work.start(refused)
    heard.work.wait()
    heard.work.start_only(lambda: "new")
    qtbot.waitUntil(lambda: bool(heard.said))
    qapp.processEvents()
    assert heard.said == ["new"]


def test_whether_the_window_is_gone_is_asked_where_it_goes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_in: list[object] = []

    def is_valid(thing: object) -> bool:
        asked_in.append(current_thread())
        return shiboken6.isValid(thing)

    monkeypatch.setattr(background, "isValid", is_valid)
    heard = Heard()
    heard.work.start(lambda: "told")
    qtbot.waitUntil(lambda: bool(heard.said))
    # In any other thread it could go between the answer and what follows from it.
    assert asked_in == [main_thread()]


def test_a_worker_whose_window_went_meanwhile_tells_nobody(qtbot: QtBot) -> None:
    go_on = Event()
    heard = Heard()
    heard.work.start(go_on.wait)
    # The window goes without waiting: whoever deletes it has let the thread end.
    heard.owner.deleteLater()
    go_on.set()
    with qtbot.captureExceptions() as raised:
        qtbot.wait(50)
    assert (heard.said, raised) == ([], [])
