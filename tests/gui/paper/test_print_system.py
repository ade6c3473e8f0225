"""A print system that does not answer holds up nothing, and what it did is not guessed."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from medcounter.destinations import destination
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import A4_TWO_UP, A5_LANDSCAPE, ROLL_80
from medcounter.settings import Offset
from tests.gui.finding import child
from tests.gui.paper.conftest import PRINTER
from tests.support.desk.counter_samples import Counter, open_counter
from tests.support.paper.notice_samples import LATE_0305, notice
from ui.access.recovery_print import print_recovery
from ui.access.set_up_page import RecoveryPage
from ui.dialogs.preview_dialog import PreviewDialog
from ui.papers.notice_papers import NoticePapers
from ui.papers.stack_papers import StackPapers
from ui.printing.layout import lay_out
from ui.printing.pdf import write_pdf
from ui.printing.print_jobs import sheet_job
from ui.printing.print_system import ASKING, SILENT, PrintSystem, PrintSystemSilentError
from ui.views.settings.settings_panel import SettingsPanel
from ui.views.settings.settings_session import SettingsSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from medcounter.errors import MedCounterError
    from medcounter.notice.sheet.paper import Paper
    from ui.messages import Message

NUMBER = "2025-03-000001"
no_cups = pytest.mark.skipif(sys.platform == "win32", reason="asks CUPS")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    counter = open_counter(tmp_path / "data")
    yield counter
    counter.desk.close(with_backup=False)


class Papers:
    """The papers of a counter, and what was told of them."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.notices = NoticePapers(counter.desk, counter.clock, self.window)
        self.stack = StackPapers(counter.desk, counter.clock, self.window)
        self.told: list[Message] = []
        self.notices.reported.connect(self.told.append)
        self.stack.reported.connect(self.told.append)


@pytest.fixture
def papers(qtbot: QtBot, counter: Counter) -> Papers:
    return Papers(qtbot, counter)


def name_printer(counter: Counter, name: str = PRINTER) -> None:
    counter.desk.save_settings(replace(counter.desk.settings, printer=name), counter.clock())


def close_previews(window: QWidget) -> int:
    """Close the previews that are open; give how many there were."""
    previews: list[PreviewDialog] = list(window.findChildren(PreviewDialog))
    return sum(one.close() for one in previews if one.isVisible())


@no_cups
def test_the_settings_open_at_once_and_say_that_the_print_system_is_silent(
    qtbot: QtBot, counter: Counter, silent: PrintSystem
) -> None:
    panel = SettingsPanel()
    qtbot.addWidget(panel)
    session = SettingsSession(counter.desk, counter.clock, panel)
    session.updated.connect(panel.show_state)
    note = child(panel, QLabel, "offset_printer")
    session.refresh()
    assert note.text() == ASKING
    qtbot.waitUntil(lambda: note.text().startswith(SILENT), timeout=30_000)
    assert silent.known.silent == SILENT


@no_cups
def test_what_was_known_of_the_printers_is_shown_while_they_are_asked_for(
    qtbot: QtBot, counter: Counter, silent: PrintSystem
) -> None:
    silent.known = silent.known._replace(names=("窗口 3",), usual="窗口 3", silent="")
    session = SettingsSession(counter.desk, counter.clock)
    session.refresh()
    assert session.state.printers.names == ("窗口 3",)
    qtbot.waitUntil(lambda: session.state.printers.silent == SILENT, timeout=30_000)
    assert session.state.printers.names == ("窗口 3",)


@no_cups
def test_a_print_on_the_usual_printer_of_a_silent_system_is_shown_and_counts_as_none(
    qtbot: QtBot, counter: Counter, papers: Papers, silent: PrintSystem
) -> None:
    issued = counter.issue("吴建国")
    papers.notices.print_counted(issued)
    assert papers.told == []
    qtbot.waitUntil(lambda: bool(papers.told), timeout=30_000)
    assert papers.told[-1].text.startswith(f"已出单 {NUMBER}；{SILENT}")
    assert counter.desk.notices.find(NUMBER).standing.failed
    assert silent.known.silent == SILENT
    close_previews(papers.window)


@no_cups
@pytest.mark.usefixtures("silent")
def test_whether_a_silent_printer_printed_is_left_for_the_clerk_to_say(
    qtbot: QtBot, counter: Counter, papers: Papers
) -> None:
    name_printer(counter)
    issued = counter.issue("吴建国")
    papers.notices.print_counted(issued)
    # The call is back before the system answers.
    assert [one.text for one in papers.told] == [f"{NUMBER} 正在送到打印机“{PRINTER}”"]
    qtbot.waitUntil(lambda: len(papers.told) > 1, timeout=30_000)
    assert papers.told[-1].text == f"{NUMBER}：{PrintSystemSilentError().text}"
    standing = counter.desk.notices.find(NUMBER).standing
    assert (standing.failed, standing.unconfirmed) == (False, True)
    assert counter.desk.register.unconfirmed_print() is not None


@no_cups
@pytest.mark.usefixtures("silent")
def test_a_recovery_key_that_cannot_be_printed_is_to_be_copied_by_hand(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = RecoveryPage("2345-6789-ABCD-EFGH", window)
    labels: list[QLabel] = list(page.findChildren(QLabel))
    print_recovery("2345-6789-ABCD-EFGH", page)
    told = f"{SILENT}，请抄在纸上，再对着纸输入一遍。"
    qtbot.waitUntil(lambda: told in [one.text() for one in labels], timeout=30_000)


@pytest.mark.parametrize("paper", [A5_LANDSCAPE, A4_TWO_UP, ROLL_80])
def test_the_print_process_prints_what_a_pdf_shows(
    system: PrintSystem, printed: Path, tmp_path: Path, paper: Paper
) -> None:
    layout = lay_out(Sheet(notice(LATE_0305)), paper)
    answers: list[MedCounterError | None] = []
    system.send(sheet_job(layout, Offset(PRINTER), with_boxes=False), answers.append)
    system.finish()
    assert answers == [None]
    write_pdf(layout, destination(tmp_path / "saved.pdf", None, people=True))
    assert written(printed / "printed-0.pdf") == written(tmp_path / "saved.pdf")


def written(path: Path) -> list[tuple[str, int, int]]:
    """What stands where, in whole points, page after page."""
    with pdfplumber.open(path) as pdf:
        return [
            (char["text"], round(char["x0"]), round(char["top"]))
            for page in pdf.pages
            for char in page.chars
        ]


def test_a_notice_that_came_out_is_recorded_once_it_did(
    counter: Counter, papers: Papers, system: PrintSystem, printed: Path
) -> None:
    name_printer(counter)
    papers.notices.print_counted(counter.issue("吴建国"))
    assert counter.desk.notices.find(NUMBER).standing.unconfirmed
    system.finish()
    assert not counter.desk.notices.find(NUMBER).standing.unconfirmed
    assert papers.told[-1].text.startswith(f"{NUMBER} 已送到打印机“{PRINTER}”")
    assert [one.name for one in printed.glob("*.pdf")] == ["printed-0.pdf"]


def test_a_print_process_that_dies_leaves_it_unknown_and_the_next_print_goes_on(
    counter: Counter,
    papers: Papers,
    system: PrintSystem,
    printed: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name_printer(counter)
    words = system._command  # noqa: SLF001 - as the fixture set it
    dying = [sys.executable, "-c", "import sys; sys.stdin.buffer.read(8)"]
    monkeypatch.setattr(system, "_command", dying)
    papers.notices.print_counted(counter.issue("吴建国"))
    system.finish()
    assert papers.told[-1].text == f"{NUMBER}：{PrintSystemSilentError().text}"
    assert counter.desk.notices.find(NUMBER).standing.unconfirmed
    monkeypatch.setattr(system, "_command", words)
    papers.notices.print_counted(counter.issue("李丽"))
    system.finish()
    assert len(list(printed.glob("*.pdf"))) == 1


def test_a_print_under_way_is_recorded_though_the_desk_is_given_back(
    counter: Counter, papers: Papers, printed: Path
) -> None:
    name_printer(counter)
    papers.notices.print_counted(counter.issue("吴建国"))
    papers.notices.stop()
    standing = counter.desk.notices.find(NUMBER).standing
    assert len(list(printed.glob("*.pdf"))) == 1
    assert (standing.failed, standing.unconfirmed) == (False, False)


def test_a_stack_stopped_by_the_clerk_keeps_what_was_on_its_way(
    qtbot: QtBot, counter: Counter, papers: Papers, system: PrintSystem, printed: Path
) -> None:
    name_printer(counter)
    stack = tuple(map(counter.issue, ("吴建国", "李丽", "吴小明")))
    papers.stack.print_all(stack, PRINTER)
    qtbot.waitUntil(lambda: papers.stack._sent == 1)  # noqa: SLF001 - the first is on its way
    papers.stack.stop_by_clerk()
    system.finish()
    standings = [counter.desk.notices.find(one.notice.number or "").standing for one in stack]
    assert [one.unconfirmed for one in standings] == [False, True, True]
    assert len(list(printed.glob("*.pdf"))) == 1


def test_a_stack_is_printed_to_the_end(
    qtbot: QtBot, counter: Counter, papers: Papers, printed: Path
) -> None:
    name_printer(counter)
    stack = tuple(map(counter.issue, ("吴建国", "李丽", "吴小明")))
    papers.stack.print_all(stack, PRINTER)
    qtbot.waitUntil(lambda: bool(papers.told), timeout=60_000)
    assert papers.told[-1].text == f"3 张已送到打印机“{PRINTER}”"
    assert len(list(printed.glob("*.pdf"))) == 3


def test_without_a_printer_no_way_of_printing_again_counts_a_print(
    qtbot: QtBot, counter: Counter
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notices = NoticePapers(counter.desk, counter.clock, window, str)
    told: list[Message] = []
    notices.reported.connect(told.append)
    counter.issue("吴建国")
    counter.desk.notices.mark_printed(NUMBER, 1, counter.clock(), ok=True)
    for again in (notices.reprint_last, lambda: notices.reprint(NUMBER)):
        again()
        found = counter.desk.notices.find(NUMBER)
        assert (found.prints, found.standing.failed) == (1, False)
        assert "没有打印，也没有记打印次数" in told[-1].text
    assert close_previews(window) == 2


@no_cups
@pytest.mark.usefixtures("silent")
def test_what_follows_on_a_late_answer_opens_only_where_it_is_seen(
    qtbot: QtBot, counter: Counter, papers: Papers
) -> None:
    """The screen may be locked by then: a preview would show the resident over it."""
    issued = counter.issue("吴建国")
    waiting: list[Callable[[], object]] = []
    papers.notices.opens = papers.stack.opens = waiting.append
    papers.notices.print_counted(issued)
    papers.stack.offer((issued,))
    qtbot.waitUntil(lambda: len(waiting) == 2, timeout=30_000)
    assert papers.told[-1].text.startswith(f"已出单 {NUMBER}；{SILENT}")
    assert close_previews(papers.window) == 0
    assert QApplication.activeModalWidget() is None
    waiting[0]()
    assert close_previews(papers.window) == 1
    waiting[1]()
    child(papers.window, QMessageBox, "roster_papers").close()


def test_without_a_printer_that_is_known_at_once_a_notice_is_shown_at_once(
    qtbot: QtBot, counter: Counter
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = NoticePapers(counter.desk, counter.clock, window, str)
    waiting: list[Callable[[], object]] = []
    papers.opens = waiting.append
    papers.print_counted(counter.issue("吴建国"))
    assert (close_previews(window), waiting) == (1, [])
