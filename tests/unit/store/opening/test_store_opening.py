"""A data folder opens whole, or says in one sentence why not; nothing is ever made anew over it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.errors import MedCounterError
from medcounter.store import store_errors
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.trust import slot_files
from medcounter.trust.data_key import make_data_key
from medcounter.trust.trust_errors import KeySlotDamagedError, KeySlotMissingError
from tests.support.store.store_samples import AT, NOTICE, notice, paper, raw
from tests.support.system.rights import as_plain_user, give_to_plain_user

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from medcounter.store.opening.open_store import open_store
store = open_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one notice in it, closed."""
    path = tmp_path / "data"
    store = open_store(path)
    store.ledger.issue(notice(), paper)
    store.close(with_backup=False)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the journals, which SQLite empties as it likes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: path.read_bytes() for path in files if "-journal" not in path.name}


def assert_refused(folder: Path, cause: type[MedCounterError]) -> str:
    """Open a folder that must not open, see that it stays as it is, and give the sentence."""
    before = contents(folder) if folder.is_dir() else {}
    with pytest.raises(MedCounterError) as caught:
        open_store(folder)
    assert cause is type(caught.value)
    assert before == (contents(folder) if folder.is_dir() else {})
    return caught.value.text


@pytest.fixture
def plain_folder(folder: Path) -> Iterator[Path]:
    """A copy of the folder that belongs to a plain user."""
    home = Path(tempfile.mkdtemp())
    path = Path(shutil.copytree(folder, home / "data"))
    give_to_plain_user(home)
    yield path
    for each in (path, *path.rglob("*")):
        each.chmod(0o700)
    shutil.rmtree(home)


def test_a_first_start_makes_an_empty_ledger_and_a_key_with_its_copy(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new" / "data")
    assert store.ledger.last() is None
    store.close()
    names = {path.name for path in (tmp_path / "new" / "data").iterdir()}
    assert {"ledger.db", "rules.db", "keyslots.json", "backups", "bundles"} <= names
    paths = DataFolder(tmp_path / "new" / "data")
    assert paths.key_file.read_bytes() == paths.key_copy.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_its_user_may_look_into_the_folder(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0


def test_what_was_issued_is_there_at_the_next_start(folder: Path) -> None:
    store = open_store(folder)
    last = store.ledger.last()
    store.close()
    assert last is not None
    assert (last.number, last.document) == ("2025-03-000001", paper("2025-03-000001"))


def test_no_file_shows_a_name_or_an_id_number(folder: Path) -> None:
    store = open_store(folder)
    store.counter_drafts.save(NOTICE.name.encode(), AT)
    store.close()
    for name, data in contents(folder).items():
        for canary in (NOTICE.name, NOTICE.id_number, NOTICE.clerk):
            assert canary.encode() not in data, name
            assert canary.encode("utf-16-le") not in data, name
    assert not (folder / "ledger.db").read_bytes().startswith(b"SQLite")


def test_a_second_copy_of_the_program_is_told_so_and_waits_for_nothing(folder: Path) -> None:
    command = [sys.executable, "-c", OPEN_AND_WAIT, str(folder)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        assert "另一个已打开的本程序" in assert_refused(folder, store_errors.StoreInUseError)
        first.stdin.close()
    open_store(folder).close()


def test_a_killed_program_holds_the_folder_no_longer(folder: Path) -> None:
    command = [sys.executable, "-c", OPEN_AND_WAIT, str(folder)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        first.kill()
    open_store(folder).close()


def test_two_stores_in_one_program_exclude_each_other_too(folder: Path) -> None:
    store = open_store(folder)
    with pytest.raises(store_errors.StoreInUseError):
        open_store(folder)
    store.close()
    store.close()


def test_a_ledger_of_a_newer_program_is_left_alone(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("PRAGMA user_version = 99")
    assert "请使用新版程序" in assert_refused(folder, store_errors.StoreNewerError)


def test_a_database_of_another_program_is_left_alone(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("PRAGMA application_id = 1")
    assert_refused(folder, store_errors.NotADatabaseError)


@pytest.mark.parametrize("data", [b"not a database" * 1000, b"SQLite format 3\0" + b"\0" * 4080])
def test_a_file_that_is_no_database_is_left_alone(folder: Path, data: bytes) -> None:
    (folder / "ledger.db").write_bytes(data)
    assert "不要删除文件" in assert_refused(folder, store_errors.NotADatabaseError)


@pytest.mark.parametrize("data", [b"", b"x", b"SQLite format 3"])
def test_an_emptied_ledger_is_not_taken_for_a_new_one(folder: Path, data: bytes) -> None:
    (folder / "ledger.db").write_bytes(data)
    assert_refused(folder, store_errors.StoreDamagedError)


def test_a_ledger_that_is_gone_is_not_made_anew(folder: Path) -> None:
    (folder / "ledger.db").unlink()
    text = assert_refused(folder, store_errors.LedgerMissingError)
    assert "不会新建空台账" in text
    assert "没有找到完好的备份" in text


def test_a_lost_ledger_is_refused_with_the_newest_good_backup_and_the_command(
    folder: Path,
) -> None:
    open_store(folder).close()
    good = folder / "backups" / "ledger-20250305-000000001.db"
    spoilt = good.with_name("ledger-20250306-000000002.db")
    spoilt.write_bytes(good.read_bytes()[:-4096] + bytes(4096))
    (folder / "ledger.db").unlink()
    text = assert_refused(folder, store_errors.LedgerMissingError)
    assert "“medcounter restore ledger-20250305-000000001.db”" in text


def test_a_ledger_without_any_key_is_not_made_anew(folder: Path) -> None:
    DataFolder(folder).key_file.unlink()
    DataFolder(folder).key_copy.unlink()
    assert_refused(folder, KeySlotMissingError)


def test_damaged_key_files_are_left_alone(folder: Path) -> None:
    for path in (DataFolder(folder).key_file, DataFolder(folder).key_copy):
        path.write_bytes(path.read_bytes()[:-9])
    assert_refused(folder, KeySlotDamagedError)


def test_a_backup_alone_shows_that_there_was_a_ledger(folder: Path) -> None:
    store = open_store(folder)
    store.close(with_backup=True)
    for path in (folder / "ledger.db", DataFolder(folder).key_file, DataFolder(folder).key_copy):
        path.unlink()
    assert_refused(folder, KeySlotMissingError)


def test_the_key_of_another_hall_opens_nothing(folder: Path) -> None:
    paths = DataFolder(folder)
    slot_files.write_clear_slot(make_data_key(), paths.key_file, paths.key_copy)
    assert_refused(folder, store_errors.NotADatabaseError)


def test_the_copy_of_the_key_opens_what_a_wrong_key_file_does_not(
    folder: Path, tmp_path: Path
) -> None:
    paths = DataFolder(folder)
    right = paths.key_copy.read_bytes()
    slot_files.write_clear_slot(make_data_key(), paths.key_file, tmp_path / "elsewhere")
    open_store(folder).close()
    assert paths.key_file.read_bytes() == paths.key_copy.read_bytes() == right


@pytest.mark.parametrize("lost", ["key_file", "key_copy"])
def test_a_lost_key_file_is_made_good_from_the_other(folder: Path, lost: str) -> None:
    getattr(DataFolder(folder), lost).unlink()
    open_store(folder).close()
    assert DataFolder(folder).key_file.read_bytes() == DataFolder(folder).key_copy.read_bytes()


def test_a_first_start_cut_off_before_the_key_begins_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    DataFolder(folder).new_ledger.write_bytes(b"half a ledger")
    store = open_store(folder)
    assert store.ledger.last() is None
    store.close()


def test_a_leftover_that_the_key_does_not_open_is_not_taken_for_the_ledger(folder: Path) -> None:
    (folder / "ledger.db").unlink()
    DataFolder(folder).new_ledger.write_bytes(b"something else" * 500)
    assert_refused(folder, store_errors.LedgerMissingError)


def test_a_ledger_without_one_of_its_guards_is_not_used(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("DROP TRIGGER notice_no_delete")
    assert_refused(folder, store_errors.SchemaUnexpectedError)


@pytest.mark.parametrize("data", [b"", b"spoilt" * 1000])
def test_a_spoilt_cache_of_rules_is_made_anew(folder: Path, data: bytes) -> None:
    (folder / "rules.db").write_bytes(data)
    store = open_store(folder)
    assert store.ledger.last() is not None
    store.close()


def looked_into(folder: Path) -> str:
    """Open a folder that cannot be written, see what works, and give the sentence."""
    before = contents(folder)
    store = open_store(folder)
    try:
        assert store.ledger.search("张三丰").total == 1
        assert store.ledger.find("2025-03-000001").document == paper("2025-03-000001")
        assert [fault for fault in store.ledger.verify() if fault] == []
        for write in (
            lambda: store.ledger.issue(notice(2), paper),
            lambda: store.ledger.add_print("2025-03-000001", AT, ""),
            lambda: store.counter_drafts.save(b"draft", AT),
        ):
            with pytest.raises(store_errors.StoreReadOnlyError) as caught:
                write()
            assert caught.value.text == store.read_only
        return store.read_only
    finally:
        store.close()
        assert contents(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_in_a_folder_that_cannot_be_written_one_can_still_look(plain_folder: Path) -> None:
    plain_folder.chmod(0o500)
    with as_plain_user():
        assert "只能读、不能写" in looked_into(plain_folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_into_a_ledger_that_cannot_be_written_one_can_still_look(plain_folder: Path) -> None:
    (plain_folder / "ledger.db").chmod(0o400)
    with as_plain_user():
        assert "只能读、不能写" in looked_into(plain_folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_folder_that_cannot_be_written_and_holds_no_ledger_is_refused() -> None:
    home = Path(tempfile.mkdtemp())
    home.chmod(0o555)
    try:
        with as_plain_user(), pytest.raises(store_errors.StoreReadOnlyError, match="不能写"):
            open_store(home)
    finally:
        home.rmdir()


def test_a_file_in_the_place_of_the_folder_is_said_to_be_unreachable(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"kept")
    assert "文件夹无法打开" in assert_refused(path, store_errors.StoreUnreachableError)
    assert path.read_bytes() == b"kept"


def test_a_folder_in_the_place_of_the_ledger_is_said_to_be_unreachable(folder: Path) -> None:
    (folder / "ledger.db").unlink()
    (folder / "ledger.db").mkdir()
    assert_refused(folder, store_errors.StoreUnreachableError)
