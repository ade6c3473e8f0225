"""A calendar beside a field for a date: opened by its sign or by Alt+Down.

Writes the day that was picked as if it had been typed. Knows no rule about it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QFrame,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.dates import DateUnreadableError
from medcounter.typed.typed_date import read_typed_date

from ...look.theme import palette_in_use
from .field_signs import FieldSigns

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QLineEdit

_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
_TIP = "日历，Alt+↓"
_TURNS = (("qt_calendar_prevmonth", "‹"), ("qt_calendar_nextmonth", "›"))
_WIDE, _HIGH = 19, 17


class DayCalendar(QFrame):
    """A month to pick a day from, over the window.

    Signals:
        picked: The day.
        left: Nothing was picked, Esc was pressed.
    """

    picked = Signal(QDate)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("day_calendar")
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._month = QCalendarWidget(self)
        self._month.setObjectName("day_month")
        self._month.setAccessibleName("日历：方向键选日子，Enter 采用")
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        )
        em = self.fontMetrics().height()
        # Its own hint knows nothing of the style sheet, and cuts the last week.
        self._month.setMinimumSize(em * _WIDE, em * _HIGH)
        for name, sign in _TURNS:
            turns: list[QToolButton] = list(self._month.findChildren(QToolButton, name))
            for turn in turns:
                turn.setIcon(QIcon())
                turn.setText(sign)
        plain = QTextCharFormat()
        # No colour says by itself that it is a Sunday.
        plain.setForeground(QColor(palette_in_use().text))
        for day in _WEEKEND:
            self._month.setWeekdayTextFormat(day, plain)
        self._month.clicked.connect(self._on_month_picked)
        self._month.activated.connect(self._on_month_picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self._month)

    def open_at(self, day: QDate, below: QWidget) -> None:
        """Open below a field, or above it where there is more room."""
        room = below.window()
        self._month.setSelectedDate(day)
        self.adjustSize()
        corner = below.mapTo(room, QPoint(0, below.height()))
        over = below.mapTo(room, QPoint(0, 0)).y() - self.height()
        top = corner.y() if corner.y() + self.height() <= room.height() else max(over, 0)
        left = max(min(corner.x(), room.width() - self.width()), 0)
        self.setGeometry(left, top, self.width(), self.height())
        self.show()
        self.raise_()
        self._month.setFocus()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QFrame.keyPressEvent: Esc picks nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self.isAncestorOf(now):
            self.close()

    def _on_month_picked(self, day: QDate) -> None:
        self.picked.emit(day)
        self.close()


class DayPicker(QObject):
    """The sign in a field that opens the calendar."""

    def __init__(self, edit: QLineEdit) -> None:
        """Give a field for a date its calendar."""
        super().__init__(edit)
        self._edit = edit
        self._today: date | None = None
        FieldSigns(edit).add("day", _TIP, self.open)
        edit.installEventFilter(self)

    def show_today(self, day: date) -> None:
        """Begin at this day where none is typed."""
        self._today = day

    def open(self) -> None:
        """Open the month of the day that is typed, else of today."""
        today = self._today
        begin = QDate.currentDate() if today is None else _date(today)
        if today is not None and self._edit.text().strip():
            with suppress(DateUnreadableError):
                begin = _date(read_typed_date(self._edit.text(), today))
        calendar = DayCalendar(self._edit.window())
        calendar.picked.connect(self._on_calendar_picked)
        calendar.left.connect(self._edit.setFocus)
        calendar.open_at(begin, self._edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: Alt+Down opens."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open()
            return True
        return super().eventFilter(watched, event)

    def _on_calendar_picked(self, day: QDate) -> None:
        text = day.toString(Qt.DateFormat.ISODate)
        self._edit.setText(text)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edit.textEdited.emit(text)


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
