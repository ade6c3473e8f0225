"""A file of an announcement is what its bytes are, whole, and what its name says."""

import struct
import zlib

import pytest

from medcounter.authoring.source_files import source_file_errors as errors
from medcounter.authoring.source_files.source_kinds import LARGEST, known_file, text_of
from tests.support.authoring.source_file_samples import JPEG, PDF, PNG, jpeg, png

TEXT = "一、个人缴费标准每人每年 400 元。\n"


@pytest.mark.parametrize(
    ("name", "data", "kind", "ending"),
    [
        ("公告.png", PNG, "picture", ".png"),
        ("IMG_2041.JPG", JPEG, "picture", ".jpg"),
        ("公告.jpeg", JPEG, "picture", ".jpg"),
        ("通知.pdf", PDF, "pdf", ".pdf"),
        ("通知", PDF, "pdf", ".pdf"),
        ("通知.2026", PDF, "pdf", ".pdf"),
        ("抄件.txt", TEXT.encode(), "text", ".txt"),
        ("抄件.txt", TEXT.encode("gb18030"), "text", ".txt"),
        ("抄件.txt", TEXT.encode("utf-16"), "text", ".txt"),
        ("抄件.txt", b"\xef\xbb\xbf" + TEXT.encode(), "text", ".txt"),
    ],
)
def test_a_file_is_known_by_its_content(name: str, data: bytes, kind: str, ending: str) -> None:
    known = known_file(name, data)
    assert (known.kind, known.ending) == (kind, ending)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("公告.pdf", JPEG, "其实是 JPG 图片"),
        ("公告.jpg", PNG, "其实是 PNG 图片"),
        ("公告.png", PDF, "其实是 PDF 文件"),
        ("公告.docx", PDF, "其实是 PDF 文件"),
        ("公告.pdf", TEXT.encode(), "其实是文本"),
    ],
)
def test_a_name_that_says_another_kind_is_told(name: str, data: bytes, said: str) -> None:
    with pytest.raises(errors.SourceFileMisnamedError) as refused:
        known_file(name, data)
    assert said in refused.value.text
    assert "草稿不变" in refused.value.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 word/document.xml", "Word、WPS、OFD 文档或压缩文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "Word 或 WPS 文档"),
        (b"<!DOCTYPE html><p>x</p>", "网页"),
        (b"  \r\n<HTML>x</HTML>", "网页"),
        (b"\x00\x00\x00\x18ftypheic....", "HEIC 图片"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP 图片"),
        (b"GIF89a....", "GIF 图片"),
        (b"MZ\x90\x00", "程序"),
        (b"Rar!\x1a\x07", "压缩文件"),
        (bytes(range(256)), "不是图片、PDF 或文本"),
        (b"\xff\xfe\x00\xd8", "不是图片、PDF 或文本"),
    ],
)
def test_another_kind_of_file_is_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(errors.SourceFileKindError) as refused:
        known_file("通知", data)
    assert said in refused.value.text
    assert "请" in refused.value.text


@pytest.mark.parametrize("data", [PNG, JPEG, PDF], ids=["png", "jpeg", "pdf"])
def test_a_file_that_was_cut_off_anywhere_is_refused(data: bytes) -> None:
    for length in range(10, len(data) - 2):
        with pytest.raises(errors.SourceFileCutOffError):
            known_file("通知", data[:length])


@pytest.mark.parametrize("data", [b"", b"\0" * 4096, b" \r\n\t"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(errors.SourceFileCutOffError, match="空文件"):
        known_file("通知.jpg", data)


def test_a_changed_byte_in_a_png_is_found_by_its_sums() -> None:
    broken = bytearray(PNG)
    broken[45] ^= 1
    with pytest.raises(errors.SourceFileCutOffError):
        known_file("通知.png", bytes(broken))


def test_what_a_phone_writes_behind_a_photograph_does_not_matter() -> None:
    assert known_file("IMG.jpg", JPEG + b"MotionPhoto_Data" * 9).kind == "picture"


def test_a_picture_of_too_many_dots_is_refused_before_it_is_decoded() -> None:
    for data in (png(40_000, 40_000), jpeg(60_000, 60_000)):
        with pytest.raises(errors.SourceFileTooLargeError, match="百万像素"):
            known_file("通知", data)


def test_a_picture_without_size_is_not_whole() -> None:
    for data in (png(0, 10), jpeg(0, 10)):
        with pytest.raises(errors.SourceFileCutOffError):
            known_file("通知", data)


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [("text", b"x" * 9, b""), ("pdf", b"%PDF-1.7\n", b"%%EOF")],
)
def test_each_kind_has_its_largest_size(kind: str, start: bytes, end: bytes) -> None:
    fits = start + b" " * (LARGEST[kind] - len(start) - len(end)) + end
    assert known_file("通知", fits).kind == kind
    with pytest.raises(errors.SourceFileTooLargeError, match=f"{LARGEST[kind] // 1_000_000} MB"):
        known_file("通知", start + b" " + fits[len(start) :])


def test_a_text_is_read_in_the_encodings_of_an_office() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert text_of(TEXT.encode(encoding)) == TEXT


def test_a_chunk_that_claims_more_than_there_is_ends_nothing_else() -> None:
    chunk = struct.pack(">I", 0xFFFFFFFF) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    with pytest.raises(errors.SourceFileCutOffError):
        known_file("通知.png", PNG[:33] + chunk)
