"""What a reviewer looks at before signing: every line that will stand otherwise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from medcounter.authoring.live.review_line import ABSENT

from ....dialogs.plain_dialog import PlainDialog
from ....widgets.field_edit import show_state, show_text
from ....widgets.labels import plain_label
from ....widgets.record_model import Column, RecordModel
from ....widgets.record_view import WrappedTable
from ....widgets.work_bar import WorkBar
from .hand_over_dialog import NOT_TYPED

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from medcounter.authoring.live.review_line import ReviewLine
    from medcounter.authoring.live.sample_table import SampleRow
    from medcounter.desk.authoring.release_signing import Reviewing

_WIDTH, _HEIGHT = 60, 34
# A place that is wholly new is looked through in the form and on the sheet.
_LONGEST = 400


def about_text(reviewing: Reviewing, differing: int, residents: int) -> str:
    """Describe what installing the rules would change.

    Args:
        reviewing: What the author signed.
        differing: How many places stand otherwise.
        residents: How many sample residents are listed.
    """
    plan = reviewing.plan
    clauses = [f"最早可从 {plan.earliest} 起用"]
    if plan.old is None:
        clauses.append(f"这里以前没有规则：{differing} 处文字和 {residents} 种人的结果都是新的")
    else:
        clauses.append(f"文字有 {differing} 处不同；结果有 {len(plan.changes)} 项改变")
    if plan.differing:
        numbers = "、".join(plan.differing[:5])
        clauses.append(f"已出的 {len(plan.differing)} 张通知单按新规则会不同：{numbers}")
    return "；".join(clauses) + "。"


REVIEW_COLUMNS: tuple[Column[ReviewLine], ...] = (
    Column("text", "改了什么", lambda line: line.text, lambda line: line.text),
    Column("old", "现行", lambda line: line.old, lambda line: line.old),
    Column("new", "草稿", lambda line: line.new, lambda line: line.new),
)


def beside_last_year(column: str, row: SampleRow) -> str:
    """Write this year's value of a column, and last year's where there is one.

    What differs, days moved by a year, is marked.
    """
    now = str(getattr(row.now, column))
    if row.last_year is None:
        return now
    mark = "≠ " if column in row.moved else ""
    return f"{mark}{now}（上年 {getattr(row.last_year, column)}）"


RESIDENT_COLUMNS: tuple[Column[SampleRow], ...] = (
    Column(
        "person",
        "参保人、哪天缴",
        lambda row: f"{row.person}，{row.facts.payment_date} 缴",
        lambda row: row.person,
    ),
    Column("pays", "应缴", partial(beside_last_year, "pays"), partial(beside_last_year, "pays")),
    Column(
        "waits", "等待期", partial(beside_last_year, "waits"), partial(beside_last_year, "waits")
    ),
    Column(
        "covered",
        "享受待遇",
        partial(beside_last_year, "covered"),
        partial(beside_last_year, "covered"),
    ),
)


class ReviewDialog(PlainDialog):
    """The difference, and the signature or the way back.

    Signals:
        signed: The reviewer signs, with the own secret as typed.
        returned: The reviewer gives it back to its author.
        stopped: What is worked out before the signature is to stop.
    """

    signed = Signal(str)
    stopped = Signal()
    returned = Signal()

    def __init__(
        self,
        reviewing: Reviewing,
        lines: tuple[ReviewLine, ...],
        residents: tuple[SampleRow, ...],
        parent: QWidget,
    ) -> None:
        super().__init__("studio_review", "复核", parent)
        self.add_text("studio_review_title", "复核：与现行规则逐条比较", role="title")
        self.add_text(
            "studio_review_about", about_text(reviewing, len(lines), len(residents)), role="banner"
        )
        self._lines: RecordModel[ReviewLine] = RecordModel(REVIEW_COLUMNS, self)
        self._lines.show_rows(lines)
        self._table = WrappedTable("studio_review_table", "与现行规则的不同", self._lines, self)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        # Of a place without rules so far there is nothing to compare with.
        self._table.setColumnHidden(1, all(one.old == ABSENT for one in lines))
        self._table.row_chosen.connect(self._on_row_chosen)
        self._people: RecordModel[SampleRow] = RecordModel(RESIDENT_COLUMNS, self)
        self._people.show_rows(residents)
        self._seen = WrappedTable("studio_review_people", "参保人今年与上年", self._people, self)
        header = self._seen.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        shared = QSplitter(Qt.Orientation.Vertical, self)
        shared.setObjectName("studio_review_split")
        shared.setChildrenCollapsible(False)
        shared.addWidget(self._table)
        shared.addWidget(self._seen)
        self.body.addWidget(shared, 1)
        self._whole = self.add_text("studio_review_whole", role="banner")
        self._secret = self.make_secret("studio_review_secret", "您的口令")
        label = plain_label("studio_review_secret_label", self, "label", wraps=False)
        label.setText("您的口令(&P)")
        label.setBuddy(self._secret)
        # Beside the buttons: a row of its own would take the tables' room on a small screen.
        for place, widget in enumerate((label, self._secret)):
            self._buttons.insertWidget(place, widget)
        self._alert = self.add_text("studio_review_said", role="alert")
        self._alert.hide()
        self._work = WorkBar(self, "studio_review")
        self._work.stopped.connect(self.stopped)
        self.body.addWidget(self._work)
        self._close = self.add_button("studio_review_close", "先不办  Esc")
        self._return = self.add_button("studio_review_return", "退回编制(&T)")
        self._sign = self.add_button("studio_review_sign", "看过，复核签名(&Q)")
        self._sign.setProperty("role", "primary")
        self._close.clicked.connect(self.reject)
        self._return.clicked.connect(self.returned)
        self._sign.clicked.connect(self._on_sign_clicked)
        self._secret.returnPressed.connect(self._on_sign_clicked)
        self.fit(_WIDTH, _HEIGHT)
        self._table.show_row(0 if lines else -1)
        self._on_row_chosen()
        self._table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Override QDialog.showEvent: texts wrap once the columns have their widths."""
        super().showEvent(event)
        for table in (self._table, self._seen):
            QTimer.singleShot(0, table.wrap)

    def _on_row_chosen(self) -> None:
        """Show the whole of the line that is marked."""
        line = self._lines.record_at(self._table.currentIndex().row())
        said = [] if line is None else [one for one in (line.old, line.new) if one != ABSENT]
        text = "" if line is None else f"{line.text}\n{' → '.join(said)}"
        show_text(self._whole, text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……")
        self._whole.setVisible(line is not None)

    def show_work(self, text: str, done: int, whole: int) -> None:
        """Show what is worked out before it is signed, in place of the ways out.

        Args:
            text: What is done; empty when that is over.
            done: How much of it so far.
            whole: How much there is; 0 while nobody knows.
        """
        self._work.show_work(text, done, whole)
        for button in (self._close, self._return, self._sign):
            button.setVisible(not text)

    def show_refused(self, text: str) -> None:
        """Show why it was not signed."""
        show_text(self._alert, text)
        show_state(self._alert, "problem")
        self._alert.show()
        self._secret.setFocus()

    def _on_sign_clicked(self) -> None:
        if not self._work.isHidden():
            return
        if not (secret := self._secret.text()):
            self.show_refused(NOT_TYPED)
            return
        # What was typed lies nowhere longer than it is needed.
        self._secret.clear()
        self.signed.emit(secret)
