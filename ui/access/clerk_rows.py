"""Rows for naming the clerks who will sign in.

Returns what was typed; validates nothing: the desk refuses weak secrets.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from medcounter.desk.access.access_records import ROLE_NAMES, SUPERVISOR
from medcounter.desk.access.sign_in import NewClerk

from ..widgets.choice import ChoiceBox
from .card_page import make_line

_HEADS = ("姓名", "角色", "口令", "再输一遍口令")


class _Row(NamedTuple):
    name: QLineEdit
    role: QComboBox
    secret: QLineEdit
    again: QLineEdit


class ClerkRows(QWidget):
    """A table to type into; the first row is a supervisor's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clerk_rows")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._rows: list[_Row] = []
        for column, text in enumerate(_HEADS):
            head = QLabel(text, self)
            head.setProperty("role", "caption")
            self._grid.addWidget(head, 0, column)

    def add_row(self, role: str = "clerk") -> None:
        """Offer one more row."""
        number = len(self._rows) + 1
        roles = ChoiceBox(self)
        roles.setObjectName(f"clerk_role_{number}")
        roles.setAccessibleName("角色")
        for code, text in ROLE_NAMES.items():
            roles.addItem(text, code)
        roles.setCurrentIndex(roles.findData(role))
        roles.setEnabled(number > 1 or role != SUPERVISOR)
        row = _Row(
            make_line(f"clerk_name_{number}", "姓名", self),
            roles,
            make_line(f"clerk_secret_{number}", "口令", self, secret=True),
            make_line(f"clerk_again_{number}", "再输一遍口令", self, secret=True),
        )
        last: QWidget | None = self._rows[-1].again if self._rows else None
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, number, column)
            # Tab goes as it is read; it would go as the fields were made.
            if last is not None:
                self.setTabOrder(last, widget)
            last = widget
        self._rows.append(row)

    def focus_first(self) -> None:
        """Focus the first name."""
        self._rows[0].name.setFocus()

    def clerks(self) -> tuple[NewClerk, ...]:
        """Return the rows in which anything was typed."""
        return tuple(
            NewClerk(row.name.text(), str(row.role.currentData()), row.secret.text())
            for row in self._rows
            if row.name.text().strip() or row.secret.text()
        )

    def show_clerks(self, clerks: tuple[NewClerk, ...]) -> None:
        """Show again what was typed, in as many rows as that takes."""
        while len(self._rows) < len(clerks):
            self.add_row()
        for row, clerk in zip(self._rows, clerks, strict=False):
            row.name.setText(clerk.name)
            row.role.setCurrentIndex(row.role.findData(clerk.role))
            row.secret.setText(clerk.secret)
            row.again.setText(clerk.secret)

    def problem(self) -> str:
        """Return which secret was not typed the same twice; else empty."""
        for row in self._rows:
            if row.secret.text() != row.again.text():
                name = row.name.text().strip()
                return f"“{name}”两遍输入的口令不一样，还没有保存；请重新输入。"
        return ""

    def forget(self) -> None:
        """Empty every secret, so that none stays in the window."""
        for row in self._rows:
            row.secret.clear()
            row.again.clear()
