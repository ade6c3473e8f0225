"""The line below the form: the season and its counts, and the queue's number.

Shows a SeasonTally and emits what is pressed or typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from medcounter.money import FEN_IN_YUAN

from ...shortcuts import key_of, shortcut
from ...widgets.field_edit import FieldEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from medcounter.desk.counter.first_day import GuideStep
    from medcounter.desk.day.tally import SeasonTally

_NUMBER_WIDTH = 6
_LOADING = ("正在数今天的份数",)


def season_lines(tally: SeasonTally) -> tuple[str, ...]:
    """Say what is collected, how long still, and how much was done.

    Returns:
        The same from the longest to the shortest.
    """
    year = f"{tally.year} 年度"
    if not tally.collected:
        head = f"{year}（集中征缴期外）"
    elif tally.days_left is None:
        head = f"征缴 {year}"
    else:
        left = f"还有 {tally.days_left} 天" if tally.days_left else "最后一天"
        head = f"征缴 {year} · {left}"
    today, season = tally.today.whole, tally.season.whole
    amount = f"¥{today.total // FEN_IN_YUAN:,}"
    done = f"今天 {today.valid:,} 份"
    whole = f"本季 {season.valid:,} 份"
    return (
        f"{head}　{done} {amount}　{whole}",
        f"{head}　{done}　{whole}",
        f"{year}　{done}　{whole}",
        f"{done}　{whole}",
        done,
    )


def guide_lines(steps: tuple[GuideStep, ...]) -> tuple[str, ...]:
    """Say how far the first day has got, from the longest to the shortest."""
    open_ = [step for step in steps if not step.done]
    if not open_:
        return ()
    done = len(steps) - len(open_)
    return (
        f"第一天：五步做好了 {done} 步，下一步：{open_[0].title}",
        f"第一天：还有 {len(open_)} 步，接着做",
        f"第一天 {done}/{len(steps)}",
    )


class SeasonFoot(QWidget):
    """The line below the form.

    On the first day it leads to the guide, afterwards to the season.

    Signals:
        pressed: Name of an act, as in the table of shortcuts.
        number_typed: The queue's number as typed.
    """

    pressed = Signal(str)
    number_typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("season_foot")
        em = self.fontMetrics().height()
        self._season_lines: tuple[str, ...] = _LOADING
        self._guide_lines: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, em // 4, em // 2, 0)
        row.setSpacing(em // 3)
        self._line = self._button("season_line", "")
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line.clicked.connect(self._on_line_clicked)
        label = QLabel("排队号", self)
        label.setObjectName("queue_label")
        label.setProperty("role", "label")
        self._number = FieldEdit("queue_number", "排队号", "如 A012", self)
        self._number.set_input("id")
        self._number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._number.setFixedWidth(em * _NUMBER_WIDTH)
        self._number.setToolTip("可以不填；居民屏上显示“请 A012 号”")
        self._number.edited.connect(self._on_number_edited)
        label.setBuddy(self._number)
        following = self._button("call_next_button", f"叫下一号  {key_of('call_next')}")
        following.setAccessibleName("叫下一号")
        following.clicked.connect(self._on_next_clicked)
        row.addWidget(self._line, 1)
        for widget in (label, self._number, following):
            row.addWidget(widget)
        self._fit()

    def show_tally(self, tally: SeasonTally) -> None:
        """Show the season and its counts."""
        self._season_lines = season_lines(tally)
        self._fit()

    def show_steps(self, steps: tuple[GuideStep, ...]) -> None:
        """Show how far the first day is; no steps show the season again."""
        self._guide_lines = guide_lines(steps)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: a narrow line says less, and cuts nothing."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = self._guide_lines or self._season_lines
        metrics = self._line.fontMetrics()
        room = self._line.width() - metrics.height() * 2
        text = next((one for one in lines if metrics.horizontalAdvance(one) <= room), lines[-1])
        if self._line.text() != text:
            self._line.setText(text)
        act = "view_guide" if self._guide_lines else "view_season"
        tip = f"{lines[0]}（{shortcut(act).label}，{key_of(act)}）"
        self._line.setToolTip(tip)
        self._line.setAccessibleName(tip)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("role", "quiet")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def focus_number(self) -> None:
        """Put the cursor into the queue's number, which Tab leaves out."""
        self._number.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_number(self, number: str) -> None:
        """Show the number called last."""
        self._number.show_text(number)

    def _on_number_edited(self, _name: str, text: str) -> None:
        self.number_typed.emit(text)

    def _on_line_clicked(self) -> None:
        self.pressed.emit("view_guide" if self._guide_lines else "view_season")

    def _on_next_clicked(self) -> None:
        self.pressed.emit("call_next")
