"""Today and the season: counted on the counter, shown as pictures and as a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton, QTabBar

from medcounter.desk.day.tally import NoticeTally, SeasonTally, TallyLine
from tests.gui.finding import child
from tests.support.desk.counter_samples import ID_NUMBER
from ui.views.counter.season_foot import season_lines
from ui.views.season.bar_chart import BarChart
from ui.views.season.season_charts import AMOUNT, SEASON, SeasonState, charts
from ui.views.season.season_papers import season_pdf

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

NONE = NoticeTally(TallyLine("", 0, 0, 0, 0), (), (), (), ())


def tally_of(days: tuple[tuple[str, int], ...]) -> NoticeTally:
    lines = tuple(TallyLine(day, count, 0, 0, count * 40000) for day, count in days)
    count = sum(count for _, count in days)
    one = (TallyLine("普通居民", count, 0, 0, count * 40000),)
    return NoticeTally(TallyLine("", count, 0, 0, count * 40000), lines, one, one, one)


TALLY = SeasonTally(
    year=2027,
    collected=True,
    end=date(2027, 2, 28),
    days_left=90,
    today=tally_of((("2026-11-30", 3),)),
    season=tally_of((("2026-11-29", 5), ("2026-11-30", 3))),
)


@pytest.fixture
def served(window: CounterWindow) -> CounterWindow:
    """One notice was issued today."""
    window.counter.session.edit("benefit_year", 2025)
    window.type(ID_NUMBER)
    window.press("Return")
    window.type("吴建国")
    window.press("F9", "Esc")
    return window


def test_the_counter_says_what_is_collected_how_long_and_how_much_was_done() -> None:
    assert season_lines(TALLY)[0] == ("征缴 2027 年度 · 还有 90 天　今天 3 份 ¥1,200　本季 8 份")


def test_a_notice_counts_on_the_counter_once_it_is_issued(served: CounterWindow) -> None:
    served.counter.session.tally.count()
    line = child(served.window, QPushButton, "season_line")
    assert "今天 1 份 ¥400　本季 1 份" in line.toolTip()


def test_the_line_opens_the_pictures_and_esc_leads_back(served: CounterWindow) -> None:
    child(served.window, QPushButton, "season_line").click()
    assert served.text("season_title") == "今天 2025-03-05"
    assert served.text("season_valid") == "1 份有效"
    assert served.text("season_total") == "¥400.00"
    assert child(served.window, BarChart, "season_chart_0").accessibleDescription() == "9 时 1"
    served.press("Esc")
    assert served.focus() == "id_number"


def test_the_pictures_are_a_table_too_and_name_nobody(served: CounterWindow) -> None:
    served.press("Ctrl+8", "Right")
    assert child(served.window, QTabBar, "season_spans").currentIndex() == 1
    assert ["按身份", "普通居民", "1", "0", "1", "¥400.00"] in served.rows("season_table")
    assert "吴建国" not in served.text("season_facts") + repr(served.rows("season_table"))


def test_the_season_is_drawn_by_days_and_amounts_in_yuan() -> None:
    by_day = charts(SeasonState(date(2026, 11, 30), TALLY, SEASON, AMOUNT))[0]
    assert [(bar.label, bar.words) for bar in by_day.bars] == [
        ("11-29", "2,000"),
        ("11-30", "1,200"),
    ]


@pytest.mark.usefixtures("qapp")
def test_the_page_of_a_season_without_notices_is_made_all_the_same() -> None:
    empty = SeasonTally(2027, False, None, None, NONE, NONE)
    assert season_pdf(SeasonState(date(2026, 11, 30), empty), "样张").startswith(b"%PDF")
