"""The icons of views and actions: our own drawings, in the text's colour.

One stroke width, one grid of 16. Knows no widget; an icon always has a name for
screen readers, which its widget sets.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton

from medcounter.paths import resource

from .theme import palette_in_use

_SHARPEST = 2
# The sign of each act that a button or a tab stands for.
ACT_ICONS = {
    "view_desk": "desk",
    "view_ledger": "ledger",
    "view_roster": "roster",
    "view_rules": "rules",
    "view_studio": "studio",
    "view_settings": "settings",
    "view_check": "check",
    "view_day": "day",
    "view_season": "chart",
    "help": "help",
    "undo": "undo",
    "new_person": "next",
    "new_member": "add",
    "park": "park",
    "more": "more",
    "why": "why",
    "preview": "preview",
    "issue": "issue",
    "ledger_show": "preview",
    "ledger_reprint": "reprint",
    "ledger_save": "save",
    "ledger_void": "void",
    "ledger_void_run": "void",
    "ledger_history": "history",
    "ledger_correct": "reprint",
    "ledger_entered": "check",
    "ledger_entered_all": "check",
    "ledger_export": "export",
    "ledger_reveal": "preview",
    "ledger_came_out": "check",
    "ledger_not_out": "clear",
    "day_close": "lock",
    "day_print": "issue",
    "day_save": "save",
    "check_again": "sync",
    "check_copy": "copy",
    "rules_sync": "sync",
    "settings_save": "save",
    "roster_open": "roster",
    "roster_agree": "check",
    "roster_issue": "issue",
    "roster_export": "export",
    "roster_marked": "clear",
    "roster_template": "save",
    "studio_new": "add",
    "studio_import": "roster",
    "studio_export": "export",
    "studio_history": "history",
    "studio_sheet": "preview",
    "studio_notices": "manual",
    "studio_hand_on": "check",
    "practice": "practice",
    "lock": "lock",
}


def icon(name: str, color: str, pixels: int, faint: str = "") -> QIcon:
    """Draw a sign.

    Args:
        name: File below ``icons/acts`` without its ending.
        color: ``#RRGGBB``.
        pixels: Its height and width in logical pixels.
        faint: Colour while it cannot be pressed; empty for the same.
    """
    drawn = QIcon(str(resource("icons", "acts", f"{name}.svg")))
    tinted = QIcon(_tinted(drawn, color, pixels))
    if faint:
        tinted.addPixmap(_tinted(drawn, faint, pixels), QIcon.Mode.Disabled)
    return tinted


def dress_button(button: QAbstractButton, act: str, *, primary: bool = False) -> None:
    """Put the sign of an act before a button's text, in the text's colours."""
    palette = palette_in_use()
    pixels = button.fontMetrics().ascent()
    color = palette.on_accent if primary else palette.text
    button.setIcon(icon(ACT_ICONS[act], color, pixels, palette.muted))
    button.setIconSize(QSize(pixels, pixels))


def _tinted(drawn: QIcon, color: str, pixels: int) -> QPixmap:
    """Fill the strokes with a colour, sharp also on a screen at 200 %."""
    picture = drawn.pixmap(QSize(pixels, pixels), _SHARPEST)
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(color))
    painter.end()
    return picture
