"""The year as a strip: when one can pay, and what a payment on one day brings.

Above the payment periods, below the wait and the cover of who pays on the day
under the pointer. Paints what it is given; words and hatching go with the colours.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from medcounter.authoring.live.draft_strip import StretchKind
from medcounter.authoring.live.row_outcome import NOTHING

from ....look.theme import palette_in_use
from ....widgets.year_bar import SMALL, small_painter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from medcounter.authoring.live.draft_strip import PointedDay, YearStrip
    from medcounter.authoring.live.row_outcome import RowOutcome

_WAIT, _COVER = "wait", "cover"
# Ground, ink and whether it is hatched.
_LOOKS: Mapping[str, tuple[str, str, bool]] = {
    StretchKind.MAIN: ("cover_soft", "cover", False),
    StretchKind.EXTENDED: ("cover_soft", "cover", False),
    StretchKind.LATE: ("wait_soft", "wait", False),
    StretchKind.CLOSED: ("quiet_fill", "muted", False),
    StretchKind.UNKNOWN: ("card", "muted", True),
    StretchKind.GAP: ("danger_soft", "danger", True),
    StretchKind.OVERLAP: ("danger_soft", "danger", True),
    _WAIT: ("wait_fill", "text", True),
    _COVER: ("cover_fill", "on_accent", False),
}
_WRONG = {StretchKind.GAP, StretchKind.OVERLAP}
_LINES = 5.4
_MONTHS, _QUARTER = 12, 3
_DAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -30, Qt.Key.Key_PageDown: 30}
_EMPTY = "填了缴费时段，这里就画出一年"


class StripSpan(NamedTuple):
    """Some days of a bar, both inclusive, of a kind, and the words upon them."""

    start: date
    end: date
    kind: str
    words: str


def benefit_spans(day: PointedDay) -> tuple[StripSpan, ...]:
    """Return the wait and the cover of who pays on a day."""
    values = day.plain.values
    found = []
    for kind, words, name in ((_WAIT, "等待", "wait"), (_COVER, "享受", "coverage")):
        start, end = values.get(f"{name}.from"), values.get(f"{name}.to")
        if start is not None and end is not None:
            found.append(StripSpan(date.fromisoformat(start), date.fromisoformat(end), kind, words))
    return tuple(found)


def day_text(day: PointedDay) -> str:
    """Describe what paying on a day comes to."""
    plain = day.plain
    if plain.refused or plain.pays == NOTHING:
        return f"{day.day} 缴费：{day.stretch.label}"
    sentence = f"{day.day} 缴费（{day.stretch.label}）：{outcome_text(plain)}"
    lapsed = day.lapsed
    shown = ("pays", "waits", "covered")
    if any(getattr(lapsed, name) != getattr(plain, name) for name in shown):
        sentence += f"\n从未参保的：{outcome_text(lapsed)}"
    return sentence


def outcome_text(outcome: RowOutcome) -> str:
    """Describe payment, wait and cover in one line."""
    waits = "没有等待期" if "wait" in outcome.values else f"等待 {outcome.waits}"
    return f"缴 {outcome.pays}；{waits}；享受 {outcome.covered}"


class StripView(QWidget):
    """The strip; the pointer or the arrow keys move the day.

    Signals:
        pointed: The date under the pointer now.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studio_strip")
        self.setAccessibleName("全年一览：左右键移动缴费日")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._strip: YearStrip | None = None
        self._day: PointedDay | None = None

    def show_strip(self, strip: YearStrip | None, day: PointedDay | None) -> None:
        """Show a year and the day looked at, or that there is nothing yet."""
        self._strip = strip if strip is not None and strip.stretches else None
        self._day = day
        self.setAccessibleDescription("" if day is None else day_text(day))
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint: the day, two bars, the months."""
        line = self.fontMetrics().height() * SMALL
        return QSize(round(line * 16), round(line * _LINES))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: arrows move a day, page keys a month."""
        step = _DAYS.get(Qt.Key(event.key()))
        if step is None or self._strip is None:
            super().keyPressEvent(event)
        else:
            here = self._strip.stretches[0].first if self._day is None else self._day.day
            self._point(here + timedelta(days=step))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Override QWidget.mouseMoveEvent: the day under the pointer."""
        if self._strip is not None and self.width() > 0:
            first, last = self._strip.stretches[0].first, self._strip.stretches[-1].last
            share = event.position().x() / self.width()
            self._point(first + timedelta(days=int(share * ((last - first).days + 1))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QWidget.paintEvent: draw the year, or what is missing for it."""
        del event
        painter = small_painter(self)
        if self._strip is None:
            painter.setPen(QColor(palette_in_use().muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _EMPTY)
        else:
            _Drawing(painter, self.rect().toRectF(), self._strip, self._day).draw()
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette_in_use().focus), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _point(self, day: date) -> None:
        if self._strip is not None:
            first, last = self._strip.stretches[0].first, self._strip.stretches[-1].last
            kept = min(max(day, first), last)
            if self._day is None or kept != self._day.day:
                self.pointed.emit(kept)


class _Drawing:
    """One drawing of a year into a rectangle."""

    def __init__(
        self, painter: QPainter, rect: QRectF, strip: YearStrip, day: PointedDay | None
    ) -> None:
        self._painter = painter
        self._strip = strip
        self._day = day
        self._first, self._last = strip.stretches[0].first, strip.stretches[-1].last
        self._colors = palette_in_use()
        self._line = line = float(painter.fontMetrics().height())
        self._rect = rect.adjusted(line * 0.2, 0, -line * 0.2, 0)
        self._days = (self._last - self._first).days + 1

    def draw(self) -> None:
        """Draw the months, the bars, and the day that is looked at."""
        line = self._line
        top = self._rect.top() + line * 1.15
        self._draw_months(top + line * 2.75)
        periods = tuple(
            StripSpan(one.first, one.last, one.kind, one.label) for one in self._strip.stretches
        )
        self._bar(top, line * 1.2, periods)
        self._bar(
            top + line * 1.4, line * 1.2, () if self._day is None else benefit_spans(self._day)
        )
        if self._day is not None:
            self._draw_day(self._day.day, top)

    def _x(self, day: date, *, after: bool = False) -> float:
        passed = (day - self._first).days + (1 if after else 0)
        share = min(max(passed / self._days, 0.0), 1.0)
        return self._rect.left() + self._rect.width() * share

    def _bar(self, top: float, height: float, spans: tuple[StripSpan, ...]) -> None:
        whole = QRectF(self._rect.left(), top, self._rect.width(), height)
        self._fill(whole, self._colors.quiet_fill, self._colors.line)
        for span in spans:
            left, right = self._x(span.start), self._x(span.end, after=True)
            if right <= left:
                continue
            rect = QRectF(left, top, right - left, height)
            ground, ink, hatched = _LOOKS[span.kind]
            ink_color = str(getattr(self._colors, ink))
            self._fill(rect, str(getattr(self._colors, ground)), ink_color)
            if hatched:
                wrong = span.kind in _WRONG
                hatch = QColor(self._colors.danger if wrong else self._colors.wait)
                hatch.setAlphaF(0.45)
                self._painter.fillRect(rect, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
            self._words(rect, span.words, ink_color)

    def _fill(self, rect: QRectF, ground: str, edge: str) -> None:
        self._painter.setPen(QPen(QColor(edge), 1.0))
        self._painter.setBrush(QColor(ground))
        self._painter.drawRoundedRect(rect, 2.5, 2.5)

    def _words(self, rect: QRectF, words: str, ink: str) -> None:
        metrics = self._painter.fontMetrics()
        if metrics.horizontalAdvance(words) + 6 > rect.width():
            return
        self._painter.setPen(QColor(ink))
        self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_months(self, top: float) -> None:
        day = self._first.replace(day=1)
        while day <= self._last:
            following = _month_after(day)
            left, right = self._x(day), self._x(following)
            self._painter.setPen(QColor(self._colors.line))
            self._painter.drawLine(QPointF(left, top - 2), QPointF(left, top + self._line * 0.3))
            new_year = day.month == 1 or day == self._first.replace(day=1)
            words = f"{day.year % 100}年{day.month}月" if new_year else f"{day.month}月"
            metrics = self._painter.fontMetrics()
            if metrics.horizontalAdvance(words) > right - left:
                words = f"{day.month}" if new_year or day.month % _QUARTER == 1 else ""
            self._painter.setPen(QColor(self._colors.muted))
            rect = QRectF(left, top, max(right - left, 1.0), self._line * 1.1)
            self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
            day = following

    def _draw_day(self, day: date, top: float) -> None:
        x = (self._x(day) + self._x(day, after=True)) / 2
        self._painter.setPen(QPen(QColor(self._colors.accent), self._line * 0.12))
        self._painter.drawLine(QPointF(x, top - 2), QPointF(x, top + self._line * 2.6))
        words = f"{day.isoformat()} 缴费"
        width = self._painter.fontMetrics().horizontalAdvance(words) + 4.0
        left = min(max(x - width / 2, self._rect.left()), self._rect.right() - width)
        self._painter.setPen(QColor(self._colors.accent))
        self._painter.drawText(
            QRectF(left, self._rect.top(), width, self._line), Qt.AlignmentFlag.AlignCenter, words
        )


def _month_after(day: date) -> date:
    return date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)
