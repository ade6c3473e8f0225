"""The marked copy comes back: accepted where the list was, refused and asked where it was."""

from pathlib import Path

import pytest

from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.findings import STOPS, Examined
from medcounter.roster.reading.inquiry import LEAVE, ListAnswers, QuestionsOpenError
from medcounter.roster.roster_errors import ListError
from medcounter.roster.tables.table import open_table
from medcounter.roster.writing.marked_copy import write_marked
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.list_samples import WANTED, examine, number, written
from tests.support.system.destination_at import destination_at

LISTS = Path(__file__).parents[2] / "data/lists"
STRUCK = ("e13_struck.ods", "e13_struck.xls")


def read(path: Path, said: ListAnswers) -> tuple[Doctor, list[Examined], ListAnswers]:
    """Read a list, each question answered with the last choice."""
    try:
        doctor = Doctor(open_table(path), WANTED, shipped_book(), said)
        return doctor, list(doctor.examine()), said
    except QuestionsOpenError as err:
        answers = {one.text: one.choices[-1].code for one in err.questions}
        return read(path, ListAnswers({}, {**said.answers, **answers}))


def told(found: list[Examined]) -> object:
    """Everything of each row but the name of a csv list's sheet, which an xlsx must have."""
    return [
        (
            one.row,
            one.person and (one.person.village, *one.person[3:5], one.person.facts),
            [(each.place.column, each.code, each.level) for each in one.findings],
        )
        for one in found
    ]


def marked(doctor: Doctor, came: Path, found: list[Examined], back: Path) -> Path:
    marks = {(one.findings[0].place.sheet, one.row): one.findings for one in found if one.findings}
    write_marked(destination_at(back), open_table(came), doctor.layouts, marks)
    return back


@pytest.mark.parametrize(
    "name", [one.name for one in sorted(LISTS.iterdir()) if one.suffix not in {".json", ".md"}]
)
def test_a_marked_copy_is_read_as_the_list_that_came(name: str, tmp_path: Path) -> None:
    try:
        doctor, found, said = read(LISTS / name, ListAnswers())
    except ListError:
        pytest.skip("refused whole")
    back = marked(doctor, LISTS / name, found, tmp_path / "back.xlsx")
    _, again, asked = read(back, ListAnswers())
    assert told(again) == told(found)
    assert asked == said


@pytest.mark.parametrize("name", STRUCK)
def test_whoever_was_struck_through_is_so_in_the_marked_copy(name: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionsOpenError) as caught:
        examine(LISTS / name)
    [asked] = caught.value.questions
    said = ListAnswers({}, {asked.text: LEAVE})
    doctor = Doctor(open_table(LISTS / name), WANTED, shipped_book(), said)
    left = list(doctor.examine())
    back = marked(doctor, LISTS / name, left, tmp_path / "back.xlsx")
    with pytest.raises(QuestionsOpenError) as again:
        examine(back)
    assert again.value.questions == caught.value.questions
    assert told(examine(back, said)) == told(left)


def test_cells_without_a_value_come_back_as_such(tmp_path: Path) -> None:
    heads = ("姓名", "身份证号码", "性别", "人员类别")
    rows = [
        heads,
        (("=VLOOKUP(9,A1,1)", "#N/A"), number(1), "男", ""),
        ("李四", number(2), ("=1/0", "#DIV/0!"), ""),
        ("王五", number(3), "", ("=B9", "#REF!")),
        ("赵六", number(4), "", "低保"),
    ]
    came = written(tmp_path / "came.xlsx", {"名单": rows, "说明": [("请于月底前交回",)]})
    doctor, found, _ = read(came, ListAnswers())
    assert [one.person is None for one in found] == [True, True, True, False]
    back = marked(doctor, came, found, tmp_path / "back.xlsx")
    assert told(examine(back)) == told(found)


@pytest.mark.parametrize("shown", ["#N/A", " #REF! ", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!"])
def test_an_error_that_csv_holds_as_text_is_nobodys_name_and_no_sex(
    shown: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    lines = ["姓名,身份证号,性别,村", f"张三,{number(1)},,东村", f"{shown},{number(2)},,东村"]
    lines += [f"李四,{number(3)},{shown},东村", f"王五,{number(4)},,{shown}"]
    path.write_text("\n".join([*lines, ""]), "utf-8")
    first, *others = examine(path)
    assert first.person is not None
    for other, column in zip(others, (0, 2, 3), strict=True):
        stops = [one for one in other.findings if one.level == STOPS]
        assert [(one.code, one.place.column) for one in stops] == [("formula-error", column)]
