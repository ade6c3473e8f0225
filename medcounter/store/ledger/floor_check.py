"""Hold each leap over numbers to what the program would have leapt over.

Returns faults, and how far the numbers of a ledger can be believed. Whoever holds the
key can write an event that leaps over all numbers of a year, so that nothing can be
issued in it; or over numbers that are on paper already.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from medcounter.store.db.ledger_schema import ANCHOR_LOST, RESERVING
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import event_forms
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.ledger import number_series
from medcounter.store.ledger.number_series import Series, Used
from medcounter.store.ledger_records import ChainFault

_RESERVING = f"""
    SELECT id, kind, at, clerk, detail FROM event
    WHERE notice IS NULL AND kind IN (?, ?) AND id >= {FIRST} ORDER BY id
"""  # noqa: S608 - a number of ours


class _Leap(NamedTuple):
    position: int
    at: str
    clerk: str
    floors: tuple[Used, ...]
    wrong: str


def verify(database: Database) -> Generator[ChainFault | None, None, None]:
    """Hold every leap to the ledger as it stood then, one between two yields.

    Yields:
        A fault where one says otherwise, else None.
    """
    for leap in _leaps(database):
        yield _fault(leap)


def believed(database: Database) -> dict[Series, int]:
    """Return how far each series went, by notices, closes and leaps that are right.

    Args:
        database: A ledger of any version that may be damaged.
    """
    highest = number_series.given(database)
    for leap in _leaps(database):
        if not leap.wrong:
            _raise(highest, leap.floors)
    return highest


def _fault(leap: _Leap) -> ChainFault | None:
    if not leap.wrong:
        return None
    by = f"“{leap.clerk}”" if leap.clerk else "程序"
    text = f"第 {leap.position} 条记录（{leap.at[:10]}，{by}）{leap.wrong}，可能是编造的。"
    return ChainFault(leap.position, text)


def _leaps(database: Database) -> Iterator[_Leap]:
    floors: dict[Series, int] = {}
    rows = database.conn.execute(_RESERVING, RESERVING).fetchall()
    for position, kind, at, clerk, detail in rows:
        known = number_series.given(database, position)
        _raise(known, [(*series, last) for series, last in floors.items()])
        said = tuple(number_series.floors_said(kind, detail))
        try:
            wrong = _wrong((kind, detail), said, known, datetime.fromisoformat(at))
        except (ValueError, TypeError):  # a time that is none, or without a zone
            wrong = "的时间无法读取"
        if not wrong:
            _raise(floors, said)
        yield _Leap(position, at, clerk, said, wrong)


def _wrong(
    event: tuple[str, str], said: Sequence[Used], known: dict[Series, int], at: datetime
) -> str:
    highest = {(year, series): last for year, series, last in said}
    if len(highest) != len(said) or any(
        last <= known.get(series, 0) for series, last in highest.items()
    ):
        return "所写的编号下限低于当时已经用到的编号"
    kind, detail = event
    if kind == ANCHOR_LOST:
        why = (event_forms.read(kind, detail) or {}).get("why", "")
        is_first = why == number_series.EMERGENCY and not known
        foreseen = number_series.reached(at) if is_first else number_series.foreseen(known, at)
        needed = {used for used in foreseen if used[2] > known.get(used[:2], 0)}
        return "" if set(said) == needed else "跳过的编号与程序当时会跳过的不同"
    if any(last > number_series.most(series, known, at) for series, last in highest.items()):
        return "所写的编号下限高于当时可能用到的编号"
    return ""


def _raise(highest: dict[Series, int], floors: Sequence[Used]) -> None:
    for year, series, last in floors:
        highest[year, series] = max(last, highest.get((year, series), 0))
