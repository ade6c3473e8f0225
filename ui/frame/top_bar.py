"""The upper edge: the views, the place and year, the rules and the desk.

Shows the current choices and emits new ones.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from medcounter.desk.draft.place_choice import place_rows, year_rows

from ..look.icons import dress_tab
from ..messages import trust_word
from ..shortcuts import key_of
from ..widgets.act_menu import LINE, MenuRow, open_menu
from ..widgets.choice import ChoiceBox
from ..widgets.field_edit import ElidedLabel, show_state, show_text
from ..widgets.place_finder import PlaceBox, PlaceFinder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from medcounter.assess.engine.rule_book import RuleBook
    from medcounter.desk.desk import Desk
    from medcounter.desk.evaluate.outcome import Outcome

_COUNTER, _DAY = "view_counter", "view_day"
_VIEWS = (
    (_COUNTER, "办理"),
    ("view_ledger", "台账"),
    (_DAY, "日结"),
    ("view_roster", "名单"),
    ("view_rules", "规则"),
    ("view_studio", "编制"),
    ("view_settings", "设置"),
    ("view_check", "自检"),
    ("help", "帮助"),
)
# What has no view of its own, behind one button.
_MORE = (
    MenuRow("undo", "撤销上一步"),
    MenuRow("redo", "重做"),
    MenuRow("next_problem", "到下一处错误"),
    MenuRow("reprint_last", "补打上一张"),
    LINE,
    MenuRow("resident_screen", "居民屏：打开或收起"),
    MenuRow("practice", "练习：去，或回到正式办理"),
    MenuRow("practice_cases", "练习题"),
    MenuRow("view_guide", "第一天的指引"),
    LINE,
    MenuRow("back_up", "备份到 U 盘"),
    MenuRow("lock", "锁屏、换人"),
)
# How little the bar may say: no keys, no program's name, no names but the open view's,
# no desk, no day.
_NO_KEYS, _NO_TITLE, _NO_NAMES, _NO_DESK, _TERSEST = 1, 2, 3, 4, 5
_NARROWEST = 20
_BACK = "← 返回办理"
_WRITING = "view_studio"
_YEAR, _NO_RULES = "年度", "· 无规则"
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_PLACE_LENGTH = 10


class TopBar(QFrame):
    """Views, region, year, and the rules in use.

    Signals:
        pressed: Name of the view's act, as in the table of shortcuts.
        edited: ``region`` with a code, or ``benefit_year`` with a year.
    """

    pressed = Signal(str)
    edited = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        em = self.fontMetrics().height()
        self._book: RuleBook | None = None
        self._usual: Callable[[], tuple[str, ...]] | None = None
        self._scheme = ""
        self._finder: PlaceFinder | None = None
        self._rules_words = ("", "", "")
        self._terseness = 0
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(em * 3 // 4, em // 4, em * 3 // 4, em // 4)
        row.setSpacing(em // 4)
        name = QLabel("医保缴费测算台", self)
        name.setObjectName("program_name")
        row.addWidget(name)
        self._open = ""
        self._tabs = {act: self._make_tab(act, text) for act, text in _VIEWS}
        self._more = self._make_more()
        for tab in (*self._tabs.values(), self._more):
            row.addWidget(tab)
        self._name = name
        row.addStretch(1)
        self._region = PlaceBox(self)
        self._dress_choice(self._region, "region", "参保地", em * 7)
        # A long name is cut, and its tip has it whole: the year is read more often.
        self._region.setSizeAdjustPolicy(_BY_LENGTH)
        self._region.setMinimumContentsLength(_PLACE_LENGTH)
        self._year = ChoiceBox(self)
        self._dress_choice(self._year, "benefit_year", "待遇年度", em * 7)
        row.addWidget(self._region)
        row.addWidget(self._year)
        row.addSpacing(em // 2)
        self._rules = QLabel(self)
        self._rules.setObjectName("rules_state")
        self._desk = ElidedLabel("desk_state", self)
        self._desk.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._day = QLabel(self)
        self._day.setObjectName("day_state")
        row.addWidget(self._rules)
        row.addSpacing(em // 2)
        row.addWidget(self._desk)
        row.addSpacing(em // 3)
        row.addWidget(self._day)
        self._region.search_wanted.connect(self._find_place)
        self._region.activated.connect(self._on_region_activated)
        self._year.activated.connect(self._on_year_activated)
        self.show_view(_COUNTER)

    def show_desk(self, desk: Desk, on: date) -> None:
        """Offer the places the rules know; name rules, desk, clerk and day."""
        self._book = desk.rule_book
        self._usual = desk.days.usual_places
        kept = self._region.currentData()
        self._region.clear()
        for choice in self._book.regions():
            self._region.addItem(choice.name, choice.code)
        # Whom the desk serves may stand here already, and is not shown again for this.
        self._region.setCurrentIndex(self._region.findData(kept))
        state = desk.rules.state
        stale = on > state.review_by
        old = f" ⚠{state.review_by.isoformat()} 应复核" if stale else ""
        sign = f"r{state.revision} {trust_word(state)[0]}"
        self._rules_words = (
            f"规则 r{state.revision} {trust_word(state)}{old}",
            f"{sign}{old}",
            f"r{state.revision} ⚠应复核" if stale else sign,
        )
        show_state(self._rules, "problem" if stale or not state.signed else "")
        self._rules.setToolTip(f"{state.id}，第 {state.revision} 版，{state.review_by} 前有效")
        clerk = f" · {desk.settings.clerk}" if desk.settings.clerk else ""
        self._desk.show_text(f"{desk.settings.desk} 号窗口{clerk}")
        show_text(self._day, on.isoformat())
        self._fit()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the place and the year of the draft, and the years to choose."""
        draft = outcome.draft
        self._scheme = draft.scheme
        place = self._region.findData(draft.region)
        if place < 0 and draft.region and self._book is not None:
            place = self._region.count()
            self._region.addItem(self._book.name(draft.region) or draft.region, draft.region)
        self._region.setCurrentIndex(place)
        self._region.setToolTip(self._region.currentText() or "参保地")
        if self._book is None:
            return
        rows = year_rows(self._book, draft.region, draft.scheme, outcome.on)
        # Before a place is chosen nothing is known of its rules.
        missing = _NO_RULES if draft.region else _YEAR
        names = [f"{row.year} {_YEAR if row.covered else missing}" for row in rows]
        if names != [self._year.itemText(number) for number in range(self._year.count())]:
            self._year.clear()
            for name, row in zip(names, rows, strict=True):
                self._year.addItem(name, row.year)
        self._year.setCurrentIndex(self._year.findData(draft.benefit_year))

    def show_view(self, act: str) -> None:
        """Mark the view that is open."""
        self._open = act
        for name, tab in self._tabs.items():
            tab.setChecked(name == act)
        # Who writes rules types a lot: no key that goes astray changes the counter's place.
        keys = Qt.FocusPolicy.ClickFocus if act == _WRITING else Qt.FocusPolicy.StrongFocus
        for choice in (self._region, self._year):
            choice.setFocusPolicy(keys)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent: a narrow bar says less of each thing."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Override QFrame.event: what is added to the bar takes room from the rest."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._tighten()
        return done

    def minimumSizeHint(self) -> QSize:
        """Override QFrame.minimumSizeHint: no bar widens the window."""
        return QSize(self.fontMetrics().height() * _NARROWEST, super().minimumSizeHint().height())

    def open_regions(self) -> None:
        """Open the search for a place."""
        self._find_place("")

    def open_years(self) -> None:
        """Open the list of years for the keyboard."""
        self._year.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._year.showPopup()

    def focus_field(self, name: str) -> bool:
        """Focus the choice of a field; False where the field is elsewhere."""
        choice = {"region": self._region, "benefit_year": self._year}.get(name)
        if choice is not None:
            choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return choice is not None

    def _fit(self) -> None:
        """Say as much as there is room for: views with keys, names, signs."""
        self._terseness = 0
        self._shorten(0)
        self._tighten()

    def _tighten(self) -> None:
        while self._terseness < _TERSEST and self._wanted_width() > self.width():
            self._terseness += 1
            self._shorten(self._terseness)

    def _wanted_width(self) -> int:
        """Return the width that cuts nothing; who works here may be cut at last."""
        spared = 0
        if self._terseness < _NO_TITLE:
            spared = self._desk.sizeHint().width() - self._desk.minimumSizeHint().width()
        return self._row.minimumSize().width() + spared

    def _shorten(self, terseness: int) -> None:
        self._name.setVisible(terseness < _NO_TITLE)
        self._desk.setVisible(terseness < _NO_DESK)
        self._day.setVisible(terseness < _TERSEST)
        self._row.setSpacing(self.fontMetrics().height() // (4 if terseness < _TERSEST else 8))
        words = {_NO_TITLE: 1, _NO_NAMES: 1, _NO_DESK: 2, _TERSEST: 2}.get(terseness, 0)
        show_text(self._rules, self._rules_words[words])
        for act, tab in self._tabs.items():
            key = f" {key_of(act)}" if terseness < _NO_KEYS else ""
            named = terseness < _NO_NAMES or tab.isChecked()
            tab.setText(f"{tab.accessibleName()}{key}" if named else "")
        self._show_way_back(terseness)
        self._more.setText(self._more.accessibleName() if terseness < _NO_NAMES else "")

    def _show_way_back(self, terseness: int) -> None:
        """Name the way back in words on every other page; nothing moves by it."""
        tab, key = self._tabs[_COUNTER], f" {key_of(_COUNTER)}" if terseness < _NO_KEYS else ""
        here, back = tab.text(), f"{_BACK}{key}"
        tab.setMinimumWidth(0)
        tab.setText(back)
        if terseness < _NO_NAMES:
            tab.setMinimumWidth(tab.sizeHint().width())
        if tab.isChecked():
            tab.setText(here)

    def _make_more(self) -> QPushButton:
        more = QPushButton("更多", self)
        more.setObjectName("more_button")
        more.setAccessibleName("更多")
        more.setToolTip("撤销、补打上一张、居民屏、练习、备份、锁屏、换人")
        self._dress_tab(more, "more")
        more.clicked.connect(self._open_more)
        return more

    def _open_more(self) -> None:
        below = self._more.mapToGlobal(self._more.rect().bottomLeft())
        open_menu(self._more, "more", _MORE, self.pressed.emit, below)

    def _make_tab(self, act: str, text: str) -> QPushButton:
        tab = QPushButton(f"{text} {key_of(act)}", self)
        tab.setObjectName(f"{act}_tab")
        tab.setAccessibleName(text)
        tab.setToolTip(f"{text}，{key_of(act)}")
        self._dress_tab(tab, act)
        tab.setCheckable(True)
        tab.clicked.connect(partial(self._on_tab_clicked, act))
        return tab

    def _dress_tab(self, tab: QPushButton, act: str) -> None:
        tab.setProperty("role", "tab")
        dress_tab(tab, act)
        tab.setAutoDefault(False)
        tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _on_tab_clicked(self, act: str) -> None:
        if act == _DAY and act == self._open:
            # Its key closes the day the second time; a tab leads there and no further.
            self.show_view(act)
        else:
            self.pressed.emit(act)

    def _dress_choice(self, choice: ChoiceBox, name: str, label: str, width: int) -> None:
        choice.setObjectName(name)
        choice.setAccessibleName(label)
        choice.setPlaceholderText(label)
        choice.setToolTip(label)
        choice.setProperty("role", "bar")
        choice.setMinimumWidth(width)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _find_place(self, text: str) -> None:
        """Let a place be searched, beginning with a text."""
        if self._finder is None:
            self._finder = PlaceFinder(self._region, self.parentWidget() or self)
            self._finder.sought.connect(self._on_finder_sought)
            self._finder.chosen.connect(self._on_finder_chosen)
        self._finder.begin(text)

    def _on_finder_sought(self, text: str) -> None:
        if self._finder is not None and self._book is not None:
            usual = () if self._usual is None else self._usual()
            self._finder.show_places(place_rows(self._book, text, self._scheme, usual))

    def _on_finder_chosen(self, code: str) -> None:
        self.edited.emit("region", code)

    def _on_region_activated(self, index: int) -> None:
        self.edited.emit("region", self._region.itemData(index))

    def _on_year_activated(self, index: int) -> None:
        self.edited.emit("benefit_year", self._year.itemData(index))
