"""The assessment of a list as a function of Arrow batches.

Needs the extra ``arrow``. Made for engines that process batches, such as
Spark's ``mapInArrow``: the function opens the rules once in each worker and
puts their hash into every row it returns. Never part of the packaged program;
computes nothing of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.dates import ONE_DAY
from medcounter.destinations import Destination
from medcounter.roster.answering.answer_line import Line
from medcounter.roster.answering.assessor import Assessor, Remembered
from medcounter.roster.arrow_cells import BIRTH, CellTable, RowKey, frozen
from medcounter.roster.roster_errors import ListBrokenError
from medcounter.roster.writing.list_writer import ListUnwritableError
from medcounter.rules.load import read_bundle
from medcounter.strict_json import StrictJsonError, canonical, read_strict

KEY = "resident"
_EVENT = pa.struct([("kind", pa.string()), ("date", pa.date32())])
FACTS = pa.schema([
    (KEY, pa.string()),
    ("region", pa.string()),
    ("scheme", pa.string()),
    ("benefit_year", pa.int32()),
    ("payment_date", pa.date32()),
    ("birth_date", pa.date32()),
    ("categories", pa.list_(pa.string())),
    ("events", pa.list_(_EVENT)),
    ("insured_years", pa.list_(pa.int32())),
    ("repair_years", pa.int32()),
    # An object of the contract as JSON text; null or empty for none.
    ("answers", pa.string()),
])  # fmt: skip
ANSWERS = pa.schema([
    (KEY, pa.string()),
    ("payable", pa.bool_()),
    ("window", pa.string()),
    ("category", pa.string()),
    ("exemption", pa.string()),
    ("lapsed_years", pa.int32()),
    # Fen; null where no source gives the figure.
    ("total", pa.int64()),
    ("standard", pa.int64()),
    ("aid", pa.int64()),
    ("repair", pa.int64()),
    # Both ends of each span are inclusive.
    ("wait_from", pa.date32()),
    ("wait_to", pa.date32()),
    ("wait_total", pa.int32()),
    ("wait_unit", pa.string()),
    ("coverage_from", pa.date32()),
    ("coverage_to", pa.date32()),
    ("gain_years", pa.int32()),
    ("gain_days", pa.int32()),
    ("assumed", pa.list_(pa.string())),
    ("unsettled", pa.list_(pa.string())),
    ("problems", pa.list_(pa.string())),
    ("bundle_sha256", pa.string()),
])  # fmt: skip
_AT_ONCE = 50_000
FACTS_SAID = pa.schema([field for field in FACTS if field.name != KEY])
_NAMES = tuple(FACTS_SAID.names)
_BIRTH_AT = _NAMES.index(BIRTH)
_PLAIN = ("region", "scheme", "benefit_year", "payment_date", "birth_date", "repair_years")
_LISTS = ("categories", "insured_years")

Batches = Iterable[pa.RecordBatch]


def batch_function(bundle: bytes, sha256: str) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """Make a function of batches that answers by one bundle.

    The bytes travel to the workers with the function; each worker opens them
    once, for as many batches as it gets.

    Args:
        bundle: The payload of a bundle that was verified before.
        sha256: Hex hash that the bytes must have.

    Raises:
        ValueError: The bytes are others.
    """
    if hashlib.sha256(bundle).hexdigest() != sha256:
        raise ValueError(sha256)

    def answer(batches: Batches) -> Iterator[pa.RecordBatch]:
        book = RuleBook.open(read_bundle(bundle), sha256, signed=True)
        return assess_batches(batches, book)

    return answer


def assess_batches(batches: Batches, book: RuleBook) -> Iterator[pa.RecordBatch]:
    """Answer batches of :data:`FACTS` with batches of :data:`ANSWERS`, row by row.

    Args:
        batches: Columns that are missing are null; other columns are not
            looked at.
        book: The rules.
    """
    batcher = BatchAssessor(book)
    for batch in batches:
        yield batcher.answer(batch)


class BatchAssessor:
    """Answers batch after batch; what was answered once is looked up."""

    def __init__(self, book: RuleBook) -> None:
        """Begin with nothing known.

        Args:
            book: The rules.
        """
        self._book = book
        self._assessor = Assessor(book)
        self._rows = Remembered[RowKey, dict[str, Any]](self._answer)
        self._cells = CellTable(self._turns, self._answer_born, FACTS_SAID, ANSWERS)

    def answer(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the answers to a batch, row by row."""
        answers = self._cells.answered(batch)
        if answers is None:
            return self.answer_rows(batch)
        if KEY not in batch.schema.names:
            return answers
        key = batch.column(KEY).cast(pa.string())
        return answers.set_column(ANSWERS.get_field_index(KEY), ANSWERS.field(KEY), key)

    def answer_rows(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the same, each row alone: for columns of other types."""
        rows = [{KEY: row.get(KEY), **self._rows[_row_key(row)]} for row in batch.to_pylist()]
        return pa.RecordBatch.from_pylist(rows, schema=ANSWERS)

    def _answer(self, key: RowKey) -> dict[str, Any]:
        return _answer(key, self._assessor, self._book)

    def _answer_born(self, key: RowKey, born: date | None) -> dict[str, Any]:
        return self._answer((*key[:_BIRTH_AT], born, *key[_BIRTH_AT:]))

    def _turns(self, key: RowKey) -> tuple[date, ...]:
        """List the births at which the answers to a row change; faults name the birth."""
        row = dict(zip(_NAMES, (*key[:_BIRTH_AT], None, *key[_BIRTH_AT:]), strict=True))
        limits = [row["payment_date"]] if row["payment_date"] else []
        limits += [
            date(year, 12, 31)
            for year in row["insured_years"] or ()
            if year is not None and date.min.year <= year <= date.max.year
        ]
        last = min(limits, default=date.max - ONE_DAY) + ONE_DAY
        try:
            facts = read_facts(_raw(row), self._book)
        except StrictJsonError:
            return (date.min, last)
        turns = self._assessor.turns(facts) if isinstance(facts, Facts) else ()
        return (*[day for day in turns or (date.min,) if day < last], min((last, *turns[-1:])))


def facts_row(key: str, facts: Facts) -> dict[str, Any]:
    """Write facts as one row of :data:`FACTS`."""
    return {
        KEY: key,
        "region": facts.region,
        "scheme": facts.scheme,
        "benefit_year": facts.benefit_year,
        "payment_date": facts.payment_date,
        "birth_date": facts.birth_date,
        "categories": list(facts.categories),
        "events": [{"kind": event.kind, "date": event.date} for event in facts.events],
        "insured_years": None if facts.insured_years is None else list(facts.insured_years),
        "repair_years": facts.repair_years,
        "answers": canonical(
            {
                code: list(value) if isinstance(value, tuple) else value
                for code, value in facts.answers
            }
        ).decode(),
    }


def _row_key(row: dict[str, Any]) -> RowKey:
    """Return all of a row but its name, so that equal rows are equal keys."""
    return tuple(frozen(row.get(name)) for name in _NAMES)


def _answer(key: RowKey, assessor: Assessor, book: RuleBook) -> dict[str, Any]:
    stamp = {"bundle_sha256": book.sha256}
    try:
        raw = _raw(dict(zip(_NAMES, key, strict=True)))
    except StrictJsonError as err:
        return stamp | {"problems": [f"answers not-json {err.text}"]}
    facts = read_facts(raw, book)
    answer = assessor.line(facts) if isinstance(facts, Facts) else facts
    if isinstance(answer, Line):
        return stamp | _figures(answer)
    return stamp | {"problems": [f"{one.field} {one.code} {one.text}" for one in answer]}


def _raw(row: dict[str, Any]) -> dict[str, Any]:
    """Name a row's values as the contract does; what is null is left out."""
    raw = {name: row[name] for name in _PLAIN if row[name] is not None}
    raw |= {name: list(row[name]) for name in _LISTS if row[name] is not None}
    if row["events"]:
        raw["events"] = [{"kind": kind, "date": day} for kind, day in row["events"]]
    if row["answers"]:
        raw["answers"] = read_strict(row["answers"].encode())
    return raw


def _figures(line: Line) -> dict[str, Any]:
    fee, wait, cover, gain = line.fee, line.wait, line.coverage, line.gain
    return {
        "payable": line.payable,
        "window": line.window.kind,
        "category": line.category,
        "exemption": line.exemption,
        "lapsed_years": line.lapsed_years,
        "total": fee and fee.total,
        "standard": fee and fee.standard,
        "aid": fee and fee.aid,
        "repair": fee and fee.repair,
        "wait_from": wait and wait.start,
        "wait_to": wait and wait.end,
        "wait_total": wait and wait.total,
        "wait_unit": wait and wait.unit,
        "coverage_from": cover and cover.start,
        "coverage_to": cover and cover.end,
        "gain_years": gain and gain.years,
        "gain_days": gain and gain.days,
        "assumed": list(line.assumed),
        "unsettled": list(line.unsettled),
        "problems": [],
    }


def assess_parquet(source: Path, destination: Destination, book: RuleBook) -> tuple[int, int]:
    """Answer a Parquet file of :data:`FACTS` with one of :data:`ANSWERS`.

    Memory does not grow with the file. The destination is whole or not there.

    Returns:
        How many rows there are, and how many have no answer.

    Raises:
        ListBrokenError: The source is no Parquet file, or lacks the rows.
        ListUnwritableError: The destination cannot be written.
    """
    rows = unanswered = 0
    try:
        file = pq.ParquetFile(source)
    except (OSError, pa.ArrowException) as err:
        raise ListBrokenError from err
    try:
        with destination.writing() as made, pq.ParquetWriter(made, ANSWERS) as writer:
            for batch in assess_batches(file.iter_batches(_AT_ONCE), book):
                rows += batch.num_rows
                unanswered += batch.column("payable").null_count
                writer.write_batch(batch)
    except (OSError, pa.ArrowException) as err:
        raise ListUnwritableError from err
    return rows, unanswered
