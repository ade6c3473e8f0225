"""Take in a file of an announcement that somebody brought: read, checked, named.

Keeps nothing: gives the bytes, and the record that a source names them by.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from medcounter.authoring.source_files.source_file_errors import (
    SourceFileMissingError,
    SourceFilesTooManyError,
    SourceFileTooLargeError,
    SourceFileUnreadableError,
)
from medcounter.authoring.source_files.source_kinds import LARGEST_OF_ALL, known_file
from medcounter.files import FileTooLargeError, read_bounded
from medcounter.rules.bundle import SourceFile

# An announcement with its annexes and the news about it; more is a mistake.
MOST_FILES = 60
_LONGEST_STEM = 80


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file of an announcement that may be kept.

    Attributes:
        file: What is written into its source's ``files``.
        data: Its bytes.
    """

    file: SourceFile
    data: bytes


def brought_file(path: Path, source: str, known: Iterable[SourceFile]) -> BroughtFile:
    """Read a file that the user named and see that it may be kept.

    Args:
        path: As named.
        source: Id of the source that the file is of; its name is made of it.
        known: All files that the draft names; the same bytes keep their name.

    Raises:
        SourceFileError: It may not; one subclass per cause.
    """
    data = _read(path)
    form = known_file(path.name, data)
    sha256 = hashlib.sha256(data).hexdigest()
    names = {one.name: one.sha256 for one in known}
    if len(names) >= MOST_FILES and sha256 not in names.values():
        raise SourceFilesTooManyError(
            f"草稿里已经有 {len(names)} 个公告文件，没有再放，草稿不变；"
            "请先删去用不着的，或合成一个 PDF。"
        )
    stem = source[:_LONGEST_STEM].rstrip(".-")
    tries = (f"{stem}-{number}{form.ending}" for number in count(1))
    name = next(one for one in tries if names.get(one, sha256) == sha256)
    same = [one for one, known_hash in names.items() if known_hash == sha256]
    return BroughtFile(SourceFile(name=[*same, name][0], sha256=sha256, kind=form.kind), data)


def read_plain(path: Path) -> bytes:
    """Read a plain file within the limit; a pipe or a device might never end.

    Raises:
        FileTooLargeError: It holds more than any file that is kept.
        OSError: It cannot be read, or is no plain file.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("不是普通文件")
    return read_bounded(path, LARGEST_OF_ALL)


def _read(path: Path) -> bytes:
    try:
        return read_plain(path)
    except FileNotFoundError as err:
        raise SourceFileMissingError(
            f"没有找到公告文件“{path.name}”，没有放进草稿，草稿不变；"
            "请核对路径，U 盘拔掉了的请插好再试。"
        ) from err
    except FileTooLargeError as err:
        raise SourceFileTooLargeError(
            f"“{path.name}”超过 {LARGEST_OF_ALL // 1_000_000} MB，没有放进草稿，草稿不变；"
            "请把图片缩小，或只放有关的几页。"
        ) from err
    except OSError as err:
        raise SourceFileUnreadableError(
            f"“{path.name}”无法读取（{err.strerror or err}），没有放进草稿，草稿不变；"
            "请关闭正在使用它的程序，检查 U 盘和权限后重试。"
        ) from err
