"""The settings view: who this desk is and what it usually begins with.

Shows a SettingsState and tells by signals what was typed; saves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.settings import CHECKS

from ..shortcuts import key_of
from .field_edit import INVALID, NEEDED, PLAIN, FieldEdit, show_state, show_text
from .settings_rows import SettingChoice, SettingRow
from .tall_scroll import TallScroll

if TYPE_CHECKING:
    from ..settings_session import SettingsState
    from .settings_rows import Offer

_TEXTS = (
    ("hall", "印在通知单最上方，如“抚州市临川区政务服务中心”"),
    ("desk", "两位数字，是编号的一部分；同一大厅的每个窗口要不同"),
    ("clerk", "印在通知单上，也记入台账"),
)
_CHOICES = (
    ("region", "每办理一位居民，参保地先填成这里"),
    ("scheme", ""),
    ("benefit_year", ""),
    ("paper", ""),
    ("theme", ""),
    ("scale", "界面文字的大小，保存后生效"),
)
_PAPERS: tuple[Offer, ...] = (("A5", "A5 横向，A4 纸可裁两份"), ("A4", "A4 纵向，字大"))
_SCHEMES: tuple[Offer, ...] = (("resident", "城乡居民"), ("flexible", "灵活就业"))
_THEMES: tuple[Offer, ...] = (
    ("system", "跟随系统"),
    ("light", "浅色"),
    ("dark", "深色"),
    ("contrast", "高对比度"),
)
_SCALES: tuple[Offer, ...] = tuple(
    (percent, f"{percent}%") for percent in (90, 100, 110, 125, 150, 175, 200)
)


def kept_text(state: SettingsState) -> str:
    """Say whether what is typed is kept, and what hinders it."""
    if state.problem:
        return state.problem
    if not state.changed:
        return "✓ 已保存"
    return "尚未保存：先改正标出的一项" if state.faults else "有改动，尚未保存"


class SettingsPanel(QWidget):
    """All settings of this desk.

    Signals:
        edited: A setting's name and its new value.
        save_pressed: The clerk wants what was typed to be kept.
        about_pressed: The clerk wants to know which program this is.
    """

    edited = Signal(str, object)
    save_pressed = Signal()
    about_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_panel")
        self._em = self.fontMetrics().height()
        self._edits = {name: self._edit(name, hint) for name, hint in _TEXTS}
        self._choices = {name: self._choice(name) for name, _ in _CHOICES}
        controls: dict[str, FieldEdit | SettingChoice] = {**self._edits, **self._choices}
        self._rows = {
            name: SettingRow(name, hint, controls[name], self)
            for name, hint in (*_TEXTS, *_CHOICES)
        }
        self._kept = QLabel(self)
        self._kept.setObjectName("settings_kept")
        self._kept.setProperty("role", "note")
        self._save = QPushButton(f"保存  {key_of('settings_save')}", self)
        self._save.setObjectName("settings_save_button")
        self._save.setProperty("role", "primary")
        self._save.setAutoDefault(False)
        self._save.clicked.connect(self.save_pressed)
        self._hall, self._line = QLabel(self), QLabel(self)
        self._lay_out()
        self._add_save_key()

    def show_state(self, state: SettingsState) -> None:
        """Show every setting, what is wrong with it, and whether it is kept."""
        settings = state.settings
        for name, edit in self._edits.items():
            edit.show_text(getattr(settings, name))
        years = [(year, f"{year} 年度") for year in state.years]
        offers: dict[str, list[Offer]] = {
            "region": [("", "不预选"), *((one.code, one.name) for one in state.regions)],
            "scheme": [*_SCHEMES],
            "benefit_year": [(None, "当季的年度"), *years],
            "paper": [*_PAPERS],
            "theme": [*_THEMES],
            "scale": [*_SCALES],
        }
        for name, choice in self._choices.items():
            choice.show_choice(offers[name], getattr(settings, name))
        for name, row in self._rows.items():
            row.show_fault(state.fault_at(name))
        self._save.setEnabled(state.changed and not state.faults)
        show_text(self._kept, kept_text(state))
        show_state(self._kept, INVALID if state.problem else NEEDED if state.changed else PLAIN)
        show_text(self._hall, settings.hall or "（大厅名称）")
        clerk = settings.clerk or "（经办人）"
        show_text(self._line, f"编号 年份-{settings.desk}-000001　{settings.desk} 号窗口　{clerk}")

    def focus_first(self) -> None:
        """Put the cursor into the first setting."""
        self._edits["hall"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _edit(self, name: str, hint: str) -> FieldEdit:
        edit = FieldEdit(name, CHECKS[name].label, "", self)
        edit.setObjectName(f"setting_{name}")
        edit.setAccessibleDescription(hint)
        edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, name != "desk")
        edit.edited.connect(self.edited)
        return edit

    def _choice(self, name: str) -> SettingChoice:
        choice = SettingChoice(name, CHECKS[name].label, self)
        choice.edited.connect(self.edited)
        return choice

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setObjectName("settings_card")
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(*([self._em] * 4))
        grid.setHorizontalSpacing(self._em)
        grid.setVerticalSpacing(self._em // 4)
        grid.setColumnStretch(1, 1)
        for line, row in enumerate(self._rows.values()):
            row.place(grid, line)
        foot = QHBoxLayout()
        foot.addWidget(self._kept, 1)
        foot.addWidget(self._save)
        grid.addLayout(foot, 2 * len(self._rows), 1)
        grid.setRowStretch(2 * len(self._rows) + 1, 1)
        scroll = TallScroll("settings_scroll", card, self)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(*([self._em // 2] * 4))
        columns.setSpacing(self._em // 2)
        columns.addWidget(scroll, 3)
        columns.addLayout(self._side(), 2)

    def _side(self) -> QVBoxLayout:
        about = QPushButton("关于本程序", self)
        about.setObjectName("settings_about_button")
        about.setAutoDefault(False)
        about.clicked.connect(self.about_pressed)
        side = QVBoxLayout()
        side.setSpacing(self._em // 2)
        side.addWidget(self._sample())
        side.addStretch()
        side.addWidget(about)
        return side

    def _sample(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("settings_sample")
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*([self._em] * 4))
        caption = QLabel("通知单的抬头会印成", card)
        caption.setProperty("role", "caption")
        title = QLabel("城乡居民基本医疗保险缴费通知单（测算）", card)
        title.setProperty("role", "title")
        self._hall.setObjectName("sample_hall")
        self._line.setObjectName("sample_line")
        for label in (self._hall, title, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        for label in (caption, self._hall, title, self._line):
            column.addWidget(label)
        return card

    def _add_save_key(self) -> None:
        save = QAction(self)
        save.setObjectName("settings_save")
        save.setShortcut(QKeySequence(key_of("settings_save")))
        save.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.triggered.connect(self._save.click)
        self.addAction(save)
