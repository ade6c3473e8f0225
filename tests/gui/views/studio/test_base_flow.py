"""A comparison waits for the whole table, also where the author types meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from ui.views.studio.live.base_flow import BaseFlow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from medcounter.desk.authoring.open_draft import OpenDraft


class _LiveTwice:
    """A table whose first working out ends early: the author typed."""

    def __init__(self) -> None:
        self.begun = 0

    @property
    def has_all_rows(self) -> bool:
        return self.begun > 1

    def working_out(self) -> Iterator[None]:
        self.begun += 1
        yield


class _ComparedDraft:
    def __init__(self) -> None:
        self.live = _LiveTwice()
        self.whole: list[bool] = []

    def base_comparison(self) -> None:
        self.whole.append(self.live.has_all_rows)


def test_a_comparison_begins_only_once_every_row_is_worked_out(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    opened: list[Callable[[], object]] = []
    flow = BaseFlow(window, opened.append)
    draft = _ComparedDraft()
    flow.open(cast("OpenDraft", draft))
    qtbot.waitUntil(lambda: bool(opened))
    assert draft.whole == [True]
