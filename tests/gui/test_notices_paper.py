"""Before anything goes to a printer: is it there, and can every character be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from medcounter.notice.notice import Sheet
from medcounter.notice.paper import LARGE_PRINT
from tests.counter_samples import Counter, open_counter
from tests.gui.finding import child
from ui.notices import Notices
from ui.printing.preview import PreviewDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.messages import Message


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter whose settings name a printer that the system has not."""
    counter = open_counter(tmp_path / "data")
    counter.desk.save_settings(replace(counter.desk.settings, printer="窗口 9"))
    yield counter
    counter.desk.close()


class Papers:
    """The notices of a counter, and what was told of them."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.notices = Notices(counter.desk, counter.clock, self.window, str)
        self.told: list[Message] = []
        self.notices.told.connect(self.told.append)

    def previews(self) -> list[PreviewDialog]:
        """The previews that are open."""
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewDialog)]


@pytest.fixture
def papers(qtbot: QtBot, counter: Counter) -> Papers:
    return Papers(qtbot, counter)


def test_a_printer_that_is_gone_is_said_and_nothing_counts_as_printed(
    papers: Papers, counter: Counter
) -> None:
    issued = counter.issue("吴建国")
    papers.notices.print_counted(issued)
    assert "系统里没有名为“窗口 9”的打印机" in papers.told[-1].text
    assert counter.desk.notice(issued.notice.number or "").failed


def test_a_test_page_for_a_printer_that_is_gone_is_said(papers: Papers, counter: Counter) -> None:
    papers.notices.print_test_page(counter.desk.settings)
    assert "窗口 9" in papers.told[-1].text


def test_a_name_that_would_come_out_cut_is_shown_and_not_printed(
    papers: Papers, counter: Counter
) -> None:
    # The last code point of a private plane: no font has a sign for it.
    issued = counter.issue("王\U0010fffd")
    papers.notices.print_counted(issued)
    assert "没有自动打印" in papers.told[-1].text
    assert "U+10FFFD" in papers.told[-1].text
    assert counter.desk.notice(issued.notice.number or "").failed
    (preview,) = papers.previews()
    child(preview, QPushButton, "print").click()
    assert "窗口 9" in papers.told[-1].text
    preview.close()


def test_a_pdf_can_be_saved_in_large_type_for_one_resident(
    papers: Papers, counter: Counter, tmp_path: Path
) -> None:
    issued = counter.issue("吴建国")
    path = tmp_path / "large.pdf"
    papers.notices.save_to(Sheet(issued.notice), str(path), LARGE_PRINT)
    assert len(PdfReader(path).pages) == 2
