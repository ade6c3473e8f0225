"""Read an audit file back and verify it without the ledger and its key.

Reports how far the file can be trusted, and yields its rows one by one. Files
of version 1, in which nothing was sealed, and of version 2 are read too.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from medcounter.store import store_errors
from medcounter.store.audit import audit_file
from medcounter.store.audit.file_order import FileOrder
from medcounter.store.audit.line_blocks import RunningBlocks
from medcounter.store.db.ledger_schema import RESERVING
from medcounter.store.journal import sealed_rows
from medcounter.store.journal.beside_notices import EVENT_WIDTH
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.trust import chain, export_seal

_PLAIN = 1
# A line takes a tenth of a millisecond.
_SLICE = 100
_DETAIL, _MAC = 6, 7
_YEAR, _DESK, _SEQUENCE = 2, 3, 4
_NUMBER = 1
# Of what a file says of its ledger, a sentence.
_MOST_SAID = 500

LineContent = dict[str, object]


class Running(Protocol):
    """A hash of lines, as they come."""

    def update(self, line: bytes, /) -> None:
        """Take one more line."""

    def digest(self) -> bytes:
        """Return the hash of all of them."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The result of verifying an audit file.

    Attributes:
        events: How many events it holds.
        notices: How many notices.
        head: Number and code of the last event, as on paper.
        fingerprint: Names the ledger it was sealed by.
        public_key: What the fingerprint is of.
        at: When it was written, ISO with offset.
        masked: Whether names and ID numbers are masked.
        faults: One sentence for each thing that does not hold.
    """

    events: int
    notices: int
    head: str
    fingerprint: str
    public_key: str
    at: str
    masked: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One event of a file as it may be shown.

    Attributes:
        event: Its columns.
        notice: The columns of the notice it issued, None in place of what is
            sealed; empty for other events.
        name: As the file shows it; empty once the person was erased.
        id_number: The same.
    """

    event: tuple[object, ...]
    notice: tuple[object, ...]
    name: str = field(repr=False)
    id_number: str = field(repr=False)


def read(lines: Iterable[bytes]) -> AuditReport:
    """Verify a file line by line.

    Raises:
        AuditFileUnreadableError: It is no such file, or was cut short.
    """
    steps = read_in_slices(lines)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: AuditReport = end.value
            return report


def read_in_slices(lines: Iterable[bytes]) -> Generator[None, None, AuditReport]:
    """Verify a file as ``read`` does, some milliseconds between two yields.

    Raises:
        AuditFileUnreadableError: It is no such file, or was cut short.
    """
    running: Running | None = None
    reader: _AuditReader | None = None
    last: LineContent | None = None
    for count, line in enumerate(lines, 1):
        if not count % _SLICE:
            yield
        if last is not None:
            raise store_errors.AuditFileUnreadableError
        content = _read_line(line)
        if reader is None or running is None:
            reader = _AuditReader(content)
            running = reader.hash_from(line)
        elif "seal" in content:
            last = content
        else:
            reader.take(content)
            running.update(line)
    if reader is None or running is None or last is None:
        raise store_errors.AuditFileUnreadableError
    return reader.report(last, running.digest())


def rows(lines: Iterable[bytes]) -> Iterator[AuditRow]:
    """Yield the events of a file that was verified.

    Raises:
        AuditFileUnreadableError: A row is none.
    """
    for line in lines:
        found = row_of(line)
        if found is not None:
            yield found


def row_of(line: bytes) -> AuditRow | None:
    """Return the event of one line; None for the first and the last one.

    Raises:
        AuditFileUnreadableError: It is none.
    """
    content = _read_line(line)
    event = content.get("event")
    if not isinstance(event, list):
        return None
    notice, party = content.get("notice"), content.get("party")
    columns = _opened(content) if isinstance(notice, list) else []
    if columns is None:
        raise store_errors.AuditFileUnreadableError
    return AuditRow(tuple(event), tuple(columns), *_person(party))


def link_of(audit_row: AuditRow) -> tuple[object, ...]:
    """Return first row, position and size of a notice's household, as its issue says."""
    return _link(str(audit_row.event[_DETAIL]), list(audit_row.notice))


def entry_of_before(line: bytes) -> bytes | None:
    """Return the entry that vouches for a notice its own event does not; or None."""
    match _read_line(line):
        case {
            "event": [*_, str(detail), _],
            "notice": list(notice),
            "party": {"sealed": list(listed)},
        } if not sealed_rows.is_sealed(detail):
            return audit_file.entry_of_before(notice, _texts(listed))
    return None


class _AuditReader:
    """Verifies the rows of a file and collects what fails."""

    def __init__(self, first: LineContent) -> None:
        self._first = first
        self._version = first.get("version")
        versions = [_PLAIN, audit_file.STARRED, audit_file.VERSION]
        if first.get("format") != audit_file.FORMAT or self._version not in versions:
            raise store_errors.AuditFileUnreadableError
        self.events = self.notices = 0
        self.mac = chain.GENESIS
        self.faults: list[str] = []
        self._counted: dict[tuple[object, object], int] = {}
        self._of_before = sha256()
        self._any_of_before = False
        self._exported: object = None
        self._order = FileOrder()

    def hash_from(self, line: bytes) -> Running:
        """Return the hash that the seal goes over, begun with the first line."""
        return RunningBlocks(line) if self._version == audit_file.VERSION else sha256(line)

    def take(self, content: LineContent) -> None:
        """Take one more row."""
        match content:
            case {"event": [int(position), str(kind), *_, str(detail), str(mac)] as event}:
                if len(event) != EVENT_WIDTH:
                    raise store_errors.AuditFileUnreadableError
            case _:
                raise store_errors.AuditFileUnreadableError
        self.events += 1
        self.mac = mac
        if position is True or position != self.events:
            self.faults.append(f"第 {self.events} 条记录缺失或次序不对。")
        self._exported = _read_line(detail.encode()).get("sealed") if kind == "export" else None
        if kind == "issue":
            self._take_notice(detail, content)
        elif kind in RESERVING:
            self._take_floors(detail)
        raw = content.get("notice")
        notice = raw if kind == "issue" and isinstance(raw, list) else []
        self.faults += self._order.faults(
            event, notice, shows_person=any(_person(content.get("party")))
        )
        if kind != "issue" and not _opens_its_own(detail, content):
            self.faults.append(f"第 {self.events} 条记录与它公开的内容不符。")

    def report(self, last: LineContent, digest: bytes) -> AuditReport:
        """Return the report, given the last line and the hash of the others."""
        faults, first = self.faults, self._first
        faults += self._order.at_the_end()
        public = str(first.get("public_key"))
        if broken := first.get("broken"):
            faults.append(f"写出这份文件时，程序已知道台账核对不符：{str(broken)[:_MOST_SAID]}")
        if last.get("sha256") != digest.hex():
            faults.append("文件内容与末行的校验值不符，写出之后被改动过。")
        if not export_seal.holds(public, str(last.get("seal")), digest):
            faults.append("文件的封签不符，不是由所写的台账写出的，或写出之后被改动过。")
        if str(chain.head(self.events, self.mac)) != first.get("head"):
            faults.append("文件里的记录没有到开头所写的末条。")
        if self._any_of_before:
            came = f"sha256:{self._of_before.hexdigest()}"
            # A ledger that is only looked at keeps no event of the export.
            if came != first.get("sealed") or self._exported not in [None, came]:
                faults.append("早先出的通知单与导出时记下的校验值不符，写出之后被改动过。")
        return AuditReport(
            events=self.events,
            notices=self.notices,
            head=str(first.get("head")),
            fingerprint=export_seal.fingerprint(public),
            public_key=public,
            at=str(first.get("at")),
            masked=first.get("masked") is True,
            faults=tuple(faults),
        )

    def _take_notice(self, detail: str, content: LineContent) -> None:
        self.notices += 1
        raw = content.get("notice")
        notice = raw if isinstance(raw, list) else []
        if len(notice) != len(sealed_rows.COLUMNS):
            raise store_errors.AuditFileUnreadableError
        link = _link(detail, notice)
        plain = self._version == _PLAIN
        holds = _holds_plain(detail, notice, link) if plain else self._holds(detail, link, content)
        if not holds:
            self.faults.append(f"第 {self.events} 条记录与它的通知单不符。")
            return
        series, sequence = (notice[_YEAR], notice[_DESK]), notice[_SEQUENCE]
        if sequence != self._counted.get(_key(series), 0) + 1:
            self.faults.append(f"通知单 {notice[_NUMBER]} 之前的编号有缺。")
        self._counted[_key(series)] = sequence if isinstance(sequence, int) else 0

    def _holds(self, detail: str, link: tuple[object, ...], content: LineContent) -> bool:
        """Return whether the event, the sealed row, its person and what is opened fit."""
        match content:
            case {"notice": list(notice), "party": dict(party)}:
                shown = party.get("opened")
                columns = _opened(content)
            case _:
                raise store_errors.AuditFileUnreadableError
        if columns is None or not isinstance(shown, dict):
            return False
        if sealed_rows.is_sealed(detail):
            listed = _texts(_read_line(detail.encode()).get("party"))
            fits = detail == sealed_rows.detail(sealed_rows.sealed_digest(notice), link, listed)
        else:
            listed = _texts(party.get("sealed"))
            hidden = self._first.get("masked") is True
            digest = "" if hidden else sealed_rows.plain_digest(columns)
            fits = detail == sealed_rows.detail(digest, link)
            self._any_of_before = True
            self._of_before.update(audit_file.entry_of_before(notice, listed))
        by_name = dict(zip(sealed_rows.PARTY, listed, strict=False))
        return fits and all(
            sealed_rows.opens(by_name.get(name), name, opening) for name, opening in shown.items()
        )

    def _take_floors(self, detail: str) -> None:
        """Continue numbering from the floor that an event recorded."""
        kept = _read_line(detail.encode()).get("numbers_used")
        for number in kept if isinstance(kept, list) else []:
            match str(number).split("-"):
                case [year, desk, last] if year.isdecimal() and last.isdecimal():
                    key = _key((int(year), desk))
                    before = self._counted.get(key, 0)
                    if int(last) <= before:
                        self.faults.append(
                            f"第 {self.events} 条记录所写的编号下限低于当时已经用到的编号。"
                        )
                    # Numbers are never given again, whatever an event says of them.
                    self._counted[key] = max(int(last), before)
                case _:
                    raise store_errors.AuditFileUnreadableError


def _holds_plain(detail: str, notice: list[object], link: tuple[object, ...]) -> bool:
    return detail == sealed_rows.detail(sealed_rows.plain_digest(notice), link)


def _opens_its_own(detail: str, content: LineContent) -> bool:
    """Return whether what an act opens is what it says."""
    opened = content.get("opened", {})
    own = _read_line(detail.encode())
    return isinstance(opened, dict) and all(
        isinstance(each, list) and name in own and each[1:] == [own[name]]
        for name, each in opened.items()
    )


def _texts(raw: object) -> list[str]:
    return [str(each) for each in raw] if isinstance(raw, list) else []


def _key(series: tuple[object, object]) -> tuple[object, object]:
    # A stranger's file may hold what no dictionary takes.
    year, desk = series
    return (year if isinstance(year, int) else 0, str(desk))


def _opened(content: LineContent) -> list[object] | None:
    """Return the columns of a notice as far as they are open.

    None where an opening does not fit.
    """
    notice, opened = content.get("notice"), content.get("opened", {})
    if not isinstance(notice, list) or len(notice) != len(sealed_rows.COLUMNS):
        return None
    if not isinstance(opened, dict):
        return None
    columns = sealed_rows.opened_row(notice, opened)
    return None if columns is None else sealed_rows.without_sealed(columns)


def _person(party: object) -> tuple[str, str]:
    match party:
        case [name, id_number]:
            return str(name), str(id_number)
        case {"opened": {"name": [_, name], "id_number": [_, id_number]}}:
            return str(name), str(id_number)
        case {"opened": {"shown": [_, [name, id_number]]}}:
            return str(name), str(id_number)
    return "", ""


def _link(detail: str, notice: list[object]) -> tuple[object, ...]:
    """Return the household an issue event tells of, where it fits the notice."""
    match _read_line(detail.encode()).get("household"):
        case {"first": int(first), "place": int(position), "size": int(size)} if (
            notice and notice[0] == first + position - 1 and position <= size
        ):
            return (first, position, size)
    return ()


def _read_line(line: bytes) -> LineContent:
    try:
        content = read_strict(line)
    except StrictJsonError as err:
        raise store_errors.AuditFileUnreadableError from err
    if not isinstance(content, dict):
        raise store_errors.AuditFileUnreadableError
    return content
