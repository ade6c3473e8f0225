"""What a draft means beside it: the year as a strip, the residents, the warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget

from medcounter.assess.facts import Facts
from medcounter.authoring.live.draft_strip import PointedDay, StretchKind, YearStretch, YearStrip
from medcounter.authoring.live.draft_warnings import DraftWarning
from medcounter.authoring.live.row_outcome import RowOutcome
from medcounter.authoring.live.sample_table import RowKind, SampleRow, row_id
from medcounter.authoring.live.ticks import TickMark, TickState
from medcounter.desk.desk import Desk
from tests.gui.counter_window import dress
from tests.support.store.store_samples import AT
from ui.demo.typist import Typist
from ui.views.studio.live.live_side import LiveSide
from ui.views.studio.live.live_work import LiveWork, Meaning
from ui.views.studio.live.sample_view import SampleLine, SampleView, cell_text, row_text, tick_text
from ui.views.studio.live.strip_view import StripView, benefit_spans, day_text
from ui.views.studio.live.warning_list import WarningList, warning_text
from ui.views.studio.live.who_lines import who_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FIRST, LAST = date(2025, 9, 1), date(2025, 12, 31)
PAID = date(2025, 10, 15)


def outcome(
    pays: str, waits: str = "不等", covered: str = "2026-01-01 至 2026-12-31"
) -> RowOutcome:
    """What the rules say of somebody."""
    values: dict[str, str | None] = {"coverage.from": covered[:10], "coverage.to": covered[-10:]}
    if waits == "不等":
        values["wait"] = None
    else:
        values |= {"wait.from": "2025-10-15", "wait.to": "2025-12-31"}
    return RowOutcome("", "", "集中征缴期", pays, waits, covered, (), "", values, ("standard",))


def row(name: str, now: RowOutcome, **more: object) -> SampleRow:
    """A resident who pays on a day of October."""
    told = {
        "before": None, "last_year": None, "changed": frozenset(), "moved": frozenset(), **more
    }  # fmt: skip
    facts = Facts("450000", 2026, PAID)
    kind, who = RowKind.SAMPLE, "普通居民"
    return SampleRow(name, kind, facts, who, now, **told)  # type: ignore[arg-type]  # any field


class Shown(Typist):
    """One widget in a window of its own."""

    def __init__(self, qtbot: QtBot, widget: QWidget) -> None:
        super().__init__()
        qtbot.addWidget(widget)
        widget.resize(480, 240)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.setFocus()
        self.focused()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Fonts and colours as a start gives them."""
    dress(qapp)


STRIP = YearStrip(
    2026,
    (
        YearStretch(StretchKind.MAIN, "集中征缴期", ("main",), (), FIRST, LAST),
        YearStretch(
            StretchKind.GAP, "没有规则说到这几天", (), (), date(2026, 1, 1), date(2026, 1, 9)
        ),
    ),
)


def day(at: date, plain: RowOutcome, lapsed: RowOutcome) -> PointedDay:
    """A day of the first stretch."""
    return PointedDay(at, STRIP.stretches[0], plain, lapsed)


def test_the_arrows_move_the_day_and_stop_at_the_ends_of_the_strip(qtbot: QtBot) -> None:
    strip = StripView(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, strip)
    pointed: list[date] = []
    strip.pointed.connect(pointed.append)
    strip.show_strip(STRIP, day(FIRST, outcome("¥400.00"), outcome("¥400.00")))
    shown.press("Left", "Right", "PgDown")
    assert pointed == [date(2025, 9, 2), date(2025, 10, 1)]


def test_the_pointer_names_the_day_below_it(qtbot: QtBot) -> None:
    strip = StripView(None)  # type: ignore[arg-type]  # no parent
    Shown(qtbot, strip)
    strip.show_strip(STRIP, None)
    pointed: list[date] = []
    strip.pointed.connect(pointed.append)
    at = QPointF(strip.width() / 2, 20)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(strip, move)
    # 131 days from 1 September to 9 January: the 66th is the middle one.
    assert pointed == [date(2025, 11, 5)]


def test_wait_and_cover_of_the_day_stand_on_the_strip_and_in_words() -> None:
    waits = outcome("¥400.00", "3 个月，2025-10-15 至 2025-12-31")
    shown = day(PAID, outcome("¥400.00"), waits)
    assert [(span.kind, span.start) for span in benefit_spans(shown)] == [
        ("cover", date(2026, 1, 1))
    ]
    text = day_text(shown)
    assert "缴 ¥400.00；没有等待期" in text
    assert "从未参保的：缴 ¥400.00；等待 3 个月" in text


def test_a_figure_that_changed_is_marked_and_last_years_stands_below_it() -> None:
    changed = row(
        "a", outcome("¥430.00"), changed=frozenset({"pays"}), moved=frozenset({"pays"}),
        last_year=outcome("¥400.00"),
    )  # fmt: skip
    assert cell_text("pays", changed) == "● ¥430.00\n上年 ¥400.00"
    assert cell_text("covered", changed) == "2026-01-01"
    assert "上年：缴 ¥400.00" in row_text(SampleLine(changed, None))


def test_space_ticks_the_marked_resident_and_goes_on_to_the_next(qtbot: QtBot) -> None:
    table = SampleView(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, table)
    ticked: list[str] = []
    table.ticked.connect(ticked.append)
    lines = tuple(SampleLine(row(name, outcome("¥400.00")), None) for name in "abc")
    table.show_lines(lines)
    shown.press("Space", "Space")
    assert ticked == ["a", "b"]


def marked_row(table: SampleView) -> str:
    """Id of the row that is marked."""
    marked = table.marked()
    assert marked is not None
    return marked.row.id


def sample_table(qtbot: QtBot, *states: TickState) -> tuple[SampleView, Shown, list[str]]:
    """A table with rows a, b, c… of these states, and what it tells to tick."""
    table = SampleView(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, table)
    told: list[str] = []
    table.ticked.connect(told.append)
    table.show_lines(
        tuple(
            SampleLine(row(name, outcome("¥400.00")), TickMark(state, ("examples", number)))
            for number, (name, state) in enumerate(zip("abcdef", states, strict=False))
        )
    )
    return table, shown, told


def test_the_row_whose_tick_is_taken_away_and_an_own_example_stay_marked(qtbot: QtBot) -> None:
    table, shown, told = sample_table(qtbot, TickState.TICKED, TickState.OWN, TickState.OPEN)
    shown.press("Space")
    assert (told, marked_row(table)) == (["a"], "a")
    shown.press("Down", "Space")
    assert (told, marked_row(table)) == (["a", "b"], "b")


def test_the_place_stays_marked_where_the_resident_is_gone(qtbot: QtBot) -> None:
    table, shown, _ = sample_table(qtbot, *[TickState.OPEN] * 3)
    shown.press("Down")
    kept = [SampleLine(row(name, outcome("¥400.00")), None) for name in "ac"]
    table.show_lines(tuple(kept))
    assert marked_row(table) == "c"


def test_one_click_on_the_box_ticks_and_one_beside_it_marks_alone(qtbot: QtBot) -> None:
    table, _, told = sample_table(qtbot, *[TickState.OPEN] * 3)
    model, left = table.model(), Qt.MouseButton.LeftButton
    for row_number, column in ((2, 0), (1, 1)):
        at = table.visualRect(model.index(row_number, column)).center()
        QTest.mouseClick(table.viewport(), left, pos=at)
    assert told == ["c"]
    assert marked_row(table) == "b"


def test_home_and_end_go_to_the_first_and_the_last_resident(qtbot: QtBot) -> None:
    table, shown, _ = sample_table(qtbot, *[TickState.OPEN] * 6)
    pointed: list[str] = []
    table.pointed.connect(lambda line: pointed.append(line.row.id))
    shown.press("End", "Home")
    assert pointed == ["f", "a"]
    assert marked_row(table) == "a"


def test_an_own_example_has_a_mark_of_its_own_and_says_where_it_is_edited() -> None:
    for state, mark in ((TickState.OWN, "例"), (TickState.OWN_FAILS, "例✗")):
        line = SampleLine(row("a", outcome("¥400.00")), TickMark(state, ("examples", 0)))
        assert tick_text(line) == mark
        assert "到“算例”一节去改" in row_text(line)


def meaning(rows: tuple[SampleRow, ...], *warnings: DraftWarning, **ticks: TickMark) -> Meaning:
    """A meaning with these rows and warnings."""
    return Meaning(STRIP, None, rows, ticks, warnings, checked=True)


def test_a_warning_that_asks_for_a_tick_leads_to_that_row(qtbot: QtBot) -> None:
    side = LiveSide(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, side)
    wanted: list[object] = []
    side.wanted.connect(wanted.append)
    other = Facts("450000", 2026, date(2025, 11, 2))
    named = replace(row("x", outcome("¥400.00")), id=row_id(other), facts=other)
    path = ("programmes", 0, "rules", 0)
    asks = DraftWarning("figure-unpinned", path, "x", "请核对这一行并打勾。", shown_by=other)
    gone = replace(asks, shown_by=Facts("450000", 2026, date(2025, 11, 3)))
    side.show_meaning(meaning((row("a", outcome("¥400.00")), named), asks, gone))
    samples, warnings, _ = side.panes()
    warnings.setFocus()
    shown.press("Home", "Return")
    assert wanted == []
    assert samples.hasFocus()
    assert marked_row(samples) == named.id  # type: ignore[arg-type]  # the first pane
    warnings.setFocus()
    shown.press("Down", "Return")
    assert wanted == [path], "a resident who is no row any more leads to the field"


def test_enter_on_an_own_example_leads_to_it(qtbot: QtBot) -> None:
    side = LiveSide(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, side)
    wanted: list[object] = []
    side.wanted.connect(wanted.append)
    rows = (row("a", outcome("¥400.00")), row("b", outcome("¥400.00")))
    side.show_meaning(meaning(rows, b=TickMark(TickState.OWN, ("examples", 7))))
    side.panes()[0].setFocus()
    shown.press("Return", "End", "Return")
    assert wanted == [("examples", 7)]


def test_the_marked_resident_stays_marked_when_others_come_before(qtbot: QtBot) -> None:
    table = SampleView(None)  # type: ignore[arg-type]  # no parent
    Shown(qtbot, table)
    kept = SampleLine(row("b", outcome("¥400.00")), None)
    table.show_lines((kept,))
    table.show_lines((SampleLine(row("a", outcome("¥1.00")), None), kept))
    marked = table.marked()
    assert marked is not None
    assert marked.row.id == "b"


def test_a_tick_that_no_longer_holds_says_what_came_out_otherwise() -> None:
    mark = TickMark(TickState.CHANGED, ("examples", 0), ("缴费合计原来是“400.00”。",))
    line = SampleLine(row("a", outcome("¥430.00")), mark)
    assert tick_text(line) == "✗"
    assert "缴费合计原来是“400.00”。" in row_text(line)


def test_enter_on_a_warning_asks_for_its_field(qtbot: QtBot) -> None:
    warnings = WarningList(None)  # type: ignore[arg-type]  # no parent
    shown = Shown(qtbot, warnings)
    wanted: list[object] = []
    warnings.wanted.connect(wanted.append)
    path = ("programmes", 0, "rules", 0, "when", "to")
    warnings.show_warnings(
        (DraftWarning("closed-between", path, "x", "有 3 天不能缴费。"),), checked=True
    )
    warnings.show_row(0)
    shown.press("Return")
    assert [one.path for one in wanted] == [path]  # type: ignore[attr-defined]  # warnings


def test_a_warning_says_by_its_mark_whether_it_blocks_and_whether_it_was_answered() -> None:
    assert warning_text(DraftWarning("hole", (), "", "有空档。")).startswith("✗")
    assert warning_text(DraftWarning("no-example", (), "", "没有算例。")).startswith("⚠")
    answered = DraftWarning("no-example", (), "", "没有算例。", "公告没有例子")
    assert warning_text(answered) == "✓ 没有算例。（已答：公告没有例子）"


WHO = "普通居民，1980-06-15 出生（缴费时 44 周岁），2024-10-21 退出现役"


@pytest.mark.parametrize("room", [16, 20, 26, 40, 80])
def test_a_long_name_loses_its_middle_and_never_the_payment_day(room: int) -> None:
    lines = who_lines(WHO, "，2024-10-31 缴", room, 2, len)
    assert len(lines) <= 2
    assert all(len(line) <= room for line in lines)
    assert lines[-1].endswith("，2024-10-31 缴")
    assert "".join(lines)[:5] == "普通居民，"


def test_a_name_that_has_room_stands_on_one_line_and_breaks_within_no_day() -> None:
    assert who_lines("普通居民", "，2024-10-31 缴", 40, 2, len) == ("普通居民，2024-10-31 缴",)
    # The thirteenth sign lies within the date of birth, which begins with the sixth.
    born = "普通居民，1980-06-15 出生"
    assert who_lines(born, "，缴", 13, 2, len) == ("普通居民，", "… 出生，缴")
    # No sign of the name fits beside the day.
    assert who_lines(born, "，2024-10-31", 11, 2, len) == ("普通居民，", "2024-10-31")


def test_no_row_of_the_residents_cuts_its_day_or_last_years_figure(qtbot: QtBot) -> None:
    table = SampleView(None)  # type: ignore[arg-type]  # no parent
    Shown(qtbot, table)
    moved = frozenset({"pays", "covered"})
    long = replace(
        row("a", outcome("¥1430.00"), moved=moved, changed=moved, last_year=outcome("¥1400.00")),
        person=WHO,
    )
    table.show_lines((SampleLine(long, None),))
    for width in (410, 440, 560):
        table.resize(width, 240)
        QApplication.processEvents()
        metrics, line = table.fontMetrics(), metrics_room(table)
        for column in range(table.model().columnCount()):
            option = QStyleOptionViewItem()
            index = table.model().index(0, column)
            table.itemDelegate().initStyleOption(option, index)  # type: ignore[attr-defined]  # Qt's own
            texts = option.text.splitlines()  # type: ignore[attr-defined]  # unknown to the stubs
            assert all(metrics.horizontalAdvance(one) <= line(column) for one in texts), texts
            assert metrics.lineSpacing() * len(texts) <= table.rowHeight(0)
        assert "\n".join(table.shown_name(0)).endswith("2025-10-15 缴")


def metrics_room(table: SampleView) -> Callable[[int], int]:
    """What the style leaves of a column for text."""

    def room(column: int) -> int:
        option = QStyleOptionViewItem()
        table.initViewItemOption(option)
        index = table.model().index(0, column)
        table.itemDelegate().initStyleOption(option, index)  # type: ignore[attr-defined]  # Qt's own
        option.rect = table.visualRect(index)  # type: ignore[attr-defined]  # unknown to the stubs
        part = QStyle.SubElement.SE_ItemViewItemText
        return table.style().subElementRect(part, option, table).width()

    return room


def test_the_warnings_take_what_they_need_and_leave_the_rest_to_the_residents(
    qtbot: QtBot,
) -> None:
    side = LiveSide(None)  # type: ignore[arg-type]  # no parent
    Shown(qtbot, side)
    side.resize(480, 640)
    rows = tuple(row(name, outcome("¥400.00")) for name in "abc")
    many = [DraftWarning("hole", (), f"{n}", "有空档。") for n in range(40)]
    samples, warnings, _ = side.panes()
    heights = []
    for count in (0, 4, 40):
        side.show_meaning(meaning(rows, *many[:count]))
        QApplication.processEvents()
        heights.append(warnings.height())
        assert samples.height() >= 4 * side.fontMetrics().height()
    assert heights[0] < heights[1] < heights[2]
    assert heights[0] < 5 * side.fontMetrics().height()
    assert warnings.height() < side.height() // 2
    four = many[:4]
    side.show_meaning(meaning(rows, *four))
    QApplication.processEvents()
    assert warnings.height() == heights[1]


def test_what_a_draft_means_is_shown_though_the_window_asked_for_it_meanwhile(
    qtbot: QtBot, own_data_dir: Path
) -> None:
    desk = Desk.open(own_data_dir, AT)
    owner = QObject()
    work = LiveWork(frozenset, owner)
    for _ in range(4):
        draft = desk.authoring.begin_from("guangxi-2025", AT)
        with qtbot.waitSignal(work.meant, timeout=20_000):
            work.begin(draft)
            # As F9 or a tick does while a thread works it out.
            assert draft.live.year == 2025
        work.leave()
    work.stop()
    desk.close(with_backup=False)
