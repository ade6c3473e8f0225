"""A sheet laid out: on one page where it fits, whole where it does not."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from medcounter.assess.assessment import Fee, FeeLine, Remark
from medcounter.notice.content.notice import Notice, Party, Sheet
from medcounter.notice.sheet.paper import A4_PORTRAIT, A5_LANDSCAPE, LARGE_PRINT, PAPERS, Paper
from tests.support.paper.notice_samples import (
    FLEXIBLE,
    IN_WINDOW,
    LATE_0305,
    LONG_PARTY,
    LOW_INCOME,
    NEWBORN_DAY_59,
    NO_COVER,
    notice,
)
from ui.printing.layout import Layout, height_mm, lay_out
from ui.printing.text_shelf import TextShelf
from ui.printing.units import PER_MM

COMMON = [
    notice(),
    notice(IN_WINDOW, date(2024, 11, 20)),
    notice(LOW_INCOME, date(2025, 3, 15)),
    notice(NEWBORN_DAY_59, date(2025, 3, 1), party=Party("吴小宝", agent="吴建国")),
    notice(NO_COVER, date(2025, 10, 1)),
    notice(FLEXIBLE, date(2024, 12, 10)),
    notice(party=LONG_PARTY),
]
ROWS = 40
MANY_LINES = tuple(FeeLine(f"item-{n}", f"第 {n} 项缴费", 100) for n in range(ROWS))
MANY_ROWS = replace(LATE_0305, fee=Fee(ROWS * 100, ROWS * 100, 0, ROWS * 100, 0, None, MANY_LINES))
MANY_REMARKS = replace(
    LATE_0305,
    remarks=tuple(Remark(str(n), "info", f"第 {n} 条须告知的事项。" * 9) for n in range(20)),
)


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Text is laid out by Qt."""
    del qapp


def shown_text(layout: Layout) -> str:
    documents = [layout.documents[place.box] for page in layout.pages for place in page]
    return "".join(document.toPlainText() for document in documents)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("made", COMMON)
def test_a_common_notice_takes_one_page_and_two_in_large_type(made: Notice, paper: Paper) -> None:
    pages = 2 if paper is LARGE_PRINT else 1
    assert len(lay_out(Sheet(made), paper).pages) <= pages


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("made", [*COMMON, notice(MANY_ROWS), notice(MANY_REMARKS)])
def test_no_text_is_wider_than_its_column(made: Notice, paper: Paper) -> None:
    layout = lay_out(Sheet(made), paper)
    beside = filter(None, [layout.head, layout.side])
    for document in (*layout.documents, *beside, *layout.feet):
        assert document.idealWidth() <= document.textWidth() + 1
        assert document.size().width() <= document.textWidth() + 1


@pytest.mark.parametrize("assessment", [MANY_ROWS, MANY_REMARKS])
def test_what_does_not_fit_goes_on_over_further_pages(assessment: object) -> None:
    made = notice(MANY_ROWS if assessment is MANY_ROWS else MANY_REMARKS)
    layout = lay_out(Sheet(made), A5_LANDSCAPE)
    assert len(layout.pages) > 1
    assert len(layout.feet) == len(layout.pages)


def test_every_row_and_the_right_total_are_printed_over_several_pages() -> None:
    text = shown_text(lay_out(Sheet(notice(MANY_ROWS)), A5_LANDSCAPE))
    assert [f"第 {n} 项缴费" in text for n in range(ROWS)] == [True] * ROWS
    assert "¥40.00" in text
    assert "人民币肆拾元整" in text


def test_each_page_of_rows_begins_with_the_columns_headings() -> None:
    layout = lay_out(Sheet(notice(MANY_ROWS)), A5_LANDSCAPE)
    second = [layout.documents[place.box].toPlainText() for place in layout.pages[1]]
    assert "应缴" in second[0]


def test_the_total_never_stands_without_a_row_above_it() -> None:
    for rows in range(1, 30):
        lines = MANY_LINES[:rows]
        amount = rows * 100
        made = notice(replace(LATE_0305, fee=Fee(amount, amount, 0, amount, 0, None, lines)))
        layout = lay_out(Sheet(made), A5_LANDSCAPE)
        for page in layout.pages:
            texts = [layout.documents[place.box].toPlainText() for place in page]
            total = next((n for n, text in enumerate(texts) if "合计" in text), None)
            assert total is None or "项缴费" in texts[total - 1]


def test_nothing_reaches_into_the_foot() -> None:
    layout = lay_out(Sheet(notice(MANY_REMARKS)), A5_LANDSCAPE)
    for number, page in enumerate(layout.pages):
        top = layout.body_top_mm if number else 0.0
        room = layout.paper.room_mm - height_mm(layout.feet[number])
        assert max(top + place.top_mm + place.height_mm for place in page) <= room


def test_a_sentence_longer_than_a_page_is_cut_between_its_lines() -> None:
    endless = replace(LATE_0305, remarks=(Remark("long", "info", "住院费用以系统为准。" * 900),))
    layout = lay_out(Sheet(notice(endless)), A5_LANDSCAPE)
    parts = [place for page in layout.pages for place in page]
    index = next(place.box for place in parts if place.from_mm > 0)
    slices = [place for place in parts if place.box == index]
    document = layout.documents[index]
    assert sum(place.height_mm for place in slices) == pytest.approx(height_mm(document))
    text = document.begin().layout()
    lines = [text.lineAt(n).naturalTextRect() for n in range(text.lineCount())]
    # The ink of a character lies well inside its line: nearer to the middle than 35 %.
    ink = [
        (line.center().y() - 0.35 * line.height(), line.center().y() + 0.35 * line.height())
        for line in lines
    ]
    for place in slices[1:]:
        cut = place.from_mm * PER_MM
        assert not any(top < cut < bottom for top, bottom in ink)


@pytest.mark.parametrize("name", ["A" * 400, "王" * 400, "\u202e王丽", "a b " * 100, ""])
def test_any_name_leaves_the_sheet_in_order(name: str) -> None:
    layout = lay_out(Sheet(notice(party=Party(name, agent=name, household=name))), A5_LANDSCAPE)
    widths = [document.idealWidth() - document.textWidth() for document in layout.documents]
    assert max(widths) <= 1
    assert "¥400.00" in shown_text(layout)


def test_slightly_smaller_type_is_used_where_it_saves_a_page_and_only_there() -> None:
    found = []
    for count in range(20):
        told = tuple(Remark(str(n), "info", f"须当面告知的第 {n} 件事。" * 6) for n in range(count))
        layout = lay_out(Sheet(notice(replace(LATE_0305, remarks=told))), A5_LANDSCAPE)
        found.append((len(layout.pages), layout.paper.scale))
    assert list(dict.fromkeys(found)) == [(1, 1.0), (1, 0.94), (2, 1.0)]


def test_a_large_paper_loses_air_before_it_loses_size() -> None:
    layout = lay_out(Sheet(notice()), A4_PORTRAIT)
    assert layout.paper.scale == A4_PORTRAIT.scale


def test_sheets_of_one_stack_set_anew_only_what_differs() -> None:
    shelf = TextShelf()
    first = lay_out(Sheet(notice()), A4_PORTRAIT, shelf)
    second = lay_out(Sheet(notice(number="2025-03-000128")), A4_PORTRAIT, shelf)
    anew = [
        piece.kind
        for piece, document in zip(second.manuscript.pieces, second.documents, strict=True)
        if document not in first.documents
    ]
    # The number stands in the head; timeline and lines to sign on are drawn alike on both.
    assert anew == ["head"]
    assert second.side is not first.side


def test_a_sheet_of_one_page_has_no_running_head() -> None:
    assert lay_out(Sheet(notice()), A4_PORTRAIT).head is None
    long = lay_out(Sheet(notice(MANY_ROWS)), A5_LANDSCAPE)
    assert long.head is not None
    assert "续页" in long.head.toPlainText()
