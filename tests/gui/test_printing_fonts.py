"""The bundled fonts and the characters they lack."""

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from ui.fonts import FAMILY, load_fonts, missing_characters


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
