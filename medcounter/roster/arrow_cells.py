"""Find the answers to a batch of rows by columns: each kind of row once.

Rows that say the same but for the birth date are one combination; births
between which no rule turns are one class. A combination and a class are a
cell, and one row of each cell is answered for all. Computes nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

BIRTH = "birth_date"
RowKey = tuple[object, ...]
# Cells that are kept; more begin anew.
_MOST_KEPT = 200_000
# Codes of combinations stay far below what 64 bits hold.
_MOST_CODES = 1 << 40
# A birth that stands for itself, and one that is not said, have codes of their own.
_ITSELF, _UNSAID, _PAIR = 1 << 30, 1 << 31, 1 << 32


class _Kept(NamedTuple):
    """One combination: the births at which its answers change, and the answers.

    Attributes:
        turns: First days of classes, rising; before the first and from the
            last on each day is a class.
        places: A class to the place of its answer.
    """

    turns: tuple[date, ...]
    places: dict[object, int]


class CellTable:
    """The answers of all cells met so far."""

    def __init__(
        self,
        turns: Callable[[RowKey], tuple[date, ...]],
        answer: Callable[[RowKey, date | None], dict[str, Any]],
        facts: pa.Schema,
        answers: pa.Schema,
    ) -> None:
        """Begin with no cell met.

        Args:
            turns: Gives the births at which a combination's answers change,
                at least two.
            answer: Answers a combination for a birth, as a row.
            facts: The columns that say something of a row.
            answers: The columns of an answer.
        """
        self._turns = turns
        self._answer = answer
        self._facts = facts
        self._answers = answers
        self._forget()

    def answered(self, batch: pa.RecordBatch) -> pa.RecordBatch | None:
        """Return the answers to a batch, row by row.

        Returns:
            As many rows; None where a column is of another type.
        """
        given = pa.schema([field for field in self._facts if field.name in batch.schema.names])
        if any(batch.schema.field(field.name).type != field.type for field in given):
            return None
        if len(self._rows) > _MOST_KEPT:
            self._forget()
        births = batch.column(BIRTH) if BIRTH in given.names else pa.nulls(len(batch), pa.date32())
        names = [name for name in given.names if name != BIRTH]
        combinations, firsts = _combined([_coded(batch.column(name)) for name in names], len(batch))
        keys = self._row_keys(batch, firsts)
        kept = [self._keep(one) for one in keys]
        pairs = pc.add(pc.multiply(combinations, _PAIR), _classed(births, kept))
        cells, firsts = _numbered(pairs)
        which = zip(
            combinations.take(firsts).to_pylist(), births.take(firsts).to_pylist(), strict=True
        )
        places = [self._place(keys[at], kept[at], born) for at, born in which]
        self._extend()
        return self._table.take(pa.array(places, pa.int64()).take(cells))

    def _forget(self) -> None:
        self._known: dict[RowKey, _Kept] = {}
        self._rows: list[dict[str, Any]] = []
        self._table = pa.RecordBatch.from_pylist([], schema=self._answers)

    def _row_keys(self, batch: pa.RecordBatch, firsts: pa.Array) -> list[RowKey]:
        """Return what some rows say but for the birth date, in the order of the facts."""
        rows = batch.take(firsts).to_pylist()
        names = [name for name in self._facts.names if name != BIRTH]
        return [tuple(frozen(row.get(name)) for name in names) for row in rows]

    def _keep(self, key: RowKey) -> _Kept:
        kept = self._known.get(key)
        if kept is None:
            kept = self._known[key] = _Kept(self._turns(key), {})
        return kept

    def _place(self, key: RowKey, kept: _Kept, born: date | None) -> int:
        """Return where the answer of a cell stands; work it out once."""
        birth_class = None if born is None else _class(born, kept.turns)
        place = kept.places.get(birth_class)
        if place is None:
            place = kept.places[birth_class] = len(self._rows)
            self._rows.append(self._answer(key, born))
        return place

    def _extend(self) -> None:
        """Write the answers that are new as columns."""
        new = self._rows[self._table.num_rows :]
        if new:
            added = pa.RecordBatch.from_pylist(new, schema=self._answers)
            self._table = pa.concat_batches([self._table, added])


def frozen(value: object) -> object:
    """Return a cell as something that can be a key: lists as tuples, events as pairs."""
    if isinstance(value, list):
        return tuple(map(frozen, value))
    return (value["kind"], value["date"]) if isinstance(value, dict) else value


def _class(born: date, turns: tuple[date, ...]) -> int | date:
    """Name the class of a birth: its place between two turns, or the day itself."""
    place = bisect_right(turns, born)
    return place if 0 < place < len(turns) else born


def _classed(births: pa.Array, kept: list[_Kept]) -> pa.Array:
    """Number births so that those told apart by any combination differ."""
    first = max((one.turns[0] for one in kept), default=date.min)
    last = min((one.turns[-1] for one in kept), default=date.min)
    inside = {day for one in kept for day in one.turns if first < day < last}
    turns = (first, *sorted(inside), last) if first < last else ()
    found = births.dictionary_encode("encode")
    days = found.dictionary.cast(pa.int32()).to_pylist()
    codes = [
        _UNSAID if day is None else _code(_class(day, turns), number)
        for day, number in zip(found.dictionary.to_pylist(), days, strict=True)
    ]
    return pa.array(codes, pa.int64()).take(found.indices)


def _code(one: int | date, day: int) -> int:
    return one if isinstance(one, int) else _ITSELF + day


def _combined(columns: list[tuple[pa.Array, int]], rows: int) -> tuple[pa.Array, pa.Array]:
    """Number the combinations of some columns' codes, as ``_numbered`` does."""
    total, most = _zeros(rows), 1
    for codes, count in columns:
        if most * count > _MOST_CODES:
            total, firsts = _numbered(total)
            most = len(firsts)
        total = pc.add(pc.multiply(total, count), codes)
        most *= count
    return _numbered(total)


def _zeros(rows: int) -> pa.Array:
    return pa.Array.from_buffers(pa.int64(), rows, [None, pa.py_buffer(bytes(8 * rows))])


def _counted(rows: int) -> pa.Array:
    numbers = pa.py_buffer(array("q", range(rows)))
    return pa.Array.from_buffers(pa.int64(), rows, [None, numbers])


def _numbered(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Number values from 0 in the order they come; return also each one's first row."""
    found = values.dictionary_encode()
    table = pa.table({"code": found.indices, "row": _counted(len(values))})
    first = table.group_by("code", use_threads=False).aggregate([("row", "min")]).sort_by("code")
    return found.indices.cast(pa.int64()), first.column("row_min").combine_chunks()


def _coded(column: pa.Array) -> tuple[pa.Array, int]:
    """Number the values of a column, and say how many there are."""
    if pa.types.is_list(column.type):
        column = _joined(column)
    found = column.dictionary_encode("encode")
    return found.indices.cast(pa.int64()), max(len(found.dictionary), 1)


def _joined(column: pa.Array) -> pa.Array:
    """Write each list as the codes of its values: text that only equal lists share."""
    # A part of a longer column begins anew, so that its places count from 0.
    column = pa.concat_arrays([column, column.slice(0, 0)])
    values = column.values
    if pa.types.is_struct(values.type):
        parts = (*values.flatten(), values.is_valid())
        words = pc.binary_join_element_wise(*[_words(part) for part in parts], "-")
    else:
        words = _words(values)
    lists = pa.ListArray.from_arrays(column.offsets, words)
    joined = pc.binary_join(lists, ",")
    # An empty list is not one that is not there.
    return pc.if_else(column.is_null(), pa.scalar(None, pa.string()), joined)


def _words(values: pa.Array) -> pa.Array:
    return _coded(values)[0].cast(pa.string())
