"""A font for rare characters that the system gets is used without a setting, for paper too.

The font is made here: one square for one character that no font has. Put where a system keeps its
fonts, it makes the refused name printable, in a program started afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = "\U0010fffd"
FACTS = {
    "region": "360000",
    "benefit_year": 2025,
    "payment_date": "2025-03-05",
    "birth_date": "1988-07-12",
}
FONTS_OF_A_SYSTEM = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="fontconfig is how Linux finds fonts"
)


def square() -> bytes:
    """A font named as Debian's, with a square for one character."""
    pen = TTGlyphPen(None)
    for at, place in enumerate(((0, 0), (0, 900), (900, 900), (900, 0))):
        (pen.lineTo if at else pen.moveTo)(place)
    pen.closePath()
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(NOWHERE): "square"})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 0)))
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "HanaMinB", "styleName": "Regular", "psName": "HanaMinB"})
    builder.setupOS2(sTypoAscender=900, usWinAscent=900, usWinDescent=100)
    builder.setupPost()
    kept = BytesIO()
    builder.save(kept)
    return kept.getvalue()


def drawn(folder: Path) -> subprocess.CompletedProcess[str]:
    """Draw a specimen with the rare name where the system has the fonts of a folder alone."""
    fonts, facts = folder / "fonts", folder / "facts.json"
    fonts.mkdir(exist_ok=True)
    facts.write_text(json.dumps(FACTS), encoding="utf-8")
    settings = folder / "fonts.conf"
    settings.write_text(
        FONTS_OF_A_SYSTEM.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8"
    )
    command = [sys.executable, "-m", "ui", "notice", str(facts), "--pdf", str(folder / "one.pdf")]
    # The facts are of a day that has passed.
    command += ["--acknowledge", "past-day"]
    return subprocess.run(
        [*command, "--name", f"王{NOWHERE}"],
        env={**os.environ, "FONTCONFIG_FILE": str(settings), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_name_is_refused_until_the_system_has_a_font_for_it(tmp_path: Path) -> None:
    refused = drawn(tmp_path)
    assert (refused.returncode, "fonts-hanazono" in refused.stderr) == (2, True)
    assert not (tmp_path / "one.pdf").exists()

    (tmp_path / "fonts" / "HanaMinB.ttf").write_bytes(square())
    written = drawn(tmp_path)
    assert (written.returncode, written.stderr) == (0, "")
    with pdfplumber.open(tmp_path / "one.pdf") as pdf:
        fonts = {str(char["fontname"]) for char in pdf.pages[0].chars}
    assert any("HanaMinB" in name for name in fonts)
