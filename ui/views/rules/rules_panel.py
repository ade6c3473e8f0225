"""The rules view: what the rules in use cover, and their sources.

Read-only. Shows an overview and emits that newer rules should be taken in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.wording.terms import SCHEMES

from ...messages import trust_word
from ...shortcuts import key_of
from ...widgets.field_edit import show_state, show_text
from ...widgets.labels import selectable_label
from ...widgets.record_model import RecordModel
from ...widgets.record_view import RecordView
from .rule_lists import RuleLists
from .rule_rows import PROGRAMME_COLUMNS

if TYPE_CHECKING:
    from datetime import date

    from medcounter.desk.desk_records import BundleState
    from medcounter.desk.rules.rules_overview import ProgrammeView


def bundle_text(state: BundleState) -> str:
    """Return which rules are in use in one line."""
    return f"第 {state.revision} 版 · {trust_word(state)}"


def review_text(state: BundleState, on: date) -> str:
    """Say until when the rules need no second look."""
    if on > state.review_by:
        return f"⚠ 已过复核期限 {state.review_by}，请向上级索取新的规则包；现有规则仍可使用"
    return f"{state.id} · 复核期限 {state.review_by} · 校验值 {state.sha256[:8]}"


class RulesPanel(QWidget):
    """An overview of the rules in use.

    Signals:
        sync_pressed: The clerk wants to take in a newer bundle.
    """

    sync_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rules_panel")
        self._em = self.fontMetrics().height()
        self._bundle = selectable_label("rules_bundle", self, "title")
        self._review = selectable_label("rules_review", self, "note")
        self._sync = QPushButton(f"更新规则  {key_of('rules_sync')}", self)
        self._sync.setObjectName("rules_sync_button")
        self._sync.setShortcut(key_of("rules_sync"))
        self._sync.setAutoDefault(False)
        self._sync.clicked.connect(self.sync_pressed)
        self._rows: RecordModel[ProgrammeView] = RecordModel(PROGRAMME_COLUMNS, self)
        self._places = RecordView("rules_places", "规则覆盖的地区和年度", self._rows, self)
        header = self._places.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._heading = selectable_label("rules_heading", self, "heading")
        self._windows = selectable_label("rules_windows", self)
        self._fee = selectable_label("rules_fee", self)
        self._pages = RuleLists(self)
        self._places.row_chosen.connect(self._on_places_row_chosen)
        self._places.row_opened.connect(self._on_places_row_chosen)
        self._lay_out()

    def show_rules(self, views: tuple[ProgrammeView, ...], state: BundleState, on: date) -> None:
        """Show what the rules cover, beginning with the first place."""
        show_text(self._bundle, bundle_text(state))
        show_text(self._review, review_text(state, on))
        show_state(self._review, "invalid" if on > state.review_by else "")
        self._rows.show_rows(views)
        self._places.show_row(0 if views else -1)
        self._on_places_row_chosen(0)

    def choose_place(self, code: str) -> None:
        """Show the first programme of a place; one not covered changes nothing."""
        for row in range(self._rows.rowCount()):
            view = self._rows.record_at(row)
            if view is not None and view.region == code:
                self._places.show_row(row)
                self._on_places_row_chosen(row)
                return

    def focus_first(self) -> None:
        """Let the keys walk the places."""
        self._places.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _card(self, name: str) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame(self)
        card.setObjectName(name)
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*([self._em * 3 // 4] * 4))
        column.setSpacing(self._em // 4)
        return card, column

    def _lay_out(self) -> None:
        left, column = self._card("rules_left")
        for widget in (self._bundle, self._review, self._sync):
            column.addWidget(widget)
        column.addWidget(self._places, 1)
        right, column = self._card("rules_right")
        for label in (self._heading, self._windows, self._fee):
            column.addWidget(label)
        column.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(*([self._em // 2] * 4))
        row.setSpacing(self._em // 2)
        row.addWidget(left, 1)
        row.addWidget(right, 2)

    def _on_places_row_chosen(self, row: int) -> None:
        view = self._rows.record_at(row)
        self._pages.setVisible(view is not None)
        if view is None:
            show_text(self._heading, "规则包里没有任何地区的规则")
            return
        show_text(self._heading, f"{view.name} · {view.benefit_year} 年度 · {SCHEMES[view.scheme]}")
        show_text(self._windows, f"缴费期　{view.windows}")
        show_text(self._fee, f"个人缴费　{view.fee}")
        self._pages.show_programme(view)
