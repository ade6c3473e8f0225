"""One row of the settings view: label, control, and the note below it.

Shows a value and what is wrong with it; emits what was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from medcounter.settings import CHECKS

from ...widgets.choice import ChoiceBox
from ...widgets.field_edit import INVALID, PLAIN, FieldEdit, show_state, show_text
from ...widgets.place_finder import PlaceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

OfferedValue = tuple[object, str]


class SettingChoice(ChoiceBox):
    """A list to choose one setting from.

    Signals:
        edited: The setting's name and the value chosen.
    """

    edited = Signal(str, object)

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"setting_{name}")
        self.setAccessibleName(label)
        self._name = name
        self._offers: tuple[OfferedValue, ...] = ()
        self.activated.connect(self._on_activated)

    def show_choice(self, offers: Sequence[OfferedValue], value: object) -> None:
        """Offer values with their texts and show which one is set."""
        known = tuple(offers)
        if value not in [offered for offered, _ in known]:
            known = (*known, (value, f"{value}"))
        if known != self._offers:
            self._offers = known
            self.clear()
            self.addItems([text for _, text in known])
        self.setCurrentIndex([offered for offered, _ in known].index(value))

    def _on_activated(self, index: int) -> None:
        self.edited.emit(self._name, self._offers[index][0])


class SettingPlace(SettingChoice, PlaceBox):
    """The list to choose the hall's place from, which lets a place be searched.

    Signals:
        search_wanted: As :class:`PlaceBox` has it.
    """

    # Said again: PySide6 6.8.3 would add the second base's signal behind slots, and warns of that.
    search_wanted = Signal(str)


class SettingRow:
    """A setting's label with buddy, its control and its note.

    Attributes:
        control: What takes the focus.
    """

    def __init__(
        self, name: str, hint: str, control: FieldEdit | SettingChoice, parent: QWidget
    ) -> None:
        self.control = control
        self._hint = hint
        self._label = QLabel(CHECKS[name].label, parent)
        self._label.setObjectName(f"setting_{name}_label")
        self._label.setProperty("role", "label")
        self._label.setBuddy(control)
        self._note = QLabel(parent)
        self._note.setObjectName(f"setting_{name}_note")
        self._note.setProperty("role", "note")
        self._note.setWordWrap(True)

    def place(self, grid: QGridLayout, line: int, beside: QWidget | None = None) -> None:
        """Put the row into two lines of a grid.

        Args:
            grid: Labels stand in its first column.
            line: The first of the two lines.
            beside: Stands at the right of the control.
        """
        controls = QHBoxLayout()
        controls.addWidget(self.control, 1)
        if beside is not None:
            controls.addWidget(beside)
        grid.addWidget(self._label, line, 0)
        grid.addLayout(controls, line, 1)
        grid.addWidget(self._note, line + 1, 1)

    def show_fault(self, fault: str) -> None:
        """Show what is wrong, or how to fill it when nothing is."""
        state = INVALID if fault else PLAIN
        show_text(self._note, fault or self._hint)
        show_state(self._note, state)
        show_state(self.control, state)
        self._note.setVisible(bool(fault or self._hint))
