"""A PDF in which somebody stands is for its user alone, on every way it is saved."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from medcounter.cli.command_list import COMMANDS
from medcounter.cli.program import main
from medcounter.notice.content.notice import Sheet
from tests.support.desk.counter_samples import open_counter
from tests.support.paper.paper_kinds import days
from ui.cli.screen_command_list import with_screen
from ui.papers.notice_papers import NoticePapers
from ui.papers.stack_papers import StackPapers
from ui.views.day.day_papers import DayPapers

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.desk.counter_samples import Counter

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
FACTS = {
    "region": "360000",
    "benefit_year": 2025,
    "payment_date": "2025-03-05",
    "birth_date": "1988-07-12",
}
ALONE = 0o600


@pytest.fixture(autouse=True)
def _usual_rights() -> object:
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def run(*words: object) -> int:
    return main([str(word) for word in words], with_screen(COMMANDS), lambda _arguments: 1)


def test_a_notice_saved_at_the_window(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    window, path = QWidget(), tmp_path / "a.pdf"
    qtbot.addWidget(window)
    papers = NoticePapers(counter.desk, counter.clock, window, str)
    papers.save_to(Sheet(counter.issue("吴建国").notice), str(path))
    assert rights(path) == ALONE


def test_the_notices_of_a_list(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    window, path = QWidget(), tmp_path / "all.pdf"
    qtbot.addWidget(window)
    papers = StackPapers(counter.desk, counter.clock, window, str)
    papers.save_all((counter.issue("吴建国"), counter.issue("李丽")), str(path))
    qtbot.waitUntil(path.exists)
    assert rights(path) == ALONE


def test_a_day_s_sheet(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    window, path = QWidget(), tmp_path / "day.pdf"
    qtbot.addWidget(window)
    DayPapers(counter.desk, counter.clock, window, str).save_to(days()["day-closed"], str(path))
    assert rights(path) == ALONE


def test_a_specimen_and_a_reprint_of_the_command_line(tmp_path: Path) -> None:
    facts, pdf = tmp_path / "facts.json", tmp_path / "notice.pdf"
    facts.write_text(json.dumps(FACTS), encoding="utf-8")
    words = ("notice", facts, "--pdf", pdf, "--name", "王丽", "--acknowledge", "past-day")
    assert run(*words) == 0
    assert rights(pdf) == ALONE

    folder, again = tmp_path / "hall", tmp_path / "again.pdf"
    counter = open_counter(folder)
    number = counter.issue("吴建国").notice.number or ""
    counter.desk.close()
    assert run("--data-dir", folder, "reprint", number, "--pdf", again) == 0
    assert rights(again) == ALONE
