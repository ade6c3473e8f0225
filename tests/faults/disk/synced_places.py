"""Data folders in folders that clients synchronise, and in ordinary ones."""

import tempfile
from pathlib import Path

from medcounter.desk.access.first_choice import keep_here
from medcounter.desk.desk import Desk
from medcounter.errors import MedCounterError
from medcounter.store.folder.local_disk import FolderSyncedError
from tests.faults.counter import AT, ROOTS
from tests.faults.rows import Figures, note
from tests.faults.scenes import memory_disk
from tests.support.store.synced_names import LEFT_BEHIND, ORDINARY, USUAL

BAD = ("taken without a word", "refused without a way on", "ordinary ones refused")


def open_in_each() -> Figures:
    """Begin a ledger in each, first without a word, then as one who knows; open it again."""
    figures = dict.fromkeys(("names", "marks", "ordinary names", "warned", *BAD), 0)
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        for number, name in enumerate(sorted(USUAL)):
            figures["names"] += 1
            _begin(Path(room) / f"{number}" / name / "data", figures)
        for number, name in enumerate(LEFT_BEHIND):
            figures["marks"] += 1
            left = Path(room) / f"left-{number}" / name
            left.parent.mkdir(parents=True)
            left.touch()
            _begin(Path(room) / f"left-{number}" / "data", figures)
        for number, name in enumerate(ORDINARY):
            figures["ordinary names"] += 1
            try:
                desk = Desk.open(Path(room) / f"plain-{number}" / name, AT, roots=ROOTS)
                figures["ordinary ones refused"] += desk.synced_by != ""
                desk.close()
            except MedCounterError as err:
                figures["ordinary ones refused"] += 1
                note(f"{name}: {err.text}")
    return figures


def _begin(folder: Path, figures: Figures) -> None:
    try:
        Desk.open(folder, AT, roots=ROOTS).close()
        figures["taken without a word"] += 1
    except FolderSyncedError:
        pass
    try:
        keep_here(folder)
        desk = Desk.open(folder, AT, roots=ROOTS)
        figures["warned"] += desk.synced_by != ""
        figures["taken without a word"] += desk.synced_by == ""
        desk.close()
    except MedCounterError as err:
        figures["refused without a way on"] += 1
        note(f"{folder.parent.name}: {err.text}")
