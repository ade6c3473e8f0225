"""Index of names by their Latin spelling, fast among a million.

Provides SQL for the rows of notices. The index holds spellings and no text of
a name; an erased name leaves no trace in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from medcounter.identity.pinyin import spellings
from medcounter.store.db.sqlite import Database

TABLE = """
    CREATE VIRTUAL TABLE sound_index USING fts5 (
        spellings, content = '', contentless_delete = 1, tokenize = 'ascii',
        detail = none, prefix = '1 2 3 4 5'
    )
"""
BEGINNING = "SELECT rowid FROM sound_index WHERE sound_index MATCH ?"


def index_name(database: Database, notice: int, name: str) -> None:
    """Let a notice be found by the beginning of any spelling of its name."""
    ways = spellings(name)
    if ways:
        database.conn.execute(
            "INSERT INTO sound_index (rowid, spellings) VALUES (?, ?)", (notice, " ".join(ways))
        )


def forget_names(database: Database, notices: Iterable[int]) -> None:
    """Take names' spellings out, to the last trace of them."""
    rows = [(notice,) for notice in notices]
    database.conn.executemany("DELETE FROM sound_index WHERE rowid = ?", rows)
    database.conn.execute("INSERT INTO sound_index (sound_index) VALUES ('optimize')")


def beginning(word: str) -> str:
    """Write letters as the value of :data:`BEGINNING`."""
    return f'"{word.lower()}"*'
