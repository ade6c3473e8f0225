"""Why a ledger of another desk is not taken in; one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class GatherError(MedCounterError):
    """这份台账没有收进来，已收的不变；请核对后重试。"""


class SealBrokenError(GatherError):
    """这份台账的封签或链条不符，没有收进来；请回到该窗口重新导出。"""


class LedgerForkedError(GatherError):
    """这份台账和先前收到的同一台账对不上，没有收进来；请与该窗口核对哪一份是真的。"""


class NumberTakenError(GatherError):
    """这份台账里的编号已属于另一个窗口的台账，没有收进来；请核对两个窗口的窗口号。"""


class DatabaseUnusableError(GatherError):
    """数据库用不了，没有写入；请核对连接和权限后重试。"""
