"""The simulated power cut takes what was not synced, and its judge sees a loss."""

import random
from pathlib import Path

import pytest

from medcounter.store.opening.open_store import open_store
from tests.faults.checking import Said, canaries_in, fault_of, read_said
from tests.faults.disk.power_cut import ALL, LEAST, Disk, rebuild
from tests.faults.disk.tracing import Act
from tests.support.store.store_samples import notice, paper


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """One file that is durable: ``sub/old`` with ``before`` in it."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "old").write_bytes(b"before")
    return Disk(tmp_path)


def left(disk: Disk, variant: int, folder: Path) -> dict[str, bytes]:
    state = disk.left(variant, random.Random(1))  # noqa: S311 - repeatable
    return {
        str(Path(path).relative_to(folder)): data
        for path, data in state.items()
        if data is not None
    }


def test_an_unsynced_write_may_be_gone_and_a_synced_one_is_not(disk: Disk, tmp_path: Path) -> None:
    path = str(tmp_path / "sub" / "old")
    disk.do(Act("write", path, 0, b"after!"))
    assert left(disk, LEAST, tmp_path) == {"sub/old": b"before"}
    assert left(disk, ALL, tmp_path) == {"sub/old": b"after!"}
    disk.do(Act("sync", path))
    assert left(disk, LEAST, tmp_path) == {"sub/old": b"after!"}


def test_an_unsynced_write_may_be_torn_between_sectors(disk: Disk, tmp_path: Path) -> None:
    disk.do(Act("write", str(tmp_path / "sub" / "old"), 0, b"x" * 512 + b"y" * 512))
    chance = random.Random(2)  # noqa: S311 - repeatable
    path = str(tmp_path / "sub" / "old")
    states = {disk.left(2, chance)[path] for _ in range(50)}
    assert b"before" + bytes(506) + b"y" * 512 in states
    assert b"x" * 512 in states


def test_a_new_name_needs_the_sync_of_its_own_folder(disk: Disk, tmp_path: Path) -> None:
    old, new = str(tmp_path / "sub" / "old"), str(tmp_path / "sub" / "new")
    disk.do(Act("rename", old, destination=new))
    disk.do(Act("dirsync", str(tmp_path)))
    assert left(disk, LEAST, tmp_path) == {"sub/old": b"before"}
    assert left(disk, ALL, tmp_path) == {"sub/new": b"before"}
    disk.do(Act("dirsync", str(tmp_path / "sub")))
    assert left(disk, LEAST, tmp_path) == {"sub/new": b"before"}


def test_a_cut_and_a_deletion_wait_for_their_sync_too(disk: Disk, tmp_path: Path) -> None:
    path = str(tmp_path / "sub" / "old")
    disk.do(Act("cut", path, 2))
    assert left(disk, LEAST, tmp_path) == {"sub/old": b"before"}
    assert left(disk, ALL, tmp_path) == {"sub/old": b"be"}
    disk.do(Act("unlink", path))
    assert left(disk, LEAST, tmp_path) == {"sub/old": b"before"}
    assert left(disk, ALL, tmp_path) == {}


def test_a_new_folder_is_gone_with_all_in_it_until_its_own_name_is_synced(
    disk: Disk, tmp_path: Path
) -> None:
    folder, path = str(tmp_path / "new"), str(tmp_path / "new" / "file")
    for act in (Act("folder", folder), Act("create", path), Act("write", path, 0, b"data")):
        disk.do(act)
    disk.do(Act("sync", path))
    disk.do(Act("dirsync", folder))
    destination = tmp_path.with_name("destination")
    chance = random.Random(1)  # noqa: S311 - repeatable
    rebuild(disk.left(LEAST, chance), tmp_path, destination)
    assert sorted(each.name for each in destination.rglob("*")) == ["old", "sub"]
    disk.do(Act("dirsync", str(tmp_path)))
    rebuild(disk.left(LEAST, chance), tmp_path, destination)
    assert (destination / "new" / "file").read_bytes() == b"data"


def test_a_file_copied_by_the_kernel_holds_what_its_source_held_then(
    disk: Disk, tmp_path: Path
) -> None:
    old, new = str(tmp_path / "sub" / "old"), str(tmp_path / "sub" / "new")
    disk.do(Act("create", new))
    disk.do(Act("copy", new, destination=old))
    disk.do(Act("write", old, 0, b"after!"))
    assert left(disk, ALL, tmp_path) == {"sub/old": b"after!", "sub/new": b"before"}


def test_the_judge_sees_a_lost_notice_a_wrong_word_and_a_folder_that_does_not_open(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    store.close()
    assert fault_of(folder, Said(("2025-03-000001",), ())) is None
    assert fault_of(folder, Said(("2025-03-000002",), ())) == ("lost", "2025-03-000002")
    wrong = fault_of(folder, Said((), (("request-1", "DiskFaultError"),)))
    assert wrong is not None
    assert wrong[0] == "wrong"
    assert fault_of(folder, Said((), (("request-1", "FateUnknownError"),))) is None
    (folder / "ledger.db").write_bytes(b"")
    unread = fault_of(folder, Said((), ()))
    assert unread is not None
    assert unread[0] == "unread"


def test_a_line_cut_off_by_a_kill_acknowledges_nothing() -> None:
    said = read_said("TRY a-0\nACK 2025-01-000001\nTRY a-1\nREFUSED DiskFaultError\nACK 2025-01-0")
    assert said == Said(("2025-01-000001",), (("a-1", "DiskFaultError"),))


def test_a_canary_is_seen_in_any_of_its_codings_and_in_a_name(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes("金丝雀甲".encode("utf-16-le"))
    (tmp_path / "金丝雀甲").write_bytes(b"")
    (tmp_path / "three").write_bytes("金丝雀乙".encode())
    assert sorted(canaries_in(tmp_path, ("金丝雀甲",))) == ["one", "金丝雀甲"]
