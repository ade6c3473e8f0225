"""The guide of the first day: five steps, each with its button.

Shows steps and emits what is pressed; sets up nothing itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ...shortcuts import key_of
from ...widgets.field_edit import show_state, show_text
from ...widgets.gutter_scroll import GutterScroll

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.counter.first_day import GuideStep

_DONE, _OPEN = "✓ 已做", "未做"
_PASS, _AGAIN = "跳过", "重做"


class StepRow:
    """One step: its standing, what it is for, and its buttons.

    Attributes:
        go: Leads to where it is done.
        turn: Passes it over, or takes it up again.
    """

    def __init__(self, number: int, step: GuideStep, parent: QWidget) -> None:
        self._done = step.done
        self._badge = QLabel(parent)
        self._badge.setObjectName(f"guide_{step.code}_badge")
        self._badge.setProperty("role", "badge")
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(f"{number}  {step.title}", parent)
        self._title.setProperty("role", "title")
        self._why = QLabel(step.why, parent)
        self._why.setProperty("role", "muted")
        self._why.setWordWrap(True)
        self.go = QPushButton(step.act, parent)
        self.go.setObjectName(f"guide_{step.code}_button")
        self.go.setAccessibleName(f"{step.title}：{step.act}")
        self.go.setAutoDefault(False)
        self.turn = QPushButton(parent)
        self.turn.setObjectName(f"guide_{step.code}_turn")
        self.turn.setProperty("role", "quiet")
        self.turn.setAutoDefault(False)

    def place(self, grid: QGridLayout, line: int) -> None:
        """Stand in two lines of a grid."""
        top = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._badge, line, 0, top)
        grid.addWidget(self._title, line, 1)
        grid.addWidget(self._why, line + 1, 1)
        grid.addWidget(self.go, line, 2, 2, 1, top)
        grid.addWidget(self.turn, line, 3, 2, 1, top)

    def show(self, step: GuideStep) -> None:
        """Show how the step stands."""
        show_text(self._badge, _DONE if step.done else _OPEN)
        show_state(self._badge, "cover" if step.done else "quiet")
        self.turn.setText(_AGAIN if step.done else _PASS)
        self.turn.setAccessibleName(f"{step.title}：{self.turn.text()}")


class GuidePanel(QFrame):
    """The five steps.

    Signals:
        wanted: Code of a step to be done now.
        turned: Code of a step, and whether it counts as done now.
        left: The clerk goes back to the counter.
        ended: The guide is not to be shown again.
    """

    wanted = Signal(str)
    turned = Signal(str, bool)
    left = Signal()
    ended = Signal()

    def __init__(self, steps: tuple[GuideStep, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guide_panel")
        em = self.fontMetrics().height()
        self._steps = steps
        card = QFrame(self)
        card.setObjectName("guide_card")
        card.setProperty("role", "card")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(em)
        self._grid.setVerticalSpacing(em // 6)
        self._grid.setColumnStretch(1, 1)
        self._rows = [self._make(number, step, card) for number, step in enumerate(steps, start=1)]
        heading = QLabel("第一天：五步就能开始", card)
        heading.setObjectName("guide_title")
        heading.setProperty("role", "heading")
        self._progress = QLabel(card)
        self._progress.setObjectName("guide_said")
        self._progress.setProperty("role", "muted")
        foot = QHBoxLayout()
        back = self._button(f"返回办理  {key_of('step_back')}", "guide_back", card)
        back.clicked.connect(self.left)
        end = self._button("不再显示", "guide_end", card)
        end.setProperty("role", "quiet")
        end.clicked.connect(self.ended)
        foot.addWidget(back)
        foot.addStretch()
        foot.addWidget(end)
        column = QVBoxLayout(card)
        column.setContentsMargins(*([em * 3 // 2] * 4))
        column.setSpacing(em)
        column.addWidget(heading)
        column.addWidget(self._progress)
        column.addLayout(self._grid)
        column.addLayout(foot)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*([em // 2] * 4))
        whole.addWidget(GutterScroll("guide_scroll", card, self))

    def show_steps(self, steps: tuple[GuideStep, ...]) -> None:
        """Show how the steps stand now."""
        self._steps = steps
        for row, step in zip(self._rows, steps, strict=True):
            row.show(step)
        open_ = sum(not step.done for step in steps)
        text = f"还有 {open_} 步" if open_ else "都做好了"
        show_text(
            self._progress,
            f"{text}；随时可以离开，做到哪里都记着，按 {key_of('view_guide')} 再来。",
        )

    def focus_first(self) -> None:
        """Let Enter do the first open step."""
        places = [n for n, step in enumerate(self._steps) if not step.done]
        self._rows[(places or [0])[0]].go.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make(self, number: int, step: GuideStep, card: QWidget) -> StepRow:
        row = StepRow(number, step, card)
        # Enter, as everywhere, does what has the focus.
        row.go.setAutoDefault(True)
        row.go.clicked.connect(partial(self.wanted.emit, step.code))
        row.turn.clicked.connect(partial(self._on_turn_clicked, number - 1))
        row.place(self._grid, 3 * number)
        self._grid.setRowMinimumHeight(3 * number + 2, self.fontMetrics().height() // 2)
        return row

    def _button(self, text: str, name: str, parent: QWidget) -> QPushButton:
        button = QPushButton(text, parent)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _on_turn_clicked(self, place: int) -> None:
        step = self._steps[place]
        self.turned.emit(step.code, not step.done)
