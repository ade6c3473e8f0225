"""A comparison waits for the whole table, also where the author types meanwhile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.dialogs.waiting_dialogs import DialogGate, WaitingDialogs
from ui.views.studio.base_dialog import BaseDialog
from ui.views.studio.live.base_flow import BaseFlow

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def gate_of(window: QWidget) -> tuple[list[str], DialogGate]:
    """A gate of a view that is seen once its name stands in the list."""
    seen: list[str] = []
    views = QStackedWidget(window)
    dialogs = WaitingDialogs(window, views, seen.__contains__, lambda _message: None)
    return seen, DialogGate(dialogs, "view_studio")


def test_a_comparison_begins_only_once_every_row_is_worked_out(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    seen, gate = gate_of(window)
    flow = BaseFlow(window, gate)
    draft = _ComparedDraft()
    flow.open(cast("OpenDraft", draft))
    qtbot.waitUntil(lambda: not flow.is_on)
    assert draft.whole == [True]
    assert not seen


def test_what_was_worked_out_for_a_draft_that_was_left_is_not_shown_any_more(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    seen, gate = gate_of(window)
    flow = BaseFlow(window, gate)
    flow.open(cast("OpenDraft", _ComparedDraft()))
    qtbot.waitUntil(lambda: not flow.is_on)
    flow.leave()
    seen.append("view_studio")
    asked: list[str] = []
    gate.open(partial(asked.append, "later"))
    qtbot.wait(20)
    assert asked == ["later"]
    assert window.findChildren(BaseDialog) == []
