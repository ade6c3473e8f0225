"""A ledger of very many notices, written straight into its tables.

Only its size is like a real one's: every notice is a copy of one that was
issued, under another number, person and day, and the chain is not computed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from medcounter.store import search
from tests.store_samples import AT, notice, paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcounter.store.opening import Store
    from medcounter.store.sqlite import Database

A_DAY = 400
CLERKS = ("李晓", "王丽", "赵敏", "周平", "吴强")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
_DETAIL = '{"reason":"重复出单"}'
_VOIDED = 100
_UNCONFIRMED = 500


def fill(store: Store, notices: int) -> None:
    """Write so many notices into an empty ledger, the last of them on the day of AT."""
    first = AT - timedelta(days=notices // A_DAY + 2)
    store.ledger.issue(notice(1, issued_at=first), paper)
    door = store.ledger._door  # noqa: SLF001 - no desk issues a million
    with door.transaction() as database:
        guards = database.conn.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            database.conn.execute(f"DROP TRIGGER {name}")
        _write(database, notices)
        for _, sql in guards:
            database.conn.execute(sql)


def name_of(number: int) -> str:
    """Give the name of a notice's person."""
    given = _GIVEN[number // 20 % 20] + (_GIVEN[number // 400 % 20] if number % 3 else "")
    return _SURNAMES[number % 20] + given


def id_of(number: int) -> str:
    """Give the ID number of a notice's person, one for every three notices."""
    person = number // 3
    return f"360102{19400101 + person:08d}00{person % 10}X"


def _write(database: Database, notices: int) -> None:
    columns = [row[1] for row in database.conn.execute("PRAGMA table_info(notice)")]
    like = dict(zip(columns, database.conn.execute("SELECT * FROM notice").fetchone(), strict=True))
    party = database.conn.execute("SELECT salt, coding, document FROM party").fetchone()
    marks = ", ".join("?" * len(columns))
    database.conn.executemany(
        f"INSERT INTO notice VALUES ({marks})",  # noqa: S608 - question marks
        (tuple(row.values()) for row in _notices(like, notices)),
    )
    database.conn.executemany(
        "INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (number, name_of(number), id_of(number), id_of(number)[-4:], *party)
            for number in range(2, notices + 1)
        ),
    )
    database.conn.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _events(notices))
    for number in range(2, notices + 1):
        search.index_name(database, number, name_of(number))


def _notices(like: dict[str, object], notices: int) -> Iterator[dict[str, object]]:
    for number in range(2, notices + 1):
        at = _at(number, notices)
        yield {
            **like,
            "id": number,
            "number": f"{at.year}-03-{number % 1_000_000:06d}-{number}",
            "issue_year": 2000 + number // 900_000,
            "sequence": number % 900_000 + 1,
            "desk": "04",
            "request_id": f"bulk-{number}",
            "issued_at": at.isoformat(timespec="seconds"),
            "clerk": CLERKS[number % len(CLERKS)],
        }


def _events(notices: int) -> Iterator[tuple[object, ...]]:
    event = 1
    for number in range(2, notices + 1):
        at = _at(number, notices).isoformat(timespec="seconds")
        clerk = CLERKS[number % len(CLERKS)]
        kinds: list[tuple[str, int | None]] = [("issue", 1)]
        if number % _UNCONFIRMED:
            kinds.append(("printed", 1))
        if not number % _VOIDED:
            kinds.append(("void", None))
        for kind, print_no in kinds:
            event += 1
            yield (event, kind, at, number, print_no, clerk, _DETAIL, "hmac-sha256:00")


def _at(number: int, notices: int) -> datetime:
    """Give when a notice was issued: so many a day, one a minute, the last at AT."""
    days, minutes = divmod(notices - number, A_DAY)
    return AT - timedelta(days=days, minutes=minutes)
