"""Reasons for not writing or reading a sheet, one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class SignTableUnwritableError(MedCounterError):
    """审签单写不出去，没有生成；请检查磁盘空间和文件夹权限，关闭正打开它的程序后重试。"""


class ReturnedTableError(MedCounterError):
    """审签单没有读进来，草稿不变；请核对文件后重试。"""


class ReturnedTableMissingError(ReturnedTableError):
    """没有找到审签单文件，没有读进来，草稿不变；请核对路径，U 盘拔掉了的请插好再试。"""


class ReturnedTableUnreadableError(ReturnedTableError):
    """审签单文件无法打开，没有读进来，草稿不变；请关闭正在使用它的程序，核对权限后重试。"""


class ReturnedTableKindError(ReturnedTableError):
    """这不是 xlsx 表格，没有读进来，草稿不变；请在表格软件中打开审签单，另存为 xlsx 后重试。"""


class ReturnedTableLockedError(ReturnedTableError):
    """审签单有打开密码，没有读进来，草稿不变；请在表格软件中取消密码后另存，再读。"""


class ReturnedTableBrokenError(ReturnedTableError):
    """审签单文件不完整，没有读进来，草稿不变；请重新复制，或请对方再发一次。"""


class ReturnedTableTooLargeError(ReturnedTableError):
    """审签单文件太大，没有读进来，草稿不变；请核对是否选错了文件，或删去多余的行列和工作表。"""


class ReturnedTableForeignError(ReturnedTableError):
    """这不是本程序生成的审签单，没有读进来，草稿不变；请核对是否选错了文件。"""


class ReturnedTableOtherDraftError(ReturnedTableError):
    """这是另一份草稿的审签单，没有读进来，草稿不变；请打开那一份草稿，或核对是否选错了文件。"""
