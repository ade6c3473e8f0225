"""Which year is collected at a place on a day, by its rules or by the nation's usual season."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_edits import EditContext, changed
from medcounter.desk.draft.place_choice import NO_RULES, place_rows, year_rows
from medcounter.desk.draft.season import season, year_in_season
from medcounter.desk.evaluate.banner import season_sentence
from medcounter.desk.roster.roster_list import RosterList, read_or_ask
from medcounter.roster.reading.codes import Codes
from medcounter.roster.reading.inquiry import ListAnswers
from medcounter.roster.reading.person_reader import Wanted
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.roster_samples import people, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

JIANGXI, BARE = "360000", "810000"


# Rule book: Jiangxi 2025 is collected 2024-09-15 to 2025-02-28, 2026 from 2025-10-15 to
# 2026-02-28; the nation's usual season is 1 September to the end of February.
@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2025, 2, 28), 2025),
        (date(2025, 3, 1), None),
        (date(2025, 10, 14), None),
        (date(2025, 10, 15), 2026),
        (date(2026, 2, 28), 2026),
    ],
)
def test_the_year_collected_is_the_one_whose_window_holds(on: date, year: int | None) -> None:
    found = season(JIANGXI, "resident", shipped_book(), on)
    assert (found.year, found.missing) == (year, False)


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), 2027),
        (date(2027, 2, 28), 2027),
        (date(2027, 3, 1), None),
    ],
)
def test_where_rules_are_missing_the_nations_usual_season_holds(on: date, year: int | None) -> None:
    found = season(BARE, "resident", shipped_book(), on)
    assert found.year == year
    assert found.missing or year is None


def test_a_day_between_the_seasons_takes_the_nearest_year_with_rules() -> None:
    assert year_in_season(JIANGXI, "resident", shipped_book(), date(2025, 5, 1)) == 2025
    assert year_in_season(BARE, "resident", shipped_book(), date(2026, 5, 1)) == 2026


def test_the_sentence_names_year_window_and_days_left() -> None:
    on = date(2026, 2, 1)
    said = season_sentence(season(JIANGXI, "resident", shipped_book(), on), "江西省", on)
    assert "2026 年度" in said
    assert "2025-10-15 至 2026-02-28" in said
    assert "还有 27 天" in said


def test_the_sentence_without_rules_says_so_and_that_it_is_assumed() -> None:
    on = date(2027, 2, 28)
    said = season_sentence(season(BARE, "resident", shipped_book(), on), "香港", on)
    assert said.startswith("没有收录香港 2027 年度的规则")
    assert "推定" in said
    assert "到这一天为止" in said


def test_a_place_chosen_keeps_a_year_it_has_and_else_takes_the_one_in_season() -> None:
    book, on = shipped_book(), date(2026, 1, 10)
    context = EditContext(book, on, None)
    draft = Draft(region=JIANGXI, benefit_year=2025)
    assert changed(draft, "region", "361000", context).benefit_year == 2025
    assert changed(draft, "region", BARE, context).benefit_year == 2026


def test_a_year_in_season_elsewhere_does_not_follow_to_the_next_place() -> None:
    # Tongren's rules begin with 2026, Jiangxi has 2025 and 2026.
    context = EditContext(shipped_book(), date(2025, 3, 5), None)
    draft = Draft(region=JIANGXI, benefit_year=2025)
    for place in ("520600", "430000", BARE, JIANGXI):
        draft = changed(draft, "region", place, context)
    assert draft.benefit_year == 2025


def test_the_kind_of_scheme_stays_when_the_place_changes() -> None:
    context = EditContext(shipped_book(), date(2025, 3, 5), None)
    draft = Draft(region="130000", scheme="flexible", benefit_year=2025)
    assert changed(draft, "region", JIANGXI, context).scheme == "flexible"


def test_years_to_choose_are_those_with_rules_and_those_that_run() -> None:
    rows = year_rows(shipped_book(), BARE, "resident", date(2026, 11, 29))
    assert [(row.year, row.covered) for row in rows] == [(2027, False), (2026, False)]


def test_places_say_what_the_rules_know_of_them() -> None:
    book = shipped_book()
    assert place_rows(book, "xgtb", "resident")[0].note == NO_RULES
    nanchang = next(row for row in place_rows(book, "nanchang", "resident") if "市" in row.name)
    assert "用江西省的规则" in nanchang.note
    assert [row.code for row in place_rows(book, "", "resident")] == [
        choice.code for choice in book.regions()
    ]


def test_a_list_of_a_place_without_rules_says_so_in_one_sentence(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", people(3))
    wanted = Wanted(date(2026, 11, 29), BARE, 2027)
    brought = read_or_ask(path, wanted, shipped_book(), ListAnswers(), lambda _done: True)
    assert isinstance(brought, RosterList)
    assert [result.line for result in brought.results] == [None] * 3
    assert brought.left[0].startswith("3 人没有测算，不能出单：")
    assert BARE in brought.left[0]


@pytest.mark.parametrize(
    ("named", "code"),
    [("广东省广州市", "440100"), ("广州市", "440100"), ("西藏自治区", "540000")],
)
def test_a_list_may_name_any_place_of_the_nation(named: str, code: str) -> None:
    assert Codes(shipped_book()).region(named) == code


def test_with_nothing_typed_the_places_of_the_hall_come_first_and_the_rest_by_province() -> None:
    book = shipped_book()
    rows = place_rows(book, "", "resident", ("361000", "360000"))
    assert [(row.code, row.group) for row in rows[:2]] == [
        ("361000", "本厅常用"),
        ("360000", "本厅常用"),
    ]
    rest = rows[2:]
    assert {row.code for row in rows} == {choice.code for choice in book.regions()}
    assert all(row.group for row in rest)
    groups = [row.group for row in rest]
    turns = [group for before, group in pairwise(["", *groups]) if group != before]
    assert len(turns) == len(set(turns))
    assert {row.group for row in rest if row.code.startswith("13")} == {"河北省"}


def test_what_is_typed_is_listed_without_headings() -> None:
    assert {row.group for row in place_rows(shipped_book(), "nc", "resident", ("361000",))} == {""}
