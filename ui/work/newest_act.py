"""Do the newest of acts that replace each other, after the key is painted.

For what follows from each key and need not stand in its way: the character is
seen first, and of quick keys only the last one counts. Knows neither desk nor view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from .slices import make_timer

if TYPE_CHECKING:
    from collections.abc import Callable


class NewestAct(QObject):
    """At most one act that is still to be done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._act: Callable[[], object] | None = None
        # What waits to be painted goes before it.
        self._soon = make_timer(self, 0, once=True)
        self._soon.timeout.connect(self.do_now)

    def put(self, act: Callable[[], object]) -> None:
        """Do this instead of what waits, once the window has nothing else to do."""
        self._act = act
        self._soon.start()

    def do_now(self) -> None:
        """Do at once what waits, if anything does."""
        self._soon.stop()
        act, self._act = self._act, None
        if act is not None:
            act()
