"""The one door for files that users name: what it lets through, and how it is written."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from medcounter.destinations import (
    DATA_MARKS,
    DestinationInDataFolderError,
    DestinationIsSourceError,
    DestinationNotAFileError,
    DestinationRefusedError,
    DestinationTakenError,
    destination,
    require_apart,
    require_outside,
)
from medcounter.store.folder.data_folder import DataFolder

UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with something that must stay."""
    folder = tmp_path / "data"
    (folder / "backups").mkdir(parents=True)
    (folder / "ledger.db").write_bytes(b"the ledger")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of the user's."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_a_new_file_is_written_whole_and_for_its_user_alone(out: Path) -> None:
    destination(out / "a.pdf", None, people=True).write(b"x")
    destination(out / "b.json", None, people=False).write(b"y")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        "a.pdf": b"x",
        "b.json": b"y",
    }
    if os.name != "nt":
        umask = os.umask(0)
        os.umask(umask)
        assert (out / "a.pdf").stat().st_mode & 0o777 == 0o600
        assert (out / "b.json").stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_file_that_is_there_stays_unless_replacing_it_was_asked_for(out: Path) -> None:
    path = out / "a.csv"
    path.write_bytes(b"before")
    path.chmod(0o644)
    with pytest.raises(DestinationTakenError, match=r"a\.csv.*--force"):
        destination(path, None, people=True)
    assert path.read_bytes() == b"before"
    destination(path, None, people=True, replace=True).write(b"after")
    assert path.read_bytes() == b"after"
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_comes_to_lie_there_meanwhile_stays(out: Path) -> None:
    let_through = destination(out / "a.csv", None, people=True)
    (out / "a.csv").write_bytes(b"of another program")
    with pytest.raises(DestinationTakenError):
        let_through.write(b"ours")
    assert [path.name for path in out.iterdir()] == ["a.csv"]
    assert (out / "a.csv").read_bytes() == b"of another program"


def test_a_disk_that_knows_no_second_names_gets_the_file_and_keeps_what_it_has(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_names: object, **_more: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)  # as FAT answers
    first = destination(out / "a.csv", None, people=True)
    second = destination(out / "a.csv", None, people=True)
    first.write(b"first")
    with pytest.raises(DestinationTakenError):
        second.write(b"second")
    assert [(path.name, path.read_bytes()) for path in out.iterdir()] == [("a.csv", b"first")]


def test_a_block_that_fails_leaves_nothing_and_the_file_before(out: Path) -> None:
    (out / "a.csv").write_bytes(b"before")
    place = destination(out / "a.csv", None, people=True, replace=True)

    def fail() -> None:
        with place.writing() as made:
            made.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [(path.name, path.read_bytes()) for path in out.iterdir()] == [("a.csv", b"before")]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    "name", ["ledger.db", "new.pdf", "backups/new.pdf", "practice/a/b.csv", "../data/new.pdf", ""]
)
def test_nothing_is_written_into_the_data_folder(data: Path, name: str, *, force: bool) -> None:
    with pytest.raises(DestinationInDataFolderError, match="数据文件夹"):
        destination(data / name, data, people=True, replace=force)


@pytest.mark.parametrize("mark", DATA_MARKS)
def test_the_data_folder_of_another_counter_is_known_by_what_lies_in_it(
    out: Path, mark: str
) -> None:
    (out / mark).touch()
    with pytest.raises(DestinationInDataFolderError):
        destination(out / "a.pdf", None, people=True, replace=True)
    with pytest.raises(DestinationInDataFolderError):
        require_outside(out, None)


def test_the_marks_are_the_names_that_the_store_uses() -> None:
    paths = DataFolder(Path("x"))
    used = {paths.ledger.name, paths.new_ledger.name, paths.lock.name}
    assert used == set(DATA_MARKS)


@UNIX
def test_no_link_leads_into_the_data_folder(data: Path, out: Path) -> None:
    (out / "way").symlink_to(data, target_is_directory=True)
    (out / "a.pdf").symlink_to(data / "ledger.db")
    (out / "b.pdf").symlink_to(data / "not-yet.pdf")
    for name in ("way/x.pdf", "way/ledger.db", "a.pdf", "b.pdf"):
        with pytest.raises(DestinationInDataFolderError):
            destination(out / name, data, people=True, replace=True)
    (data / "elsewhere").symlink_to(out, target_is_directory=True)
    with pytest.raises(DestinationInDataFolderError):
        destination(data / "elsewhere" / "x.pdf", data, people=True)
    assert (data / "ledger.db").read_bytes() == b"the ledger"


@UNIX
def test_another_name_of_the_ledger_never_reaches_it(data: Path, out: Path) -> None:
    (out / "twin.pdf").hardlink_to(data / "ledger.db")
    destination(out / "twin.pdf", data, people=True, replace=True).write(b"a sheet")
    assert (data / "ledger.db").read_bytes() == b"the ledger"


def names_of(out: Path) -> tuple[Path, ...]:
    """The same file by its name, a link, a second name and a way round."""
    source = out / "list.csv"
    source.write_bytes(b"people")
    (out / "link.csv").symlink_to(source)
    (out / "twin.csv").hardlink_to(source)
    (out / "in").mkdir()
    return source, out / "link.csv", out / "twin.csv", out / "in" / ".." / "list.csv"


@UNIX
def test_what_is_being_read_is_never_written_over_whatever_it_is_called(out: Path) -> None:
    for name in names_of(out):
        with pytest.raises(DestinationIsSourceError, match="正是在读的文件"):
            destination(name, None, people=True, replace=True, reading=(out / "list.csv",))
    with pytest.raises(DestinationIsSourceError):
        destination(out / "list.csv", None, people=True, replace=True, reading=(out,))
    assert (out / "list.csv").read_bytes() == b"people"


def test_two_results_need_two_names(out: Path) -> None:
    require_apart(out / "a.csv", out / "b.csv", None)
    with pytest.raises(DestinationIsSourceError, match="不同的文件名"):
        require_apart(out / "a.csv", out / "." / "a.csv")


@pytest.mark.parametrize("name", ["keyslots.json", "ledger-20260305.db"])
def test_keys_and_backups_are_not_replaced_even_when_asked(out: Path, name: str) -> None:
    (out / name).write_bytes(b"kept")
    with pytest.raises(DestinationTakenError, match="密钥"):
        destination(out / name, None, people=True, replace=True)
    assert (out / name).read_bytes() == b"kept"


def device(_out: Path) -> Path:
    return Path(os.devnull)


def folder(out: Path) -> Path:
    return out


@pytest.mark.parametrize("found", [device, folder])
@UNIX
def test_a_folder_or_a_device_is_no_file(out: Path, found: Callable[[Path], Path]) -> None:
    with pytest.raises(DestinationNotAFileError):
        destination(found(out), None, people=True, replace=True)


@pytest.mark.parametrize(
    "kind",
    [
        DestinationRefusedError,
        DestinationTakenError,
        DestinationIsSourceError,
        DestinationInDataFolderError,
        DestinationNotAFileError,
    ],
)
def test_every_refusal_says_what_was_kept_and_what_to_do(
    kind: type[DestinationRefusedError],
) -> None:
    text = kind().text
    assert "没有写" in text or "没有覆盖" in text
    assert "请" in text
