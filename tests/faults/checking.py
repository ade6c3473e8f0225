"""What must hold of a data folder after any fault."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from medcounter.errors import MedCounterError
from medcounter.store.opening import Store, open_store

# The desk may say these only when nothing was stored.
NOTHING_STORED = {"DiskFaultError", "DiskFullError", "StoreReadOnlyError", "StoreDamagedError"}


class Result(NamedTuple):
    """One row of the table.

    Attributes:
        row: Its number in the table of faults.
        fault: What was done.
        figures: What was counted, by name, in order.
        bad: Names of the figures that must be 0.
    """

    row: str
    fault: str
    figures: dict[str, int]
    bad: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether all is as it must be."""
        return not any(self.figures[name] for name in self.bad)


class Said(NamedTuple):
    """What a counter said before it ended."""

    acknowledged: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def read_said(output: str) -> Said:
    """Take a counter's lines apart; a line cut off counts for nothing."""
    acknowledged, refused, tried = [], [], ""
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
    return Said(tuple(acknowledged), tuple(refused))


def fault_of(folder: Path, said: Said) -> tuple[str, str] | None:
    """Open a folder with the program and say what is wrong with it.

    Returns:
        ``unread``, ``bad``, ``lost`` or ``wrong`` and why; None when all holds.
    """
    try:
        store = open_store(folder)
    except MedCounterError as err:
        return "unread", f"{type(err).__name__} {err.text}"
    try:
        return _fault_inside(store, said)
    except MedCounterError as err:
        return "unread", f"{type(err).__name__} {err.text}"
    finally:
        store.close(with_backup=False)


def _fault_inside(store: Store, said: Said) -> tuple[str, str] | None:
    faults = [store.read_only, *(fault.text for fault in store.ledger.verify() if fault)]
    if any(faults):
        return "bad", next(filter(None, faults))
    total = store.ledger.search(limit=0).total
    numbers = [entry.number for entry in store.ledger.search(limit=total).entries]
    if [int(number[-6:]) for number in reversed(numbers)] != list(range(1, total + 1)):
        return "bad", "the numbers are doubled or have a gap"
    lost = set(said.acknowledged) - set(numbers)
    if lost:
        return "lost", ", ".join(sorted(lost))
    if numbers:
        store.ledger.find(numbers[0])
    for request, name in said.refused:
        if name in NOTHING_STORED and store.ledger.by_request(request) is not None:
            return "wrong", f"{request} was said not to be stored"
    return None


def canaries_in(folder: Path, canaries: Iterable[str]) -> list[str]:
    """Name the files that show a canary, in their text or their name."""
    found = []
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for canary in canaries:
            forms = (canary.encode(), canary.encode("utf-16-le"), canary.encode("gb18030"))
            if canary in path.name or any(form in data for form in forms):
                found.append(str(path.relative_to(folder)))
    return found
