"""A list somebody brings: every fault is found in its cell, nobody else is touched."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.findings import STOPS, Examined
from medcounter.roster.reading.inquiry import ListAnswers
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.roster_errors import HeadingsMissingError, ListEmptyError
from medcounter.roster.tables.table import open_table
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.roster_samples import (
    BIRTH,
    HEADINGS,
    ID,
    NAME,
    ON,
    UNPAID,
    Cells,
    messy,
    people,
    write_csv,
    write_xlsx,
)

WANTED = Wanted(ON, "360000", 2026)


def examine(path: Path, chosen: dict[str, str] | None = None) -> list[Examined]:
    return list(
        Doctor(open_table(path), WANTED, shipped_book(), ListAnswers(chosen or {})).examine()
    )


def examined(folder: Path, rows: Iterable[Sequence[Any]]) -> list[Examined]:
    return examine(write_xlsx(folder / "list.xlsx", rows))


def stopping(examined: Iterable[Examined]) -> dict[int, str]:
    """The first word that stops each row."""
    return {
        one.row: next(finding.code for finding in one.findings if finding.level == STOPS)
        for one in examined
        if one.person is None
    }


def test_every_fault_of_a_messy_list_is_found_and_nothing_else(tmp_path: Path) -> None:
    brought = messy()
    found = examined(tmp_path, brought.rows)
    faults = stopping(found)
    # A day without rules shows when the list is assessed, not when it is read.
    expected = {row: word for row, word in brought.faults.items() if word != "rules-not-covered"}
    assert faults == expected
    assert len(found) == 4_998
    assert sum(one.person is not None for one in found) == 4_998 - len(expected)


def test_a_fault_names_its_sheet_its_cell_and_its_heading(tmp_path: Path) -> None:
    rows = people(3)
    rows[1][ID] = 360103199001011234.0
    (fault,) = examined(tmp_path, rows)[1].findings
    assert fault.place.shown == "城乡居民参保名单!D5 公民身份号码"
    assert "存成了数字" in fault.text


def test_a_fault_in_a_text_file_names_its_line(tmp_path: Path) -> None:
    rows = people(2)
    rows[1][ID] = ""
    (fault,) = examine(write_csv(tmp_path / "list.csv", rows))[1].findings
    assert fault.place.shown == "第 3 行“公民身份号码”"


def test_a_row_with_several_faults_tells_all_of_them(tmp_path: Path) -> None:
    rows = people(1)
    rows[0][NAME], rows[0][BIRTH], rows[0][UNPAID] = "", "昨儿", "好几年"
    (one,) = examined(tmp_path, rows)
    assert Counter(finding.code for finding in one.findings) == {
        "missing": 1,
        "not-a-date": 1,
        "unreadable": 1,
    }


def test_the_same_person_in_another_sheet_or_row_is_told_where(tmp_path: Path) -> None:
    rows = people(4)
    rows[3] = list(rows[0])
    (fault,) = examined(tmp_path, rows)[3].findings
    assert fault.code == "duplicate-person"
    assert "第 4 行" in fault.text


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_old_number_and_the_new_one_are_one_person(
    tmp_path: Path, order: tuple[int, int]
) -> None:
    numbers = ("360102840229001", "36010219840229001X")
    rows = people(2)
    for row, place in zip(rows, order, strict=True):
        row[NAME], row[ID] = "刘闰", numbers[place]
    assert stopping(examined(tmp_path, rows)) == {5: "duplicate-person"}
    rows[1][NAME] = "刘润"
    assert stopping(examined(tmp_path, rows)) == {5: "two-names"}


@pytest.mark.parametrize("sign", ["-", "/", ".", "--", "_", "—", "·", "−−", "无", "暂无"])
def test_a_dash_for_a_number_without_a_birth_date_is_no_person(tmp_path: Path, sign: str) -> None:
    rows = people(2)
    rows[1][ID] = sign
    assert stopping(examined(tmp_path, rows)) == {5: "missing"}
    rows[1][BIRTH] = "2025-10-01"
    born = examined(tmp_path, rows)[1].person
    assert born is not None
    assert (born.id_number, born.facts.birth_date) == ("", date(2025, 10, 1))


@pytest.mark.parametrize("name", ["同上", "〃", "无", "张?", "□明", "王二、王三", "户主"])
def test_what_names_nobody_stops_its_row(tmp_path: Path, name: str) -> None:
    rows = people(2)
    rows[1][NAME] = name
    assert stopping(examined(tmp_path, rows)) == {5: "not-a-name"}


@pytest.mark.parametrize(
    ("born", "asked"), [("1904-11-20", 1), ("1904-11-21", 0), ("1805-01-01", 1)]
)
def test_an_age_over_120_is_asked_about(tmp_path: Path, born: str, asked: int) -> None:
    # 121 years on the day the list is for, and 120 for whoever was born a day later.
    rows = people(1)
    rows[0][ID], rows[0][BIRTH] = "", born
    (one,) = examined(tmp_path, rows)
    assert one.person is not None
    assert [finding.code for finding in one.findings] == ["age-to-check"] * asked
    assert all("请对照证件核对" in finding.text for finding in one.findings)


def test_two_people_of_one_name_and_birth_without_numbers_are_asked_about(tmp_path: Path) -> None:
    rows = people(2)
    for row in rows:
        row[NAME], row[ID], row[BIRTH] = "王安", "", "2025-10-01"
    assert stopping(examined(tmp_path, rows)) == {5: "duplicate-person"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_gives_the_same_people_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    rows = people(50)
    plain = examine(write_csv(tmp_path / "plain.csv", rows))
    other = examine(write_csv(tmp_path / "other.csv", rows, encoding))
    assert other == plain
    assert sum(one.person is not None for one in plain) == 50


def test_a_column_with_a_heading_of_its_own_is_chosen_by_hand(tmp_path: Path) -> None:
    headings = tuple("证号" if one == "公民身份号码" else one for one in HEADINGS)
    path = write_xlsx(tmp_path / "list.xlsx", people(3), headings)
    with pytest.raises(HeadingsMissingError, match="证件号码"):
        examine(path)
    chosen = list(examine(path, {"证号": "id_number"}))
    assert len(chosen) == 3
    assert all(one.person for one in chosen)


def test_a_list_without_headings_or_without_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HeadingsMissingError):
        examine(write_xlsx(tmp_path / "a.xlsx", people(2), ["x"] * len(HEADINGS)))
    with pytest.raises(ListEmptyError):
        examine(write_xlsx(tmp_path / "b.xlsx", []))


def test_a_million_empty_rows_before_the_end_cost_nothing(tmp_path: Path) -> None:
    blank: Cells = [""] * len(HEADINGS)
    rows = [*people(2), *[blank] * 20_000, *people(3, seed=9)[2:]]
    assert len(examined(tmp_path, rows)) == 3
