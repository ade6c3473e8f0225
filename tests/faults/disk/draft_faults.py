"""What strikes an author: kills, power cuts, disks that fail or are full, a stick pulled out."""

import atexit
import random
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.errors import MedCounterError
from medcounter.store.db.sqlite import DatabaseFailure, connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.rule_drafts import act_rows
from tests.faults.checking import Fault, Said, read_said
from tests.faults.disk.draft_writing import OUT, contents_hash, prepare, write_on
from tests.faults.disk.power_cut import ROOT, Disk, rebuild
from tests.faults.disk.sweeping import Strike
from tests.faults.disk.tracing import record
from tests.faults.process.forking import Fork, warm_up
from tests.faults.process.killing import OPENING, WORKING
from tests.faults.rows import Figures, added
from tests.faults.scenes import memory_disk
from tests.support.authoring.rule_draft_samples import said as said_of

COUNTED = ("kills", "states", "injections", "acknowledged")
BAD = ("lost", "corrupt", "without a sentence")
_LINES = 12
# The counter of the faults has no name set.
_AUTHOR = ""
_MOST = 10_000
_HALVES = tuple(f"half{number:04d}" for number in range(30))


def kill(kills: int) -> Figures:
    """Kill -9 at any moment of an author's work."""
    warm_up()
    figures, chance = _figures(), random.SystemRandom()
    for _ in range(kills):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = _home(Path(room))
            fork = Fork(lambda home=home: write_on(home))  # type: ignore[misc] # bound now
            wanted = chance.randint(0, _LINES)
            fork.hear_lines(wanted)
            fork.hear(chance.uniform(0, WORKING if wanted else OPENING))
            fork.kill()
            figures["kills"] += 1
            _judge(home, fork.end().said, figures, "killed")
    return figures


def cut_power(states: int) -> Figures:
    """Cut the power at each act of an author's work, in some ways each time."""
    figures, chance = _figures(), random.SystemRandom()
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home, destination = _home(Path(room)), Path(room) / "rebuilt"
        disk = Disk(home)
        words = [sys.executable, "-m", "tests.faults.disk.draft_writing", str(home)]
        acts = record(words, home, Path(room) / "trace", ROOT)
        output, every = b"", max(len(acts) * 3 // states, 1)
        for number, act in enumerate(acts):
            if act.kind == "out":
                output += act.data
                continue
            disk.do(act)
            for variant in range(3 if number % every == 0 else 0):
                rebuild(disk.left(variant, chance), home, destination)
                figures["states"] += 1
                _judge(destination, output.decode(), figures, f"power cut at {number} {act.kind}")
    return figures


def strike(call: str, error: str, step: int, *, ever: bool, stick: bool = False) -> Figures:
    """Let the N-th call of a kind fail, N counted up by a step until none is left.

    Args:
        call: The kind.
        error: ``ENOSPC`` or ``EIO``.
        step: How far N rises.
        ever: Whether every later one fails too.
        stick: Only calls on the stick's files: it is pulled out.
    """
    warm_up()
    figures = _figures()
    rule = Strike(call, f"error={error}", ever)
    for count in range(1, _MOST, step):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            home = _home(Path(room))
            fork = Fork(lambda home=home: _write_by_known_names(home), held=True)  # type: ignore[misc] # bound now
            where = [word for path in _on_stick(home) for word in ("-P", path)] if stick else []
            ended = fork.end_struck((*where, *rule.rule(count)), Path(room) / "trace")
            if not ended.struck:
                return figures
            figures["injections"] += 1
            what = f"{call} {error} {count}{'+' if ever else ''}{' on the stick' if stick else ''}"
            figures = added(figures, _judged(home, ended.said, what))
            if figures["without a sentence"]:
                sys.stderr.write(ended.errors[-1500:])
    return figures


def _figures() -> Figures:
    return dict.fromkeys((*COUNTED, *BAD), 0)


def _home(room: Path) -> Path:
    return Path(shutil.copytree(_made(), room / "home"))


@cache
def _made() -> Path:
    room = Path(tempfile.mkdtemp(prefix="faults-", dir=memory_disk()))
    atexit.register(shutil.rmtree, room)
    prepare(room / "home")
    return room / "home"


def _write_by_known_names(home: Path) -> None:
    """Let an author work whose half-written files have names that strace can be told."""
    vars(tempfile)["_name_sequence"] = iter(_HALVES)
    write_on(home)


@cache
def _names_on_stick() -> tuple[str, ...]:
    """Name all that an undisturbed author leaves on the stick, and what comes before it."""
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home = _home(Path(room))
        Fork(lambda: write_on(home)).end()
        left = [path.relative_to(home) for path in (home / "stick").rglob("*")]
    before = [
        path.with_name(name)
        for path in left
        for name in (f"{path.name}.partial", *(f".{path.name[:40]}.{half}" for half in _HALVES))
    ]
    return ("stick", *map(str, (*left, *before)))


def _on_stick(home: Path) -> list[str]:
    return [str(home / name) for name in _names_on_stick()]


def _judge(home: Path, told: str, figures: Figures, what: str) -> None:
    for name, count in _judged(home, told, what).items():
        figures[name] += count


def _judged(home: Path, told: str, what: str) -> Figures:
    said = read_said(told)
    found = _fault_of(home, said)
    if found is not None:
        sys.stderr.write(f"{what}: {found}\n")
    return {
        "acknowledged": sum(each.startswith(("kept ", "file ")) for each in said.done),
        "lost": int(found is not None and found.kind == "lost"),
        "corrupt": int(found is not None and found.kind != "lost"),
        "without a sentence": len(said.broke),
    }


def _fault_of(home: Path, said: Said) -> Fault | None:
    """Open what is left, compare it with what was acknowledged, and go on with it."""
    try:
        store = open_store(home / "data")
    except MedCounterError as err:
        return Fault("unread", err.text)
    try:
        return _fault_of_drafts(store, said) or _fault_of_copies(store, home, said)
    except (MedCounterError, DatabaseFailure) as err:
        return Fault("unread", f"{type(err).__name__} {err}")
    finally:
        store.close(with_backup=False)


def _fault_of_drafts(store: Store, said: Said) -> Fault | None:
    drafts = store.rule_drafts
    if reason := drafts.read_only or store.read_only:
        return Fault("bad", reason)
    if faults := [fault.text for fault in store.ledger.verify() if fault]:
        return Fault("bad", faults[0])
    for each in said.done:
        what, *words = each.split()
        if what == "kept" and contents_hash(drafts, 1, int(words[0])) != words[1]:
            return Fault("lost", each)
        if what == "file" and not drafts.attached(words[0])[1]:
            return Fault("lost", each)
    drafts.take(1, said_of("接着编", _AUTHOR, 60 * 24))
    return None


def _fault_of_copies(store: Store, home: Path, said: Said) -> Fault | None:
    """See that whatever bears the name of a copy is whole, and that what was said is there."""
    key = store.data_key
    copies = [DataFolder(home / "data").drafts_copy, *(home / "stick").glob("*/drafts.db")]
    for path in copies:
        if path.exists():
            database = connect_read_only(path, key.drafts)
            try:
                if not act_rows.is_whole(database, key.draft_codes):
                    return Fault("bad", f"{path.name} is not whole")
            finally:
                database.close()
    if "mirror" in said.done and len(copies) == 1:
        return Fault("lost", "mirror")
    if "export" in said.done:
        for path in (home / "stick" / OUT).glob("450000-*.json"):
            PlaceDocument.opened(path.read_bytes())
    return None
