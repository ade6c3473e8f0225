"""The benefit year as a bar of twelve months: wait, cover, today, payment.

Paints what it is given. Hatching and words accompany the colours, so that none
of them is the only sign.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..look import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from medcounter.assess.assessment import Coverage
    from medcounter.desk.evaluate.outcome import Outcome

_MONTHS = 12
SMALL = 0.92


class BarSpan(NamedTuple):
    """Some days of the bar, both inclusive, and the words upon them."""

    start: date
    end: date
    words: str


class Course(NamedTuple):
    """What the bar shows.

    Attributes:
        year: The benefit year, from its first to its last day.
        today: The day at the counter; None leaves its mark out.
        payment: The payment day; None leaves its mark out.
        wait: Days without benefits; None when there are none.
        cover: Days with benefits; None when there are none.
    """

    year: int
    today: date | None
    payment: date | None
    wait: BarSpan | None
    cover: BarSpan | None


def course_of(outcome: Outcome) -> Course:
    """Take from an outcome what the bar shows."""
    shown = outcome.on_screen
    year = outcome.draft.benefit_year
    if shown is None:
        return Course(year, outcome.on, None, None, None)
    payment = outcome.chosen.facts.payment_date if outcome.chosen else None
    if payment is None and outcome.facts:
        payment = outcome.facts.payment_date
    wait, cover = shown.wait, shown.coverage
    return Course(
        year,
        outcome.on,
        payment,
        BarSpan(wait.start, wait.end, "等待期") if wait else None,
        BarSpan(cover.start, cover.end, _cover_words(cover)) if cover else None,
    )


def _cover_words(cover: Coverage) -> str:
    year = "本年度 " if cover.leaves_year else ""
    return f"享受待遇 {year}{cover.days} 天"


class Timeline(QWidget):
    """The bar with its months below and its marks above."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName("待遇时间轴")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._course: Course | None = None

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the year, the wait and the cover of an outcome."""
        course = course_of(outcome)
        if course != self._course:
            self._course = course
            self.setAccessibleDescription(_spoken(course))
            self.update()

    def clear(self) -> None:
        """Show no course, and say none."""
        self._course = None
        self.setAccessibleDescription("")
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint: a line of words, the bar, the months."""
        line = round(self.fontMetrics().height() * SMALL)
        return QSize(20 * line, line * 13 // 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QWidget.paintEvent: draw the course, or the empty bar."""
        del event
        painter = small_painter(self)
        Bar(painter, self.rect().toRectF(), self._course).draw()
        painter.end()


def small_painter(widget: QWidget) -> QPainter:
    """Start painting a widget that draws a year, in its small type."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(widget.font())
    font.setPixelSize(round(font.pixelSize() * SMALL))
    painter.setFont(font)
    return painter


def _spoken(course: Course) -> str:
    parts = [f"{course.year} 年"]
    if course.payment:
        parts.append(f"缴费 {course.payment.isoformat()}")
    parts.extend(
        f"{span.words} {span.start.isoformat()} 至 {span.end.isoformat()}"
        for span in (course.wait, course.cover)
        if span
    )
    return "，".join(parts)


class Bar:
    """One drawing of a course into a rectangle."""

    def __init__(self, painter: QPainter, rect: QRectF, course: Course | None) -> None:
        self._painter = painter
        self._course = course
        self._colors = theme.palette_in_use()
        self._line = painter.fontMetrics().height()
        side = self._line * 0.25
        height = self._line * 1.15
        self._body = QRectF(
            rect.left() + side, rect.top() + self._line * 1.05, rect.width() - 2 * side, height
        )

    def draw(self) -> None:
        """Draw ground, spans, months and marks, in this order."""
        self._fill(self._body, self._colors.quiet_fill)
        course = self._course
        if course is None or not course.year:
            return
        if course.wait:
            self._draw_wait(course.wait)
        if course.cover:
            self._draw_span(course.cover, self._colors.cover_fill, self._colors.on_accent)
        self._draw_months(course.year)
        self._draw_marks(course)

    def _x(self, day: date, *, after: bool = False) -> float:
        """Return where a day begins on the bar, or ends; kept inside the bar."""
        first = date(self._course.year if self._course else day.year, 1, 1)
        length = (date(first.year + 1, 1, 1) - first).days
        passed = (day - first).days + (1 if after else 0)
        return self._body.left() + self._body.width() * min(max(passed / length, 0.0), 1.0)

    def _span_rect(self, span: BarSpan) -> QRectF:
        left, right = self._x(span.start), self._x(span.end, after=True)
        return QRectF(left, self._body.top(), right - left, self._body.height())

    def _fill(self, rect: QRectF, color: str) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(color))
        radius = self._line * 0.2
        self._painter.drawRoundedRect(rect, radius, radius)

    def _draw_span(self, span: BarSpan, ground: str, ink: str) -> None:
        rect = self._span_rect(span)
        if rect.width() <= 0:
            return
        self._fill(rect, ground)
        self._words(rect, span.words, ink)

    def _draw_wait(self, span: BarSpan) -> None:
        rect = self._span_rect(span)
        if rect.width() <= 0:
            return
        self._fill(rect, self._colors.wait_fill)
        hatch = QColor(self._colors.wait)
        hatch.setAlphaF(0.45)
        self._painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        radius = self._line * 0.2
        self._painter.drawRoundedRect(rect, radius, radius)
        width = self._painter.fontMetrics().horizontalAdvance(span.words) + self._line * 0.7
        if width <= rect.width():
            plate = QRectF(0, 0, width, rect.height() * 0.82)
            plate.moveCenter(rect.center())
            self._fill(plate, self._colors.wait_fill)
        self._words(rect, span.words, self._colors.text)

    def _words(self, rect: QRectF, words: str, ink: str) -> None:
        if self._painter.fontMetrics().horizontalAdvance(words) + 4 > rect.width():
            return
        font = QFont(self._painter.font())
        font.setBold(True)
        self._painter.save()
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink))
        self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        self._painter.restore()

    def _draw_months(self, year: int) -> None:
        for month in range(1, _MONTHS + 1):
            left = self._x(date(year, month, 1))
            right = self._x(date(year + month // _MONTHS, month % _MONTHS + 1, 1))
            below = self._body.bottom()
            self._painter.setPen(QColor(self._colors.line))
            if month > 1:
                self._painter.drawLine(QPointF(left, below), QPointF(left, below + self._line / 4))
            self._painter.setPen(QColor(self._colors.muted))
            self._painter.drawText(
                QRectF(left, below, right - left, self._line),
                Qt.AlignmentFlag.AlignCenter,
                f"{month}月",
            )

    def _draw_marks(self, course: Course) -> None:
        same = course.payment == course.today
        if course.payment:
            words = f"缴费 {_day_words(course.payment, course.year)}"
            self._mark(course.payment, f"今天{words}" if same else words, self._colors.accent)
        if course.today and not same and course.today.year == course.year:
            away = course.payment is None or self._far(course.today, course.payment)
            words = f"今天 {_day_words(course.today, course.year)}" if away else ""
            self._mark(course.today, words, self._colors.muted, dashed=True)

    def _far(self, one: date, other: date) -> bool:
        width = self._painter.fontMetrics().horizontalAdvance("今天缴费 12月31日")
        return abs(self._x(one) - self._x(other)) > width

    def _mark(self, day: date, words: str, color: str, *, dashed: bool = False) -> None:
        x = self._x(day)
        pen = QPen(QColor(color), self._line * 0.12)
        if dashed:
            pen.setStyle(Qt.PenStyle.DotLine)
        self._painter.setPen(pen)
        top = self._body.top() - self._line * 0.12
        self._painter.drawLine(QPointF(x, top), QPointF(x, self._body.bottom()))
        if not dashed:
            half = self._line * 0.24
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QColor(color))
            corners = ((x - half, top - half), (x + half, top - half), (x, top + half))
            self._painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        width = self._painter.fontMetrics().horizontalAdvance(words) + 2.0
        left = x + self._line * 0.4
        if left + width > self._body.right():
            left = x - self._line * 0.4 - width
        self._painter.setPen(QColor(color))
        self._painter.drawText(
            QRectF(left, self._body.top() - self._line * 1.08, width, self._line),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            words,
        )


def _day_words(day: date, year: int) -> str:
    return f"{day.month}月{day.day}日" if day.year == year else day.isoformat()
