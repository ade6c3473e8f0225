"""Small lists of the shapes that offices send: each gives what its page of findings expects.

The files lie in ``tests/data/lists``; what must come of each was written down by
people who looked at the file, before the reader could.
"""

import json
from pathlib import Path

import pytest

from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.findings import STOPS, Examined
from medcounter.roster.reading.inquiry import QuestionsOpenError
from medcounter.roster.roster_errors import HeadingsDoubledError, ListError
from medcounter.roster.tables.table import open_table
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.list_samples import WANTED, examine, number, written

LISTS = Path(__file__).parents[2] / "data/lists"
# How many people there are and whom nothing stops: all of them.
WHOLE = {
    "a01_title_total_foot.xlsx": 4,
    "a02_two_row_header_split.xlsx": 3,
    "a07_birth_year_month.xlsx": 8,
    "a08_canbao_niandu_2026.xlsx": 3,
    "a08b_same_without_column.xlsx": 3,
    "b02b_date1904.xlsx": 1,
    "c01_fullwidth_comma.csv": 3,
    "c01_gbk.csv": 3,
    "c01_pipe.csv": 3,
    "c01_semicolon.csv": 3,
    "c01_tab_gbk.txt": 3,
    "c01_unicode_text_tab.txt": 3,
    "c01_utf16be_bom.csv": 3,
    "c01_utf16le_bom.csv": 3,
    "c01_utf8.csv": 3,
    "c01_utf8bom.csv": 3,
    "c02_cr_only.csv": 3,
    "c02_gbk_fe9f.csv": 1,
    "c02_gbk_userdefined.csv": 1,
    "c02_rare_gb18030.csv": 4,
    "c02_sep_line.csv": 3,
    "c03_quotes_newlines.csv": 3,
    "c04_excel_text_trick.csv": 3,
    "c04_leading_apostrophe.csv": 3,
    "c04_trailing_tab.csv": 3,
    "c05_semicolons_in_cells.csv": 3,
    "c06_blank_lines_top.csv": 3,
    "c06_ctrlz.csv": 3,
    "d04_household_merged.xlsx": 9,
    "d04b_village_merged_two_columns.xlsx": 3,
    "d06_biff8.xls": 3,
    "d06b_two_row_header.xls": 3,
    "d07_two_row_header.ods": 3,
    "d08_far_space_cell.xlsx": 3,
    "d08b_format_to_the_end.xlsx": 3,
    "d09b_formula_cached.xlsx": 2,
    "d10_strict_ooxml.xlsx": 2,
    "d10b_no_dimension_no_r.xlsx": 2,
    "d10c_wrong_dimension.xlsx": 2,
    "e08_pages_subtotals.xlsx": 4,
    "e12_id_type_column.xlsx": 3,
    "f04_area_codes_in_issues.xlsx": 15,
}
# Rows that must be stopped, by their cells; whoever is not named is taken.
STOPPED = {
    "a11_tick_columns.xlsx": {"F5"},
    "a12_formula_errors.xlsx": {"C2", "D3", "B4", "A5", "B5"},
    "a13_category_other.xlsx": {"C2", "C3", "C4", "C5"},
    # The row that numbers the columns: (1), (2), (3).
    "a03b_second_header_row_unmerged.xlsx": {"B2", "C2", "D2"},
    "d03_starts_at_C5.xlsx": {"D7"},
    "d04c_person_merged_two_rows.xlsx": {"B3"},
    # 已确认, 未确认 and 是（已办） are neither yes nor no.
    "e01_yes_no_marks.xlsx": {"D11", "D12", "D13"},
    # A person without a name, and one without a number.
    "e05_blank_name_rows.xlsx": {"B3", "C4"},
    # 江西, 赣州, 江西赣州, 36, 本县 and 赣州市章贡区 are no whole name and no code.
    "e06_region.xlsx": {"C3", "C4", "C7", "C10", "C13", "C14"},
    "e07_sex_contradiction.xlsx": {"B2", "B3"},
}
# At least these.
AMONG = {
    "b01_id_forms.xlsx": {"B28", "B29"},
    "b02_birth_forms.xlsx": {"C26", "C27"},
    "e02_insured_years.xlsx": {"C13", "C22"},
    "e04_names.xlsx": {"A25", "A26", "A27", "A35", "A38", "A39"},
    "d05_duplicates.xlsx": {"C7"},
}
SAID = {
    "c07_empty.csv": "空文件",
    "c07_empty.xlsx": "空文件",
    "c07_html_as.xls": "网页格式",
    "c07_jpg.xls": "图片",
    "c07_mht.xls": "网页格式",
    "c07_pdf.xlsx": "PDF",
    "c07_rar.xlsx": "压缩文件",
    "c07_xml2003_as.xls": "XML 2003",
    "c07_docx.xlsx": "不是能读的名单",
    "c07_zip_of_csv.xlsx": "不是能读的名单",
    "c06_nul.csv": "不是能读的名单",
    "c06_one_bad_byte_utf8.csv": "第 2 行",
    "c03_stray_quote.csv": "第 3 行",
    "c01_spaces.txt": "用空格隔开",
    "c06_big5.csv": "Big5",
    "c06_truncated_gbk.csv": "最后一行（第 4 行）",
    "c01_utf16le_nobom.csv": "不是能读的名单",
    "e14_newborn_list_without_id_column.xlsx": "加一列空的“证件号码”",
}


def stopped(path: Path) -> set[str]:
    """The cells that stop a row."""
    return {
        finding.place.shown.partition("!")[2].split()[0]
        for one in examine(path)
        for finding in one.findings
        if finding.level == STOPS
    }


def noted(path: Path) -> set[str]:
    """The cells with a note."""
    return {
        finding.place.shown.partition("!")[2].split()[0]
        for one in examine(path)
        for finding in one.findings
        if finding.level != STOPS
    }


def villages(found: list[Examined]) -> list[str]:
    return [one.person.village for one in found if one.person]


@pytest.mark.parametrize(("name", "count"), WHOLE.items())
def test_a_sound_list_of_any_shape_is_read_whole(name: str, count: int) -> None:
    found = examine(LISTS / name)
    assert [one.findings for one in found if one.person is None] == []
    assert len(found) == count


@pytest.mark.parametrize(("name", "cells"), STOPPED.items())
def test_whoever_must_be_stopped_is_stopped_at_the_cell_and_nobody_else(
    name: str, cells: set[str]
) -> None:
    assert stopped(LISTS / name) == cells


@pytest.mark.parametrize(("name", "cells"), AMONG.items())
def test_what_was_once_taken_in_silence_is_stopped_at_its_cell(name: str, cells: set[str]) -> None:
    assert cells <= stopped(LISTS / name)


@pytest.mark.parametrize(("name", "words"), SAID.items())
def test_a_file_that_is_no_list_is_called_what_it_is(name: str, words: str) -> None:
    with pytest.raises(ListError, match=words) as caught:
        examine(LISTS / name)
    assert "没有导入任何人" in caught.value.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a05_two_id_columns_head_first.xlsx", ["C1", "E1"]),
        ("d01_sheets_villages.xlsx", ["红星村（续）"]),
        ("d02_hidden_sheet_rows.xlsx", ["2025年", "旧表"]),
        # Whoever was not insured in 2024 would be taken for somebody who was.
        ("a03_two_row_header_merged_down.xlsx", ["“2023”", "“2024”", "“2025”", "已参保年度"]),
        ("e13_struck.ods", ["删除线"]),
        ("e13_struck.xls", ["删除线"]),
    ],
)
def test_what_only_somebody_can_tell_is_asked(name: str, words: list[str]) -> None:
    with pytest.raises(QuestionsOpenError) as caught:
        examine(LISTS / name)
    assert all(word in caught.value.text for word in words)


def test_two_blocks_side_by_side_are_refused_by_their_cells() -> None:
    with pytest.raises(HeadingsDoubledError, match="F1"):
        examine(LISTS / "a06_two_blocks_side_by_side.xlsx")


@pytest.mark.parametrize("pair", json.loads((LISTS / "a04_headings.json").read_text("utf-8")))
def test_every_pair_of_headings_of_the_wild_is_known(tmp_path: Path, pair: list[str]) -> None:
    path = written(tmp_path / "wild.xlsx", {"名单": [pair, ("张三", number(1))]})
    assert [one.person is not None for one in examine(path)] == [True]


def test_no_identity_is_offered_as_the_nearest_of_a_word_that_is_none() -> None:
    found = examine(LISTS / "a10_category_words.xlsx")
    assert not any("最接近" in finding.text for one in found for finding in one.findings)
    known = {one.row for one in found if one.person}
    # 低保户, 农村低保, 特困人员, 五保户, 重残, 中小学生, 城乡居民
    assert {9, 10, 14, 12, 20, 5, 2} <= known


def test_a_lone_quote_makes_nobody_of_three_people() -> None:
    assert [one.person for one in examine(LISTS / "c03_quote_open_name.csv")] == [None]


def test_notes_about_a_number_stand_at_the_number() -> None:
    assert {"B19", "B21"} <= noted(LISTS / "b01_id_forms.xlsx")
    assert noted(LISTS / "f04_area_codes_in_issues.xlsx") == {"B14", "B15", "B16"}


def test_a_name_with_a_circle_or_a_word_in_brackets_is_noted() -> None:
    assert {"A15", "A23"} <= noted(LISTS / "e04_names.xlsx")


def test_a_village_merged_over_columns_stands_beside_each_of_its_people() -> None:
    found = examine(LISTS / "d04b_village_merged_two_columns.xlsx")
    assert villages(found) == ["东风村"] * 3


def test_a_school_and_its_class_are_both_read() -> None:
    # The first pupil's number, drawn by chance, is of 1967 and the day of birth of 2010.
    first, second = examine(LISTS / "f03_school_insurance_list.xlsx")
    assert villages([second]) == ["某小学 02"]
    assert [one.code for one in first.findings] == ["contradiction"]


def test_a_row_of_sums_or_signatures_is_told_and_no_person() -> None:
    for name, rows in (
        ("a01_title_total_foot.xlsx", [8, 9, 10, 11]),
        ("e08_pages_subtotals.xlsx", [4, 10, 11]),
    ):
        doctor = Doctor(open_table(LISTS / name), WANTED, shipped_book())
        assert len(list(doctor.examine())) == 4
        assert [place.row for place in doctor.account.left_out] == rows


def test_every_list_of_the_folder_is_held_by_a_test() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [path.name for path in sorted(LISTS.iterdir()) if path.name not in text] == []
