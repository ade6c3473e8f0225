"""Paper looks the same whatever the screen looks like: as the pictures somebody looked at.

``tests/data/paper`` holds a picture of every kind of paper, taken by ``make paper`` and looked at
before it was kept. Black on white is what a sheet of paper is; nothing in it comes from a theme.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFrame, QStyleFactory

from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import A5_LANDSCAPE
from tests.support.paper.notice_samples import notice
from tests.support.paper.paper_kinds import kinds, layouts, pictures
from tests.support.system.destination_at import destination_at
from ui.look.theme import apply_theme
from ui.printing.layout import lay_out
from ui.printing.pdf import pdf_bytes
from ui.printing.pdf_stack import PdfStack
from ui.printing.printer import make_printer, print_layout
from ui.printing.sheet_view import SheetView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

KEPT = Path(__file__).parents[2] / "data" / "paper"
KINDS = kinds()
UI = Path(__file__).parents[3] / "ui"
# Drawing is the same for all; a PDF beside it says fonts and colours in words of its own.
IN_A_PDF = ("notice-a5", "specimen-80mm", "household-a4", "day-closed", "recovery-key")
GAP, VIEW = 32, (800, 600)


def dark_desktop(application: QApplication) -> None:
    """A GTK desktop in the dark: its colours and style, and no style sheet of ours."""
    application.setStyle(QStyleFactory.create("Fusion"))
    palette = QPalette()
    for role in QPalette.ColorRole:
        if role not in {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}:
            palette.setColor(role, QColor("#EEEEEC"))
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.Button):
        palette.setColor(role, QColor("#2B2B2B"))
    application.setPalette(palette)


def large_serif(application: QApplication) -> None:
    """Another font, half as large again, in the program's own dark theme."""
    apply_theme(application, "dark", 150)
    font = QFont("DejaVu Serif", 20, QFont.Weight.Bold, italic=True)
    font.setUnderline(True)
    font.setStretch(QFont.Stretch.Expanded)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    application.setFont(font)


def right_to_left(application: QApplication) -> None:
    """A desktop that reads from the right."""
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def themed(name: str) -> Callable[[QApplication], None]:
    return lambda application: apply_theme(application, name)


LOOKS: dict[str, Callable[[QApplication], None]] = {
    "light": themed("light"),
    "dark": themed("dark"),
    "contrast": themed("contrast"),
    "dark desktop": dark_desktop,
    "large serif": large_serif,
    "right to left": right_to_left,
}


@pytest.fixture
def wear(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Dress the application in a look by its name, and undress it afterwards."""
    font, style = qapp.font(), qapp.style().objectName()
    yield lambda look: LOOKS[look](qapp)
    qapp.setStyleSheet("")
    qapp.setStyle(QStyleFactory.create(style))
    qapp.setPalette(QPalette())
    qapp.setFont(font)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@lru_cache(maxsize=1)
def kept(name: str) -> list[QImage]:
    """The pictures of a kind, page by page."""
    files = sorted(KEPT.glob(f"{name}-[0-9].png"))
    return [QImage(str(file)).convertToFormat(QImage.Format.Format_Grayscale8) for file in files]


def drawn(name: str) -> list[QImage]:
    made = pictures(KINDS[name]())
    return [picture.convertToFormat(QImage.Format.Format_Grayscale8) for picture in made]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_paper_is_the_picture_that_was_looked_at_in_every_look(
    wear: Callable[[str], None], look: str, name: str
) -> None:
    wear(look)
    expected, found = kept(name), drawn(name)
    assert len(found) == len(expected)
    for page, (before, now) in enumerate(zip(expected, found, strict=True), start=1):
        assert now == before, f"page {page} of {name} is not as kept; look at it, then make paper"


def test_every_picture_kept_is_of_a_kind() -> None:
    named = {re.sub(r"-\d+$", "", file.stem) for file in KEPT.glob("*.png")}
    assert named == set(KINDS)


def without_time(data: bytes) -> bytes:
    """A PDF without the moment it was made at and what is derived from that."""
    data = re.sub(rb"/(CreationDate|ModDate) ?\([^)]*\)", b"", data)
    data = re.sub(rb'xmp:\w+Date="[^"]*"', b"", data)
    return re.sub(rb"/ID ?\[[^]]*\]|uuid:[-0-9a-f]+", b"", data)


@pytest.mark.parametrize("name", IN_A_PDF)
def test_a_pdf_is_the_same_bytes_in_the_dark_as_in_the_light(
    wear: Callable[[str], None], name: str
) -> None:
    made = []
    for look in ("light", "large serif"):
        wear(look)
        made.append(without_time(pdf_bytes(layouts()[name]())))
    assert made[0] == made[1]


def printed(path: Path) -> bytes:
    layout = lay_out(Sheet(notice()), A5_LANDSCAPE)
    printer = make_printer(layout.paper, layout.manuscript.name)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    print_layout(layout, printer)
    return without_time(path.read_bytes())


def stacked(path: Path) -> bytes:
    stack = PdfStack()
    for print_no in (1, 2):
        stack.add(lay_out(Sheet(notice(), print_no), A5_LANDSCAPE))
    stack.save(destination_at(path))
    return without_time(path.read_bytes())


@pytest.mark.parametrize("way", [printed, stacked])
def test_printer_and_list_get_the_same_sheet_in_the_dark(
    wear: Callable[[str], None], way: Callable[[Path], bytes], tmp_path: Path
) -> None:
    made = []
    for look in ("light", "dark"):
        wear(look)
        made.append(way(tmp_path / "sheet.pdf"))
    assert made[0] == made[1]


def previewed(qtbot: QtBot) -> QImage:
    """The sheet as the preview shows it, without what lies around the paper."""
    view = SheetView()
    qtbot.addWidget(view)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.resize(*VIEW)
    view.show_layout(lay_out(Sheet(notice()), A5_LANDSCAPE))
    picture = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return picture.copy(GAP + 2, GAP + 2, VIEW[0] - 2 * GAP - 4, 500)


@pytest.mark.parametrize("look", [look for look in LOOKS if look != "light"])
def test_the_preview_shows_the_same_paper_in_every_look(
    wear: Callable[[str], None], qtbot: QtBot, look: str
) -> None:
    wear("light")
    in_the_light = previewed(qtbot)
    assert in_the_light.pixelColor(0, 0) == QColor("white")
    wear(look)
    assert previewed(qtbot) == in_the_light


def calls(tree: ast.AST) -> set[str]:
    """The names that a module calls, with or without what they are taken from."""
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in called
        if isinstance(one, ast.Attribute | ast.Name)
    }


def test_text_for_paper_is_made_and_drawn_in_one_place_only() -> None:
    for path in UI.rglob("*.py"):
        found = calls(ast.parse(path.read_text(encoding="utf-8")))
        makers = found & {"QTextDocument", "drawContents", "print_", "PaintContext"}
        assert not makers or path.name == "ink.py", f"{path.name} calls {makers}"


def test_only_what_asks_for_missing_characters_draws_for_paper() -> None:
    """Whoever draws a sheet shows it on screen or refuses boxes first."""
    for path in UI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "import draw\n" in text and path.name != "sheet_view.py":
            assert "refuse_boxes" in calls(ast.parse(text)), path.name
