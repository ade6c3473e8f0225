"""What must hold of a data folder after any fault."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from medcounter.desk.desk import Desk
from medcounter.errors import MedCounterError
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import drill
from medcounter.store.store_errors import BackupFailedError
from medcounter.trust.data_key import DataKey
from tests.support.store.store_samples import AT, demo_roots, notice, paper

# The desk may say these only when nothing was stored.
NOTHING_STORED = {"DiskFaultError", "DiskFullError", "StoreReadOnlyError", "StoreDamagedError"}


class Said(NamedTuple):
    """What a counter said before it ended.

    Attributes:
        acknowledged: Numbers of notices.
        refused: Requests and the class of what refused them.
        done: What else was done, in its words.
        broke: Classes of exceptions without a sentence.
    """

    acknowledged: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    done: tuple[str, ...] = ()
    broke: tuple[str, ...] = ()


class Fault(NamedTuple):
    """What is wrong: ``unread``, ``bad``, ``lost`` or ``wrong``, and why."""

    kind: str
    why: str

    @property
    def figure(self) -> str:
        """The figure it counts for."""
        return {"lost": "lost", "wrong": "wrong statements"}.get(self.kind, "corrupt")


def read_said(output: str) -> Said:
    """Take a counter's lines apart; a line cut off counts for nothing."""
    acknowledged, refused, done, broke, tried = [], [], [], [], ""
    for line in output.splitlines(keepends=True):
        word, _, rest = line.rstrip("\n").partition(" ")
        if not line.endswith("\n"):
            continue
        if word == "TRY":
            tried = rest
        elif word == "ACK":
            acknowledged.append(rest)
        elif word == "REFUSED":
            refused.append((tried, rest))
        elif word == "DONE":
            done.append(rest)
        elif word == "BROKE":
            broke.append(rest)
    return Said(tuple(acknowledged), tuple(refused), tuple(done), tuple(broke))


def fault_of(
    folder: Path, said: Said, used: int = 0, *, gaps: bool = False, key: DataKey | None = None
) -> Fault | None:
    """Open a folder with the program and say what is wrong with it.

    Args:
        folder: The data folder.
        said: What was said of it.
        used: The highest number on paper in any case.
        gaps: Whether numbers may be left out, after a restore.
        key: The data key of who signed in.
    """
    try:
        store = open_store(folder, key)
    except MedCounterError as err:
        return Fault("unread", f"{type(err).__name__} {err.text}")
    try:
        return (
            _fault_of_numbers(store, said, gaps=gaps)
            or _fault_of_events(store, said)
            or (_fault_of_next(store, used) if used else None)
        )
    except MedCounterError as err:
        return Fault("unread", f"{type(err).__name__} {err.text}")
    finally:
        store.close(with_backup=False)


def _fault_of_numbers(store: Store, said: Said, *, gaps: bool) -> Fault | None:
    faults = [store.read_only, *(fault.text for fault in store.ledger.verify() if fault)]
    if any(faults):
        return Fault("bad", next(filter(None, faults)))
    total = store.ledger.search(limit=0).total
    numbers = [entry.number for entry in store.ledger.search(limit=total).rows]
    series: dict[str, list[int]] = defaultdict(list)
    for number in reversed(numbers):
        series[number[:-6]].append(int(number[-6:]))
    for each in series.values():
        whole = sorted(set(each)) if gaps else list(range(1, len(each) + 1))
        if each != whole:
            return Fault("bad", "the numbers are doubled or have a gap")
    lost = set(said.acknowledged) - set(numbers)
    if lost:
        return Fault("lost", ", ".join(sorted(lost)))
    if numbers:
        store.ledger.find(numbers[0])
    for request, name in said.refused:
        if name in NOTHING_STORED and store.ledger.by_request(request) is not None:
            return Fault("wrong", f"{request} was said not to be stored")
    return None


def _fault_of_events(store: Store, said: Said) -> Fault | None:
    """See that what was done to notices is still done."""
    for each in said.done:
        what, *words = each.split()
        if what not in {"printed", "failed", "reprint", "void"}:
            continue
        found = store.ledger.find(words[0])
        prints = [str(state) for state in found.prints]
        if what == "void":
            holds = found.state == "void"
        elif what == "reprint":
            holds = len(prints) >= int(words[1])
        else:
            holds = found.prints[int(words[1]) - 1].state == what
        if not holds:
            return Fault("lost", each)
    return None


def _fault_of_next(store: Store, used: int) -> Fault | None:
    """Issue one more and see that its number is on no paper yet."""
    stored = store.ledger.issue(notice(999_999, desk="01"), paper)
    if int(stored.number[-6:]) <= used:
        return Fault("bad", f"{stored.number} was given out twice")
    return None


def fault_of_rules(folder: Path, said: Said, revisions: set[int]) -> Fault | None:
    """Open a desk and see that it has whole rules, and the ones it said it had."""
    try:
        desk = Desk.open(folder, AT, roots=demo_roots())
    except MedCounterError as err:
        return Fault("unread", f"{type(err).__name__} {err.text}")
    revision = desk.rules.state.revision
    try:
        desk.close()
    except BackupFailedError as err:
        return Fault("bad", err.text)
    if revision not in revisions:
        return Fault("bad", f"rules of revision {revision}")
    for each in said.done:
        what, *words = each.split()
        if what == "import" and int(words[0]) != revision:
            return Fault("lost", each)
    return None


def fault_of_backups(folder: Path, place: Path) -> Fault | None:
    """See that every file in a place that bears a backup's name is a whole backup."""
    for path in place.glob("ledger-*.db"):
        try:
            drill(folder, str(path))
        except MedCounterError as err:
            return Fault("bad", f"{path.name} {type(err).__name__}")
    return None


def canaries_in(folder: Path, canaries: Iterable[str]) -> list[str]:
    """Name the files that show a canary, in their text or their name."""
    found = []
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        found += [
            str(path.relative_to(folder))
            for canary in canaries
            if canary in path.name or any(form in data for form in codings(canary))
        ]
    return found


def codings(canary: str) -> tuple[bytes, ...]:
    """A text in every coding that a file on a Chinese desk may have."""
    return (
        canary.encode(),
        canary.encode("utf-16-le"),
        canary.encode("gb18030"),
        canary.encode("unicode_escape"),
        canary.encode("utf-16-be"),
    )
