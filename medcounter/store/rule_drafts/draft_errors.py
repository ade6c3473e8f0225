"""Reasons for refusals of the drafts store, one class per cause."""

from __future__ import annotations

from medcounter.store.store_errors import StoreError


class RuleDraftUnknownError(StoreError):
    """没有这份规则草稿，没有打开；请先列出草稿再选。"""


class RuleDraftLockedError(StoreError):
    """这份规则草稿正由另一人编制，没有打开，草稿不变；请等他交还，或由主管写明原因后接过来。"""


class RuleDraftNotHeldError(StoreError):
    """这份规则草稿已被交还或由别人接过去，刚才这一处没有保存，以前保存的都在；请重新打开草稿再改。"""


class RuleDraftSettledError(StoreError):
    """这份规则草稿已交复核或已发布，不能再改，没有保存；已交复核的请先收回，已发布的请用“新编”从本厅已发布的规则接着改，再发布就是下一版。"""


class RuleDraftVersionError(StoreError):
    """这份规则草稿没有这一版，没有改回，草稿不变；请先列出有哪些版本再选。"""


class TakeOverReasonError(StoreError):
    """没有写明接过草稿的原因，没有接过来，草稿仍由原来的人编制；请写明原因后重试。"""


class DraftFileUnknownError(StoreError):
    """草稿里没有附着这个文件，没有打开；请重新附上公告文件。"""


class RuleDraftsDamagedError(StoreError):
    """保存规则草稿的文件（drafts.db）有损坏或不是本程序的，不能打开，没有改动任何数据；台账和出单不受影响，请联系技术支持，不要删除文件。"""


class RuleDraftsNewerError(StoreError):
    """规则草稿由更新的程序写成，本程序不认识，没有改动任何数据；请使用新版程序。"""


class RuleDraftsReadOnlyError(StoreError):
    """保存规则草稿的文件夹或文件只能读、不能写，刚才的操作没有保存，已有草稿不变；请检查文件夹权限，或联系技术支持。"""


class RuleDraftsBrokenError(StoreError):
    """规则草稿与自己的编码不符，可能被改动过，现在只能查看和导出；请把要用的草稿导出，并联系技术支持。"""


class RuleDraftsShortenedError(StoreError):
    """规则草稿比台账记下的少，文件（drafts.db）可能丢失过或被换回了旧的，现在只能查看；请把原来的文件放回，或由主管写明原因，确认接着用。"""


class NothingToAcceptError(StoreError):
    """规则草稿与台账记下的相符，不用确认，没有改动任何数据。"""
