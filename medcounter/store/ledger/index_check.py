"""Compare the words of the name indexes with the people of the ledger.

Returns faults. The indexes keep no text, so their words are read back by
``fts5vocab``, whose table lies in memory and is gone after the walk. A person
whose words differ is not found by name, or is found by another's. Each
character and beginning is also looked up as a search does, by another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress

from medcounter.identity.pinyin import spellings
from medcounter.store.db.sqlite import Database, DatabaseFailure, scalar
from medcounter.store.ledger import ledger_search
from medcounter.store.ledger_records import ChainFault

# So many are read in a few milliseconds.
_WORDS = 500
_PEOPLE = 250
# So many letters of each word are looked up: a character whole; of spellings, of which
# there are as many as names, the beginning that is typed most. All of them would take
# longer than all the rest of the walk.
_ASKED = {"name_index": 8, "sound_index": 3}
_NAMED = "SELECT notice, name FROM party WHERE notice > ? AND notice <= ? ORDER BY notice LIMIT ?"
# The tokenizer ``ascii``: letters, digits and all that is not ASCII, small letters.
_TOKEN = re.compile(r"[0-9a-z\x80-\U0010ffff]+")
_LOW = 2**64 - 1


def verify(database: Database) -> Generator[ChainFault | None, None, None]:
    """Hold both indexes to the names; a slice of words or people between two yields.

    Who is written or erased during the walk is looked at a second time, alone.

    Args:
        database: The open ledger, or a copy.

    Yields:
        One fault for all people whose words differ, else None.
    """
    differing = yield from _differing(database, None)
    if differing:
        differing = yield from _differing(database, differing)
    if differing:
        yield ChainFault(
            0,
            f"有 {len(differing)} 张通知单的查找索引与姓名不符，"
            "按姓名可能查不到或查到别人，索引可能被改动过。",
        )


def _differing(
    database: Database, only: frozenset[int] | None
) -> Generator[None, None, frozenset[int]]:
    """Return the notices, of all or of some, whose words are not those of the name."""
    last = int(str(scalar(database, "SELECT coalesce(max(id), 0) FROM notice")))
    found: set[int] = set()
    for table, words_of in (("name_index", _characters), ("sound_index", _spellings)):
        there = yield from _read_back(database, table, last)
        # The first name that is spelt loads the tables of readings: a slice of its own.
        words_of("人")
        yield None
        found |= yield from _otherwise(database, words_of, there, last)
    return frozenset(found if only is None else found & only)


class _Words:
    """What an index holds up to a notice, and whom no search finds by it.

    Attributes:
        sums: The words of each notice, summed up.
        hidden: The notices that a search for one of their words does not give.
    """

    def __init__(self, database: Database, table: str, last: int) -> None:
        """Begin with nothing read."""
        self.sums: dict[int, int] = {}
        self.hidden: set[int] = set()
        self.listed = f"SELECT id FROM {table}_docsize WHERE id BETWEEN ? AND ?"  # noqa: S608 - a fixed name
        self._database = database
        self._last = last
        self._sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid <= ?"  # noqa: S608 - a fixed name
        self._letters = _ASKED[table]
        # What is asked for next, and who bears it.
        self._asked = ""
        self._bearers: set[int] = set()

    def take(self, word: str, notice: int) -> None:
        """Take one place of a word, in the order of words."""
        if notice > self._last:
            return
        self.sums[notice] = (self.sums.get(notice, 0) + hash(word)) & _LOW
        if not self._asked or word[: self._letters] != self._asked:
            self.look_up()
            self._asked = word[: self._letters]
        self._bearers.add(notice)

    def look_up(self) -> None:
        """See that a search finds everybody who bears what was read last."""
        missed, self._bearers = self._bearers, set()
        if not missed:
            return
        # What tells where a word lies may be damaged: then nobody is found.
        with suppress(DatabaseFailure):
            found = self._database.conn.execute(self._sql, (f'"{self._asked}"*', self._last))
            missed = missed.difference(number for (number,) in found)
        self.hidden |= missed


def _read_back(database: Database, table: str, last: int) -> Generator[None, None, _Words]:
    """Sum up the words an index holds of each notice, and look each up."""
    read_back = _Words(database, table, last)
    with _vocabulary(database, table) as words:
        # Half of a hall's people may bear one word, so that a slice ends within it too.
        sql = f"SELECT term, doc FROM {words} WHERE term >= ?1 AND (term > ?1 OR doc > ?2)"  # noqa: S608 - a fixed name
        at: tuple[str, int] | None = ("", 0)
        while at is not None:
            before, at = at, None
            for read, (word, notice) in enumerate(database.conn.execute(sql, before)):
                # What one name says twice is read together: the next slice begins after it.
                if read >= _WORDS and (word, notice) != before:
                    at = before
                    break
                before = word, notice
                read_back.take(word, notice)
            else:
                read_back.look_up()
            yield None
    return read_back


def _otherwise(
    database: Database, words_of: Callable[[str], str], there: _Words, last: int
) -> Generator[None, None, set[int]]:
    """Return the notices whose names need other words in an index than are there.

    Words of nobody are strays, which the people's own walk counts.
    """
    found: set[int] = set()
    before = 0
    while people := database.conn.execute(_NAMED, (before, last, _PEOPLE)).fetchall():
        between = (people[0][0], people[-1][0])
        # By these rows names are taken out of the index when they are erased.
        listed = {number for (number,) in database.conn.execute(there.listed, between)}
        for notice, name in people:
            words = _TOKEN.findall(words_of(str(name)))
            if (
                there.sums.get(notice, 0) != sum(map(hash, words)) & _LOW
                or notice in there.hidden
                or (words and notice not in listed)
            ):
                found.add(notice)
        before = people[-1][0]
        yield None
    return found


def _characters(name: str) -> str:
    return ledger_search.name_words(name).lower()


def _spellings(name: str) -> str:
    return " ".join(spellings(name)).lower()


@contextmanager
def _vocabulary(database: Database, table: str) -> Iterator[str]:
    """Give the table of an index's words, in memory; also where one may only look."""
    looks_only = scalar(database, "PRAGMA query_only")
    words = f"temp.{table}_words"
    database.conn.execute("PRAGMA query_only = OFF")
    try:
        database.conn.execute(
            f"CREATE VIRTUAL TABLE {words} USING fts5vocab('main', '{table}', 'instance')"
        )
        yield words
    finally:
        # The walk may have been left, and the ledger closed, in the middle.
        with suppress(DatabaseFailure):
            database.conn.execute(f"DROP TABLE IF EXISTS {words}")
            database.conn.execute(f"PRAGMA query_only = {looks_only}")
