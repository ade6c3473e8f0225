"""The result in large type: amount, wait, cover, the year as a bar, doubts.

Shows an outcome and nothing else; designed to be turned towards the resident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.wording.glossary import meaning

from ...look.tones import kind_tone
from ...widgets.act_menu import LINE, MenuRow, copy_text, menu_place, open_menu
from ...widgets.field_edit import show_density, show_state, show_text
from ...widgets.labels import plain_label
from ...widgets.read_aloud import LIST, LIST_ITEM, Announcer, present_as
from ...widgets.whole_texts import steady_width
from ...widgets.year_bar import Timeline
from .result_text import (
    BADGE,
    DOUBTFUL,
    NOTHING_YET,
    Figure,
    NoteLine,
    amount_caption,
    amount_figure,
    cover_figure,
    doubts_text,
    note_lines,
    sentence_to_say,
    shortened,
    spoken,
    wait_figure,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QResizeEvent
    from PySide6.QtWidgets import QAccessibleWidget

    from medcounter.desk.evaluate.outcome import Outcome

_MOST_NOTES = 5
_WHY = MenuRow("why", "为什么是这个结果")
_COPIES = (
    MenuRow("say", "复制读给居民听的一句"),
    MenuRow("amount", "复制应缴金额"),
    MenuRow("wait", "复制等待期"),
    MenuRow("cover", "复制待遇生效日"),
)
# So many notes in a window of less than so many heights of a line.
_FEWER_NOTES = ((30, 2), (37, 3))
# The figures' size in a panel of less than so many heights of a line across.
_TIGHTEST = "tightest"
_DENSITIES = ((24, _TIGHTEST), (30, "tight"))


class FigureBlock:
    """One large figure: caption with badge, value, detail below."""

    def __init__(self, name: str, caption: str, grid: QGridLayout, column: int) -> None:
        parent = grid.parentWidget()
        self._caption = QLabel(caption, parent)
        self._caption.setProperty("role", "caption")
        self._badge = QLabel(parent)
        self._badge.setObjectName(f"{name}_doubt")
        self._badge.setProperty("role", "badge")
        self._badge.hide()
        self._value = QLabel(parent)
        self._value.setObjectName(f"{name}_value")
        self._value.setProperty("role", "figure")
        self._item = present_as(self._value, LIST_ITEM)
        self._detail = QLabel(parent)
        self._detail.setObjectName(f"{name}_detail")
        self._detail.setProperty("role", "detail")
        head = QHBoxLayout()
        head.setSpacing(parent.fontMetrics().height() // 3)
        head.addWidget(self._caption)
        head.addWidget(self._badge)
        head.addStretch()
        grid.addLayout(head, 0, column)
        grid.addWidget(self._value, 1, column)
        grid.addWidget(self._detail, 2, column, Qt.AlignmentFlag.AlignTop)
        self.show(NOTHING_YET)

    def caption(self, text: str) -> None:
        """Describe what the figure is."""
        show_text(self._caption, text)

    def fit(self, density: str) -> None:
        """Write the value smaller where there is little room."""
        show_density(self._value, density)
        raised = 0 if density else self._caption.fontMetrics().descent()
        self._value.setContentsMargins(0, -raised, 0, 0)
        self._value.updateGeometry()
        self._detail.setWordWrap(density == _TIGHTEST)

    def value(self) -> str:
        """Return what is written large."""
        return self._value.text()

    def show(self, figure: Figure) -> None:
        """Show a figure in its tone, with the mark of its doubt."""
        show_text(self._value, figure.value)
        show_state(self._value, figure.tone)
        show_text(self._detail, figure.detail)
        show_text(self._badge, BADGE.get(figure.doubt, ""))
        self._badge.setToolTip(meaning(self._badge.text()))
        show_state(self._badge, kind_tone(figure.doubt))
        self._badge.setVisible(bool(figure.doubt))
        # Read in one go: the name, not the text alone, is what a reader says.
        parts = (self._caption.text(), self._badge.text(), figure.value, figure.detail)
        self._value.setAccessibleName(" ".join(filter(None, parts)))


class NoteList(QWidget):
    """Sentences to show, each with its kind in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notes")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        em = self.fontMetrics().height()
        self._grid.setHorizontalSpacing(em // 2)
        self._grid.setVerticalSpacing(em // 10)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(_MOST_NOTES, 1)
        self._items: list[QAccessibleWidget] = []
        self._lines = [self._make(row) for row in range(_MOST_NOTES)]

    def show_lines(self, lines: tuple[NoteLine, ...]) -> None:
        """Show the first lines and say how many are left."""
        lines_high = self.window().height() / self.fontMetrics().height()
        most = next((few for low, few in _FEWER_NOTES if lines_high < low), _MOST_NOTES)
        shown = shortened(lines, most)
        for number, (badge, text) in enumerate(self._lines):
            line = shown[number] if number < len(shown) else None
            badge.setVisible(line is not None)
            text.setVisible(line is not None)
            if line is not None:
                show_text(badge, BADGE[line.kind])
                badge.setToolTip(meaning(badge.text()))
                show_state(badge, kind_tone(line.kind))
                show_text(text, line.text)
                text.setAccessibleName(f"{BADGE[line.kind]}：{line.text}")

    def _make(self, row: int) -> tuple[QLabel, QLabel]:
        badge = QLabel(self)
        badge.setProperty("role", "badge")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = plain_label(f"note_{row}", self, "told")
        self._items.append(present_as(text, LIST_ITEM))
        self._grid.addWidget(badge, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        badge.hide()
        text.hide()
        return badge, text


class ResultPanel(QFrame):
    """What the resident wants to know.

    Signals:
        acted: Act of the table of shortcuts that was chosen in its menu.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("result")
        self.setProperty("role", "card")
        self._announcer = Announcer(self)
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(em * 3 // 4, em // 4, em * 3 // 4, em // 4)
        column.setSpacing(em // 6)
        self._banner = plain_label("banner", self, "banner")
        column.addWidget(self._banner)
        self._say = QLabel(self)
        self._say.setObjectName("say")
        self._say.setProperty("role", "say")
        self._say.setTextFormat(Qt.TextFormat.PlainText)
        self._say.setWordWrap(True)
        self._say.setIndent(0)
        self._say.setAccessibleName("读给居民听")
        self._say.setToolTip("读给居民听的一句；右键可以复制")
        self._doubts = self._make_doubts()
        # After a signal leads to a method of this object, which Qt takes for another then; and
        # before it is named, since a name is told to readers at once.
        self._list = present_as(self, LIST)
        self.setAccessibleName("测算结果")
        first = QHBoxLayout()
        first.addWidget(self._say, 1)
        first.addWidget(self._doubts, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(first)
        figures = QWidget(self)
        grid = QGridLayout(figures)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(em)
        grid.setVerticalSpacing(0)
        self._amount = FigureBlock("amount", "应缴金额", grid, 0)
        self._wait = FigureBlock("wait", "待遇等待期", grid, 1)
        self._cover = FigureBlock("cover", "待遇生效", grid, 2)
        for number, share in enumerate((9, 11, 12)):
            grid.setColumnStretch(number, share)
        column.addWidget(figures)
        self._timeline = Timeline(self)
        column.addWidget(self._timeline)
        self._notes = NoteList(self)
        column.addWidget(self._notes)
        self._lines: tuple[NoteLine, ...] = ()
        column.addStretch()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the answer for what was chosen."""
        shown = outcome.on_screen
        show_text(self._banner, outcome.banner)
        self._banner.setVisible(bool(outcome.banner))
        self._amount.caption(amount_caption(shown))
        self._amount.show(amount_figure(shown))
        self._wait.show(wait_figure(shown))
        self._cover.show(cover_figure(shown))
        self._timeline.show_outcome(outcome)
        sentence = sentence_to_say(outcome)
        show_text(self._say, sentence)
        self._say.setVisible(bool(sentence))
        self._lines = note_lines(outcome)
        doubts = doubts_text(outcome)
        self._doubts.setVisible(bool(doubts))
        self._doubts.setAccessibleName(f"存疑：{doubts}，点开看")
        self._name_doubts()
        self._show_lines()
        aloud = f"{sentence}{spoken(outcome)}"
        self.setAccessibleDescription(aloud)
        self._announcer.announce(aloud)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Override QFrame.contextMenuEvent: the sentence and each figure may be copied."""
        if self._say.text():
            at = menu_place(self, event)
            open_menu(self, "result_menu", (*_COPIES, LINE, _WHY), self._on_menu_chosen, at)

    def _on_menu_chosen(self, act: str) -> None:
        blocks = {"amount": self._amount, "wait": self._wait, "cover": self._cover}
        if act in blocks:
            copy_text(blocks[act].value())
        elif act == _WHY.act:
            self.acted.emit(act)
        else:
            copy_text(self._say.text())

    def _make_doubts(self) -> QPushButton:
        doubts = QPushButton(self)
        doubts.setObjectName("doubts_button")
        doubts.setProperty("role", "quiet")
        doubts.setCheckable(True)
        doubts.setAutoDefault(False)
        # By key, F4 lists every doubt with its readings.
        doubts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        doubts.setToolTip("点一下列出哪里存疑、怎样读的；F4 看全部")
        doubts.clicked.connect(self._show_lines)
        return doubts

    def _name_doubts(self) -> None:
        """Name how many are doubtful, in fewer words where the panel is narrow."""
        whole = self._doubts.accessibleName().removesuffix("，点开看")
        tight = bool(self._density())
        self._doubts.setText(whole.removeprefix("存疑：") if tight else whole)

    def _density(self) -> str:
        across = steady_width(self) / self.fontMetrics().height()
        return next((name for wide, name in _DENSITIES if across < wide), "")

    def _show_lines(self) -> None:
        """List what must be told; what is doubtful only once it was opened."""
        opened = self._doubts.isChecked()
        shown = [line for line in self._lines if opened or line.kind not in DOUBTFUL]
        self._notes.show_lines(tuple(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent: a narrow panel writes smaller figures."""
        super().resizeEvent(event)
        for block in (self._amount, self._wait, self._cover):
            block.fit(self._density())
        self._name_doubts()
