"""Check a file the user named for writing: whether and how it may be written.

All writing to user-named files goes through here. Never inside a data folder,
never over the file being read, never over an existing one unless that was
asked for, and complete or not at all.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from medcounter.errors import MedCounterError
from medcounter.files import sync_file, writing_durably

# What tells a data folder of ours, this counter's or another's, by what lies in it.
DATA_MARKS = ("ledger.db", "ledger.db.new", "owner.lock")
_OURS = ("keyslots.json",)
_DATABASE = ".db"


class DestinationRefusedError(MedCounterError):
    """文件不能写到这里，没有写，也没有动那里的文件；请换一个位置或文件名。"""


class DestinationTakenError(DestinationRefusedError):
    """这个文件已经有了，没有覆盖；请换一个文件名，在命令行上确要覆盖时加 --force。"""


class DestinationIsSourceError(DestinationRefusedError):
    """结果不能写在正在读的文件上，没有写，原文件不变；请换一个文件名。"""


class DestinationInDataFolderError(DestinationRefusedError):
    """结果不能写进台账的数据文件夹，没有写，那里的文件不变；请换一个位置。"""


class DestinationNotAFileError(DestinationRefusedError):
    """这个名字是文件夹或设备，不能写成文件，没有写；请换一个文件名。"""


@dataclass(frozen=True, slots=True)
class Destination:
    """A file that may be written; only :func:`destination` makes one.

    Attributes:
        path: As the user named it; its folder must exist.
        people: Whether people stand in it: only the user may read it then.
        replace: Whether it may take the place of one that is there.
    """

    path: Path
    people: bool
    replace: bool

    def write(self, data: bytes) -> None:
        """Put all bytes there at once.

        Raises:
            DestinationTakenError: Something has come to lie there meanwhile.
            OSError: The disk is full, broken, read-only or gone.
        """
        with self.writing() as made:
            made.write_bytes(data)

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Return a name beside the destination; what is written there becomes it.

        It is gone when the block did not end well.

        Raises:
            DestinationTakenError: Something has come to lie there meanwhile.
            OSError: The disk is full, broken, read-only or gone.
        """
        try:
            with writing_durably(self.path, private=self.people, replace=self.replace) as made:
                yield made
                sync_file(made)
        except FileExistsError as err:
            raise _taken(self.path) from err


def destination(
    path: Path,
    data: Path | None,
    *,
    people: bool,
    replace: bool = False,
    reading: Iterable[Path] = (),
) -> Destination:
    """Let a file through that a user named, or refuse it before anything is done.

    Args:
        path: As named.
        data: The data folder in use; others are known by what lies in them.
        people: Whether people stand in it.
        replace: Whether the user was asked and said that it may be replaced.
        reading: What is read meanwhile: files, or folders whose files are.

    Raises:
        DestinationRefusedError: It may not be written; one subclass per cause.
    """
    require_outside(path, data)
    for source in reading:
        if _is_read(path, source):
            raise DestinationIsSourceError(
                f"“{path.name}”正是在读的文件，结果没有写，原文件不变；请换一个文件名。"
            )
    if os.path.lexists(path):
        _require_replaceable(path, replace=replace)
    return Destination(path, people, replace)


def require_apart(*paths: Path | None) -> None:
    """See that files that are written together are different ones.

    Raises:
        DestinationIsSourceError: Two of them are one.
    """
    named = [path.resolve() for path in paths if path is not None]
    if len({os.path.normcase(path) for path in named}) < len(named):
        raise DestinationIsSourceError(
            f"两份结果都要写成“{named[0].name}”，没有写；请给它们不同的文件名。"
        )


def require_outside(path: Path, data: Path | None) -> None:
    """See that a file or folder lies in no data folder.

    Args:
        path: As named; need not exist. Links are followed.
        data: The data folder in use, if any; need not exist.

    Raises:
        DestinationInDataFolderError: It does.
        DestinationNotAFileError: It is a link that leads round, or no system has such a name.
    """
    try:
        _require_outside(path, data)
    except (RuntimeError, ValueError) as err:
        raise DestinationNotAFileError(
            f"“{path.name}”是绕圈的链接，或不能作文件名，没有写；请换一个位置。"
        ) from err


def _require_outside(path: Path, data: Path | None) -> None:
    named = Path(os.path.abspath(path))  # noqa: PTH100 - a link's own folder counts too
    for each in {named, named.parent.resolve() / named.name, named.resolve()}:
        for folder in (each, *each.parents):
            if _is_data_folder(folder, data):
                raise DestinationInDataFolderError(
                    f"“{path}”在台账的数据文件夹“{folder}”里，没有写，那里的文件不变；"
                    "请换一个位置。"
                )


def _is_data_folder(folder: Path, data: Path | None) -> bool:
    if data is not None and folder == Path(os.path.abspath(data)):  # noqa: PTH100 - as above
        return True
    with suppress(OSError):  # what cannot be looked into is not written to either
        if data is not None and folder.samefile(data):
            return True
    with suppress(OSError):
        return any((folder / name).exists() for name in DATA_MARKS)
    return False


def _is_read(path: Path, source: Path) -> bool:
    with suppress(OSError):
        if path.samefile(source):
            return True
        if source.is_dir():
            return path.exists() and path.resolve().is_relative_to(source.resolve())
    return False


def _require_replaceable(path: Path, *, replace: bool) -> None:
    """See that what lies there is a plain file that may go.

    Raises:
        DestinationRefusedError: It may not.
    """
    with suppress(FileNotFoundError):  # a link that leads nowhere
        if not stat.S_ISREG(path.stat().st_mode):
            raise DestinationNotAFileError(
                f"“{path}”是文件夹或设备，不能写成文件，没有写；请换一个文件名。"
            )
    if not replace:
        raise _taken(path)
    if path.name in _OURS or path.suffix == _DATABASE:
        raise DestinationTakenError(
            f"“{path}”是台账、备份或密钥文件，不会覆盖，没有写；请换一个文件名。"
        )


def _taken(path: Path) -> DestinationTakenError:
    return DestinationTakenError(
        f"“{path}”已经有了，没有覆盖；请换一个文件名，在命令行上确要覆盖时加 --force。"
    )
