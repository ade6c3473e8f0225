"""The ledger view at a counter of its own: keys in, what is shown out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QPushButton

from medcounter.desk.desk_records import LedgerPage
from medcounter.store.store_errors import StoreDamagedError
from tests.gui.counter_window import dress
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import HALL, Clock, Counter
from tests.support.store.store_samples import erase_party
from ui.demo.typist import Typist
from ui.session.desk_session import at_once
from ui.views.ledger.ledger_panel import LedgerPanel
from ui.views.ledger.ledger_rows import LEDGER_COLUMNS
from ui.views.ledger.ledger_session import PAGE_ROWS, LedgerSession
from ui.views.ledger.ledger_table import LedgerTable
from ui.views.ledger.several_session import SeveralSession
from ui.views.ledger.void_dialog import VoidDialog
from ui.wiring.ledger_wiring import wire_ledger, wire_several

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

WU_MEI = "360102199003072124"


class LedgerView(Typist):
    """The panel in a window, wired to a desk, and read as a clerk reads it."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        super().__init__()
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.panel = LedgerPanel(self.window)
        self.session = LedgerSession(counter.desk, counter.clock, self.window)
        wire_ledger(self.panel, self.session, self.window)
        several = SeveralSession(counter.desk, counter.clock, at_once, self.window)
        wire_several(self.panel, several, self.session, self.window)
        self.window.setCentralWidget(self.panel)
        self.window.resize(1366, 768)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.session.refresh()
        self.panel.focus_search()

    @property
    def table(self) -> LedgerTable:
        return child(self.panel, LedgerTable, "ledger_table")

    @property
    def search(self) -> QLineEdit:
        return child(self.panel, QLineEdit, "ledger_search")

    def text(self, name: str) -> str:
        return child(self.panel, QLabel, name).text()

    def can(self, act: str) -> bool:
        return child(self.panel, QPushButton, f"ledger_{act}_button").isEnabled()

    def column(self, name: str) -> list[str]:
        place = [column.name for column in LEDGER_COLUMNS].index(name)
        model = self.table.model()
        return [model.index(line, place).data() for line in range(model.rowCount())]

    def void_dialog(self) -> VoidDialog | None:
        return shown(self.window, VoidDialog, "void_dialog")


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """As a start dresses it."""
    dress(qapp)


@pytest.fixture
def view(qtbot: QtBot, counter: Counter) -> LedgerView:
    """A ledger of three notices, the newest for 吴梅."""
    for name, number in (("李强", "36010419620801155"), ("吴建国", ""), ("吴梅", WU_MEI)):
        issued = counter.issue(name, **({"id_number": number} if number == WU_MEI else {}))
        counter.desk.notices.mark_printed(issued.notice.number or "", 1, counter.clock(), ok=True)
    return LedgerView(qtbot, counter)


def test_the_newest_notice_comes_first_and_is_chosen(view: LedgerView) -> None:
    assert view.column("name") == ["吴梅", "吴建国", "李强"]
    assert view.text("detail_number") == "2025-03-000003"
    assert view.text("ledger_count") == "共 3 份"


def test_the_chosen_notice_shows_the_days_of_the_worked_example(view: LedgerView) -> None:
    assert view.text("detail_wait") == "2025-03-05 至 2025-06-04"
    assert view.text("detail_cover") == "2025-06-05 至 2025-12-31"
    assert view.text("detail_total") == "¥400.00"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("吴", ["吴梅", "吴建国"]), ("2124", ["吴梅"]), ("000001", ["李强"])],
)
def test_what_is_typed_finds_by_name_last_digits_and_number(
    view: LedgerView, typed: str, found: list[str]
) -> None:
    view.type(typed)
    assert found == view.column("name")
    assert view.text("ledger_count") == f"找到 {len(found)} 份"


def test_a_search_without_result_says_what_was_sought_and_how_to_go_on(view: LedgerView) -> None:
    view.type("欧阳")
    assert view.column("name") == []
    assert "欧阳" in view.text("ledger_empty_title")
    assert "Esc" in view.text("ledger_empty_text")
    assert not view.can("void")


def test_escape_brings_all_notices_back(view: LedgerView) -> None:
    view.type("欧阳")
    view.press("Esc")
    assert len(view.column("name")) == 3


def test_an_empty_ledger_says_how_the_first_notice_is_made(qtbot: QtBot, counter: Counter) -> None:
    view = LedgerView(qtbot, counter)
    assert "F9" in view.text("ledger_empty_text")
    view.press("Ctrl+R")
    assert view.column("number") == []


def test_arrows_walk_the_notices_from_within_the_search_box(view: LedgerView) -> None:
    view.press("Down")
    assert view.text("detail_name") == "吴建国"
    assert view.search.hasFocus()


def test_enter_shows_the_chosen_notice(qtbot: QtBot, view: LedgerView) -> None:
    with qtbot.waitSignal(view.session.show_wanted) as shown:
        view.press("Down", "Return")
    assert shown.args[0].notice.number == "2025-03-000002"
    assert view.column("prints") == ["1 次", "1 次", "1 次"]


def test_a_reprint_is_asked_for_before_anything_is_counted(qtbot: QtBot, view: LedgerView) -> None:
    with qtbot.waitSignal(view.session.reprint_wanted) as printed:
        view.press("Ctrl+R")
    assert printed.args == ["2025-03-000003"]
    assert view.column("prints") == ["1 次", "1 次", "1 次"]


def test_a_pdf_is_asked_for_before_anything_is_counted(qtbot: QtBot, view: LedgerView) -> None:
    with qtbot.waitSignal(view.session.save_wanted) as saved:
        view.press("Ctrl+S")
    assert saved.args[0].notice.number == "2025-03-000003"
    assert view.column("prints")[0] == "1 次"


def test_control_delete_in_the_search_box_voids_and_erases_no_word(view: LedgerView) -> None:
    view.type("吴")
    view.press("Home")
    view.press("Ctrl+Delete")
    assert view.search.text() == "吴"
    assert view.void_dialog() is not None


def test_a_notice_is_voided_with_the_reason_that_was_typed(view: LedgerView) -> None:
    view.press("Ctrl+Delete")
    assert view.void_dialog() is not None
    view.type("缴费日期填错")
    view.press("Return")
    assert view.column("state") == ["✕ 已作废", "● 已出单", "● 已出单"]
    assert "缴费日期填错" in view.text("detail_void")
    assert not view.can("reprint")


def test_escape_in_the_void_dialog_leaves_the_notice_as_it_is(
    qtbot: QtBot, view: LedgerView
) -> None:
    view.press("Ctrl+Delete")
    dialog = view.void_dialog()
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        view.press("Esc")
    assert view.column("state")[0] == "● 已出单"


def void_newest(qtbot: QtBot, view: LedgerView) -> None:
    view.press("Ctrl+Delete")
    dialog = view.void_dialog()
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        view.type("重复出单")
        view.press("Return")


def test_a_void_notice_is_not_printed_again_and_says_why(qtbot: QtBot, view: LedgerView) -> None:
    void_newest(qtbot, view)
    view.press("Ctrl+R")
    assert "作废" in view.text("ledger_message")
    assert view.column("prints")[0] == "1 次"


def test_a_void_notice_is_not_asked_about_again(qtbot: QtBot, view: LedgerView) -> None:
    void_newest(qtbot, view)
    view.press("Ctrl+Delete")
    assert view.void_dialog() is None
    assert "重复出单" in view.text("ledger_message")


def test_a_click_on_a_row_chooses_its_notice(view: LedgerView) -> None:
    place = view.table.visualRect(view.table.model().index(2, 0)).center()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.text("detail_name") == "李强"


def test_showing_a_state_tells_nothing_back(view: LedgerView) -> None:
    told = []
    view.panel.asked.connect(lambda *args: told.append(args))
    view.panel.show_state(view.session.state)
    assert told == []


def test_the_end_of_a_long_list_brings_more_of_it(qtbot: QtBot, counter: Counter) -> None:
    for _ in range(PAGE_ROWS + 1):
        counter.issue("吴建国")
    view = LedgerView(qtbot, counter)
    assert view.text("ledger_count") == "共 101 份，已列出 100 份"
    view.panel.focus_table()
    view.press("Ctrl+End")
    assert len(view.column("number")) == PAGE_ROWS + 1
    assert view.text("ledger_count") == "共 101 份"
    assert view.text("detail_number") == "2025-03-000002"


def test_a_notice_whose_person_was_erased_stays_listed_and_says_so(
    qtbot: QtBot, counter: Counter
) -> None:
    counter.issue("吴建国")
    counter.issue("吴梅", id_number=WU_MEI)
    # The term after which a desk erases is years.
    store = counter.desk._store  # noqa: SLF001 - see above
    erase_party(store, "2025-03-000002", counter.clock(), "王丽")
    view = LedgerView(qtbot, counter)
    assert view.column("number") == ["2025-03-000002", "2025-03-000001"]
    assert "保存期满" in view.text("detail_none")
    assert not view.can("reprint")
    view.press("Down")
    assert view.text("detail_name") == "吴建国"


class UnreadableDesk:
    """A desk whose ledger was damaged on the disk."""

    settings = HALL

    @property
    def register(self) -> UnreadableDesk:
        return self

    def page(self, *_asked: object) -> LedgerPage:
        raise StoreDamagedError


def test_a_ledger_that_cannot_be_read_is_not_called_empty(qtbot: QtBot) -> None:
    panel = LedgerPanel()
    qtbot.addWidget(panel)
    session = LedgerSession(UnreadableDesk(), Clock())  # type: ignore[arg-type]  # a small fake
    session.updated.connect(panel.show_state)
    session.refresh()
    assert child(panel, QLabel, "ledger_empty_title").text() == "台账现在无法读取"
    assert child(panel, QLabel, "ledger_empty_text").text() == StoreDamagedError().text
