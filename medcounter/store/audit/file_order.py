"""Check what the rows of an audit file say of one another, as tables would.

Reports a sentence for each thing that does not hold. Whoever has the data key can
seal any rows; the indexes and triggers that refuse them lie in the ledger alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeGuard

from medcounter.store.audit.file_closes import KIND, FileCloses
from medcounter.store.journal.sealed_rows import COLUMNS

_KIND, _AT, _NOTICE, _PRINT, _CLERK = 1, 2, 3, 4, 5
_ID, _NUMBER, _YEAR, _DESK, _SEQUENCE = range(5)
_ISSUED, _BY, _REPLACES = (COLUMNS.index(name) for name in ("issued_at", "clerk", "replaces"))
_DESK_FORM = re.compile(r"[0-9]{2}", re.ASCII)
# So much later than its notice says an issue may be written down.
_SLACK = timedelta(minutes=5)
_PRINTS = {"issue", "reprint"}


class FileOrder:
    """What was read of a file so far, as far as later rows are held to it."""

    def __init__(self) -> None:
        """Begin before the first row."""
        self._issued = 0
        self._void: set[int] = set()
        self._prints: set[tuple[int, int]] = set()
        self._last: datetime | None = None
        # Who is shown by no line, and named by no erasure yet.
        self._hidden: set[int] = set()
        self._closes = FileCloses()

    def faults(
        self, event: Sequence[object], notice: Sequence[object], *, shows_person: bool
    ) -> Iterator[str]:
        """Give what of the next row does not fit those before it.

        Args:
            event: Its columns.
            notice: Those of the notice it issued; empty for another event.
            shows_person: Whether it shows somebody, masked or not.
        """
        position, kind, about = event[0], event[_KIND], event[_NOTICE]
        at = _time(event[_AT])
        if at is None or (self._last is not None and at < self._last and kind != "override"):
            yield f"第 {position} 条记录的时间早于它之前的记录，可能是补写的。"
        self._last = at or self._last
        if kind == "issue":
            yield from self._issue(event, notice, at)
            self._hidden |= set() if shows_person else {self._issued}
        if kind == KIND:
            yield from self._closes.faults(event, at)
        if kind == "sign-in":
            self._closes.sign_in()
        if about is None:
            return
        if not _is_whole(about) or not 1 <= about <= self._issued:
            yield f"第 {position} 条记录所说的通知单不在文件里。"
            return
        yield from self._about(event, about)
        self._closes.take(event, notice, at)

    def _about(self, event: Sequence[object], about: int) -> Iterator[str]:
        """Hold an act on a notice to what was done to it before."""
        position, kind = event[0], event[_KIND]
        if kind == "void":
            if about in self._void:
                yield f"第 {position} 条记录又一次作废同一张通知单。"
            self._void.add(about)
        if kind == "erase" and about in self._hidden:
            self._hidden.remove(about)
        elif kind == "erase":
            yield f"第 {position} 条记录清除的个人信息还在文件里，或又一次清除。"
        if kind in _PRINTS:
            printed = event[_PRINT]
            if not _is_whole(printed) or (about, printed) in self._prints:
                yield f"第 {position} 条记录的打印次序缺失或重复。"
            else:
                self._prints.add((about, printed))

    def at_the_end(self) -> Iterator[str]:
        """Give what no later row came to explain."""
        if self._hidden:
            yield f"有 {len(self._hidden)} 张通知单的个人信息不在文件里，也没有清除记录。"

    def _issue(
        self, event: Sequence[object], notice: Sequence[object], at: datetime | None
    ) -> Iterator[str]:
        number, year, desk, sequence = notice[_NUMBER : _SEQUENCE + 1]
        self._issued += 1
        if not notice[_ID] == event[_NOTICE] == self._issued:
            yield f"通知单 {number} 不是出单记录所说的那一张，或次序不对。"
        said = f"{year:04}-{desk}-{sequence:06}" if _is_whole(year) and _is_whole(sequence) else ""
        issued = _time(notice[_ISSUED])
        own_year = issued is not None and issued.year == year
        if number != said or not _DESK_FORM.fullmatch(str(desk)) or not own_year:
            yield f"通知单 {number} 的编号与年份、窗口和流水号不符。"
        if at is None or issued is None or not timedelta() <= at - issued <= _SLACK:
            yield f"通知单 {number} 写的出单时间与出单记录的时间不符。"
        if notice[_BY] != event[_CLERK]:
            yield f"通知单 {number} 写的经办人不是出单记录里的人。"
        replaced = notice[_REPLACES]
        if replaced is not None and (not _is_whole(replaced) or replaced not in self._void):
            yield f"更正单 {number} 出在原单作废之前，可能不是程序写的。"


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _time(text: object) -> datetime | None:
    """Read a time with its zone; None where it is none."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return None if at.utcoffset() is None else at
