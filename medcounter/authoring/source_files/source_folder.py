"""Source files beside a bundle, and for a viewer: written and given out.

A file is told by its hash: what lies under its name and is another is not
given out.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from medcounter.authoring.source_files.brought_files import read_plain
from medcounter.authoring.source_files.source_file_errors import (
    SourceFileChangedError,
    SourceFileError,
    SourceFileLostError,
    SourceFileUnkeptError,
)
from medcounter.destinations import destination
from medcounter.files import FileTooLargeError, make_folder
from medcounter.rules.bundle import SourceFile

# What the folder beside a bundle is called: ``yunxi-1.json`` has ``yunxi-1-files``.
_BESIDE = "-files"
# What it is called in a folder to which a draft is exported.
FILES_FOLDER = "notices"


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder that holds source files under the names in a bundle.

    Attributes:
        path: It need not exist until something is written.
    """

    path: Path

    @classmethod
    def beside(cls, bundle: Path) -> SourceFolder:
        """Return the folder of a bundle's file."""
        return cls(bundle.with_name(f"{bundle.stem}{_BESIDE}"))

    def write(self, file: SourceFile, data: bytes, *, data_folder: Path | None) -> Path:
        """Put a file there, for its user alone; one that is there already stays.

        Args:
            file: Its name and hash.
            data: Its bytes.
            data_folder: The data folder in use, in which nothing is written.

        Raises:
            DestinationRefusedError: The folder lies in a data folder, or another file
                has the name.
            SourceFileChangedError: The bytes are not those of the hash.
            SourceFileUnkeptError: The disk is full, broken or gone.
        """
        path = self.path / file.name
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise _changed(file)
        if self._holds(file):
            return path
        place = destination(path, data_folder, people=True)
        try:
            make_folder(self.path)
            place.write(data)
        except OSError as err:
            raise SourceFileUnkeptError(
                f"公告文件“{file.name}”写不进“{self.path}”（{err.strerror or err}），没有写；"
                "请检查 U 盘、磁盘空间和文件夹权限后重试。"
            ) from err
        return path

    def read(self, file: SourceFile) -> bytes:
        """Return a file that is still what it was.

        Raises:
            SourceFileLostError: It is not there, or cannot be read.
            SourceFileChangedError: It holds something else.
        """
        try:
            data = read_plain(self.path / file.name)
        except FileTooLargeError as err:
            raise _changed(file) from err
        except OSError as err:
            raise SourceFileLostError(
                f"公告文件“{file.name}”不在规则旁边，或无法读取，打不开；"
                "规则不受影响，请从原来的地方重新放一次。"
            ) from err
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise _changed(file)
        return data

    def faults(self, files: Iterable[SourceFile]) -> tuple[str, ...]:
        """Say of each file that is missing or has changed what is wrong with it."""
        found = []
        for file in files:
            try:
                self.read(file)
            except SourceFileError as err:
                found.append(err.text)
        return tuple(found)

    def _holds(self, file: SourceFile) -> bool:
        try:
            self.read(file)
        except SourceFileError:
            return False
        return True


def compared_beside(
    rules: Path, files: Iterable[SourceFile]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare the source files that rules name with those that lie beside them.

    Args:
        rules: A bundle's file, or the folder of its parts.
        files: As the rules name them.

    Returns:
        Sentences on those that changed, and on those that lie in none of the usual places.
    """
    places = _usual_places(rules)
    changed: list[str] = []
    lost: list[str] = []
    for file in files:
        there = [place for place in places if (place.path / file.name).is_file()]
        if not there:
            lost.append(f"公告文件“{file.name}”不在规则旁边，没有核对。")
        elif texts := there[0].faults([file]):
            changed += texts
    return tuple(changed), tuple(lost)


def bring_along(
    rules: Path, files: Iterable[SourceFile], bundle: Path, *, data_folder: Path | None
) -> tuple[str, ...]:
    """Put the source files that lie beside rules beside a bundle made of them.

    Args:
        rules: A bundle's file, or the folder of its parts.
        files: As the rules name them.
        bundle: The file that was made.
        data_folder: The data folder in use, in which nothing is written.

    Returns:
        Sentences on those that changed or were not found, which do not come along.

    Raises:
        DestinationRefusedError: The folder lies in a data folder, or another file has the name.
        SourceFileUnkeptError: The disk is full, broken or gone.
    """
    named = tuple(files)
    for file in named:
        for place in _usual_places(rules):
            try:
                data = place.read(file)
            except SourceFileError:
                continue
            SourceFolder.beside(bundle).write(file, data, data_folder=data_folder)
            break
    changed, lost = compared_beside(bundle, named)
    return (*changed, *lost)


def _usual_places(rules: Path) -> tuple[SourceFolder, ...]:
    """Return where the source files of a bundle, or of a folder of parts, may lie."""
    folder = rules if rules.is_dir() else rules.parent
    return SourceFolder(folder / FILES_FOLDER), SourceFolder(folder), SourceFolder.beside(rules)


class ViewerCopies:
    """Copies of files for the system's viewer, which go away with this object.

    A viewer opens a file by its path, and what is kept has none. The folder
    belongs to its user alone.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def path_of(self, file: SourceFile, data: bytes) -> Path:
        """Write a copy and return where it lies.

        Raises:
            SourceFileChangedError: The bytes are not those of the hash.
            SourceFileUnkeptError: The disk is full, broken or gone.
        """
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(
                    prefix="notice-", ignore_cleanup_errors=True
                )
        except OSError as err:
            raise SourceFileUnkeptError(
                f"公告文件“{file.name}”打不开：临时文件夹建不了（{err.strerror or err}）；"
                "请清理磁盘后重试。"
            ) from err
        # Each under its hash: two drafts may use one name.
        folder = SourceFolder(Path(self._folder.name) / file.sha256)
        return folder.write(file, data, data_folder=None)

    def close(self) -> None:
        """Take the copies away; one that a viewer still holds open may stay."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _changed(file: SourceFile) -> SourceFileChangedError:
    return SourceFileChangedError(
        f"公告文件“{file.name}”与登记时的不是同一份，没有打开；"
        "规则不受影响，请从原来的地方重新放一次。"
    )
