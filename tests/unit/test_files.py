"""A file is whole or not there."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from medcounter.files import (
    FileTooLargeError,
    is_visible,
    make_folder,
    read_bounded,
    sync_file,
    write_durably,
    writing_durably,
)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_put_in_place_of_the_old_one(tmp_path: Path) -> None:
    destination = tmp_path / "a"
    destination.write_bytes(b"old and longer")
    write_durably(destination, b"new")
    assert destination.read_bytes() == b"new"
    assert {"a"} == names(tmp_path) - {"medcounter-data"}


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    destination = tmp_path / "folder"
    destination.mkdir()
    (destination / "kept").touch()
    with pytest.raises(OSError, match="folder"):  # a folder lies under the name
        write_durably(destination, b"new")
    assert {"kept"} == names(destination)
    assert {"folder"} == names(tmp_path) - {"medcounter-data"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_its_user_may_read_a_private_file(tmp_path: Path) -> None:
    write_durably(tmp_path / "private", b"x")
    write_durably(tmp_path / "public", b"x", private=False)
    assert (tmp_path / "private").stat().st_mode & 0o077 == 0
    assert (tmp_path / "public").stat().st_mode & 0o044 == 0o044


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_bytes(b"12345")
    sync_file(path)
    assert read_bounded(path, 5) == b"12345"
    with pytest.raises(FileTooLargeError, match=r"rules\.json"):
        read_bounded(path, 4)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux what was synced")
def test_the_name_of_a_new_folder_is_synced_in_each_folder_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    fsync = os.fsync

    def noting(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noting)
    make_folder(tmp_path / "one" / "two")
    assert synced == [tmp_path, tmp_path / "one"]
    assert (tmp_path / "one" / "two").stat().st_mode & 0o777 == 0o700
    make_folder(tmp_path / "one" / "two")
    assert len(synced) == 2


def test_what_cannot_be_looked_at_is_not_visible_and_raises_nothing(tmp_path: Path) -> None:
    assert is_visible(tmp_path)
    assert not is_visible(tmp_path / "missing")
    assert not is_visible(tmp_path / ("长" * 200))


KILLED = """
import os, signal, sys
from pathlib import Path
from medcounter.files import folder_in_the_making, writing_durably
destination = Path(sys.argv[1])
private = writing_durably(destination, private=True)
with folder_in_the_making(destination.parent) as folder, private as made:
    (folder / "sheet1.xml").write_text("name")
    made.write_text("name")
    if sys.argv[2] == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    print("ready", flush=True)
    input()
"""


@pytest.mark.skipif(os.name == "nt", reason="kills by a signal")
def test_what_a_killed_program_left_in_the_making_goes_at_the_next_file(tmp_path: Path) -> None:
    """People may stand in it: half a table on a stick is a copy nobody knows of."""
    destination = tmp_path / "ledger.xlsx"
    subprocess.run([sys.executable, "-c", KILLED, destination, "kill"], check=False)
    assert len(names(tmp_path)) > 1
    assert "ledger.xlsx" not in names(tmp_path)
    write_durably(tmp_path / "other", b"x")
    assert names(tmp_path) - {"medcounter-data"} == {"other"}


@pytest.mark.skipif(os.name == "nt", reason="Windows itself keeps what is open")
def test_what_another_program_is_making_stays(tmp_path: Path) -> None:
    destination = tmp_path / "ledger.xlsx"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, destination, "wait"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        before = names(tmp_path)
        write_durably(tmp_path / "own", b"x")
        assert names(tmp_path) == {*before, "own"}
        other.communicate("\n")
    assert other.returncode == 0
    assert destination.read_text() == "name"
    assert names(tmp_path) - {"medcounter-data"} == {"ledger.xlsx", "own"}


@pytest.mark.skipif(os.name == "nt", reason="there nobody removes what is open")
def test_on_a_share_that_knows_no_locks_nothing_is_cleared_that_another_may_be_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counted as held by nobody, and a file that another program was writing went."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr("fcntl.flock", refuse)
    with writing_durably(tmp_path / "theirs.pdf", private=True) as made:
        made.write_bytes(b"theirs")
        write_durably(tmp_path / "ours.pdf", b"ours")
    assert (tmp_path / "theirs.pdf").read_bytes() == b"theirs"
    assert (tmp_path / "ours.pdf").read_bytes() == b"ours"


WRITES = (
    "import sys; from medcounter.files import write_durably; write_durably(Path(sys.argv[1]), b'x')"
)
LOCKS = """
import fcntl, os, sys
handle = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(handle, fcntl.LOCK_EX)
print("ready", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(os.name == "nt", reason="there nobody removes what is open")
def test_a_lock_that_another_program_keeps_on_a_folder_holds_up_no_file_for_ever(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LOCKS, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        write = f"from pathlib import Path; {WRITES}"
        subprocess.run([sys.executable, "-c", write, tmp_path / "own"], check=True, timeout=30)
        assert (tmp_path / "own").read_bytes() == b"x"
        other.communicate(b"\n")
