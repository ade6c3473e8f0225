"""The question before a notice is numbered, in a strip above the actions.

Shows the reasons in words, the fields of a hall that has not been named yet,
and the two answers; emits which one was given. Never modal: typing anything
else withdraws it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.desk.counter.issue_reasons import NO_OFFICE

from ..shortcuts import key_of
from ..widgets.field_edit import FieldEdit, show_text
from ..widgets.labels import plain_label

if TYPE_CHECKING:
    from medcounter.desk.counter.issue_reasons import Reason
    from medcounter.settings import Settings

_HEADING = "还没有出单，请先看清："
_OFFICE = (("hall", "大厅名称", "印在通知单上"), ("clerk", "经办人", "谁在这个窗口"))


class QuestionBar(QFrame):
    """One question at a time; hidden while there is none.

    Signals:
        agreed: The reasons were seen, and the notice is to be issued.
        declined: It isn't.
        office_given: Who issues was typed; :meth:`typed` gives it.
    """

    agreed = Signal()
    declined = Signal()
    office_given = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("question_bar")
        em = self.fontMetrics().height()
        row = QHBoxLayout(self)
        row.setContentsMargins(em * 3 // 4, em // 3, em * 3 // 4, em // 3)
        row.setSpacing(em // 2)
        column = QVBoxLayout()
        column.setSpacing(em // 4)
        row.addLayout(column, 1)
        self._text = plain_label("question_text", self)
        self._text.setAccessibleName("出单前请看清")
        column.addWidget(self._text)
        self._office = QWidget(self)
        column.addWidget(self._office)
        self._fields = self._make_fields()
        self._no = self._make_button("question_no", "先不出", "Esc", row)
        self._no.clicked.connect(self.declined)
        self._yes = self._make_button("question_yes", "看清了，仍要出单", key_of("agree"), row)
        self._yes.clicked.connect(self.agreed)
        self._asking = False
        self._in_front = True
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether a question is open, seen or not."""
        return self._asking

    def show_question(self, reasons: tuple[Reason, ...], settings: Settings | None) -> None:
        """Show what must be seen; no reasons end it.

        Args:
            reasons: The gravest first.
            settings: What the hall has set; None without a desk.
        """
        had_cursor = self.has_cursor
        self._asking = bool(reasons)
        marks = [f"• {reason.text}" for reason in reasons]
        show_text(self._text, "\n".join((_HEADING, *marks)))
        self._text.setAccessibleDescription(self._text.text())
        office = settings is not None and any(reason.code == NO_OFFICE for reason in reasons)
        self._office.setVisible(office)
        if settings is not None and office:
            for name, field in self._fields.items():
                known = str(getattr(settings, name)).strip()
                field.setVisible(not known)
                field.show_text(known)
        self._show()
        empty = [field for field in self._fields.values() if field.isVisible()]
        if empty and not had_cursor:
            empty[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_in_front(self, *, in_front: bool) -> None:
        """Show the bar only beside the resident it is about."""
        self._in_front = in_front
        self._show()

    @property
    def has_cursor(self) -> bool:
        """Whether something in it has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @property
    def is_office_typed(self) -> bool:
        """Whether it asks for hall and clerk, and an answer was begun."""
        return any(not field.isHidden() and field.text().strip() for field in self._fields.values())

    def typed(self) -> tuple[str, str]:
        """The texts of the fields, the hall first."""
        hall, clerk = (field.text().strip() for field in self._fields.values())
        return hall, clerk

    def _show(self) -> None:
        self.setVisible(self._asking and self._in_front)

    def _make_fields(self) -> dict[str, FieldEdit]:
        row = QHBoxLayout(self._office)
        row.setContentsMargins(0, 0, 0, 0)
        fields = {}
        for name, label, hint in _OFFICE:
            field = FieldEdit(f"question_{name}", label, f"{label}，{hint}", self._office)
            field.set_input("text")
            field.entered.connect(self._on_field_entered)
            row.addWidget(field, 1)
            fields[name] = field
        return fields

    def _make_button(self, name: str, text: str, key: str, row: QHBoxLayout) -> QPushButton:
        button = QPushButton(f"{text}  {key}", self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        # A click leaves the cursor where it is, to go on from there.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(button)
        return button

    def _on_field_entered(self, field: QWidget) -> None:
        del field
        empty = [one for one in self._fields.values() if one.isVisible() and not one.text().strip()]
        if empty:
            empty[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.office_given.emit()
