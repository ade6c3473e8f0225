"""The preview: shows what will be printed, asks by keys, prints nothing itself."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Party, Sheet
from medcounter.notice.sheet.paper import A4_PORTRAIT, A5_LANDSCAPE, LARGE_PRINT
from tests.gui.counter_window import SMALL
from tests.gui.finding import child
from tests.support.paper.notice_samples import notice
from ui.dialogs.preview_dialog import PreviewDialog
from ui.printing.lacking import missing_text
from ui.printing.layout import lay_out
from ui.printing.sheet_view import SheetView

SHEET = Sheet(notice())


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(window: QWidget, qtbot: QtBot) -> PreviewDialog:
    made = PreviewDialog(SHEET, A5_LANDSCAPE, window)
    with qtbot.waitExposed(made):
        made.open()
    return made


def button(dialog: PreviewDialog, name: str) -> QPushButton:
    return child(dialog, QPushButton, name)


def view_of(dialog: PreviewDialog) -> SheetView:
    return child(dialog, SheetView, "sheet_view")


def test_the_title_names_the_notice_and_nobody(dialog: PreviewDialog) -> None:
    assert dialog.windowTitle() == "预览 缴费通知单 2025-03-000127"


def test_the_paper_is_white_with_dark_text(dialog: PreviewDialog, qtbot: QtBot) -> None:
    view = view_of(dialog)
    qtbot.waitUntil(lambda: view.viewport().width() > 100)
    image = view.viewport().grab().toImage()
    greys = {image.pixelColor(x, y).lightness() for x in range(60, 500) for y in range(60, 200)}
    assert 255 in greys
    assert min(greys) < 80


@pytest.mark.parametrize(
    ("name", "signal"), [("print", "print_requested"), ("save_pdf", "save_requested")]
)
def test_a_button_asks_for_what_it_says_with_the_sheet_shown(
    dialog: PreviewDialog, qtbot: QtBot, name: str, signal: str
) -> None:
    with qtbot.waitSignal(getattr(dialog, signal)) as asked:
        QTest.keyClick(button(dialog, name), Qt.Key.Key_Space)
    assert asked.args == [SHEET, A5_LANDSCAPE]


def test_every_button_has_a_letter_of_its_own(dialog: PreviewDialog) -> None:
    names = ("zoom_in", "zoom_out", "large_print", "save_pdf", "print", "close")
    texts = [button(dialog, name).text() for name in names]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    assert "" not in letters
    assert len(set(letters)) == len(letters)


def test_large_type_can_be_had_for_one_resident_alone(dialog: PreviewDialog, qtbot: QtBot) -> None:
    QTest.keyClick(button(dialog, "large_print"), Qt.Key.Key_Space)
    assert "共 2 页" in view_of(dialog).accessibleDescription()
    with qtbot.waitSignal(dialog.print_requested) as asked:
        QTest.keyClick(button(dialog, "print"), Qt.Key.Key_Space)
    assert asked.args == [SHEET, LARGE_PRINT]
    QTest.keyClick(button(dialog, "large_print"), Qt.Key.Key_Space)
    assert "共 1 页" in view_of(dialog).accessibleDescription()


def test_where_large_type_is_usual_it_is_shown_at_once(window: QWidget) -> None:
    made = PreviewDialog(SHEET, LARGE_PRINT, window)
    assert button(made, "large_print").isChecked()
    QTest.keyClick(button(made, "large_print"), Qt.Key.Key_Space)
    assert "共 1 页" in view_of(made).accessibleDescription()


def test_a_household_s_sheet_is_shown_and_its_names_are_looked_at(window: QWidget) -> None:
    rare = notice(party=Party("王\U0010fffd"))
    made = PreviewDialog(household_sheet((notice(), rare)), A4_PORTRAIT, window)
    assert "U+10FFFD" in child(made, QLabel, "missing_characters").text()
    assert made.windowTitle() == "预览 全户缴费通知单 2025-03-000127"


def test_escape_closes_it(dialog: PreviewDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_keys_of_the_page_scroll_the_sheet(qtbot: QtBot) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show()
    view.show_layout(lay_out(SHEET, A4_PORTRAIT))
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0


def test_a_lying_page_is_seen_whole(dialog: PreviewDialog) -> None:
    view = view_of(dialog)
    assert view.verticalScrollBar().maximum() == 0
    assert view.horizontalScrollBar().maximum() == 0


def test_a_standing_page_is_as_wide_as_the_view(window: QWidget, qtbot: QtBot) -> None:
    made = PreviewDialog(SHEET, A4_PORTRAIT, window)
    with qtbot.waitExposed(made):
        made.open()
    view = view_of(made)
    assert view.horizontalScrollBar().maximum() == 0
    assert view.verticalScrollBar().maximum() > view.viewport().height() / 4


def test_zooming_makes_the_sheet_larger_than_the_view_and_back(dialog: PreviewDialog) -> None:
    view = view_of(dialog)
    QTest.keyClick(button(dialog, "zoom_in"), Qt.Key.Key_Space)
    assert view.verticalScrollBar().maximum() > 0
    QTest.keyClick(button(dialog, "zoom_out"), Qt.Key.Key_Space)
    assert view.verticalScrollBar().maximum() == 0


def test_zooming_ends_somewhere(dialog: PreviewDialog) -> None:
    view = view_of(dialog)
    for _time in range(20):
        view.zoom_in()
    assert view.horizontalScrollBar().maximum() < 4 * view.viewport().width()
    for _time in range(40):
        view.zoom_out()
    assert view.horizontalScrollBar().maximum() == 0


def test_an_empty_view_draws_nothing_and_does_not_fail(qtbot: QtBot) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.zoom_in()
    assert view.grab().toImage().pixelColor(QPoint(5, 5)).isValid()


def test_a_screen_reader_is_told_what_is_shown(dialog: PreviewDialog) -> None:
    view = view_of(dialog)
    assert view.accessibleName() == "通知单预览"
    assert "共 1 页" in view.accessibleDescription()


def test_a_name_the_fonts_lack_is_warned_of_in_the_preview(window: QWidget) -> None:
    rare = notice(party=Party("𠮷野"))
    made = PreviewDialog(Sheet(rare), A5_LANDSCAPE, window)
    assert "没有𠮷（U+20BB7）" in child(made, QLabel, "missing_characters").text()


def test_a_character_no_font_has_is_said_to_be_left_out() -> None:
    text = missing_text(lay_out(Sheet(notice(party=Party("王\U0010fffd"))), A5_LANDSCAPE))
    assert "这台电脑的字库没有" in text
    assert "U+10FFFD" in text
    assert "会缺字" in text


def test_a_common_name_is_not_warned_of(dialog: PreviewDialog) -> None:
    assert dialog.findChild(QLabel, "missing_characters") is None
    assert missing_text(lay_out(SHEET, A5_LANDSCAPE)) == ""


def test_a_specimen_s_preview_says_so(window: QWidget) -> None:
    made = PreviewDialog(Sheet(notice(number=None)), A5_LANDSCAPE, window)
    assert made.windowTitle() == "预览 缴费通知单 样张"


@pytest.mark.parametrize("pixels", [13, 20, 26])
def test_the_buttons_stay_on_a_low_screen_at_every_size_of_type(
    qtbot: QtBot, qapp: QApplication, pixels: int, request: pytest.FixtureRequest
) -> None:
    before = qapp.font()
    request.addfinalizer(lambda: qapp.setFont(before))
    font = QFont(before)
    font.setPixelSize(pixels)
    qapp.setFont(font)
    made = PreviewDialog(SHEET, A5_LANDSCAPE)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    screen = made.screen().availableGeometry()
    close = button(made, "close")
    bottom = close.mapTo(made, close.rect().bottomRight())
    assert bottom.y() < screen.height() * 0.95
    # The screen here is narrower than any hall's: that of 1366 at 125 %.
    assert bottom.x() < SMALL[0]
