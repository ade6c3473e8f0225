"""The card readers of one desk: keyboard wedge and bridge.

Listens as the settings say, and emits each card once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from .bridge_watch import BridgeWatch
from .keyboard_wedge_reader import KeyboardWedgeReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.settings import Settings


class CardReaders(QObject):
    """All card readers.

    Signals:
        read: The Card that was read.
        failed: The sentence on why a reader cannot be asked.
    """

    read = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        mark: Callable[[], Any],
        rewind: Callable[[Any], None],
        serves: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """Begin without a reader.

        Args:
            mark: Gives what stands at the counter before a first key.
            rewind: Puts that back, when the key turns out to be a reader's.
            serves: Says whether anybody can be served now.
            parent: Its owner.
        """
        super().__init__(parent)
        self._wedge = KeyboardWedgeReader(mark, rewind, serves, self)
        self._wedge.read.connect(self.read)
        self._bridge: BridgeWatch | None = None
        self._port = 0

    def follow(self, settings: Settings) -> None:
        """Listen to the readers that the settings name, and to no others."""
        self._wedge.stop()
        if settings.card_reader:
            self._wedge.listen()
        if settings.reader_port == self._port:
            return
        self._end_bridge()
        self._port = settings.reader_port
        if self._port:
            # Few desks have a bridge, and HTTP takes long to load.
            from medcounter.machine.card_bridge import HttpBridge  # noqa: PLC0415 - see above

            self._bridge = BridgeWatch(HttpBridge(self._port), self)
            self._bridge.read.connect(self.read)
            self._bridge.failed.connect(self.failed)
            self._bridge.start()

    def stop(self) -> None:
        """Stop listening."""
        self._wedge.stop()
        self._end_bridge()

    def _end_bridge(self) -> None:
        if self._bridge is not None:
            self._bridge.stop()
            self._bridge.deleteLater()
        self._bridge, self._port = None, 0
