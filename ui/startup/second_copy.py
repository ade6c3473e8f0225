"""A second copy of the program brings the first to the front.

Watches for calls while a desk is open here, and calls where it is open
elsewhere. Uses a file, so that it works the same on every system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from medcounter.machine import single_instance

if TYPE_CHECKING:
    from pathlib import Path

_LOOK_MS = 50
_LOOKS = 30


class FrontWatch(QObject):
    """Receives the calls for one data folder.

    Signals:
        called: A second copy was started.
    """

    called = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._watcher: QFileSystemWatcher | None = None
        try:
            place = single_instance.front_folder(folder)
        except OSError:
            # In a folder that cannot be written, no copy can leave a call for this one.
            return
        single_instance.take(folder)
        self._watcher = QFileSystemWatcher([str(place)], self)
        self._watcher.directoryChanged.connect(self._on_directory_changed)

    def _on_directory_changed(self, _path: str) -> None:
        if single_instance.take(self._folder):
            self.called.emit()


class FrontCall(QObject):
    """One call to the copy that has the ledger.

    Signals:
        answered: It came to the front.
        unanswered: Nobody with a window took the call.
    """

    answered = Signal()
    unanswered = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._called: Path | None = None
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Call; one of the signals comes later."""
        try:
            self._called = single_instance.call(self._folder)
        except OSError:
            self.unanswered.emit()
            return
        self._timer.start()

    def stop(self) -> None:
        """Call no longer: neither signal comes."""
        self._timer.stop()
        if self._called is not None:
            single_instance.withdraw(self._called)

    def _look(self) -> None:
        self._looks += 1
        if self._called is not None and not self._called.exists():
            self._timer.stop()
            self.answered.emit()
        elif self._looks >= _LOOKS:
            self.stop()
            self.unanswered.emit()
