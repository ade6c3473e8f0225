"""Any notice on any paper: every amount and date whole, nothing outside, sums carried right."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pdfplumber
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from medcounter.money import show_money, show_yuan
from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.notice.content.benefits import year_spans
from medcounter.notice.content.clauses import mark
from medcounter.notice.content.household_sheet import HouseholdSheet, household_sheet
from medcounter.notice.content.notice import (
    BenefitSpan,
    Clause,
    FeeRow,
    Notice,
    PrintedPerson,
    Sheet,
)
from medcounter.notice.sheet.paper import A4_PORTRAIT, A5_LANDSCAPE, PAPERS, Paper
from tests.support.paper.notice_samples import notice
from ui.printing.layout import lay_out
from ui.printing.pdf import pdf_bytes

MM_PER_POINT = 25.4 / 72
# Glyphs may lean a little out of the box that PDF readers count from.
SLACK_MM = 0.6
NAMES = st.text("阿卜杜热合曼·买提依明艾则孜吐尔逊江王丽龘㐂", min_size=1, max_size=40)
FEN = st.integers(0, 9_999_99)
ROWS = st.lists(st.tuples(FEN, FEN), min_size=1, max_size=14)
SENTENCES = st.lists(
    st.text("须告知的事项住院以入日期为准，。", min_size=5, max_size=120), max_size=9, unique=True
)
DAYS = st.integers(1, 150)
ANY = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # A sheet takes a second: a failure is shown as found, not made small first.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Drawing needs fonts."""
    del qapp


def rows_of(amounts: list[tuple[int, int]]) -> tuple[FeeRow, ...]:
    return tuple(
        FeeRow(f"第 {n} 项", amount, min(amount, aid), amount - min(amount, aid), "理由。", mark(n))
        for n, (amount, aid) in enumerate(amounts, start=1)
    )


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    """Draw a notice whose rows, days, names and sentences are any."""
    plain = notice()
    rows = rows_of(draw(ROWS))
    total = sum(row.due or 0 for row in rows)
    paid = date(2025, 1, 1) + timedelta(draw(DAYS))
    wait = BenefitSpan("wait", paid, paid + timedelta(draw(DAYS)))
    cover = BenefitSpan("cover", wait.end + timedelta(1), date(2025, 12, 31))
    clauses = tuple(
        Clause(mark(n), f"第 {n} 号公告", f"{n}·01", "A")
        for n in range(1, draw(st.integers(2, 40)))
    )
    return replace(
        plain,
        person=PrintedPerson(draw(NAMES), "3601**********1234", draw(NAMES), "女儿", draw(NAMES)),
        rows=rows,
        total=total,
        words=amount_in_words(total),
        pay_by=paid,
        benefits=replace(
            plain.benefits,
            wait=wait,
            cover=cover,
            year=year_spans(2025, (wait, cover)),
            payment_date=paid,
        ),
        remarks=tuple(draw(SENTENCES)),
        clauses=clauses,
    )


def lines_of(sheet: Sheet | HouseholdSheet, paper: Paper) -> list[list[str]]:
    """Read the lines of each page, and hold every character to the page's margins."""
    layout = lay_out(sheet, paper)
    margin = layout.paper.margin_mm - SLACK_MM
    pages = []
    with pdfplumber.open(BytesIO(pdf_bytes(layout))) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                left, right = char["x0"] * MM_PER_POINT, char["x1"] * MM_PER_POINT
                top, bottom = char["top"] * MM_PER_POINT, char["bottom"] * MM_PER_POINT
                assert left >= margin, char
                assert right <= layout.paper.width_mm - margin, char
                assert top >= 0, char
                assert bottom <= layout.paper.sheet_height_mm, char
            pages.append(page.extract_text().splitlines())
    return pages


def is_whole(wanted: str, pages: list[list[str]]) -> bool:
    """Tell whether a figure stands in one line, not as part of a longer one."""
    pattern = re.compile(rf"(?<![\d,.]){re.escape(wanted)}(?![\d])")
    return any(pattern.search(line) for page in pages for line in page)


def figures_of(made: Notice) -> list[str]:
    amounts = [fen for row in made.rows for fen in (row.standard, row.aid, row.due)]
    spans = [span for span in (made.benefits.wait, made.benefits.cover) if span]
    days = [made.pay_by, *(day for span in spans for day in (span.start, span.end))]
    return [
        *(show_yuan(fen) for fen in amounts if fen is not None),
        show_money(made.total),
        *(day.isoformat() for day in days),
        str(made.number),
        str(made.check_code),
    ]


@pytest.mark.parametrize("paper", PAPERS)
@ANY
@given(made=notices())
def test_every_figure_of_a_notice_is_on_the_paper_and_whole(paper: Paper, made: Notice) -> None:
    pages = lines_of(Sheet(made), paper)
    assert [figure for figure in figures_of(made) if not is_whole(figure, pages)] == []
    for number, page in enumerate(pages, start=1):
        assert any(f"第 {number}/{len(pages)} 页" in line for line in page)


@pytest.mark.parametrize("paper", PAPERS)
@ANY
@given(made=st.lists(notices(), min_size=1, max_size=8))
def test_every_figure_of_a_household_is_on_the_paper_and_whole(
    paper: Paper, made: list[Notice]
) -> None:
    numbered = [replace(one, number=f"2025-03-{n:06d}") for n, one in enumerate(made, start=1)]
    sheet = household_sheet(numbered)
    pages = lines_of(sheet, paper)
    figures = [show_money(sheet.total), *(str(member.number) for member in sheet.members)]
    for member in sheet.members:
        figures += [show_yuan(fen) for fen in (member.standard, member.aid, member.due) if fen]
        spans = [span for span in (member.wait, member.cover) if span]
        figures += [day.isoformat() for span in spans for day in (span.start, span.end)]
    assert [figure for figure in figures if not is_whole(figure, pages)] == []


SUBTOTAL = re.compile(r"本页小计 ¥([\d,]+\.\d\d).*累计 ¥([\d,]+\.\d\d)")


@pytest.mark.parametrize("paper", [A5_LANDSCAPE, A4_PORTRAIT])
@ANY
@given(amounts=st.lists(st.tuples(FEN, st.just(0)), min_size=60, max_size=70))
def test_subtotals_are_carried_from_page_to_page_up_to_the_total(
    paper: Paper, amounts: list[tuple[int, int]]
) -> None:
    total = sum(amount for amount, _ in amounts)
    made = replace(notice(), rows=rows_of(amounts), total=total)
    pages = lines_of(Sheet(made), paper)
    found = [
        [int(figure.replace(",", "").replace(".", "")) for figure in match.groups()]
        for page in pages
        for line in page
        if (match := SUBTOTAL.search(line))
    ]
    assert len(found) > 1
    running = 0
    for here, so_far in found:
        running += here
        assert so_far == running
    assert running == total
    for page in pages[: len(found)]:
        assert any("应缴" in line for line in page)


def test_a_notice_on_one_page_carries_no_subtotal() -> None:
    pages = lines_of(Sheet(notice()), A5_LANDSCAPE)
    assert not any("本页小计" in line for line in pages[0])
