"""The components of the installed program and their licences.

Shows the list made by the build; a checkout has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from medcounter.paths import MissingResourceError, resource

from ...dialogs.plain_dialog import PlainDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_NOTICE = "NOTICE.txt"


def shipped_notice() -> str:
    """Return NOTICE as it ships with the installed program; empty in a checkout."""
    try:
        return resource(_NOTICE).read_text(encoding="utf-8")
    except MissingResourceError:
        return ""


class LicencesDialog(PlainDialog):
    """Every part with its version and licence, then the licences in full."""

    def __init__(self, notice: str, parent: QWidget | None = None) -> None:
        super().__init__("licences_dialog", "部件和许可证", parent)
        text = QPlainTextEdit(notice, self)
        text.setObjectName("licences_text")
        text.setAccessibleName("部件和许可证")
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        self.body.addWidget(text)
        close = self.add_button("licences_close", "关闭  Esc", main=True)
        close.clicked.connect(self.accept)
        self.fit(60, 36)
