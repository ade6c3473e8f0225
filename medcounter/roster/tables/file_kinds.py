"""Recognise files that are not lists by how they begin.

Says what a file is and what to do; opens nothing.
"""

from __future__ import annotations

import re

LOOKED_AT = 1024
_AS_XLSX = "请在表格软件中打开，另存为 xlsx 后再导入"
_ORIGINAL = "请向填表单位要原来的表格文件"
_STARTS = (
    (b"%PDF", " PDF 文件，不是表格", _ORIGINAL),
    (b"\xff\xd8\xff", "图片，不是表格", _ORIGINAL),
    (b"\x89PNG", "图片，不是表格", _ORIGINAL),
    (b"Rar!", "压缩文件", "请先解压，再导入里面的表格"),
    (b"7z\xbc\xaf", "压缩文件", "请先解压，再导入里面的表格"),
    (b"{\\rtf", "文字文档，不是表格", _ORIGINAL),
)
_MARK = b"\xef\xbb\xbf"
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|meta|table|body|style)\b", re.IGNORECASE)
_ARCHIVED_PAGE = re.compile(rb"\s*MIME-Version:", re.IGNORECASE)
_XML_TABLE = b"urn:schemas-microsoft-com:office:spreadsheet"
_XML = re.compile(rb"\s*<\?xml\b|\s*<(?:\w+:)?Workbook\b")


def not_a_list(name: str, start: bytes) -> str:
    """Describe what a file is that is no list; empty for one that may be a list.

    Args:
        name: Of the file, as shown.
        start: Its first ``LOOKED_AT`` bytes.
    """
    what, do = _kind(start.removeprefix(_MARK))
    return f"“{name}”其实是{what}，没有导入任何人；{do}。" if what else ""


def _kind(start: bytes) -> tuple[str, str]:
    for sign, what, do in _STARTS:
        if start.startswith(sign):
            return what, do
    if _WEB_PAGE.match(start) or _ARCHIVED_PAGE.match(start):
        return "网页格式的文件", _AS_XLSX
    if _XML.match(start):
        old = " XML 2003 格式的表格" if _XML_TABLE in start else " XML 文件"
        return old, _AS_XLSX
    return "", ""
