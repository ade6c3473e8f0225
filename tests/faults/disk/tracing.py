"""What a program did to the files of a folder, read from a trace of its calls."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "openat,mkdir,pwrite64,write,writev,sendfile,lseek,fsync,fdatasync,ftruncate,"
    "rename,renameat,renameat2,unlink,unlinkat"
)
LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*)>)?")
DESCRIPTOR = re.compile(r"(\d+)<(.*?)>(?:, |$)")
TEXT = re.compile(r'"((?:\\x..)*)"')


class Act(NamedTuple):
    """One thing that happened; ``kind`` says which of the others count.

    ``out`` data; ``create``, ``folder``, ``unlink``, ``sync`` and ``dirsync`` path;
    ``write`` path, place, data; ``copy`` path, place and, as destination, its source;
    ``cut`` path, place; ``rename`` path, destination.
    """

    kind: str
    path: str = ""
    place: int = 0
    data: bytes = b""
    destination: str = ""


def record(command: list[str], folder: Path, trace: Path, root: Path) -> list[Act]:
    """Run a command and list what it did in a folder and its subfolders."""
    words = ["strace", "-f", "-o", str(trace), "-xx", "-y", "-s", "4000000"]
    subprocess.run([*words, "-e", f"trace={CALLS}", *command], cwd=root, stdout=-1, check=True)
    with trace.open(encoding="ascii", errors="replace") as lines:
        return list(_Reader(folder, root).read(lines))


class _Reader:
    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = str(folder)
        self._root = root
        self._places: dict[int, int] = {}

    def read(self, lines: Iterator[str]) -> Iterator[Act]:
        for line in lines:
            match = LINE.match(re.sub(r"^\d+\s+", "", line))
            if match is None or int(match[3]) < 0:
                continue
            name, told, result = match[1], match[2], int(match[3])
            if name == "openat":
                yield from self._opened(told, result, match[4])
            elif name.startswith(("rename", "unlink", "mkdir")):
                yield from self._named(name, told)
            else:
                yield from self._done(name, told, result)

    def _opened(self, told: str, handle: int, raw: str | None) -> Iterator[Act]:
        path = self._path(raw or "")
        self._places[handle] = 0
        if not self._ours(path) or "O_DIRECTORY" in told or "O_TMPFILE" in told:
            return
        if "O_APPEND" in told and Path(path).exists():
            self._places[handle] = Path(path).stat().st_size
        if "O_CREAT" in told:
            yield Act("create", path)
        if "O_TRUNC" in told:
            yield Act("cut", path)

    def _named(self, name: str, told: str) -> Iterator[Act]:
        paths = [self._path(text) for text in TEXT.findall(told)]
        if self._ours(paths[0]):
            kind = {"rename": "rename", "unlink": "unlink"}.get(name.rstrip("at2"), "folder")
            yield Act(kind, paths[0], destination=paths[1] if kind == "rename" else "")

    def _done(self, name: str, told: str, result: int) -> Iterator[Act]:
        descriptor = DESCRIPTOR.match(told)
        if descriptor is None:
            return
        handle, path = int(descriptor[1]), self._path(descriptor[2])
        text = TEXT.search(told)
        data = _bytes(text[1])[:result] if text else b""
        place = self._places.get(handle, 0)
        if name == "writev":
            yield from [Act("out", data=data)] if handle == 1 else []
            return
        if name in {"lseek", "write", "sendfile"}:
            self._places[handle] = result if name == "lseek" else place + result
        if self._ours(path) and name != "lseek":
            yield _act(name, path, place, data, told)

    def _path(self, text: str) -> str:
        return os.path.normpath(self._root / _plain(text))

    def _ours(self, path: str) -> bool:
        inside = path == self._folder or path.startswith(f"{self._folder}/")
        return inside and "/logs" not in path


def _act(name: str, path: str, place: int, data: bytes, told: str) -> Act:
    """What a call on an open file of the folder did."""
    if name == "write":
        return Act("write", path, place, data)
    if name == "pwrite64":
        return Act("write", path, int(told.rsplit(", ", 1)[1]), data)
    if name == "sendfile":
        return Act("copy", path, place, destination=_plain(DESCRIPTOR.findall(told)[1][1]))
    if name == "ftruncate":
        return Act("cut", path, int(told.rsplit(", ", 1)[1]))
    return Act("dirsync" if Path(path).is_dir() else "sync", path)


def _plain(text: str) -> str:
    raw = re.sub(r"\(deleted\)$", "", text)
    return _bytes(raw).decode() if raw.startswith("\\x") else raw


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
