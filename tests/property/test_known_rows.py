"""Rows that are recognised, and answers that are looked up, against one row at a time."""

import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from medcounter.assess import assess
from medcounter.assess.assessment import Assessment
from medcounter.assess.facts import Facts
from medcounter.dates import ONE_DAY
from medcounter.roster.answering.answer_line import Line
from medcounter.roster.answering.assessor import Assessor
from medcounter.roster.answering.equivalence import birth_date_classes
from medcounter.roster.answering.results import AnsweredRows, Totals, answer_all, answer_by_columns
from medcounter.roster.reading.columns import columns, find_layout
from medcounter.roster.reading.doctor import Doctor, left_sentences
from medcounter.roster.reading.findings import Examined, Listed, PlainRows
from medcounter.roster.reading.inquiry import InquiryQuestion, ListAnswers, QuestionsOpenError
from medcounter.roster.reading.known_rows import KnownRows
from medcounter.roster.reading.person_reader import PersonReader, Wanted
from medcounter.roster.tables.book_process import Cell, LostValue
from medcounter.roster.tables.table import ListRow, ListSheet, open_table
from medcounter.roster.writing.export_rows import ExportRows, headings
from medcounter.roster.writing.list_writer import writing_rows
from medcounter.samples.sample_residents import sample_residents
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.roster_samples import id_number, messy, write_csv
from tests.support.system.destination_at import destination_at

BOOK = shipped_book()
ON = date(2025, 11, 20)
WANTED = Wanted(ON, "360000", 2026)
PROGRAMMES = [
    (choice.code, pair.scheme, pair.benefit_year)
    for choice in BOOK.regions()
    for pair in BOOK.covered(choice.code)
]
HEADINGS = ("村", "姓名", "身份证号", "人员类别", "断保年数", "已参保年度", "缴费日期", "待遇年度")
# All sample residents take minutes.
ONE_OF = 6
BESIDE = ("出生日期", "年龄", "性别")
patient = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

births = (
    st.dates(date(1900, 1, 1), date(2025, 12, 31))
    | st.dates(date(2014, 12, 25), date(2017, 1, 5))
    | st.dates(ON - timedelta(9), ON + timedelta(3))
    | st.dates(date(1905, 12, 25), date(1907, 1, 5))
)
NAMES = ("王安", "欧阳远海", "李 宁", "同上", "", "张？", "王㛃", "买买提·艾力", "John Li", "刘3")
names = st.sampled_from(NAMES)
villages = st.sampled_from(["东村", " 西村 ", "", "=1+1"])
said = st.tuples(
    st.sampled_from(["", "", "低保", "特困", "不认识"]),
    st.sampled_from(["", "", "0", "1", "3", "好几年"]),
    st.sampled_from(["", "", "", "2016-2025", "2018、2019", "无"]),
    st.sampled_from(["", "2025-12-01", "2024-10-08", "2030-01-01", "2026-03-05"]),
    st.sampled_from(["", "", "2026", "2025"]),
)


def beside(born: date, number: str) -> st.SearchStrategy[tuple[Cell, ...]]:
    """Birth date, age and sex as somebody wrote them beside a number."""
    age = max(ON.year - born.year, 0)
    sex = "男" if number[16:17].isdecimal() and int(number[16]) % 2 else "女"
    dates: list[Cell] = ["", born.isoformat(), f"{born:%Y%m}", "1990-01-01", "88", born]
    ages: list[Cell] = ["", str(age), float(age), str(age + 1), str(age + 4), "不详"]
    sexes: list[Cell] = ["", sex, "男", "1", True, "#N/A"]
    return st.tuples(
        st.sampled_from([*dates, LostValue("#N/A")]), st.sampled_from(ages), st.sampled_from(sexes)
    )


@st.composite
def rows(draw: st.DrawFn) -> list[tuple[Cell, ...]]:
    """Rows of which many say the same, for a few people each."""
    shared = draw(st.lists(st.tuples(villages, said), min_size=1, max_size=3))
    made: list[tuple[Cell, ...]] = []
    for _ in range(draw(st.integers(2, 14))):
        where, cells = draw(st.sampled_from(shared))
        born, order = draw(births), draw(st.integers(0, 999))
        right = id_number(born, order, draw(st.sampled_from(["360103", "810000", "990000"])))
        wrong = [right.lower(), f"{right[:-1]}0", f" {right}", ""]
        number = draw(st.just(right) | st.sampled_from(wrong))
        name = draw(st.just("王安") | names)
        made.append((where, name, number, *cells, *draw(beside(born, number))))
    return made


def told(examined: Examined) -> tuple[object, ...]:
    """All of a row, its facts its own."""
    person = examined.person
    who = person and (person[:5], person.facts, person.birth_date)
    return examined.row, who, examined.findings


@pytest.mark.parametrize("sheet", ["", "名单"])
@pytest.mark.parametrize("more", [(), BESIDE])
@patient
@given(rows())
def test_a_recognised_row_is_what_its_reader_says(
    sheet: str,
    more: tuple[str, ...],
    made: list[tuple[Cell, ...]],
) -> None:
    heads = (*HEADINGS, *more)
    layout = find_layout(sheet, [ListRow(1, heads)], columns(BOOK))
    known, reader = (
        KnownRows(sheet, layout, WANTED, BOOK),
        PersonReader(sheet, layout, WANTED, BOOK),
    )
    for number, cells in enumerate(made, 2):
        row = ListRow(number, cells[: len(heads)])
        assert told(known.examine(row)) == told(reader.examine(row))


BIRTHS = (
    *(date(1903, 5, 5), date(1906, 12, 31), date(1907, 1, 1), date(1980, 7, 12)),
    *(date(2015, 12, 31), date(2016, 1, 1), date(2017, 3, 1), date(2019, 6, 1)),
    *(date(2024, 10, 8), date(2024, 10, 9), ON, ON + ONE_DAY, date(2025, 12, 2)),
)
SAID = (
    *(("", "", "", "", ""), ("", "1", "", "", ""), ("低保", "3", "", "2024-10-08", "2025")),
    *(("", "", "2016-2025", "", ""), ("", "", "2018、2019", "2025-12-01", "")),
    *(("", "", "无", "2025-12-01", ""), ("", "0", "", "2026-03-05", "")),
)


@pytest.mark.parametrize("cells", SAID)
def test_whoever_is_read_first_nobody_is_read_otherwise(cells: tuple[str, ...]) -> None:
    layout = find_layout("", [ListRow(1, HEADINGS)], columns(BOOK))
    reader = PersonReader("", layout, WANTED, BOOK)
    made = [
        ListRow(number, ("东村", "王安", id_number(born, number), *cells))
        for number, born in enumerate(BIRTHS, 2)
    ]
    alone = [told(reader.examine(row)) for row in made]
    for first in made:
        known = KnownRows("", layout, WANTED, BOOK)
        known.examine(first)
        assert [told(known.examine(row)) for row in made] == alone


def test_a_text_is_not_taken_for_the_number_it_looks_like() -> None:
    layout = find_layout("名单", [ListRow(1, HEADINGS)], columns(BOOK))
    reader = PersonReader("名单", layout, WANTED, BOOK)
    insured: list[Cell] = [2024.0, "2024.0"]
    said = [
        reader.examine(
            ListRow(2, ("", "王安", id_number(date(1980, 1, 1), 7), "", "", cell, "", ""))
        )
        for cell in insured
    ]
    assert [one.person is None for one in said] == [False, True]


@patient
@given(rows())
def test_an_answer_looked_up_is_that_of_the_person_alone(made: list[tuple[Cell, ...]]) -> None:
    layout = find_layout("", [ListRow(1, HEADINGS)], columns(BOOK))
    known, assessor = KnownRows("", layout, WANTED, BOOK), Assessor(BOOK)
    rows = (ListRow(number, cells[: len(HEADINGS)]) for number, cells in enumerate(made, 2))
    people = [one for row in rows if (one := known.examine(row).person) is not None]
    assume(people)
    for person in people:
        assert said_of(assessor.answer(person)) == said_alone(person.facts)


def said_of(answer: object) -> object:
    """What a line of a list says, or the problem in its place."""
    if not isinstance(answer, Line):
        return answer
    return (
        *(answer.window, answer.fee, answer.wait, answer.coverage),
        *(answer.category, answer.exemption, answer.lapsed_years, answer.payable),
        *(list(answer.assumed), list(answer.unsettled), list(answer.warnings)),
    )


def said_alone(facts: Facts) -> object:
    """The same of the whole assessment of one person."""
    whole = assess(facts, BOOK)
    if not isinstance(whole, Assessment):
        return whole
    doubts = [(one.field, one.status) for one in whole.doubts]
    return (
        *(whole.window, whole.fee, whole.wait, whole.coverage),
        *(whole.category, whole.exemption, whole.lapsed_years, whole.payable),
        [field for field, status in doubts if status == "assumed"],
        [field for field, status in doubts if status == "unsettled"],
        [one.code for one in whole.remarks if one.level == "warning"],
    )


def every_sample(one_of: int) -> Iterator[tuple[Facts, Facts]]:
    """Sample residents of each place, with the facts of somebody older beside."""
    for at, (region, scheme, year) in enumerate(PROGRAMMES):
        first: dict[Facts, Facts] = {}
        # Of two places with the same rules each tries others.
        for sample in sample_residents(BOOK, region, scheme, year)[at % one_of :: one_of]:
            facts = sample.facts
            if facts.birth_date is not None:
                bare = replace(facts, birth_date=None)
                yield facts, first.setdefault(bare, facts)


@pytest.mark.parametrize("one_of", [ONE_OF, pytest.param(1, marks=pytest.mark.full)])
def test_sample_residents_of_every_place_are_answered_as_alone(one_of: int) -> None:
    assessor = Assessor(BOOK)
    tried = 0
    for facts, like in every_sample(one_of):
        answer = assessor.answer(Listed("", 2, "", "王安", "", like, facts.birth_date))
        assert said_of(answer) == said_alone(facts)
        tried += facts is not like
    assert tried > 100


@patient
@given(st.sampled_from(PROGRAMMES), st.data())
def test_birth_dates_change_sides_where_they_turn(
    programme: tuple[str, str, int], data: st.DataObject
) -> None:
    compiled = BOOK.programme(*programme)
    assert compiled is not None
    classes = birth_date_classes(compiled)
    resolved = compiled.resolved
    paid = data.draw(st.dates(resolved.first_day, resolved.last_day) | st.just(date(2024, 2, 29)))
    turns = classes.turns(paid)
    near = st.builds(
        lambda day, shift: day + timedelta(shift), st.sampled_from(turns), st.integers(-2, 2)
    )
    day = data.draw(near | st.dates(turns[0], turns[-1]))
    assert (day in turns) == (classes.side(day, paid) != classes.side(day - ONE_DAY, paid)), day


@patient
@given(rows(), st.integers(2, 9), st.data())
def test_people_in_columns_are_those_of_one_row_at_a_time(
    made: list[tuple[Cell, ...]], at_once: int, data: st.DataObject
) -> None:
    heads = (*HEADINGS, *BESIDE, "低保", "备注")
    marks = st.tuples(*[st.sampled_from(["", "", "是", "特困", "31.5"])] * 2)
    lines: list[ListRow] = [ListRow(1, heads)]
    for number, cells in enumerate([*made, *made[:3], *made], 2):
        if data.draw(st.integers(0, 3)):
            lines.append(ListRow(number, (*cells[:-3], "", "", "", "", "")))
        else:
            struck = data.draw(st.sampled_from([(), (1,), (7,)]))
            lines.append(ListRow(number, (*cells, *data.draw(marks)), struck))
    again = st.sampled_from([heads, ("合计", "12人"), ("姓名", "身份证号"), ("", "", "", "")])
    lines.insert(data.draw(st.integers(2, len(lines))), ListRow(900, data.draw(again)))
    sheets = (ListSheet("名单", lambda: iter(lines)), ListSheet("二", lambda: iter(lines[:5])))

    said: dict[str, str] = {}
    for _ in range(2):
        given = ListAnswers({}, said)
        alone = every_row(sheets, given, Doctor.examine)
        assert alone == every_row(sheets, given, lambda one: one.examine_by_columns(at_once))
        said = {one.text: one.choices[0].code for one in alone.asked}


def test_people_below_other_headings_are_not_taken_in_columns() -> None:
    people = [
        ListRow(number, ("东村", "王安", id_number(date(1980, 1, 1), number), "", "", "", "", ""))
        for number in range(2, 20)
    ]
    lines = [ListRow(1, HEADINGS), *people[:9], ListRow(900, ("姓名", "身份证号")), *people[9:]]
    sheets = (ListSheet("名单", lambda: iter(lines)),)
    alone = every_row(sheets, ListAnswers(), Doctor.examine)
    assert len(alone.rows) == 9
    assert alone == every_row(sheets, ListAnswers(), lambda one: one.examine_by_columns(9))


class EveryRow(NamedTuple):
    """All that is told of a list, its people one by one, and what is asked of it."""

    rows: list[object]
    left: tuple[str, ...]
    asked: tuple[InquiryQuestion, ...]


def every_row(
    sheets: tuple[ListSheet, ...],
    given: ListAnswers,
    examine: Callable[[Doctor], Iterator[Examined | PlainRows]],
) -> EveryRow:
    """Read a list whole."""
    doctor, found = Doctor(sheets, WANTED, BOOK, given), list[object]()
    try:
        for part in examine(doctor):
            people = part.people() if isinstance(part, PlainRows) else ()
            found += [told(Examined(one.row, one, ())) for one in people]
            found += [told(part)] if isinstance(part, Examined) else []
    except QuestionsOpenError as err:
        return EveryRow(found, left_sentences(doctor), err.questions)
    return EveryRow(found, left_sentences(doctor), ())


@pytest.mark.parametrize("at_once", [2, 37, 1_000])
@pytest.mark.parametrize("kind", ["masked.csv", "masked.xlsx", "whole.csv"])
def test_a_list_is_written_as_row_by_row(
    at_once: int, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(3)  # noqa: S311 -- the same list each time
    people = [list(row) for row in messy(600).rows]
    for row in people[400:]:
        born = ON - timedelta(days=chance.randrange(1, 7_000))
        row[3] = id_number(born, chance.randrange(1000), f"36{chance.randrange(10, 40)}03")
    villages = cycle(("=1+1", "东，村", '"西"村', "a,b", "\n", "", "-", "@东"))
    for row, village in zip(people[300:], villages, strict=False):
        row[1] = village
    source, whole_id = write_csv(tmp_path / "list.csv", people), kind.startswith("whole")
    fast = written(source, tmp_path / f"fast-{kind}", at_once=at_once, whole_id=whole_id)
    monkeypatch.setattr("medcounter.roster.reading.doctor.KnownRows", PersonReader)
    monkeypatch.setattr(Assessor, "answer", lambda self, person: self.line(person.facts))
    slow = written(source, tmp_path / f"slow-{kind}", at_once=0, whole_id=whole_id)
    assert fast == slow
    assert len(fast[0]) > 50_000


def written(source: Path, destination: Path, *, at_once: int, whole_id: bool) -> tuple[bytes, str]:
    """The bytes of a list's answers, and its totals with their order."""
    totals, lines = Totals(), headings(BOOK, whole_id=whole_id)
    rows, doctor = ExportRows(lines), Doctor(open_table(source), WANTED, BOOK)
    with writing_rows(destination_at(destination), [(one.text, one.width) for one in lines]) as put:
        if at_once:
            parts = answer_by_columns(doctor.examine_by_columns(at_once), Assessor(BOOK))
            together = 0
            for part in totals.counting(parts):
                if isinstance(part, AnsweredRows):
                    rows.put_all(part, put)
                    together += len(part.lines)
                else:
                    rows.put(part, put)
            assert together > 200
        else:
            for result in totals.counting(answer_all(doctor.examine(), Assessor(BOOK))):
                rows.put(result, put)
    if destination.suffix == ".xlsx":
        with zipfile.ZipFile(destination) as packed:
            return packed.read("xl/worksheets/sheet1.xml"), repr(totals)
    return destination.read_bytes(), repr(totals)
