"""A question whose answer is a date, at the counter and in a list."""

from datetime import date
from pathlib import Path

import pytest

from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_edits import on_demand
from medcounter.desk.draft.typed_facts import typed_facts
from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.tables.table import open_table
from tests.support.roster.list_samples import number, written
from tests.support.rules.day_samples import nanchang
from tests.support.rules.rule_samples import PROVINCE

ON = date(2026, 5, 5)


def typed(text: str) -> Draft:
    answers = (("left_job_on", text),)
    return Draft(region=PROVINCE, scheme="resident", benefit_year=2026, answers=answers)


@pytest.mark.parametrize("text", ["20260315", "3月15日", "2026-3-15"])
def test_a_date_is_typed_as_any_other_and_read_back(text: str) -> None:
    read = typed_facts(typed(text), None, ON, nanchang())
    assert read.unchecked.answers == (("left_job_on", "2026-03-15"),)
    assert [echo.text for echo in read.echoes] == ["2026年3月15日 星期日"]
    assert read.problems == ()


def test_what_is_no_date_is_named_with_its_question() -> None:
    read = typed_facts(typed("三月"), None, ON, nanchang())
    assert read.unchecked.answers == ()
    found = [(one.field, one.code) for one in read.problems]
    assert found == [("answers.left_job_on", "not-a-date")]
    assert "离职日期" in read.problems[0].text


def test_a_question_that_may_be_left_open_is_always_offered() -> None:
    asked = nanchang().questions_for(PROVINCE, "resident", 2026)
    assert [question.code for question in asked] == ["left_job_on"]
    assert on_demand(nanchang(), asked) == ()


@pytest.mark.parametrize("cell", [20260315, "2026-03-15", "2026年3月15日"])
def test_a_list_may_have_a_column_of_dates_answered(cell: object, tmp_path: Path) -> None:
    heads = ("姓名", "身份证号码", "离职日期")
    rows = [heads, ("甲某", number(1), cell), ("乙某", number(2), "")]
    path = written(tmp_path / "list.xlsx", {"名单": rows})
    wanted = Wanted(ON, PROVINCE, 2026)
    people = list(Doctor(open_table(path), wanted, nanchang()).examine())
    given = [one.person.facts.answers for one in people if one.person is not None]
    assert given == [(("left_job_on", "2026-03-15"),), ()]
