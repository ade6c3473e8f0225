"""A ledger of very many notices, written straight into its tables.

Every notice is a copy of one that was issued, under another number, person
and day. Rows are sealed, linked and signed as the ledger itself would, so that
whatever walks it finds nothing.
"""

from __future__ import annotations

import zlib
from collections import Counter
from datetime import datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from medcounter.store.journal import journal, sealed_rows
from medcounter.store.ledger import ledger_search
from medcounter.trust import chain
from tests.faults.secrets.forging import without_guards
from tests.support.store.store_samples import AT, notice, paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from medcounter.store.db.sqlite import Database
    from medcounter.store.opening.store import Store
    from medcounter.trust.chain_key import ChainKey

A_DAY = 400
CLERKS = ("李晓", "王丽", "赵敏", "周平", "吴强")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
_VOIDED = 100
_UNCONFIRMED = 500


def fill(store: Store, notices: int, last: datetime = AT, clerks: Sequence[str] = CLERKS) -> None:
    """Write so many notices into a ledger without one, the last of them at a time.

    Where people sign in, only the one who sits there can be its clerk.
    """
    first = last - timedelta(days=notices // A_DAY + 2)
    store.ledger.issue(notice(1, issued_at=first), paper)
    with store.ledger._connection.transaction() as database:  # noqa: SLF001 - no desk issues a million
        guards = without_guards(database)
        turns = zip(_times(notices, last), cycle(clerks), strict=False)
        _write(database, store.chain_key, turns)
        for guard in guards:
            database.conn.execute(guard)


def name_of(number: int) -> str:
    """Give the name of a notice's person."""
    given = _GIVEN[number // 20 % 20] + (_GIVEN[number // 400 % 20] if number % 3 else "")
    return _SURNAMES[number % 20] + given


def id_of(number: int) -> str:
    """Give the ID number of a notice's person, one for every three notices."""
    person = number // 3
    return f"360102{19400101 + person:08d}00{person % 10}X"


def _write(database: Database, key: ChainKey, turns: Iterable[tuple[datetime, str]]) -> None:
    (like,) = database.query("SELECT * FROM notice")
    (person,) = database.query("SELECT * FROM party")
    salt, document = bytes(person["salt"]), zlib.decompress(person["document"])
    of_year = Counter({int(like["issue_year"]): 1})
    for number, (at, clerk) in enumerate(turns, 2):
        name, id_number = name_of(number), id_of(number)
        commitment = chain.commitment(salt, [name, id_number], document)
        of_year[at.year] += 1
        changes = _changes((number, at, clerk), of_year[at.year])
        row = like | changes | {"commitment": commitment}
        _put(database, "notice", row)
        said = {"notice": number, "name": name, "id_number": id_number, "id_tail": id_number[-4:]}
        _put(database, "party", person | said)
        ledger_search.index_name(database, number, name)
        sealed = sealed_rows.seal_row(key.salts, [row[name] for name in sealed_rows.COLUMNS])
        openings = sealed_rows.seal_party(salt, name, id_number)
        detail: dict[str, object] = {
            "digest": sealed_rows.sealed_digest(sealed.row),
            "party": sealed_rows.leaves(openings),
        }
        for event in _events((number, at, clerk), detail):
            journal.append(database, key, event)


def _put(database: Database, table: str, row: Mapping[str, object]) -> None:
    marks = ", ".join("?" * len(row))
    database.conn.execute(
        f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608 - question marks
        tuple(row.values()),
    )


def _changes(issued: tuple[int, datetime, str], sequence: int) -> dict[str, object]:
    number, at, clerk = issued
    return {
        "id": number,
        "number": f"{at.year}-03-{sequence:06d}",
        "issue_year": at.year,
        "sequence": sequence,
        "request_id": f"bulk-{number}",
        "issued_at": at.isoformat(timespec="seconds"),
        "clerk": clerk,
    }


def _events(
    issued: tuple[int, datetime, str], detail: dict[str, object]
) -> Iterator[journal.NewEvent]:
    number, at, clerk = issued
    yield journal.NewEvent("issue", at, clerk, notice=number, print_no=1, detail=detail)
    if number % _UNCONFIRMED:
        yield journal.NewEvent("printed", at, clerk, notice=number, print_no=1)
    if not number % _VOIDED:
        yield journal.NewEvent("void", at, clerk, notice=number, detail={"reason": "重复出单"})


def _times(notices: int, last: datetime) -> Iterator[datetime]:
    """Give when each notice but the first was issued: so many a day, one a minute."""
    for number in range(2, notices + 1):
        days, minutes = divmod(notices - number, A_DAY)
        yield last - timedelta(days=days, minutes=minutes)
