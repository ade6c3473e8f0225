"""Find the characters of a sheet that this machine cannot draw.

Every way to paper checks this before it draws: printer, PDF, many in one PDF.
A sheet with a box in place of a name leaves the machine only after a person was
told and agreed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.errors import MedCounterError

from ..look.fonts import missing_characters, undrawable_characters

if TYPE_CHECKING:
    from .layout import Layout

# Debian, UOS and Kylin have it in their own archives; Windows brings SimSun-ExtB.
RARE_PACKAGE = "fonts-hanazono"
_HOW = (
    f"请装上生僻字字体（统信、麒麟、Debian 装软件包 {RARE_PACKAGE}），重新打开本程序后再打，"
    "或换一台装有的电脑"
)


class CharacterUndrawableError(MedCounterError):
    """这台电脑的字库缺字，没有打印，也没有存为 PDF；请装上生僻字字体后再打，或换一台电脑。"""


def refuse_boxes(layout: Layout) -> None:
    """Stop before a sheet is drawn for paper with a box in place of a character.

    Raises:
        CharacterUndrawableError: No font of this machine has a character.
    """
    if text := undrawn_text(layout):
        raise CharacterUndrawableError(text)


def undrawn_text(layout: Layout) -> str:
    """Return which characters no font of this machine has; empty without any."""
    undrawn = undrawable_characters(layout.text)
    if not undrawn:
        return ""
    return f"这台电脑的字库没有{_named(undrawn)}，打印和 PDF 里会缺字；{_HOW}。"


def missing_text(layout: Layout) -> str:
    """Return which characters of a sheet may not come out; empty when all do."""
    lacking = missing_characters(layout.text)
    if not lacking:
        return ""
    return undrawn_text(layout) or (
        f"程序自带的字库没有{_named(lacking)}，用系统的字体打印，在 PDF 里可能查找不到；"
        "请先看清预览里的字形。"
    )


def _named(characters: str) -> str:
    return "、".join(f"{character}（U+{ord(character):04X}）" for character in characters)
