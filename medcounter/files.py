"""Durable, all-or-nothing file writing and bounded reading.

Returns only when the bytes are really on disk. Never truncates a file that
holds something, never leaves a half-written one under its final name. Linux
and Windows; a folder is synced only where the system allows opening it.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from medcounter.errors import MedCounterError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO

# Seconds that another program's lock on a folder is waited for.
_LONGEST_WAIT = 2.0
_BETWEEN_TRIES = 0.01

if sys.platform == "win32":

    def _lock(_handle: int) -> bool:
        """Hold an open file; there nobody removes what is open."""
        return True

    @contextmanager
    def _alone_in(_folder: Path) -> Iterator[None]:
        """Begin a file; there nobody removes what is open."""
        yield

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Hold an open file until it is closed; False where another may hold it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # some shares know no locks: there another may hold it unseen
            return False
        return True

    def _is_locked_elsewhere(handle: int) -> bool:
        """Lock an open folder, and return whether another program holds it instead."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # some shares know no locks
            return False
        return False

    @contextmanager
    def _alone_in(folder: Path) -> Iterator[None]:
        """Keep other programs from clearing what is begun here and not held yet.

        Ours take milliseconds. Somebody else's lock on the folder, or a program of
        ours that was stopped, is not waited for beyond a limit: what is begun then
        is held as soon as it is there, and written whole or not at all as ever.
        """
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            until = time.monotonic() + _LONGEST_WAIT
            while _is_locked_elsewhere(handle) and time.monotonic() < until:
                time.sleep(_BETWEEN_TRIES)
            yield
        finally:
            os.close(handle)


# What systems say of a disk that knows no second name for a file (FAT).
_NO_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK})
# A name has 255 bytes; this leaves room for what is put around it.
_LONGEST_PREFIX = 40
# What is in the making, beside its destination; people may stand in it.
_PART = ".medcounter-part"
_HELD = "held"


class FileTooLargeError(MedCounterError):
    """文件太大，没有读取；请核对是否选错了文件。"""


def write_durably(path: Path, data: bytes, *, private: bool = True) -> None:
    """Put bytes under a name so that a power cut leaves the old or the new.

    Written beside the destination, synced, renamed over it; then the folder is
    synced. Nothing of the new file stays when this fails.

    Args:
        path: The destination; its folder must exist.
        data: All of the file.
        private: Only the user may read it; else the system's usual rights.

    Raises:
        OSError: The disk is full, broken, read-only or gone.
    """
    with writing_durably(path, private=private) as made:
        made.write_bytes(data)


@contextmanager
def writing_durably(path: Path, *, private: bool = False, replace: bool = True) -> Iterator[Path]:
    """Write a file piece by piece; it is whole afterwards or not there.

    Gives the name to write to, beside the destination; it takes the destination's name
    once the block has ended well, and is gone when it has not.

    Args:
        path: The destination; its folder must exist.
        private: Only the user may read it; else the system's usual rights. A
            disk without rights (FAT, Windows) keeps its own way.
        replace: Whether it may take the place of what lies there.

    Raises:
        FileExistsError: Something lies there, and may not be replaced.
        OSError: The disk is full, broken, read-only or gone.
    """
    prefix = f".{path.name[:_LONGEST_PREFIX]}."
    with _alone_in(path.parent):
        _clear_leftovers(path.parent)
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=_PART, dir=path.parent)
        _lock(handle)
    made = Path(name)
    try:
        try:
            yield made
        finally:
            os.close(handle)
        sync_file(made)
        if not private:
            with suppress(PermissionError):  # FAT refuses rights that it cannot keep
                made.chmod(0o666 & ~_umask())
        if replace:
            made.replace(path)
        else:
            _name_new(made, path)
    except BaseException:
        with suppress(OSError):
            made.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def open_anew(path: Path) -> BinaryIO:
    """Open an empty file of our own under a name, for its user alone.

    What bore the name is gone. A link there is removed and not followed: on a stick
    anybody may have laid one that leads to the ledger.

    Raises:
        OSError: It cannot be made.
    """
    path.unlink(missing_ok=True)
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, how, 0o600), "wb")


@contextmanager
def folder_in_the_making(parent: Path) -> Iterator[Path]:
    """Return a new folder beside a destination, for its parts; gone afterwards.

    Raises:
        OSError: The disk is full, broken, read-only or gone.
    """
    with _alone_in(parent):
        _clear_leftovers(parent)
        made = tempfile.TemporaryDirectory(prefix=".", suffix=_PART, dir=parent)
        handle = os.open(Path(made.name) / _HELD, os.O_CREAT | os.O_RDWR, 0o600)
        _lock(handle)
    with made:
        try:
            yield Path(made.name)
        finally:
            os.close(handle)


def _clear_leftovers(folder: Path) -> None:
    """Remove what a killed program left in the making in a folder.

    What another running program makes there is held by it and stays. What cannot be
    removed stays too: it is in nobody's way.
    """
    for left in folder.glob(f".*{_PART}"):
        with suppress(OSError):
            held = left / _HELD if left.is_dir() else left
            if _is_held(held):
                continue
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    handle = os.open(path, os.O_RDWR)
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


def _name_new(made: Path, path: Path) -> None:
    """Give a file its name in one step, unless something has it already."""
    if os.name == "nt":  # there a rename refuses what is there
        made.rename(path)
        return
    try:
        path.hardlink_to(made)
    except OSError as err:
        if err.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from err
        made.rename(path)
    else:
        made.unlink()


def sync_file(path: Path) -> None:
    """Wait until a file written by someone else lies on the disk.

    Raises:
        OSError: It cannot be synced.
    """
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder lie on the disk.

    Raises:
        OSError: They cannot be synced.
    """
    if sys.platform != "win32":  # Windows syncs names with the file and opens no folder
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_visible(path: Path) -> bool:
    """Return whether something is there; what nobody may look at is not."""
    try:
        return path.exists()
    except OSError:
        return False


def make_folder(folder: Path) -> None:
    """Make a folder for its user alone whose name outlives a power cut.

    Folders missing above it are made too. One that is there is left alone.

    Raises:
        OSError: It cannot be made, or something else has its name.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in reversed(missing):
        sync_folder(each.parent)


def keep_private(path: Path) -> None:
    """Let nobody but a file's user read it, where a disk knows such rights.

    A file system without them, or a file of somebody else, stays as it is.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        rights = stat.S_IMODE(path.stat().st_mode)
        if rights & _OTHERS:
            path.chmod(rights & ~_OTHERS)


def open_plain(path: Path) -> BinaryIO:
    """Open a file that somebody brought; a pipe or a device might never end.

    Raises:
        OSError: It cannot be read, or is no plain file.
    """
    # A pipe that nobody writes to would be waited for.
    at_once = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, os.O_RDONLY | at_once)
    except ValueError as err:  # no system has such a name
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from err
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return os.fdopen(handle, "rb")


def read_bounded(path: Path, limit: int, *, pipes: bool = False) -> bytes:
    """Read a whole file once, but never more than a limit.

    Args:
        path: The file.
        limit: Bytes, inclusive.
        pipes: Whether it may be a pipe, which is read to its end.

    Raises:
        FileTooLargeError: It holds more.
        OSError: It cannot be read.
    """
    with path.open("rb") if pipes else open_plain(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        size = f"{limit // 1_000_000} MB"
        raise FileTooLargeError(f"文件“{path.name}”超过 {size}，没有读取；请核对是否选错了文件。")
    return data


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
