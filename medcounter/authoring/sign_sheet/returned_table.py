"""Read a table that an office sent back, in the process for strangers' files.

Gives what stands in it, row by row; whether it fits the draft is not asked here.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from medcounter.authoring.sign_sheet import sign_columns as columns
from medcounter.authoring.sign_sheet import sign_errors
from medcounter.roster import roster_errors
from medcounter.roster.reading.cells import text_of
from medcounter.roster.tables.book_process import LostValue
from medcounter.roster.tables.table import ListRow, ListSheet, open_table
from medcounter.typed.typed_text import plain, quote, visible

# One with every cell filled in has some 2 MB.
LARGEST = 10_000_000
MOST_ROWS = 20_000
_PACKED = b"PK\x03\x04"
_NEEDED = (columns.TICK, columns.REMARK, columns.MARK)
_CAUSES: tuple[tuple[type[roster_errors.ListError], type[sign_errors.ReturnedTableError]], ...] = (
    (roster_errors.ListMissingError, sign_errors.ReturnedTableMissingError),
    (roster_errors.ListLockedError, sign_errors.ReturnedTableLockedError),
    (roster_errors.ListTooLargeError, sign_errors.ReturnedTableTooLargeError),
    (roster_errors.ListTooSlowError, sign_errors.ReturnedTableTooLargeError),
    (roster_errors.ListUnreadableError, sign_errors.ReturnedTableUnreadableError),
    (roster_errors.ListKindError, sign_errors.ReturnedTableKindError),
)


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row as it came back.

    Attributes:
        sheet: Name of its sheet.
        number: In its sheet, from 1.
        mark: By which it is found again; empty for a row that has none.
        shown: The cell that says what was to be checked.
        tick: As written.
        remark: As written, in one line.
        formulas: Headings of the columns that hold a formula, or an error.
        is_struck: Whether the tick is struck through.
        text: All that stands in it but the mark, for a row of somebody else's.
    """

    sheet: str
    number: int
    mark: str
    shown: str
    tick: str
    remark: str
    formulas: frozenset[str]
    is_struck: bool
    text: str

    @property
    def place(self) -> str:
        """Where it stands, in Chinese."""
        return f"{quote(self.sheet)}第 {self.number} 行"


@dataclass(frozen=True, slots=True)
class ReturnedTable:
    """A table as it came back.

    Attributes:
        draft: The draft it was made of.
        sha256: Hash of the rules that it was made of.
        rows: Those with a mark, in the order of the table.
        others: Those without one that hold something.
    """

    draft: str
    sha256: str
    rows: tuple[ReturnedRow, ...]
    others: tuple[ReturnedRow, ...]


def returned_table(path: Path) -> ReturnedTable:
    """Read a table that came back.

    Args:
        path: As the user named it.

    Raises:
        ReturnedTableError: It cannot be read, or is none of ours; one subclass
            per cause.
    """
    _require_packed(path)
    try:
        sheets = [one for sheet in open_table(path) if (one := _sheet(sheet)) is not None]
    except roster_errors.ListError as err:
        raise _said_of_sheet(path, err) from err
    keys = {sheet.key for sheet in sheets}
    if len(keys) != 1:
        raise sign_errors.ReturnedTableForeignError(
            f"“{path.name}”不是本程序生成的审签单，或标识行被删改了，没有读进来，草稿不变；"
            "请核对是否选错了文件，选对了的请从原来的审签单重新填。"
        )
    [(draft, sha256)] = keys
    rows = [row for sheet in sheets for row in sheet.rows]
    return ReturnedTable(
        draft,
        sha256,
        tuple(row for row in rows if row.mark),
        tuple(row for row in rows if not row.mark and row.text),
    )


@dataclass(frozen=True, slots=True)
class _ReadSheet:
    key: tuple[str, str]
    rows: tuple[ReturnedRow, ...]


def _require_packed(path: Path) -> None:
    """Refuse what cannot be an xlsx before a process is started for it."""
    try:
        found = path.stat()
        start = _start(path) if stat.S_ISREG(found.st_mode) else b""
    except FileNotFoundError as err:
        raise sign_errors.ReturnedTableMissingError(
            f"没有找到审签单文件“{path.name}”，没有读进来，草稿不变；"
            "请核对路径，U 盘拔掉了的请插好再试。"
        ) from err
    except OSError as err:
        raise sign_errors.ReturnedTableUnreadableError(
            f"“{path.name}”无法打开（{err.strerror or err}），没有读进来，草稿不变；"
            "请关闭正在使用它的程序，核对权限后重试。"
        ) from err
    if start != _PACKED:
        raise sign_errors.ReturnedTableKindError(
            f"“{path.name}”不是 xlsx 表格，没有读进来，草稿不变；"
            "请在表格软件中打开审签单，另存为 xlsx 后重试。"
        )
    if found.st_size > LARGEST:
        raise _too_large(path, f"超过 {LARGEST // 1_000_000} MB")


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_PACKED))


def _too_large(path: Path, much: str) -> sign_errors.ReturnedTableTooLargeError:
    return sign_errors.ReturnedTableTooLargeError(
        f"“{path.name}”{much}，没有读进来，草稿不变；"
        "请核对是否选错了文件，或删去多余的行列和工作表。"
    )


def _said_of_sheet(path: Path, err: roster_errors.ListError) -> sign_errors.ReturnedTableError:
    for cause, ours in _CAUSES:
        if isinstance(err, cause):
            return ours()
    return sign_errors.ReturnedTableBrokenError(
        f"“{path.name}”不完整，或内容不正常，没有读进来，草稿不变；请重新复制，或请对方再发一次。"
    )


def _sheet(sheet: ListSheet) -> _ReadSheet | None:
    """Read a sheet; None where it has neither our key nor our headings."""
    key: tuple[str, str] | None = None
    places: dict[str, int] | None = None
    rows: list[ReturnedRow] = []
    for row in sheet.rows():
        if row.number > MOST_ROWS:
            raise roster_errors.ListTooLargeError
        texts = [text_of(cell) for cell in row.cells]
        if key is None and columns.KEY in texts:
            draft, sha256 = [*texts[texts.index(columns.KEY) + 1 :], "", ""][:2]
            key = (draft, sha256) if draft and sha256 else None
        elif places is None:
            places = _places(texts)
        else:
            rows.append(_row(sheet.name, row, texts, places))
    if key is None or places is None:
        return None
    return _ReadSheet(key, tuple(rows))


def _places(texts: Sequence[str]) -> dict[str, int] | None:
    """Find the columns by their headings; None in a row that is not the headings."""
    names = [_folded(text) for text in texts]
    found = {
        name: names.index(_folded(name))
        for name in (*_NEEDED, columns.CONTENT, columns.OUTCOME)
        if _folded(name) in names
    }
    return found if all(name in found for name in _NEEDED) else None


def _folded(text: str) -> str:
    return "".join(text.split())


def _row(sheet: str, row: ListRow, texts: Sequence[str], places: Mapping[str, int]) -> ReturnedRow:
    def at(name: str) -> str:
        place = places.get(name)
        return texts[place] if place is not None and place < len(texts) else ""

    mark_at = places[columns.MARK]
    shown = columns.CONTENT if columns.CONTENT in places else columns.OUTCOME
    return ReturnedRow(
        sheet=sheet,
        number=row.number,
        mark=at(columns.MARK),
        shown=at(shown),
        tick=at(columns.TICK),
        remark=_as_written(row, places[columns.REMARK]),
        formulas=frozenset(_worked_out(row, places)),
        is_struck=places[columns.TICK] in row.struck,
        text=" ".join(_other_texts(texts, mark_at)),
    )


def _as_written(row: ListRow, place: int) -> str:
    """Return what a person wrote, with full-width punctuation."""
    cell = row.cells[place] if place < len(row.cells) else ""
    return visible(cell).strip() if isinstance(cell, str) else text_of(cell)


def _worked_out(row: ListRow, places: Mapping[str, int]) -> Iterator[str]:
    for name, place in places.items():
        lost = place < len(row.cells) and isinstance(row.cells[place], LostValue)
        if lost or place in row.formulas:
            yield name


def _other_texts(texts: Sequence[str], mark_at: int) -> Iterable[str]:
    own = {"", plain(columns.OTHER_REMARKS)}
    return (text for place, text in enumerate(texts) if place != mark_at and text not in own)
