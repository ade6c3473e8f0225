"""The sheet for the wet signature on A4: nothing cut, headings repeated, the hash on every page."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from medcounter.authoring.sign_sheet.sign_manuscript import SIGN_PAPER, sign_manuscript
from medcounter.cli.command_list import COMMANDS
from medcounter.cli.program import main
from medcounter.notice.sheet.manuscript import ROW, ROW_HEAD
from tests.support.authoring.sign_samples import signed_samples
from ui.cli.screen_command_list import with_screen
from ui.printing.layout import height_mm, lay_out_written

if TYPE_CHECKING:
    from pathlib import Path

    from ui.printing.layout import Layout

pytestmark = pytest.mark.usefixtures("qapp")

SAMPLES = signed_samples()


def laid_out(name: str) -> Layout:
    return lay_out_written(partial(sign_manuscript, SAMPLES[name]), SIGN_PAPER)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_no_piece_is_cut_and_each_stands_once_but_for_headings(name: str) -> None:
    layout = laid_out(name)
    pieces = layout.manuscript.pieces
    placed = [place for page in layout.pages for place in page]
    for place in placed:
        assert place.from_mm == 0
        assert place.height_mm == pytest.approx(height_mm(layout.documents[place.box]))
    once = [place.box for place in placed if pieces[place.box].kind != ROW_HEAD]
    assert once == [number for number, piece in enumerate(pieces) if piece.kind != ROW_HEAD]


def test_a_page_that_goes_on_with_rows_begins_with_their_heading() -> None:
    layout = laid_out("sign-pages")
    pieces = layout.manuscript.pieces
    assert len(layout.pages) > 3
    going_on = 0
    for page in layout.pages[1:]:
        first, second = page[0].box, page[1].box
        if pieces[second].kind == ROW and pieces[first].kind == ROW_HEAD:
            assert pieces[second].heading == first
            going_on += 1
        assert pieces[first].kind != ROW
    assert going_on >= 3


@pytest.mark.usefixtures("own_data_dir")
def test_the_command_draws_the_sheet_with_its_hash_and_number_on_every_page(
    tmp_path: Path,
) -> None:
    commands = with_screen(COMMANDS)
    assert main(["authoring", "from", "wuxi-2026"], commands) == 0
    out = tmp_path / "审签单.pdf"
    assert main(["authoring", "sheet", "1", str(out), "--reviewer", "李建国"], commands) == 0
    pages = ["".join(page.extract_text().split()) for page in PdfReader(out).pages]
    assert len(pages) > 3
    found = [re.search("规则哈希([0-9a-f]{12})", text) for text in pages]
    assert len({one[1] for one in found if one}) == 1
    assert None not in found
    for number, text in enumerate(pages, start=1):
        assert f"第{number}/{len(pages)}页" in text
    whole = "".join(pages)
    for figure in ("780.00", "540.00", "380.00", "290.00", "30.00"):
        assert figure in whole
    assert "李建国" in pages[0]
    assert "审签人（签名）" in pages[-1]
