"""Begin a draft: which place, which year, and from what.

Shows a BeginState and emits what the user typed and chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from medcounter.wording.terms import SCHEMES

from ...dialogs.plain_dialog import PlainDialog
from ...widgets.chips import ChipStrip
from ...widgets.choice import ChoiceBox
from ...widgets.field_edit import FieldEdit, show_state, show_text
from ...widgets.place_finder import PlaceBox, PlaceFinder

if TYPE_CHECKING:
    from medcounter.desk.draft.place_choice import PlaceRow

PLACE, YEAR, SCHEME, START = "place", "year", "scheme", "start"
_WIDTH, _HEIGHT = 34, 25


@dataclass(frozen=True, slots=True)
class BeginState:
    """What the dialog shows.

    Attributes:
        region: Six digits; empty while no place is chosen.
        name: The place's name.
        year: The benefit year as typed.
        scheme: ``resident`` or ``flexible``.
        starts: From what it may begin: a key and its words; the likeliest first.
        start: Key of the one chosen.
        problem: What hinders, or what should be known first; may be empty.
        can_begin: Whether nothing hinders.
    """

    region: str = ""
    name: str = ""
    year: str = ""
    scheme: str = "resident"
    starts: tuple[tuple[str, str], ...] = ()
    start: str = ""
    problem: str = ""
    can_begin: bool = False


class BeginDialog(PlainDialog):
    """Place, year, scheme, and from what.

    Signals:
        sought: What is typed to find a place.
        edited: ``place``, ``year``, ``scheme`` or ``start``, and its value.
        begun: Begin the draft.
    """

    sought = Signal(str)
    edited = Signal(str, str)
    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("studio_begin", "新编规则", parent)
        self.add_text("studio_begin_title", "编哪个地区、哪个年度", role="title")
        self._finder: PlaceFinder | None = None
        self._place = PlaceBox(self)
        self._place.setObjectName("studio_place")
        self._place.setAccessibleName("地区")
        self._place.setPlaceholderText("直接打拼音首字母，如 gx、wx")
        self._place.search_wanted.connect(self._find)
        self._year = FieldEdit("studio_year", "待遇年度", "四位数字，如 2027", self)
        self._year.set_input("count")
        self._year.setFixedWidth(self._em * 6)
        self._year.edited.connect(self._on_year_edited)
        self._year.entered.connect(self._on_year_entered)
        self._scheme = ChipStrip("studio_scheme", "险种", self)
        self._scheme.show_choices((code, label, "") for code, label in SCHEMES.items())
        self._scheme.ticked.connect(self._on_scheme_ticked)
        self._start = ChoiceBox(self)
        self._start.setObjectName("studio_begin_from")
        self._start.setAccessibleName("从什么开始")
        self._start.activated.connect(self._on_start_activated)
        self._lay_out()
        self._alert = self.add_text("studio_begin_said", role="alert")
        self.body.addStretch(1)
        self._cancel = self.add_button("studio_begin_cancel", "取消  Esc")
        self._begin = self.add_button("studio_begin_button", "开始编  Enter", main=True)
        self._cancel.clicked.connect(self.reject)
        self._begin.clicked.connect(self.begun)
        self.fit(_WIDTH, _HEIGHT)
        self._place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_state(self, state: BeginState) -> None:
        """Show everything of a state."""
        if self._place.currentData() != state.region:
            self._place.clear()
            if state.region:
                self._place.addItem(state.name, state.region)
            self._place.setCurrentIndex(self._place.count() - 1)
        self._year.show_text(state.year)
        self._scheme.show_ticked((state.scheme,))
        words = [text for _, text in state.starts]
        if words != [self._start.itemText(row) for row in range(self._start.count())]:
            self._start.clear()
            for key, text in state.starts:
                self._start.addItem(text, key)
        self._start.setCurrentIndex(self._start.findData(state.start))
        show_text(self._alert, state.problem)
        show_state(self._alert, "" if state.can_begin else "problem")
        self._alert.setVisible(bool(state.problem))
        self._begin.setEnabled(state.can_begin)

    def show_places(self, rows: tuple[PlaceRow, ...]) -> None:
        """Show the places found for what is typed."""
        if self._finder is not None:
            self._finder.show_places(rows)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._em // 2)
        grid.setVerticalSpacing(self._em // 2)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("地区", self._place),
            ("待遇年度", self._year),
            ("险种", self._scheme),
            ("从什么开始", self._start),
        )
        for line, (text, control) in enumerate(rows):
            label = QLabel(text, self)
            label.setProperty("role", "label")
            label.setBuddy(control)
            grid.addWidget(label, line, 0)
            aside = Qt.AlignmentFlag.AlignLeft if control is self._year else Qt.AlignmentFlag(0)
            grid.addWidget(control, line, 1, aside)
        self.body.addLayout(grid)

    def _find(self, text: str) -> None:
        if self._finder is None:
            self._finder = PlaceFinder(self._place, self)
            self._finder.sought.connect(self.sought)
            self._finder.chosen.connect(self._on_finder_chosen)
        self._finder.begin(text)

    def _on_finder_chosen(self, code: str) -> None:
        self.edited.emit(PLACE, code)
        self._year.setFocus(Qt.FocusReason.TabFocusReason)
        self._year.selectAll()

    def _on_year_edited(self, _name: str, text: str) -> None:
        self.edited.emit(YEAR, text)

    def _on_year_entered(self) -> None:
        button: QPushButton = self._begin
        if button.isEnabled():
            button.click()

    def _on_scheme_ticked(self, code: str) -> None:
        self.edited.emit(SCHEME, code)

    def _on_start_activated(self, index: int) -> None:
        self.edited.emit(START, str(self._start.itemData(index)))
