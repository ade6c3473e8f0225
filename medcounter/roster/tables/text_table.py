"""Read a csv list: detect its encoding, then yield row after row.

Memory does not grow with the file. Nothing is guessed: what is not certainly
text is refused.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from medcounter.roster import list_words
from medcounter.roster.roster_errors import ListBrokenError, ListKindError, ListMixedError
from medcounter.typed.typed_text import plain

if TYPE_CHECKING:
    from _csv import Reader

UTF_8, GB = "utf-8-sig", "gb18030"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = (",", "\t", ";", "，", "|")
_LINES_LOOKED_AT = 20
_HEADINGS = frozenset({"姓名", "证件号码", *list_words.NAME, *list_words.ID_NUMBER})
_LOOKED_AT = 65_536
_READ_AT_ONCE = 1 << 20
# Some pairs of Chinese characters in GB18030 are also two letters in UTF-8, but no Chinese ones.
_FIRST_OF_THREE_BYTES = "\u0800"
_BY_CHANCE = 0.02
# The end of a line, or of a text under the oldest systems.
_LINE_ENDS = (b"\n", b"\r", b"\x1a")
_LONGEST_SIGN = 4
_BIG_5 = "big5"


class _Lines(NamedTuple):
    """Lines that are not plain ASCII, by what they can be read as.

    A line that may be either counts for neither.

    Attributes:
        utf_8: How many are Chinese in UTF-8.
        other: How many are no UTF-8 at all.
        first_utf_8: Number of the first that is, from 1; 0 for none.
        first_other: Number of the first that is not.
    """

    utf_8: int
    other: int
    first_utf_8: int
    first_other: int


def read_csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a csv file with the number of their first line.

    Raises:
        ListKindError: It is no text, or none whose columns are known.
        ListMixedError: Some lines are in one encoding, some in another.
        ListBrokenError: It ends inside a quoted field or a character.
        OSError: It cannot be read.
    """
    encoding = find_encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            delimiter = _delimiter(path, file.read(_LOOKED_AT), encoding)
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            yield from _rows(reader, whole=_ends_a_line(path))
    except UnicodeError as err:
        raise ListBrokenError from err


def _rows(reader: Reader, *, whole: bool) -> Iterator[tuple[int, list[str]]]:
    line, begins, widths = 1, 1, (0, 0, 0)
    row: list[str] = []
    try:
        for row in reader:
            yield line, row
            widths = (*widths[1:], len(row))
            begins, line = line, reader.line_num + 1
    except csv.Error as err:
        raise ListBrokenError(
            f"名单从第 {line} 行起读不下去，文件可能没有写完，或引号没有成对；"
            "没有导入任何人，请重新另存后再导入。"
        ) from err
    two, one, last = widths
    if row and not whole and last < one == two and not _bare(row[0]).startswith(list_words.LINES):
        raise ListBrokenError(
            f"最后一行（第 {begins} 行）比前面的行短，也没有换行，文件可能没有复制完；"
            "没有导入任何人，请重新复制。确是完整的，请在表格软件中打开，另存后再导入。"
        )


def _ends_a_line(path: Path) -> bool:
    """Return whether a file ends with a line; one that was cut off may not."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _LONGEST_SIGN, 0))
        return file.read().rstrip(b"\0")[-1:] in _LINE_ENDS


def find_encoding(path: Path) -> str:
    """Find how a file is written: UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        ListKindError: It is no text.
        ListMixedError: It is neither throughout.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if start.startswith(_UTF_16):
        return "utf-16"
    if b"\0" in start:
        raise ListKindError
    if _is_utf_8(path):
        return UTF_8
    lines = _look(path)
    if lines.utf_8 > _BY_CHANCE * lines.other:
        more, fewer = ("UTF-8", lines.first_other), ("GB18030", lines.first_utf_8)
        name, place = more if lines.utf_8 >= lines.other else fewer
        raise ListMixedError(
            f"名单大部分是 {name} 编码，但第 {place} 行不是，文字会变成乱码；"
            "没有导入任何人，请用表格软件打开核对后另存为 UTF-8 再导入。"
        )
    return GB


def _is_utf_8(path: Path) -> bool:
    """Return whether a file is UTF-8 throughout; needs no look at each line."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_READ_AT_ONCE):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _look(path: Path) -> _Lines:
    utf_8 = other = first_utf_8 = first_other = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                continue
            text = _read(line, "utf-8")
            if text is not None and max(text) >= _FIRST_OF_THREE_BYTES:
                utf_8 += 1
                first_utf_8 = first_utf_8 or number
            elif _read(line, GB) is not None:
                other += text is None
                first_other = first_other or (number if text is None else 0)
            elif text is None:
                raise ListKindError(
                    f"第 {number} 行既不是 UTF-8 也不是 GB18030 文字，没有导入任何人；"
                    "请用表格软件打开核对后另存为 UTF-8 再导入。"
                )
    return _Lines(utf_8, other, first_utf_8, first_other)


def _read(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _delimiter(path: Path, text: str, encoding: str) -> str:
    """Detect the delimiter from the headings, else from most lines.

    Remarks and titles are full of such signs, so that counting them misleads.

    Raises:
        ListKindError: The columns are parted by blanks, or it is Big5.
    """
    lines = text.splitlines()[:_LINES_LOOKED_AT]
    found = {sign: _parts_well(lines, sign) for sign in _DELIMITERS}
    sign = max(found, key=found.__getitem__)
    if found[sign][0] == 0 and encoding == GB and _is_big_5(path):
        raise ListKindError(
            f"“{path.name}”是繁体 Big5 编码，没有导入任何人；"
            "请在表格软件中打开，核对没有乱码后另存为 xlsx 再导入。"
        )
    if found[sign] == (0, 0, 0) and sum(map(_is_parted_by_blanks, lines)) > 1:
        raise ListKindError(
            f"“{path.name}”各列是用空格隔开的，空着的一格会使后面的列错位，没有导入任何人；"
            "请在表格软件中打开，按空格分列，核对后另存为 xlsx 再导入。"
        )
    return sign


def _is_big_5(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    words = re.findall(r"\w+", start.decode(_BIG_5, "ignore"))
    return not _HEADINGS.isdisjoint(words)


def _is_parted_by_blanks(line: str) -> bool:
    return len(line.split()) > 1


def _parts_well(lines: list[str], sign: str) -> tuple[int, int, int]:
    try:
        rows = list(csv.reader(lines, delimiter=sign))
    except csv.Error:
        return (0, 0, 0)
    headings = max((sum(_bare(cell) in _HEADINGS for cell in row) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, alike = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return headings, alike, width


def _bare(cell: str) -> str:
    return "".join(plain(cell).split()).strip("'\"*")
