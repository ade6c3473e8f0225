"""The settings view: the desk's identity and its defaults.

Shows a SettingsState and emits what was typed; saves nothing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.settings import CHECKS

from ...file_dialogs import folder_dialog
from ...shortcuts import key_of
from ...widgets.field_edit import INVALID, NEEDED, PLAIN, FieldEdit, show_state, show_text
from ...widgets.key_action import add_key
from ...widgets.place_finder import PlaceFinder
from ...widgets.tall_scroll import TallScroll
from .offset_card import OffsetCard
from .phrases_card import PHRASES, PhrasesCard
from .settings_offers import GROUPS, PLAIN_KEYS, TYPED, offers
from .settings_rows import SettingChoice, SettingPlace, SettingRow

if TYPE_CHECKING:
    from medcounter.desk.draft.place_choice import PlaceRow

    from .settings_session import SettingsState


def kept_text(state: SettingsState) -> str:
    """Return whether what is typed is kept, and what hinders it."""
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
        test_page_pressed: A page is wanted that the printer is measured by.
        about_pressed: The clerk wants to know which program this is.
        place_sought: What is typed to find the hall's place.
    """

    edited = Signal(str, object)
    save_pressed = Signal()
    test_page_pressed = Signal()
    about_pressed = Signal()
    place_sought = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_panel")
        self._em = self.fontMetrics().height()
        self._edits: dict[str, FieldEdit] = {}
        self._choices: dict[str, SettingChoice] = {}
        self._finder: PlaceFinder | None = None
        self._rows = {
            name: SettingRow(name, hint, self._control(name, hint), self)
            for _caption, settings in GROUPS
            for name, hint in settings
        }
        self._folder = self._folder_button()
        self._clerks = QStringListModel(self)
        self._offer_clerks()
        self._kept = QLabel(self)
        self._kept.setObjectName("settings_kept")
        self._kept.setProperty("role", "note")
        self._kept.setWordWrap(True)
        self._save = QPushButton(f"保存  {key_of('settings_save')}", self)
        self._save.setObjectName("settings_save_button")
        self._save.setProperty("role", "primary")
        self._save.setAutoDefault(False)
        self._save.clicked.connect(self.save_pressed)
        self._hall, self._line = QLabel(self), QLabel(self)
        self._offset = OffsetCard(self)
        self._offset.edited.connect(self.edited)
        self._offset.test_page_pressed.connect(self.test_page_pressed)
        self._phrases = PhrasesCard(self)
        self._phrases.edited.connect(self.edited)
        self._lay_out()
        add_key(self, "settings_save", self._save.click)

    def show_state(self, state: SettingsState) -> None:
        """Show every setting, what is wrong with it, and whether it is kept."""
        settings = state.settings
        for name, edit in self._edits.items():
            edit.show_text(state.texts[name])
        offered = offers(state)
        for name, choice in self._choices.items():
            choice.show_choice(offered[name], getattr(settings, name))
        for name, row in self._rows.items():
            row.show_fault(state.fault_at(name))
        if self._clerks.stringList() != [*settings.clerks]:
            self._clerks.setStringList(settings.clerks)
        self._offset.show_state(state)
        self._phrases.show_state(state)
        self._save.setEnabled(state.changed and not state.faults)
        show_text(self._kept, kept_text(state))
        show_state(self._kept, INVALID if state.problem else NEEDED if state.changed else PLAIN)
        show_text(self._hall, settings.hall or "（大厅名称）")
        clerk = settings.clerk or "（经办人）"
        show_text(self._line, f"编号 年份-{settings.desk}-000001　{settings.desk} 号窗口　{clerk}")

    def focus_first(self) -> None:
        """Put the cursor into the first setting."""
        self._edits["hall"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_setting(self, name: str) -> None:
        """Put the cursor into a setting."""
        if name == PHRASES:
            self._phrases.focus()
        else:
            self._rows[name].control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _control(self, name: str, hint: str) -> FieldEdit | SettingChoice:
        if name in TYPED:
            edit = FieldEdit(name, CHECKS[name].label, "", self)
            edit.setObjectName(f"setting_{name}")
            edit.setAccessibleDescription(hint)
            edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, name not in PLAIN_KEYS)
            edit.edited.connect(self.edited)
            self._edits[name] = edit
            return edit
        choice = (SettingPlace if name == "region" else SettingChoice)(
            name, CHECKS[name].label, self
        )
        if isinstance(choice, SettingPlace):
            choice.search_wanted.connect(self._find_place)
        choice.setAccessibleDescription(hint)
        choice.edited.connect(self.edited)
        self._choices[name] = choice
        return choice

    def _find_place(self, text: str) -> None:
        if self._finder is None:
            self._finder = PlaceFinder(self._choices["region"], self)
            self._finder.sought.connect(self.place_sought)
            self._finder.chosen.connect(partial(self.edited.emit, "region"))
        self._finder.begin(text)

    def show_places(self, rows: tuple[PlaceRow, ...]) -> None:
        """Show the places found for what is typed."""
        if self._finder is not None:
            self._finder.show_places(rows)

    def _folder_button(self) -> QPushButton:
        button = QPushButton("选择文件夹(&F)…", self)
        button.setObjectName("setting_second_place_button")
        button.setAutoDefault(False)
        button.clicked.connect(self._choose_folder)
        QWidget.setTabOrder(self._edits["second_place"], button)
        QWidget.setTabOrder(button, self._choices["card_reader"])
        return button

    def _choose_folder(self) -> None:
        place = self._edits["second_place"].text()
        files = folder_dialog(self, "second_place_files", "备份的第二处", place)
        files.fileSelected.connect(partial(self.edited.emit, "second_place"))
        files.open()

    def _offer_clerks(self) -> None:
        completer = QCompleter(self._clerks, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # A name from the list stands in the field without having been typed.
        completer.highlighted.connect(partial(self.edited.emit, "clerk"))
        completer.activated.connect(partial(self.edited.emit, "clerk"))
        self._edits["clerk"].setCompleter(completer)

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setObjectName("settings_card")
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(*([self._em] * 4))
        grid.setHorizontalSpacing(self._em)
        grid.setVerticalSpacing(self._em // 4)
        grid.setColumnStretch(1, 1)
        line = 0
        for caption, settings in GROUPS:
            grid.addWidget(self._caption(caption, card), line, 0, 1, 2)
            for name, _hint in settings:
                beside = self._folder if name == "second_place" else None
                self._rows[name].place(grid, line + 1, beside)
                line += 2
            line += 1
        grid.setRowStretch(line + 1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._kept, 1)
        foot.addWidget(self._save)
        left = QVBoxLayout()
        left.setSpacing(self._em // 2)
        left.addWidget(TallScroll("settings_scroll", card, self), 1)
        left.addLayout(foot)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(*([self._em // 2] * 4))
        columns.setSpacing(self._em // 2)
        columns.addLayout(left, 3)
        columns.addWidget(TallScroll("settings_side_scroll", self._side(), self), 2)

    def _caption(self, text: str, parent: QWidget) -> QLabel:
        label = QLabel(text, parent)
        label.setProperty("role", "caption")
        label.setContentsMargins(0, self._em // 2, 0, self._em // 4)
        return label

    def _side(self) -> QWidget:
        about = QPushButton("关于本程序", self)
        about.setObjectName("settings_about_button")
        about.setAutoDefault(False)
        about.clicked.connect(self.about_pressed)
        held = QWidget(self)
        side = QVBoxLayout(held)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(self._em // 2)
        side.addWidget(self._sample())
        side.addWidget(self._phrases)
        side.addWidget(self._offset)
        side.addStretch()
        side.addWidget(about)
        return held

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
