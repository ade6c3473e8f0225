"""Whether a data folder is on a local disk, where a ledger is safe.

Returns the reason if it is not. The decision is pure and takes the system's
table of mounts; only ``require_local`` looks at the machine.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from medcounter.files import is_visible
from medcounter.store.folder.synced_folder import ACCEPTED, resolved, synced_by
from medcounter.store.store_errors import StoreError

_MOUNTS = Path("/proc/self/mountinfo")
_DEVICES = Path("/sys/dev/block")
_REMOTE = frozenset(
    {
        "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.gcsfuse",
        "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs",
        "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf",
    }
)  # fmt: skip
_OCTAL = re.compile(r"\\([0-7]{3})")
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE, _WINDOWS_OPTICAL = 2, 4, 5


class FolderRemoteError(StoreError):
    """数据文件夹在网络盘上，断网或多人同时写会损坏台账，没有打开；请改放到本机硬盘。"""


class FolderRemovableError(StoreError):
    """数据文件夹在 U 盘或移动盘上，拔出会损坏台账，没有打开；请改放到本机硬盘，U 盘只作备份。"""


class FolderSyncedError(StoreError):
    """数据文件夹在会自动同步的网盘文件夹里，同步会损坏台账并泄露个人信息，没有打开；请改放到本机不同步的文件夹。"""


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the system's table of mounts.

    Attributes:
        point: Folder it is mounted at.
        kind: Type of its file system.
        device: Numbers of its device, ``8:1``.
    """

    point: PurePath
    kind: str
    device: str


def require_local(folder: Path) -> None:
    """Refuse a folder that is not on a disk of this machine.

    Raises:
        FolderRemoteError: It is on a network.
        FolderRemovableError: It is on what can be pulled out.
        FolderSyncedError: A program copies it to other machines, no ledger
            lies there yet, and nobody said that it may.
    """
    whole = resolved(folder)
    if sys.platform == "win32":
        found = _windows_fault(whole)
    else:
        mounts: tuple[Mount, ...] = ()
        with suppress(OSError):
            mounts = read_mounts(_MOUNTS.read_text("utf-8", "surrogateescape"))
        found = fault(whole, mounts, _can_be_pulled_out)
    if found is None and (above := synced_by(whole)) and not _may_stay(whole):
        found = FolderSyncedError(
            f"数据文件夹在“{above}”自动同步的文件夹里，同步会损坏台账并泄露个人信息，没有打开；"
            f"请换一个不同步的文件夹。确要放在这里的，选“仍然放在这里”"
            f"（没有窗口时，先在“{folder}”里放一个名为 {ACCEPTED} 的文件）。"
        )
    if found is not None:
        raise found


def _may_stay(folder: Path) -> bool:
    """Return whether a ledger may work in a synced folder; none is ever shut out."""
    known = (ACCEPTED, "ledger.db", "keyslots.json")
    # A practice or emergency folder lies in, or beside, one that is in use.
    return any(is_visible(each / name) for each in (folder, folder.parent) for name in known)


def read_mounts(text: str) -> tuple[Mount, ...]:
    """Read the table of mounts as Linux writes it."""
    mounts = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) > 4 and kinds[0]:  # noqa: PLR2004 - the fifth field is the folder
            point = _OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4])
            mounts.append(Mount(PurePath(point), kinds[0], fields[2]))
    return tuple(mounts)


def fault(
    folder: PurePath, mounts: tuple[Mount, ...], can_be_pulled_out: Callable[[str], bool]
) -> StoreError | None:
    """Explain why a folder is not on a disk of this machine; None when it is.

    Args:
        folder: The whole path, without links.
        mounts: The table; of two at one folder the later hides the former.
        can_be_pulled_out: Tells of a device's numbers.
    """
    over = [mount for mount in mounts if folder.is_relative_to(mount.point)]
    if not over:
        return None
    deepest = max(len(mount.point.parts) for mount in over)
    mount = [one for one in over if len(one.point.parts) == deepest][-1]
    if mount.kind in _REMOTE:
        return FolderRemoteError()
    return FolderRemovableError() if can_be_pulled_out(mount.device) else None


def _can_be_pulled_out(device: str) -> bool:
    """Ask the system of a disk, or of the disk a partition is on."""
    try:
        entry = (_DEVICES / device).resolve(strict=True)
    except OSError:
        return False
    if any(part.startswith("usb") for part in entry.parts):
        return True
    for disk in (entry, entry.parent):
        with suppress(OSError):
            return (disk / "removable").read_text().strip() == "1"
    return False


def _windows_fault(folder: Path) -> StoreError | None:
    if folder.drive.startswith("\\\\"):
        return FolderRemoteError()
    return _windows_fault_of(_windows_drive_type(folder))


def _windows_fault_of(kind: int) -> StoreError | None:
    if kind == _WINDOWS_REMOTE:
        return FolderRemoteError()
    return FolderRemovableError() if kind in {_WINDOWS_REMOVABLE, _WINDOWS_OPTICAL} else None


def _windows_drive_type(folder: Path) -> int:
    import ctypes  # noqa: PLC0415 - only Windows asks this way

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - the name exists on Windows only
    return int(kernel.GetDriveTypeW(f"{folder.drive}{os.sep}"))
