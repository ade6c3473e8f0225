"""Why a day is not closed or a notice not corrected; imports no database."""

from __future__ import annotations

from medcounter.store.store_errors import StoreError


class DayClosedError(StoreError):
    """这一天已经日结，之后没有新的出单、作废或补打，不用再结；需要时可以重新打印日结单。"""


class DayNotComeError(StoreError):
    """这一天还没有到，不能日结；请核对日期。"""


class DayEmptyError(StoreError):
    """这一天没有出单、作废和补打，不用日结；请核对日期。"""


class CloseUnknownError(StoreError):
    """台账中没有这个编号的日结单；请核对编号后重新查找。"""


class NoticeReplacedError(StoreError):
    """这张通知单已经更正过，不能再更正一次；请从更正后的通知单办理。"""


class NoticeValidError(StoreError):
    """原通知单还没有作废，不能出更正单，没有编号；请先在台账里作废原单。"""
