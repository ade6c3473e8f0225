"""What must be said of a list before anybody of it is taken, and what is told of the rest."""

from pathlib import Path

import pytest
import xlsxwriter

from medcounter.roster.reading.doctor import Doctor, left_sentences
from medcounter.roster.reading.findings import Examined
from medcounter.roster.reading.inquiry import ListAnswers, QuestionsOpenError
from medcounter.roster.roster_errors import HeadingsDoubledError, ListError
from medcounter.roster.tables.table import open_table
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.list_samples import HEADS, WANTED, Rows, examine, number, written


def answered(path: Path, *codes: str) -> list[Examined]:
    """Examine a list, each of its questions answered in turn."""
    said = ListAnswers()
    for code in codes:
        with pytest.raises(QuestionsOpenError) as caught:
            list(Doctor(open_table(path), WANTED, shipped_book(), said).examine())
        [question] = caught.value.questions
        assert code in {choice.code for choice in question.choices}
        said = ListAnswers({}, {**said.answers, question.text: code})
    return list(Doctor(open_table(path), WANTED, shipped_book(), said).examine())


def refusal(path: Path, error: type[ListError]) -> str:
    with pytest.raises(error) as caught:
        examine(path)
    assert "没有导入任何人" in caught.value.text
    return caught.value.text


def test_two_columns_of_numbers_are_never_paired_by_chance(tmp_path: Path) -> None:
    heads = ("户主", "身份证号码", "参保人姓名", "身份证号码")
    rows = [heads, ("王大", number(1), "王小", number(2))]
    path = written(tmp_path / "two.xlsx", {"名单": rows})
    text = refusal(path, QuestionsOpenError)
    assert "B1“身份证号码”和 D1“身份证号码”" in text
    assert number(1) not in text
    assert number(2)[-4:] in text
    for cell, whose in (("B1", number(1)), ("D1", number(2))):
        [one] = answered(path, cell)
        assert one.person is not None
        assert (one.person.name, one.person.id_number) == ("王小", whose)


def test_two_lists_side_by_side_are_refused_by_their_cells(tmp_path: Path) -> None:
    rows = [(*HEADS[:2], "", *HEADS[:2]), ("张三", number(1), "", "李四", number(2))]
    text = refusal(written(tmp_path / "beside.xlsx", {"名单": rows}), HeadingsDoubledError)
    assert "A1“姓名”和 D1“姓名”" in text


def test_two_columns_of_identities_may_both_count(tmp_path: Path) -> None:
    heads = (*HEADS[:2], "人员类别", "困难类别")
    rows = [heads, ("张三", number(1), "低保", "重残"), ("李四", number(2), "", "特困")]
    path = written(tmp_path / "two.xlsx", {"名单": rows})
    both = [one.person.facts.categories for one in answered(path, "all") if one.person]
    assert both == [("low-income", "severely-disabled"), ("destitute",)]
    one = [one.person.facts.categories for one in answered(path, "C1") if one.person]
    assert one == [("low-income",), ()]


@pytest.mark.parametrize(
    "pair", [("姓名", "学生姓名"), ("人员类别", "困难类别"), ("断保年数", "断缴年数")]
)
def test_two_headings_of_one_meaning_are_refused_by_their_cells(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    heads = ("姓名", "身份证号码") if "姓名" not in pair else ("身份证号码",)
    path = written(tmp_path / "two.xlsx", {"名单": [(*heads, *pair), ("张三", number(1))]})
    assert all(f"“{word}”" in refusal(path, QuestionsOpenError) for word in pair)


def test_people_above_the_headings_that_were_found_are_named(tmp_path: Path) -> None:
    rows = [("姓名", "身份证号码"), ("张三", number(1)), HEADS, ("李四", number(2), "1988-07-12")]
    path = written(tmp_path / "above.xlsx", {"名单": rows})
    assert "表头（第 3 行）上面还有人" in refusal(path, QuestionsOpenError)
    assert [one.row for one in answered(path, "leave")] == [4]


def test_a_sheet_of_people_without_headings_is_named(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "东村": [HEADS[:2], ("张三", number(1))],
        "西村": [("李四", number(2))],
    }
    path = written(tmp_path / "two.xlsx", sheets)
    assert "“西村”没有读懂表头" in refusal(path, QuestionsOpenError)
    assert [one.person.name for one in answered(path, "leave") if one.person] == ["张三"]


def test_a_hidden_sheet_of_people_is_named(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "今年": [HEADS[:2], ("张三", number(1))],
        "去年": [HEADS[:2], ("李四", number(2))],
    }
    path = written(tmp_path / "hidden.xlsx", sheets, hidden=["去年"])
    assert "“去年”是隐藏的" in refusal(path, QuestionsOpenError)
    for code, names in (("leave", ["张三"]), ("read", ["张三", "李四"])):
        assert [one.person.name for one in answered(path, code) if one.person] == names


def test_a_sheet_without_headings_is_known_by_numbers_kept_as_numbers_too(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "东村": [HEADS[:2], ("张三", number(1))],
        "西村": [("李四", float(number(2).replace("X", "0")))],
    }
    path = written(tmp_path / "two.xlsx", sheets)
    assert "“西村”没有读懂表头" in refusal(path, QuestionsOpenError)


def test_people_who_are_struck_through_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "struck.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("名单")
    struck = book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, HEADS[:2])
    sheet.write_row(1, 0, ("张三", number(1)), struck)
    sheet.write_row(2, 0, ("李四", number(2)))
    sheet.write_string(2, 5, "不要了", struck)
    book.close()
    assert "删除线" in refusal(path, QuestionsOpenError)
    for code, names in (("leave", ["李四"]), ("read", ["张三", "李四"])):
        assert [one.person.name for one in answered(path, code) if one.person] == names


@pytest.mark.parametrize(("heading", "cell"), [("备注", "低保户"), ("", "低保"), ("", "√")])
def test_a_column_that_is_not_read_and_names_an_identity_is_asked_about(
    tmp_path: Path, heading: str, cell: str
) -> None:
    rows = [(*HEADS[:2], heading), ("张三", number(1), cell), ("李四", number(2), "")]
    path = written(tmp_path / "remarks.xlsx", {"名单": rows})
    assert "C1" in refusal(path, QuestionsOpenError)
    taken = [one.person.facts.categories for one in answered(path, "leave") if one.person]
    assert taken == [(), ()]
    first, second = answered(path, "read")
    assert second.person is not None
    if cell == "√":
        assert first.findings[0].code == "unknown-code"
    else:
        assert first.person is not None
        assert first.person.facts.categories == ("low-income",)


def test_a_column_left_out_by_hand_is_not_asked_about(tmp_path: Path) -> None:
    rows = [(*HEADS[:2], "备注"), ("张三", number(1), "低保")]
    path = written(tmp_path / "remarks.xlsx", {"名单": rows})
    doctor = Doctor(open_table(path), WANTED, shipped_book(), ListAnswers({"备注": ""}))
    assert [one.person is not None for one in doctor.examine()] == [True]


def test_an_answer_counts_for_the_very_same_question_alone(tmp_path: Path) -> None:
    heads = ("姓名", "身份证号", "身份证号码")
    path = written(tmp_path / "1.xlsx", {"名单": [heads, ("张三", number(1), number(2))]})
    with pytest.raises(QuestionsOpenError) as caught:
        examine(path)
    said = ListAnswers({}, {caught.value.questions[0].text: "B1"})
    moved = written(
        tmp_path / "2.xlsx", {"名单": [("", *heads), ("", "张三", number(1), number(2))]}
    )
    with pytest.raises(QuestionsOpenError):
        list(Doctor(open_table(moved), WANTED, shipped_book(), said).examine())


def test_every_row_column_and_sheet_that_is_not_taken_is_told(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "名单": [
            ("填报单位：东村",),
            ("序号", *HEADS[:2], "电话"),
            (1, "张三", number(1), "", "", "见附件"),
            (2, "", "", "0791-88881234"),
            ("合计", "1人"),
        ],
        "说明": [("请于月底前交回",)],
        "空": [],
    }
    doctor = Doctor(open_table(written(tmp_path / "l.xlsx", sheets)), WANTED, shipped_book())
    assert [one.row for one in doctor.examine()] == [3]
    assert left_sentences(doctor) == (
        "1 行是合计、签名一类，没有算入：名单!第 5 行。",
        "1 行没有姓名、证件号码和出生日期，没有算入：名单!第 4 行。",
        "1 行在表头上面，没有算入：名单!第 1 行。",
        "没有读的工作表：说明。",
        "工作表“名单”里没有用到的列：序号、电话、F 列（没有表头）。",
    )


def test_headings_of_other_columns_below_are_asked_about(tmp_path: Path) -> None:
    rows = [
        (*HEADS[:2], "人员类别"),
        ("张三", number(1), "低保"),
        ("人员类别", *HEADS[:2]),
        ("特困", "李四", number(2)),
    ]
    path = written(tmp_path / "two.xlsx", {"名单": rows})
    assert "第 3 行又是表头，列与第 1 行不同" in refusal(path, QuestionsOpenError)
    assert [one.row for one in answered(path, "leave")] == [2]


def test_words_like_a_heading_in_the_column_of_numbers_are_asked_about(tmp_path: Path) -> None:
    rows = [HEADS[:2], ("张三", number(1)), ("手机", "有效证件号"), ("138", number(2))]
    path = written(tmp_path / "two.xlsx", {"名单": rows})
    assert "第 3 行的证件号码写着“有效证件号”" in refusal(path, QuestionsOpenError)
    assert [one.row for one in answered(path, "leave")] == [2]
    assert [one.row for one in answered(path, "read")] == [2, 3, 4]


def test_headings_that_stand_there_once_more_are_named(tmp_path: Path) -> None:
    rows = [HEADS[:2], ("张三", number(1)), HEADS[:2], ("李四", number(2))]
    path = written(tmp_path / "pages.xlsx", {"名单": rows})
    doctor = Doctor(open_table(path), WANTED, shipped_book())
    assert [one.row for one in doctor.examine()] == [2, 4]
    assert left_sentences(doctor) == ("1 行是重复的表头，没有算入：名单!第 3 行。",)


@pytest.mark.parametrize(
    ("heading", "asked"), [("有效号", True), ("", True), ("监护人身份证号", False), ("卡号", False)]
)
def test_numbers_in_a_column_that_is_not_read_are_asked_about_unless_it_says_whose(
    tmp_path: Path, heading: str, *, asked: bool
) -> None:
    path = written(
        tmp_path / "own.xlsx", {"名单": [(*HEADS[:2], heading), ("张三", number(1), number(2))]}
    )
    if not asked:
        assert [one.person.id_number for one in examine(path) if one.person] == [number(1)]
        return
    assert "C1" in refusal(path, QuestionsOpenError)
    for code, whose in (("leave", number(1)), ("read", number(2))):
        assert [one.person.id_number for one in answered(path, code) if one.person] == [whose]


def test_years_in_a_second_row_of_headings_are_asked_about_too(tmp_path: Path) -> None:
    rows: Rows = [
        ("姓名", "身份证号码", "历年参保情况", ""),
        ("", "", 2023, 2024),
        ("张三", number(1), "是", "否"),
    ]
    with pytest.raises(QuestionsOpenError, match=r"“2023”、“2024”像是历年参保情况"):
        examine(written(tmp_path / "years.xlsx", {"名单": rows}))


@pytest.mark.parametrize("heading", ["2024", 2024, "2024年", "2024年度参保情况", "2024年是否参保"])
def test_columns_headed_by_years_are_asked_about_unless_the_years_are_said(
    heading: str | int, tmp_path: Path
) -> None:
    rows = [("姓名", "身份证号码", heading), ("张三", number(1), "否")]
    with pytest.raises(QuestionsOpenError, match=f"“{heading}”像是历年参保情况"):
        examine(written(tmp_path / "years.xlsx", {"名单": rows}))
    counted = [(*rows[0], "断保年数"), (*rows[1], 2)]
    [one] = examine(written(tmp_path / "counted.xlsx", {"名单": counted}))
    assert one.person is not None
    said = [(*rows[0], "已参保年度"), (*rows[1], "2023、2025")]
    [one] = examine(written(tmp_path / "said.xlsx", {"名单": said}))
    assert one.person is not None
    assert one.person.facts.insured_years == (2023, 2025)
