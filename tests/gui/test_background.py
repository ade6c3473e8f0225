"""Work beside the window: what was begun for something that is over comes to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medcounter.errors import MedCounterError
from ui.work.background import Background

if TYPE_CHECKING:
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
