"""What is a heading and what is a person: shapes of public lists, with invented people."""

import pytest

from medcounter.roster.reading.columns import HeadingWords, columns, likely_headings
from medcounter.roster.tables.table import ListRow
from tests.support.desk.desk_samples import shipped_book


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("姓名_real_name", "name"),
        ("身份证号_id_card_no", "id_number"),
        ("性别_gender", "sex"),
        ("姓名 / Name", "name"),
        ("身份证号码 ID No.", "id_number"),
        ("中文名", "name"),
        ("姓名1", "name"),
    ],
)
def test_a_heading_is_known_with_a_field_s_name_behind_it(heading: str, code: str) -> None:
    assert HeadingWords(columns(shipped_book()), {}).code(heading) == code


@pytest.mark.parametrize("heading", ["Badge号", "QQ", "real_name", "英文名", "人员类别A"])
def test_what_is_not_only_translated_means_nothing(heading: str) -> None:
    assert HeadingWords(columns(shipped_book()), {}).code(heading) == ""


@pytest.mark.parametrize(
    "person",
    [
        ("王一", "11010119900101123X", 13900000000.0, 1.0),
        ("综合科", "王一", "男", 13900000000.0, "北京"),
        ("王一", "110101900101123", "东村"),
    ],
)
def test_a_person_is_never_offered_as_the_headings(person: tuple[str | float, ...]) -> None:
    assert likely_headings([ListRow(1, person), ListRow(2, person)]) == ()
    headings = ListRow(1, ("部门", "谁", "哪一位", "电话", "住处"))
    assert likely_headings([headings, ListRow(2, person)]) == headings.cells
