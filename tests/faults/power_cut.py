"""Rebuild every state a disk could be left in by a power cut, and open each.

Model: a file's bytes are durable after its fsync; unsynced writes survive as
any subset of 512-byte sectors. A name is durable after the fsync of its own
folder, subfolders each for itself; before that any first part of the changes
of a folder survives.
"""

import random
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.checking import Result, Said, canaries_in, fault_of, read_said
from tests.faults.counter import ID_NUMBER, NAME
from tests.faults.killing import ROOT, fresh_folder
from tests.faults.tracing import Act, record

SECTOR = 512


@dataclass
class Inode:
    """The bytes of a file that are durable, and the changes that are not yet."""

    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Act] = field(default_factory=list)


Names = dict[str, Inode]


class Disk:
    """What would be left of a folder if the power went now."""

    def __init__(self, folder: Path) -> None:
        files = [path for path in folder.rglob("*") if path.is_file()]
        self.now: Names = {str(path): Inode(bytearray(path.read_bytes())) for path in files}
        self.durable: Names = dict(self.now)
        self._waiting: dict[str, list[tuple[Act, Inode | None]]] = {}

    def do(self, act: Act) -> None:
        """Follow one act of the program."""
        if act.kind == "create" and act.path not in self.now:
            self.now[act.path] = Inode()
            self._wait(act, self.now[act.path])
        elif act.kind in {"rename", "unlink"}:
            _name(self.now, act, None)
            self._wait(act, None)
        elif act.kind == "dirsync":
            for waiting, inode in self._waiting.pop(act.path, []):
                _name(self.durable, waiting, inode)
        elif act.path in self.now:
            inode = self.now[act.path]
            if act.kind == "sync":
                for waiting in inode.waiting:
                    _change(inode.durable, waiting)
                inode.waiting.clear()
            else:
                inode.waiting.append(act)

    def left(self, variant: int, chance: random.Random) -> dict[str, bytes]:
        """Give one state: 0 the least that survives, 1 all of it, else by chance."""
        names = dict(self.durable)
        for waiting in self._waiting.values():
            cut = (0, len(waiting))[variant] if variant < 2 else chance.randint(0, len(waiting))
            for act, inode in waiting[:cut]:
                _name(names, act, inode)
        return {path: _survivor(inode, variant, chance) for path, inode in names.items()}

    def _wait(self, act: Act, inode: Inode | None) -> None:
        self._waiting.setdefault(str(Path(act.path).parent), []).append((act, inode))


def _name(names: Names, act: Act, inode: Inode | None) -> None:
    if act.kind == "create" and inode is not None:
        names.setdefault(act.path, inode)
    elif act.kind == "unlink":
        names.pop(act.path, None)
    elif act.path in names:
        names[act.goal] = names.pop(act.path)


def _change(data: bytearray, act: Act) -> None:
    end = act.place + len(act.data)
    if act.kind == "cut":
        del data[act.place :]
        end = act.place
    data.extend(bytes(max(end - len(data), 0)))
    data[act.place : end] = act.data


def _survivor(inode: Inode, variant: int, chance: random.Random) -> bytes:
    data = bytearray(inode.durable)
    for act in inode.waiting if variant else ():
        if variant == 1:
            _change(data, act)
        elif act.kind == "cut":
            if chance.random() < 0.5:
                _change(data, act)
        else:
            for start in range(0, len(act.data), SECTOR):
                if chance.random() < 0.5:
                    part = act.data[start : start + SECTOR]
                    _change(data, act._replace(place=act.place + start, data=part))
    return bytes(data)


def cut_power(states: int, notices: int = 3) -> Result:
    """Row 3: at each act of a counter that issues some notices, backs up and closes."""
    figures = {"states": 0, "acknowledged": 0, "lost": 0, "corrupt": 0, "canaries": 0}
    chance = random.SystemRandom()
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory(dir="/dev/shm") as room:
        folder = fresh_folder(Path(home))
        disk = Disk(folder)
        words = [sys.executable, "-m", "tests.faults.counter", str(folder), "c", str(notices)]
        acts = record(words, folder, Path(home) / "trace", ROOT)
        output, variants = b"", max(states // len(acts), 2)
        for act in acts:
            if act.kind == "out":
                output += act.data
            else:
                disk.do(act)
            for variant in range(variants):
                left = disk.left(variant, chance)
                said = read_said(output.decode())
                goal = Path(room) / "data"
                found = _open_rebuilt(folder, goal, left, said)
                figures["states"] += 1
                if found is not None:
                    figures["lost" if found[0] == "lost" else "corrupt"] += 1
                    sys.stderr.write(f"{act.kind} {Path(act.path).name} {variant}: {found}\n")
        figures["acknowledged"] = len(read_said(output.decode()).acknowledged)
        figures["canaries"] = len(canaries_in(Path(room), (NAME, ID_NUMBER)))
    return Result(
        "3", "power cut, torn and reordered writes", figures,
        ("lost", "corrupt", "canaries"),
    )  # fmt: skip


def _open_rebuilt(
    folder: Path, goal: Path, left: dict[str, bytes], said: Said
) -> tuple[str, str] | None:
    shutil.rmtree(goal, ignore_errors=True)
    for inner in (goal, goal / "bundles", goal / "backups"):
        inner.mkdir()
    for path, data in left.items():
        place = goal / Path(path).relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return fault_of(goal, said)
