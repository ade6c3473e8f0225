"""The right of the editor: what the draft means for year and residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QVBoxLayout, QWidget

from medcounter.authoring.live.draft_warnings import UNPINNED
from medcounter.authoring.live.sample_table import row_id

from ....widgets.field_edit import show_text
from ....widgets.labels import plain_label
from .sample_view import SampleLine, SampleView, is_own, row_text
from .strip_view import StripView, day_text
from .warning_list import WarningList

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from medcounter.authoring.live.draft_warnings import DraftWarning

    from .live_work import Meaning

# The part of the warnings where there are many, and the least of both, in heights of a line.
_PART, _LEAST = 0.42, 3


class LiveSide(QFrame):
    """The strip, the residents and the warnings.

    Signals:
        day_pointed: The date looked at on the strip.
        ticked: Id of a resident compared with the announcement.
        wanted: Path of a field that is to be seen.
        to_answer: The DraftWarning that is to be answered.
    """

    day_pointed = Signal(object)
    ticked = Signal(str)
    wanted = Signal(object)
    to_answer = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studio_live")
        self.setProperty("role", "card")
        em = self.fontMetrics().height()
        self._strip = StripView(self)
        self._strip.pointed.connect(self.day_pointed)
        self._day = self._label("studio_day_said")
        self._samples = SampleView(self)
        self._samples.ticked.connect(self.ticked)
        self._samples.pointed.connect(self._on_pointed)
        self._samples.row_opened.connect(self._on_row_opened)
        self._outcome = self._label("studio_sample_said")
        self._warnings = WarningList(self)
        self._warnings.wanted.connect(self._on_wanted)
        self._warnings.to_answer.connect(self.to_answer)
        self._shared = QSplitter(Qt.Orientation.Vertical, self)
        # The part of the warnings, once the user has dragged the bar.
        self._dragged: float | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(*([em // 3] * 4))
        column.setSpacing(em // 4)
        column.addWidget(self._strip)
        column.addWidget(self._day)
        column.addWidget(self._share_out(), 1)

    def show_meaning(self, meant: Meaning) -> None:
        """Show what a draft means now."""
        strip, day = meant.strip, meant.day
        self._strip.show_strip(strip, day)
        notes = ("" if day is None else day_text(day), strip.note)
        show_text(self._day, "\n".join(filter(None, notes)))
        self._day.setVisible(bool(self._day.text()))
        self._samples.show_lines(
            tuple(SampleLine(row, meant.ticks.get(row.id)) for row in meant.rows),
            waiting=bool(strip.stretches) and not meant.checked,
        )
        marked = self._samples.marked()
        self._outcome.setVisible(marked is not None)
        if marked is not None:
            self._on_pointed(marked)
        self._warnings.show_warnings(meant.warnings, checked=meant.checked)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent: residents and warnings share what there is."""
        super().resizeEvent(event)
        self._share()

    def seen(self) -> frozenset[str]:
        """Name the residents that are on the screen."""
        return self._samples.seen()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the panes that the pane key steps through."""
        return self._samples, self._warnings, self._strip

    def _share_out(self) -> QSplitter:
        """Lay residents and warnings above each other, with a bar to drag between."""
        em = self.fontMetrics().height()
        upper = QWidget(self)
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 4)
        column.addWidget(self._samples, 1)
        column.addWidget(self._outcome)
        shared = self._shared
        shared.setObjectName("studio_live_split")
        shared.setChildrenCollapsible(False)
        shared.setHandleWidth(em // 3)
        shared.addWidget(upper)
        shared.addWidget(self._warnings)
        self._warnings.setMinimumHeight(em * _LEAST)
        self._samples.setMinimumHeight(em * _LEAST)
        shared.splitterMoved.connect(self._on_splitter_moved)
        return shared

    def _share(self) -> None:
        """Give the warnings what they need, but no more than their part."""
        room = sum(self._shared.sizes())
        if room:
            taken = 0 if self._outcome.isHidden() else self._outcome.height()
            wanted = min(self._warnings.whole_height(), round((room - taken) * _PART))
            lower = wanted if self._dragged is None else round(room * self._dragged)
            self._shared.setSizes([room - lower, lower])

    def _on_splitter_moved(self) -> None:
        upper, lower = self._shared.sizes()
        self._dragged = lower / max(upper + lower, 1)

    def _label(self, name: str) -> QLabel:
        label = plain_label(name, self, "banner")
        label.hide()
        return label

    def _on_pointed(self, line: SampleLine) -> None:
        show_text(self._outcome, row_text(line))

    def _on_wanted(self, warning: DraftWarning) -> None:
        """Go to the row that is to be ticked, or else to the field."""
        facts = warning.shown_by if warning.kind == UNPINNED else None
        if facts is None or not self._samples.point_at(row_id(facts)):
            self.wanted.emit(warning.path)

    def _on_row_opened(self) -> None:
        """Go to the example of an own row, where it is edited."""
        line = self._samples.marked()
        if line is not None and line.tick is not None and is_own(line):
            self.wanted.emit(line.tick.path)
