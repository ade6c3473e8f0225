"""Poll a reader's bridge in the background.

Emits each card once; knows neither HTTP nor desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from medcounter.errors import MedCounterError

from ..work.background import Background

if TYPE_CHECKING:
    from medcounter.identity.card import Card
    from medcounter.machine.card_bridge import CardSource

EVERY_MS = 400
# A service that is not there is asked less often.
RARELY_MS = 5000


class ReaderBrokenError(MedCounterError):
    """读卡器的应答处理不了，身份证没有读到，可以先手工输入；请重新打开读卡服务，仍不行请联系技术支持。"""


class BridgeWatch(QObject):
    """One reader, asked off the window's thread.

    Signals:
        read: The Card that was laid on the reader.
        failed: The sentence on why it cannot be asked; once, until it can.
    """

    read = Signal(object)
    failed = Signal(str)

    def __init__(self, source: CardSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._last: Card | None = None
        self._trouble = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._work = Background(self, unforeseen=ReaderBrokenError)
        self._work.done.connect(self._on_work_done)
        self._work.failed.connect(self._on_work_failed)

    def start(self) -> None:
        """Start polling."""
        self._timer.start(0)

    def stop(self) -> None:
        """Stop polling; an answer under way is dropped."""
        self._timer.stop()
        self._work.stop()

    def _ask(self) -> None:
        self._work.start(self._source.card)

    def _on_work_done(self, card: Card | None) -> None:
        self._go_on(card, "")

    def _on_work_failed(self, trouble: str) -> None:
        self._go_on(None, trouble)

    def _go_on(self, card: Card | None, trouble: str) -> None:
        if card is not None and card != self._last:
            self.read.emit(card)
        if trouble and trouble != self._trouble:
            self.failed.emit(trouble)
        self._last, self._trouble = card, trouble
        self._timer.start(RARELY_MS if trouble else EVERY_MS)
