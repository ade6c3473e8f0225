"""The fonts on every screen and paper: searchable, complete, as their tool makes them."""

from functools import cache

import pytest
from fontTools.ttLib import TTFont

from medcounter import paths

FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
# The twelve unified ideographs that lie in the compatibility block (Unicode, section 18.1).
UNIFIED = {0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F} | {
    0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29,
}  # fmt: skip
# Nobody searches a notice for the wide space or accent; Chinese text's own dot is U+00B7.
INDIFFERENT = {"\u3000", "\uff40", "\u30fb"}


@cache
def character_maps(file: str) -> tuple[dict[int, str], ...]:
    font = TTFont(paths.resource("fonts", file))
    return tuple(table.cmap for table in font["cmap"].tables if table.isUnicode() and table.cmap)


def gb2312() -> list[str]:
    """Every character of GB 2312, which is what the text of our notices is made of."""
    codes = [bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]
    return [text for code in codes if (text := code.decode("gb2312", errors="ignore"))]


@pytest.mark.parametrize("file", FILES)
def test_no_radical_and_no_compatibility_double_is_left(file: str) -> None:
    doubles = (set(range(0x2E80, 0x2FE0)) | set(range(0xF900, 0xFB00))) - UNIFIED
    assert [doubles & table.keys() for table in character_maps(file)] == [set()] * 4


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("character", "民金居缴费胶老见长￥¥～／")
def test_a_character_of_the_notice_is_there(file: str, character: str) -> None:
    assert all(ord(character) in table for table in character_maps(file))


@pytest.mark.parametrize("file", FILES)
def test_no_character_of_gb2312_reads_back_from_a_pdf_as_another(file: str) -> None:
    table = character_maps(file)[0]
    lowest: dict[str, int] = {}
    for code_point, glyph in sorted(table.items()):
        lowest.setdefault(glyph, code_point)
    wanted = [character for character in gb2312() if character not in INDIFFERENT]
    read_back = [chr(lowest[table[ord(character)]]) for character in wanted]
    assert wanted == read_back


@pytest.mark.parametrize("file", FILES)
def test_no_localised_form_gives_a_figure_a_glyph_that_no_search_finds(file: str) -> None:
    features = TTFont(paths.resource("fonts", file))["GSUB"].table.FeatureList.FeatureRecord
    localised = [record.Feature for record in features if record.FeatureTag == "locl"]
    assert [feature.LookupListIndex for feature in localised] == [[]] * len(localised)


def test_the_licence_of_the_fonts_lies_beside_them_and_reserves_no_name_of_theirs() -> None:
    licence = paths.resource("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence
