"""Assign the columns of a list where its headings are not recognised.

Offers every kind of column beside each heading and emits what was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QScrollArea, QWidget

from medcounter.roster.reading.inquiry import ListAnswers

from ...dialogs.plain_dialog import PlainDialog
from ...remembering import remembering
from ...widgets.choice import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcounter.desk.roster.roster_list import ColumnsAsked

_UNUSED = "不用这一列"
_NEEDED = {"name": "姓名", "id_number": "证件号码"}


class ColumnsDialog(PlainDialog):
    """Asks what each heading means.

    Signals:
        chosen: The path, and the Said with what each heading means.
    """

    chosen = Signal(object, object)

    def __init__(self, asked: ColumnsAsked, parent: QWidget | None = None) -> None:
        super().__init__("columns_dialog", "指定各列是什么", parent)
        self._asked = asked
        self.setModal(True)
        self.add_text("columns_title", asked.path.name, role="title")
        self.add_text("columns_about", asked.text)
        self._before = _chosen_before()
        if any(heading in self._before for heading in asked.headings):
            self.add_text("columns_before", "先填上了上次这样的名单里指定的；请核对。", role="hint")
        self._boxes = {text: self._make_box(n, text) for n, text in enumerate(asked.headings)}
        self.body.addWidget(self._make_rows(), 1)
        self._missing = self.add_text("columns_missing", role="hint")
        self.add_button("columns_cancel", "不打开  Esc").clicked.connect(self.reject)
        self._confirm = self.add_button("columns_confirm", "按此打开  Enter", main=True)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self._judge()
        self.fit(34, 30)
        next(iter(self._boxes.values())).setFocus()

    def _make_rows(self) -> QScrollArea:
        inner = QWidget(self)
        rows = QFormLayout(inner)
        for heading, box in self._boxes.items():
            label = QLabel(heading, inner)
            label.setBuddy(box)
            rows.addRow(label, box)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        # It scrolls to whichever list has the focus.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def _make_box(self, number: int, heading: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setObjectName(f"column_{number}")
        box.setAccessibleName(f"“{heading}”是什么")
        box.addItem(_UNUSED, "")
        for code, name in self._asked.known:
            box.addItem(name, code)
        code = self._before.get(heading, self._asked.meant[number])
        box.setCurrentIndex(max(box.findData(code), 0))
        box.currentIndexChanged.connect(self._judge)
        return box

    def _judge(self) -> None:
        codes = {str(box.currentData()) for box in self._boxes.values()}
        missing = "、".join(name for code, name in _NEEDED.items() if code not in codes)
        self._missing.setText(f"还要指定哪一列是：{missing}" if missing else "可以打开了")
        self._confirm.setEnabled(not missing)

    def _on_confirm_clicked(self) -> None:
        chosen = {heading: str(box.currentData()) for heading, box in self._boxes.items()}
        self.chosen.emit(self._asked.path, ListAnswers(chosen, self._asked.given.answers))
        self.accept()


def _chosen_before() -> Mapping[str, str]:
    """Return what headings were said to be in the lists before."""
    kept = remembering()
    return kept.list_columns if kept is not None else {}
