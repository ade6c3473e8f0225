"""What the window remembers, for whoever in it asks: one object at a time.

Belongs to the application, so that a dialog finds it wherever it was opened.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from medcounter.window_memory import (
    WINDOW_FILE,
    load_window_memory,
    save_window_memory,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = "remembering"


class Remembering(QObject):
    """What the window of one open desk remembers."""

    def __init__(self, folder: Path, parent: QObject | None) -> None:
        """Read what a data folder keeps of it."""
        super().__init__(parent)
        self.setObjectName(_NAME)
        self._path = folder / WINDOW_FILE
        self._memory = load_window_memory(self._path)

    def folder(self, kind: str) -> str:
        """Return the folder a kind of file was last in; empty where it is gone."""
        folder = self._memory.folders.get(kind, "")
        return folder if folder and Path(folder).is_dir() else ""

    def keep_folder(self, kind: str, folder: str) -> None:
        """Remember the folder of a kind of file."""
        if self._memory.folders.get(kind) != folder:
            self._memory = self._memory.with_folder(kind, folder)
            save_window_memory(self._path, self._memory)

    @property
    def ledger_columns(self) -> tuple[str, ...]:
        """The ledger's columns that were chosen; none for as many as have room."""
        return self._memory.ledger_columns

    def keep_ledger_columns(self, names: tuple[str, ...]) -> None:
        """Remember which columns were chosen."""
        self._memory = replace(self._memory, ledger_columns=tuple(names))
        save_window_memory(self._path, self._memory)

    @property
    def list_columns(self) -> Mapping[str, str]:
        """Headings of lists, each with the column it was last said to be."""
        return self._memory.list_columns

    @property
    def list_answers(self) -> Mapping[str, str]:
        """Questions about lists, each with its last answer."""
        return self._memory.list_answers

    def keep_list(self, columns: Mapping[str, str], answers: Mapping[str, str]) -> None:
        """Remember what was said of a list that was then used."""
        if columns or answers:
            self._memory = self._memory.with_list(columns, answers)
            save_window_memory(self._path, self._memory)


def begin_remembering(folder: Path) -> None:
    """Remember for a data folder from now on, and for no other."""
    stop_remembering()
    Remembering(folder, QCoreApplication.instance())


def stop_remembering() -> None:
    """Remember for no folder: its desk is closed."""
    before = remembering()
    if before is not None:
        before.setObjectName("")
        before.deleteLater()


def remembering() -> Remembering | None:
    """Return what remembers now; None before a desk is open."""
    application = QCoreApplication.instance()
    named: list[Remembering] = (
        [] if application is None else list(application.findChildren(Remembering, _NAME))
    )
    return next(iter(named), None)
