"""A ledger lies on a disk of this machine, never on a share, a stick or in a synced folder."""

from pathlib import Path, PurePosixPath

import pytest

from medcounter.desk.access.first_choice import keep_here
from medcounter.desk.recovery.emergency import prepare
from medcounter.store.folder.local_disk import (
    FolderRemoteError,
    FolderRemovableError,
    FolderSyncedError,
    fault,
    read_mounts,
    require_local,
)
from medcounter.store.folder.synced_folder import ACCEPTED, synced_by, synced_name
from medcounter.store.opening.open_store import open_store
from medcounter.store.store_errors import StoreError
from tests.support.store.synced_names import LEFT_BEHIND, ORDINARY, USUAL

# In the form of proc(5): id, parent, device, root, mount point, options, fields, -, type, source.
TABLE = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
35 22 0:31 / /mnt/hall rw,relatime shared:9 - cifs //server/hall rw,vers=3.0
36 22 0:32 / /home rw,relatime shared:9 - nfs4 server:/home rw
37 36 8:2 / /home/clerk rw,relatime - ext4 /dev/sda2 rw
38 22 8:17 / /media/clerk/USB\040STICK rw,nosuid - vfat /dev/sdb1 rw
39 22 0:40 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
40 22 0:41 / /srv/over rw - tmpfs tmpfs rw
41 22 0:42 / /srv/over rw - fuse.sshfs clerk@server:/ rw
"""
STICK = "8:17"


def found(folder: str) -> object:
    return fault(PurePosixPath(folder), read_mounts(TABLE), lambda device: device == STICK)


def test_the_table_of_mounts_is_read_with_spaces_in_its_names() -> None:
    mounts = read_mounts(TABLE)
    assert len(mounts) == 8
    assert mounts[4].point == PurePosixPath("/media/clerk/USB STICK")
    assert (mounts[4].kind, mounts[4].device) == ("vfat", STICK)


@pytest.mark.parametrize(
    "folder", ["/mnt/hall", "/mnt/hall/data", "/home/other", "/run/user/1000/gvfs/x", "/srv/over/a"]
)
def test_a_folder_on_a_share_is_refused(folder: str) -> None:
    assert isinstance(found(folder), FolderRemoteError)


def test_a_folder_on_a_stick_is_refused() -> None:
    assert isinstance(found("/media/clerk/USB STICK/data"), FolderRemovableError)


@pytest.mark.parametrize("folder", ["/var/lib/x", "/home/clerk", "/mnt/hallway", "/mnt"])
def test_a_folder_on_a_disk_of_this_machine_is_taken(folder: str) -> None:
    assert found(folder) is None


def test_a_machine_without_a_table_is_not_held_up() -> None:
    assert fault(PurePosixPath("/data"), (), lambda _device: True) is None


@pytest.mark.parametrize("name", sorted(USUAL))
@pytest.mark.parametrize("above", ["/data/a", "C:/Users/wang"])
def test_a_folder_that_is_copied_elsewhere_is_known_by_its_usual_name(
    above: str, name: str
) -> None:
    assert synced_name(PurePosixPath(above) / name / "数据") == name


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_is_not_taken_for_a_synced_one(name: str) -> None:
    assert synced_name(PurePosixPath("/data/a") / name) == ""


@pytest.mark.parametrize("mark", LEFT_BEHIND)
def test_a_folder_is_known_by_what_a_client_leaves_in_it_whatever_its_name(
    tmp_path: Path, mark: str
) -> None:
    left = tmp_path / "资料" / mark
    left.parent.mkdir(parents=True)
    left.touch()
    assert synced_by(tmp_path / "资料" / "a" / "data") == "资料"
    assert synced_by(tmp_path / "b") == ""


def test_somebody_who_knows_of_it_may_begin_a_ledger_there(tmp_path: Path) -> None:
    folder = tmp_path / "坚果云" / "data"
    with pytest.raises(FolderSyncedError, match=ACCEPTED):
        require_local(folder)
    keep_here(folder)
    open_store(folder).close()
    require_local(folder / "practice")
    (folder / ACCEPTED).unlink()
    open_store(folder).close()  # a ledger that is there is never shut out


def test_an_emergency_ledger_beside_one_in_a_synced_folder_opens(tmp_path: Path) -> None:
    folder = tmp_path / "坚果云" / "data"
    keep_here(folder)
    beside = prepare(folder, "91")
    open_store(beside).close()
    assert (beside / "ledger.db").exists()


def test_a_ledger_is_not_opened_in_a_synced_folder(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive" / "medcounter"
    with pytest.raises(FolderSyncedError, match="同步"):
        open_store(folder)
    assert not folder.exists()


def test_a_folder_marked_by_a_syncing_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(FolderSyncedError):
        require_local(tmp_path / "data")


def test_a_link_is_followed_before_it_is_judged(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(FolderSyncedError):
        require_local(tmp_path / "plain" / "data")


def test_a_folder_that_cannot_be_looked_into_is_not_held_up_here(tmp_path: Path) -> None:
    require_local(tmp_path / ("长" * 200))
    with pytest.raises(StoreError):
        open_store(tmp_path / ("长" * 200))
