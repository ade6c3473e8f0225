"""Residents in columns get the answers they get one by one, each with its bundle's hash."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from medcounter.assess import Assessment, Facts, assess
from medcounter.assess.facts import Event
from medcounter.bundle.shipped import open_shipped
from medcounter.cli.program import main
from medcounter.roster.arrow import (
    ANSWERS,
    FACTS,
    KEY,
    BatchAssessor,
    batch_function,
    facts_row,
)
from tests.support.desk.desk_samples import shipped_book

BOOK = shipped_book()
PLAIN = Facts("360000", 2026, date(2025, 11, 20), birth_date=date(1980, 1, 1))
PEOPLE = [
    PLAIN,
    replace(PLAIN, payment_date=date(2026, 3, 5), insured_years=()),
    replace(PLAIN, categories=("destitute",)),
    replace(
        PLAIN,
        payment_date=date(2026, 3, 5),
        events=(Event("military-discharge", date(2026, 2, 1)),),
    ),
    replace(PLAIN, payment_date=date(2026, 3, 31), insured_years=(2024, 2025)),
    replace(
        PLAIN,
        birth_date=date(2026, 2, 1),
        payment_date=date(2026, 3, 1),
        answers=(("newborn_confirmed", True),),
    ),
]


def batches(people: list[Facts], size: int) -> list[pa.RecordBatch]:
    rows = [facts_row(f"{number}", facts) for number, facts in enumerate(people)]
    return [
        pa.RecordBatch.from_pylist(rows[start : start + size], schema=FACTS)
        for start in range(0, len(rows), size)
    ]


def answered(people: list[Facts], size: int = 4) -> list[dict[str, object]]:
    shipped = open_shipped()
    function = batch_function(shipped.payload, shipped.sha256)
    table = pa.Table.from_batches(function(batches(people, size)), schema=ANSWERS)
    rows: list[dict[str, object]] = table.to_pylist()
    return rows


def test_each_row_has_the_figures_of_the_whole_assessment() -> None:
    for number, (facts, row) in enumerate(zip(PEOPLE, answered(PEOPLE), strict=True)):
        alone = assess(facts, BOOK)
        assert isinstance(alone, Assessment), alone
        assert row[KEY] == f"{number}"
        assert row["total"] == (alone.fee.total if alone.fee else None)
        assert row["wait_to"] == (alone.wait.end if alone.wait else None)
        assert row["coverage_from"] == (alone.coverage.start if alone.coverage else None)
        assert row["bundle_sha256"] == BOOK.sha256
        assert row["problems"] == []


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_answers_do_not_hang_on_how_the_rows_are_cut(size: int) -> None:
    people = [
        replace(PLAIN, payment_date=PLAIN.payment_date + timedelta(days=number % 90))
        for number in range(300)
    ]
    assert answered(people, size) == answered(people)


def test_a_row_that_cannot_be_answered_says_why_and_stops_no_other() -> None:
    rows = answered([replace(PLAIN, region="999999"), PLAIN, replace(PLAIN, benefit_year=1990)])
    assert [row["payable"] for row in rows] == [None, True, None]
    assert "rules-not-covered" in str(rows[0]["problems"])


def test_answers_that_are_no_json_are_a_problem_of_their_row() -> None:
    row = facts_row("x", PLAIN) | {"answers": "{"}
    shipped = open_shipped()
    function = batch_function(shipped.payload, shipped.sha256)
    (batch,) = function([pa.RecordBatch.from_pylist([row], schema=FACTS)])
    assert batch.to_pylist()[0]["problems"][0].startswith("answers not-json ")


def test_other_bytes_than_those_of_the_hash_are_refused() -> None:
    shipped = open_shipped()
    with pytest.raises(ValueError, match=shipped.sha256):
        batch_function(shipped.payload + b" ", shipped.sha256)


def test_a_parquet_file_is_answered_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, destination = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(pa.Table.from_batches(batches(PEOPLE, 2)), source)
    words = ["roster", str(source), str(destination), "--data-dir", str(tmp_path / "data")]
    assert main(words) == 0
    assert pq.read_table(destination).to_pylist() == answered(PEOPLE)
    source.write_bytes(b"PAR1 cut")
    assert main([*words, "--force"]) == 2
    assert "没有导入任何人" in capsys.readouterr().err


def strange_rows(count: int) -> list[dict[str, object]]:
    """Rows of a few places, with gaps and faults, and people of every age."""
    chance = random.Random(11)  # noqa: S311 -- the same rows each time
    paid = date(2025, 12, 1)
    answers = (None, "", "{}", "{bad", '{"newborn_confirmed":true}', '{"strange":1}')
    return [
        {
            KEY: chance.choice([None, str(number)]),
            "region": chance.choice(["360000", "361000", "120000", "999999", None]),
            "scheme": chance.choice(["resident", "resident", "flexible", "none", None]),
            "benefit_year": chance.choice([2026, 2026, 2025, None]),
            "payment_date": chance.choice([paid, date(2026, 3, 5), date(2030, 1, 1), None]),
            "birth_date": chance.choice(
                [None, paid + timedelta(1), paid - timedelta(chance.randrange(1, 40_000))]
            ),
            "categories": chance.choice([None, [], ["low-income"], ["", "low-income"], [None]]),
            "events": chance.choice([None, [], [{"kind": "newborn", "date": date(2025, 11, 1)}]]),
            "insured_years": chance.choice([None, [], [2016, 2025], [2025, 2016, None], [1, 2000]]),
            "repair_years": chance.choice([None, 0, 1, 200]),
            "answers": chance.choice(answers),
        }
        for number in range(count)
    ]


def test_columns_give_what_each_row_alone_is_given() -> None:
    table = pa.Table.from_pylist(strange_rows(900), schema=FACTS).combine_chunks()
    columns, alone = BatchAssessor(BOOK), BatchAssessor(BOOK)
    for batch in table.to_batches(max_chunksize=400):
        assert columns.answer(batch).equals(alone.answer_rows(batch))


@pytest.mark.parametrize("left_out", [KEY, "birth_date", "categories"])
def test_a_column_that_is_not_there_is_empty(left_out: str) -> None:
    table = pa.Table.from_pylist(strange_rows(60), schema=FACTS).drop_columns([left_out])
    (batch,) = table.combine_chunks().to_batches()
    answered = BatchAssessor(BOOK).answer(batch)
    assert answered.equals(BatchAssessor(BOOK).answer_rows(batch))


def test_columns_of_another_type_are_read_row_by_row() -> None:
    rows = [{**facts_row("0", PLAIN), "payment_date": "2025-11-20", "birth_date": "1980-01-01"}]
    (batch,) = pa.Table.from_pylist(rows).to_batches()
    assert BatchAssessor(BOOK).answer(batch).to_pylist() == answered([PLAIN])
