"""The icons of views and actions: our own drawings, in the text's colour.

One stroke width, one grid of 16. Knows no widget; an icon always has a name for
screen readers, which its widget sets.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton

from medcounter.paths import resource

from .theme import palette_in_use

_SHARPEST = 2
# The sign of each act that a button or a tab stands for.
ACT_ICONS = {
    "view_counter": "desk",
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
    "studio_drop": "clear",
    "studio_export": "export",
    "studio_history": "history",
    "studio_sheet": "preview",
    "studio_source_files": "manual",
    "studio_hand_on": "check",
    "practice": "practice",
    "lock": "lock",
}


@lru_cache(maxsize=256)
def icon(name: str, color: str, pixels: int, faint: str = "") -> QIcon:
    """Draw a sign, once for each look of it.

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
    """Keep the sign of an act before a button's text, in its colour in every theme."""
    _Dressing(button, act, "on_accent" if primary else "text")


def dress_tab(button: QAbstractButton, act: str) -> None:
    """Keep the sign of an act before the text of a tab on the top bar."""
    _Dressing(button, act, "on_bar")


class _Dressing(QObject):
    """Draws a button's sign, and draws it anew in another theme."""

    def __init__(self, button: QAbstractButton, act: str, role: str) -> None:
        super().__init__(button)
        self._button, self._sign, self._role = button, ACT_ICONS.get(act, act), role
        button.installEventFilter(self)
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: another theme or size of writing draws anew."""
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
        return super().eventFilter(watched, event)

    def _draw(self) -> None:
        palette = palette_in_use()
        pixels = self._button.fontMetrics().ascent()
        color = getattr(palette, self._role)
        self._button.setIcon(icon(self._sign, color, pixels, palette.muted))
        self._button.setIconSize(QSize(pixels, pixels))


def _tinted(drawn: QIcon, color: str, pixels: int) -> QPixmap:
    """Fill the strokes with a colour, sharp also on a screen at 200 %."""
    picture = drawn.pixmap(QSize(pixels, pixels), _SHARPEST)
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(color))
    painter.end()
    return picture
