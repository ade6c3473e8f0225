"""Why the store refuses, one class per cause; imports no database."""

from __future__ import annotations

import errno

from medcounter.errors import MedCounterError

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT}


class StoreError(MedCounterError):
    """台账数据库出错，刚才的操作没有完成，已有数据不变；请重试或联系技术支持。"""


class StoreInUseError(StoreError):
    """台账正被另一个已打开的本程序使用，这里不能再打开；请切换到那个窗口，或先把它关闭。"""


class StoreReadOnlyError(StoreError):
    """台账所在的文件夹或文件只能读、不能写，不能出单；请检查文件夹权限，或联系技术支持。"""


class StoreNewerError(StoreError):
    """台账由更新的程序写成，本程序不认识，没有改动任何数据；请使用新版程序。"""


class NotADatabaseError(StoreError):
    """文件不是本程序的台账，或与密钥文件不配，不能打开，没有改动任何数据；请联系技术支持，不要删除文件。"""


class StoreDamagedError(StoreError):
    """台账数据库有损坏，不能继续，没有改动任何数据；请用最近的备份恢复，或联系技术支持。"""


class AuditorsCopyError(StoreError):
    """审计人员看的是台账的副本，只能查看、核对和导出，这一步没有做，已有数据不变；请由经办人员办理。"""


class AuditorsCopyMissingError(StoreError):
    """还没有给审计人员的副本，没有打开，没有改动任何数据；请经办人或主管用这一版程序登录一次、再关闭程序，然后重新登录。"""


class NotInAuditorsCopyError(StoreError):
    """审计人员的副本里没有姓名、证件号码和单据，这一步没有做；可以按编号、日期、经办人和状态查找，要看单据请由经办人员打开。"""


class StoreUnreachableError(StoreError):
    """台账所在的文件夹无法打开，不能出单；请检查磁盘是否接好，或联系技术支持。"""


class DiskFullError(StoreError):
    """磁盘空间不足，刚才的操作没有保存，已有数据不变；请腾出至少 200 MB 空间后重试。"""


class DiskFaultError(StoreError):
    """磁盘读写出错，刚才的操作没有保存，已有数据不变；请重试，仍不行请联系技术支持。"""


class MemoryShortError(StoreError):
    """电脑内存不足，刚才的操作没有完成，已有数据不变；请关闭其他程序后重试。"""


class HouseholdMixedError(StoreError):
    """这一户中有人已经出单、有人还没有，不能合并出单，没有编号；请把已出单的成员移出后重试。"""


class LedgerMissingError(StoreError):
    """台账文件（ledger.db）不见了，但密钥文件还在，说明这里原来有台账；为避免编号重复，不会新建空台账。请把台账文件和“anchor.json”放回原处，或用备份恢复。"""


class RestoredUnknownError(LedgerMissingError):
    """台账文件（ledger.db）不见了，旁边名为“ledger.db.restored”的文件又不是本程序恢复时留下的，没有用它代替台账，没有改动任何数据；请把台账文件和“anchor.json”放回原处，或用备份恢复。"""


class RestorePassedError(LedgerMissingError):
    """台账文件（ledger.db）不见了，旁边名为“ledger.db.restored”的文件是早先一次恢复留下的，那以后台账又有了新的记录，没有用它代替台账，没有改动任何数据；请把台账文件和“anchor.json”放回原处，或用备份恢复。"""


class LedgerShortenedError(StoreError):
    """台账比记下的少了记录，可能丢了末尾或被换回了旧文件，现在只能查看，不能出单；请恢复最近的备份，或联系技术支持。"""


class LedgerReplacedError(StoreError):
    """台账的编码与记下的不同，可能被重新算过或被换过，现在只能查看，不能出单；请恢复最近的备份，或联系技术支持。"""


class AnchorLostError(StoreError):
    """台账旁边记着末条的文件（anchor.json）不见了或已损坏，台账可能是换回的旧文件，现在只能查看，不能出单；请用本程序的窗口重新打开，程序会跳过一段编号再继续。"""


class AnchorUnwrittenError(StoreError):
    """台账旁边记着末条的文件（anchor.json）不见了或已损坏，又写不出新的，现在只能查看，不能出单；请检查磁盘空间和权限，有同名文件夹的请移走，再重新打开。"""


class LedgerRemovedError(StoreError):
    """台账文件（ledger.db）在使用中被删除或移走了，刚才这一步没有确认，不能再出单；请重新打开本程序，先在台账中查找刚才这一笔。"""


class LedgerExchangedError(StoreError):
    """台账文件（ledger.db）在使用中被换成了另一个文件，刚才这一步没有确认，不能再出单；请重新打开本程序，先在台账中查找刚才这一笔。"""


class LedgerOverwrittenError(StoreError):
    """台账文件（ledger.db）的内容在使用中被别的程序改写或截短了，刚才这一步没有确认，不能再出单；请重新打开本程序，先在台账中查找刚才这一笔。"""


class FolderLostError(StoreError):
    """数据文件夹在使用中被删除、移走或换掉了，刚才这一步没有确认，不能再出单；请重新打开本程序，先在台账中查找刚才这一笔。"""


class ClockBackError(StoreError):
    """电脑时间比台账最后一条记录早，没有出单；请校准时间后重试，时间确实正确的请主管确认。"""


class BackupUnknownError(StoreError):
    """没有找到这个备份，没有恢复，现有台账不变；请用“medcounter backups”查看有哪些备份。"""


class BackupUnusableError(StoreError):
    """这个备份无法打开，或核对不符，没有恢复，现有台账不变；请换一个备份，或联系技术支持。"""


class AuditFileUnreadableError(StoreError):
    """这不是完整的台账审计文件，没有核对；请核对是否选错了文件，或重新导出一份。"""


class RestoreFailedError(StoreError):
    """恢复没有完成，原有台账没有被覆盖；请检查磁盘空间后再恢复一次。"""


class FateUnknownError(StoreError):
    """此笔结果待核对：保存时磁盘出错，无法确认是否已编号，请不要重新出单；请重新打开本程序，先在台账中查找这一笔。"""


class SettingNotTakenError(StoreError):
    """数据库没有接受安全设置，不能打开台账，没有改动任何数据；请重新安装本程序。"""


class SchemaUnexpectedError(StoreError):
    """台账的内部结构与本程序不符，不能打开，没有改动任何数据；请联系技术支持。"""


class BackupFailedError(StoreError):
    """备份没有成功，原有数据和旧备份不变；请检查磁盘空间后重试。"""


class BackupBrokenError(BackupFailedError):
    """台账与自己的编码不符，这样的备份以后恢复不了，没有算作备份，旧备份不变；请停止出单，用最近的完好备份恢复，或联系技术支持。"""


class KeysOfAnotherError(BackupFailedError):
    """那里有另一本台账的密钥文件，没有备份到那里，那里的文件不变；请另选一个文件夹。"""


class LedgerBrokenError(StoreError):
    """台账的记录与编码不符，可能被改动过或有损坏，现在只能查看，不能出单；请恢复最近的备份，或联系技术支持。"""


class NoticeUnknownError(StoreError):
    """台账中没有这个编号的通知单；请核对编号后重新查找。"""


class NoticeVoidError(StoreError):
    """这张通知单已经作废，不能再打印或再次作废；请另出一张新的通知单。"""


class PrintUnknownError(StoreError):
    """这张通知单没有这一次打印，没有记录；请刷新台账后重试。"""


class ReasonMissingError(StoreError):
    """没有写作废原因，通知单没有作废；请写明原因后重试。"""


class ReasonNamesSomebodyError(StoreError):
    """原因里有姓名或证件号码，这一步没有做，已有数据不变；原因要长久留在台账里，请只写是什么事，不写姓名和证件号码。"""


class RunUnknownError(StoreError):
    """这张通知单不是按名单出的，没有整批可以作废；只作废这一张请用“作废”。"""


class RunVoidError(StoreError):
    """这一批通知单已经全部作废，不用再作废。"""


class InvalidEntryError(StoreError):
    """要保存的内容不合台账的要求，没有保存；请核对后重试。"""


class RulesLostError(StoreError):
    """规则缓存丢失或损坏，随程序带来的规则又比用过的旧，不能测算；请重新导入最新的规则包。"""


def of_system(err: OSError) -> StoreError:
    """Say a failure of the operating system as the sentence for its cause."""
    if err.errno in _READ_ONLY:
        return StoreReadOnlyError()
    if err.errno in _FULL:
        return DiskFullError()
    return StoreUnreachableError()


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
