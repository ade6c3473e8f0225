"""The settings being changed: what was typed, what is wrong, what is kept.

One call in, one signal out. Checks nothing itself and opens no file: the
core's checks and the desk do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError
from medcounter.settings import Settings, check_settings

from .messages import GOOD, Message

if TYPE_CHECKING:
    from medcounter.assess.rule_book import RegionChoice
    from medcounter.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything the settings view shows.

    Attributes:
        settings: As typed.
        kept: As last saved.
        faults: Pairs of a setting's name and the sentence on what is wrong.
        regions: The places to choose from.
        years: The benefit years to choose from, newest first.
        problem: Why the last saving failed; empty when it did not.
    """

    settings: Settings
    kept: Settings
    faults: tuple[tuple[str, str], ...]
    regions: tuple[RegionChoice, ...]
    years: tuple[int, ...]
    problem: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything typed is not saved yet."""
        return self.settings != self.kept

    def fault_at(self, name: str) -> str:
        """Give what is wrong with a setting; empty when nothing is."""
        return dict(self.faults).get(name, "")


class SettingsSession(QObject):
    """The settings of one desk.

    Signals:
        updated: The SettingsState to show now.
        told: A Message for the strip.
        saved: The Settings now in use: texts and sizes may look different.
    """

    updated = Signal(object)
    told = Signal(object)
    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = desk.settings

    @property
    def state(self) -> SettingsState:
        """What the view shows now."""
        regions = self._desk.rule_book.regions()
        years = {one.benefit_year for region in regions for one in region.covered}
        return SettingsState(
            settings=self._settings,
            kept=self._desk.settings,
            faults=check_settings(self._settings),
            regions=regions,
            years=tuple(sorted(years, reverse=True)),
        )

    def refresh(self) -> None:
        """Show the settings as they stand, typed changes included."""
        self.updated.emit(self.state)

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed or chose for a setting."""
        change: dict[str, Any] = {name: value}
        self._settings = replace(self._settings, **change)
        self.updated.emit(self.state)

    def save(self) -> None:
        """Keep the settings and work by them; a fault is told instead."""
        try:
            self._desk.save_settings(self._settings)
        except MedCounterError as err:
            self.updated.emit(replace(self.state, problem=err.text))
            return
        self.updated.emit(self.state)
        self.told.emit(Message(GOOD, "设置已保存"))
        self.saved.emit(self._settings)
