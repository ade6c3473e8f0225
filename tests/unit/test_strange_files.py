"""What lies on a stick under a file's name and is none is refused at once, with a sentence."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from medcounter.bundle.signed_package import read_package
from medcounter.desk.recovery.rescue import restore_backup, take_key_file
from medcounter.destinations import require_outside
from medcounter.errors import MedCounterError
from medcounter.files import read_bounded
from medcounter.gather.ledger_file import read_file
from medcounter.roster.tables.table import open_table
from medcounter.store.backups import second_place
from medcounter.store.opening.open_store import open_store
from tests.support.store.store_samples import AT, notice, paper

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no pipes in folders there")
READERS: dict[str, Callable[[Path, Path], object]] = {
    "a package": lambda path, _: read_package(path),
    "a key file": lambda path, data: take_key_file(data, path),
    "a list": lambda path, _: open_table(path),
    "a ledger to gather": lambda path, _: read_file(path),
}
LAYS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
    "a link to itself": lambda path: path.symlink_to(path),
}


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """End what waits for a pipe that nobody writes to."""
    signal.alarm(20)
    yield
    signal.alarm(0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)
    store.close()
    return tmp_path / "data"


@pytest.mark.parametrize("reads", READERS)
@pytest.mark.parametrize("lays", LAYS)
def test_what_is_no_file_is_read_by_nobody(
    reads: str, lays: str, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "brought.xlsx"
    LAYS[lays](path)
    with pytest.raises(MedCounterError):
        READERS[reads](path, data)


def test_a_pipe_that_somebody_gives_a_command_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"a secret")
    os.close(writing)
    assert read_bounded(Path(f"/dev/fd/{reading}"), 100, pipes=True) == b"a secret"
    os.close(reading)


@pytest.mark.parametrize("name", ["n" * 300, "a" * 5000])
def test_a_name_that_is_too_long_is_no_backup(name: str, data: Path) -> None:
    with pytest.raises(MedCounterError):
        restore_backup(data, name, AT, "换回去")


def test_a_counters_folder_that_leads_round_gets_no_copy_and_a_sentence(
    data: Path, tmp_path: Path
) -> None:
    store = open_store(data)
    stick = tmp_path / "stick"
    stick.mkdir()
    destination = stick / second_place.folder_name(store.data_key)
    destination.symlink_to(destination)
    with pytest.raises(MedCounterError):
        store.backups.mirror(str(stick), noted=True).run(AT.date())
    with pytest.raises(MedCounterError):
        require_outside(destination, data)
    store.close(with_backup=False)
