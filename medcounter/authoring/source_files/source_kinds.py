"""Tell what a source file is by its content, and whether it is whole.

Decodes no picture: walks over the parts of a file and looks at its ends.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from medcounter.authoring.source_files.source_file_errors import (
    SourceFileCutOffError,
    SourceFileKindError,
    SourceFileMisnamedError,
    SourceFileTooLargeError,
)
from medcounter.rules.bundle import FileKind

_MEGABYTE = 1_000_000
# A photograph of a phone has 4 to 12 MB; an announcement of many scanned pages some 20 MB.
LARGEST = {"picture": 20 * _MEGABYTE, "pdf": 50 * _MEGABYTE, "text": 2 * _MEGABYTE}
LARGEST_OF_ALL = max(LARGEST.values())
# The largest photographs of a phone have 200 million dots.
MOST_DOTS = 220_000_000
_LOOKED_AT = 2048
_AS_PICTURE = "请拍照，或另存为 PDF 后再放"
_CLEAN = "请换成 JPG、PNG 图片、PDF 或文本"
_OTHERS = (
    (b"Rar!", "压缩文件", "请先解压，再放里面的文件"),
    (b"7z\xbc\xaf", "压缩文件", "请先解压，再放里面的文件"),
    (b"PK\x03\x04", "Word、WPS、OFD 文档或压缩文件", _AS_PICTURE),
    (b"\xd0\xcf\x11\xe0", "Word 或 WPS 文档", _AS_PICTURE),
    (b"{\\rtf", "文字文档（RTF）", _AS_PICTURE),
    (b"GIF8", "GIF 图片", "请另存为 PNG 后再放"),
    (b"BM", "BMP 图片", "请另存为 PNG 后再放"),
    (b"II*\0", "TIFF 图片", "请另存为 PNG 或 PDF 后再放"),
    (b"MM\0*", "TIFF 图片", "请另存为 PNG 或 PDF 后再放"),
    (b"MZ", "程序", _CLEAN),
    (b"\x7fELF", "程序", _CLEAN),
)
_WEB_PAGE = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"mime-version:")
_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class _Form(NamedTuple):
    """A form that files have.

    Attributes:
        label: For the clerk.
        ending: Of the name it is kept under.
        endings: How a file of this form may be named.
        dots: Counts the dots of a picture that is whole; 0 where there are none.
    """

    kind: FileKind
    label: str
    ending: str
    endings: tuple[str, ...]
    dots: Callable[[bytes], int]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a file is.

    Attributes:
        ending: Of the name it is kept under, such as ``.jpg``.
    """

    kind: FileKind
    ending: str


class _CutOffError(Exception):
    """The parts of a file end before it does."""


def known_file(name: str, data: bytes) -> KnownFile:
    """Tell what a file is and see that it is whole and is what its name says.

    Args:
        name: As the user has it, with its ending; none is as good as the right one.
        data: All of it.

    Raises:
        SourceFileKindError: It is of no kind that is kept.
        SourceFileMisnamedError: It is, and its name says another.
        SourceFileCutOffError: It is empty, or lacks its end.
        SourceFileTooLargeError: It is larger than its kind may be.
    """
    if not data.strip(b"\0\t\r\n "):
        raise SourceFileCutOffError(
            f"“{name}”是空文件，没有放进草稿，草稿不变；请重新复制一次后重试。"
        )
    form = _form(name, data)
    _require_named(name, form)
    if len(data) > LARGEST[form.kind]:
        raise _too_large(name, f"超过 {LARGEST[form.kind] // _MEGABYTE} MB")
    try:
        dots = form.dots(data)
    except _CutOffError as err:
        raise SourceFileCutOffError(
            f"“{name}”的内容不完整，没有放进草稿，草稿不变；请重新复制、重新拍照或另存一次后重试。"
        ) from err
    if dots > MOST_DOTS:
        raise _too_large(name, f"有 {dots // _MEGABYTE} 百万像素")
    return KnownFile(form.kind, form.ending)


def text_of(data: bytes) -> str:
    """Read a text in UTF-8, GB18030 or, with its mark, UTF-16.

    Raises:
        ValueError: It is no text.
    """
    if data.startswith(_UTF_16):
        text = data.decode("utf-16")
    else:
        try:
            text = data.removeprefix(_MARK).decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
    if any(ord(sign) < ord(" ") and sign not in "\t\r\n\f" for sign in text):
        raise ValueError
    return text


def _form(name: str, data: bytes) -> _Form:
    for start, form in _STARTS:
        if data.startswith(start):
            return form
    what, do = _other(data)
    if what:
        raise SourceFileKindError(f"“{name}”其实是{what}，没有放进草稿，草稿不变；{do}。")
    try:
        text_of(data)
    except ValueError as err:
        raise SourceFileKindError(
            f"“{name}”不是图片、PDF 或文本，没有放进草稿，草稿不变；{_CLEAN}。"
        ) from err
    return _TEXT_FORM


def _other(data: bytes) -> tuple[str, str]:
    """Name a form that is known and not kept, and say what to do; empty for none."""
    for start, what, do in _OTHERS:
        if data.startswith(start):
            return what, do
    if data[4:8] == b"ftyp" and data[8:11] in {b"hei", b"hev", b"mif", b"avi"}:
        return "HEIC 图片", "请在手机上改拍 JPG，或另存为 JPG 后再放"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP 图片", "请另存为 JPG 或 PNG 后再放"
    start = data[:_LOOKED_AT].removeprefix(_MARK).lstrip().lower()
    return ("网页", _AS_PICTURE) if start.startswith(_WEB_PAGE) else ("", "")


def _require_named(name: str, form: _Form) -> None:
    ending = f".{name.rpartition('.')[2].lower()}"
    if ending in _SAYING and ending not in form.endings:
        raise SourceFileMisnamedError(
            f"“{name}”的内容其实是{form.label}，和名字不符，没有放进草稿，草稿不变；"
            f"请核对是否选错了文件，没有选错的，改名为 {form.ending} 结尾后再放。"
        )


def _too_large(name: str, much: str) -> SourceFileTooLargeError:
    return SourceFileTooLargeError(
        f"“{name}”{much}，没有放进草稿，草稿不变；请把图片缩小，或只放有关的几页。"
    )


def _png_dots(data: bytes) -> int:
    """Walk over the chunks of a PNG and check their sums."""
    dots, at = 0, len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        body = memoryview(data)[at + 4 : at + 8 + length]
        at += 12 + length
        if at > len(data) or zlib.crc32(body) != int.from_bytes(data[at - 4 : at]):
            raise _CutOffError
        name, content = bytes(body[:4]), body[4:]
        if name == b"IHDR":
            dots = int.from_bytes(content[:4]) * int.from_bytes(content[4:8])
        if name == b"IEND":
            break
    else:
        raise _CutOffError
    if not dots:
        raise _CutOffError
    return dots


def _jpeg_dots(data: bytes) -> int:
    """Walk over the segments of a JPEG up to its lines, and find its end."""
    at = 2
    dots = 0
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - begins every segment
        mark = data[at + 1]
        if mark == 0xFF:  # noqa: PLR2004 - fills
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if mark in _FRAMES:
            size = data[at + 5 : at + 9]
            dots = int.from_bytes(size[:2]) * int.from_bytes(size[2:])
        at += 2 + length
        if mark == _LINES:
            if dots and data.find(b"\xff\xd9", at) > 0:
                return dots
            break
    raise _CutOffError


# Frames of all ways to code; the others between are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LINES = 0xDA


def _pdf_end(data: bytes) -> int:
    if b"%%EOF" not in data[-_LOOKED_AT:]:
        raise _CutOffError
    return 0


def _no_end(_data: bytes) -> int:
    return 0


_PNG_FORM = _Form("picture", " PNG 图片", ".png", (".png",), _png_dots)
_JPEG_FORM = _Form("picture", " JPG 图片", ".jpg", (".jpg", ".jpeg", ".jfif"), _jpeg_dots)
_PDF_FORM = _Form("pdf", " PDF 文件", ".pdf", (".pdf",), _pdf_end)
_TEXT_FORM = _Form("text", "文本", ".txt", (".txt", ".md", ".text"), _no_end)
# What the end of a name says a file is; other ends, such as .2026, say nothing.
_SAYING = {
    *(".jpg", ".jpeg", ".jfif", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"),
    *(".pdf", ".txt", ".md", ".text", ".doc", ".docx", ".wps", ".ofd", ".rtf"),
    *(".xls", ".xlsx", ".et", ".htm", ".html", ".mht", ".zip", ".rar", ".7z", ".exe"),
}
_STARTS = ((_PNG, _PNG_FORM), (_JPEG, _JPEG_FORM), (_PDF, _PDF_FORM))
