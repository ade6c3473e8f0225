"""Work in slices ends for whoever waits for it, whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medcounter.errors import MedCounterError
from ui.work.slices import Slices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def test_what_nobody_foresaw_is_told_like_any_failure(qtbot: QtBot) -> None:
    parent = QObject()
    slices = Slices(parent)
    given: list[object] = []
    slices.given.connect(given.append)

    def steps() -> Iterator[int]:
        yield 1
        raise KeyError(2031)

    with (
        qtbot.captureExceptions() as raised,
        qtbot.waitSignal(slices.failed, timeout=5000) as told,
    ):
        slices.begin(steps())
    assert given == [1]
    assert told.args is not None
    assert isinstance(told.args[0], MedCounterError)
    assert not slices.is_on
    # It still reaches the log and the report of what nobody foresaw.
    assert [kind for kind, *_ in raised] == [KeyError]
