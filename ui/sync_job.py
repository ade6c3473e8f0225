"""Checking an offered bundle beside the window, which stays awake meanwhile.

Does the work it is given in a thread of Qt's pool and tells what came of it;
knows neither desk nor dialog.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.desk.records import SyncPlan

_log = logging.getLogger("medcounter.window")


class CheckFailedError(MedCounterError):
    """规则包没有核对完，没有采用，旧规则继续有效；请再试一次，仍不行请联系技术支持。"""


class SyncJob(QObject):
    """One check of one bundle.

    Signals:
        planned: The SyncPlan; nothing has changed yet.
        refused: The sentence on why there is none.
    """

    planned = Signal(object)
    refused = Signal(str)

    def __init__(self, plan: Callable[[], SyncPlan]) -> None:
        """Take the work.

        Args:
            plan: Makes the plan or raises MedCounterError; touches no store.
        """
        super().__init__()
        self._plan = plan

    def start(self) -> None:
        """Begin; one of the signals comes later, in the receiver's thread."""
        QThreadPool.globalInstance().start(self._run)

    def _run(self) -> None:
        try:
            plan = self._plan()
        except MedCounterError as err:
            self.refused.emit(err.text)
        except Exception:  # noqa: BLE001 - the worker's border: nobody else could tell the clerk
            _log.exception("a bundle could not be checked")
            self.refused.emit(CheckFailedError().text)
        else:
            self.planned.emit(plan)
