"""Compare what was carried over from last year with the new announcement.

Each clause is asked anew, for it is last year's announcement that had it; the sentences
that nobody derives are shown beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from ...dialogs.plain_dialog import PlainDialog
from ...widgets.gutter_scroll import GutterScroll

if TYPE_CHECKING:
    from medcounter.desk.authoring.draft_rolling import CarriedText

_WIDTH, _MOST_HEIGHT, _ROW_HEIGHT, _FRAME = 48, 34, 6, 9
_ABOUT = (
    "条款和下面的句子还是上一年度公告的，来源换成新公告以后可能对不上："
    "照新公告改好第几条，确认以后才算核对过。"
)


class ConfirmDialog(PlainDialog):
    """The clauses and sentences of the records that are confirmed.

    Signals:
        given: The records as CarriedText, each with the clause that stands now.
    """

    given = Signal(object)

    def __init__(self, texts: tuple[CarriedText, ...], parent: QWidget) -> None:
        super().__init__("studio_confirm_dialog", "照新通知核对", parent)
        self.add_text("studio_confirm_title", f"照新通知核对 {len(texts)} 项", role="title")
        self.add_text("studio_confirm_about", _ABOUT, role="banner")
        self._texts = texts
        held = QWidget(self)
        rows = QFormLayout(held)
        rows.setContentsMargins(0, 0, 0, 0)
        self._lines = [self._row(number, text, rows) for number, text in enumerate(texts)]
        self.body.addWidget(GutterScroll("studio_confirm_rows", held, self), 1)
        self._cancel = self.add_button("studio_confirm_cancel", "再看看  Esc")
        self._give = self.add_button("studio_confirm_button", "都对，确认  Enter", main=True)
        self._cancel.clicked.connect(self.reject)
        self._give.clicked.connect(self._on_give_clicked)
        self._follow()
        self.fit(_WIDTH, min(_MOST_HEIGHT, _FRAME + _ROW_HEIGHT * len(texts)))
        if self._lines:
            self._lines[0].setFocus()
            self._lines[0].selectAll()

    def _row(self, number: int, text: CarriedText, rows: QFormLayout) -> QLineEdit:
        title = self._label(f"studio_confirm_label_{number}", text.label, "group")
        rows.addRow(title)
        line = QLineEdit(text.clause, self)
        line.setObjectName(f"studio_confirm_clause_{number}")
        line.setAccessibleName(f"{text.label}：新公告第几条")
        line.textChanged.connect(self._follow)
        rows.addRow(self._label(f"studio_confirm_where_{number}", "新公告第几条", "label"), line)
        for place, sentence in enumerate(text.sentences):
            label = self._label(
                f"studio_confirm_said_{number}_{place}", f"句子：{sentence}", "muted"
            )
            rows.addRow(label)
        return line

    def _label(self, name: str, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _follow(self) -> None:
        self._give.setEnabled(all(line.text().strip() for line in self._lines))

    def _on_give_clicked(self) -> None:
        clauses = [line.text().strip() for line in self._lines]
        pairs = zip(self._texts, clauses, strict=True)
        self.accept()
        self.given.emit(tuple(text._replace(clause=clause) for text, clause in pairs))
