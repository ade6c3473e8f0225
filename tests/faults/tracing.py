"""What a program did to the files of a folder, read from a trace of its calls."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "openat,pwrite64,write,lseek,fsync,fdatasync,ftruncate,"
    "rename,renameat,renameat2,unlink,unlinkat"
)
LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*)>)?")
DESCRIPTOR = re.compile(r"(\d+)<(.*?)>(?:, |$)")
TEXT = re.compile(r'"((?:\\x..)*)"')


class Act(NamedTuple):
    """One thing that happened; ``kind`` says which of the others count.

    ``out`` data; ``create``, ``unlink``, ``sync`` and ``dirsync`` path;
    ``write`` path, place, data; ``cut`` path, place; ``rename`` path, goal.
    """

    kind: str
    path: str = ""
    place: int = 0
    data: bytes = b""
    goal: str = ""


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
            elif name.startswith(("rename", "unlink")):
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
            goal = paths[1] if name.startswith("rename") else ""
            yield Act("rename" if goal else "unlink", paths[0], goal=goal)

    def _done(self, name: str, told: str, result: int) -> Iterator[Act]:
        descriptor = DESCRIPTOR.match(told)
        if descriptor is None:
            return
        handle, path = int(descriptor[1]), self._path(descriptor[2])
        text = TEXT.search(told)
        data = _bytes(text[1])[:result] if text else b""
        if name == "lseek":
            self._places[handle] = result
        elif name == "write":
            place = self._places.get(handle, 0)
            self._places[handle] = place + len(data)
            if handle == 1:
                yield Act("out", data=data)
            elif self._ours(path):
                yield Act("write", path, place, data)
        elif not self._ours(path):
            return
        elif name == "pwrite64":
            yield Act("write", path, int(told.rsplit(", ", 1)[1]), data)
        elif name == "ftruncate":
            yield Act("cut", path, int(told.rsplit(", ", 1)[1]))
        else:
            yield Act("dirsync" if Path(path).is_dir() else "sync", path)

    def _path(self, text: str) -> str:
        raw = re.sub(r"\(deleted\)$", "", text)
        plain = _bytes(raw).decode() if raw.startswith("\\x") else raw
        return os.path.normpath(self._root / plain)

    def _ours(self, path: str) -> bool:
        inside = path == self._folder or path.startswith(f"{self._folder}/")
        return inside and not path.startswith(f"{self._folder}/logs")


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
