"""Take the ledger away under a counter that is issuing, at any moment."""

import os
import random
import re
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from medcounter.errors import MedCounterError
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import DatabaseFailure, connect_beside
from medcounter.store.ledger import notice_rows
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import restore
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.support.store.store_samples import AT, notice, paper

BAD = (
    "acknowledged and lost",
    "acknowledged into nothing",
    "without a sentence",
    "saved and unusable",
)
BAD_PAGES = (
    "acknowledged and not in the file",
    "never told",
    "without a sentence",
)
_NAMED = re.compile(r"并核对：“([^”]*)”")
_MOST = 400
_AFTER = 5

Happening = Callable[[Path], None]


def _remove(folder: Path) -> None:
    (folder / "ledger.db").unlink()


def _move(folder: Path) -> None:
    (folder / "ledger.db").rename(folder.with_name("taken.db"))


def _exchange(folder: Path) -> None:
    shutil.copyfile(folder / "ledger.db", folder.with_name("other.db"))
    folder.with_name("other.db").replace(folder / "ledger.db")


def _write_over(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"%PDF-1.4 " * 20_000)


def _write_older(folder: Path) -> None:
    """Copy the newest backup into the same file, as `cp` does."""
    newest = backup.backups(folder / "backups")[0].path
    (folder / "ledger.db").write_bytes(newest.read_bytes())


def _spoil_a_page(folder: Path) -> None:
    with (folder / "ledger.db").open("r+b") as file:
        pages = file.seek(0, os.SEEK_END) // 4096
        file.seek(random.SystemRandom().randrange(pages) * 4096)
        file.write(b"spoilt" * 500)


def _truncate(folder: Path) -> None:
    os.truncate(folder / "ledger.db", 0)


def _cut_short(folder: Path) -> None:
    path = folder / "ledger.db"
    os.truncate(path, max(path.stat().st_size - 4096, 0))


def _move_folder(folder: Path) -> None:
    folder.rename(folder.with_name("taken"))


def _remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _exchange_folder(folder: Path) -> None:
    folder.rename(folder.with_name("taken"))
    shutil.copytree(folder.with_name("taken"), folder)


def _clean_journal(folder: Path) -> None:
    (folder / "ledger.db-journal").unlink(missing_ok=True)


# After these, what the program still has open is whole.
TAKEN: tuple[Happening, ...] = (
    _remove, _move, _exchange, _move_folder, _remove_folder, _exchange_folder, _clean_journal,
)  # fmt: skip
# After these the file itself is spoilt: what was in it is gone, whatever the program does.
SPOILT: tuple[Happening, ...] = (_write_over, _write_older, _spoil_a_page, _truncate, _cut_short)


def take_away(rounds: int) -> Figures:
    """Let something happen to the ledger between two notices, then go on issuing."""
    figures = _figures()
    chance = random.SystemRandom()
    for _ in range(rounds):
        happens = chance.choice((*TAKEN, *SPOILT))
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            folder, store = _at_work(Path(room))
            told, said = _issue(figures, store, range(1, chance.randrange(2, 40)))
            happens(folder)
            later, said = _issue(figures, store, range(100, 100 + _AFTER))
            _end(store)
            left = _left(figures, folder, said)
            if happens not in SPOILT:
                figures["acknowledged and lost"] += len({*told, *later} - left)
            figures["acknowledged into nothing"] += len(set(later) - left)
    return figures


def take_away_while_issuing(rounds: int) -> Figures:
    """Take it away at any moment of an issue."""
    figures = _figures()
    chance = random.SystemRandom()
    for _ in range(rounds):
        happens = chance.choice(TAKEN)
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            folder, store = _at_work(Path(room))
            timer = threading.Timer(chance.random() / 8, happens, (folder,))
            timer.start()
            told, said = _issue(figures, store, range(1, _MOST))
            timer.join()
            later, said = ([], said) if said else _issue(figures, store, range(_MOST, _MOST + 5))
            _end(store)
            lost = {*told, *later} - _left(figures, folder, said)
            figures["acknowledged and lost"] += len(lost)
    return figures


def write_pages_while_issuing(rounds: int) -> Figures:
    """Write some pages of the file, spoilt or as they once were, at any moment of an issue.

    What of it falls into the commit itself, and on pages the commit has not to do
    with, is told by the next walk and not by the next issue.
    """
    told_by = ("rounds", "acknowledged", "refused", "told by the walk", "nothing changed")
    figures: Figures = dict.fromkeys((*told_by, *BAD_PAGES), 0)
    chance = random.SystemRandom()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            folder, store = _at_work(Path(room))
            older = (folder / "ledger.db").read_bytes()
            _issue(figures, store, range(1, chance.randrange(2, 40)))
            timer = threading.Timer(chance.random() / 8, _write_pages, (folder, older))
            timer.start()
            _, said = _issue(figures, store, range(100, _MOST))
            timer.join()
            later, said = ([], said) if said else _issue(figures, store, range(_MOST, _MOST + 5))
            figures["rounds"] += 1
            figures["acknowledged and not in the file"] += len(set(later) - _lying_in(store, later))
            if not said:
                found = [fault for fault in store.walk() if fault is not None]
                figures["told by the walk"] += bool(found)
                with suppress(MedCounterError):
                    store.close()
                whole = not found and _verifies(folder)
                figures["nothing changed"] += whole
                figures["never told"] += not found and not whole
            _end(store)
    return figures


def _write_pages(folder: Path, older: bytes) -> None:
    chance = random.SystemRandom()
    with (folder / "ledger.db").open("r+b") as file:
        for _ in range(chance.choice((1, 1, 5))):
            at = chance.randrange(len(older) // 4096) * 4096
            file.seek(at)
            file.write(chance.choice((older[at : at + 4096], bytes(4096))))


def _lying_in(store: Store, numbers: list[str]) -> set[str]:
    """Give those numbers that somebody finds who opens the file anew and asks for each."""
    connection = store._ledger  # noqa: SLF001 - its path and key
    found = set()
    for number in numbers:
        with suppress(MedCounterError, DatabaseFailure):
            beside = connect_beside(connection.path, connection.key)
            try:
                notice_rows.load(beside, notice_rows.row_of(beside, number))
                found.add(number)
            finally:
                beside.close()
    return found


def _verifies(folder: Path) -> bool:
    try:
        store = open_store(folder)
    except MedCounterError:
        return False
    found = any(store.verify()) or bool(store.read_only)
    store.close(with_backup=False)
    return not found


def _figures() -> Figures:
    return dict.fromkeys(("rounds", "acknowledged", "refused", "saved", *BAD), 0)


def _at_work(room: Path) -> tuple[Path, Store]:
    folder = room / "data"
    store = open_store(folder)
    store.ledger.issue(notice(0), paper)
    store.close()
    return folder, open_store(folder)


def _issue(figures: Figures, store: Store, requests: range) -> tuple[list[str], str]:
    """Issue until it is refused; give what was acknowledged and the refusal."""
    told: list[str] = []
    for request in requests:
        try:
            told.append(store.ledger.issue(notice(request), paper).number)
        except MedCounterError as err:
            figures["refused"] += 1
            return told, err.text
        except Exception:  # noqa: BLE001 - whatever else comes out is what we look for
            figures["without a sentence"] += 1
            return told, "?"
        figures["acknowledged"] += 1
    return told, ""


def _end(store: Store) -> None:
    with suppress(MedCounterError):
        store.close()


def _left(figures: Figures, folder: Path, said: str) -> set[str]:
    """Give the numbers that are there for the next opening, as the refusal says."""
    figures["rounds"] += 1
    named = _NAMED.search(said)
    figures["saved"] += named is not None
    try:
        if said:
            chosen = Path(named[1]) if named else backup.backups(folder / "backups")[0].path
            folder = folder.with_name("again")
            restore(folder, str(chosen), AT)
        store = open_store(folder)
        numbers = {entry.number for entry in store.ledger.search(limit=2 * _MOST).rows}
        store.close(with_backup=False)
    except (MedCounterError, IndexError):
        figures["saved and unusable"] += 1
        return set()
    return numbers
