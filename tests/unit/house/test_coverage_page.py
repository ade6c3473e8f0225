"""The page of what is covered names every province, and says how sure it is."""

import pytest

from tools.covered_places import (
    ASSUMED,
    CONFIRMED,
    MISSING,
    PARTS,
    PROVINCES,
    UNSETTLED,
    coverage_page,
    mark,
    open_parts,
    signs,
    told,
)

BOOK = open_parts(PARTS)


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of a section's table, by their first two cells."""
    section = coverage_page().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return {" ".join(row[:2]): row[2:] for row in cells[2:]}


def test_all_provinces_and_the_corps_have_a_row() -> None:
    assert len(PROVINCES) == 32
    assert list(rows("全国一览")) == [" ".join(one) for one in PROVINCES]


def test_a_province_without_rules_says_that_only_the_nation_s_mechanism_holds() -> None:
    assert rows("全国一览")["330000 浙江省"][0] == "只有全国机制"


def test_provinces_bear_the_names_of_the_national_table() -> None:
    for code, name in PROVINCES:
        assert BOOK.name(code) in {None, name}


def test_every_place_and_year_with_rules_of_its_own_has_a_row() -> None:
    own = {
        f"{BOOK.name(one.region)} {year}"
        for one in BOOK.bundle.programmes
        for year in range(one.benefit_years.start, one.benefit_years.end + 1)
        if one.scheme == "resident" and BOOK.programme(one.region, "resident", year)
    }
    assert set(rows("各地各年度")) == own


def test_beijing_s_row_says_what_the_notice_says_and_what_it_leaves_open() -> None:
    assert told(BOOK, "110000", 2026) == [
        f"{CONFIRMED} 2025-11-30 至 2026-02-28",
        f"{CONFIRMED} 795.00",
        f"{CONFIRMED} 2026-01-01",
        f"{ASSUMED} 等待 3 个月，795.00 元",
        f"{UNSETTLED} 2026-04-01",
    ]


def test_a_fee_that_no_source_gives_is_missing() -> None:
    assert told(BOOK, "320500", 2026)[1] == MISSING


def test_a_year_before_lapses_count_says_so() -> None:
    assert told(BOOK, "110000", 2025)[-1] == "不计"


@pytest.mark.parametrize(
    ("found", "sign"),
    [
        ([], CONFIRMED),
        ([("fee.total", "assumed")], ASSUMED),
        ([("fee.total", "assumed"), ("fee", "unsettled")], UNSETTLED),
        ([("coverage.from", "unsettled")], CONFIRMED),
    ],
)
def test_the_sign_is_the_least_sure_of_the_fields_asked(
    found: list[tuple[str, str]], sign: str
) -> None:
    answer = {"doubts": [{"field": field, "status": status} for field, status in found]}
    assert mark(answer, "400.00", "fee.total") == sign
    assert mark(answer, None, "fee.total") == MISSING


def test_signs_stand_in_the_order_of_the_columns() -> None:
    assert signs(["● a", "—", "◐ b", "○ c", "不计"]) == "时● 价— 始◐ 后○"
    assert signs([MISSING] * 5) == ""


def test_every_place_and_year_stands_once_under_what_is_still_open_of_it() -> None:
    text = coverage_page().partition("## 各地还要核实什么\n")[2].partition("\n## ")[0]
    lines = [line.removeprefix("* ") for line in text.splitlines() if line.startswith("* ")]
    named = [
        (one, left)
        for left, _, all_of in (x.partition("：") for x in lines)
        for one in all_of.split("、")
    ]
    assert sorted(one for one, _ in named) == sorted(rows("各地各年度"))
    left = dict(named)
    # Beijing 2025: only the price after the period is not stated; Guangzhou's fee was cut off.
    assert left["北京市 2025"] == "后◐"
    assert "价—" in left["广东省广州市 2026"]
