"""What other rules under a draft change, worked out beside the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ....messages import told_problem
from ..base_dialog import BaseDialog
from ..release.release_work import ReleaseWork

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.errors import MedCounterError

    from ....dialogs.waiting_dialogs import DialogGate

_RESIDENTS, _COMPARING = "正在测算参保人样本", "正在与原来的规则比较"


class BaseFlow(QObject):
    """What is asked of the rules under one draft at a time.

    Signals:
        taken: It was looked at; the draft lies over the new rules from now on.
        reported: A Message on why it cannot be shown.
        worked: What is worked out, how much of it is done, and of how much; an empty
            text when that is over.
        busy: Whether something is worked out.
    """

    taken = Signal()
    reported = Signal(object)
    worked = Signal(str, int, int)
    busy = Signal(bool)

    def __init__(self, window: QWidget, gate: DialogGate) -> None:
        """Work over a window.

        Args:
            window: Lies below the dialog.
            gate: Opens the dialog once the view is seen.
        """
        super().__init__(window)
        self._window = window
        self._gate = gate
        self._work = ReleaseWork(self)
        self._work.show_at(self.worked.emit)
        self._work.busy.connect(self.busy)
        self._work.failed.connect(self._on_work_failed)

    @property
    def is_on(self) -> bool:
        """Whether something is worked out."""
        return self._work.is_on

    @property
    def held(self) -> str:
        """Nothing: it is worked out anew when it is asked."""
        return ""

    def leave(self) -> None:
        """Leave what is worked out, and what waits to be shown of it."""
        self._work.leave()
        self._gate.drop()

    def stop(self) -> None:
        """Leave it, and wait for the thread that still works on it."""
        self._gate.drop()
        self._work.stop()

    def open(self, draft: OpenDraft) -> None:
        """Work out what the rules in use now change, then show it."""
        if self._work.is_on:
            return

        def compare(_: object) -> None:
            work = draft.base_comparison()
            if work is None:
                show(None)
            else:
                self._work.do_beside(work, _COMPARING, show)

        def show(changes: tuple[str, ...] | None) -> None:
            self._gate.open(partial(self._show, draft, changes))

        self._work.do_slices(_every_row(draft), _RESIDENTS, compare)

    def _show(self, draft: OpenDraft, changes: tuple[str, ...] | None) -> None:
        dialog = BaseDialog(draft.base_news, changes, self._window)
        dialog.taken.connect(self.taken)
        dialog.open()

    def _on_work_failed(self, error: MedCounterError) -> None:
        self.reported.emit(told_problem(error))


def _every_row(draft: OpenDraft) -> Iterator[None]:
    """Work out the residents; begin again where the author typed meanwhile."""
    while not draft.live.has_all_rows:
        yield from draft.live.working_out()
