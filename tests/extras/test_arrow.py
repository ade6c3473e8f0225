"""Residents in columns get the answers they get one by one, each with its bundle's hash."""

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
from medcounter.roster.arrow import ANSWERS, FACTS, KEY, batch_function, facts_row
from tests.desk_samples import shipped_book

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
    source, goal = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(pa.Table.from_batches(batches(PEOPLE, 2)), source)
    words = ["roster", str(source), str(goal), "--data-dir", str(tmp_path / "data")]
    assert main(words) == 0
    assert pq.read_table(goal).to_pylist() == answered(PEOPLE)
    source.write_bytes(b"PAR1 cut")
    assert main([*words, "--force"]) == 2
    assert "没有导入任何人" in capsys.readouterr().err
