"""Typed text is made plain by what Unicode says of each of its characters."""

import sys
import unicodedata

from medcounter.typed.typed_text import visible

SPACES, DROPPED = {"Zs", "Zl", "Zp", "Cc"}, {"Cf", "Cs"}
# Letters by their category that show nothing: the fillers of Hangul, the blank of Braille.
SHOW_NOTHING = "\u115f\u1160\u3164\uffa0\u2800"


def expected(character: str) -> str:
    category = unicodedata.category(character)
    if category in SPACES or character in SHOW_NOTHING:
        return " "
    return "" if category in DROPPED else character


def test_every_character_is_kept_dropped_or_a_blank_as_unicode_says() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    assert [one for one in every if visible(one) != expected(one)] == []


def test_a_text_is_made_plain_character_by_character() -> None:
    text = "王\u200b小\u3000明\u115f 𬎆\ue863"
    assert visible(text) == "王小 明  𬎆\ue863"
