"""The manual in the window: its own pages and pictures, from the disk.

Reads what ships with the program; follows no external link.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from medcounter.paths import document

MANUAL = "manual.zh-CN.md"
_IMAGE = QTextDocument.ResourceType.ImageResource.value
# What stands left and right of a picture.
_MARGIN = 60


class ManualBrowser(QTextBrowser):
    """Shows the manual; loaded on first use."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("manual")
        self.setAccessibleName("使用手册")
        self.setProperty("role", "card")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def open_manual(self) -> None:
        """Show the manual, where it was left when it was open before."""
        if self.document().isEmpty():
            self.setMarkdown(document(MANUAL).read_text(encoding="utf-8"))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Override QTextBrowser.loadResource: pictures no wider than the page."""
        if kind != _IMAGE:
            return super().loadResource(kind, name)
        parts = QUrl(name).path().split("/")
        picture = QImage(str(document(*parts)))
        room = self.viewport().width() - _MARGIN
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)

    def _on_anchor_clicked(self, link: QUrl) -> None:
        if link.hasFragment():
            self.scrollToAnchor(link.fragment())
