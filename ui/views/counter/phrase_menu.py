"""The hall's phrases behind a sign in the field for a clerk's own words.

Offers them in a menu and says which was chosen; the field's text is the form's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from medcounter.desk.draft.clerk_words import holds_phrase, with_phrase_turned

from ...shortcuts import key_of
from ...widgets.act_menu import LINE, MenuRow, open_menu
from ...widgets.aids.field_signs import FieldSigns

if TYPE_CHECKING:
    from ...widgets.field_edit import FieldEdit

PHRASES = "phrases"
_LONGEST_SHOWN = 28
_NONE_YET = MenuRow("none", "还没有常用语", can=False)
_MANAGE = MenuRow("write_phrases", "到“设置”里写常用语")


class PhraseMenu(QObject):
    """The phrases that may be put into a field, or taken out again.

    Signals:
        edited: The field's name and its words with a phrase more or less.
        pressed: Act that a click asks for: to offer the phrases, or to write them.
    """

    edited = Signal(str, object)
    pressed = Signal(str)

    def __init__(self, edit: FieldEdit) -> None:
        """Give a field its phrases."""
        super().__init__(edit)
        self._edit = edit
        self._phrases: tuple[str, ...] = ()
        ask = partial(self.pressed.emit, PHRASES)
        FieldSigns(edit).add("add", f"常用语，{key_of(PHRASES)}", ask)

    def show_phrases(self, phrases: tuple[str, ...]) -> None:
        """Offer these from now on."""
        self._phrases = phrases

    def open(self) -> None:
        """Open the phrases below the field, those in it ticked; a digit chooses."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        words = self._edit.text()
        rows = [
            MenuRow(f"{place}", _row_text(place, one), checked=holds_phrase(words, one))
            for place, one in enumerate(self._phrases, start=1)
        ]
        below = self._edit.mapToGlobal(self._edit.rect().bottomLeft())
        open_menu(
            self._edit, "phrase_menu", (*(rows or [_NONE_YET]), LINE, _MANAGE), self._choose, below
        )

    def _choose(self, act: str) -> None:
        if act == _MANAGE.act:
            self.pressed.emit(act)
            return
        phrase = self._phrases[int(act) - 1]
        self.edited.emit(self._edit.objectName(), with_phrase_turned(self._edit.text(), phrase))


def _row_text(place: int, phrase: str) -> str:
    """Write a phrase behind the digit that chooses it; a long one is cut."""
    cut = phrase if len(phrase) <= _LONGEST_SHOWN else f"{phrase[:_LONGEST_SHOWN]}…"
    return f"&{place}  {cut.replace('&', '&&')}"
