"""The bundled fonts and the characters they lack."""

from html import escape
from io import BytesIO

import pytest
from markupsafe import Markup
from pypdf import PdfReader
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from medcounter.notice.sheet.manuscript import Manuscript, Piece
from medcounter.notice.sheet.paper import A4_PORTRAIT
from ui.look.fonts import FAMILY, load_fonts, missing_characters, undrawable_characters
from ui.printing.layout import lay_out_written
from ui.printing.pdf import pdf_bytes


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Fonts need an application."""
    del qapp


def test_the_bundled_family_is_there_in_regular_and_bold() -> None:
    assert load_fonts() == FAMILY
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles(FAMILY))


def test_loading_twice_loads_once() -> None:
    load_fonts()
    before = QFontDatabase.families()
    load_fonts()
    assert QFontDatabase.families() == before


@pytest.mark.parametrize(
    "text", ["", "吴建国 王丽", "〔2024〕38号 ①㊿ ¥400.00 ※ — ＋－＝", "䶮𬭚", "阿卜杜·艾则孜\n"]
)
def test_common_text_can_all_be_printed(text: str) -> None:
    assert missing_characters(text) == ""


def test_a_character_no_bundled_font_has_is_named_once() -> None:
    assert missing_characters("𠮷丽\ue000𠮷") == "𠮷\ue000"


def printed(text: str) -> str:
    """Put a text on paper and read it out of the PDF again."""
    lines = [text[start : start + 60] for start in range(0, len(text), 60)]
    pieces = tuple(Piece("text", f"<p>{escape(line)}</p>") for line in lines)
    written = Manuscript("name", "title", pieces, "<p></p>", Markup())
    data = pdf_bytes(lay_out_written(lambda _paper: written, A4_PORTRAIT))
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_every_han_character_of_the_basic_plane_that_the_fonts_have_is_printed_and_found() -> None:
    every = "".join(chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))
    lacking = set(missing_characters(every))
    had = [character for character in every if character not in lacking]
    # GB 2312 and the whole of the old national standard are far below this.
    assert len(had) > 27_000
    # Qt's tables of a PDF hold some thousand signs; no notice comes near that.
    for start in range(0, len(had), 3000):
        some = "".join(had[start : start + 3000])
        assert set(some) - set(printed(some)) == set()


def test_a_character_no_font_of_the_machine_has_is_named() -> None:
    assert undrawable_characters("王\U0010fffd 丽\U0010fffd") == "\U0010fffd"
    assert undrawable_characters("吴建国①¥") == ""
