"""Why another desk's ledger is not accepted; one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class GatherError(MedCounterError):
    """这份台账没有收录，已收的不变；请核对后重试。"""


class SealBrokenError(GatherError):
    """这份台账的封签或链条不符，没有收录；请回到该窗口重新导出。"""


class DeskUnknownError(GatherError):
    """这份台账的指纹没有核对过，没有收录；请打电话请该窗口念出指纹，核对后登记。"""


class DesksUnreadableError(GatherError):
    """窗口名单无法读取，没有收录任何台账；请从备份放回名单文件，或移走它后重新登记每个窗口。"""


class FingerprintUnreadableError(GatherError):
    """这不是台账指纹，没有登记；指纹是 16 位 0 到 9、a 到 f，请对方再念一遍。"""


class LedgerForkedError(GatherError):
    """这份台账和先前收到的同一台账对不上，两份都不计入；请与该窗口核对哪一份是真的。"""


class NumberTakenError(GatherError):
    """这份台账里的编号已属于另一个窗口的台账，没有写入；请核对两个窗口的窗口号。"""


class RowDiffersError(GatherError):
    """数据库里的通知单和这份台账里的不一样，没有写入；请核对数据库是否被改动过。"""


class DatabaseUnusableError(GatherError):
    """数据库无法使用，没有写入；请核对连接和权限后重试。"""
