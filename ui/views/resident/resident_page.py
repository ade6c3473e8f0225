"""The page on the resident's screen: their own result, in large type.

Shows the person at the counter and nobody else, the number masked; between two
people it is blank. Emits nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ...widgets.field_edit import show_density, show_state, show_text
from ...widgets.labels import plain_label
from ...widgets.year_bar import Timeline
from ..counter.result_text import BADGE, Figure, amount_figure, cover_figure, spoken, wait_figure

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome

_TITLE = "城乡居民医保缴费测算"
_WAITING = "请出示证件，稍候"
_READY = "请带好证件"
_FOOT = "以上为测算，以通知单为准；请核对姓名和证件号码。"
_NAME_SPACE = "　"


def who_text(outcome: Outcome) -> str:
    """Name the resident and their masked number; empty between two residents."""
    person = outcome.person
    return _NAME_SPACE.join(filter(None, (person.name, person.id_masked)))


class ResidentPage(QWidget):
    """A window that takes no focus: the clerk goes on typing in the other."""

    def __init__(self, parent: QWidget) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("resident_screen")
        self.setWindowTitle(_TITLE)
        self.setAccessibleName("给居民看的结果")
        self._em = self.fontMetrics().height()
        self._figures: list[tuple[QLabel, QLabel, QLabel]] = []
        self._call = ""
        self._pages = QStackedLayout(self)
        self._hall = plain_label("resident_hall", self, "heading", wraps=False)
        self._pages.addWidget(self._make_waiting())
        self._pages.addWidget(self._make_result())

    def show_hall(self, name: str) -> None:
        """Name the hall on the page between two residents."""
        show_text(self._hall, name or _TITLE)

    def show_call(self, number: str, desk: str) -> None:
        """Call a number of the queue on the page between two residents.

        Args:
            number: As on the slip; empty calls none.
            desk: Number of this counter; empty names none.
        """
        to = f"到 {desk} 号窗口" if desk else "到本窗口"
        self._call = f"请 {number} 号" if number else ""
        show_text(self._called, self._call)
        show_text(self._called_to, f"{to}，{_READY}" if number else "")
        for label in (self._called, self._called_to):
            label.setVisible(bool(number))
        self._waiting.setHidden(bool(number))
        if self._pages.currentIndex() == 0:
            self.setAccessibleDescription(self._call or _WAITING)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the answer for who stands at the counter, or the empty page."""
        who = who_text(outcome)
        shown = outcome.on_screen if who else None
        if shown is None:
            self.show_nobody()
            return
        self._pages.setCurrentIndex(1)
        show_text(self._who, who)
        show_text(self._place, f"{shown.benefit_year} 年度 · {shown.category_label}")
        captions = ("应缴金额", "待遇等待期", "开始享受待遇")
        figures = (amount_figure(shown), wait_figure(shown), cover_figure(shown))
        for labels, caption, figure in zip(self._figures, captions, figures, strict=True):
            self._show_figure(labels, caption, figure)
        self._timeline.show_outcome(outcome)
        self.setAccessibleDescription(spoken(outcome))

    def show_nobody(self) -> None:
        """Leave nothing of the last resident behind, not even out of sight."""
        self._pages.setCurrentIndex(0)
        for label in (self._who, self._place, *(one for row in self._figures for one in row)):
            show_text(label, "")
        self._timeline.clear()
        self.setAccessibleDescription(self._call or _WAITING)

    def _show_figure(
        self, labels: tuple[QLabel, QLabel, QLabel], caption: str, figure: Figure
    ) -> None:
        doubt = f"（{BADGE[figure.doubt]}）" if figure.doubt else ""
        texts = (f"{caption}{doubt}", figure.value, figure.detail)
        for label, text in zip(labels, texts, strict=True):
            show_text(label, text)
        show_state(labels[1], figure.tone)

    def _make_waiting(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        self._waiting = plain_label("resident_waiting", page, "figure", _WAITING, wraps=False)
        self._called = plain_label("resident_called", page, "figure", wraps=False)
        show_density(self._called, "poster")
        self._called_to = plain_label("resident_called_to", page, "heading", wraps=False)
        column.addStretch()
        for label in (self._hall, self._waiting, self._called, self._called_to):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        for label in (self._called, self._called_to):
            label.hide()
        column.addStretch()
        return page

    def _make_result(self) -> QWidget:
        page = QFrame(self)
        page.setProperty("role", "poster")
        column = QVBoxLayout(page)
        column.setContentsMargins(*([self._em * 2] * 4))
        column.setSpacing(self._em)
        self._who = plain_label("resident_who", page, "heading", wraps=False)
        self._place = plain_label("resident_place", page, "title", wraps=False)
        column.addWidget(self._who)
        column.addWidget(self._place)
        column.addStretch()
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._em * 2)
        grid.setVerticalSpacing(self._em)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(("amount", "wait", "cover")):
            self._figures.append(self._make_figure(name, grid, row, page))
        column.addLayout(grid)
        column.addStretch()
        self._timeline = Timeline(page)
        self._timeline.setObjectName("resident_timeline")
        column.addWidget(self._timeline)
        foot = plain_label("resident_foot", page, "title", wraps=False)
        show_text(foot, _FOOT)
        foot.setWordWrap(True)
        column.addWidget(foot)
        return page

    def _make_figure(
        self, name: str, grid: QGridLayout, row: int, page: QWidget
    ) -> tuple[QLabel, QLabel, QLabel]:
        caption = plain_label(f"resident_{name}_caption", page, "title", wraps=False)
        value = plain_label(f"resident_{name}_value", page, "figure", wraps=False)
        show_density(value, "poster")
        detail = plain_label(f"resident_{name}_detail", page, "title", wraps=False)
        for column, label in enumerate((caption, value, detail)):
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignVCenter)
        return caption, value, detail
