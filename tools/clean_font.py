"""Write the program's copy of Noto Sans SC, whose PDF text reads back right.

Qt names a glyph in a PDF by the lowest code point that maps to it. Noto maps
the Kangxi radicals, the compatibility ideographs and a few rare characters
to the glyphs of common ones, so a saved notice would say ⺠ where 民 is drawn
and could not be searched. This takes those entries out of the character map.
Where two true characters share a glyph (曶 and 㫚), the second gets a copy of
its own, so that a name with either is found. Its localised forms draw figures behind Latin
letters with glyphs of no code point, which a PDF cannot be searched for: they
substitute nothing here. Nothing else changes. The family keeps its name: the
licence reserves only "Source".

Usage, in a folder of its own: ``npm pack @expo-google-fonts/noto-sans-sc``,
unpack what that brings, then ``python tools/clean_font.py package``. The
same source always gives the same bytes.
"""

import argparse
import copy
import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
SOURCES = {
    "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf",
}
UNICODE_VARIATION_SEQUENCES = 14
# Twelve code points in the compatibility block are ordinary unified ideographs (Unicode 16,
# section 18.1), so they are nobody's double.
UNIFIED = frozenset(
    (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29)
)
# Chinese text uses the higher code point of each of these pairs: ／ 〈 〉 ～.
RARE_TWINS = frozenset((0x2215, 0x2329, 0x232A, 0x301C))
RADICALS = frozenset(range(0x2E80, 0x2FE0))
COMPATIBILITY = frozenset(range(0xF900, 0xFB00)) - UNIFIED
DOUBLES = RADICALS | COMPATIBILITY | RARE_TWINS
# The ideographs that GB 18030-2022 asks for at its first level.
IDEOGRAPHS = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))


def clean(source: Path, target: Path) -> int:
    """Write a font without the doubles of common characters.

    Returns:
        The number of code points taken out.
    """
    font = TTFont(source, recalcTimestamp=False)
    removed = set()
    for table in font["cmap"].tables:
        if table.format == UNICODE_VARIATION_SEQUENCES:
            continue
        for code_point in DOUBLES & table.cmap.keys():
            del table.cmap[code_point]
            removed.add(code_point)
    separate(font)
    forget_localised_forms(font)
    font.save(target)
    return len(removed)


def separate(font: TTFont) -> None:
    """Give each ideograph that shares a glyph with a lower one a copy of that glyph."""
    characters, taken = font.getBestCmap(), set()
    for code_point in IDEOGRAPHS:
        glyph = characters.get(code_point)
        if glyph is None:
            continue
        if glyph in taken:
            own = f"{glyph}.{code_point:04X}"
            font["glyf"][own] = copy.deepcopy(font["glyf"][glyph])
            for metrics in ("hmtx", "vmtx"):
                if metrics in font:
                    font[metrics][own] = font[metrics][glyph]
            for table in font["cmap"].tables:
                if table.cmap and table.cmap.get(code_point) == glyph:
                    table.cmap[code_point] = own
        taken.add(glyph)


def forget_localised_forms(font: TTFont) -> None:
    """Let the feature ``locl`` substitute nothing, whatever asks for it."""
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "locl":
            record.Feature.LookupListIndex = []


def main() -> None:
    """Clean both weights and copy their licence beside them."""
    parser = argparse.ArgumentParser(description="Write resources/fonts from the npm package.")
    parser.add_argument("package", type=Path, help="the folder that npm pack's archive holds")
    package = parser.parse_args().package
    FONTS.mkdir(parents=True, exist_ok=True)
    for target, source in SOURCES.items():
        print(f"{target}: {clean(package / source, FONTS / target)} entries taken out")
    shutil.copyfile(package / "LICENSE_FONT", FONTS / "OFL.txt")


if __name__ == "__main__":
    main()
