"""The session of the settings view: what was typed, what is wrong, what is saved.

One call in, one signal out. Checks nothing itself and opens no file: the
core's checks and the desk do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from shiboken6 import isValid

from medcounter.desk.draft.place_choice import place_rows
from medcounter.desk.settings_form import SettingsForm
from medcounter.errors import MedCounterError

from ...printing.print_jobs import Printers
from ...printing.print_system import print_system
from ...session.desk_session import DeskSession

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from PySide6.QtCore import QObject

    from medcounter.assess.engine.rule_book import RegionChoice
    from medcounter.desk.desk import Desk
    from medcounter.settings import Settings


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything the settings view shows.

    Attributes:
        settings: As typed.
        kept: As last saved.
        faults: Pairs of a setting's name and the sentence on what is wrong.
        texts: What stands in the fields, by setting.
        regions: The places with rules, to choose from.
        place: Name of the place that is set, with rules or without.
        years: The benefit years to choose from, newest first.
        printers: Those to choose from.
        problem: Why the last saving failed; empty when it did not.
    """

    settings: Settings
    kept: Settings
    faults: tuple[tuple[str, str], ...]
    texts: Mapping[str, str]
    regions: tuple[RegionChoice, ...]
    years: tuple[int, ...]
    printers: Printers
    place: str = ""
    problem: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything typed is not saved yet."""
        return self.settings != self.kept or bool(self.faults)

    @property
    def printer(self) -> str:
        """The printer that would be printed on; empty when there is none."""
        return self.settings.printer or self.printers.usual

    def fault_at(self, name: str) -> str:
        """Return what is wrong with a setting; empty when nothing is."""
        return dict(self.faults).get(name, "")


class SettingsSession(DeskSession):
    """The settings of one desk.

    Signals:
        updated: The SettingsState to show now.
        saved: The Settings now in use: texts and sizes may look different.
        test_page_wanted: The Settings, as typed, of the printer to measure.
        places_found: The PlaceRows for what is typed.
    """

    updated = Signal(object)
    saved = Signal(object)
    test_page_wanted = Signal(object)
    places_found = Signal(object)

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
        printers: Callable[[Callable[[Printers], None]], None] | None = None,
    ) -> None:
        """Work for an open desk.

        Args:
            desk: Keeps the settings.
            clock: Gives the present time with its zone.
            parent: Owns the session.
            printers: Asks for the printers there are; the system when None.
        """
        super().__init__(desk, clock, parent)
        self._ask_printers = printers or print_system().ask
        self._form = SettingsForm(desk.settings, desk.settings)
        self._printers = print_system().known

    @property
    def held(self) -> str:
        """Override DeskSession.held: what was typed and not saved."""
        unsaved = self._form.settings != self._desk.settings or self._form.faults
        return "设置里的改动还没有保存" if unsaved else ""

    @property
    def state(self) -> SettingsState:
        """What the view shows now."""
        regions = self._desk.rule_book.regions()
        years = {one.benefit_year for region in regions for one in region.covered}
        place = self._form.settings.region
        return SettingsState(
            settings=self._form.settings,
            kept=self._desk.settings,
            faults=self._form.faults,
            texts=self._form.texts,
            regions=regions,
            years=tuple(sorted(years, reverse=True)),
            printers=self._printers,
            place=self._desk.rule_book.name(place) or place,
        )

    def find_places(self, text: str) -> None:
        """Look for places by what is typed."""
        usual = self._desk.days.usual_places()
        scheme = self._form.settings.scheme
        self.places_found.emit(place_rows(self._desk.rule_book, text, scheme, usual))

    def refresh(self) -> None:
        """Show the settings as they stand, typed changes included."""
        # Some may be set elsewhere in the meantime, for example when a notice asked who issues.
        form = self._form.kept_meanwhile(self._desk.settings)
        self._form = replace(form, usual=self._printers.usual)
        self.updated.emit(self.state)
        self._ask_printers(self._on_printers)

    def _on_printers(self, printers: Printers) -> None:
        if isValid(self) and printers != self._printers:
            self._printers = printers
            self._form = replace(self._form, usual=printers.usual)
            self.updated.emit(self.state)

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed or chose for a setting."""
        self._form = self._form.edited(name, value)
        self.updated.emit(self.state)

    def save(self) -> None:
        """Keep the settings and work by them; a fault is told instead."""
        try:
            self._desk.save_settings(self._form.settings, self._clock())
        except MedCounterError as err:
            self.updated.emit(replace(self.state, problem=err.text))
            return
        self._form = SettingsForm(self._form.settings, self._desk.settings, self._printers.usual)
        self.updated.emit(self.state)
        self.saved.emit(self._form.settings)

    def ask_test_page(self) -> None:
        """Let the printer be measured as it is set now, saved or not."""
        self.test_page_wanted.emit(self._form.settings)
