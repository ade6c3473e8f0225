"""Before anything goes to a printer: is it there, and can every character be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton, QWidget

from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import LARGE_PRINT
from tests.gui.finding import child
from tests.support.desk.counter_samples import ID_NUMBER, Counter, open_counter
from ui.dialogs.preview_dialog import PreviewDialog
from ui.papers.notice_papers import NoticePapers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from medcounter.desk.desk_records import IssuedNotice
    from ui.messages import Message
    from ui.printing.print_system import PrintSystem


WIFE = "360103199003071232"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter whose settings name a printer that the system has not."""
    counter = open_counter(tmp_path / "data")
    counter.desk.save_settings(replace(counter.desk.settings, printer="窗口 9"), counter.clock())
    yield counter
    counter.desk.close(with_backup=False)


class Papers:
    """The notices of a counter, and what was told of them."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.notices = NoticePapers(counter.desk, counter.clock, self.window, str)
        self.told: list[Message] = []
        self.notices.reported.connect(self.told.append)

    def previews(self) -> list[PreviewDialog]:
        """The previews that are open."""
        previews: list[PreviewDialog] = list(self.window.findChildren(PreviewDialog))
        return [one for one in previews if one.isVisible()]


@pytest.fixture
def papers(qtbot: QtBot, counter: Counter) -> Papers:
    return Papers(qtbot, counter)


def test_a_printer_that_is_gone_is_said_and_nothing_counts_as_printed(
    papers: Papers, counter: Counter, system: PrintSystem
) -> None:
    issued = counter.issue("吴建国")
    papers.notices.print_counted(issued)
    system.finish()
    assert "系统里没有名为“窗口 9”的打印机" in papers.told[-1].text
    assert counter.desk.notices.find(issued.notice.number or "").standing.failed


def test_a_test_page_for_a_printer_that_is_gone_is_said(
    papers: Papers, counter: Counter, system: PrintSystem
) -> None:
    papers.notices.print_test_page(counter.desk.settings)
    system.finish()
    assert "窗口 9" in papers.told[-1].text


def test_a_name_that_would_come_out_cut_is_shown_and_not_printed(
    papers: Papers, counter: Counter, system: PrintSystem
) -> None:
    # The last code point of a private plane: no font has a sign for it.
    issued = counter.issue("王\U0010fffd")
    papers.notices.print_counted(issued)
    assert "没有自动打印" in papers.told[-1].text
    assert "U+10FFFD" in papers.told[-1].text
    assert counter.desk.notices.find(issued.notice.number or "").standing.failed
    (preview,) = papers.previews()
    child(preview, QPushButton, "print").click()
    system.finish()
    assert "窗口 9" in papers.told[-1].text
    preview.close()


def test_a_pdf_can_be_saved_in_large_type_for_one_resident(
    papers: Papers, counter: Counter, tmp_path: Path
) -> None:
    issued = counter.issue("吴建国")
    path = tmp_path / "large.pdf"
    papers.notices.save_to(Sheet(issued.notice), str(path), LARGE_PRINT)
    assert len(PdfReader(path).pages) == 2


@pytest.fixture
def household(counter: Counter) -> tuple[IssuedNotice, ...]:
    """Two residents issued together."""
    counter.desk.save_settings(replace(counter.desk.settings, printer=""), counter.clock())
    on = counter.clock().date()
    outcomes = []
    for name, number in (("吴建国", ID_NUMBER), ("吴梅", WIFE)):
        draft = replace(counter.desk.new_draft(on), benefit_year=2025, name=name)
        outcomes.append(counter.desk.outcome(draft.with_("id_number", number), on))
    return counter.desk.households.issue(tuple(outcomes), counter.clock(), ("one", "two"))


def open_preview(papers: Papers) -> PreviewDialog:
    return papers.previews()[-1]


def test_a_household_without_a_printer_is_shown_on_one_sheet(
    papers: Papers, household: tuple[IssuedNotice, ...], counter: Counter
) -> None:
    papers.notices.print_together(household)
    assert "2025-03-000001 至 000002" in papers.told[-1].text
    assert "没有找到打印机" in papers.told[-1].text
    assert open_preview(papers).windowTitle() == "预览 全户缴费通知单 2025-03-000001"
    assert all(
        counter.desk.notices.find(one.notice.number or "").standing.failed for one in household
    )
    open_preview(papers).close()


def test_a_preview_without_a_printer_counts_no_print_and_stays_alone(
    papers: Papers, household: tuple[IssuedNotice, ...], counter: Counter
) -> None:
    numbers = [one.notice.number or "" for one in household]
    for number in numbers:
        counter.desk.notices.mark_printed(number, 1, counter.clock(), ok=True)
    papers.notices.show_issued(household[0])
    alone = open_preview(papers)
    child(alone, QPushButton, "print").click()
    assert papers.previews() == [alone]
    assert "没有找到打印机，没有打印，也没有记打印次数" in papers.told[-1].text
    child(alone, QPushButton, "household").click()
    together = open_preview(papers)
    child(together, QPushButton, "print").click()
    assert papers.previews() == [together]
    assert "没有找到打印机，没有打印，也没有记打印次数" in papers.told[-1].text
    kept = [counter.desk.notices.find(number) for number in numbers]
    assert [(one.prints, one.standing.failed) for one in kept] == [(1, False), (1, False)]
    together.close()


def test_the_sheet_of_the_household_is_reached_from_any_member_s_notice(
    papers: Papers, household: tuple[IssuedNotice, ...]
) -> None:
    papers.notices.show_issued(household[1])
    alone = open_preview(papers)
    assert child(alone, QPushButton, "household").text() == "全户 2 人(&H)"
    child(alone, QPushButton, "household").click()
    together = open_preview(papers)
    assert "全户" in together.windowTitle()
    assert child(together, QPushButton, "household").isHidden()
    together.close()


def test_a_notice_issued_alone_offers_no_household(papers: Papers, counter: Counter) -> None:
    papers.notices.show_issued(counter.issue("吴建国"))
    assert child(open_preview(papers), QPushButton, "household").isHidden()
    open_preview(papers).close()


def household_pdf(papers: Papers, counter: Counter, path: Path) -> str:
    """Save the household's sheet of the first notice and read it."""
    papers.notices.show_issued(counter.desk.notices.find("2025-03-000001"))
    child(open_preview(papers), QPushButton, "household").click()
    together = open_preview(papers)
    together.save_requested.disconnect()
    together.save_requested.connect(
        lambda sheet, paper: papers.notices.save_to(sheet, str(path), paper)
    )
    child(together, QPushButton, "save_pdf").click()
    together.close()
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_a_household_saved_again_counts_a_print_for_each_and_says_so(
    papers: Papers, household: tuple[IssuedNotice, ...], counter: Counter, tmp_path: Path
) -> None:
    assert "第2次打印" in household_pdf(papers, counter, tmp_path / "two.pdf")
    assert [counter.desk.notices.find(one.notice.number or "").prints for one in household] == [
        2,
        2,
    ]
    assert "记为第 2 次打印" in papers.told[-1].text


def test_a_member_void_by_now_is_struck_and_counts_for_nothing(
    papers: Papers, household: tuple[IssuedNotice, ...], counter: Counter, tmp_path: Path
) -> None:
    total = household[1].notice.total or 0
    counter.clock.move(1)
    counter.desk.notices.void("2025-03-000001", "身份填错", counter.clock())
    text = household_pdf(papers, counter, tmp_path / "void.pdf")
    assert "已作废，不计入" in text
    assert f"合计人民币{household[1].notice.words}" in text
    assert total > 0
    assert counter.desk.notices.find("2025-03-000001").prints == 1


def test_a_household_that_is_all_void_is_not_printed(
    papers: Papers, household: tuple[IssuedNotice, ...], counter: Counter
) -> None:
    for one in household:
        counter.clock.move(1)
        counter.desk.notices.void(one.notice.number or "", "填错", counter.clock())
    papers.notices.show_household(Sheet(household[0].notice))
    child(open_preview(papers), QPushButton, "print").click()
    assert "都已作废" in papers.told[-1].text
    open_preview(papers).close()


def test_a_household_s_name_that_would_come_out_cut_is_shown_and_not_printed(
    papers: Papers, household: tuple[IssuedNotice, ...]
) -> None:
    first = household[0]
    cut = replace(first.notice, person=replace(first.notice.person, name="王\U0010fffd"))
    papers.notices.print_together((replace(first, notice=cut), household[1]))
    assert "没有自动打印" in papers.told[-1].text
    open_preview(papers).close()
