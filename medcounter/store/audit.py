"""The ledger as a file for an auditor: every row, its chain, and a seal.

Answers with the lines to write and with what a file read back is worth.
Names and ID numbers are masked unless asked for; no key is ever in it.
Reading one needs neither the ledger nor its key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from medcounter.identity.id_number import mask
from medcounter.store import errors, journal
from medcounter.store.journal import EVENT_WIDTH, NOTICE_END
from medcounter.store.sqlite import Database
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain, seal

FORMAT = "medcounter-audit"
_VERSION = 1
_NOTICE, _DETAIL, _MAC = 3, 6, 7
_YEAR, _DESK, _SEQUENCE = 2, 3, 4


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a file for an auditor turned out to be.

    Attributes:
        events: How many events it holds.
        notices: How many notices.
        head: Number and code of the last event, as on paper.
        fingerprint: Names the ledger it was sealed by.
        at: When it was written, ISO with offset.
        masked: Whether names and ID numbers are masked.
        faults: One sentence for each place that does not hold.
    """

    events: int
    notices: int
    head: str
    fingerprint: str
    at: str
    masked: bool
    faults: tuple[str, ...]


def write(database: Database, seed: bytes, at: str, *, masked: bool) -> Iterator[bytes]:
    """Give the lines of the file; a line is a page's worth at most.

    Args:
        database: The open ledger.
        seed: What the seal is made with.
        at: When, ISO with offset.
        masked: Whether names and ID numbers are masked.
    """
    head = journal.head(database)
    running = hashlib.sha256()
    first = {
        "at": at,
        "format": FORMAT,
        "head": str(head),
        "masked": masked,
        "public_key": seal.public_half(seed),
        "version": _VERSION,
    }
    lines = (canonical(line) + b"\n" for line in (first, *_rows(database, masked=masked)))
    for line in lines:
        running.update(line)
        yield line
    signature = seal.seal(seed, running.digest())
    yield canonical({"seal": signature, "sha256": running.hexdigest()}) + b"\n"


def read(lines: Iterable[bytes]) -> AuditReport:
    """Verify a file line by line.

    Raises:
        AuditFileUnreadableError: It is no such file, or was cut short.
    """
    running, reader = hashlib.sha256(), _Reader()
    first = last = None
    for line in lines:
        if last is not None:
            raise errors.AuditFileUnreadableError
        said = _said(line)
        if first is None:
            first = said
            if first.get("format") != FORMAT or first.get("version") != _VERSION:
                raise errors.AuditFileUnreadableError
        elif "seal" in said:
            last = said
            continue
        else:
            reader.take(said)
        running.update(line)
    if first is None or last is None:
        raise errors.AuditFileUnreadableError
    return _report(first, last, running.digest(), reader)


class _Reader:
    """What the rows of a file come to, and what does not hold in them."""

    def __init__(self) -> None:
        self.events = self.notices = 0
        self.mac = chain.GENESIS
        self.faults: list[str] = []
        self._counted: dict[tuple[object, object], int] = {}

    def take(self, said: dict[str, object]) -> None:
        match said:
            case {"event": [*event], "notice": notice, "party": [_, _] | None} if (
                len(event) == EVENT_WIDTH
            ):
                self.events += 1
                self.mac = str(event[_MAC])
                if event[0] != self.events:
                    self.faults.append(f"第 {self.events} 条记录缺失或次序不对。")
                if event[1] == "issue":
                    self._take_notice(event, notice if isinstance(notice, list) else [])
                elif event[1] == "restore":
                    self._take_floors(event)
            case _:
                raise errors.AuditFileUnreadableError

    def _take_notice(self, event: list[object], notice: list[object]) -> None:
        self.notices += 1
        if event[_DETAIL] != journal.issue_detail(notice, _link(event, notice)):
            self.faults.append(f"第 {self.events} 条记录与它的通知单不符。")
            return
        place, sequence = (notice[_YEAR], notice[_DESK]), notice[_SEQUENCE]
        if sequence != self._counted.get(place, 0) + 1:
            self.faults.append(f"通知单 {notice[1]} 之前的编号有缺。")
        self._counted[place] = sequence if isinstance(sequence, int) else 0

    def _take_floors(self, event: list[object]) -> None:
        """Let numbers go on from where a restore says that they had come to."""
        kept = _said(str(event[_DETAIL]).encode()).get("numbers_used")
        for number in kept if isinstance(kept, list) else []:
            year, desk, last = str(number).split("-")
            self._counted[int(year), desk] = int(last)


def _report(
    first: dict[str, object], last: dict[str, object], digest: bytes, reader: _Reader
) -> AuditReport:
    faults = list(reader.faults)
    public = str(first.get("public_key"))
    if last.get("sha256") != digest.hex():
        faults.append("文件内容与末行的校验值不符，写出之后被改动过。")
    if not seal.holds(public, str(last.get("seal")), digest):
        faults.append("文件的封签不符，不是由所写的台账写出的，或写出之后被改动过。")
    if str(chain.head(reader.events, reader.mac)) != first.get("head"):
        faults.append("文件里的记录没有到开头所写的末条。")
    return AuditReport(
        events=reader.events,
        notices=reader.notices,
        head=str(first.get("head")),
        fingerprint=seal.fingerprint(public),
        at=str(first.get("at")),
        masked=first.get("masked") is True,
        faults=tuple(faults),
    )


def _rows(database: Database, *, masked: bool) -> Iterator[dict[str, object]]:
    for row in journal.walk(database):
        event, notice = row[:EVENT_WIDTH], row[EVENT_WIDTH:NOTICE_END]
        issued = notice[0] is not None
        yield {
            "event": list(event),
            "notice": list(notice) if issued else None,
            "party": _party(database, event[_NOTICE], masked=masked) if issued else None,
        }


def _party(database: Database, notice: object, *, masked: bool) -> list[str] | None:
    sql = "SELECT name, id_number FROM party WHERE notice = ?"
    row = database.conn.execute(sql, (notice,)).fetchone()
    if row is None:
        return None
    name, id_number = str(row[0]), str(row[1])
    return [f"{name[:1]}**", mask(id_number)] if masked else [name, id_number]


def _link(event: list[object], notice: list[object]) -> tuple[object, ...]:
    """Give the household an issue event tells of, where it fits the notice."""
    match _said(str(event[_DETAIL]).encode()).get("household"):
        case {"first": int(first), "place": int(place), "size": int(size)} if (
            notice and notice[0] == first + place - 1 and place <= size
        ):
            return (first, place, size)
    return ()


def _said(line: bytes) -> dict[str, object]:
    try:
        said = read_strict(line)
    except StrictJsonError as err:
        raise errors.AuditFileUnreadableError from err
    if not isinstance(said, dict):
        raise errors.AuditFileUnreadableError
    return said
