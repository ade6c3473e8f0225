"""Gathered ledgers in a real PostgreSQL: once each, void stays void, contradictions refused."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from medcounter.gather.gather_errors import DatabaseUnusableError, NumberTakenError, RowDiffersError
from medcounter.gather.ledger_file import LedgerFile
from medcounter.gather.postgres import write_ledger
from tests.support.desk.counter_samples import HALL, Counter, open_counter
from tests.support.store.gather_samples import read_ledger

OF_BEFORE = Path(__file__).parents[1] / "data" / "ledgers" / "exported-version-1"
VERSIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
TOOLS = VERSIONS[-1] if VERSIONS else None
# Root may not run a server, so somebody else does.
AS_OTHER = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]

needs_server = pytest.mark.skipif(
    TOOLS is None or shutil.which("setpriv") is None,
    reason="no PostgreSQL server here (apt-get install postgresql)",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of our own, on a socket in a folder of its own, no network."""
    assert TOOLS is not None
    # A socket's path is short, and whoever runs the server must get there.
    with tempfile.TemporaryDirectory(prefix="county-") as name:
        place = Path(name)
        place.chmod(0o777)
        data = place / "data"
        words = ("-U", "county", "-A", "trust", "-E", "UTF8", "--no-sync")
        run(place, TOOLS / "initdb", "-D", data, *words)
        options = f"-k {place} -c listen_addresses='' -c fsync=off"
        control = (TOOLS / "pg_ctl", "-D", data, "-w", "-l", place / "log", "-o", options)
        run(place, *control, "start")
        yield f"host={place} user=county dbname=postgres"
        run(place, *control, "-m", "immediate", "stop")


def run(place: Path, *words: str | Path) -> None:
    other = AS_OTHER if os.geteuid() == 0 else []
    subprocess.run([*other, *words], check=True, stdout=subprocess.DEVNULL, cwd=place)


@pytest.fixture
def empty(address: str) -> str:
    with psycopg.connect(address) as connection:
        connection.execute("DROP TABLE IF EXISTS medcounter_notice, medcounter_ledger")
    return address


def exported(counter: Counter, path: Path) -> LedgerFile:
    path.write_bytes(b"".join(counter.desk.register.export_audit(counter.clock())))
    return read_ledger(path)


def rows(address: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT number, total, state FROM medcounter_notice ORDER BY number"
        )
        return list(found.fetchall())


@needs_server
def test_a_ledger_is_written_once_and_follows_what_happens_to_it(
    tmp_path: Path, empty: str
) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    counter.issue("吴梅")
    assert write_ledger(empty, exported(counter, tmp_path / "1")) == 2
    assert write_ledger(empty, exported(counter, tmp_path / "2")) == 0
    early = read_ledger(tmp_path / "1")
    counter.desk.notices.void("2025-03-000001", "重复出单", counter.clock())
    counter.issue("王安")
    assert write_ledger(empty, exported(counter, tmp_path / "3")) == 1
    assert write_ledger(empty, early) == 0
    assert rows(empty) == [
        ("2025-03-000001", 40_000, "void"),
        ("2025-03-000002", 40_000, "issued"),
        ("2025-03-000003", 40_000, "issued"),
    ]
    counter.desk.close()


TAMPERED = {
    "total": "UPDATE medcounter_notice SET total = 1 WHERE number = '2025-03-000001'",
    "the whole number": "UPDATE medcounter_notice SET id_number = '3601**1989********'",
    "the beginning of a name": "UPDATE medcounter_notice SET name = '王**'",
    "a void": "UPDATE medcounter_notice SET state = 'void' WHERE number = '2025-03-000002'",
    "a day": "UPDATE medcounter_notice SET coverage_end = '2026-12-31'",
    "a number": "UPDATE medcounter_notice SET number = '2025-03-000009'"
    " WHERE number = '2025-03-000002'",
    "the head": "UPDATE medcounter_ledger SET head = '1-00000000'",
}


@needs_server
@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
def test_a_row_that_is_there_and_says_something_else_is_named(
    tmp_path: Path, empty: str, change: str
) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    counter.issue("吴梅")
    file = exported(counter, tmp_path / "1")
    counter.desk.close()
    write_ledger(empty, file)
    with psycopg.connect(empty) as connection:
        connection.execute(change)
    before = rows(empty)
    with pytest.raises(RowDiffersError, match="没有写入"):
        write_ledger(empty, file)
    assert rows(empty) == before


@needs_server
@pytest.mark.parametrize("first", [True, False])
def test_masked_and_whole_files_of_one_ledger_say_the_same(
    tmp_path: Path, empty: str, *, first: bool
) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    counter.issue("吴小满", id_number="", birth_date="2025-02-03")
    files = []
    for masked in (first, not first):
        path = tmp_path / f"{masked}"
        path.write_bytes(
            b"".join(counter.desk.register.export_audit(counter.clock(), masked=masked))
        )
        files.append(read_ledger(path))
    counter.desk.close()
    assert [write_ledger(empty, file) for file in files] == [2, 0]


@needs_server
def test_files_of_0_1_0_are_written_and_compared(empty: str) -> None:
    masked, whole = (read_ledger(OF_BEFORE / f"{name}.audit") for name in ("masked", "whole"))
    assert [write_ledger(empty, file) for file in (masked, whole, masked)] == [3, 0, 0]


@needs_server
def test_another_ledger_with_the_same_numbers_writes_nothing(tmp_path: Path, empty: str) -> None:
    files = []
    for place in ("a", "b"):
        counter = open_counter(tmp_path / place)
        counter.desk.save_settings(replace(HALL, desk="03"), counter.clock())
        counter.issue("吴建国")
        files.append(exported(counter, tmp_path / f"{place}.audit"))
        counter.desk.close()
    write_ledger(empty, files[0])
    before = rows(empty)
    with pytest.raises(NumberTakenError):
        write_ledger(empty, files[1])
    assert rows(empty) == before
    with psycopg.connect(empty) as connection:
        (count,) = connection.execute("SELECT count(*) FROM medcounter_ledger").fetchone() or (0,)
    assert count == 1


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    file = exported(counter, tmp_path / "1")
    counter.desk.close()
    with pytest.raises(DatabaseUnusableError):
        write_ledger(f"host={tmp_path} user=nobody connect_timeout=2", file)
