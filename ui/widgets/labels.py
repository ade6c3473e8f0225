"""Labels that show their text as it is: no name or note is ever read as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(
    name: str, parent: QWidget | None, role: str = "", text: str = "", *, wraps: bool = True
) -> QLabel:
    """Make a label of plain text.

    Args:
        name: Its object name, for style sheets and tests.
        parent: Its owner.
        role: What the style sheets know it by; empty for none.
        text: What it shows first.
        wraps: Whether a long text takes another line.
    """
    label = QLabel(text, parent)
    label.setObjectName(name)
    if role:
        label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label


def selectable_label(
    name: str, parent: QWidget | None, role: str = "", text: str = "", *, wraps: bool = True
) -> QLabel:
    """Make a label of plain text that can be marked and copied with the mouse."""
    label = plain_label(name, parent, role, text, wraps=wraps)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
