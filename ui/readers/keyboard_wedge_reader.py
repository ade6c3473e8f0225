"""Card readers that act as a keyboard, recognised whatever has the focus.

Watches the keys of the whole program. The first key of a burst goes where all
keys go and is taken back when the burst is recognised; the others never arrive
there. Manual typing is never delayed, except a key that follows another within
35 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from medcounter.identity.card import read_card

from .burst import LONGEST_GAP, Burst, KeyVerdict

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_HELD_DOWN = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock}
)
_NOT_TYPED = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class KeyboardWedgeReader(QObject):
    """Recognises card readers among the keys.

    Signals:
        read: The Card that was read.
    """

    read = Signal(object)

    def __init__(
        self,
        mark: Callable[[], Any],
        rewind: Callable[[Any], None],
        serves: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """Listen to nothing yet.

        Args:
            mark: Gives what stands at the counter before a first key.
            rewind: Puts that back, when the key turns out to be a reader's.
            serves: Says whether anybody can be served now.
            parent: Its owner.
        """
        super().__init__(parent)
        self._mark = mark
        self._rewind = rewind
        self._serves = serves
        self._burst = Burst()
        self._held: list[QKeyEvent] = []
        self._before: tuple[QWidget | None, str, int, Any] = (None, "", 0, None)
        self._releasing = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setObjectName("silence")
        self._silence.timeout.connect(self._on_silence)

    def listen(self) -> None:
        """Listen to every key of the program."""
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Stop listening; keys that were kept back are passed on."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._release()
        self._before, self._burst = (None, "", 0, None), Burst()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: keep back what may be a reader's."""
        kind = event.type()
        if kind not in _KEYS or self._releasing or not isinstance(event, QKeyEvent):
            return False
        # A key that a widget does not want goes on to its parents: heard already.
        if watched is not _addressed() or event.isAutoRepeat() or event.key() in _HELD_DOWN:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._overrides(event)
        if kind == QEvent.Type.KeyRelease:
            return self._let_go(event)
        return self._press(event)

    def _let_go(self, event: QKeyEvent) -> bool:
        """Keep a key's release in its place among the presses that are kept back.

        A button is clicked by the release of the space bar.
        """
        if self._held:
            self._held.append(event.clone())
        return bool(self._held)

    def _press(self, event: QKeyEvent) -> bool:
        at = event.timestamp()
        if self._ends(event):
            # The Enter of a misread card may lift no cover and press no dialog's button.
            return self._finish() or not self._serves()
        text = _typed(event)
        if not self._burst.text or not self._fast(at):
            self._remember()
        self._burst, verdict = self._burst.key(text, at)
        if verdict is KeyVerdict.HOLD:
            self._held.append(event.clone())
            self._silence.start(2 * LONGEST_GAP)
            return True
        if verdict is KeyVerdict.RELEASE:
            self._release()
        return False

    def _overrides(self, event: QKeyEvent) -> bool:
        """Keep a digit of a burst from being a shortcut before it is a key."""
        if self._fast(event.timestamp()) and (_typed(event) or self._ends(event)):
            event.accept()
            return True
        return False

    def _fast(self, at: int) -> bool:
        return bool(self._burst.text) and at > 0 and 0 <= at - self._burst.last <= LONGEST_GAP

    def _ends(self, event: QKeyEvent) -> bool:
        fast = self._fast(event.timestamp())
        return fast and self._burst.is_long_enough and event.key() in _ENDS

    def _remember(self) -> None:
        focused = QApplication.focusWidget()
        text, cursor = "", 0
        if isinstance(focused, QLineEdit):
            text, cursor = focused.text(), focused.cursorPosition()
        self._before = (focused, text, cursor, self._mark())

    def _on_silence(self) -> None:
        if self._silence.interval():
            # Keys may have waited while the program was painting: they come before this.
            self._silence.start(0)
        elif not self._finish():
            self._release()

    def _finish(self) -> bool:
        """Take a burst for a card, if it is one."""
        card = read_card(self._burst.text) if self._burst.is_long_enough else None
        if card is None:
            return False
        self._silence.stop()
        self._held.clear()
        self._burst = Burst()
        self._take_back()
        self.read.emit(card)
        return True

    def _take_back(self) -> None:
        """Undo what the first key did where it went."""
        focused, text, cursor, mark = self._before
        # A dialog that the first key closed has gone by now.
        if isinstance(focused, QLineEdit) and isValid(focused) and focused.text() != text:
            focused.setText(text)
            focused.setCursorPosition(cursor)
            focused.textEdited.emit(text)
        # Where nobody is served the first key changed nothing, and nobody may be shown again.
        if self._serves():
            self._rewind(mark)
        self._before = (None, "", 0, None)

    def _release(self) -> None:
        """Let keys that were kept back go where keys go now."""
        self._silence.stop()
        held, self._held = self._held, []
        self._releasing = True
        for event in held:
            focused = QApplication.focusWidget()
            if focused is not None:
                QCoreApplication.sendEvent(focused, event)
        self._releasing = False


_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


def _addressed() -> QWidget | None:
    """Return the widget that keys go to first."""
    return QApplication.focusWidget() or QApplication.activeWindow()


def _typed(event: QKeyEvent) -> str:
    """Return what a key types; nothing for keys that act."""
    text = event.text()
    if event.modifiers() & _NOT_TYPED or not text or not text.isprintable():
        return ""
    return text
