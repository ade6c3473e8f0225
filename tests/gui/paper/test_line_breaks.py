"""Lines break at Chinese quotation marks alike in every Qt that ships.

Where they may is what Unicode Standard Annex 14 says in LB13, LB14, LB19 and LB19a (revision 53).
"""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextOption

from ui.printing.ink import paper_document
from ui.printing.line_breaks import BREAK, break_at_quotes

pytestmark = pytest.mark.usefixtures("qapp")
NARROW = 0.5


def lines(html: str) -> list[str]:
    """Set a text in a column as narrow as can be; give its lines as they are read."""
    document = paper_document()
    document.setDefaultTextOption(_whole_words())
    document.setHtml(html)
    break_at_quotes(document)
    document.setTextWidth(NARROW)
    layout = document.firstBlock().layout()
    # Qt counts in halves of what a string counts beyond the basic plane.
    text = document.firstBlock().text().encode("utf-16-le")
    found = [layout.lineAt(number) for number in range(layout.lineCount())]
    spans = [(line.textStart(), line.textStart() + line.textLength()) for line in found]
    cut = [text[2 * begin : 2 * end].decode("utf-16-le") for begin, end in spans]
    return [line.replace(BREAK, "") for line in cut]


def _whole_words() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    return option


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("局“公", ["局", "“公"]),
        ("局”公", ["局”", "公"]),
        ("局‘公’众", ["局", "‘公’", "众"]),
        ("是：“公", ["是：", "“公"]),
        ("局”，公", ["局”，", "公"]),
        ("（“公", ["（“公"]),
        ("局”。", ["局”。"]),
        ("局“A", ["局“A"]),
        ("A”公", ["A”公"]),
    ],
)
def test_a_line_ends_at_a_quotation_mark_where_ideographs_are_on_both_sides(
    text: str, expected: list[str]
) -> None:
    assert lines(text) == expected


def test_a_mark_beyond_the_basic_plane_moves_no_place() -> None:
    assert lines("𠮷<b>局</b>“公”众") == ["𠮷", "局", "“公”", "众"]
