"""A stick with new rules that is pulled out, or whose file is cut, during the import."""

import sys
import tempfile
from pathlib import Path

from medcounter.errors import MedCounterError
from tests.faults.checking import fault_of_rules, read_said
from tests.faults.counter import AT, NEW_REVISION, opened, say
from tests.faults.judging import OLD_REVISIONS
from tests.faults.process.forking import Fork, warm_up
from tests.faults.rows import Figures
from tests.faults.scenes import lay_out, memory_disk
from tests.support.desk.desk_samples import newer_rules

CALLS = ("openat", "read", "fstat", "lseek", "close")
COUNTED = ("readings that failed", "refused with a sentence", "taken in whole")
BAD = ("without a sentence", "mixed rule sets")


def import_from(home: Path) -> None:
    """Read the package on the stick, prove it and take it in."""
    desk = opened(home)
    try:
        desk.rules.install(desk.rules.planner(_package(home))(), AT)
        say(f"DONE import {NEW_REVISION}")
    except MedCounterError as err:
        say(f"UNDONE import {type(err).__name__}")
    except Exception as err:  # noqa: BLE001 - whatever else comes out is what we look for
        say(f"BROKE {type(err).__name__}")
    desk.close()


def fail_readings() -> Figures:
    """Fail each call on the package, once and for ever."""
    warm_up()
    figures = dict.fromkeys((*COUNTED, *BAD), 0)
    for call in CALLS:
        for ever in ("", "+"):
            for count in range(1, 100):
                if not _strike(call, f"{count}{ever}", figures):
                    break
    return figures


def cut_short(cuts: int) -> Figures:
    """Let the file on the stick end at so many places."""
    warm_up()
    figures = dict.fromkeys((*COUNTED, *BAD), 0)
    whole = newer_rules(revision=NEW_REVISION)
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home = _home(Path(room))
        for cut in range(cuts):
            _package(home).write_bytes(whole[: len(whole) * cut // cuts])
            figures[COUNTED[0]] += 1
            _count(home, Fork(lambda: import_from(home)).end().said, figures)
    return figures


def _home(room: Path) -> Path:
    home = lay_out("import", room / "home")
    (home / "stick").mkdir()
    _package(home).write_bytes(newer_rules(revision=NEW_REVISION))
    return home


def _package(home: Path) -> Path:
    return home / "stick" / "rules.dsse"


def _strike(call: str, when: str, figures: Figures) -> bool:
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home = _home(Path(room))
        fork = Fork(lambda: import_from(home), held=True)
        rule = ("-P", str(_package(home)), "-e", f"trace={call}")
        ended = fork.end_struck(
            (*rule, "-e", f"inject={call}:error=EIO:when={when}"), Path(room) / "trace"
        )
        if ended.struck:
            figures[COUNTED[0]] += 1
            _count(home, ended.said, figures)
        return bool(ended.struck)


def _count(home: Path, told: str, figures: Figures) -> None:
    said = read_said(told)
    figures["refused with a sentence"] += "UNDONE" in told
    figures["taken in whole"] += bool(said.done)
    figures["without a sentence"] += bool(said.broke) or not ("UNDONE" in told or said.done)
    found = fault_of_rules(home / "data", said, {*OLD_REVISIONS, NEW_REVISION})
    if found is not None:
        figures["mixed rule sets"] += 1
        sys.stderr.write(f"{found}\n")
