"""Every setting that keeps the ledger safe is really in force."""

from pathlib import Path

import pytest
from sqlite_utils.migrations import Migrations

from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.db.migrations import Schema, bring_up, fingerprint
from medcounter.store.db.sqlite import Database, connect, scalar, transaction
from medcounter.store.rules.rules_schema import RULES

KEY = b"k" * 32


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return connect(tmp_path / "test.db", KEY, may_create=True)


# Source: the settings that lost nothing in the measurements of the trust design.
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("cipher_provider", "openssl"),
    ],
)
def test_a_setting_is_in_force(database: Database, pragma: str, value: object) -> None:
    assert value == scalar(database, f"PRAGMA {pragma}")


def test_sqlite_utils_works_over_the_encrypted_engine(database: Database) -> None:
    database.table("t").insert({"id": 1, "name": "张三丰"}, pk="id", strict=True)
    assert list(database.query("SELECT * FROM t")) == [{"id": 1, "name": "张三丰"}]
    assert type(database.conn).__module__.startswith("sqlcipher3")


def test_a_file_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(store_errors.StoreUnreachableError):
        connect(tmp_path / "none.db", KEY)
    assert not (tmp_path / "none.db").exists()


def fill(database: Database, *values: object) -> None:
    with transaction(database):
        for value in values:
            database.conn.execute("INSERT INTO t VALUES (?)", (value,))
            if value is None:
                raise ZeroDivisionError


@pytest.mark.parametrize(
    ("values", "failure"),
    [((1, None), ZeroDivisionError), ((1, "no integer"), store_errors.InvalidEntryError)],
)
def test_a_block_that_fails_leaves_nothing_behind(
    database: Database, values: tuple[object, ...], failure: type[Exception]
) -> None:
    database.execute("CREATE TABLE t (a INTEGER) STRICT")
    with pytest.raises(failure):
        fill(database, *values)
    assert scalar(database, "SELECT count(*) FROM t") == 0


def test_a_block_holds_the_write_lock_from_its_start(database: Database) -> None:
    with transaction(database):
        assert database.conn.in_transaction


@pytest.mark.parametrize("schema", [LEDGER, RULES], ids=["ledger", "rules"])
def test_the_steps_of_a_schema_make_the_shape_it_expects(
    database: Database, schema: Schema
) -> None:
    bring_up(database, schema, lambda: None, may_create=True)
    assert schema.fingerprint == fingerprint(database)
    assert schema.version == scalar(database, "PRAGMA user_version")
    assert schema.steps.pending(database) == []


def tables_not_strict(database: Database) -> set[str]:
    sql = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
    return {row["name"] for row in database.query(sql)}


@pytest.mark.parametrize("schema", [LEDGER, RULES], ids=["ledger", "rules"])
def test_every_table_of_ours_is_strict(database: Database, schema: Schema) -> None:
    bring_up(database, schema, lambda: None, may_create=True)
    assert tables_not_strict(database) <= {"sqlite_schema", "sqlite_temp_schema"}


def grown(*, fails: bool = False) -> Schema:
    """The ledger's schema one step later."""
    steps = Migrations("ledger")
    for each in LEDGER.steps._migrations:  # noqa: SLF001 - there is no public list of the steps
        steps(name=each.name)(each.fn)

    @steps(name="0003_remarks")
    def _third(database: Database) -> None:
        database.conn.execute("CREATE TABLE remark (text TEXT) STRICT")
        if fails:
            database.conn.execute("INSERT INTO remark VALUES (x'00')")

    return Schema(LEDGER.application_id, steps, LEDGER.version + 1, "")


def shape_after(schema: Schema, folder: Path) -> str:
    """The fingerprint its steps give when they run one after the other."""
    other = connect(folder / "other.db", KEY, may_create=True)
    bring_up(other, LEDGER, lambda: None, may_create=True)
    schema.steps.apply(other)
    shape = fingerprint(other)
    other.close()
    return shape


def test_a_step_that_is_due_runs_after_the_backup_and_once(
    database: Database, tmp_path: Path
) -> None:
    bring_up(database, LEDGER, lambda: None, may_create=True)
    later = grown()
    copies: list[int] = []
    with pytest.raises(store_errors.SchemaUnexpectedError):
        bring_up(database, later, lambda: copies.append(1), may_create=False)
    assert len(copies) == 1
    assert scalar(database, "PRAGMA user_version") == LEDGER.version
    expected = shape_after(later, tmp_path)
    whole = Schema(later.application_id, later.steps, later.version, expected)
    bring_up(database, whole, lambda: copies.append(2), may_create=False)
    bring_up(database, whole, lambda: copies.append(3), may_create=False)
    assert copies == [1, 2]
    assert scalar(database, "PRAGMA user_version") == LEDGER.version + 1


def test_a_step_that_fails_leaves_the_old_shape(database: Database) -> None:
    bring_up(database, LEDGER, lambda: None, may_create=True)
    with pytest.raises(store_errors.StoreError):
        bring_up(database, grown(fails=True), lambda: None, may_create=False)
    bring_up(database, LEDGER, lambda: None, may_create=False)
    assert scalar(database, "PRAGMA user_version") == LEDGER.version


def test_a_backup_that_fails_stops_the_migration(database: Database) -> None:
    bring_up(database, LEDGER, lambda: None, may_create=True)

    def no_backup() -> None:
        raise store_errors.BackupFailedError

    with pytest.raises(store_errors.BackupFailedError):
        bring_up(database, grown(), no_backup, may_create=False)
    assert scalar(database, "PRAGMA user_version") == LEDGER.version


def test_a_door_opens_again_after_it_was_closed(tmp_path: Path) -> None:
    connection = Connection(tmp_path / "rules.db", KEY, RULES, may_create=True)
    assert scalar(connection.database, "SELECT count(*) FROM bundle") == 0
    connection.reopen()
    connection.close()
    connection.close()
    assert scalar(connection.database, "SELECT count(*) FROM bundle") == 0
    connection.close()
