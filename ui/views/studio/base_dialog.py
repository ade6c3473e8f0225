"""That other rules came into use under a draft: told, and looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ...dialogs.plain_dialog import PlainDialog
from ...widgets.field_edit import show_text
from ...widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOK_AT_BASE = "studio_base"
_WIDTH = 52
_MOST_SHOWN = 12
_NONE = "参保人样本里没有人的结果因此不同。"
_UNKNOWN = "原来的规则包已不在本机，列不出变化；请逐行核对参保人样本。"
_AFTER = "看过以后按 Enter，草稿改为写在现行规则上，不再提醒；草稿里写的一处也不变。"


class BaseStrip(QFrame):
    """One line above the form, while other rules lie under a draft.

    Signals:
        looked: The author wants to see what that changes.
    """

    looked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studio_base")
        self._news = plain_label("studio_base_news", self, "banner")
        self._news.setWordWrap(True)
        self._look = QPushButton("看变化(&B)…", self)
        self._look.setObjectName("studio_base_look")
        self._look.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._news, 1)
        row.addWidget(self._look)
        self._look.clicked.connect(self.looked)
        self.hide()

    def show_news(self, text: str) -> None:
        """Show the news; an empty text hides the line."""
        show_text(self._news, text)
        self.setVisible(bool(text))


class BaseDialog(PlainDialog):
    """Who of the sample residents comes out otherwise.

    Signals:
        taken: It was looked at; the draft lies over the new rules from now on.
    """

    taken = Signal()

    def __init__(self, news: str, changes: Sequence[str] | None, parent: QWidget) -> None:
        super().__init__("studio_base_dialog", "草稿下面的规则换过", parent)
        self.setModal(True)
        self.add_text("studio_base_title", "草稿下面的规则换过", role="title")
        self.add_text("studio_base_about", news)
        shown = _UNKNOWN if changes is None else "\n".join(changes[:_MOST_SHOWN]) or _NONE
        more = len(changes or ()) - _MOST_SHOWN
        if more > 0:
            shown += f"\n……还有 {more} 位，在右边的样本里逐行看得到。"
        self.add_text("studio_base_changes", shown, role="banner")
        self.add_text("studio_base_after", _AFTER, role="note")
        close = self.add_button("studio_base_close", "以后再说  Esc")
        take = self.add_button("studio_base_take", "核对过了  Enter", main=True)
        close.clicked.connect(self.reject)
        take.clicked.connect(self._on_take_clicked)
        self.fit(_WIDTH)
        take.setFocus()

    def _on_take_clicked(self) -> None:
        self.accept()
        self.taken.emit()
