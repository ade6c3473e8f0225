"""Every paper goes to the printer that is set, moved by its offset, and names its folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from PySide6.QtWidgets import QWidget

from medcounter.settings import Offset
from tests.gui.views.test_season_view import TALLY
from tests.support.desk.counter_samples import Counter, open_counter
from tests.support.paper.paper_kinds import days
from ui.access.recovery_print import print_recovery
from ui.access.set_up_page import RecoveryPage
from ui.papers.desk_papers import DeskPapers
from ui.papers.notice_papers import NoticePapers
from ui.printing.print_system import print_system
from ui.views.day.day_papers import DayPapers
from ui.views.season.season_charts import AMOUNT, SEASON, SeasonState
from ui.views.season.season_papers import SeasonPapers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.messages import Message

NAME = "窗口 9"
MM_PER_POINT = 25.4 / 72
STATE = SeasonState(date(2026, 11, 30), TALLY, SEASON, AMOUNT)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter whose settings name a printer."""
    counter = open_counter(tmp_path / "data")
    counter.desk.save_settings(replace(counter.desk.settings, printer=NAME), counter.clock())
    yield counter
    counter.desk.close(with_backup=False)


def issue_and_print(counter: Counter, window: QWidget) -> None:
    """Print a notice."""
    notices = NoticePapers(counter.desk, counter.clock, window, str)
    notices.print_counted(counter.issue("张三"))


def print_day(counter: Counter, window: QWidget) -> None:
    """Print a day's sheet."""
    DayPapers(counter.desk, counter.clock, window, str).print_sheet(days()["day-closed"])


def print_season(counter: Counter, window: QWidget) -> None:
    """Print the pictures of a season."""
    SeasonPapers(counter.desk, counter.clock, window, str).print_state(STATE)


def print_test_page(counter: Counter, window: QWidget) -> None:
    """Print the page by which a printer is measured."""
    papers = NoticePapers(counter.desk, counter.clock, window, str)
    papers.print_test_page(counter.desk.settings)


def print_recovery_key(_counter: Counter, window: QWidget) -> None:
    """Print a recovery key."""
    page = RecoveryPage("2345-6789-ABCD-EFGH", window)
    print_recovery("2345-6789-ABCD-EFGH", page)
    print_system().finish()


def left_of(path: Path) -> float:
    """Where the first word begins, in millimetres."""
    with pdfplumber.open(path) as pdf:
        return float(min(char["x0"] for char in pdf.pages[0].chars)) * MM_PER_POINT


@pytest.mark.parametrize("put_on_paper", [issue_and_print, print_day, print_season])
def test_each_paper_is_moved_by_the_offset_of_the_printer_that_is_set(
    qtbot: QtBot,
    counter: Counter,
    printed: Path,
    put_on_paper: Callable[[Counter, QWidget], None],
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    put_on_paper(counter, window)
    offsets = (Offset(NAME, 50, 0),)
    counter.desk.save_settings(replace(counter.desk.settings, offsets=offsets), counter.clock())
    put_on_paper(counter, window)
    print_system().finish()
    plain, moved = (printed / f"printed-{count}.pdf" for count in range(2))
    assert left_of(moved) - left_of(plain) == pytest.approx(5.0, abs=0.05)


@pytest.mark.parametrize(
    ("put_on_paper", "title"),
    [
        (issue_and_print, "缴费通知单 2025-03-000001"),
        (print_day, "窗口日结 2025-03-D0012"),
        (print_season, "办理情况 2027 年度"),
        (print_test_page, "打印位置测试页"),
        (print_recovery_key, "恢复密钥"),
    ],
)
def test_each_paper_stands_in_the_printer_s_queue_as_what_it_is_and_names_nobody(
    qtbot: QtBot,
    counter: Counter,
    printed: Path,
    put_on_paper: Callable[[Counter, QWidget], None],
    title: str,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    put_on_paper(counter, window)
    print_system().finish()
    assert (printed / "titles").read_text(encoding="utf-8") == f"{title}\n"


def test_saved_pictures_of_a_season_name_their_folder(
    qtbot: QtBot, counter: Counter, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = SeasonPapers(counter.desk, counter.clock, window, str)
    told: list[Message] = []
    papers.reported.connect(told.append)
    papers.save_to(STATE, str(tmp_path / "season.pdf"))
    assert [one.folder for one in told] == [str(tmp_path)]


def test_without_a_printer_that_is_set_the_usual_one_is_taken(
    qtbot: QtBot, counter: Counter
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = DeskPapers(counter.desk, counter.clock, window, lambda: "热敏")
    found: list[str] = []
    papers.with_printer(lambda name, _why: found.append(name))
    counter.desk.save_settings(replace(counter.desk.settings, printer=""), counter.clock())
    papers.with_printer(lambda name, _why: found.append(name))
    assert found == [NAME, "热敏"]
