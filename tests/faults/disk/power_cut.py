"""Rebuild every state a disk could be left in by a power cut, and open each.

Model: a file's bytes are durable after its fsync; unsynced writes survive as
any subset of 512-byte sectors. A name is durable after the fsync of its own
folder, subfolders each for itself, their own names too; before that any first
part of the changes of a folder survives.
"""

import random
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.checking import canaries_in, read_said
from tests.faults.counter import ID_NUMBER, NAME
from tests.faults.disk.tracing import Act, record
from tests.faults.judging import judge
from tests.faults.rows import Figures
from tests.faults.scenes import SCENES, lay_out, memory_disk

ROOT = Path(__file__).resolve().parents[3]
SECTOR = 512
LEAST, ALL = 0, 1
COUNTED = ("states", "acknowledged", "lost", "corrupt", "canaries")
BAD = ("lost", "corrupt", "canaries")


@dataclass
class Inode:
    """The bytes of a file that are durable, and the changes that are not yet."""

    durable: bytearray = field(default_factory=bytearray)
    folder: bool = False
    waiting: list[Act] = field(default_factory=list)


Names = dict[str, Inode]


class Disk:
    """What would be left of a folder if the power went now."""

    def __init__(self, folder: Path) -> None:
        self.now: Names = {str(path): _inode(path) for path in folder.rglob("*")}
        self.durable: Names = dict(self.now)
        self._waiting: dict[str, list[tuple[Act, Inode | None]]] = {}

    def do(self, act: Act) -> None:
        """Follow one act of the program."""
        if act.kind in {"create", "folder"}:
            if act.path not in self.now:
                self.now[act.path] = Inode(folder=act.kind == "folder")
                self._wait(act, self.now[act.path])
        elif act.kind in {"rename", "unlink"}:
            _name(self.now, act, None)
            self._wait(act, None)
        elif act.kind == "dirsync":
            for waiting, inode in self._waiting.pop(act.path, []):
                _name(self.durable, waiting, inode)
        elif act.path in self.now:
            inode = self.now[act.path]
            if act.kind == "copy":
                whole = _survivor(self.now[act.destination], ALL, random.Random())  # noqa: S311 - unused
                act = Act("write", act.path, act.place, whole[act.place :])
            if act.kind == "sync":
                for waiting in inode.waiting:
                    _change(inode.durable, waiting)
                inode.waiting.clear()
            else:
                inode.waiting.append(act)

    def left(self, variant: int, chance: random.Random) -> dict[str, bytes | None]:
        """Give one state: 0 the least that survives, 1 all of it, else by chance."""
        names = dict(self.durable)
        for waiting in self._waiting.values():
            cut = (0, len(waiting))[variant] if variant <= ALL else chance.randint(0, len(waiting))
            for act, inode in waiting[:cut]:
                _name(names, act, inode)
        return {
            path: None if inode.folder else _survivor(inode, variant, chance)
            for path, inode in names.items()
        }

    def _wait(self, act: Act, inode: Inode | None) -> None:
        self._waiting.setdefault(str(Path(act.path).parent), []).append((act, inode))


def _inode(path: Path) -> Inode:
    return Inode(folder=True) if path.is_dir() else Inode(bytearray(path.read_bytes()))


def _name(names: Names, act: Act, inode: Inode | None) -> None:
    if act.kind in {"create", "folder"} and inode is not None:
        names.setdefault(act.path, inode)
    elif act.kind == "unlink":
        names.pop(act.path, None)
    elif act.path in names:
        names[act.destination] = names.pop(act.path)


def _change(data: bytearray, act: Act) -> None:
    end = act.place + len(act.data)
    if act.kind == "cut":
        del data[act.place :]
        end = act.place
    data.extend(bytes(max(end - len(data), 0)))
    data[act.place : end] = act.data


def _survivor(inode: Inode, variant: int, chance: random.Random) -> bytes:
    data = bytearray(inode.durable)
    for act in inode.waiting if variant != LEAST else ():
        if variant == ALL:
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


def cut_power(scene: str, states: int, only: str = "") -> Figures:
    """Cut the power at each act of a scene's work, in many ways each time.

    Args:
        scene: Where it strikes.
        states: About how many states to rebuild.
        only: Strike only at acts on files with this in their name.
    """
    figures = dict.fromkeys(COUNTED, 0)
    chance = random.SystemRandom()
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home, destination = lay_out(scene, Path(room) / "home"), Path(room) / "rebuilt"
        disk = Disk(home)
        words = ["-m", "tests.faults.counter", SCENES[scene].work, str(home), "c"]
        acts = record([sys.executable, *words], home, Path(room) / "trace", ROOT)
        struck = sum(only in act.path for act in acts)
        output, variants = b"", max(states // struck, 3)
        for act in acts:
            if act.kind == "out":
                output += act.data
            else:
                disk.do(act)
            said = read_said(output.decode())
            for variant in range(variants if only in act.path else 0):
                rebuild(disk.left(variant, chance), home, destination)
                found = judge(scene, destination, said)
                figures["states"] += 1
                if found is not None:
                    figures["lost" if found.kind == "lost" else "corrupt"] += 1
                    sys.stderr.write(f"{scene} {act.kind} {act.path} {variant}: {found}\n")
            if destination.exists():
                figures["canaries"] += len(canaries_in(destination, (NAME, ID_NUMBER)))
        figures["acknowledged"] = len(read_said(output.decode()).acknowledged)
    return figures


def rebuild(left: dict[str, bytes | None], home: Path, destination: Path) -> None:
    """Make a home as a power cut left it; None stands for a folder."""
    shutil.rmtree(destination, ignore_errors=True)
    destination.mkdir()
    for path in sorted(left):
        place, data = destination / Path(path).relative_to(home), left[path]
        if place.parent.is_dir():  # else the name of a folder above it is gone
            if data is None:
                place.mkdir(mode=0o700)
            else:
                place.write_bytes(data)
