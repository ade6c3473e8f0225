"""Chips in the form: one chosen of a few, or any ticked of many.

Each strip shows a text and emits the text the user made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from medcounter.authoring.form.field_texts import BETWEEN
from medcounter.authoring.form.reading.field_reading import codes_in
from medcounter.identity.pinyin import is_spelling, spellings

from ...widgets.chips import ChipStrip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from medcounter.authoring.form.form_records import FormField

_NUMBERS = tuple("123456789")
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class RadioStrip(ChipStrip):
    """Chips of which one is chosen: by an arrow, by its number, or by a click.

    Signals:
        typed: The label chosen.
    """

    typed = Signal(str)

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__("studio_value", field.label, parent)
        self._labels = {one.value: one.label for one in field.choices}
        self.show_choices((one.value, one.label, "") for one in field.choices)
        self.ticked.connect(self._choose)

    def show_text(self, text: str) -> None:
        """Mark the chip of a label; the keys enter the strip at it."""
        codes = [code for code, label in self._labels.items() if label == text]
        self.show_ticked(codes)
        chips = self.tab_stops()
        stop = next((chip for chip in chips if _code(chip) in codes), next(iter(chips), None))
        for chip in chips:
            enters = Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(enters)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override ChipStrip.keyPressEvent: an arrow or a number chooses."""
        numbered = _numbered(self, event)
        if numbered is not None:
            numbered.setFocus(Qt.FocusReason.TabFocusReason)
            self._choose(_code(numbered))
            return
        before = _focused(self)
        super().keyPressEvent(event)
        after = _focused(self)
        if after is not None and after is not before:
            self._choose(_code(after))

    def _choose(self, code: str) -> None:
        label = self._labels[code]
        self.show_text(label)
        self.typed.emit(label)


class ManyStrip(ChipStrip):
    """Chips of which any may be ticked, by key or number; a letter finds one.

    Signals:
        typed: The labels ticked, written one after the other.
    """

    typed = Signal(str)

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__("studio_value", field.label, parent)
        self._choices = field.choices
        self._labels = {one.value: one.label for one in field.choices}
        self.show_choices((one.value, one.label, "") for one in field.choices)
        self.ticked.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Tick exactly the chips of these labels."""
        self.show_ticked(filter(None, codes_in(self._choices, text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override ChipStrip.keyPressEvent: a number ticks, a letter goes to its chip."""
        numbered, spelt = _numbered(self, event), _spelt(self, event)
        if numbered is not None:
            numbered.setFocus(Qt.FocusReason.TabFocusReason)
            self.show_ticked({*self.ticked_codes()} ^ {_code(numbered)})
            self._tell()
        elif spelt is not None:
            spelt.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.typed.emit(BETWEEN.join(self._labels[code] for code in self.ticked_codes()))


def _code(chip: QWidget | None) -> str:
    return str(getattr(chip, "code", ""))


def _focused(strip: ChipStrip) -> QWidget | None:
    return next((chip for chip in strip.tab_stops() if chip.hasFocus()), None)


def _numbered(strip: ChipStrip, event: QKeyEvent) -> QWidget | None:
    """Return the chip whose number was pressed."""
    chips, text = strip.tab_stops(), event.text()
    number = int(text) if text in _NUMBERS else 0
    return chips[number - 1] if 0 < number <= len(chips) else None


def _spelt(strip: ChipStrip, event: QKeyEvent) -> QWidget | None:
    """Return the next chip whose name in pinyin begins with the letter pressed."""
    text = event.text().lower()
    if len(text) != 1 or not is_spelling(text) or event.modifiers() & ~_SHIFT:
        return None
    chips = strip.tab_stops()
    here = next((number for number, chip in enumerate(chips) if chip.hasFocus()), -1)
    ring = (*chips[here + 1 :], *chips[: here + 1])
    return next((chip for chip in ring if _begins_with(chip, text)), None)


def _begins_with(chip: QWidget, letter: str) -> bool:
    name = chip.text() if isinstance(chip, QPushButton) else ""
    # The readings of a character stand with the usual one first.
    return "".join(spellings(name[:1])[:1]).startswith(letter)
