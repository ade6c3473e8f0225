"""An author at work, who says each thing after it was kept: ``… draft_writing HOME``.

Types, brings a notice and a returned table from a stick, undoes, writes the rules to
the stick and lets the drafts be copied there.
"""

import hashlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from medcounter.authoring.sign_sheet.returned_table import returned_table
from medcounter.desk.authoring.draft_sheet import DraftSheet
from medcounter.desk.authoring.draft_source_files import DraftSourceFiles
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.authoring.returned_marks import RETURNED
from medcounter.destinations import destination
from medcounter.errors import MedCounterError
from medcounter.store.rule_drafts.rule_drafts import RuleDrafts
from tests.faults.counter import AT, opened, say

PROGRAMME = "guangxi-2025"
NOTICE, TABLE, OUT = "notice.txt", "table.xlsx", "out"
_TITLE = ("sources", 0, "title")
_TEXT = "城乡居民医保缴费公告（为演练编写）\n".encode() * 400


def prepare(home: Path) -> None:
    """Put a draft into a home, and a notice and a table on a stick."""
    stick = home / "stick"
    stick.mkdir(parents=True)
    (stick / NOTICE).write_bytes(_TEXT)
    desk = opened(home)
    draft = desk.authoring.begin_from(PROGRAMME, AT)
    place = destination(stick / TABLE, draft.context.folder, people=False, replace=False)
    DraftSheet(draft).made(AT.date()).write_table(place)
    draft.close(AT)
    desk.close()


def contents_hash(store: RuleDrafts, number: int, version: int) -> str:
    """Return the hash of all that a version holds."""
    found = hashlib.sha256()
    for name, data in sorted(store.parts(number, version).items()):
        found.update(f"{name} {len(data)} ".encode() + data)
    return found.hexdigest()


def write_on(home: Path) -> None:
    """Do an author's day once; whatever has no sentence is said as ``BROKE``."""
    try:
        _write(home)
    except MedCounterError as err:
        say(f"CLOSED {type(err).__name__}")
    except Exception as err:  # noqa: BLE001 - whatever else comes out is what we look for
        say(f"BROKE {type(err).__name__}")
        os.writev(2, [traceback.format_exc().encode()])


def _write(home: Path) -> None:
    desk, stick = opened(home), home / "stick"
    draft = desk.authoring.open(1, AT)
    for step in range(3):
        _kept(draft, lambda step=step: draft.change(_TITLE, f"公告第 {step} 稿", AT))  # type: ignore[misc] # bound now
    files = DraftSourceFiles(draft)
    _kept(draft, lambda: files.attach(stick / NOTICE, 0, AT))
    for one in files.files:
        say(f"DONE file {one.file.sha256}")
    _kept(draft, lambda: _take_back(draft, stick / TABLE))
    _kept(draft, lambda: draft.undo(AT))
    _done("export", lambda: draft.export(stick / OUT, AT.date()))
    draft.close(AT)
    _done("mirror", desk.backups.mirror_to(stick, AT.date()))
    _done("close", desk.close)


def _take_back(draft: OpenDraft, path: Path) -> None:
    kept = {"sha256": returned_table(path).sha256}
    draft.keep(draft.contents.with_beside(RETURNED, kept), "读回审签单", AT)


def _kept(draft: OpenDraft, act: Callable[[], object]) -> None:
    """Do something to the draft; say the version that was acknowledged and what it holds."""
    before = draft.version
    if _done("", act) and draft.version != before:
        number = draft.stored.number
        said = contents_hash(draft.store, number, draft.version)
        say(f"DONE kept {draft.version} {said}")


def _done(what: str, act: Callable[[], object]) -> bool:
    try:
        act()
    except MedCounterError as err:
        say(f"UNDONE {what} {type(err).__name__}")
        return False
    if what:
        say(f"DONE {what}")
    return True


if __name__ == "__main__":
    write_on(Path(sys.argv[1]))
