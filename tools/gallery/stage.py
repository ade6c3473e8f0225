"""One counter on a stage: opened for a scene, typed into, and photographed."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from medcounter.desk import access
from medcounter.desk.access_records import NEW
from medcounter.errors import MedCounterError
from tools.gallery.halls import NOW
from ui.counter import Counter, Surroundings
from ui.demo.camera import picture_of
from ui.demo.typist import Typist
from ui.fonts import load_fonts
from ui.shell import Shell
from ui.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tools.gallery.looks import Look

_PATIENCE_MS = 20_000
_LEVELS = 8
_GLANCE_MS = 20


class SceneStalledError(MedCounterError):
    """窗口没有按时作出反应，图没有画成；请关闭其他程序后重试。"""


class Stage(Typist):
    """A counter in its shell, for one scene.

    Attributes:
        shell: The top-level window.
        size: Its width and height, in logical pixels.
        counter: None until :meth:`open`.
    """

    def __init__(self, folder: Path, look: Look) -> None:
        super().__init__()
        self.folder = folder
        self.size = look.size
        self.shell = Shell()
        self.shell.resize(*look.size)
        self.counter: Counter | None = None
        painted = QSignalSpy(self.shell.first_painted)
        self.shell.show()
        _await(painted)

    def open(self) -> None:
        """Build the window and wait until the desk is open or refused; nobody signs in."""
        with suppress(MedCounterError):
            # A folder that cannot be opened shall be shown as it is.
            if access.state(self.folder).kind == NEW:
                access.choose_open(self.folder, _now())
        self.counter = Counter(self.shell, self.folder, Surroundings(clock=_now, printer=str))
        opened, refused = QSignalSpy(self.counter.opened), QSignalSpy(self.counter.refused)
        self.counter.begin()
        for _ in range(_PATIENCE_MS // 100):
            if opened.count() or refused.count() or self._is_refused() or opened.wait(100):
                break
        else:
            raise SceneStalledError
        self.shell.activateWindow()
        QCoreApplication.processEvents()

    def _is_refused(self) -> bool:
        pages: list[QWidget] = list(self.shell.findChildren(QWidget, "start_error"))
        return any(page.isVisible() for page in pages)

    def choose(self, name: str, text: str) -> None:
        """Walk to a list of choices and down to the one with this text."""
        self.tab_to(name)
        box = self.focused()
        self.press("Home")
        for _ in range(box.count() if isinstance(box, QComboBox) else 0):
            if isinstance(box, QComboBox) and not box.currentText().startswith(text):
                self.press("Down")

    def settle(self) -> None:
        """Wait until the self-check has come to its end.

        Raises:
            SceneStalledError: It does not.
        """
        found: list[QLabel] = list(self.shell.findChildren(QLabel, "check_summary"))
        for _ in range(_PATIENCE_MS // _GLANCE_MS):
            if found and not found[0].text().startswith("正在"):
                return
            QTest.qWait(_GLANCE_MS)
        raise SceneStalledError

    def picture(self, path: Path) -> None:
        """Save what is seen now.

        Raises:
            SceneStalledError: The picture could not be written.
        """
        self.rest()
        if not picture_of(self._front()).save(str(path)):
            raise SceneStalledError(f"图没有写到“{path}”；请换一个能写入的文件夹后重试。")

    def rest(self) -> None:
        """Let the layout come to rest: level by level, each in its own round."""
        for _ in range(_LEVELS):
            QCoreApplication.processEvents()

    def windows(self) -> list[QWidget]:
        """Give what lies open: dialogs over the window, else all windows."""
        modal = QApplication.activeModalWidget()
        visible = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        return visible if modal is None else [modal]

    def _front(self) -> QWidget:
        """Give what is looked at: a second window once one is open."""
        windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        second = [one for one in windows if one.objectName() == "resident_screen"]
        return second[0] if second else self.shell

    def close(self) -> None:
        """Give the counter back."""
        for window in QApplication.topLevelWidgets():
            if window is not self.shell and window.isVisible():
                window.close()
        self.shell.close()
        self.shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def staged(folder: Path, look: Look) -> Iterator[Stage]:
    """Give a stage dressed in a look, and clear it away afterwards."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        load_fonts()
        apply_theme(application, look.theme, look.scale)
    stage = Stage(folder, look)
    try:
        yield stage
    finally:
        stage.close()


def _now() -> datetime:
    return NOW


def _await(spy: QSignalSpy) -> None:
    if not spy.count() and not spy.wait(_PATIENCE_MS):
        raise SceneStalledError
