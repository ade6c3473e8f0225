"""Every character that a name or address may have under GB 18030 comes back from a PDF as itself.

Source: GB 18030-2022, implementation level 1 asks for all CJK unified ideographs of the basic
plane, U+4E00 to U+9FFF and U+3400 to U+4DBF, 27,584 in all; level 2 adds only characters beyond
that plane.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from ui.look.fonts import missing_characters, sheet_font

LEVEL_ONE = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
# Unicode 13 and 14 added these after the fonts were drawn; they are in nobody's name before 2020.
YOUNG = {chr(code) for code in (*range(0x4DB6, 0x4DC0), *range(0x9FF0, 0xA000))}
# Ideographs that share a glyph in the fonts as they come.
TWINS = "㦳㘽 䎛㖈 䐠㬻 壿墫 幐㬺 曶㫚 槩㮣 胶㬵"
NAMES = "李焜燚 王喆 张翀 赵䶮 刘犇 周龑 吴彧 郑珺 孙堃 马骉 曹祎 欧阳娜娜 买买提·艾力"
# Far more than a notice holds; with more than some 1,400 different characters in one document
# Qt 6.8.3 writes a table that readers give up on.
PER_SHEET = 1000
PER_LINE, LINES = 50, 70
POINTS = 9


def printed(text: str, *, bold: bool = False) -> str:
    """Print a text in the font of notices and read it back, without white space."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    font = sheet_font()
    font.setPointSizeF(POINTS)
    font.setBold(bold)
    painter = QPainter(writer)
    painter.setFont(font)
    lines = [text[at : at + PER_LINE] for at in range(0, len(text), PER_LINE)]
    height = writer.height() / LINES
    for number, line in enumerate(lines):
        if number and number % LINES == 0:
            writer.newPage()
        place = QRectF(0, number % LINES * height, writer.width(), height)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, line)
    painter.end()
    pages = PdfReader(BytesIO(bytes(buffer.data().data()))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Drawing needs fonts."""
    del qapp


def test_level_one_lacks_only_its_youngest_characters_and_these_are_told() -> None:
    assert len(LEVEL_ONE) == 27_584
    assert set(missing_characters("".join(LEVEL_ONE))) <= YOUNG


def test_every_character_of_level_one_reads_back_as_itself() -> None:
    drawable = [c for c in LEVEL_ONE if c not in YOUNG]
    for at in range(0, len(drawable), PER_SHEET):
        sheet = "".join(drawable[at : at + PER_SHEET])
        assert printed(sheet) == sheet


@pytest.mark.parametrize("text", [NAMES, TWINS])
@pytest.mark.parametrize("bold", [False, True])
def test_names_with_rare_characters_read_back(text: str, *, bold: bool) -> None:
    assert printed(text, bold=bold) == "".join(text.split())
