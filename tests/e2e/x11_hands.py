"""Hands at a real keyboard: the X server gets the keys, the window manager the focus.

Nothing here gives a window or a field the focus; a key that reaches nobody
fails the test.
"""

from __future__ import annotations

import subprocess
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.demo.typist import FocusLostError
from ui.readers.burst import LONGEST_GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.frame.shell import Shell

PATIENCE_MS = 15_000
_LOOK_MS = 2
_NAMES = {"Esc": "Escape", "PgUp": "Prior", "PgDown": "Next", "Space": "space"}
# xdotool waits half of it after each press, and half after each release. Without any wait two of
# one digit have one time, and Qt takes the second for a key that is held down.
_FINGERS_MS, _READER_MS = 120, 4
# Whatever follows a key sooner may be a card reader's, and is kept back until that is known.
_APART_MS = LONGEST_GAP + 15


def until(what: Callable[[], object]) -> bool:
    """Let the program run until something is so; False when it never was."""
    end = perf_counter() + PATIENCE_MS / 1000
    while not what():
        if perf_counter() > end:
            return False
        QTest.qWait(_LOOK_MS)
    return True


class Ears(QObject):
    """Hears each key the X server sends and each frame that is painted after it.

    Attributes:
        heard: How many keys went down in a window of the program.
        paints: Milliseconds from a key to the frame it painted, and the key.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.heard = 0
        self.paints: list[tuple[float, str]] = []
        self.named = ""
        self._pressed_at = 0.0
        shell.frame_painted.connect(self._on_shell_frame_painted)
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Override QObject.eventFilter: only listens."""
        if isinstance(watched, QWindow) and event.type() == QEvent.Type.ShortcutOverride:
            self._pressed_at = perf_counter()
            self.heard += 1
        return False

    def forget(self) -> None:
        """What is painted from now on is no answer to a key."""
        self._pressed_at = 0.0

    def _on_shell_frame_painted(self) -> None:
        if self._pressed_at:
            self.paints.append(((perf_counter() - self._pressed_at) * 1000, self.named))
            self._pressed_at = 0.0


class X11Hands:
    """Presses keys at the X server with xdotool.

    Attributes:
        pressed: How many keys were pressed; a card on the reader is one.
    """

    def __init__(self, shell: Shell) -> None:
        self.pressed = 0
        self.ears = Ears(shell)
        self._sent_at = 0.0

    def press(self, *keys: str) -> None:
        """Press keys one after another, such as ``Ctrl+2`` or ``Return``."""
        for key in keys:
            self.pressed += 1
            parts = [_NAMES.get(part, part) for part in key.split("+")]
            # A capital letter would press Shift as well.
            parts = [one.lower() if len(one) == 1 or one in _MODIFIERS else one for one in parts]
            self._send(["key", "--clearmodifiers", "+".join(parts)], key, len(parts))

    def type(self, text: str) -> None:
        """Type a text: ASCII by keys, all else as an input method commits it."""
        self.pressed += len(text)
        if text.isascii():
            self._send(["type", "--delay", str(_FINGERS_MS), text], text, len(text))
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(self.focused(), event)
        self.rest()

    def lay_card(self, text: str) -> None:
        """Lay a card on the reader, which types it and Enter."""
        self.pressed += 1
        delay = ["--delay", str(_READER_MS)]
        words = ["type", "--args", "1", *delay, text, "key", *delay, "Return"]
        self._send(words, "card", len(text) + 1)

    def focused(self) -> QWidget:
        """Give the widget the keys go to now.

        Raises:
            FocusLostError: None has the focus, for longer than it takes.
        """
        if not until(lambda: _focused() is not None):
            raise FocusLostError
        widget = _focused()
        assert widget is not None
        return widget

    def front(self) -> QWidget | None:
        """Give the window that the window manager made active."""
        return QApplication.activeWindow()

    def rest(self) -> None:
        """Let the program paint what is due."""
        for _ in range(6):
            QCoreApplication.processEvents()
        self.ears.forget()

    def picture(self, path: str) -> None:
        """Save what the screen shows, whatever drew it."""
        self.rest()
        QTest.qWait(_GLANCE_MS)
        assert QGuiApplication.primaryScreen().grabWindow(0).save(path)

    def _send(self, words: Sequence[str], named: str, downs: int) -> None:
        until(lambda: (perf_counter() - self._sent_at) * 1000 > _APART_MS)
        self.focused()
        self.ears.named = named
        before = self.ears.heard
        sender = subprocess.Popen(["xdotool", *words])
        heard = until(lambda: self.ears.heard >= before + downs)
        sender.wait()
        self._sent_at = perf_counter()
        if not heard:
            raise FocusLostError(f"{named}: {self.ears.heard - before} of {downs}")
        self.rest()


_MODIFIERS = {"Ctrl", "Shift", "Alt"}
_GLANCE_MS = 60


def _focused() -> QWidget | None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        inside: QWidget | None = popup.focusWidget()
        return popup if inside is None else inside
    return QApplication.focusWidget()
