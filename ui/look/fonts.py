"""The fonts that ship with the program, the same on screen and on paper.

Loads them once and finds characters they lack, which are drawn with a font for
rare characters if the machine has one. Sets no size.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout

from medcounter.errors import MedCounterError
from medcounter.paths import resource

FAMILY = "Noto Sans SC"
# Fonts for the characters beyond the basic plane, each complete alone beside ours or nearly so:
# Debian's fonts-hanazono (with ours, all 87,887 of GB 18030-2022), Windows, macOS, free ones.
RARE_FAMILIES = (
    "HanaMinB",
    "SimSun-ExtB",
    "SimSun-ExtG",
    "Plangothic P1",
    "Plangothic P2",
    "BabelStone Han",
    "HanaMinA",
    "PingFang SC",
)
_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_PROBE_SIZE = 12.0
# What every font keeps for characters it has not.
_NO_GLYPH = 0


class FontUnusableError(MedCounterError):
    """程序自带的字体无法打开，文字可能显示不全，不能打印；请重新安装本程序。"""


@cache
def load_fonts() -> str:
    """Make the bundled fonts known to Qt; later calls do nothing.

    A QGuiApplication must exist.

    Returns:
        The family's name.

    Raises:
        FontUnusableError: Qt does not take one of the files.
    """
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(resource("fonts", name))) < 0:
            raise FontUnusableError
    return FAMILY


def sheet_font() -> QFont:
    """Return the font of everything that is printed, at Qt's usual size."""
    font = QFont([load_fonts(), *_rare_families()])
    # What a font does not say itself, a painter takes from the application's font.
    font.setWeight(QFont.Weight.Normal)
    font.setStyle(QFont.Style.StyleNormal)
    font.setStretch(QFont.Stretch.Unstretched)
    font.setUnderline(False)
    font.setStrikeOut(False)
    font.setOverline(False)
    font.setKerning(True)
    font.setFixedPitch(False)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0)
    font.setWordSpacing(0)
    font.setCapitalization(QFont.Capitalization.MixedCase)
    # What a desktop says of hinting and coloured edges is about its screen, not about paper.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


@cache
def _rare_families() -> tuple[str, ...]:
    """Name the fonts for rare characters that this machine has."""
    return tuple(family for family in RARE_FAMILIES if QFontDatabase.hasFamily(family))


@cache
def _regular() -> QRawFont:
    return QRawFont(str(resource("fonts", _FILES[0])), _PROBE_SIZE)


# A notice asks of the same few hundred characters each time.
@lru_cache(maxsize=4000)
def _is_missing(character: str) -> bool:
    return not character.isspace() and not _regular().supportsCharacter(ord(character))


@lru_cache(maxsize=1000)
def _is_undrawable(character: str) -> bool:
    return _NO_GLYPH in _glyphs(character)


def missing_characters(text: str) -> str:
    """Name the characters of a text that the bundled fonts cannot draw.

    Returns:
        Each of them once, in order; empty when all can be printed and found
        again in a PDF. White space is never missing.
    """
    return "".join(c for c in dict.fromkeys(text) if _is_missing(c))


def undrawable_characters(text: str) -> str:
    """Name the characters of a text that no font of this machine can draw.

    Returns:
        Each of them once, in order; empty when all come out.
    """
    return "".join(c for c in missing_characters(text) if _is_undrawable(c))


def _glyphs(character: str) -> list[int]:
    layout = QTextLayout(character, sheet_font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [index for run in layout.glyphRuns() for index in run.glyphIndexes()]
