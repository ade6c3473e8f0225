"""Answer the questions about a list before anybody on it is imported.

Shows each question with its choices and emits what was chosen; nothing is
preselected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from medcounter.roster.reading.inquiry import ListAnswers

from ...dialogs.plain_dialog import PlainDialog
from ...remembering import remembering
from ...widgets.choice import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcounter.desk.roster.roster_list import QuestionsAsked
    from medcounter.roster.reading.inquiry import InquiryQuestion

_OPEN = "请选择"


class ListQuestionsDialog(PlainDialog):
    """Asks what is open about a list.

    Signals:
        chosen: The path, and the Said with the new answers.
    """

    chosen = Signal(object, object)

    def __init__(self, asked: QuestionsAsked, parent: QWidget | None = None) -> None:
        super().__init__("list_questions_dialog", "名单里有要先问清的地方", parent)
        self._asked = asked
        self.setModal(True)
        self.add_text("list_questions_title", asked.path.name, role="title")
        self.add_text("list_questions_about", "还没有导入任何人；答完才打开。")
        self._boxes: dict[str, ChoiceBox] = {}
        self._before = _answered_before(asked.questions)
        self.body.addWidget(self._make_rows(), 1)
        self._missing = self.add_text("list_questions_missing", role="hint")
        if self._before:
            again = self.add_button("list_questions_before", "照上次的答(&L)")
            again.clicked.connect(self._answer_as_before)
        self.add_button("list_questions_cancel", "不打开  Esc").clicked.connect(self.reject)
        self._confirm = self.add_button("list_questions_confirm", "按此打开  Enter", main=True)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self._judge()
        self.fit(40, 24)
        next(iter(self._boxes.values())).setFocus()

    def _make_rows(self) -> QScrollArea:
        inner = QWidget(self)
        rows = QVBoxLayout(inner)
        for number, question in enumerate(self._asked.questions):
            label = QLabel(question.text, inner)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            box = self._make_box(number, question)
            label.setBuddy(box)
            rows.addWidget(label)
            rows.addWidget(box)
        rows.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        # It scrolls to whichever list has the focus.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def _make_box(self, number: int, question: InquiryQuestion) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setObjectName(f"list_question_{number}")
        box.setAccessibleName(question.text)
        box.addItem(_OPEN, "")
        before = self._before.get(question.text)
        for choice in question.choices:
            mark = "（上次答的）" if choice.code == before else ""
            box.addItem(f"{choice.label}{mark}", choice.code)
        box.currentIndexChanged.connect(self._judge)
        self._boxes[question.text] = box
        return box

    def _answer_as_before(self) -> None:
        for text, code in self._before.items():
            self._boxes[text].setCurrentIndex(self._boxes[text].findData(code))

    def _judge(self) -> None:
        left = sum(not box.currentData() for box in self._boxes.values())
        self._missing.setText(f"还有 {left} 处没有答" if left else "可以打开了")
        self._confirm.setEnabled(not left)

    def _on_confirm_clicked(self) -> None:
        before = self._asked.given
        answers = {text: str(box.currentData()) for text, box in self._boxes.items()}
        given = ListAnswers(before.columns, {**before.answers, **answers})
        self.chosen.emit(self._asked.path, given)
        self.accept()


def _answered_before(questions: Iterable[InquiryQuestion]) -> dict[str, str]:
    """Return the last answers to the same questions, where they can be given again."""
    kept = remembering()
    answers = kept.list_answers if kept is not None else {}
    return {
        one.text: answers[one.text]
        for one in questions
        if answers.get(one.text) in {choice.code for choice in one.choices}
    }
