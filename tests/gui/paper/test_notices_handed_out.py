"""What is handed out counts: paper and PDF alike; a look counts nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QWidget

from medcounter.destinations import DestinationRefusedError
from medcounter.errors import MedCounterError
from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Sheet
from tests.support.desk.counter_samples import Counter
from ui.messages import PROBLEM
from ui.papers.notice_papers import NoticePapers
from ui.papers.stack_papers import StackPapers
from ui.printing.pdf_stack import PdfStack
from ui.printing.print_system import PrintSystem

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from medcounter.desk.counter.notices import Notices
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.destinations import Destination
    from ui.messages import Message


class Handed:
    """Notices at a counter without a printer, and what was told last."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        self.window = window
        self.notices = NoticePapers(counter.desk, counter.clock, window, str)
        self.told: list[Message] = []
        self.notices.reported.connect(self.told.append)


@pytest.fixture
def handed(qtbot: QtBot, counter: Counter) -> Handed:
    return Handed(qtbot, counter)


def text_of(path: Path) -> str:
    return PdfReader(path).pages[0].extract_text()


def test_a_first_print_without_a_printer_is_told_as_issued(
    handed: Handed, counter: Counter
) -> None:
    handed.notices.print_counted(counter.issue("吴建国"))
    assert handed.told[-1].text.startswith("已出单 2025-03-000001；没有找到打印机")


def test_a_reprint_without_a_printer_is_never_told_as_issued(
    handed: Handed, counter: Counter
) -> None:
    number = counter.issue("吴建国").notice.number or ""
    handed.notices.print_counted(counter.desk.notices.reprint(number, counter.clock()))
    text = handed.told[-1].text
    assert not text.startswith("已出单")
    assert "第 2 次打印没有出纸" in text
    assert counter.desk.notices.find(number).standing.failed


def test_a_pdf_takes_the_place_of_a_print_that_gave_no_paper(
    handed: Handed, counter: Counter, tmp_path: Path
) -> None:
    issued = counter.issue("吴建国")
    handed.notices.print_counted(issued)
    handed.notices.save_to(Sheet(issued.notice), str(tmp_path / "a.pdf"))
    kept = counter.desk.notices.find("2025-03-000001")
    assert (kept.prints, kept.standing.failed, kept.standing.unconfirmed) == (1, False, False)
    assert "补打" not in text_of(tmp_path / "a.pdf")


def test_a_pdf_after_paper_is_a_further_print_and_says_so(
    handed: Handed, counter: Counter, tmp_path: Path
) -> None:
    issued = counter.issue("吴建国")
    counter.desk.notices.mark_printed("2025-03-000001", 1, counter.clock(), ok=True)
    handed.notices.save_to(Sheet(issued.notice), str(tmp_path / "a.pdf"))
    assert counter.desk.notices.find("2025-03-000001").prints == 2
    assert "第 2 次打印" in handed.told[-1].text
    assert "补打" in text_of(tmp_path / "a.pdf")


def test_a_pdf_that_is_not_saved_is_a_print_without_paper(
    handed: Handed, counter: Counter, tmp_path: Path
) -> None:
    issued = counter.issue("吴建国")
    counter.desk.notices.mark_printed("2025-03-000001", 1, counter.clock(), ok=True)
    handed.notices.save_to(Sheet(issued.notice), str(tmp_path / "no" / "a.pdf"))
    kept = counter.desk.notices.find("2025-03-000001")
    assert (kept.prints, kept.standing.failed) == (2, True)


def test_a_pdf_of_many_that_is_not_saved_is_a_print_without_paper(
    qtbot: QtBot, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = StackPapers(counter.desk, counter.clock, window, str)
    told: list[Message] = []
    papers.reported.connect(told.append)

    def full(_pdf: PdfStack, _destination: Destination) -> None:
        raise DestinationRefusedError

    monkeypatch.setattr(PdfStack, "save", full)
    stack = (counter.issue("吴建国"), counter.issue("李丽"))
    papers.save_all(stack, str(tmp_path / "all.pdf"))
    qtbot.waitUntil(lambda: bool(told))
    for number in ("2025-03-000001", "2025-03-000002"):
        kept = counter.desk.notices.find(number)
        assert (kept.standing.failed, kept.standing.unconfirmed) == (True, False)


def test_a_specimen_and_a_void_notice_are_saved_without_being_counted(
    handed: Handed, counter: Counter, tmp_path: Path
) -> None:
    issued = counter.issue("吴建国")
    counter.desk.notices.void("2025-03-000001", "重复出单", counter.clock())
    handed.notices.save_to(Sheet(issued.notice, voided=True), str(tmp_path / "void.pdf"))
    assert counter.desk.notices.find("2025-03-000001").prints == 1
    assert handed.told[-1].text == f"已存为“{tmp_path / 'void.pdf'}”"


def test_nothing_is_saved_into_the_data_folder_and_no_print_is_counted(
    handed: Handed, counter: Counter
) -> None:
    issued = counter.issue("吴建国")
    counter.desk.notices.mark_printed("2025-03-000001", 1, counter.clock(), ok=True)
    before = (counter.desk.folder / "ledger.db").read_bytes()
    for name in ("ledger.db", "new.pdf"):
        handed.notices.save_to(Sheet(issued.notice), str(counter.desk.folder / name))
        assert "在台账的数据文件夹" in handed.told[-1].text
    assert counter.desk.notices.find("2025-03-000001").prints == 1
    assert (counter.desk.folder / "ledger.db").read_bytes() == before
    assert not (counter.desk.folder / "new.pdf").exists()


def test_a_print_that_could_not_be_recorded_is_not_told_as_good(
    handed: Handed, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = counter.issue("吴建国")
    counter.desk.save_settings(replace(counter.desk.settings, printer="东街"), counter.clock())
    monkeypatch.setattr(PrintSystem, "send", lambda _system, _question, then: then(None))

    def full(*_args: object, **_words: object) -> None:
        raise MedCounterError("磁盘已满，没有记下")

    monkeypatch.setattr(type(counter.desk.notices), "mark_printed", full)
    handed.notices.print_counted(issued)
    assert handed.told[-1].tone == PROBLEM
    assert "已送到打印机“东街”" in handed.told[-1].text
    assert handed.told[-1].text.endswith("磁盘已满，没有记下")
    handed.notices.print_together((issued, counter.issue("李丽")))
    assert handed.told[-1].tone == PROBLEM
    assert handed.told[-1].text.endswith("磁盘已满，没有记下")


def test_where_one_of_a_household_cannot_be_counted_the_others_are_prints_without_paper(
    handed: Handed, counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    household = tuple(map(counter.issue, ("吴建国", "李丽", "吴小明")))
    numbers = [one.notice.number or "" for one in household]
    for number in numbers:
        counter.desk.notices.mark_printed(number, 1, counter.clock(), ok=True)
    real = type(counter.desk.notices).reprint

    def reprint(notices: Notices, number: str, at: datetime) -> IssuedNotice:
        if number == numbers[2]:
            raise MedCounterError("磁盘已满")
        return real(notices, number, at)

    monkeypatch.setattr(type(counter.desk.notices), "reprint", reprint)
    sheet = household_sheet(tuple(one.notice for one in household), print_no=1)
    handed.notices.save_to(sheet, str(tmp_path / "all.pdf"))
    assert handed.told[-1].text == "磁盘已满"
    kept = [counter.desk.notices.find(number).standing for number in numbers]
    assert [one.failed for one in kept] == [True, True, False]
    assert not any(one.unconfirmed for one in kept)


def test_a_pdf_of_many_that_fails_in_a_way_nobody_foresaw_is_a_print_without_paper(
    qtbot: QtBot, counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = StackPapers(counter.desk, counter.clock, window, str)

    def broken(_pdf: PdfStack, _destination: Destination) -> None:
        raise RuntimeError

    monkeypatch.setattr(PdfStack, "save", broken)
    with qtbot.captureExceptions() as caught:
        papers.save_all((counter.issue("吴建国"),), str(tmp_path / "all.pdf"))
        qtbot.waitUntil(lambda: bool(caught))
    assert counter.desk.notices.find("2025-03-000001").standing.failed
