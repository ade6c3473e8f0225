"""The states a home can be in when a fault strikes, and what is done then.

Each scene is made once a run and copied for each fault.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from medcounter.desk.access import sign_in
from medcounter.store.opening.open_store import open_store
from tests.faults.counter import NAME, opened
from tests.faults.quick_stretching import LOCKED_FROZEN
from tests.support.store.access_samples import LI, WANG, ZHAO, locked_folder
from tests.support.store.store_samples import notice, paper

MEMORY = Path("/dev/shm")  # noqa: S108 - only folders with names of their own are made in it
LOST_ANCHOR = "lost anchor"
FROZEN = Path(__file__).with_name("ledgers")


class Scene(NamedTuple):
    """A home as it is, and the work done in it.

    Attributes:
        work: What the counter does.
        make: Prepares the home.
        used: The highest number on paper before.
        gaps: Whether numbers may be left out, since an older ledger is gone on with.
    """

    work: str
    make: Callable[[Path], None]
    used: int = 0
    gaps: bool = False


def _nothing(home: Path) -> None:
    """Leave the home empty: a first start."""


def _closed(home: Path) -> None:
    opened(home).close()


def _without_key_file(home: Path) -> None:
    _closed(home)
    (home / "data" / "keyslots.json").unlink()


def _without_key_copy(home: Path) -> None:
    _closed(home)
    (home / "data" / "backups" / "keyslots.json").unlink()


def _three_since_the_backup(home: Path) -> None:
    """Four notices in a backup, three more that are in none."""
    store = open_store(home / "data")
    for request in range(4):
        store.ledger.issue(notice(request, name=NAME, desk="01"), paper)
    store.close()
    store = open_store(home / "data")
    for request in range(4, 7):
        store.ledger.issue(notice(request, name=NAME, desk="01"), paper)
    store.close(with_backup=False)


def _locked(home: Path) -> None:
    locked_folder(home / "data")


def _spoilt(home: Path) -> None:
    _three_since_the_backup(home)
    (home / "data" / "ledger.db").write_bytes(b"spoilt" * 5000)


def _old_put_back(home: Path) -> None:
    """A ledger of four notices, of seven on paper, and nothing left that knows of the others."""
    folder = home / "data"
    store = open_store(folder)
    for request in range(7):
        if request == 4:
            store.close(with_backup=False)
            shutil.copy(folder / "ledger.db", home / "old.db")
            store = open_store(folder)
        store.ledger.issue(notice(request, name=NAME, desk="01"), paper)
    store.close(with_backup=False)
    (home / "old.db").replace(folder / "ledger.db")
    (folder / "anchor.json").unlink()


def _of_version(version: int) -> Callable[[Path], None]:
    def make(home: Path) -> None:
        shutil.copytree(FROZEN / f"version-{version}", home / "data")
        (home / "data").chmod(0o700)

    return make


def locked_of_before(folder: Path) -> None:
    """Put a ledger of 0.1.0 with sign-in on at a place."""
    shutil.copytree(LOCKED_FROZEN, folder)
    folder.chmod(0o700)
    sign_in.tries_at(folder).begin((LI, WANG, ZHAO, ""))


SCENES = {
    "issue": Scene("issue", _closed),
    "on": Scene("on", _closed),
    "day": Scene("day", _closed),
    "first start": Scene("issue", _nothing),
    "lost key file": Scene("issue", _without_key_file),
    "lost key copy": Scene("issue", _without_key_copy),
    "import": Scene("import", _closed),
    "backup": Scene("backup", _closed),
    "set-up of sign-in": Scene("set up", _closed),
    "change of a secret": Scene("change secret", _locked),
    "restore": Scene("restore", _three_since_the_backup, used=7, gaps=True),
    "restore over spoilt": Scene("restore", _spoilt, used=7, gaps=True),
    LOST_ANCHOR: Scene("issue", _old_put_back, used=7, gaps=True),
    **{
        f"migration from {path.name}": Scene("issue", _of_version(int(path.name.split("-")[1])))
        for path in sorted(FROZEN.iterdir())
    },
    "migration from locked version-3": Scene(
        "sign in", lambda home: locked_of_before(home / "data")
    ),
}


def lay_out(scene: str, home: Path) -> Path:
    """Make a home as a scene has it; the folder must not be there."""
    if scene not in _made:
        if "room" not in _made:
            _made["room"] = Path(tempfile.mkdtemp(prefix="faults-", dir=memory_disk()))
            atexit.register(forget)
        made = _made["room"] / scene
        made.mkdir()
        SCENES[scene].make(made)
        _made[scene] = made
    return Path(shutil.copytree(_made[scene], home))


def memory_disk() -> str | None:
    """A memory disk where there is one: what is simulated needs no real disk."""
    return str(MEMORY) if os.access(MEMORY, os.W_OK) else None


def forget() -> None:
    """Delete what was made."""
    if "room" in _made:
        shutil.rmtree(_made["room"])
    _made.clear()


_made: dict[str, Path] = {}
