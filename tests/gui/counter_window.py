"""The whole window at a counter of its own, typed into and read as a clerk does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView, QWidget

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import NEW
from tests.gui.finding import child
from tests.support.desk.counter_samples import HALL, Clock
from tests.support.store.store_samples import demo_roots
from ui.counter import Counter
from ui.demo.typist import Typist
from ui.frame.shell import Shell
from ui.look import theme
from ui.look.fonts import load_fonts
from ui.surroundings import Surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# The screen of the halls at 125 %.
SMALL = (1093, 614)
LARGE = (1366, 768)
RESIDENT = "360103198807121237"
SETTINGS = (
    f'{{"version": 1, "hall": "{HALL.hall}", "desk": "03", "clerk": "王丽", "region": "360000"}}'
)


def dress(qapp: QApplication, name: str = "light") -> None:
    """Give the application fonts and theme as a start does."""
    if not qapp.styleSheet():
        qapp.setStyle("Fusion")
    load_fonts()
    theme.apply_theme(qapp, name)


class CounterWindow(Typist):
    """A counter in its shell."""

    def __init__(
        self, qtbot: QtBot, folder: Path, clock: Clock, size: tuple[int, int] = LARGE
    ) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.clock = clock
        self.folder = folder
        self.shell = Shell()
        qtbot.addWidget(self.shell)
        self.shell.resize(*size)
        surroundings = Surroundings(clock=clock, roots=demo_roots(), printer=str)
        self.counter = Counter(self.shell, folder, surroundings)
        with qtbot.waitExposed(self.shell):
            self.shell.show()

    @property
    def window(self) -> QWidget:
        """What the clerk sees in the shell."""
        return self.counter.window

    def open(self) -> None:
        """Show the window and wait for the desk behind it; nobody signs in."""
        if sign_in.state(self.folder).kind == NEW:
            sign_in.choose_open(self.folder, self.clock())
        with self.qtbot.waitSignal(self.counter.opened):
            self.counter.begin()
        self.shell.activateWindow()

    def text(self, name: str) -> str:
        """The words of a label."""
        return child(self.window, QLabel, name).text()

    def state(self, name: str) -> str:
        """The state a widget is marked with."""
        return str(child(self.window, QWidget, name).property("state"))

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return child(self.window, QLineEdit, name).text()

    def is_shown(self, name: str) -> bool:
        """Whether a widget can be seen."""
        return child(self.window, QWidget, name).isVisible()

    def is_ticked(self, name: str) -> bool:
        """Whether a chip is ticked."""
        return child(self.window, QPushButton, name).isChecked()

    def can(self, name: str) -> bool:
        """Whether a button can be pressed."""
        return child(self.window, QPushButton, name).isEnabled()

    def focus(self) -> str:
        """The name of what the keys go to."""
        return self.focused().objectName()

    def figures(self) -> tuple[str, str, str]:
        """Amount, wait and first covered day as they stand in large type."""
        return (self.text("amount_value"), self.text("wait_value"), self.text("cover_value"))

    def rows(self, name: str) -> list[list[str]]:
        """A table as it is read, line by line."""
        model = child(self.window, QTableView, name).model()
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]

    def chosen_row(self) -> int:
        """The row of the options that is marked."""
        return child(self.window, QTableView, "options").currentIndex().row()

    def action(self, name: str) -> QAction:
        """An act of the window."""
        return child(self.window, QAction, name)
