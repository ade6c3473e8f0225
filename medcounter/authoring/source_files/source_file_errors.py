"""Reasons for not keeping or showing an announcement's file, one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class SourceFileError(MedCounterError):
    """公告文件没有放进草稿，草稿不变；请核对文件后重试。"""


class SourceFileMissingError(SourceFileError):
    """没有找到公告文件，没有放进草稿，草稿不变；请核对路径，U 盘拔掉了的请插好再试。"""


class SourceFileUnreadableError(SourceFileError):
    """公告文件无法读取，没有放进草稿，草稿不变；请关闭正在使用它的程序，检查 U 盘和权限后重试。"""


class SourceFileTooLargeError(SourceFileError):
    """公告文件太大，没有放进草稿，草稿不变；请把图片缩小，或只放有关的几页。"""


class SourceFilesTooManyError(SourceFileError):
    """草稿里的公告文件太多，没有再放，草稿不变；请先删去用不着的，或合成一个 PDF。"""


class SourceFileKindError(SourceFileError):
    """这不是能放的公告文件，没有放进草稿，草稿不变；请换成 JPG、PNG 图片、PDF 或文本。"""


class SourceFileMisnamedError(SourceFileError):
    """公告文件的内容和它的名字不符，没有放进草稿，草稿不变；请核对是否选错了文件，再改名重试。"""


class SourceFileCutOffError(SourceFileError):
    """公告文件不完整，没有放进草稿，草稿不变；请重新复制、重新拍照或另存一次后重试。"""


class SourceFileUnkeptError(SourceFileError):
    """公告文件存不进来，草稿不变；请检查磁盘空间和文件夹权限后重试。"""


class SourceFileLostError(SourceFileError):
    """登记过的公告文件不在规则旁边，打不开；规则不受影响，请从原来的地方重新放一次。"""


class SourceFileChangedError(SourceFileError):
    """公告文件与登记时的不是同一份，没有打开；规则不受影响，请从原来的地方重新放一次。"""


class PictureUnreadableError(SourceFileError):
    """图片打不开，内容可能已损坏；规则和草稿不受影响，请重新拍照或另存一次后再放。"""
