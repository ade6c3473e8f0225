"""The charts and the texts of a day and a season, from what was counted.

Returns records; adds up nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medcounter.money import FEN_IN_YUAN, show_money
from medcounter.wording.terms import UNSETTLED_AMOUNT

from ...widgets.record_model import END, Column
from .bar_chart import Chart, ChartBar

if TYPE_CHECKING:
    from datetime import date

    from medcounter.desk.day.tally import NoticeTally, SeasonTally, TallyLine

TODAY, SEASON = "today", "season"
NOTICES, AMOUNT = "notices", "amount"


@dataclass(frozen=True, slots=True)
class SeasonState:
    """Everything the view of the season shows.

    Attributes:
        on: Today.
        tally: What was counted.
        span: ``today`` or ``season``.
        measure: ``notices`` or ``amount``.
    """

    on: date
    tally: SeasonTally
    span: str = TODAY
    measure: str = NOTICES

    @property
    def counted(self) -> NoticeTally:
        """What is shown of it now."""
        return self.tally.today if self.span == TODAY else self.tally.season


def title_text(state: SeasonState) -> str:
    """Name the day or the season."""
    if state.span == TODAY:
        return f"今天 {state.on.isoformat()}"
    return f"{state.tally.year} 年度，{_standing(state.tally)}"


def _standing(tally: SeasonTally) -> str:
    if not tally.collected:
        return "现在不在集中征缴期内"
    if tally.end is None or tally.days_left is None:
        return "正在征缴"
    left = f"还有 {tally.days_left} 天" if tally.days_left else "今天是最后一天"
    return f"征缴到 {tally.end.isoformat()}，{left}"


def figure_texts(counted: NoticeTally) -> tuple[str, str, str]:
    """Write how many are valid, what they come to, and what else there was."""
    whole = counted.whole
    others = [f"出单 {whole.issued} 份", f"作废 {whole.voided} 份"]
    if whole.unpriced:
        others.append(f"金额{UNSETTLED_AMOUNT} {whole.unpriced} 份")
    return f"{whole.valid:,} 份有效", show_money(whole.total), "，".join(others)


def charts(state: SeasonState) -> tuple[Chart, ...]:
    """Return the charts in the order they are read; of one day there is none by days."""
    counted, named = state.counted, "有效份数" if state.measure == NOTICES else "有效金额（元）"
    days = _chart(f"每天的{named}", counted.by_day, state.measure, upright=True)
    hours = _chart(f"各时段的{named}", counted.by_hour, state.measure, upright=True)
    places = _chart(f"各地区的{named}", counted.by_place, state.measure, upright=False)
    people = _chart(f"各身份的{named}", counted.by_identity, state.measure, upright=False)
    return (hours, people, places) if state.span == TODAY else (days, hours, people, places)


def _chart(title: str, lines: tuple[TallyLine, ...], measure: str, *, upright: bool) -> Chart:
    bars = tuple(_bar(line, measure) for line in lines)
    return Chart(title, bars, upright, 1 if measure == NOTICES else FEN_IN_YUAN)


def _bar(line: TallyLine, measure: str) -> ChartBar:
    # A season lies in two years at most, and months and days tell them apart.
    label = line.label[5:] if line.label[4:5] == "-" else line.label
    if measure == NOTICES:
        return ChartBar(label, line.valid, f"{line.valid:,}")
    return ChartBar(label, line.total, f"{line.total // FEN_IN_YUAN:,}")


_Row = tuple[str, "TallyLine"]
SEASON_COLUMNS: tuple[Column[_Row], ...] = (
    Column("kind", "分类", lambda row: row[0], lambda row: row[0]),
    Column("label", "名称", lambda row: row[1].label, lambda row: row[1].label),
    Column("issued", "出单", lambda row: f"{row[1].issued}", lambda row: row[1].issued, END),
    Column("voided", "其中作废", lambda row: f"{row[1].voided}", lambda row: row[1].voided, END),
    Column("valid", "有效", lambda row: f"{row[1].valid}", lambda row: row[1].valid, END),
    Column(
        "total", "有效金额", lambda row: show_money(row[1].total), lambda row: row[1].total, END
    ),
)
