"""Erase people whose term is over, in slices between events of the window.

Shows progress in its dialog. The desk decides who is erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ..work.slices import Slices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcounter.desk.desk import Desk

    from ..dialogs.retention_dialog import RetentionDialog


class ErasingJob(QObject):
    """One erasure, in slices; closing its dialog ends it after a slice.

    Outlives its dialog, which deletes itself when it is closed.

    Signals:
        ended: It was done, or went no further.
    """

    ended = Signal()

    def __init__(
        self, desk: Desk, slices: Iterator[int], dialog: RetentionDialog, parent: QObject
    ) -> None:
        """Begin.

        Args:
            desk: Makes a backup at the end.
            slices: Erase, and give the number erased so far.
            dialog: Shows how far it is.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._dialog = dialog
        self._erased = 0
        self._slices = Slices(self)
        self._slices.given.connect(self._on_slices_given)
        self._slices.ended.connect(self._on_slices_ended)
        self._slices.failed.connect(self._on_slices_failed)
        dialog.finished.connect(self._on_dialog_finished)
        self._slices.begin(slices)

    def stop(self) -> None:
        """Erase no further, as the desk is given back."""
        self._slices.stop()

    def _on_slices_given(self, erased: int) -> None:
        self._erased = erased
        self._dialog.show_progress(erased)

    def _on_slices_ended(self) -> None:
        try:
            self._desk.backups.back_up()
            self._dialog.show_done(self._erased, self._desk.retention.copies_before())
        except MedCounterError as err:
            self._dialog.show_refused(err.text)
        self.ended.emit()

    def _on_slices_failed(self, error: MedCounterError) -> None:
        self._dialog.show_refused(error.text)
        self.ended.emit()

    def _on_dialog_finished(self) -> None:
        if self._slices.is_on:
            self._slices.stop()
            self.ended.emit()
