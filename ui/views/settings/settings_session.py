"""The session of the settings view: what was typed, what is wrong, what is saved.

One call in, one signal out. Checks nothing itself and opens no file: the
core's checks and the desk do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError
from medcounter.settings import LARGEST_OFFSET, Offset, Settings, check_settings

from ...messages import GOOD, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medcounter.assess.engine.rule_book import RegionChoice
    from medcounter.desk.desk import Desk

OFFSET_X, OFFSET_Y = "offset_x", "offset_y"
_NAME_GAPS = re.compile(r"[、,，;；\s]+")
_MILLIMETRES = re.compile(r"([-−－]?)([0-9]{1,2})(?:[.．。]([0-9]))?")
_NO_OFFSET = f"应为 -{LARGEST_OFFSET // 10} 至 {LARGEST_OFFSET // 10} 毫米，最多一位小数，如 1.5"


class Printers(NamedTuple):
    """The system's printers, and which of them is the usual one."""

    names: tuple[str, ...]
    usual: str


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything the settings view shows.

    Attributes:
        settings: As typed.
        kept: As last saved.
        faults: Pairs of a setting's name and the sentence on what is wrong.
        texts: What stands in the fields, by setting.
        regions: The places to choose from.
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


def read_names(text: str) -> tuple[str, ...]:
    """Read names set apart by commas, blanks or 、."""
    return tuple(name for name in _NAME_GAPS.split(text) if name)


def read_number(text: str) -> object:
    """Read a whole number, 0 for nothing; else the text, for the check."""
    digits = text.strip()
    if not digits:
        return 0
    return int(digits) if digits.isascii() and digits.isdecimal() else text


def read_tenths(text: str) -> int | None:
    """Read millimetres into tenths; None when they cannot be an offset."""
    found = _MILLIMETRES.fullmatch(text.strip() or "0")
    if found is None:
        return None
    sign, whole, tenth = found.groups()
    tenths = int(whole) * 10 + int(tenth or 0)
    return None if tenths > LARGEST_OFFSET else -tenths if sign else tenths


def show_tenths(tenths: int) -> str:
    """Write tenths of a millimetre as millimetres: -1.5."""
    return f"{tenths / 10:.1f}"


_READ: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {"clerks": read_names, "reader_port": read_number}
)


def system_printers() -> Printers:
    """Ask the system for its printers."""
    # Printing is slow to import and not needed for the first answer.
    from ...printing.printer import default_printer_name, printer_names  # noqa: PLC0415 - see above

    return Printers(printer_names(), default_printer_name())


class SettingsSession(QObject):
    """The settings of one desk.

    Signals:
        updated: The SettingsState to show now.
        told: A Message for the strip.
        saved: The Settings now in use: texts and sizes may look different.
        test_page_wanted: The Settings, as typed, of the printer to measure.
    """

    updated = Signal(object)
    told = Signal(object)
    saved = Signal(object)
    test_page_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        parent: QObject | None = None,
        printers: Callable[[], Printers] = system_printers,
    ) -> None:
        """Work for an open desk.

        Args:
            desk: Keeps the settings.
            parent: Owns the session.
            printers: Asks for the printers there are.
        """
        super().__init__(parent)
        self._desk = desk
        self._ask_printers = printers
        self._settings = self._based = desk.settings
        self._printers = Printers((), "")
        self._typed: dict[str, str] = {}

    @property
    def state(self) -> SettingsState:
        """What the view shows now."""
        regions = self._desk.rule_book.regions()
        years = {one.benefit_year for region in regions for one in region.covered}
        offset_faults = (
            (name, _NO_OFFSET)
            for name in (OFFSET_X, OFFSET_Y)
            if read_tenths(self._typed.get(name, "")) is None
        )
        return SettingsState(
            settings=self._settings,
            kept=self._desk.settings,
            faults=(*check_settings(self._settings), *offset_faults),
            texts=self._texts() | self._typed,
            regions=regions,
            years=tuple(sorted(years, reverse=True)),
            printers=self._printers,
        )

    def refresh(self) -> None:
        """Show the settings as they stand, typed changes included."""
        self._printers = self._ask_printers()
        kept = self._desk.settings
        if kept != self._based:
            # Set elsewhere in the meantime, for example when a notice asked who issues.
            names = (field.name for field in fields(Settings))
            typed = {
                name: getattr(self._settings, name)
                for name in names
                if getattr(self._settings, name) != getattr(self._based, name)
            }
            self._settings, self._based = replace(kept, **typed), kept
        self.updated.emit(self.state)

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed or chose for a setting."""
        if name in {OFFSET_X, OFFSET_Y}:
            self._edit_offset(name, str(value))
        else:
            change: dict[str, Any] = {name: value}
            if name in _READ:
                self._typed[name] = str(value)
                change = {name: _READ[name](str(value))}
            self._settings = replace(self._settings, **change)
        if name == "printer":
            self._typed.pop(OFFSET_X, None)
            self._typed.pop(OFFSET_Y, None)
        self.updated.emit(self.state)

    def save(self) -> None:
        """Keep the settings and work by them; a fault is told instead."""
        try:
            self._desk.save_settings(self._settings)
        except MedCounterError as err:
            self.updated.emit(replace(self.state, problem=err.text))
            return
        self._typed.clear()
        self.updated.emit(self.state)
        self.told.emit(Message(GOOD, "设置已保存"))
        self.saved.emit(self._settings)

    def ask_test_page(self) -> None:
        """Let the printer be measured as it is set now, saved or not."""
        self.test_page_wanted.emit(self._settings)

    def _edit_offset(self, name: str, text: str) -> None:
        self._typed[name] = text
        tenths = read_tenths(text)
        printer = self.state.printer
        if tenths is None or not printer:
            return
        old = self._settings.offset_on(printer)
        new = replace(old, x=tenths) if name == OFFSET_X else replace(old, y=tenths)
        others = tuple(one for one in self._settings.offsets if one.printer != printer)
        kept = others if new == Offset(printer) else (*others, new)
        self._settings = replace(self._settings, offsets=kept)

    def _texts(self) -> dict[str, str]:
        settings = self._settings
        offset = settings.offset_on(settings.printer or self._printers.usual)
        return {
            "hall": settings.hall,
            "desk": settings.desk,
            "clerk": settings.clerk,
            "second_place": settings.second_place,
            "clerks": "、".join(settings.clerks),
            "reader_port": f"{settings.reader_port or ''}",
            OFFSET_X: show_tenths(offset.x),
            OFFSET_Y: show_tenths(offset.y),
        }
