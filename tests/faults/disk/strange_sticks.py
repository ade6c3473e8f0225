"""What a stranger laid on a stick, and key files of others put in the ledger's place."""

import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

from medcounter.desk.recovery.rescue import KeyFileUnfitError, take_key_file
from medcounter.errors import MedCounterError
from medcounter.store.backups import backup, second_place
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.faults.process.forking import Fork
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.support.store.access_samples import locked_folder
from tests.support.store.store_samples import AT, notice, paper

LINK_BAD = ("files changed", "links taken for copies", "lost", "faults", "without a sentence")
KEY_BAD = ("own file gone", "not opened again", "lost", "without a sentence")
_MOST = 4
_KEPT = ("ledger.db", "keyslots.json", "rules.db")


@cache
def _filled() -> Path:
    """A closed folder with a backup and a notice that stands in none, made once a process."""
    folder = Path(tempfile.mkdtemp(dir=memory_disk())) / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    store.backups.make()
    store.ledger.issue(notice(2), paper)
    store.close(with_backup=False)
    return folder


def lay_links(rounds: int) -> Figures:
    """Lay links under the names that copies use, and copy there again and again."""
    figures = dict.fromkeys(("sticks", "links", "copies", "refused", *LINK_BAD), 0)
    chance = random.SystemRandom()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            folder = shutil.copytree(_filled(), Path(room) / "data")
            stick = Path(room) / "stick"
            stick.mkdir()
            store = open_store(folder)
            figures["sticks"] += 1
            figures["links"] += _lay(store, folder, stick, chance)
            before = {name: (folder / name).read_bytes() for name in _KEPT}
            for day in range(1, 3):
                _copy(store, stick, chance.random() < 0.5, figures, day)
            changed = [name for name in _KEPT if (folder / name).read_bytes() != before[name]]
            figures["files changed"] += len(changed)
            listed = backup.backups(second_place_of(store, stick))
            figures["links taken for copies"] += sum(one.path.is_symlink() for one in listed)
            _judge(store, folder, figures)
    return figures


def second_place_of(store: Store, stick: Path) -> Path:
    """The counter's folder on a stick."""
    return stick / second_place.folder_name(store.data_key)


def _lay(store: Store, folder: Path, stick: Path, chance: random.SystemRandom) -> int:
    """Lay links on a stick, at the counter's folder or in it and beside it."""
    destination = second_place_of(store, stick)
    if chance.random() < 0.2:
        inside = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        destination.symlink_to(chance.choice(inside))
        return 1
    destination.mkdir()
    newest = max((folder / "backups").glob("ledger-*.db")).name
    made = [newest, f"{newest}.partial", "keyslots.json", "drafts.db", "drafts.db.partial"]
    later = ("ledger-20991231-099999999.db", "ledger-20251399-000000001.db")
    names = [*made, *later, *(f"{name}.tmp" for name in made)]
    victims = [path for path in folder.rglob("*") if path.is_file()]
    laid = 0
    for name in chance.sample(names, chance.randint(1, _MOST)):
        for place in (destination, stick):
            victim = chance.choice(victims)
            with suppress(FileExistsError):
                if chance.random() < 0.5:
                    (place / name).symlink_to(victim)
                else:
                    (place / name).hardlink_to(victim)
                laid += 1
    return laid


def _copy(store: Store, stick: Path, plain: bool, figures: Figures, day: int) -> None:  # noqa: FBT001 - one caller
    """Copy to a stick, as the second place that is set or as a folder chosen once."""
    on = (AT + timedelta(days=day)).date()
    try:
        if plain:
            store.backups.make_in(stick)
        else:
            store.backups.mirror(str(stick), noted=True).run(on)
        figures["copies"] += 1
    except MedCounterError:
        figures["refused"] += 1
    except Exception:  # noqa: BLE001 - whatever it is, it is counted and told
        figures["without a sentence"] += 1
        traceback.print_exc()


def _judge(store: Store, folder: Path, figures: Figures) -> None:
    """Issue once more, close, open again: every notice is there and the chain holds."""
    try:
        figures["faults"] += sum(fault is not None for fault in store.verify())
        store.ledger.issue(notice(3), paper)
        store.close(with_backup=False)
        again = open_store(folder)
        figures["lost"] += 3 - again.ledger.search().total
        figures["faults"] += again.read_only != ""
        again.close(with_backup=False)
    except MedCounterError as err:
        figures["lost"] += 1
        sys.stderr.write(f"after a stick: {type(err).__name__}\n")


def take_keys(rounds: int) -> Figures:
    """Put key files of others in the ledger's place, one after another, and then the own."""
    return _take(rounds, lambda act, _: act())


def kill_while_taking(kills: int) -> Figures:
    """The same, killed at any moment."""
    return _take(kills, _killed)


def _killed(act: Callable[[], None], chance: random.SystemRandom) -> None:
    fork = Fork(act)
    time.sleep(chance.uniform(0, 0.02))
    fork.kill()
    fork.end()


def _take(rounds: int, run: Callable[[Callable[[], None], random.SystemRandom], None]) -> Figures:
    figures = dict.fromkeys(("rounds", "files taken", *KEY_BAD), 0)
    chance = random.SystemRandom()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            folder = shutil.copytree(_filled(), Path(room) / "data")
            own = (folder / "keyslots.json").read_bytes()
            brought = _brought(Path(room), folder, chance)
            figures["rounds"] += 1
            figures["files taken"] += len(brought)
            try:
                run(lambda folder=folder, brought=brought: _take_all(folder, brought), chance)  # type: ignore[misc] # at once
            except Exception:  # noqa: BLE001 - whatever it is, it is counted and told
                figures["without a sentence"] += 1
                traceback.print_exc()
            kept = [path for path in folder.rglob("keyslots*") if path.read_bytes() == own]
            figures["own file gone"] += not kept
            if kept:
                _open_by(folder, kept[0], Path(room) / "own.json", figures)
    return figures


def _brought(room: Path, folder: Path, chance: random.SystemRandom) -> list[Path]:
    """Key files of other ledgers, with sign-in and without, broken ones, links to the own."""
    locked, other = room / "locked", room / "other"
    locked_folder(locked)
    open_store(other).close(with_backup=False)
    (room / "broken.json").write_bytes((locked / "keyslots.json").read_bytes()[:-40])
    (room / "empty.json").write_bytes(b"")
    (room / "link.json").symlink_to(folder / "keyslots.json")
    (room / "second.json").hardlink_to(folder / "keyslots.json")
    files = [
        locked / "keyslots.json",
        locked / "keyslots.json",
        other / "keyslots.json",
        folder / "ledger.db",
        folder / "backups" / "keyslots.json",
        *(room / f"{name}.json" for name in ("broken", "empty", "link", "second")),
    ]
    return chance.choices(files, k=chance.randint(2, 8))


def _take_all(folder: Path, brought: list[Path]) -> None:
    for path in brought:
        with suppress(KeyFileUnfitError):
            take_key_file(folder, path)


def _open_by(folder: Path, found: Path, destination: Path, figures: Figures) -> None:
    """Bring the own file back from where it was put aside, and open by it."""
    shutil.copyfile(found, destination)
    try:
        take_key_file(folder, destination)
        store = open_store(folder)
        figures["lost"] += 2 - store.ledger.search().total
        store.close(with_backup=False)
    except (MedCounterError, OSError) as err:
        figures["not opened again"] += 1
        sys.stderr.write(f"not opened again: {type(err).__name__}\n")
