"""One counter on a stage: opened for a scene, typed into, and photographed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QWidget,
)

from medcounter.desk.safety.alerts import current_alerts
from medcounter.errors import MedCounterError
from tools.gallery.halls import NOW
from ui.counter import Counter
from ui.demo.camera import picture_of
from ui.demo.typist import Typist
from ui.frame.shell import Shell
from ui.look.fonts import load_fonts
from ui.look.theme import apply_theme
from ui.printing.print_jobs import Printers
from ui.printing.print_system import print_system
from ui.surroundings import Surroundings
from ui.views.roster.roster_session import OPEN, RosterSession
from ui.views.roster.roster_state import READING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.safety.alerts import Observations
    from tools.gallery.looks import Look

Part = TypeVar("Part", bound=QObject)
# Where others work a glance gives one slice its turn, and the check of a draft has a thousand.
_PATIENCE_MS = 180_000
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

    def __init__(self, folder: Path, look: Look, at: datetime = NOW) -> None:
        super().__init__()
        self.folder = folder
        self.size = look.size
        self._at = at
        self.shell = Shell()
        self.shell.resize(*look.size)
        self.counter: Counter | None = None
        painted = QSignalSpy(self.shell.first_painted)
        self.shell.show()
        _await(painted)

    def open(self) -> None:
        """Build the window and wait until the desk is open, refused or asked about."""
        surroundings = Surroundings(clock=self._now, printer=str)
        self.counter = Counter(self.shell, self.folder, surroundings)
        opened, refused = QSignalSpy(self.counter.opened), QSignalSpy(self.counter.refused)
        self.counter.begin()
        for _ in range(_PATIENCE_MS // 100):
            if opened.count() or refused.count() or self._is_refused() or opened.wait(100):
                break
        else:
            raise SceneStalledError
        # No picture depends on how soon the system names its printers.
        known: list[Printers] = []
        print_system().ask(known.append)
        self.wait_until(lambda: bool(known))
        self.shell.activateWindow()
        QCoreApplication.processEvents()

    def _is_refused(self) -> bool:
        pages: list[QWidget] = list(self.shell.findChildren(QWidget, "start_error"))
        asked = self.counter is not None and self.counter.window.covered_by
        return bool(asked) or any(page.isVisible() for page in pages)

    def _now(self) -> datetime:
        return self._at

    def choose(self, name: str, text: str) -> None:
        """Walk to a list of choices and down to the one with this text."""
        self.tab_to(name)
        box = self.focused()
        self.press("Home")
        for _ in range(box.count() if isinstance(box, QComboBox) else 0):
            if isinstance(box, QComboBox) and not box.currentText().startswith(text):
                self.press("Down")

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Let the program go on until something is so.

        Raises:
            SceneStalledError: It does not come to be.
        """
        for _ in range(_PATIENCE_MS // _GLANCE_MS):
            if is_so():
                return
            QTest.qWait(_GLANCE_MS)
        raise SceneStalledError

    def part(self, kind: type[Part], name: str) -> Part:
        """Give the newest part of the window with a name.

        Raises:
            SceneStalledError: There is none.
        """
        found: list[Part] = list(self.shell.findChildren(kind, name))
        if not found:
            raise SceneStalledError
        return found[-1]

    def await_seen(self, name: str) -> None:
        """Wait until a part of the window is seen, made by then or not."""

        def is_seen() -> bool:
            found: list[QWidget] = list(self.shell.findChildren(QWidget, name))
            return bool(found) and found[-1].isVisible()

        self.wait_until(is_seen)

    def settle(self) -> None:
        """Wait until the self-check has come to its end."""
        told = self.part(QLabel, "check_summary")
        self.wait_until(lambda: not told.text().startswith("正在"))

    def click(self, name: str) -> None:
        """Click what no key leads to."""
        self.part(QPushButton, name).click()
        self.rest()

    def show_found(self, found: Observations) -> None:
        """Show what stands at a counter where this was found out."""
        if self.counter is not None:
            self.counter.window.show_alerts(current_alerts(found, self._at))

    def bring_list(self, path: Path) -> None:
        """Open a list of people as a drop on its view does."""
        session = self.part(RosterSession, "roster_session")
        session.ask(OPEN, str(path))
        self.wait_until(lambda: session.state.phase != READING)

    def narrow(self, name: str) -> None:
        """Show only some people of a list."""
        self.click(f"roster_filter_{name.lower()}")

    def await_box(self) -> None:
        """Wait for the question that follows the notices of a list."""
        self.wait_until(lambda: QApplication.activeModalWidget() is not None)

    def choose_file(self, name: str, path: Path) -> None:
        """Choose a file as its dialog does."""
        files = self.part(QFileDialog, name)
        files.close()
        files.fileSelected.emit(str(path))
        self.rest()

    def sign_in(self) -> None:
        """Sign in with what was typed, and wait for the desk."""
        opened: list[None] = []
        if self.counter is not None:
            self.counter.opened.connect(lambda: opened.append(None))
        self.press("Return")
        # A spy's own waiting would keep the thread from running that stretches secrets.
        self.wait_until(lambda: bool(opened))
        self.shell.activateWindow()
        self.rest()

    def sign_in_wrongly(self) -> None:
        """Sign in with wrong words until there is something to wait for."""
        button = self.part(QPushButton, "sign_in_button")
        said = self.part(QLabel, "sign_in_page_said")
        while not button.text().startswith("请等"):
            self.tab_to("sign_in_secret")
            self.type("something wrong")
            self.press("Return")
            self.wait_until(lambda: said.text() != "正在核对")

    def picture(self, path: Path) -> None:
        """Save what is seen now.

        Raises:
            SceneStalledError: The picture could not be written.
        """
        self.rest()
        if not picture_of(self._front()).save(str(path)):
            raise SceneStalledError(f"图没有写到“{path}”；请换一个能写入的文件夹后重试。")

    def fit(self, size: tuple[int, int]) -> None:
        """Give the window the room of another screen.

        Args:
            size: Width and height in logical pixels.
        """
        self.size = size
        self.shell.resize(*size)
        self.rest()

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
def staged(folder: Path, look: Look, at: datetime = NOW) -> Iterator[Stage]:
    """Give a stage dressed in a look, and clear it away afterwards."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        load_fonts()
        apply_theme(application, look.theme, look.scale)
    stage = Stage(folder, look, at)
    try:
        yield stage
    finally:
        stage.close()


def _await(spy: QSignalSpy) -> None:
    if not spy.count() and not spy.wait(_PATIENCE_MS):
        raise SceneStalledError
