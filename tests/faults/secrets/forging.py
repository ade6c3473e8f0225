"""Change a ledger as somebody can who has the disk and the key in its clear slot."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import sealed_rows
from medcounter.trust import chain, slot_files
from medcounter.trust.chain_key import chain_key
from tests.support.store.store_samples import raw


def without_guards(database: Database) -> list[str]:
    """Take the triggers away and give what makes them again."""
    guards = list(database.query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for guard in guards:
        database.conn.execute(f"DROP TRIGGER {guard['name']}")
    return [guard["sql"] for guard in guards]


def said_of(database: Database, name: str) -> str:
    """Give the text by which an index was made."""
    sql = "SELECT sql FROM sqlite_schema WHERE name = ?"
    (text,) = database.conn.execute(sql, (name,)).fetchone()
    return str(text)


def let_index_say(database: Database, name: str, sql: str) -> None:
    """Let the schema say of an index what it does not hold."""
    conn = database.conn
    (version,) = conn.execute("PRAGMA schema_version").fetchone()
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name))
    conn.execute(f"PRAGMA schema_version = {version + 1}")


def fill_index(
    opening: Callable[[], AbstractContextManager[Database]], name: str, sql: str
) -> None:
    """Fill an index as another text says, and put its own back."""
    with opening() as database:
        before = said_of(database, name)
        let_index_say(database, name, sql)
    with opening() as database:
        database.conn.execute(f"REINDEX {name}")
        let_index_say(database, name, before)


def cut_tail(folder: Path, kept: int = 4) -> None:
    """Delete every notice after the first ones, with its events and its person."""
    with raw(folder) as database:
        guards = without_guards(database)
        database.conn.execute("PRAGMA foreign_keys = OFF")
        for table, column in (
            ("party", "notice"),
            ("event_signature", "event"),
            ("event", "notice"),
            ("notice", "id"),
        ):
            database.conn.execute(f"DELETE FROM {table} WHERE {column} > {kept:d}")  # noqa: S608 - our words
        for guard in guards:
            database.conn.execute(guard)


def recompute(folder: Path, changed: int = 3) -> None:
    """Change a sum and let every code fit it again, as one can who has the key."""
    (key,) = slot_files.read_data_keys(DataFolder(folder).key_file, DataFolder(folder).key_copy)
    with raw(folder) as database:
        guards = without_guards(database)
        database.conn.execute("UPDATE notice SET total = 1 WHERE id = ?", (changed,))
        rows = list(database.query("SELECT * FROM event ORDER BY id"))
        before = chain.GENESIS
        for row in rows:
            stored = next(
                iter(database.query("SELECT * FROM notice WHERE id = ?", [row["notice"]]))
            )
            detail = f'{{"digest":"{sealed_rows.plain_digest(list(stored.values()))}"}}'
            made = chain_key(key)
            said = (*list(row.values())[:6], detail, made.desk.public)
            before = chain.link(made.codes, before, said)
            database.conn.execute(
                "UPDATE event_signature SET signature = ? WHERE event = ?",
                (made.desk.sign(before), row["id"]),
            )
            database.conn.execute(
                "UPDATE event SET detail = ?, mac = ? WHERE id = ?", (detail, before, row["id"])
            )
        for guard in guards:
            database.conn.execute(guard)
